"""Say in SQL which encounters a rule counts: those that surely do, and those that may.

Both conditions come from one place, so that `low` and `high` of a count can never be about different things. An
unknown value is never taken for a match or for a miss: it may match (DESIGN §3, law 2).
"""

from collections.abc import Sequence
from itertools import combinations
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Exists, Select, and_, case, exists, false, or_, select, true

from summitry.ask.people import Named, named
from summitry.ask.rules import EXCLUDED_LEVELS, TRAVELLING, checked, ranks, window
from summitry.kinds import LEVELS, Level
from summitry.model import CountingRule, Noun
from summitry.record.schema import encounters, pairs, participations

Condition = ColumnElement[bool]
_LEVELS: Final[tuple[Level, ...]] = tuple(LEVELS)


class Guest(Noun, frozen=True):
    """One who took part, as counting sees them; `key` tells people apart, None for an unnamed delegation."""

    country: str | None
    key: str | None
    level: Level | None


class Seen(Noun, frozen=True):
    """An encounter as counting sees it: when it may have been, whether it surely counts, and who travelled."""

    id: str
    earliest: str
    latest: str
    date: str | None
    status: str
    host_country: str | None
    item: str
    sure: int  # 1 or 0
    guests: tuple[Guest, ...] = ()
    sides: tuple[str, ...] = ()


class Matching(Noun, frozen=True):
    """The two conditions on `encounters`."""

    may: Condition
    sure: Condition


def matching(rule: CountingRule, who: Named) -> Matching:
    """Which encounters `rule` counts, `who` being the people it names. Raises UsageError for a rule that is none."""
    checked(rule)
    base = and_(true(), encounters.c.withdrawn == 0, *_fixed(rule), *_sides(rule), *_people(rule, who))
    first, last = window(rule)
    may: list[Condition] = [base]
    sure: list[Condition] = [base]
    if last:
        may.append(encounters.c.earliest <= last.isoformat())
        sure.append(encounters.c.latest <= last.isoformat())
    if first:
        may.append(encounters.c.latest >= first.isoformat())
        sure.append(encounters.c.earliest >= first.isoformat())
    if rule.level:
        hit = _leading(rule, who, participations.c.level.in_(ranks(rule.level)))
        may.append(or_(hit, _leading(rule, who, participations.c.level.is_(None))))
        sure.append(hit)
    for name in rule.exclude:
        allowed, certain = _left(name)
        may.append(allowed)
        sure.append(certain)
    return Matching(may=and_(*may), sure=and_(*sure))


def _fixed(rule: CountingRule) -> list[Condition]:
    found: list[Condition] = []
    kinds = rule.kind or (("visit",) if rule.unit in TRAVELLING or rule.guest or rule.host else ())
    if kinds:
        found.append(encounters.c.kind.in_(kinds))
    if rule.status:
        found.append(encounters.c.status.in_(rule.status))
    return found


def _sides(rule: CountingRule) -> list[Condition]:
    found: list[Condition] = []
    if len(rule.between) == 1:
        found.append(_part(participations.c.country == rule.between[0]))
    for a, b in combinations(sorted(set(rule.between)), 2):
        found.append(encounters.c.id.in_(select(pairs.c.encounter).where(pairs.c.pair == f"{a}|{b}")))
    if rule.guest:
        found.append(_part(participations.c.country.in_(rule.guest), participations.c.side == "guest"))
    if rule.host:
        found.append(_part(participations.c.country.in_(rule.host), participations.c.side != "guest"))
    return found


def _part(*conditions: Condition) -> Condition:
    return encounters.c.id.in_(select(participations.c.encounter).where(*conditions))


def _is(who: Named) -> Condition:
    parts: list[Condition] = []
    if who.ids:
        parts.append(participations.c.person.in_(who.ids))
    if who.folded:
        parts.append(and_(participations.c.person.is_(None), participations.c.folded.in_(who.folded)))
    return or_(*parts) if parts else false()


def _people(rule: CountingRule, who: Named) -> list[Condition]:
    if not rule.people:
        return []
    conditions = [_is(who)]
    if rule.unit in TRAVELLING or rule.guest or rule.host:
        conditions.append(participations.c.side == "guest")
    return [_part(*conditions)]


def _leading(rule: CountingRule, who: Named, level: Condition) -> Exists:
    """Somebody whose level decides fulfils `level`: a guest of a visit, anybody in a meeting, who the rule names."""
    p = participations.c
    conditions = [p.encounter == encounters.c.id, p.side != "seat", level]
    conditions.append(or_(p.side == "guest", encounters.c.kind != "visit"))
    countries = rule.guest or rule.between
    if countries:
        conditions.append(p.country.in_(countries))
    if rule.people:
        conditions.append(_is(who))
    return exists(select(1).where(*conditions).correlate(encounters))


def _left(name: str) -> tuple[Condition, Condition]:
    """What an exclusion leaves: possibly, surely."""
    if name == "multilateral":
        return encounters.c.sides <= 2, encounters.c.sides <= 2
    if name == "bilateral-of-summit":
        return encounters.c.parent.is_(None), encounters.c.parent.is_(None)
    out = [_LEVELS.index(level) for level in EXCLUDED_LEVELS[name]]
    surely = and_(encounters.c.level.is_not(None), encounters.c.level.not_in(out))
    return or_(encounters.c.level.is_(None), surely), surely


def seen(connection: Connection, rule: CountingRule, *, guests: bool = False) -> list[Seen]:
    """Encounters that `rule` may count, in chronological order; with `guests`, who took part as well."""
    match = matching(rule, named(connection, rule.people))
    e = encounters.c
    columns = (e.id, e.earliest, e.latest, e.date, e.status, e.host_country, e.item)
    query = select(*columns, flag(match.sure)).where(match.may).order_by(e.sort)
    rows: Sequence[Any] = connection.execute(query).all()
    if not guests:
        return [Seen(*row) for row in rows]
    parts = _participants(connection, match.may)
    found = []
    for row in rows:
        part = parts.get(row.id, ())
        found.append(Seen(*row, _guests(part), _countries(part)))
    return found


def flag(condition: Condition) -> ColumnElement[int]:
    """1 where the condition holds, else 0, on every engine."""
    return case((condition, 1), else_=0)


def _participants(connection: Connection, may: Condition) -> dict[str, list[Any]]:
    p = participations.c
    query: Select[Any] = (
        select(p.encounter, p.side, p.country, p.person, p.folded, p.level, p.kind)
        .join(encounters, encounters.c.id == p.encounter)
        .where(may)
        .order_by(p.encounter, p.number)
    )
    parts: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        parts.setdefault(row.encounter, []).append(row)
    return parts


def _guests(rows: Sequence[Any]) -> tuple[Guest, ...]:
    return tuple(
        Guest(row.country, row.person or row.folded, None if row.level is None else _LEVELS[row.level])
        for row in rows
        if row.side == "guest" or (row.side == "host" and row.kind != "visit")
    )


def _countries(rows: Sequence[Any]) -> tuple[str, ...]:
    return tuple(sorted({row.country for row in rows if row.country}))
