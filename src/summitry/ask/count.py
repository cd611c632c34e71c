"""Count encounters by a stated rule: how many surely, how many at most, and which ones."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from msgspec.structs import replace
from sqlalchemy import select

from summitry.ask.people import named
from summitry.ask.rules import checked
from summitry.ask.selection import Guest, Seen, flag, matching, seen
from summitry.dates import precision
from summitry.errors import UsageError
from summitry.kinds import LEVELS
from summitry.model import Count, CountingRule, Noun
from summitry.record import Record
from summitry.record.schema import EVER, NEVER, encounters

Numbers = tuple[int, int]
GROUPINGS: Final = ("year", "month", "direction", "level", "person", "country")


class Group(Noun, frozen=True):
    """One line of a table: the year, month, direction … (None: unknown) and the count that belongs to it."""

    key: str | None
    count: Count


def count(record: Record, rule: CountingRule) -> Count:
    """How many `rule` counts. `low` surely count; `high` may, and `encounters` lists those behind it.

    Raises UsageError for a rule that makes no sense.
    """
    checked(rule)
    with record.reading() as connection:
        if rule.unit in _TALLIES:
            found = seen(connection, rule, guests=True)
            low, high = _TALLIES[rule.unit](found)
            return Count(low, high, rule, tuple(one.id for one in found))
        match = matching(rule, named(connection, rule.people))
        query = select(encounters.c.id, flag(match.sure)).where(match.may).order_by(encounters.c.sort)
        rows = connection.execute(query).all()
    return Count(sum(sure for _, sure in rows), len(rows), rule, tuple(identity for identity, _ in rows))


def tally(rule: CountingRule, found: Sequence[Seen]) -> Numbers:
    """`low` and `high` of encounters already at hand, in the unit of `rule`."""
    if rule.unit in _TALLIES:
        return _TALLIES[rule.unit](found)
    return sum(one.sure for one in found), len(found)


def _items(found: Sequence[Seen]) -> Numbers:
    return len({one.item for one in found if one.sure}), len({one.item for one in found})


def _pairs(found: Sequence[Seen]) -> Numbers:
    def distinct(some: Iterable[Seen]) -> int:
        return len({(a, b) for one in some for a in one.sides for b in one.sides if a < b})

    return distinct(one for one in found if one.sure), distinct(found)


def _travellers(found: Sequence[Seen]) -> Numbers:
    """Unnamed delegations may be led by people who are counted already, or by new ones."""
    sure = {guest.key for one in found if one.sure for guest in one.guests if guest.key}
    named_ = {guest.key for one in found for guest in one.guests if guest.key}
    unnamed = sum(any(guest.key is None for guest in one.guests) for one in found)
    return max(len(sure), int(any(one.sure for one in found))), len(named_) + unnamed


def _trips(found: Sequence[Seen]) -> Numbers:
    """Visits of one traveller that follow on each other are one trip; where the days are too coarse, they may be."""
    by_traveller: dict[tuple[str | None, str], list[Seen]] = {}
    for one in found:
        lead = one.guests[0] if one.guests else Guest(None, None, None)
        by_traveller.setdefault((lead.country, lead.key or one.id), []).append(one)
    low = high = 0
    for visits in by_traveller.values():
        visits.sort(key=lambda one: (one.earliest, one.latest, one.id))
        joins = [_joined(a, b) for a, b in pairwise(visits)]
        high += len(visits) - sum(join is True for join in joins)
        sure = [one for one in visits if one.sure]
        low += len(sure) - sum(_joined(a, b) is not False for a, b in pairwise(sure))
    return low, high


def _joined(a: Seen, b: Seen) -> bool | None:
    """Whether two visits are of one trip: the next begins no later than the day after; None if nobody can tell."""
    if EVER in (a.earliest, b.earliest) or NEVER in (a.latest, b.latest):
        return None
    exact = all(one.date and all(precision(end) == "day" for end in one.date.split("/")) for one in (a, b))
    touches = date.fromisoformat(b.earliest) <= date.fromisoformat(a.latest) + timedelta(days=1)
    return (True if exact else None) if touches else False


_TALLIES: Final[dict[str, Callable[[Sequence[Seen]], Numbers]]] = {
    "item": _items,
    "pair": _pairs,
    "traveller": _travellers,
    "trip": _trips,
}


def count_by(record: Record, rule: CountingRule, by: str) -> list[Group]:
    """One count per year, month, direction, level, person or country, in the order of the keys, unknown ones last.

    An encounter that may belong to several years or months is in `high` of each and in `low` of none. Directions,
    people and countries overlap: an encounter counts in each that it has.
    """
    if by not in GROUPINGS:
        raise UsageError(f"Cannot count by {by!r}; these are possible: {', '.join(GROUPINGS)}.")
    checked(rule)
    with record.reading() as connection:
        found = seen(connection, rule, guests=True)
    groups: dict[str | None, list[Seen]] = {}
    for one in found:
        keys = _keys(one, by, rule)
        unsure = by in ("year", "month") and len(keys) > 1
        for key in keys:
            groups.setdefault(key, []).append(replace(one, sure=0) if unsure else one)
    ordered = sorted(groups, key=lambda key: (key is None, key or ""))
    return [_group(rule, by, key, groups[key]) for key in ordered]


def _group(rule: CountingRule, by: str, key: str | None, members: Sequence[Seen]) -> Group:
    low, high = tally(rule, members)
    return Group(key, Count(low, high, _narrowed(rule, by, key), tuple(one.id for one in members)))


def _keys(one: Seen, by: str, rule: CountingRule) -> list[str | None]:
    if by in ("year", "month"):
        return _periods(one, 4 if by == "year" else 7)
    guests = [guest for guest in one.guests if not rule.guest or guest.country in rule.guest] or list(one.guests)
    keys: set[str | None] = set()
    if by == "direction":
        keys.update(f"{guest.country}-{one.host_country}" for guest in guests if guest.country and one.host_country)
    elif by == "person":
        keys.update(guest.key for guest in guests if guest.key)
    elif by == "level":
        known = [guest.level for guest in guests if guest.level]
        keys.update([min(known, key=_rank)] if known else [])
    else:
        keys.update(set(one.sides) - {*rule.between, *rule.guest, *rule.host})
    return sorted(keys, key=str) if keys else [None]


def _rank(level: str) -> int:
    return list(LEVELS).index(level)  # type: ignore[arg-type]


def _periods(one: Seen, width: int) -> list[str | None]:
    """The years or months in which it may have been; [None] where that is unknown or more than two years wide."""
    if one.earliest == EVER or one.latest == NEVER:
        return [None]
    first, last = one.earliest[:width], one.latest[:width]
    if int(last[:4]) - int(first[:4]) > 1:
        return [None]
    months = range(int(first[:4]) * 12, int(last[:4]) * 12 + 12)
    labels = {f"{month // 12:04}-{month % 12 + 1:02}"[:width] for month in months}
    return [label for label in sorted(labels) if first <= label <= last]


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
        return replace(rule, between=(*rule.between, *rule.guest, *rule.host, key), guest=(), host=())
    return replace(rule, start=max(rule.start or key, key), end=min(rule.end or key, key))
