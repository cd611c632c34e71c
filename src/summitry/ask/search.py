"""Look for counting rules that give the number somebody claimed.

A number that is wrong by the plain reading may be right by another: up to an earlier day, in one direction, without
those below a minister. The simplest rules come first, and how many were tried is said, because among many rules some
will hit any number by chance: a hit is consistent with the claim, it proves nothing.
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from itertools import combinations
from operator import mul
from typing import Any, Final, NamedTuple

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Subquery, True_, and_, distinct, func, select, true
from sqlalchemy import case as choose

from summitry.ask.count import count
from summitry.ask.people import named
from summitry.ask.rules import EXCLUDED_LEVELS, SETTINGS, window
from summitry.ask.selection import Condition, flag, matching, parts
from summitry.model import CountingRule
from summitry.record import Record
from summitry.record.schema import encounters

SHOWN: Final = 5
_RECENT: Final = 2  # month ends before publication at which a writer may well have stopped counting
_LEVELS: Final = ("minister+", "vice-minister+", "agency-head+", "region+", "official+")
_BY_ROW: Final = ("encounter", "delegation", "item")  # units that one query can count for many rules at once
_BATCH: Final = 100  # rules in one query


class Step(NamedTuple):
    """One way to deviate from the plain reading; only a `sensible` one carries a verdict."""

    dimension: str
    changes: dict[str, Any]
    sensible: bool = True


class Search(NamedTuple):
    """The rules that give the number, simplest first, how many were tried, and whether a simple sensible one fits."""

    fits: tuple[CountingRule, ...]
    tried: int
    sensible: bool


def search(record: Record, rule: CountingRule, accepted: tuple[int, int], published: date | None) -> Search:
    """Rules near `rule` whose count surely lies in `accepted` (both ends included).

    Single steps first, then two at a time of those that change the number without giving the one that is sought.
    """
    steps = list(_steps(rule, published))
    singles = [_apply(rule, step) for step in steps]
    plain, *counts = _counts(record, rule, [rule, *singles])
    moving = [
        step
        for step, numbers in zip(steps, counts, strict=True)
        if step.sensible and step.dimension != "unit" and numbers != plain and not _in(numbers, accepted)
    ]
    pairs = [
        _apply(rule, a, b) for a, b in combinations(moving, 2) if a.dimension != b.dimension or a.dimension == "exclude"
    ]
    counts += _counts(record, rule, pairs)
    fitting = [_in(numbers, accepted) for numbers in counts]
    hits = [one for one, fits in zip(singles + pairs, fitting, strict=True) if fits]
    sensible = [one for one, step, fits in zip(singles, steps, fitting, strict=False) if fits and step.sensible]
    hits.sort(key=lambda one: one not in sensible)
    return Search(tuple(hits), len(singles) + len(pairs), bool(sensible))


def _in(numbers: tuple[int, int], accepted: tuple[int, int]) -> bool:
    """A rule that counts nothing at all explains no number."""
    return accepted[0] <= numbers[0] and 0 < numbers[1] <= accepted[1]


def _apply(rule: CountingRule, *steps: Step) -> CountingRule:
    for step in steps:
        changes = step.changes
        if step.dimension == "exclude":
            changes = {"exclude": (*rule.exclude, *changes["exclude"])}
        rule = replace(rule, **changes)
    return rule


def _steps(rule: CountingRule, published: date | None) -> Iterator[Step]:
    for number, day in enumerate(_month_ends(rule, published)):
        yield Step("end", {"end": day.isoformat()}, number < _RECENT)
    for unit in ("encounter", "delegation", "trip", "item", "traveller"):
        if unit != rule.unit and not (rule.people and unit in ("item", "traveller")):
            yield Step("unit", {"unit": unit})
    for name in SETTINGS if rule.people else (*EXCLUDED_LEVELS, *SETTINGS):
        if name not in rule.exclude:
            yield Step("exclude", {"exclude": (name,)})
    if rule.people:
        return  # of one person's encounters nobody leaves out ranks or directions
    if len(rule.between) == 2 and not rule.guest and not rule.host:
        for guest, host in (rule.between, rule.between[::-1]):
            yield Step("direction", {"guest": (guest,), "host": (host,)})
    if not rule.level:
        for level in _LEVELS:
            yield Step("level", {"level": level})


def _month_ends(rule: CountingRule, published: date | None) -> list[date]:
    """Ends of months in the window, the last first; none where the window was over before the claim was published."""
    first, last = window(rule)
    if first is None or last is None or published is None or last < published:
        return []
    days: list[date] = []
    day = published.replace(day=1) - timedelta(days=1)
    while day > first and len(days) < 24:
        days.append(day)
        day = day.replace(day=1) - timedelta(days=1)
    return days


def _counts(record: Record, base: CountingRule, rules: list[CountingRule]) -> list[tuple[int, int]]:
    """`low` and `high` of many rules; those that can be are counted in few queries."""
    found: dict[int, tuple[int, int]] = {}
    if not rules:
        return []
    together = [at for at, rule in enumerate(rules) if rule.unit in _BY_ROW]
    for start in range(0, len(together), _BATCH):
        part = together[start : start + _BATCH]
        found |= dict(zip(part, _batch(record, base, [rules[at] for at in part]), strict=True))
    for at, rule in enumerate(rules):
        if at not in found:
            answer = count(record, rule)
            found[at] = (answer.low, answer.high)
    return [found[at] for at in range(len(rules))]


def _batch(record: Record, base: CountingRule, rules: list[CountingRule]) -> list[tuple[int, int]]:
    """All counted in one pass: every condition is looked at once for a row, however many rules share it."""
    widest = replace(base, unit="encounter", level=None, exclude=())
    with record.reading() as connection:
        who = named(connection, base.people)
        known = {part.key for part in parts(widest, who)}  # what may be is fulfilled by every row that is looked at
        made: dict[Hashable, tuple[Condition, Condition]] = {}
        keys: list[list[Hashable]] = []
        for rule in rules:
            own = parts(rule, who, widest)
            made |= {part.key: part.make() for part in own if part.key not in made}
            keys.append([part.key for part in own])
        flags = {(key, side): flag(one).label(f"f{number}{side}") for number, (key, pair) in enumerate(made.items())
                 for side, one in enumerate(pair) if not isinstance(one, True_) and (side or key not in known)}  # fmt: skip
        # Skipping no rows keeps an engine from working every condition out again for each sum.
        rows = select(encounters.c.item, *flags.values()).where(matching(widest, who).may).offset(0).subquery()
        columns = []
        for rule, own_keys in zip(rules, keys, strict=True):
            may, certain = (
                [rows.c[flags[key, side].name] for key in own_keys if (key, side) in flags] for side in (0, 1)
            )
            columns += [_sum(rule, rows, [*may, *certain]), _sum(rule, rows, may)]
        row = connection.execute(select(*columns)).one()
    numbers = [int(value or 0) for value in row]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _sum(rule: CountingRule, rows: Subquery, flags: Sequence[ColumnElement[Any]]) -> ColumnElement[int]:
    """How many rows have all the flags, each 0 or 1; of items, how many different ones."""
    if rule.unit == "item":
        return func.count(distinct(choose((and_(true(), *(one == 1 for one in flags)), rows.c.item))))
    return func.sum(reduce(mul, flags)) if flags else func.count()
