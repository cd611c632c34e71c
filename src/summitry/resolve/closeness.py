"""How near in time are two reports of an encounter: by their dates, and by when the articles were published."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from summitry.resolve.facts import FINE, Facts
from summitry.resolve.statement import FUTURE
from summitry.resolve.weights import WEIGHTS

_FORTNIGHT: Final = 14
_TOGETHER: Final = 2  # days between two articles that bring the same news
_NEWS, _AHEAD = 5, 21  # days that news looks back, and an announcement ahead
# An undated report fits what lies at most so many days from its publication; the nearest tier with a fit decides.
_TIERS: Final = {"held": (7, 45), "future": (14, 60, 366), "cancelled": (45, 366)}
_RECALLED: Final = 400  # the same for a meeting recalled with its town: few meet in Camp David twice


class Part(NamedTuple):
    """One part of the evidence: what it adds to the sum, and why."""

    weight: float
    detail: str


def when(a: Facts, b: Facts, *, one_town: bool) -> Part:
    """How well the dates fit, and for reports without one the dates of publication."""
    if a.span is None or b.span is None:
        return _undated(a, b, one_town=one_town)
    w, gap = WEIGHTS.when, days_between(a.span, b.span)
    coarse = max(a.grain, b.grain)
    if gap and coarse > FINE:
        return Part(w.touching if gap <= 1 else w.apart, f"{gap} days apart")
    if gap:
        weight = _apart(a, b, gap)
        fresh = w.fresh if weight < 0 and gap <= _FORTNIGHT and _same_news(a, b) else 0.0
        return Part(weight + fresh, f"{gap} days apart" + (", told at one time" if fresh else ""))
    if coarse <= FINE:
        return Part(w.same, "same days")
    if coarse <= 31:
        return Part(w.month if min(a.grain, b.grain) <= FINE else w.months, "same month")
    return Part(w.season if coarse <= 100 else w.year if coarse <= 366 else w.longer, "dates meet")


def days_between(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Days between two spans, 0 where they meet."""
    return max(a[0] - b[1], b[0] - a[1], 0)


def _apart(a: Facts, b: Facts, gap: int) -> float:
    """The weight of days between two exact dates: stages of a trip, time zones, plans that slip, misread days."""
    w, kinds = WEIGHTS.when, {a.report.kind, b.report.kind}
    slipping = (a.report.status in FUTURE) != (b.report.status in FUTURE)
    steps: Sequence[float]
    if "call" in kinds:
        steps = w.call
    elif kinds == {"visit"}:
        steps = w.slip if slipping else w.trip
    else:
        steps = w.moved if slipping else w.meeting
    if gap <= len(steps):
        return steps[gap - 1]
    return w.fortnight if kinds == {"visit"} and gap <= _FORTNIGHT else w.apart


def _same_news(a: Facts, b: Facts) -> bool:
    """Whether both articles tell, at the same time, of what has just been or of what is soon to come."""
    if a.said is None or b.said is None or max(a.said[1], b.said[1]) - min(a.said[0], b.said[0]) > _TOGETHER:
        return False
    held = a.report.status == b.report.status == "held"
    future = {a.report.status, b.report.status} <= FUTURE
    return (held or future) and all(_fresh(one) for one in (a, b))


def _fresh(one: Facts) -> bool:
    assert one.span and one.said
    if one.report.status in FUTURE:
        return one.span[0] - one.said[0] <= _AHEAD
    return one.said[1] - one.span[1] <= _NEWS


def _undated(a: Facts, b: Facts, *, one_town: bool) -> Part:
    w = WEIGHTS.when
    if a.said is None and a.span is None or b.said is None and b.span is None:
        return Part(w.nowhen, "undated")
    at = tier(a, b, one_town=one_town)
    if at is None:
        return Part(w.never, "too far from its publication")
    if a.span is None and b.span is None:
        return Part(w.neither, "undated, told at one time")
    return Part(w.undated[at] if at < len(w.undated) else w.recalled, "undated")


def tier(a: Facts, b: Facts, *, one_town: bool) -> int | None:
    """How near the encounter lies to the publication of an undated report: 0 nearest; `None` where it does not fit."""
    if a.span is not None:
        a, b = b, a
    if a.said is None:
        return 0
    status = a.report.status
    tiers: tuple[int, ...] = _TIERS.get("future" if status in FUTURE else status, _TIERS["held"])
    if status in FUTURE and not a.report.host_country and a.report.kind != "call":
        tiers = tiers[:1]  # "they will meet": nobody says where, so it is one of the next days, or any
    if status == "held" and a.report.kind == b.report.kind == "meeting" and one_town:
        tiers = (*tiers, _RECALLED)
    distance = _distance(a, b)
    return next((at for at, days in enumerate(tiers) if distance <= days), None) if distance is not None else None


def _distance(a: Facts, b: Facts) -> int | None:
    """Days from the publication of the undated `a` to the encounter of `b`, `None` on the wrong side of it."""
    if a.said is None:
        return 0
    if b.span is None:
        if b.said is None:
            return 0
        apart = days_between(a.said, b.said)
        return apart if apart <= (60 if {a.report.status, b.report.status} & FUTURE else 5) else None
    before, after = a.said[0] - b.span[1], b.span[0] - a.said[1]
    if a.report.status in FUTURE:
        return max(after, 0) if b.span[1] >= a.said[0] else None
    if a.report.status == "held":
        return max(before, 0) if after <= 1 else None
    return max(before, after, 0)
