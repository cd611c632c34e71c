"""Count encounters by a stated rule: how many surely, how many at most, and which ones."""

from itertools import compress
from typing import Final

from sqlalchemy import Connection, String, cast, func, select

from summitry.ask.people import named
from summitry.ask.rules import checked
from summitry.ask.selection import Matching, flag, matching
from summitry.ask.travel import Numbers, couples, travellers, trips
from summitry.model import Count, CountingRule
from summitry.record import Record
from summitry.record.schema import encounters


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


def numbers(connection: Connection, rule: CountingRule) -> Numbers:
    """The same without the list, for a unit that is not simply encounters."""
    return _NUMBERS[rule.unit](connection, rule, matching(rule, named(connection, rule.people)))


def _rows(connection: Connection, match: Matching) -> tuple[int, int, tuple[str, ...]]:
    """Surely, at most, and the ids, joined by the engine: a hundred thousand rows one by one would take far longer."""
    e = encounters.c
    rows = select(e.id.label("id"), flag(match.certain).label("sure")).where(match.may).order_by(e.sort).subquery()
    query = select(func.sum(rows.c.sure), func.aggregate_strings(rows.c.id, " "))
    sure, ids = connection.execute(query).one()
    listed = tuple(ids.split(" ")) if ids else ()
    return int(sure or 0), len(listed), listed


def _items(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    columns = (
        func.aggregate_strings(encounters.c.item, " "),
        func.aggregate_strings(cast(flag(match.certain), String), ""),
    )
    items, sure = connection.execute(select(*columns).where(match.may)).one()
    listed = items.split(" ") if items else []
    return len(set(compress(listed, map(int, sure or "")))), len(set(listed))


_NUMBERS: Final = {"item": _items, "pair": couples, "traveller": travellers, "trip": trips}
