"""Say in SQL which encounters a rule counts: those that surely do, and those that may.

Both conditions come from one place, so that `low` and `high` of a count can never be about different things. An
unknown value is never taken for a match or for a miss: it may match (DESIGN §3, law 2).
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from functools import partial
from itertools import combinations, groupby
from typing import Any, Final

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Exists, and_, case, exists, false, func, or_, select, true

from summitry.ask.offices import Office, capacity, country_of, names_of, office_of, span
from summitry.ask.people import Named, named
from summitry.ask.places import at_place, hosted_by, in_region
from summitry.ask.rules import EXCLUDED_LEVELS, FORMS, MARKS, TRAVELLING, checked, kinds_of, ranks, window
from summitry.kinds import LEVELS, Level
from summitry.model import CountingRule, Noun
from summitry.record.folding import fold_name, fold_words
from summitry.record.schema import encounters, pairs, participations

Condition = ColumnElement[bool]
Window = tuple[date | None, date | None]
_LEVELS: Final[tuple[Level, ...]] = tuple(LEVELS)


class Guest(Noun, frozen=True):
    """One who took part, as counting sees them; `key` tells people apart, None for an unnamed delegation."""

    country: str | None
    key: str | None
    level: Level | None
    capacity: str | None = None


class Seen(Noun, frozen=True):
    """An encounter as counting sees it: when it may have been, whether it surely counts, and who travelled."""

    id: str
    earliest: str
    latest: str
    date: str | None
    status: str
    host_country: str | None
    item: str
    marks: str
    sure: int  # 1 or 0
    guests: tuple[Guest, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def minor(self) -> bool:
        """Whether many would not count it: a stop on the way, a private stay."""
        return any(f"|{mark}|" in self.marks for mark in MARKS.values() if mark != "summit")


class Matching(Noun, frozen=True):
    """The conditions on `encounters`: `certain` is what makes one that fulfils `may` count surely."""

    may: Condition
    certain: Condition

    @property
    def sure(self) -> Condition:
        """The condition for what surely counts, by itself."""
        return and_(self.may, self.certain)


class Part(Noun, frozen=True):
    """One of the conditions of a rule: `key` says all that it depends on, `make` gives what may and what surely fulfils it."""

    key: Hashable
    make: Callable[[], tuple[Condition, Condition]]


def matching(rule: CountingRule, who: Named) -> Matching:
    """Which encounters `rule` counts, `who` being the people it names. Raises UsageError for a rule that is none."""
    made = [part.make() for part in parts(rule, who)]
    return Matching(may=and_(*(may for may, _ in made)), certain=and_(*(certain for _, certain in made)))


def parts(rule: CountingRule, who: Named, within: CountingRule | None = None) -> list[Part]:
    """The conditions that make up `rule`, so that many rules about the same people can share them.

    The window that is repeated for the sake of an index is that of `within`, a rule that admits more. Raises UsageError
    for a rule that is none.
    """
    checked(rule)
    first, last = window(rule)
    hint = window(within or rule)
    kinds, travelling = kinds_of(rule), rule.unit in TRAVELLING
    fixed = (kinds, rule.status, rule.sectors, rule.region, rule.between, rule.also, hint)
    guests = (rule.people, rule.capacity, rule.guest, bool(rule.host), travelling, hint)
    found = [
        Part(("fixed", *fixed), lambda: _certain([true(), encounters.c.withdrawn == 0, *_fixed(rule), *_between(rule, hint)])),
        Part(("guests", *guests), lambda: _certain([true(), *_guests_of(rule, who, hint)])),
        Part(("window", first, last), lambda: _in_window(first, last)),
        *(Part(("left", name), partial(_left, name)) for name in rule.exclude),
    ]  # fmt: skip
    if rule.level:
        decisive = (rule.level, rule.guest, rule.between, rule.people)
        found.append(Part(("level", *decisive), lambda: _levels(rule, who, ranks(rule.level or ""))))
    if rule.host:
        found.append(Part(("host", rule.host, kinds), lambda: hosted_by(rule.host, kinds)))
    if rule.form:
        found.append(Part(("form", rule.form), lambda: _form(rule.form or "")))
    if rule.place:
        found.append(Part(("place", rule.place, bool(rule.host)), lambda: at_place(rule)))
    return found


def _certain(conditions: list[Condition]) -> tuple[Condition, Condition]:
    """Conditions that leave no doubt: what may fulfil them does."""
    return and_(*conditions), true()


def _in_window(first: date | None, last: date | None) -> tuple[Condition, Condition]:
    e = encounters.c
    may: list[Condition] = [true()]
    sure: list[Condition] = [true()]
    if last:
        may.append(e.earliest <= last.isoformat())
        sure.append(e.latest <= last.isoformat())
    if first:
        may.append(e.latest >= first.isoformat())
        sure.append(e.earliest >= first.isoformat())
    return and_(*may), and_(*sure)


def _fixed(rule: CountingRule) -> list[Condition]:
    e = encounters.c
    found: list[Condition] = []
    if kinds := kinds_of(rule):
        found.append(e.kind.in_(kinds))
    if rule.status:
        found.append(e.status.in_(rule.status))
    if rule.sectors:
        found.append(e.sector.in_([fold_words(sector) for sector in rule.sectors]))
    if rule.region:
        found.append(in_region(rule.region))
    return found


def _between(rule: CountingRule, hint: Window) -> list[Condition]:
    """That the countries and the partners it is about took part."""
    found = [_part(hint, _known_as(name)) for name in rule.also]
    if len(rule.between) == 1:
        found.append(_part(hint, participations.c.country == rule.between[0]))
    for a, b in combinations(sorted(set(rule.between)), 2):
        found.append(encounters.c.id.in_(select(pairs.c.encounter).where(pairs.c.pair == f"{a}|{b}")))
    return found


def _guests_of(rule: CountingRule, who: Named, hint: Window) -> list[Condition]:
    """That somebody took part who is one of the people, of the guest countries, in the capacity that the rule names."""
    p = participations.c
    conditions: list[Condition] = []
    if rule.people:
        conditions.append(_is(who))
    if rule.capacity:
        conditions.append(or_(*(_in_capacity(rule, name) for name in rule.capacity)))
    # Coalescing keeps side and country from an index: names lead to fewer rows.
    named_ = bool(who.ids or who.folded) and not who.offices
    country, side = (func.coalesce(p.country, ""), func.coalesce(p.side, "")) if named_ else (p.country, p.side)
    if rule.guest:
        conditions.append(country.in_(rule.guest))
    if not conditions:
        return []
    if rule.unit in TRAVELLING or rule.guest or rule.host:
        conditions.append(side == "guest")
    return [_part(hint, *conditions)]


def _part(hint: Window, *conditions: Condition) -> Condition:
    """Somebody took part who fulfils the conditions; the window is repeated here for the sake of the index."""
    p = participations.c
    first, last = hint
    query = select(p.encounter).where(*conditions)
    query = query.where(p.earliest <= last.isoformat()) if last else query
    return encounters.c.id.in_(query.where(p.latest >= first.isoformat()) if first else query)


def _known_as(name: str) -> Condition:
    """That the participation is of the person with this identity or full name."""
    p = participations.c
    return or_(p.person == name, and_(p.person.is_(None), p.folded == fold_name(name)))


def _is(who: Named) -> Condition:
    p = participations.c
    parts: list[Condition] = [_holds(one) for one in who.offices]
    if who.ids:
        parts.append(p.person.in_(who.ids))
    if who.folded:
        parts.append(and_(p.person.is_(None), p.folded.in_(who.folded)))
    return or_(*parts) if parts else false()


def _holds(held: Office) -> Condition:
    """That the participation is in the office: so printed, or by somebody who had it then."""
    p = participations.c
    titles = sorted({row.title for row in held.holders})
    parts: list[Condition] = [and_(p.country == held.country, p.role.in_(titles))]
    for row in held.holders:
        begin, end = span(row)
        then = (p.latest >= begin.isoformat(), p.earliest <= end.isoformat())
        parts.append(and_(p.person == row.person, *then))
        parts.append(and_(p.person.is_(None), p.folded.in_(names_of(row)), *then))
    return and_(p.capacity.is_(None), or_(*parts))


def _in_capacity(rule: CountingRule, name: str) -> Condition:
    """That the participation is in a capacity: one that is no office, or an office of the country it is about."""
    p = participations.c
    if other := capacity(name):
        return p.capacity == other
    countries = rule.guest or tuple(filter(None, map(country_of, rule.people)))
    held = [found for country in countries if (found := office_of(name, country))]
    return or_(*map(_holds, held)) if held else and_(p.capacity.is_(None), func.lower(p.role) == name.lower())


def _levels(rule: CountingRule, who: Named, admitted: list[int]) -> tuple[Condition, Condition]:
    """That somebody who counts has one of the levels, possibly and surely."""
    e = encounters.c
    if admitted[0] == 0 and not (rule.guest or rule.between or rule.people):  # then the highest guest decides
        highest = and_(e.level.is_not(None), e.level <= admitted[-1])
        return or_(highest, e.unlevelled > 0), highest
    p = participations.c
    hit = _leading(rule, who, p.level.in_(admitted))
    return or_(hit, _leading(rule, who, and_(p.level.is_(None), p.capacity.is_(None)))), hit


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
        named_ = or_(func.coalesce(p.person, "").in_(who.ids), func.coalesce(p.folded, "").in_(who.folded))
        conditions.append(or_(named_, *map(_holds, who.offices)))
    return exists(select(1).where(*conditions).correlate(encounters))


def _form(name: str) -> tuple[Condition, Condition]:
    """That a visit had a form: possibly, where its source calls it nothing that rules it out; surely."""
    marks = encounters.c.marks
    others = {*FORMS, *MARKS.values()} - {name, *FORMS[name]}
    possibly = and_(*(marks.not_like(f"%|{other}|%") for other in sorted(others)))
    own = marks.like(f"%|{name}|%")  # of an "official working visit" both may be said, and neither
    surely = and_(own, *(marks.not_like(f"%|{other}|%") for other in FORMS[name]))
    return or_(own, possibly), surely


def _left(name: str) -> tuple[Condition, Condition]:
    """What an exclusion leaves: possibly, surely."""
    e = encounters.c
    if name == "multilateral":
        left = and_(e.sides <= 2, e.marks.not_like(f"%|{MARKS[name]}|%"))
        return left, left
    if name in MARKS:
        left = e.marks.not_like(f"%|{MARKS[name]}|%")
        return left, left
    if name == "bilateral-of-summit":
        return e.parent.is_(None), e.parent.is_(None)
    out = [_LEVELS.index(level) for level in EXCLUDED_LEVELS[name]]
    surely = and_(e.level.is_not(None), e.level.not_in(out))
    return or_(e.level.is_(None), surely), surely


def seen(connection: Connection, rule: CountingRule, *, guests: bool = False) -> list[Seen]:
    """Encounters that `rule` may count, in chronological order; with `guests`, who took part as well."""
    match = matching(rule, named(connection, rule.people))
    e, p = encounters.c, participations.c
    columns = (e.id, e.earliest, e.latest, e.date, e.status, e.host_country, e.item, e.marks, flag(match.certain))
    if not guests:
        rows: Sequence[Any] = connection.execute(select(*columns).where(match.may).order_by(e.sort)).all()
        return [Seen(*row) for row in rows]
    part = (p.side, p.country, p.person, p.folded, p.level, p.capacity, e.kind)
    joined = select(*columns, *part).join(participations, p.encounter == e.id, isouter=True)
    rows = connection.execute(joined.where(match.may).order_by(e.sort, e.id, p.number)).all()
    found = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        parts = list(group)
        found.append(replace(Seen(*parts[0][:9]), guests=_guests(parts), sides=_countries(parts)))
    return found


def flag(condition: Condition) -> ColumnElement[int]:
    """1 where the condition holds, else 0, on every engine."""
    return case((condition, 1), else_=0)


def _guests(rows: Sequence[Any]) -> tuple[Guest, ...]:
    return tuple(
        Guest(row.country, row.person or row.folded, None if row.level is None else _LEVELS[row.level], row.capacity)
        for row in rows
        if row.side == "guest" or (row.side == "host" and row.kind != "visit")
    )


def _countries(rows: Sequence[Any]) -> tuple[str, ...]:
    return tuple(sorted({row.country for row in rows if row.country}))
