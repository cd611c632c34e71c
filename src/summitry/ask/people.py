"""Find the people that a rule or a claim names: by any spelling, by identity, or as holders of an office."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from summitry import authority
from summitry.ask.offices import Office, office
from summitry.model import Noun
from summitry.record.folding import fold_name
from summitry.record.schema import participations, people, person_names
from summitry.resolve.compare import SAME, compare_names


class Named(Noun, frozen=True, gc=True):
    """The identities that names stand for, their folded spellings for those who have no identity yet, and offices."""

    ids: tuple[str, ...] = ()
    folded: tuple[str, ...] = ()
    many: bool = False  # one of the names fits several people
    offices: tuple[Office, ...] = ()


def named(connection: Connection, names: Sequence[str]) -> Named:
    """Whom `names` (names in any spelling, surnames, ids, offices such as "US President") stand for in the record."""
    ids: set[str] = set()
    folded: set[str] = set()
    offices: list[Office] = []
    many = False
    for name in names:
        held = office(name)
        if held:
            offices.append(held)
            continue
        recorded = _recorded(connection, name)
        found = recorded or _authorized(name)
        many = many or len(found) > 1
        ids |= found
        if not recorded or " " in fold_name(name):  # others without identity may share a bare name
            folded |= _spellings(connection, name)
    return Named(tuple(sorted(ids)), tuple(sorted(folded)), many, tuple(offices))


def identities(connection: Connection, name: str) -> set[str]:
    """The identities that one name may stand for: the record's, else those of the authority."""
    return _recorded(connection, name) or _authorized(name)


def _authorized(name: str) -> set[str]:
    return {one.id for one in authority.load().find(name)}


def _recorded(connection: Connection, name: str) -> set[str]:
    fold = fold_name(name)
    exact = select(people.c.id).where(people.c.id == name)
    spelled = select(person_names.c.person).where(person_names.c.folded == fold)
    for query in (exact, spelled):
        if found := set(connection.execute(query).scalars()):
            return found
    if " " not in fold:  # a surname, before or after the given names
        part = or_(person_names.c.folded.like(f"% {fold}"), person_names.c.folded.like(f"{fold} %"))
        return set(connection.execute(select(person_names.c.person).where(part)).scalars())
    authorized = _authorized(name)
    held = select(people.c.id).where(people.c.id.in_(authorized))
    found = set(connection.execute(held).scalars()) if authorized else set()
    return found or _alike(connection, name, strangers=bool(authorized))


def _alike(connection: Connection, name: str, *, strangers: bool) -> set[str]:
    """People one of whose spellings is taken for the same name; only those that share a letter to begin with.

    With `strangers` only people whom the authority does not know: whom it knows has its identity in the record.
    """
    known = authority.load().by_id if strangers else {}
    initials = {word[0] for word in fold_name(name).split()}
    every = func.aggregate_strings(
        person_names.c.person + "\t" + person_names.c.folded + "\t" + person_names.c.name, "\n"
    )
    lines = connection.execute(select(every)).scalar() or ""  # joined by the engine: row by row takes far longer
    rows = (line.split("\t") for line in lines.split("\n") if line)
    return {
        person
        for person, folded, spelled in rows
        if person not in known
        and initials & {word[0] for word in folded.split()}
        and compare_names(name, spelled).value >= SAME
    }


def _spellings(connection: Connection, name: str) -> set[str]:
    fold = fold_name(name)
    part = participations.c.folded == fold
    if " " not in fold:
        part = or_(part, participations.c.folded.like(f"% {fold}"), participations.c.folded.like(f"{fold} %"))
    query = select(participations.c.folded).where(participations.c.person.is_(None), part).distinct()
    return {fold} | {row for row in connection.execute(query).scalars() if row}
