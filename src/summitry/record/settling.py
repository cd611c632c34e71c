"""What is filed but not settled, and what settling asks of the record: names as printed, encounters near each other.

A caption depends on every spelling in the record and a parent on all encounters of those days, so both are worked out
after filing. What is still to be done is noted in the record: if a process is killed, the next one does it.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from summitry.model import Noun
from summitry.record.schema import CHUNK, encounters, mentions, reports, unsettled

PEOPLE: Final = "people"  # the key is a country, "" for those of no country
ENCOUNTER: Final = "encounter"


class Unsettled(Noun, frozen=True):
    """Countries whose people are to be told anew, and encounters whose summits are."""

    countries: tuple[str, ...] = ()
    encounters: tuple[str, ...] = ()


class Spelling(Noun, frozen=True):
    """A name as reports print it: for which country, how often, and whom the authority knows it to be."""

    country: str | None
    name: str
    times: int
    person: str | None = None


def leave(connection: Connection, what: str, keys: Iterable[str]) -> None:
    """Note keys that are to be settled; noting one twice is noting it once."""
    wanted = sorted(set(keys))
    for at in range(0, len(wanted), CHUNK):
        part = wanted[at : at + CHUNK]
        known = select(unsettled.c.key).where(unsettled.c.what == what, unsettled.c.key.in_(part))
        there = set(connection.execute(known).scalars())
        rows = [{"what": what, "key": key} for key in part if key not in there]
        if rows:
            connection.execute(insert(unsettled), rows)


def done(connection: Connection, what: str, keys: Sequence[str]) -> None:
    """Note no longer those that are settled."""
    for at in range(0, len(keys), CHUNK):
        part = keys[at : at + CHUNK]
        connection.execute(delete(unsettled).where(unsettled.c.what == what, unsettled.c.key.in_(part)))


def load(connection: Connection) -> Unsettled:
    """All that is noted."""
    rows = connection.execute(select(unsettled).order_by(unsettled.c.what, unsettled.c.key)).all()
    countries, left = (tuple(key for kind, key in rows if kind == what) for what in (PEOPLE, ENCOUNTER))
    return Unsettled(countries, left)


def spellings(connection: Connection, country: str | None = None) -> list[Spelling]:
    """The names that reports print, of one country ("": of none) or of all, each with how often it is printed."""
    m = mentions.c
    query = select(m.country, m.name, func.count(), m.person).group_by(m.country, m.name, m.person)
    query = query.order_by(m.country, m.name, m.person)
    if country is not None:
        query = query.where(m.country == country)
    return [Spelling(of or None, name, times, person) for of, name, times, person in connection.execute(query)]


def mentioning(connection: Connection, country: str, names: Iterable[str]) -> set[str]:
    """The encounters in whose reports one of the names is printed for the country."""
    found: set[str] = set()
    wanted = sorted(names)
    for at in range(0, len(wanted), CHUNK):
        query = (
            select(reports.c.encounter)
            .join(mentions, mentions.c.report == reports.c.id)
            .where(mentions.c.country == country, mentions.c.name.in_(wanted[at : at + CHUNK]))
            .where(reports.c.encounter.is_not(None))
            .distinct()
        )
        found |= set(connection.execute(query).scalars())
    return found


def children(connection: Connection, parents: Sequence[str]) -> list[str]:
    """The encounters that are part of one of these."""
    return list(connection.execute(select(encounters.c.id).where(encounters.c.parent.in_(parents))).scalars())


def near(connection: Connection, country: str, first: str, last: str, *, summits: bool = False) -> list[str]:
    """The encounters in a country that begin in these days; with `summits`, those of three sides or more only."""
    e = encounters.c
    query = select(e.id).where(e.host_country == country, e.earliest >= first, e.earliest <= last, e.withdrawn == 0)
    if summits:
        query = query.where(e.kind == "meeting", e.sides > 2)
    return list(connection.execute(query).scalars())
