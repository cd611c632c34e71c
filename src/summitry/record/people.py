"""People with their names in all scripts, and what periods the record claims to cover."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from summitry.dates import bounds
from summitry.errors import UsageError
from summitry.model import Coverage, Person
from summitry.record.articles import CHUNK
from summitry.record.clock import now
from summitry.record.folding import fold_name
from summitry.record.schema import coverage, people, person_names

OPEN: Final = ("", "..")  # a coverage without a beginning or an end


def save(connection: Connection, persons: Sequence[Person]) -> None:
    """Write people; one that is known gets the new caption, country and names."""
    for at in range(0, len(persons), CHUNK):
        part = persons[at : at + CHUNK]
        ids = [one.id for one in part]
        connection.execute(delete(person_names).where(person_names.c.person.in_(ids)))
        connection.execute(delete(people).where(people.c.id.in_(ids)))
        connection.execute(insert(people), [{"id": p.id, "caption": p.caption, "country": p.country} for p in part])
        names = [
            {"person": p.id, "name": name, "folded": fold_name(name)}
            for p in part
            for name in dict.fromkeys((p.caption, *p.names))
        ]
        connection.execute(insert(person_names), names)


def load(connection: Connection, ids: Iterable[str] | None = None) -> list[Person]:
    """People by id, or all, in the order of their captions; `names` holds all spellings."""
    query = select(people).order_by(people.c.caption, people.c.id)
    spellings = select(person_names.c.person, person_names.c.name).order_by(person_names.c.name)
    if ids is not None:
        wanted = list(ids)
        query = query.where(people.c.id.in_(wanted))
        spellings = spellings.where(person_names.c.person.in_(wanted))
    names: dict[str, list[str]] = {}
    for person, name in connection.execute(spellings):
        names.setdefault(person, []).append(name)
    return [Person(row.id, row.caption, tuple(names.get(row.id, ())), row.country) for row in connection.execute(query)]


def state_coverage(connection: Connection, stated: Coverage) -> int:
    """Note that the record claims to be complete for something; the same statement twice is one. Returns its number."""
    for end in (stated.start, stated.end):
        if end not in OPEN:
            bounds(end)
    if not stated.countries and not stated.people:
        raise UsageError("A coverage names the countries or the people for which the record is complete.")
    body = msgspec.json.encode(stated).decode()
    known = select(coverage.c.id).where(coverage.c.body == body, coverage.c.invalidated.is_(None))
    found = connection.execute(known).scalar()
    if found is not None:
        return int(found)
    result = connection.execute(insert(coverage).values(time=now(), body=body).returning(coverage.c.id))
    return int(result.scalar_one())


def load_coverage(connection: Connection) -> list[tuple[int, Coverage]]:
    """The coverages that are stated now, each with its number."""
    query = select(coverage.c.id, coverage.c.body).where(coverage.c.invalidated.is_(None)).order_by(coverage.c.id)
    return [(row.id, msgspec.json.decode(row.body, type=Coverage)) for row in connection.execute(query)]


def withdraw_coverage(connection: Connection, number: int) -> None:
    """The record no longer claims this; the statement stays readable in the table."""
    connection.execute(update(coverage).where(coverage.c.id == number).values(invalidated=now()))
