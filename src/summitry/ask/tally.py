"""How many, without the list: the numbers beside filters and in overviews, each from one query that the engine counts.

Every number here is the length of a list that `find` gives; a list of ids would be the slower way to the same number.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, FromClause, func, or_, select

from summitry.ask.find import conditions
from summitry.ask.group import periods_between
from summitry.model import CountingRule
from summitry.record import Record
from summitry.record.schema import encounters, pairs, participations


class Met(NamedTuple):
    """Somebody that a person met: how often, and the ids of the first and the last encounter."""

    person: str
    number: int
    first: str
    last: str


class Ground(NamedTuple):
    """Encounters in the same place: how many, one of them, and how many visits from each country are among them."""

    sample: str
    number: int
    visits: dict[str, int]


def tally(record: Record, query: CountingRule) -> dict[tuple[str, str], int]:
    """How many of what `find` lists are of each kind and status. Raises UsageError as `find` does."""
    e = encounters.c
    with record.reading() as connection:
        where = conditions(connection, query)
        rows = connection.execute(select(e.kind, e.status, func.count()).where(*where).group_by(e.kind, e.status))
        return {(kind, status): number for kind, status, number in rows}


def histogram(record: Record, query: CountingRule, by: str) -> dict[str | None, int]:
    """How many of what `find` lists may belong to each "month" or "year"; None: the date is too coarse to say."""
    width = {"year": 4, "month": 7}[by]
    first, last = (func.substr(column, 1, width) for column in (encounters.c.earliest, encounters.c.latest))
    found: Counter[str | None] = Counter()
    with record.reading() as connection:
        where = conditions(connection, query)
        for begin, end, number in connection.execute(
            select(first, last, func.count()).where(*where).group_by(first, last)
        ):
            for key in periods_between(begin, end):
                found[key] += number
    return dict(found)


def per_pair(record: Record, country: str | None = None) -> dict[tuple[str, str], int]:
    """Pairs of countries (in alphabetical order) -> how many encounters both took part in; those of one `country`."""
    query = select(pairs.c.pair, func.count()).group_by(pairs.c.pair)
    if country:
        query = query.where(or_(pairs.c.pair.startswith(f"{country}|"), pairs.c.pair.endswith(f"|{country}")))
    with record.reading() as connection:
        return {(one[0], one[1]): number for pair, number in connection.execute(query) if (one := pair.split("|"))}


def per_country(record: Record) -> dict[str, int]:
    """Countries and organisations -> how many encounters they took part in."""
    return _per(record, participations.c.country)


def per_person(record: Record) -> dict[str, int]:
    """Identities -> how many encounters they took part in."""
    return _per(record, participations.c.person)


def _per(record: Record, key: ColumnElement[str | None]) -> dict[str, int]:
    number = func.count(participations.c.encounter.distinct())
    with record.reading() as connection:
        rows = connection.execute(select(key, number).where(key.is_not(None)).group_by(key))
        return {str(one): count for one, count in rows}


def met_with(record: Record, person: str, limit: int) -> list[Met]:
    """With whom a person met most often."""
    own, other = participations.alias("own"), participations.alias("other")
    query = (
        select(other.c.person, func.count(other.c.encounter.distinct()), *_ends(other))
        .join(own, own.c.encounter == other.c.encounter)
        .where(own.c.person == person, other.c.person.is_not(None), other.c.person != person)
        .group_by(other.c.person)
        .order_by(func.count(other.c.encounter.distinct()).desc(), other.c.person)
        .limit(limit)
    )
    with record.reading() as connection:
        return [Met(who, number, first.rpartition(" ")[2], last.rpartition(" ")[2])
                for who, number, first, last in connection.execute(query)]  # fmt: skip


def _ends(table: FromClause) -> tuple[ColumnElement[str], ColumnElement[str]]:
    at = table.c.sort + " " + table.c.encounter
    return func.min(at), func.max(at)


def grounds(record: Record, query: CountingRule) -> list[Ground]:
    """The places of what `find` lists: one line for each place and country, calls left out."""
    e, p = encounters.c, participations.c
    where = (e.place, e.place_country, e.host_country)
    with record.reading() as connection:
        chosen = conditions(connection, query)
        base = select(*where, func.min(e.id), func.count()).where(*chosen, e.kind != "call").group_by(*where)
        lines = {tuple(row[:3]): (str(row[3]), int(row[4])) for row in connection.execute(base)}
        guests = select(*where, p.country, func.count(e.id.distinct())).join(participations, p.encounter == e.id)
        guests = guests.where(*chosen, e.kind == "visit", p.side == "guest", p.country.is_not(None))
        visits: dict[tuple[str | None, ...], dict[str, int]] = {}
        for *place, country, number in connection.execute(guests.group_by(*where, p.country)):
            visits.setdefault(tuple(place), {})[country] = number
    return [Ground(sample, number, visits.get(place, {})) for place, (sample, number) in lines.items()]


def on_grounds(record: Record, query: CountingRule, samples: Sequence[str]) -> list[str]:
    """The ids of what `find` lists that are in the same places as some sample encounters, in order."""
    e, sample = encounters.c, encounters.alias("sample")
    same = [column.is_not_distinct_from(sample.c[column.key]) for column in (e.place, e.place_country, e.host_country)]
    with record.reading() as connection:
        query_ = select(e.id).where(*conditions(connection, query), e.kind != "call", sample.c.id.in_(samples), *same)
        return list(connection.execute(query_.order_by(e.sort)).scalars())
