"""Firsts, repeats and numberings: claims about what came before, and above all about what did not.

A counterexample refutes them whatever the record covers. Everything else needs coverage: that the record holds no
visit between 2000 and 2024 means nothing unless it claims to be complete for those years.
"""

from datetime import date, timedelta

from summitry.ask.case import Case, surely_before
from summitry.ask.rules import before, window
from summitry.ask.selection import Seen
from summitry.dates import bounds
from summitry.model import Verdict
from summitry.record.schema import EVER, NEVER

_YEARS = 1000  # a value from here on is a year ("since 2000"), below it a number of years ("in 24 years")


def first_since(case: Case) -> Verdict:
    """ "For the first time since 2000", "in 24 years", or ever."""
    anchor = case.anchor()
    if anchor is None:
        return case.says("not-checkable", "no-visit")
    since = _since(case, anchor)
    others = [one for one in case.anywhen() if one.id != anchor.id]
    if since is None:
        return _first_ever(case, anchor, others)
    begin, end = bounds(since)
    if begin is None or end is None:
        return case.says("not-checkable", "no-number")
    until = date.fromisoformat(anchor.earliest)
    between = [one for one in others if one.earliest > end.isoformat() and surely_before(one, anchor)]
    if between:
        return case.says(
            "contradicted", "first-counterexample", date=case.words.date(between[0].date), encounters=_ids(between)
        )
    earlier = [one for one in others if _overlaps(one, begin, end) and surely_before(one, anchor)]
    maybe = [
        one for one in others if one not in earlier and one.latest > end.isoformat() and one.earliest <= anchor.latest
    ]
    if not case.covered(begin, until):
        return _first_uncovered(case, anchor, earlier, begin)
    if maybe:
        return case.says("possible", "first-possible", date=case.words.date(maybe[0].date), encounters=_ids(maybe))
    if earlier:
        listed = _ids([*earlier, anchor])
        return case.says("supported", "first-supported", date=case.words.date(earlier[-1].date), encounters=listed)
    longer = [one for one in others if surely_before(one, anchor)]
    if longer:
        listed = _ids([longer[-1], anchor])
        return case.says("depends-on-rule", "first-longer", date=case.words.date(longer[-1].date), encounters=listed)
    words = {"since": case.words.date(since), "date": case.words.date(anchor.date)}
    return case.says("not-checkable", "first-none-before", encounters=(anchor.id,), **words)


def _since(case: Case, anchor: Seen) -> str | None:
    """The year or date that the claim reaches back to; None for a first ever."""
    if case.claim.scope.since:
        return case.claim.scope.since
    value = case.claim.value
    if not value:
        return None
    return f"{value if value >= _YEARS else int(anchor.earliest[:4]) - value:04}"


def _first_uncovered(case: Case, anchor: Seen, earlier: list[Seen], begin: date) -> Verdict:
    if earlier:
        listed = _ids([*earlier, anchor])
        found = case.words.date(earlier[-1].date)
        return case.says("not-checkable", "first-found-uncovered", date=found, encounters=listed)
    needed = case.words.date(str(begin.year))
    return case.says("not-checkable", "first-uncovered", since=case.since(), needed=needed, encounters=(anchor.id,))


def _first_ever(case: Case, anchor: Seen, others: list[Seen]) -> Verdict:
    earlier = [one for one in others if surely_before(one, anchor)]
    if earlier:
        found = case.words.date(earlier[0].date)
        return case.says("contradicted", "first-earlier", date=found, encounters=_ids(earlier))
    if not case.covered(None, date.fromisoformat(anchor.earliest)):
        return case.says("not-checkable", "first-ever-uncovered", since=case.since(), encounters=(anchor.id,))
    maybe = [one for one in others if one.earliest <= anchor.latest]
    if maybe:
        return case.says("possible", "first-possible", date=case.words.date(maybe[0].date), encounters=_ids(maybe))
    return case.says("supported", "first-ever-supported", encounters=(anchor.id,))


def nth(case: Case) -> Verdict:
    """ "The third visit", "the second trip within three months"."""
    value = case.claim.value
    if not value:
        return case.says("not-checkable", "no-number")
    anchor = case.anchor()
    if anchor is None:
        return case.says("not-checkable", "no-visit")
    if case.claim.scope.within:
        return _nth_within(case, anchor, value, case.claim.scope.within)
    first, _ = window(case.rule)
    own = case.claim.scope.start and case.claim.scope.end and case.claim.scope.start[:7] == case.claim.scope.end[:7]
    start = None if own else case.claim.scope.start  # a window of one month is the visit's own date
    first = first if start else None
    inside = [one for one in case.anywhen() if first is None or one.latest >= first.isoformat()]
    others = [one for one in inside if one.id != anchor.id]
    sure = [
        one for one in others if surely_before(one, anchor) and (first is None or one.earliest >= first.isoformat())
    ]
    may = [one for one in others if one.earliest <= anchor.latest]
    low, high = len(sure) + 1, len(may) + 1
    words = {
        "found": case.words.amount(low, high, case.rule.unit),
        "window": case.words.window(start, anchor.date),
        "date": case.words.date(anchor.date),
    }
    fields = {"low": low, "high": high, "encounters": _ids([*may, anchor])}
    if low > value:
        return case.says("contradicted", "nth-more", n=value, **words, **fields)
    if not case.covered(first, date.fromisoformat(anchor.earliest)):
        return case.says("not-checkable", "nth-uncovered", **words, **fields)
    if high < value:
        return case.says("contradicted", "nth-fewer", **words, **fields)
    if low == high:
        return case.says("supported", "nth-supported", **words, **fields)
    return case.says("possible", "nth-possible", n=value, **words, **fields)


def _nth_within(case: Case, anchor: Seen, value: int, span: str) -> Verdict:
    """Count back from the visit itself: surely within the span, or possibly, its days being as coarse as they are."""
    latest, earliest = date.fromisoformat(anchor.latest), date.fromisoformat(anchor.earliest)
    reach, sure_reach = before(earliest, span), before(latest, span)
    others = [one for one in case.anywhen() if one.id != anchor.id and one.earliest <= anchor.latest]
    may = [one for one in others if one.latest >= reach.isoformat()]
    sure = [one for one in may if one.earliest >= sure_reach.isoformat() and one.latest <= anchor.latest]
    low, high = len(sure) + 1, len(may) + 1
    words = {"found": case.words.amount(low, high, case.rule.unit), "dates": case.dates([*may, anchor])}
    fields = {"low": low, "high": high, "encounters": _ids([*may, anchor])}
    if low > value:
        return case.says("contradicted", "within-more", **words, **fields)
    if high < value:
        if case.covered(reach, latest):
            return case.says("contradicted", "within-fewer", **words, **fields)
        return case.says("not-checkable", "within-uncovered", **words, **fields)
    if low == high:
        return case.says("supported", "within-supported", **words, **fields)
    return case.says("possible", "within-possible", **words, **fields)


def repeat(case: Case) -> Verdict:
    """ "Again": there was an earlier one."""
    found = case.anywhen()
    anchor = case.anchor()
    if anchor is None:
        first, _ = case.anchor_window()
        past = [one for one in found if first is None or one.latest < first.isoformat()]
        if past and past[-1].latest != NEVER:
            return case.says("supported", "repeat-supported", dates=case.dates(past[-1:]), encounters=_ids(past))
        return case.says("not-checkable", "no-visit")
    earlier = [one for one in found if surely_before(one, anchor)]
    if earlier:
        listed = _ids([*earlier, anchor])
        return case.says("supported", "repeat-supported", dates=case.dates(earlier[-1:]), encounters=listed)
    beside = [one for one in found if one.id != anchor.id]
    if beside:
        both = [beside[-1], anchor]
        return case.says("possible", "repeat-possible", dates=case.dates(both), encounters=_ids(both))
    day = None if anchor.earliest == EVER else date.fromisoformat(anchor.earliest) - timedelta(days=1)
    if case.covered(None, day):
        return case.says("contradicted", "repeat-contradicted", encounters=(anchor.id,))
    return case.says("not-checkable", "repeat-uncovered", encounters=(anchor.id,))


def _overlaps(one: Seen, begin: date, end: date) -> bool:
    return one.earliest <= end.isoformat() and one.latest >= begin.isoformat()


def _ids(some: list[Seen]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.id for one in some))
