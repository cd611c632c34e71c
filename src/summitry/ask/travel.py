"""Count travellers, trips and pairs of countries.

Most rules ask for kinds, statuses, a window and the countries of the guests and nothing else; their answer lies in one
index of `participations` or in `pairs` alone, which matters where all of a large record is counted. All other rules
first find their encounters and then look at who took part.
"""

from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, String, and_, cast, distinct, func, or_, select, true
from sqlalchemy import case as choose

from summitry.ask.rules import kinds_of, window
from summitry.ask.selection import Matching, flag
from summitry.model import CountingRule
from summitry.record.schema import encounters, pairs, participations

Numbers = tuple[int, int]
_DAY: Final = len("2024-06-20")
_NARROWING: Final = ("people", "host", "level", "exclude", "capacity", "sectors", "region", "place", "also")


def plain(rule: CountingRule) -> bool:
    """Whether a rule asks for nothing but kinds, statuses, a window and at most one country of the guests."""
    return not any(getattr(rule, name) for name in _NARROWING) and type(rule) is CountingRule and len(rule.guest) < 2


def within(rule: CountingRule, columns: Any) -> tuple[list[ColumnElement[bool]], ColumnElement[bool]]:
    """The conditions on kind, status and window for a table that has these columns: possibly, surely."""
    first, last = window(rule)
    may: list[ColumnElement[bool]] = [true()]
    sure: list[ColumnElement[bool]] = [true()]
    if kinds := kinds_of(rule):
        may.append(columns.kind.in_(kinds))
    if rule.status:
        may.append(columns.status.in_(rule.status))
    if last:
        may.append(columns.earliest <= last.isoformat())
        sure.append(columns.latest <= last.isoformat())
    if first:
        may.append(columns.latest >= first.isoformat())
        sure.append(columns.earliest >= first.isoformat())
    return may, and_(*sure)


def travelling(rule: CountingRule, match: Matching) -> Select[Any]:
    """The guests that `rule` is about, with `sure` (1 or 0) and what tells them and their days apart."""
    p, e = participations.c, encounters.c
    columns = (p.encounter, p.number, p.country, p.who, p.earliest, p.latest, p.after, p.exact)
    countries = rule.guest or rule.between
    if plain(rule) and not rule.between:
        may, sure = within(rule, p)
        query = select(*columns, flag(sure).label("sure")).where(p.side == "guest", *may)
    else:
        found = select(e.id, flag(match.certain).label("sure")).where(match.may).cte("found")
        found = found.prefix_with("MATERIALIZED")
        query = select(*columns, found.c.sure).join_from(found, participations, p.encounter == found.c.id)
        # Coalescing keeps these conditions from an index: what leads to the few rows is the encounter.
        query = query.where(func.coalesce(p.side, "") == "guest")
        return query.where(func.coalesce(p.country, "").in_(countries)) if countries else query
    return query.where(p.country.in_(countries)) if countries else query


def travellers(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    """Unnamed delegations may be led by people who are counted already, or by new ones."""
    rows = travelling(rule, match).subquery()
    columns = (
        func.count(distinct(choose((rows.c.sure == 1, rows.c.who)))),
        func.count(distinct(rows.c.who)),
        func.count(distinct(choose((rows.c.who.is_(None), rows.c.encounter)))),
        func.max(rows.c.sure),
    )
    sure, known, more, any_sure = connection.execute(select(*columns)).one()
    return max(int(sure), int(any_sure or 0)), int(known) + int(more)


def trips(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    """Visits of one traveller that follow on each other are one trip; where the days are too coarse, they may be.

    The first of an encounter's guests leads; an unnamed delegation is its own traveller.
    """
    rows = _leading(rule, match)
    if plain(rule) and not (rule.start or rule.end):  # then everything surely counts
        return _breaks(connection, rows)
    return _breaks(connection, rows.where(rows.selected_columns.sure == 1))[0], _breaks(connection, rows)[1]


def _leading(rule: CountingRule, match: Matching) -> Select[Any]:
    """The first guest of each encounter that is of the countries the rule is about."""
    query = travelling(rule, match)
    rows = query.selected_columns
    countries = rule.guest or rule.between
    if not countries:
        return query.where(rows.number == 0)
    other = participations.alias()
    before = select(1).where(other.c.encounter == rows.encounter, other.c.number < rows.number)
    before = before.where(func.coalesce(other.c.side, "") == "guest", func.coalesce(other.c.country, "").in_(countries))
    return query.where(or_(rows.number == 0, ~before.exists()))


def _breaks(connection: Connection, query: Select[Any]) -> Numbers:
    """How many trips surely were (visits that may be one count as one), and at most (only those that surely are do)."""
    total = int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())
    c = query.where(query.selected_columns.who.is_not(None)).subquery().c
    # One look back for both: the day after the visit before, and whether that visit's days are known. A day sorts
    # before itself with anything behind it.
    before = func.lag(c.after + cast(c.exact, String))
    last = before.over(partition_by=(c.country, c.who), order_by=(c.earliest, c.latest)).label("last")
    lines = select(c.earliest, c.exact, last).subquery().c
    known = and_(lines.exact == 1, func.substr(lines.last, _DAY + 1) == "1")
    joined = select(func.count(), func.sum(flag(known))).select_from(lines.earliest.table)
    may, sure = connection.execute(joined.where(lines.earliest <= lines.last)).one()
    return total - int(may), total - int(sure or 0)


def couples(connection: Connection, rule: CountingRule, match: Matching) -> Numbers:
    """Every two countries that took part in something together, however often."""
    c = pairs.c
    if plain(rule) and not (rule.guest or rule.between):
        may, sure = within(rule, c)
        rows = select(c.pair, flag(sure).label("sure")).where(*may).subquery()
    else:
        found = select(encounters.c.id, flag(match.certain).label("sure")).where(match.may).cte("found")
        found = found.prefix_with("MATERIALIZED")
        rows = select(c.pair, found.c.sure).join_from(found, pairs, c.encounter == found.c.id).subquery()
    grouped = select(rows.c.pair, func.max(rows.c.sure).label("sure")).group_by(rows.c.pair).subquery()
    low, high = connection.execute(select(func.sum(grouped.c.sure), func.count()).select_from(grouped)).one()
    return int(low or 0), int(high)


__all__ = ["Numbers", "couples", "plain", "travellers", "travelling", "trips", "within"]
