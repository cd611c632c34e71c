"""Look for counting rules that give the number somebody claimed.

A number that is wrong by the plain reading may be right by another: up to an earlier day, in one direction, without
those below a minister. The simplest rules come first, and how many were tried is said, because among many rules some
will hit any number by chance: a hit is consistent with the claim, it proves nothing.
"""

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, timedelta
from functools import reduce
from itertools import combinations, product
from operator import add
from typing import Any, Final, NamedTuple

from msgspec.structs import replace
from sqlalchemy import BigInteger, ColumnElement, True_, func, literal, select
from sqlalchemy import case as choose

from summitry.ask.count import count
from summitry.ask.people import named
from summitry.ask.rules import EXCLUDED_LEVELS, SETTINGS, window
from summitry.ask.selection import Condition, Part, matching, parts
from summitry.model import CountingRule
from summitry.record import Record
from summitry.record.schema import encounters

SHOWN: Final = 5
_RECENT: Final = 2  # month ends before publication at which a writer may well have stopped counting
_LEVELS: Final = ("minister+", "vice-minister+", "agency-head+", "region+", "official+")
_BY_ROW: Final = ("encounter", "delegation", "item")  # units that one query can count for many rules at once
_WORD: Final = 60  # conditions in one number


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
    table = _Table(record, rule)
    by = {name: [step for step in steps if step.dimension == name] for name in ("direction", "level")}
    both = [_apply(rule, a, b) for a, b in product(by["direction"], by["level"])]  # whose level is another condition
    table.take([one for one in (rule, *singles, *both) if one.unit in _BY_ROW])
    plain, *counts = _counts(table, [rule, *singles])
    moving = [
        step
        for step, numbers in zip(steps, counts, strict=True)
        if step.sensible and step.dimension != "unit" and numbers != plain and not _in(numbers, accepted)
    ]
    pairs = [
        _apply(rule, a, b) for a, b in combinations(moving, 2) if a.dimension != b.dimension or a.dimension == "exclude"
    ]
    counts += _counts(table, pairs)
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


def _counts(table: "_Table", rules: Sequence[CountingRule]) -> list[tuple[int, int]]:
    """`low` and `high` of many rules; those that go by rows are counted without asking the record again."""
    table.take([rule for rule in rules if rule.unit in _BY_ROW])
    return [table.count(rule) if rule.unit in _BY_ROW else _asked(table.record, rule) for rule in rules]


def _asked(record: Record, rule: CountingRule) -> tuple[int, int]:
    found = count(record, rule)
    return found.low, found.high


class _Rows(NamedTuple):
    """Rows that fulfil the same conditions, one bit for each: how many, and which entries of their sources."""

    bits: int
    number: int
    items: frozenset[str]


class _Table:
    """What rules near `base` may count. The engine looks at every condition once for a row, however many rules share it.

    Only rules with a condition that no rule before had (a level of one direction's guests) need another look.
    """

    def __init__(self, record: Record, base: CountingRule) -> None:
        self.record = record
        self._widest = replace(base, unit="encounter", level=None, exclude=())
        with record.reading() as connection:
            self._who = named(connection, base.people)
        # What may be is fulfilled by every row that is looked at.
        self._free = {part.key for part in parts(self._widest, self._who)}
        self._seen: set[Hashable] = set()
        self._bits: dict[tuple[Hashable, int], int] = {}
        self._rows: list[_Rows] = []

    def take(self, rules: Sequence[CountingRule]) -> None:
        """Look at the conditions of `rules`, if there is one that was not looked at."""
        found = {part.key: part for rule in rules for part in self._parts(rule)}
        if found.keys() <= self._seen:
            return
        self._seen = set(found)
        made = {key: part.make() for key, part in found.items()}
        asked = {(key, side): one for key, pair in made.items() for side, one in enumerate(pair)
                 if not isinstance(one, True_) and (side or key not in self._free)}  # fmt: skip
        self._bits = {name: 1 << at for at, name in enumerate(asked)}
        self._rows = self._looked_at(list(asked.values()))

    def count(self, rule: CountingRule) -> tuple[int, int]:
        """How many surely, and how many at most."""
        low = high = 0
        for part in self._parts(rule):
            high |= self._bits.get((part.key, 0), 0)
            low |= self._bits.get((part.key, 1), 0)
        return self._fulfilling(rule, low | high), self._fulfilling(rule, high)

    def _parts(self, rule: CountingRule) -> list[Part]:
        return parts(rule, self._who, self._widest)

    def _fulfilling(self, rule: CountingRule, wanted: int) -> int:
        """How many rows have all the bits; of items, how many different ones."""
        rows = [one for one in self._rows if one.bits & wanted == wanted]
        if rule.unit == "item":
            return len(frozenset().union(*(one.items for one in rows)))
        return sum(one.number for one in rows)

    def _looked_at(self, asked: Sequence[Condition]) -> list[_Rows]:
        """The rows, those alike together; an engine's numbers hold no more than 63 bits, so there are several."""
        words = [asked[at : at + _WORD] for at in range(0, len(asked), _WORD)]
        masks = [
            reduce(add, (_bit(one, at) for at, one in enumerate(word))).label(f"m{n}") for n, word in enumerate(words)
        ]
        found = matching(self._widest, self._who).may
        # Skipping no rows keeps an engine from working every condition out again for the groups.
        rows = select(encounters.c.item, *masks).where(found).offset(0).subquery()
        columns = [rows.c[mask.name] for mask in masks]
        query = select(func.count(), func.aggregate_strings(rows.c.item, " "), *columns).group_by(*columns)
        with self.record.reading() as connection:
            return [_Rows(sum(int(bits) << at * _WORD for at, bits in enumerate(word)), number, frozenset((items or "").split()))
                    for number, items, *word in connection.execute(query)]  # fmt: skip


def _bit(condition: Condition, at: int) -> ColumnElement[int]:
    """A number with one bit, where the condition holds."""
    return choose((condition, literal(1 << at, BigInteger)), else_=literal(0, BigInteger))
