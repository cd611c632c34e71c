"""Say in SQL which encounters a rule counts: those that surely do, and those that may.

Both conditions come from one place, so that `low` and `high` of a count can never be about different things. An
unknown value is never taken for a match or for a miss: it may match (DESIGN §3, law 2).
"""

from collections.abc import Sequence
from itertools import combinations, groupby
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Exists, and_, case, exists, false, func, or_, select, true

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
    """The conditions on `encounters`: `certain` is what makes one that fulfils `may` count surely."""

    may: Condition
    certain: Condition

    @property
    def sure(self) -> Condition:
        """The condition for what surely counts, by itself."""
        return and_(self.may, self.certain)


def matching(rule: CountingRule, who: Named) -> Matching:
    """Which encounters `rule` counts, `who` being the people it names. Raises UsageError for a rule that is none."""
    checked(rule)
    base = and_(true(), encounters.c.withdrawn == 0, *_fixed(rule), *_sides(rule), *_people(rule, who))
    first, last = window(rule)
    may: list[Condition] = [base]
    sure: list[Condition] = [true()]
    if last:
        may.append(encounters.c.earliest <= last.isoformat())
        sure.append(encounters.c.latest <= last.isoformat())
    if first:
        may.append(encounters.c.latest >= first.isoformat())
        sure.append(encounters.c.earliest >= first.isoformat())
    if rule.level:
        possible, certain = _levels(rule, who, ranks(rule.level))
        may.append(possible)
        sure.append(certain)
    for name in rule.exclude:
        allowed, certain = _left(name)
        may.append(allowed)
        sure.append(certain)
    return Matching(may=and_(*may), certain=and_(*sure))


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
        found.append(_part(rule, participations.c.country == rule.between[0]))
    for a, b in combinations(sorted(set(rule.between)), 2):
        found.append(encounters.c.id.in_(select(pairs.c.encounter).where(pairs.c.pair == f"{a}|{b}")))
    if rule.guest:
        found.append(_part(rule, participations.c.country.in_(rule.guest), participations.c.side == "guest"))
    if rule.host:
        found.append(_part(rule, participations.c.country.in_(rule.host), participations.c.side != "guest"))
    return found


def _part(rule: CountingRule, *conditions: Condition) -> Condition:
    """Somebody took part who fulfils the conditions; the window is repeated here for the sake of the index."""
    p = participations.c
    first, last = window(rule)
    query = select(p.encounter).where(*conditions)
    query = query.where(p.earliest <= last.isoformat()) if last else query
    return encounters.c.id.in_(query.where(p.latest >= first.isoformat()) if first else query)


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
    return [_part(rule, *conditions)]


def _levels(rule: CountingRule, who: Named, admitted: list[int]) -> tuple[Condition, Condition]:
    """That somebody who counts has one of the levels, possibly and surely."""
    e = encounters.c
    if admitted[0] == 0 and not (rule.guest or rule.between or rule.people):  # then the highest guest decides
        highest = and_(e.level.is_not(None), e.level <= admitted[-1])
        return or_(highest, e.unlevelled > 0), highest
    hit = _leading(rule, who, participations.c.level.in_(admitted))
    return or_(hit, _leading(rule, who, participations.c.level.is_(None))), hit


def _leading(rule: CountingRule, who: Named, level: Condition) -> Exists:
    """Somebody whose level decides fulfils `level`: a guest of a visit, anybody in a meeting, who the rule names."""
    # Coalescing keeps these conditions from an index: what leads to the few rows is the encounter.
    p = participations.c
    conditions = [p.encounter == encounters.c.id, p.side != "seat", level]
    conditions.append(or_(p.side == "guest", encounters.c.kind != "visit"))
    countries = rule.guest or rule.between
    if countries:
        conditions.append(func.coalesce(p.country, "").in_(countries))
    if rule.people:
        conditions.append(or_(func.coalesce(p.person, "").in_(who.ids), func.coalesce(p.folded, "").in_(who.folded)))
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
    e, p = encounters.c, participations.c
    columns = (e.id, e.earliest, e.latest, e.date, e.status, e.host_country, e.item, flag(match.certain))
    if not guests:
        rows: Sequence[Any] = connection.execute(select(*columns).where(match.may).order_by(e.sort)).all()
        return [Seen(*row) for row in rows]
    part = (p.side, p.country, p.person, p.folded, p.level, e.kind)
    joined = select(*columns, *part).join(participations, p.encounter == e.id, isouter=True)
    rows = connection.execute(joined.where(match.may).order_by(e.sort, e.id, p.number)).all()
    found = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        parts = list(group)
        found.append(replace(Seen(*parts[0][:8]), guests=_guests(parts), sides=_countries(parts)))
    return found


def flag(condition: Condition) -> ColumnElement[int]:
    """1 where the condition holds, else 0, on every engine."""
    return case((condition, 1), else_=0)


def _guests(rows: Sequence[Any]) -> tuple[Guest, ...]:
    return tuple(
        Guest(row.country, row.person or row.folded, None if row.level is None else _LEVELS[row.level])
        for row in rows
        if row.side == "guest" or (row.side == "host" and row.kind != "visit")
    )


def _countries(rows: Sequence[Any]) -> tuple[str, ...]:
    return tuple(sorted({row.country for row in rows if row.country}))
