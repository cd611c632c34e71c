"""Numberings: "the third visit", "the second trip within three months"."""

from datetime import date

from summitry.ask import covers
from summitry.ask.case import Case, stays, surely_before
from summitry.ask.firsts import doubtful, ids, nobody, refuted_by
from summitry.ask.rules import before, window
from summitry.ask.selection import Seen
from summitry.model import Verdict
from summitry.record.schema import EVER

_ORDER = "supported depends-on-rule possible not-checkable contradicted".split()  # the best first


def nth(case: Case) -> Verdict:
    """The verdict on a numbering; where several encounters may be the one that is meant, the best that one of them has."""
    value = case.claim.value
    if not value:
        return case.says("not-checkable", "no-number")
    if value < 0:
        return _last(case)
    if case.claim.scope.absent and not case.dated and not (case.claim.scope.back_then and case.anywhen()):
        return never(case)
    anchors = case.anchors()
    if not anchors:
        return nobody(case)
    judge = _within if case.claim.scope.within else _numbered
    verdicts = [judge(case, anchor, value) for anchor in anchors]
    return min(verdicts, key=lambda one: _ORDER.index(one.verdict))


def never(case: Case) -> Verdict:
    """ "No president has ever visited …": none at all up to the day of publication."""
    found = case.anywhen()
    refuted = refuted_by(case, found, ("contradicted", "first-earlier"))
    if refuted:
        return refuted
    if not case.covered(None, case.published):
        return case.uncovered("first-ever-uncovered")
    return doubtful(case, found) if found else case.says("supported", "never-supported", low=0, high=0)


def _last(case: Case) -> Verdict:
    """ "The last US president to visit Iran": of all up to the day of publication, the last one was that person's."""
    found = [one for one in case.anywhen() if one.sure]
    own = {one.id for one in case.own()}
    if not found or not case.claim.scope.person:
        return case.says("not-checkable", "no-visit")
    if not own:
        if not case.covered(None, case.published):
            return case.says("not-checkable", "no-visit")
        return case.says("contradicted", "last-other", date=case.words.date(found[-1].date), encounters=(found[-1].id,))
    last = max((one for one in found if one.id in own), key=lambda one: one.latest, default=None)
    if last is None:
        return case.says("not-checkable", "no-visit")
    after = [one for one in found if one.id not in own and surely_before(last, one)]
    refuted = refuted_by(case, after, ("contradicted", "first-counterexample"))
    if refuted:
        return refuted
    day = date.fromisoformat(last.latest)
    if not case.covered(day, case.published):
        return case.uncovered("first-uncovered", needed=case.words.date(last.latest))
    maybe = [one for one in case.anywhen() if one.id not in own and not one.sure and one.latest > last.latest]
    if maybe:
        return doubtful(case, maybe)
    return case.says("supported", "since-supported", date=case.words.date(last.date), encounters=(last.id,))


def _numbered(case: Case, anchor: Seen, value: int) -> Verdict:
    scope = case.claim.scope
    own = scope.start and scope.end and scope.start[:7] == scope.end[:7]
    start = None if own else scope.start  # a window of one month is the visit's own date
    first = window(case.rule)[0] if start else None
    others = [one for one in case.anywhen() if one.id != anchor.id and (not first or one.latest >= first.isoformat())]
    may = [one for one in others if one.earliest <= anchor.latest]
    sure = [one for one in may if one.sure and surely_before(one, anchor) and _after(one, first)]
    low, high = len(sure) + 1, len(may) + 1
    words = {
        "found": case.words.amount(low, high, case.rule.unit),
        "window": case.words.window(start, anchor.date),
        "date": case.words.date(anchor.date),
    }
    fields = {"low": low, "high": high, "encounters": ids([*may, anchor])}
    if low > value:
        if value in _other_numbers(sure, anchor):
            return case.says("depends-on-rule", "nth-depends", n=value, **words, **fields)
        return case.says("contradicted", "nth-more", n=value, **words, **fields)
    until = None if anchor.earliest == EVER else date.fromisoformat(anchor.earliest)
    if until is None or not case.covered(first, until):
        if low == high == value > 1 and case.coverage and until and case.covered(covers.since(case.coverage), until):
            return case.says("supported", "nth-listed", **words, **fields)
        return case.says("not-checkable", "nth-uncovered", **words, **fields)
    if high < value:
        return case.says("contradicted", "nth-fewer", **words, **fields)
    if low == high:
        return case.says("supported", "nth-supported", **words, **fields)
    return case.says("possible", "nth-possible", n=value, **words, **fields)


def _after(one: Seen, first: date | None) -> bool:
    return first is None or one.earliest >= first.isoformat()


def _other_numbers(sure: list[Seen], anchor: Seen) -> set[int]:
    """The anchor's number if stays are counted once, or stops and private stays not at all, or both."""
    proper = [one for one in sure if not one.minor]
    counts = {len(stays([*some, anchor])) for some in (sure, proper)}
    return counts | {len(proper) + 1}


def _within(case: Case, anchor: Seen, value: int) -> Verdict:
    """Count back from the visit itself: surely within the span, or possibly, its days being as coarse as they are."""
    span = case.claim.scope.within or ""
    if anchor.earliest == EVER:
        return case.says("not-checkable", "no-visit")
    latest, earliest = date.fromisoformat(anchor.latest), date.fromisoformat(anchor.earliest)
    reach, sure_reach = before(earliest, span), before(latest, span)
    others = [one for one in case.anywhen() if one.id != anchor.id and one.earliest <= anchor.latest]
    may = [one for one in others if one.latest >= reach.isoformat()]
    sure = [one for one in may if one.sure and one.earliest >= sure_reach.isoformat() and one.latest <= anchor.latest]
    low, high = len(sure) + 1, len(may) + 1
    words = {"found": case.words.amount(low, high, case.rule.unit), "dates": case.dates([*may, anchor])}
    fields = {"low": low, "high": high, "encounters": ids([*may, anchor])}
    if low > value:
        return case.says("contradicted", "within-more", **words, **fields)
    if high < value:
        if case.covered(reach, latest):
            return case.says("contradicted", "within-fewer", **words, **fields)
        return case.says("not-checkable", "within-uncovered", **words, **fields)
    if low == high:
        return case.says("supported", "within-supported", **words, **fields)
    return case.says("possible", "within-possible", **words, **fields)
