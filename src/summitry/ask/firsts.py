"""Firsts and repeats: claims about what came before, and above all about what did not.

A counterexample refutes them whatever the record covers. Everything else needs coverage: that the record holds no
visit between 2000 and 2024 means nothing unless it claims to be complete for those years. What may or may not count
(a level that is not known, a place that was another state's then, a refuelling stop) refutes and supports nothing.
"""

import math
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from summitry.ask.case import Case, exact, stays, surely_before
from summitry.ask.offices import identities_of, office
from summitry.ask.rules import before
from summitry.ask.selection import Seen
from summitry.dates import bounds
from summitry.model import Verdict
from summitry.record.schema import EVER, NEVER

_YEARS = 1000  # a value from here on is a year ("since 2000"), below it a number of years ("in 24 years")


class _Reach(NamedTuple):
    """When the earlier encounter was by the claim: from `begin` (None: ever) to `end`; nothing between it and now."""

    begin: date | None
    end: date
    words: str  # EDTF, for the sentence


def first_since(case: Case) -> Verdict:
    """ "For the first time since 2000", "in 24 years", or ever."""
    anchors = case.anchors()
    if not anchors:
        return nobody(case)
    anchor = anchors[0] if case.dated else anchors[-1]
    others = before_and_beside(case, anchor)
    reach = _reach(case, anchor)
    if reach is None:
        return _first_ever(case, anchor, others)
    between = [one for one in others if one.earliest > reach.end.isoformat() and surely_before(one, anchor)]
    refuted = refuted_by(case, between, ("contradicted", "first-counterexample"))
    if refuted:
        return refuted
    earlier = [one for one in others if one.sure and _overlaps(one, reach) and surely_before(one, anchor)]
    begin = date.fromisoformat(earlier[-1].latest) if earlier else bounds(reach.words)[0] or reach.end
    if not case.covered(begin, _day_before(anchor)):
        return _first_uncovered(case, anchor, earlier, begin)
    after = reach.end.isoformat()
    maybe = [one for one in others if one not in earlier and one.latest > after and one.earliest <= anchor.latest]
    maybe = [one for one in maybe if not (one.sure and exact(one))]  # a stay over the turn of the year began in time
    if maybe:
        return doubtful(case, maybe)
    return _first_supported(case, anchor, others, earlier, reach)


def nobody(case: Case) -> Verdict:
    """The encounter that a claim speaks of is not in the record: contradicted if all by who held the office would be."""
    scope = case.claim.scope
    held = office(case.rule.people[0]) if scope.person and scope.office and case.rule.people else None
    known = held is not None and bool(identities_of(str(scope.person)) & {row.person for row in held.holders})
    if not known or scope.place or not case.covered(None, case.published) or case.own(ahead=True):
        return case.says("not-checkable", "no-visit")
    return case.says("contradicted", "never-there", name=scope.person)


def before_and_beside(case: Case, anchor: Seen) -> list[Seen]:
    """All other encounters; those of the same stay as the anchor are no others."""
    every = case.anywhen()
    if anchor.id not in {one.id for one in every}:
        return every
    own: set[str] = set()
    for one in every:  # the stay that the anchor belongs to
        group = stays([one, anchor]) if one.id != anchor.id else []
        if len(group) == 1:
            own.add(one.id)
    return [one for one in every if one.id != anchor.id and one.id not in own]


def _reach(case: Case, anchor: Seen) -> _Reach | None:
    """How far back the claim reaches; None for a first ever."""
    since, value, operator = case.claim.scope.since, case.claim.value, case.claim.operator or "="
    if since or (value and value >= _YEARS):
        edtf = since or f"{value:04}"
        begin, end = bounds(edtf)
        return _Reach(begin, end, edtf) if begin and end else None
    if not value or anchor.earliest == EVER:
        return None
    day = date.fromisoformat(anchor.earliest)
    if value >= day.year:
        return None
    slack = math.ceil(value * 0.1) if operator == "~" else 0
    whole = before(day, f"P{value}Y") + timedelta(days=1)  # less than a year short of the next number of years
    first = min(date(day.year - value - slack, 1, 1), before(day, f"P{value + slack + 1}Y") + timedelta(days=1))
    last = max(date(day.year - value + slack, 12, 31), whole)
    return _Reach(None if operator in (">", ">=") else first, last, str(day.year - value))


def refuted_by(case: Case, found: Sequence[Seen], said: tuple[str, str]) -> Verdict | None:
    """Contradicted by what surely counts; if all of that is stops and private stays, it depends on the rule."""
    sure = [one for one in found if one.sure]
    plain = [one for one in sure if not one.minor]
    if plain:
        date_ = case.words.date(plain[0].date)
        return case.says(*said, date=date_, encounters=ids(plain))
    if sure:
        date_ = case.words.date(sure[0].date)
        return case.says("depends-on-rule", "first-minor", date=date_, encounters=ids(sure))
    return None


def doubtful(case: Case, maybe: Sequence[Seen]) -> Verdict:
    """Something may lie in between: by its date, or because it is open whether it counts at all."""
    until = case.published.isoformat() if case.published else NEVER
    vague = [one for one in maybe if one.sure or one.latest > until]
    if vague:
        return case.says("possible", "first-possible", date=case.words.date(vague[0].date), encounters=ids(maybe))
    return case.says("depends-on-rule", "first-open", date=case.words.date(maybe[0].date), encounters=ids(maybe))


def _first_supported(case: Case, anchor: Seen, others: list[Seen], earlier: list[Seen], reach: _Reach) -> Verdict:
    if earlier:
        listed = ids([*earlier, anchor])
        return case.says("supported", "first-supported", date=case.words.date(earlier[-1].date), encounters=listed)
    longer = [one for one in others if one.sure and surely_before(one, anchor)]
    if longer:
        listed = ids([longer[-1], anchor])
        return case.says("depends-on-rule", "first-longer", date=case.words.date(longer[-1].date), encounters=listed)
    words = {"since": case.words.date(reach.words), "date": case.words.date(anchor.date)}
    return case.says("not-checkable", "first-none-before", encounters=(anchor.id,), **words)


def _first_uncovered(case: Case, anchor: Seen, earlier: list[Seen], begin: date) -> Verdict:
    if earlier:
        listed = ids([*earlier, anchor])
        found = case.words.date(earlier[-1].date)
        return case.says("not-checkable", "first-found-uncovered", date=found, encounters=listed)
    needed = case.words.date(str(begin.year))
    return case.uncovered("first-uncovered", needed=needed, encounters=(anchor.id,))


def _first_ever(case: Case, anchor: Seen, others: list[Seen]) -> Verdict:
    before_it = [one for one in others if surely_before(one, anchor)]
    refuted = refuted_by(case, before_it, ("contradicted", "first-earlier"))
    if refuted:
        return refuted
    if not case.covered(None, _day_before(anchor)):
        return case.uncovered("first-ever-uncovered", encounters=(anchor.id,))
    maybe = [one for one in others if one.earliest <= anchor.latest]
    if maybe:
        return doubtful(case, maybe)
    return case.says("supported", "first-ever-supported", encounters=(anchor.id,))


def repeat(case: Case) -> Verdict:
    """ "Again": there was an earlier one."""
    found = case.anywhen()
    anchors = case.anchors()
    if not anchors:
        first, _ = case.anchor_window()
        past = [one for one in found if one.sure and (first is None or one.latest < first.isoformat())]
        if past and past[-1].latest != NEVER:
            return case.says("supported", "repeat-supported", dates=case.dates(past[-1:]), encounters=ids(past))
        return case.says("not-checkable", "no-visit")
    anchor = anchors[-1]
    others = before_and_beside(case, anchor)
    earlier = [one for one in others if one.sure and surely_before(one, anchor)]
    if earlier:
        listed = ids([*earlier, anchor])
        return case.says("supported", "repeat-supported", dates=case.dates(earlier[-1:]), encounters=listed)
    beside = [one for one in others if one.earliest <= anchor.latest]
    if beside:
        both = [beside[-1], anchor]
        return case.says("possible", "repeat-possible", dates=case.dates(both), encounters=ids(both))
    if case.covered(None, _day_before(anchor)):
        return case.says("contradicted", "repeat-contradicted", encounters=(anchor.id,))
    return case.says("not-checkable", "repeat-uncovered", encounters=(anchor.id,))


def not_since(case: Case) -> Verdict:
    """ "Have not met since 2019": one then, and none after it."""
    since = case.claim.scope.since or ""
    begin, end = bounds(since)
    if begin is None or end is None:
        return case.says("not-checkable", "no-number")
    found = case.anywhen()
    after = [one for one in found if one.earliest > end.isoformat()]
    later = refuted_by(case, after, ("contradicted", "first-counterexample"))
    if later:
        return later
    if not case.covered(begin, case.published):
        needed = case.words.date(since)
        return case.uncovered("first-uncovered", needed=needed)
    maybe = [one for one in found if one.latest > end.isoformat() and not (one.sure and exact(one))]
    if maybe:
        return doubtful(case, maybe)
    then = [one for one in found if one.latest >= begin.isoformat()]
    if then:
        return case.says("supported", "since-supported", date=case.words.date(then[-1].date), encounters=ids(then))
    if found:
        return case.says("depends-on-rule", "first-longer", date=case.words.date(found[-1].date), encounters=ids(found))
    return case.says("not-checkable", "no-visit")


def _day_before(anchor: Seen) -> date | None:
    return None if anchor.earliest == EVER else date.fromisoformat(anchor.earliest) - timedelta(days=1)


def _overlaps(one: Seen, reach: _Reach) -> bool:
    begin = reach.begin.isoformat() if reach.begin else EVER
    return one.earliest <= reach.end.isoformat() and one.latest >= begin


def ids(some: Sequence[Seen]) -> tuple[str, ...]:
    """The ids of encounters, each once, in order."""
    return tuple(dict.fromkeys(one.id for one in some))
