"""Judge comparisons: "twice as often as in 2023", "more often than Brown", "no country more often than Egypt", "15 of the 18".

Both numbers must be known, so both must be covered. What holds by the plain reading is supported, what fails by it is
tried by the likely other rules first, on both sides alike.
"""

import operator as signs
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from msgspec.structs import replace

from summitry.ask import covers
from summitry.ask.case import Case
from summitry.ask.count import count
from summitry.ask.each import EACH, each
from summitry.ask.group import count_by
from summitry.ask.lands import amount, unit_of
from summitry.ask.offices import home, in_office, office, span
from summitry.ask.people import named
from summitry.ask.rules import MARKS, window
from summitry.ask.settle import brought
from summitry.model import Comparison, Count, CountingRule, Verdict
from summitry.territories import same_state

Numbers = tuple[int, int]  # surely, at most
_HOLDS: Final[dict[str, Callable[[float, float], bool]]] = {
    "=": signs.eq, ">": signs.gt, ">=": signs.ge, "<": signs.lt, "<=": signs.le,
}  # fmt: skip
_ROUNDED: Final = 0.1  # "twice as many" may be rounded by so much, which is a matter of taste
_PERCENT: Final = 0.005  # a percentage is rounded to the whole


def compared(case: Case) -> Verdict:
    """The verdict on a claim with a comparison."""
    comparison = case.claim.comparison
    assert comparison is not None
    if comparison.whole is not None:
        return _split(case, comparison)
    if comparison.among in EACH:
        return each(case, comparison)
    if comparison.among is not None:
        return _ahead(case, comparison)
    other = _other(case, comparison)
    if other is None:
        return case.says("not-checkable", "several", name=comparison.person or "")
    return _two(case, other, comparison)


def _other(case: Case, comparison: Comparison) -> Case | None:
    """The other side on trial; None if it is not clear whom its name stands for."""
    fields = ("person", "guest_country", "host_country", "start", "end")
    given = {name: value or None for name in fields if (value := getattr(comparison, name)) is not None}
    if "start" in given or "end" in given:
        given = {"start": None, "end": None, "on": None, "within": None} | given
    if "host_country" in given:
        given["place"] = None
    if comparison.office:  # of all who held it, the part is about one
        given |= {"office": comparison.office, "capacity": None}
    scope = replace(case.claim.scope, **given)
    countries = (
        (scope.guest_country, scope.host_country) if scope.guest_country or scope.host_country else scope.countries
    )
    scope = replace(scope, countries=tuple(sorted({code for code in countries if code})))
    claim = replace(case.claim, scope=scope, comparison=None)
    published = case.published.isoformat() if case.published else None
    with case.record.reading() as connection:
        other, clear = brought(connection, case.record, claim, published, case.stated, case.words)
    return other if clear else None


# ---------------------------------------------------------------------- two numbers


def _two(case: Case, other: Case, comparison: Comparison) -> Verdict:
    one, two = amount(case.record, case.rule), amount(other.record, other.rule)
    told = {
        "found": case.words.amount(one.low, one.high, unit_of(case.rule)),
        "side": _label(case, other),
        "earlier": case.words.amount(two.low, two.high, unit_of(case.rule)),
        "then": _label(other, case),
        "low": one.low,
        "high": one.high,
        "encounters": tuple(dict.fromkeys((*two.encounters, *one.encounters))),
    }
    holds = _verdicts(comparison, _pair(one), _pair(two))
    covered = all(each.covered(*window(each.rule)) for each in (case, other))
    known = all(_in_office(each) for each in (case, other))
    partial = any(one.note for each in (case, other) for one in each.coverage)  # lists that leave some out
    if not covered and (holds == {True} or not known or partial):
        sure = known and holds == {True}
        return case.says(*(("supported", "times-listed") if sure else ("not-checkable", "times-uncovered")), **told)
    if holds == {True}:
        return case.says("supported", "times-supported", **told)
    if True in holds:
        return case.says("possible", "times-possible", **told)
    if _near(comparison, one, two):
        return case.says("depends-on-rule", "times-rounded", **told)
    return _by_other_rules(case, other, comparison, told)


def _pair(found: Count) -> Numbers:
    return found.low, found.high


def _verdicts(comparison: Comparison, one: Numbers, two: Numbers) -> set[bool]:
    """Whether the claim holds, for every number that either side may have."""
    return {_holds(comparison, a, b) for a in set(one) for b in set(two)}


def _holds(comparison: Comparison, one: int, two: int) -> bool:
    times = comparison.times
    if two == 0 and times != 1:
        return False  # nothing is twice as much as nothing
    if comparison.operator == "~":
        return abs(one - times * two) <= _ROUNDED * times * two
    if comparison.operator == "=" and times % 0.5:  # a percentage
        return abs(one / two - times) <= _PERCENT
    return _HOLDS[comparison.operator](one, times * two)


def _near(comparison: Comparison, one: Count, two: Count) -> bool:
    loose = replace(comparison, operator="~")
    return comparison.operator == "=" and comparison.times != 1 and True in _verdicts(loose, _pair(one), _pair(two))


def _in_office(case: Case) -> bool:
    """Whether the record is complete for the years in which the one person of the rule had the office it is about."""
    return bool(case.coverage) and not case.rule.start and len(case.rule.people) == 1


def _by_other_rules(case: Case, other: Case, comparison: Comparison, told: dict[str, object]) -> Verdict:
    """By the plain reading the claim fails; does it hold if stops or private stays are left out, or trips are counted?"""
    tried = fits = 0
    first: CountingRule | None = None
    for changes in _changes(case.rule):
        one, two = (amount(each.record, replace(each.rule, **changes)) for each in (case, other))
        tried += 1
        if _verdicts(comparison, _pair(one), _pair(two)) == {True}:
            fits += 1
            first = first or replace(case.rule, **changes)
    if first is None:
        return replace(case.says("contradicted", "times-other", tried=tried, **told), rules_tried=tried)
    named = replace(first, name=case.words.steps(first, case.rule))
    answer = case.says("depends-on-rule", "times-depends", steps=named.name, fits=fits, tried=tried, **told)
    return replace(answer, rules_that_fit=(named,), rules_tried=tried)


def _changes(rule: CountingRule) -> Iterator[dict[str, object]]:
    if rule.unit not in ("trip", "pair"):
        yield {"unit": "trip"}
    for name in MARKS:
        if name not in rule.exclude:
            yield {"exclude": (*rule.exclude, name)}


def _label(case: Case, other: Case) -> str:
    """What sets this side apart from the other, in words: the person, the country or the time."""
    mine, theirs = case.claim.scope, other.claim.scope
    if mine.person != theirs.person and mine.person:
        return mine.person
    for name in ("host_country", "guest_country"):
        if getattr(mine, name) != getattr(theirs, name):
            return case.words.country(getattr(mine, name) or "")
    start, end = _whole_year(case.rule)
    return case.words.date(start) if start and start == end else case.words.window(start, end)


def _whole_year(rule: CountingRule) -> tuple[str | None, str | None]:
    """The window of a rule; a whole year as that year."""
    if rule.start and rule.end and rule.start[5:] == "01-01" and rule.end == f"{rule.start[:4]}-12-31":
        return rule.start[:4], rule.start[:4]
    return rule.start, rule.end


# ---------------------------------------------------------------------- all others


def _ahead(case: Case, comparison: Comparison) -> Verdict:
    """More than any other country, person or year."""
    own = amount(case.record, case.rule)
    wide, others = _OTHERS[comparison.among or "host"](case, comparison)
    if others is None:
        return case.says("not-checkable", "no-office")
    best = max(others, key=lambda name: others[name].low, default=None)
    least = max((found.low for found in others.values()), default=0)
    most = max((found.high for found in others.values()), default=0)
    told = {
        "found": case.words.amount(own.low, own.high, unit_of(case.rule)),
        "other": "–" if best is None else best,
        "earlier": case.words.amount(least, least, unit_of(case.rule)),
        "low": own.low,
        "high": own.high,
        "encounters": own.encounters,
    }
    holds = _verdicts(comparison, _pair(own), (least, most))
    stated = covers.applicable(case.stated, wide)
    full = covers.covers(stated, *_span(wide))
    if not full and not (stated and not wide.start and len(wide.people) == 1 and not office(wide.people[0])):
        return case.says("not-checkable", "times-uncovered-others", **told)
    if not full:
        return case.says(
            *(("supported", "among-supported") if holds == {True} else ("not-checkable", "times-uncovered-others")),
            **told,
        )
    if holds == {True}:
        return case.says("supported", "among-supported", **told)
    if True in holds:
        return case.says("possible", "among-possible", **told)
    return case.says("contradicted", "among-other", **told)


def _span(wide: CountingRule) -> tuple[date | None, date | None]:
    first, last = window(wide)
    for begin, end in covers.terms(wide):
        first, last = max(first or begin, begin), min(last or end, end)
    return first, last


_Others = dict[str, Count]


def _hosts(case: Case, _: Comparison) -> tuple[CountingRule, _Others | None]:
    """Every other country that was visited."""
    wide = replace(case.rule, host=(), place=None)
    own = case.rule.host
    found: _Others = {}
    for group in count_by(case.record, replace(wide, unit="encounter"), "direction"):
        host = (group.key or "").partition("-")[2]
        guest = (group.key or "").partition("-")[0]
        if host and (not case.rule.guest or guest in case.rule.guest) and not any(_same(host, one) for one in own):
            found[case.words.country(host)] = group.count
    return wide, found


def _same(a: str, b: str) -> bool:
    return a == b or same_state(a, b)


def _people(case: Case, comparison: Comparison) -> tuple[CountingRule, _Others | None]:
    """Everybody else who held the office; who is not identified may be one person or several, so counts up to all."""
    held = office(comparison.office or _own_office(case))
    if held is None:
        return case.rule, None
    wide = replace(case.rule, people=(comparison.office or _own_office(case),), capacity=(), level=None)
    with case.record.reading() as connection:
        who = named(connection, case.rule.people)
    winners = {*who.ids, *who.folded}
    first = min((span(row)[0] for row in held.holders if row.person in winners), default=date.max)
    before = comparison.among == "predecessor"
    holders = {row.person: row.name for row in held.holders if not before or span(row)[0] < first}
    found: _Others = {}
    unknown: tuple[str, ...] = ()
    for group in count_by(case.record, replace(wide, unit="encounter"), "person"):
        if group.key in winners or group.key is None:
            continue
        if group.key in holders:
            one = replace(wide, people=(group.key,), capacity=(wide.people[0].partition(" ")[2],))
            found[holders[group.key]] = amount(case.record, one) if wide.unit == "pair" else group.count
        elif group.key not in {row.person for row in held.holders}:
            unknown += group.count.encounters
    if unknown and not before:
        found["?"] = Count(0, len(set(unknown)), wide, unknown)
    return wide, found


def _own_office(case: Case) -> str:
    """The highest office of the person whom the claim is about, with its country: "US president"."""
    title = in_office(case.rule.people[0]) if len(case.rule.people) == 1 else None
    return f"{home(case.rule.people[0])} {title}" if title else ""


def _years(case: Case, _: Comparison) -> tuple[CountingRule, _Others | None]:
    """Every other year; up to the one of the claim if that goes as far as the record was looked at."""
    own = (case.rule.start or "")[:4]
    if not own:
        return case.rule, None
    end = case.published.isoformat() if case.published else None
    wide = replace(case.rule, start=None, end=end)
    groups = count_by(case.record, replace(wide, unit=case.rule.unit), "year")
    return wide, {group.key: group.count for group in groups if group.key and group.key != own}


def _earlier(case: Case, comparison: Comparison) -> tuple[CountingRule, _Others | None]:
    """Every year before: "more than ever before" says nothing of what came later."""
    wide, found = _years(case, comparison)
    own = (case.rule.start or "")[:4]
    return replace(wide, end=case.rule.end), {year: one for year, one in (found or {}).items() if year < own}


_OTHERS: Final[dict[str, Callable[[Case, Comparison], tuple[CountingRule, _Others | None]]]] = {
    "host": _hosts, "person": _people, "predecessor": _people, "year": _years, "earlier-year": _earlier,
}  # fmt: skip


# ---------------------------------------------------------------------- a part of a whole


def _split(case: Case, comparison: Comparison) -> Verdict:
    """ "15 of the 18 to Russia": the whole must be right, and the part of it."""
    whole = _other(case, comparison)
    if whole is None or case.claim.value is None or comparison.whole is None:
        return case.says("not-checkable", "no-number")
    part, every = count(case.record, case.rule), count(whole.record, whole.rule)
    if case.claim.value == comparison.whole:  # all of them: one that began before or ended after may be meant too
        part = replace(part, low=part.high)
    told = {
        "found": part.high if part.low == part.high else f"{part.low}–{part.high}",
        "earlier": case.words.amount(every.low, every.high, case.rule.unit),
        "low": part.low,
        "high": part.high,
        "encounters": part.encounters,
    }
    wanted = ((part, case.claim.value), (every, comparison.whole))
    if any(found.low > number for found, number in wanted):
        return case.says("contradicted", "split-other", **told)
    if any(
        found.high < number and each.covered(*window(each.rule))
        for each, (found, number) in zip((case, whole), wanted, strict=True)
    ):
        return case.says("contradicted", "split-other", **told)
    if not all(each.covered(*window(each.rule)) for each in (case, whole)):
        exact = all(found.low == found.high == number for found, number in wanted)
        return case.says(*(("supported", "split-supported") if exact else ("not-checkable", "split-uncovered")), **told)
    exact = all(found.low == found.high for found, _ in wanted)
    return case.says(*(("supported", "split-supported") if exact else ("possible", "times-possible-split")), **told)


__all__ = ["compared"]
