"""What a count says beside its number: when each of those counted was ("twice, in 1972 and 1974"), up to when ("by 2014")."""

import dataclasses
from collections.abc import Callable, Sequence
from datetime import timedelta

from msgspec.structs import replace

from summitry.ask.case import Case, exact
from summitry.ask.lands import unit_of
from summitry.ask.rules import window
from summitry.ask.selection import Seen, seen
from summitry.dates import bounds
from summitry.model import Verdict

Judge = Callable[[Case], Verdict]
_SURE = frozenset("supported contradicted depends-on-rule".split())  # verdicts on a number that dates may change


def until(case: Case, judge: Judge) -> Verdict:
    """The verdict of `judge`; where a claim says "by 2014", only if it is the same without the year 2014."""
    answer = judge(case)
    begin = bounds(case.claim.scope.by)[0] if case.claim.scope.by else None
    if begin is None:
        return answer
    day = begin - timedelta(days=1)
    first = window(case.rule)[0]
    if first and first > day:
        return answer
    if case.claim.value == 0:  # "until 2016 none had": the one in 2016 ended it
        return judge(dataclasses.replace(case, rule=replace(case.rule, end=day.isoformat())))
    other = judge(dataclasses.replace(case, rule=replace(case.rule, end=day.isoformat())))
    if other.verdict == answer.verdict:
        return answer
    if unsure := next((one for one in (answer, other) if one.verdict == "not-checkable"), None):
        return unsure
    unit = unit_of(case.rule)
    told = {
        "claimed": case.words.claimed(case.claim.operator or "=", case.claim.value or 0),
        "before": case.words.amount(other.low or 0, other.high or 0, unit),
        "date": case.words.date(case.claim.scope.by),
        "found": case.words.amount(answer.low or 0, answer.high or 0, unit),
    }
    return case.says(
        "depends-on-rule", "count-by", low=answer.low, high=answer.high, encounters=answer.encounters, **told
    )


def on_dates(case: Case, answer: Verdict) -> Verdict:
    """`answer` on a number, if the encounters were at the times that the claim lists; else what stands against it."""
    dates = case.claim.scope.dates
    if not dates or answer.verdict not in _SURE:
        return answer
    with case.record.reading() as connection:
        listed = seen(connection, case.rule)
    sure = [one for one in listed if one.sure]
    missing = _missing(dates, sure)
    if answer.verdict == "contradicted":
        within = [one for one in listed if any(_within(one, date) for date in dates)]
        if missing or len(within) != len(dates) or len(listed) == len(within):
            return answer
        return _says(case, answer, "depends-on-rule", "count-dates-only", listed, missing)
    if not missing:
        return answer
    if any(not exact(one) or not one.sure for one in listed):
        return _says(case, answer, "possible", "count-dates-open", listed, missing)
    if all(case.covered(*bounds(date)) for date in missing):
        return _says(case, answer, "contradicted", "count-dates", listed, missing)
    return _says(case, answer, "not-checkable", "count-dates-uncovered", listed, missing)


def _missing(dates: Sequence[str], sure: Sequence[Seen]) -> list[str]:
    """The dates for which there is no encounter of their own."""
    left = list(sure)
    missing = []
    for date in sorted(dates, key=len, reverse=True):  # the finest have the least choice
        found = next((one for one in left if _within(one, date)), None)
        if found is None:
            missing.append(date)
        else:
            left.remove(found)
    return sorted(missing)


def _within(one: Seen, date: str) -> bool:
    first, last = bounds(date)
    return (
        first is not None and last is not None and one.earliest <= last.isoformat() and one.latest >= first.isoformat()
    )


def _says(
    case: Case, answer: Verdict, verdict: str, key: str, listed: Sequence[Seen], missing: Sequence[str]
) -> Verdict:
    told = {
        "claimed": case.words.claimed(case.claim.operator or "=", case.claim.value or 0),
        "found": case.words.amount(answer.low or 0, answer.high or 0, unit_of(case.rule)),
        "window": case.words.window(case.rule.start, case.rule.end),
        "dates": case.dates(listed),
        "missing": case.words.dates(missing),
    }
    return case.says(verdict, key, low=answer.low, high=answer.high, encounters=answer.encounters, **told)


__all__ = ["on_dates", "until"]
