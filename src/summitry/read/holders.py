"""Names for offices: whom "the French president" of one sentence means, if another names the only one there is."""

from collections.abc import Iterable

from summitry import dates
from summitry.read.encounters import Encounter
from summitry.read.people import Person
from summitry.read.side import Side
from summitry.read.sides import Scene

NAMED = ("leader", "minister")  # levels of offices that one person of a country holds at a time
TERM = 1  # years between an encounter and its report in which the office is taken to have had the same holder


def name_holders(encounters: Iterable[Encounter], scene: Scene, published: str | None) -> None:
    """Give every side that only an office names the person of that office and country whom the document names."""
    for encounter in encounters:
        recent = _of_today(encounter, published)
        taken = {s.name for s in (*encounter.guests, *encounter.hosts) if s.name}
        for side in (*encounter.guests, *encounter.hosts):
            who = _holder(side, scene) if side.open and side.name is None and side.level in NAMED else None
            if who is not None and who.name not in taken and (recent or _in_office(who, encounter.date)):
                side.person, side.name = who, who.name


def _holder(side: Side, scene: Scene) -> Person | None:
    people = [p for p in scene.register.people if p.country == side.country and p.last >= 0 and not p.assumed]
    fits = [p for p in people if p.level == side.level and not p.kin and _holds(p, side, scene)]
    return fits[0] if len({p.name for p in fits}) == 1 else None


def _holds(person: Person, side: Side, scene: Scene) -> bool:
    """Whether somebody may hold the office of a side: by the same word, or any leader if the word is for all of them."""
    role, known = (side.role or "").casefold(), (person.role or "").casefold()
    if side.level == "leader" and scene.generic(role) or known and (role in known or known in role):
        return True
    terms = person.holder.occupancies if person.holder is not None and not known else ()
    return any(o.level == side.level and o.title.casefold() in role for o in terms if o.title)


def _in_office(who: Person, date: str | None) -> bool:
    """Whether the authority knows that somebody led or was minister then."""
    terms = who.holder.occupancies if who.holder is not None and date is not None else ()
    return any(
        o.level in NAMED and (o.start or "9") <= str(date) and (o.end or "9") >= str(date)[: len(o.end or "")]
        for o in terms
    )


def _of_today(encounter: Encounter, published: str | None) -> bool:
    if encounter.date is None or published is None:
        return True
    return dates.gap_days(encounter.date, published)[0] <= TERM * 365
