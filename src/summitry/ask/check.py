"""Check what somebody published against the record: supported, contradicted, or what stands in the way of knowing.

A confident wrong verdict is worse than none. Whatever would need the record to be complete is judged only where it is
stated to be (DESIGN §3, law 6); a number that is wrong by the plain reading is first tried by other counting rules.
"""

import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from msgspec.structs import replace

from summitry.ask import firsts
from summitry.ask.case import Case
from summitry.ask.compare import compared
from summitry.ask.count import count
from summitry.ask.group import count_by
from summitry.ask.lands import amount, unit_of
from summitry.ask.nth import nth
from summitry.ask.rules import office_of_claim, window
from summitry.ask.search import SHOWN, Search, search
from summitry.ask.selection import seen
from summitry.ask.sentences import words
from summitry.ask.settle import brought
from summitry.ask.told import on_dates, until
from summitry.dates import bounds
from summitry.kinds import ClaimType
from summitry.model import Claim, Count, CountingRule, Coverage, Verdict
from summitry.record import Record

_ENDLESS: Final = 10**9
_LANDS: Final = 0.05  # of the countries somebody visited so many may be territories that not all count


def check(
    record: Record,
    claim: Claim,
    *,
    lang: str,
    published: str | None = None,
    coverage: Iterable[Coverage] | None = None,
) -> Verdict:
    """What the record says of `claim`, published on `published`, with the reason in one sentence of language `lang`.

    `coverage` replaces what the record states of itself. Raises LanguageError for a language without sentences.
    """
    stated = tuple(record.coverage() if coverage is None else coverage)
    with record.reading() as connection:
        case, clear = brought(connection, record, claim, published, stated, words(lang))
        rule = case.rule
        if not (rule.between or rule.guest or rule.host or rule.people):
            return case.says("not-checkable", "no-scope")
        if claim.scope.unread:
            quoted = case.words.quoted(claim.scope.unread)
            if published is None:
                return case.says("not-checkable", "unread-undated", words=quoted)
            return case.says("not-checkable", "unread", words=quoted)
        if claim.scope.office and not office_of_claim(claim):
            return case.says("not-checkable", "no-office")
        if case.claim.scope.since_person and not case.claim.scope.since:
            return case.says("not-checkable", "no-visit")
        if (claim.scope.stretch or claim.scope.under) and not rule.start:
            return case.says("not-checkable", "no-stretch")
        first, last = window(rule)
        if first and last and first > last:
            return case.says("not-checkable", "ahead")
        if not clear:
            return case.says("not-checkable", "several", name=", ".join(rule.people))
        answer = compared(case) if claim.comparison is not None else _TYPES[claim.type](case)
        if claim.scope.female and answer.verdict == "contradicted":  # the record does not tell men from women
            return replace(answer, verdict="depends-on-rule", why=f"{answer.why} {case.words.sentence('women')}")
        return answer


def accepted(operator: str, value: int) -> tuple[int, int]:
    """The numbers that a claim admits, from the least to the greatest; "about" is within a tenth."""
    return {
        "=": (value, value),
        ">": (value + 1, _ENDLESS),
        ">=": (value, _ENDLESS),
        "<": (0, value - 1),
        "<=": (0, value),
        "~": (math.ceil(value * 0.9), math.floor(value * 1.1)),
    }[operator]


def _count(case: Case) -> Verdict:
    return on_dates(case, until(case, _number))


def _number(case: Case) -> Verdict:
    value, operator = case.claim.value, case.claim.operator or "="
    if value is None:
        return case.says("not-checkable", "no-number")
    if value == 0 and case.claim.scope.since:
        return firsts.not_since(case)
    if case.rule.unit == "traveller" and case.claim.scope.person and not case.own():
        return firsts.nobody(case)
    least, most = accepted(operator, value)
    found = amount(case.record, case.rule)
    covered = case.covered(*window(case.rule))
    if found.high == 0 < least and (answer := _otherwise(case)):
        return answer
    if value == 0 and found.low and (answer := _between_years(case, found)):
        return answer
    if case.rule.unit == "pair" and _nearly(found, least, most):
        return _answer(case, "depends-on-rule", "count-lands", found)
    if found.low > most or found.high < least:
        return _off(case, found, (least, most), covered)
    if found.low < least or found.high > most:
        return _answer(case, "possible", "count-possible", found)
    if covered or most == _ENDLESS:
        return _answer(case, "supported", "count-supported", found)
    if least == 0:
        return _answer(case, "not-checkable", "count-uncovered", found)
    return _answer(case, "supported", "count-listed", found)


def _nearly(found: Count, least: int, most: int) -> bool:
    """Whether a number of countries is off by so little that what is taken for a country may be the reason."""
    low, high = (math.ceil(found.low * (1 - _LANDS)), math.floor(found.high * (1 + _LANDS)))
    return (found.low > most >= low) or (found.high < least <= high)


def _between_years(case: Case, found: Count) -> Verdict | None:
    """ "Between 1978 and 2000 none": those of 1978 and of 2000 may be what the claim counts from and to."""
    first, last = window(case.rule)
    if not (first and last) or last.year - first.year < 2 or not case.covered(first, last):
        return None
    inner = replace(case.rule, start=f"{first.year + 1}-01-01", end=f"{last.year - 1}-12-31")
    if (first.day, first.month) != (1, 1) or count(case.record, inner).high:
        return None
    in_both = all(count(case.record, replace(inner, start=f"{one.year}-01-01", end=f"{one.year}-12-31")).low
                  for one in (first, last))  # fmt: skip
    ends = {"first": first.year, "last": last.year, "low": found.low, "high": found.high}
    verdict = "supported" if in_both else "depends-on-rule"
    return case.says(verdict, "count-between", encounters=found.encounters, **ends)


def _otherwise(case: Case) -> Verdict | None:
    """None as president; but as president-elect: the claim is contradicted, and the list says by what."""
    rule = case.rule
    if not rule.capacity or not case.covered(*window(rule)):
        return None
    with case.record.reading() as connection:
        others = seen(connection, replace(rule, capacity=()), guests=True)
    said = sorted({guest.capacity for one in others for guest in one.guests if guest.capacity})
    if not said:
        return None
    claimed = case.words.claimed(case.claim.operator or "=", case.claim.value or 0)
    told = {"claimed": claimed, "dates": case.dates(others), "capacity": ", ".join(said)}
    found = tuple(one.id for one in others)
    return case.says("contradicted", "count-capacity", low=0, high=0, encounters=found, **told)


def _off(case: Case, found: Count, bounds_: tuple[int, int], covered: bool) -> Verdict:
    """The plain reading gives another number: is there a rule that gives the one claimed?"""
    # Any narrow rule makes "fewer than" true, and none finds more than all encounters: there is nothing to look for.
    idle = case.claim.operator in ("<", "<=") or (found.high < bounds_[0] and case.rule.unit == "encounter")
    other = Search((), 0, False) if idle else search(case.record, case.rule, bounds_, case.published)
    if other.sensible:
        return _depends(case, found, other)
    if found.low > bounds_[1]:
        answer = _answer(case, "contradicted", "count-more", found, tried=other.tried)
    elif covered:
        answer = _answer(case, "contradicted", "count-fewer", found)
    else:
        answer = _answer(case, "not-checkable", "count-uncovered", found)
    return replace(answer, rules_that_fit=_named(case, other), rules_tried=other.tried)


def _depends(case: Case, found: Count, other: Search) -> Verdict:
    fitting = _named(case, other)
    more = {"steps": fitting[0].name, "fits": len(other.fits), "tried": other.tried}
    answer = _answer(case, "depends-on-rule", "count-depends", found, **more)
    return replace(answer, rules_that_fit=fitting, rules_tried=other.tried)


def _named(case: Case, other: Search) -> tuple[CountingRule, ...]:
    return tuple(replace(rule, name=case.words.steps(rule, case.rule)) for rule in other.fits[:SHOWN])


def _answer(case: Case, verdict: str, key: str, found: Count, **more: object) -> Verdict:
    rule = case.rule
    return case.says(
        verdict,
        key,
        claimed=case.words.claimed(case.claim.operator or "=", case.claim.value or 0),
        found=case.words.amount(found.low, found.high, unit_of(rule)),
        window=case.words.window(rule.start, rule.end),
        low=found.low,
        high=found.high,
        encounters=found.encounters,
        **more,
    )


def _record(case: Case) -> Verdict:
    """ "The highest number ever": every earlier year must be known, and none may come up to the one in question."""
    last = window(case.rule)[1] or case.published
    end = case.published.isoformat() if case.published else None
    groups = count_by(case.record, replace(case.rule, start=None, end=end), "year")
    years = {int(group.key): group.count for group in groups if group.key}
    year = last.year if last else max(years, default=0)
    current = years.get(year)
    if current is None:
        return case.says("not-checkable", "record-unknown")
    begin, until = date(year, 1, 1), min(last or date.max, date(year, 12, 31))
    top = case.claim.value or (current.high if case.covered(begin, until) else None)
    earlier = {other: found for other, found in years.items() if other < year}
    best = max(earlier, key=lambda other: earlier[other].low, default=None)
    if top is not None and best is not None and earlier[best].low > top:
        found = case.words.amount(earlier[best].low, earlier[best].high, case.rule.unit)
        return case.says("contradicted", "record-beaten", year=best, found=found, encounters=earlier[best].encounters)
    since = case.claim.scope.since
    start = bounds(since)[0] if since else None
    fields = {"low": current.low, "high": current.high, "encounters": current.encounters}
    if not case.covered(start, until):
        return case.uncovered("record-uncovered", **fields)
    rivals = [found for other, found in earlier.items() if start is None or other >= start.year]
    told = {"found": case.words.amount(current.low, current.high, case.rule.unit), "year": year}
    if all(found.high < current.low for found in rivals):
        return case.says("supported", "record-supported", **told, **fields)
    return case.says("possible", "record-possible", **told, **fields)


_TYPES: Final[dict[ClaimType, Callable[[Case], Verdict]]] = {
    "count": _count,
    "record": _record,
    "first-since": firsts.first_since,
    "nth": nth,
    "repeat": firsts.repeat,
}
