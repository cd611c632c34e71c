"""Count in groups: a table of one count per year, month, direction, level, person or country."""

from collections.abc import Iterable
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, String, cast, func, literal, select

from summitry.ask.count import numbers
from summitry.ask.offices import home
from summitry.ask.people import named
from summitry.ask.rules import checked
from summitry.ask.selection import Matching, flag, matching
from summitry.ask.travel import plain, within
from summitry.errors import UsageError
from summitry.kinds import LEVELS, Level
from summitry.model import Count, CountingRule, Noun
from summitry.record import Record
from summitry.record.schema import EVER, NEVER, encounters, participations

GROUPINGS: Final = ("year", "month", "direction", "level", "person", "country")
_LEVELS: Final[tuple[Level, ...]] = tuple(LEVELS)
_ROWS: Final = ("encounter", "delegation")  # units in which an encounter counts once, so one query makes the table
Line = tuple[str | None, int, tuple[str, ...]]  # key, how many surely, which ones at most


class Group(Noun, frozen=True):
    """One line of a table: the year, month, direction … (None: unknown) and the count that belongs to it."""

    key: str | None
    count: Count


def count_by(record: Record, rule: CountingRule, by: str) -> list[Group]:
    """One count per year, month, direction, level, person or country, in the order of the keys, unknown ones last.

    An encounter that may belong to several years or months is in `high` of each and in `low` of none. Directions,
    people and countries overlap: an encounter counts in each that it has. Raises UsageError for an unknown grouping.
    """
    if by not in GROUPINGS:
        raise UsageError(f"Cannot count by {by!r}; these are possible: {', '.join(GROUPINGS)}.")
    checked(rule)
    with record.reading() as connection:
        match = matching(rule, named(connection, rule.people))
        lines = _periods(connection, match, by) if by in ("year", "month") else _keys(connection, match, rule, by)
        groups = []
        for key, low, ids in sorted(lines, key=lambda line: (line[0] is None, _order(by, line[0]))):
            narrow = _narrowed(rule, by, key)
            low, high = (low, len(ids)) if rule.unit in _ROWS or key is None else numbers(connection, narrow)
            groups.append(Group(key, Count(low, high, narrow, ids)))
    return groups


def _order(by: str, key: str | None) -> tuple[int, str]:
    return (_LEVELS.index(key) if by == "level" and key in _LEVELS else 0), key or ""


def _periods(connection: Connection, match: Matching, by: str) -> list[Line]:
    width = 4 if by == "year" else 7
    e = encounters.c
    first, last = (func.substr(column, 1, width) for column in (e.earliest, e.latest))
    columns = (first.label("first"), last.label("last"))
    low: dict[str | None, int] = {}
    ids: dict[str | None, list[str]] = {}
    for begin, end, sure, listed in _grouped(connection, select(*columns), match):
        keys = periods_between(begin, end)
        for key in keys:
            low[key] = low.get(key, 0) + (sure if len(keys) == 1 else 0)
            ids.setdefault(key, []).extend(listed)
    return [(key, low[key], tuple(ids[key])) for key in ids]


def periods_between(first: str, last: str) -> list[str | None]:
    """The years or months from `first` to `last`; [None] where that is unknown or more than two years wide."""
    if first == EVER[: len(first)] or last == NEVER[: len(last)] or int(last[:4]) - int(first[:4]) > 1:
        return [None]
    months = range(int(first[:4]) * 12, int(last[:4]) * 12 + 12)
    labels = dict.fromkeys(f"{month // 12:04}-{month % 12 + 1:02}"[: len(first)] for month in months)
    return [label for label in labels if first <= label <= last]


def _keys(connection: Connection, match: Matching, rule: CountingRule, by: str) -> list[Line]:
    if plain(rule) and not rule.between and by in ("direction", "person", "country"):
        return _of_sides(connection, rule, by)
    e, p = encounters.c, participations.c
    if by == "level":
        lines = _grouped(connection, select(e.level.label("key")), match)
        return [(None if key is None else _LEVELS[key], sure, ids) for key, sure, ids in lines]
    key: ColumnElement[Any]
    joined = select().join_from(encounters, participations, p.encounter == e.id)
    if by == "country":
        own = {*rule.between, *rule.guest, *rule.host} | {code for name in rule.people if (code := home(name))}
        key = p.country
        joined = joined.where(p.country.not_in(sorted(own))) if own else joined
    else:
        # Coalescing keeps this condition from an index: what leads to the few rows is the encounter.
        joined = joined.where(func.coalesce(p.side, "") == "guest")
        if rule.guest:
            joined = joined.where(p.country.in_(rule.guest))
        key = func.coalesce(p.person, p.folded) if by == "person" else p.country + "-" + e.host_country
    joined = joined.add_columns(key.label("key")).distinct()
    return [(key, sure, ids) for key, sure, ids in _grouped(connection, joined, match)]


def _of_sides(connection: Connection, rule: CountingRule, by: str) -> list[Line]:
    """The same for rules whose answer lies in one index of `participations`; see `travel`."""
    p = participations.c
    if by == "country" and rule.guest:
        return _with_others(connection, rule)
    may, sure = within(rule, p)
    may += [p.side == "guest"] if by != "country" else []
    may += [p.country.in_(rule.guest)] if rule.guest else []
    keys, order = {
        "direction": ((p.country, p.host_country), (p.sort, p.encounter)),
        "person": ((p.country, p.who), (p.earliest, p.latest)),
        "country": ((p.country,), (p.sort, p.encounter)),
    }[by]
    named_ = [key.label(f"key{number}") for number, key in enumerate(keys)]
    windowed = bool(rule.start or rule.end)
    mark = cast(flag(sure), String) if windowed else literal("")
    columns = [*named_, p.encounter.label("id"), mark.label("mark")]
    base = select(*columns).where(*may)
    if connection.dialect.name == "sqlite":  # walks the index in just this order, and need not sort
        query = select(*keys, *_strings(p.encounter, mark)).where(*may).group_by(*keys)
    else:
        rows = base.order_by(*keys, *order).subquery().c
        groups = [rows[label.name] for label in named_]
        query = select(*groups, *_strings(rows.id, rows.mark)).group_by(*groups)
    lines: dict[str | None, dict[str, bool]] = {}
    for *values, ids, marks in connection.execute(query):
        key = _key(values[1:] if by == "person" else values)
        found = ids.split(" ")  # two guests of one country are in one encounter
        once = dict(zip(found, (one == "1" for one in marks), strict=True)) if windowed else dict.fromkeys(found, True)
        lines[key] = lines[key] | once if key in lines else once
    return [(key, sum(found.values()), tuple(found)) for key, found in lines.items()]


def _strings(ids: ColumnElement[Any], marks: ColumnElement[Any]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return func.aggregate_strings(ids, " "), func.aggregate_strings(marks, "")


def _key(values: list[Any]) -> str | None:
    return None if any(value is None for value in values) else "-".join(map(str, values))


def _with_others(connection: Connection, rule: CountingRule) -> list[Line]:
    match = matching(rule, named(connection, ()))
    own = sorted({*rule.guest})
    joined = select().join_from(encounters, participations, participations.c.encounter == encounters.c.id)
    joined = (
        joined.where(participations.c.country.not_in(own)).add_columns(participations.c.country.label("key")).distinct()
    )
    return [(key, sure, ids) for key, sure, ids in _grouped(connection, joined, match)]


def _grouped(connection: Connection, base: Select[Any], match: Matching) -> Iterable[tuple[Any, ...]]:
    """Rows of the keys that `base` selects, how many surely count, and the ids of all in order."""
    e = encounters.c
    inner = base.add_columns(e.id.label("id"), flag(match.certain).label("sure"), e.sort.label("sort")).where(match.may)
    rows = inner.order_by(e.sort).subquery()
    keys = [column for column in rows.c if column.key not in ("id", "sure", "sort")]
    query = select(*keys, func.sum(rows.c.sure), func.aggregate_strings(rows.c.id, " ")).group_by(*keys)
    for *values, sure, ids in connection.execute(query):
        yield (*values, int(sure), tuple(ids.split(" ")))


def _narrowed(rule: CountingRule, by: str, key: str | None) -> CountingRule:
    """The rule of one line of the table, so that its number can be counted again and its list opened."""
    if key is None:
        return rule
    if by == "direction":
        guest, _, host = key.partition("-")
        return replace(rule, guest=(guest,), host=(host,))
    if by == "person":
        return replace(rule, people=(key,))
    if by == "level":
        return replace(rule, level=key)
    if by == "country":
        return replace(rule, between=(*rule.between, key))
    return replace(rule, start=max(rule.start or key, key), end=min(rule.end or key, key))
