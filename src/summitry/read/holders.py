"""Names for offices: whom "the French president" of one sentence means, if another names the only one there is."""

from collections.abc import Iterable, Sequence

from summitry import dates
from summitry.read.joining import Encounter
from summitry.read.people import Person
from summitry.read.side import Side

NAMED = ("leader", "minister")  # levels of offices that one person of a country holds at a time
TERM = 1  # years between an encounter and its report in which the office is taken to have had the same holder


def name_holders(encounters: Iterable[Encounter], people: Sequence[Person], published: str | None) -> None:
    """Give every side that only an office names the person of that office and country whom the document names."""
    for encounter in encounters:
        if not _of_today(encounter, published):
            continue
        taken = {s.name for s in (*encounter.guests, *encounter.hosts) if s.name}
        for side in (*encounter.guests, *encounter.hosts):
            who = _holder(side, people) if side.open and side.name is None and side.level in NAMED else None
            if who is not None and who.name not in taken:
                side.person, side.name = who, who.name


def _holder(side: Side, people: Sequence[Person]) -> Person | None:
    fits = [p for p in people if p.country == side.country and p.last >= 0 and not p.assumed and _holds(p, side)]
    return fits[0] if len({p.name for p in fits}) == 1 else None


def _holds(person: Person, side: Side) -> bool:
    role, known = (side.role or "").casefold(), (person.role or "").casefold()
    if side.level != person.level or person.kin:
        return False
    return role in known or known in role if side.level == "minister" else bool(known or person.holder)


def _of_today(encounter: Encounter, published: str | None) -> bool:
    if encounter.date is None or published is None:
        return True
    return dates.gap_days(encounter.date, published)[0] <= TERM * 365
