"""People with their names in all scripts, and what periods the record claims to cover."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from summitry.dates import bounds
from summitry.errors import UsageError
from summitry.model import Coverage, Noun, Person
from summitry.record.clock import now
from summitry.record.folding import fold_name
from summitry.record.schema import CHUNK, coverage, people, person_names

OPEN: Final = ("", "..")  # a coverage without a beginning or an end


class Known(Noun, frozen=True):
    """Whom names stand for: (country, name) -> identity and caption; and the captions of identities."""

    by_name: Mapping[tuple[str | None, str], tuple[str, str]]
    captions: Mapping[str, str]


def save(connection: Connection, persons: Sequence[Person]) -> None:
    """Write people; one that is known gets the new caption, country and names."""
    for at in range(0, len(persons), CHUNK):
        part = persons[at : at + CHUNK]
        ids = [one.id for one in part]
        connection.execute(delete(person_names).where(person_names.c.person.in_(ids)))
        connection.execute(delete(people).where(people.c.id.in_(ids)))
        connection.execute(insert(people), [_row(one) for one in part])
        connection.execute(insert(person_names), [row for one in part for row in _name_rows(one, one.country or "")])


def register(connection: Connection, country: str, persons: Sequence[Person]) -> set[str]:
    """Make `persons` all who go by a name of `country` ("": of none); the names that now stand for somebody else.

    Somebody may go by names of several countries (who serves a union and a state); whoever goes by none is gone. A
    name also stands for somebody else if only the caption changed.
    """
    n = person_names.c
    query = select(person_names, people.c.caption).join(people, people.c.id == n.person).where(n.country == country)
    former = list(connection.execute(query))
    before = {row.name: (row.person, row.caption) for row in former if row.printed}
    now = {name: (one.id, one.caption) for one in persons for name in one.names}
    _write(connection, persons)
    there = {(row.person, row.name, row.printed) for row in former}
    wanted = {(row["person"], row["name"], row["printed"]): row for one in persons for row in _name_rows(one, country)}
    for person, name, _ in there - wanted.keys():
        connection.execute(delete(person_names).where(n.person == person, n.name == name, n.country == country))
    new = [wanted[key] for key in sorted(wanted.keys() - there)]
    if new:
        connection.execute(insert(person_names), new)
    _forget_nameless(connection, {row.person for row in former} - {one.id for one in persons})
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def _write(connection: Connection, persons: Sequence[Person]) -> None:
    """Insert people who are new, and update those who are not what they were."""
    there: dict[str, dict[str, Any]] = {}
    ids = [one.id for one in persons]
    for at in range(0, len(ids), CHUNK):
        known = connection.execute(select(people).where(people.c.id.in_(ids[at : at + CHUNK])))
        there |= {row.id: dict(row._mapping) for row in known}
    rows = [_row(one) for one in persons]
    new = [row for row in rows if row["id"] not in there]
    if new:
        connection.execute(insert(people), new)
    for row in rows:
        if row["id"] in there and there[str(row["id"])] != row:
            connection.execute(update(people).where(people.c.id == row["id"]).values(**row))


def _forget_nameless(connection: Connection, ids: Iterable[str]) -> None:
    for one in sorted(ids):
        if not connection.execute(select(person_names.c.name).where(person_names.c.person == one)).first():
            connection.execute(delete(people).where(people.c.id == one))


def _row(person: Person) -> dict[str, Any]:
    return {"id": person.id, "caption": person.caption, "country": person.country}


def _name_rows(person: Person, country: str) -> list[dict[str, Any]]:
    same = {"person": person.id, "country": country}
    return [
        same | {"name": name, "folded": fold_name(name), "printed": int(name in person.names)}
        for name in dict.fromkeys((person.caption, *person.names))
    ]


def load(connection: Connection, ids: Iterable[str] | None = None) -> list[Person]:
    """People by id, or all, in the order of their captions; `names` holds all spellings."""
    query = select(people)
    spellings = select(person_names.c.person, person_names.c.name).distinct().order_by(person_names.c.name)
    if ids is not None:
        wanted = list(ids)
        query = query.where(people.c.id.in_(wanted))
        spellings = spellings.where(person_names.c.person.in_(wanted))
    names: dict[str, list[str]] = {}
    for person, name in connection.execute(spellings):
        names.setdefault(person, []).append(name)
    found = (
        Person(row.id, row.caption, tuple(names.get(row.id, ())), row.country) for row in connection.execute(query)
    )
    return sorted(found, key=lambda one: (one.caption, one.id))


def known(connection: Connection, names: Iterable[str], ids: Iterable[str]) -> Known:
    """Whom any of `names` stands for, in whatever country, and the captions of `ids`."""
    by_name: dict[tuple[str | None, str], tuple[str, str]] = {}
    n, wanted = person_names.c, sorted(set(names))
    for at in range(0, len(wanted), CHUNK):
        query = select(n.country, n.name, people.c.id, people.c.caption).join(people, people.c.id == n.person)
        for row in connection.execute(query.where(n.name.in_(wanted[at : at + CHUNK]), n.printed == 1)):
            by_name[row.country or None, row.name] = row.id, row.caption
    captions: dict[str, str] = {}
    listed = sorted(set(ids))
    for at in range(0, len(listed), CHUNK):
        query = select(people.c.id, people.c.caption).where(people.c.id.in_(listed[at : at + CHUNK]))
        captions |= {row.id: row.caption for row in connection.execute(query)}
    return Known(by_name, captions)


def countries(connection: Connection) -> list[str]:
    """Every country of which the record knows a name, "" for names of none."""
    return list(connection.execute(select(person_names.c.country).distinct()).scalars())


def state_coverage(connection: Connection, stated: Coverage) -> int:
    """Note that the record claims to be complete for something; the same statement twice is one. Returns its number."""
    first, last = (bounds(end) if end not in OPEN else (None, None) for end in (stated.start, stated.end))
    if first[0] and last[1] and first[0] > last[1]:
        raise UsageError(f"The coverage from {stated.start} to {stated.end} ends before it begins.")
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
