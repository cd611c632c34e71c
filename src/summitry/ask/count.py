"""Count encounters by a stated rule: how many surely, how many at most, and which ones."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, distinct, func, select
from sqlalchemy import case as choose

from summitry.ask.people import named
from summitry.ask.rules import checked
from summitry.ask.selection import Matching, flag, matching
from summitry.dates import precision
from summitry.model import Count, CountingRule
from summitry.record import Record
from summitry.record.schema import EVER, NEVER, encounters, pairs, participations

Numbers = tuple[int, int]


def count(record: Record, rule: CountingRule) -> Count:
    """How many `rule` counts. `low` surely count; `high` may, and `encounters` lists those behind it in order.

    Raises UsageError for a rule that makes no sense.
    """
    checked(rule)
    with record.reading() as connection:
        who = named(connection, rule.people)
        match = matching(rule, who)
        low, high, ids = _rows(connection, match)
        if rule.unit in _NUMBERS:
            low, high = _NUMBERS[rule.unit](connection, rule, match)
    return Count(low, high, rule, ids)


def _rows(connection: Connection, match: Matching) -> tuple[int, int, tuple[str, ...]]:
    """Surely, at most, and the ids, joined by the engine: a hundred thousand rows one by one would take far longer."""
    e = encounters.c
    rows = select(e.id.label("id"), flag(match.certain).label("sure")).where(match.may).order_by(e.sort).subquery()
    query = select(func.sum(rows.c.sure), func.aggregate_strings(rows.c.id, " "))
    sure, ids = connection.execute(query).one()
    listed = tuple(ids.split(" ")) if ids else ()
    return int(sure or 0), len(listed), listed


def _items(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    return _distinct(connection, encounters.c.item, match, select())


def _pairs(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    joined = select().join_from(encounters, pairs, pairs.c.encounter == encounters.c.id)
    return _distinct(connection, pairs.c.pair, match, joined)


def _travellers(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    """Unnamed delegations may be led by people who are counted already, or by new ones."""
    p = participations.c
    joined = travelling(rule)
    who = func.coalesce(p.person, p.folded)
    unnamed = func.count(distinct(choose((who.is_(None), p.encounter))))
    columns = (
        func.count(distinct(choose((match.certain, who)))),
        func.count(distinct(who)),
        unnamed,
        func.max(flag(match.certain)),
    )
    sure, known, more, any_sure = connection.execute(joined.add_columns(*columns).where(match.may)).one()
    return max(int(sure), int(any_sure or 0)), int(known) + int(more)


def travelling(rule: CountingRule) -> Select[Any]:
    """Encounters joined with those of their guests that `rule` is about; columns are to be added."""
    p = participations.c
    joined = select().join_from(encounters, participations, p.encounter == encounters.c.id).where(p.side == "guest")
    countries = rule.guest or rule.between
    return joined.where(p.country.in_(countries)) if countries else joined


def _distinct(connection: Connection, value: ColumnElement[Any], match: Matching, base: Select[Any]) -> Numbers:
    columns = (func.count(distinct(choose((match.certain, value)))), func.count(distinct(value)))
    low, high = connection.execute(base.add_columns(*columns).where(match.may)).one()
    return int(low), int(high)


class _Visit(NamedTuple):
    earliest: str
    latest: str
    id: str
    date: str | None
    sure: int
    country: str | None
    lead: str | None


def _trips(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    """Visits of one traveller that follow on each other are one trip; where the days are too coarse, they may be."""
    e, p = encounters.c, participations.c
    columns = (e.earliest, e.latest, e.id, e.date, flag(match.certain), p.country, func.coalesce(p.person, p.folded))
    query = travelling(rule).add_columns(*columns).where(match.may).order_by(e.id, p.number)
    by_traveller: dict[tuple[str | None, str], list[_Visit]] = {}
    known = ""
    for one in map(_Visit._make, connection.execute(query)):
        if one.id != known:  # the first guest leads
            by_traveller.setdefault((one.country, one.lead or one.id), []).append(one)
        known = one.id
    low = high = 0
    for visits in by_traveller.values():
        visits.sort(key=lambda one: one[:3])
        high += len(visits) - sum(_joined(a, b) is True for a, b in pairwise(visits))
        sure = [one for one in visits if one.sure]
        low += len(sure) - sum(_joined(a, b) is not False for a, b in pairwise(sure))
    return low, high


def _joined(a: _Visit, b: _Visit) -> bool | None:
    """Whether two visits are of one trip: the next begins no later than the day after; None if nobody can tell."""
    if EVER in (a.earliest, b.earliest) or NEVER in (a.latest, b.latest):
        return None
    if date.fromisoformat(b.earliest) > date.fromisoformat(a.latest) + timedelta(days=1):
        return False
    exact = all(one.date and all(precision(end) == "day" for end in one.date.split("/")) for one in (a, b))
    return True if exact else None


_NUMBERS: Final = {"item": _items, "pair": _pairs, "traveller": _travellers, "trip": _trips}
