"""The language-independent form of a time expression, and its date.

What an expression is resolved against, in this order: its own year; the heading it stands under; of the publication
date and the date told before, the one it lies closer to. Where the anchor is too coarse for the expression ("Tuesday",
published "2024-06") the value is the month or year that holds all possible days; if only nearly all of them lie in the
anchor, it is about the anchor ("2024-06~"); else nothing.
"""

from collections.abc import Callable
from datetime import date
from typing import Literal

import msgspec

from summitry import dates
from summitry.dates import Tense, Unit
from summitry.errors import DateError

Kind = Literal["date", "duration", "since", "until", "frequency", "time"]
Anchor = Literal["explicit", "partial", "published", "text", "none"]

_SHORT = 10  # an anchor of at most this many days is precise enough to count days and weeks from its ends
_NEARLY = 0.75  # of the days that are possible
_FAR = 270  # a month and day lies in the year of its heading unless that is further away: December, then January


class Point(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """What is said of one date; every field that is not said is `None`."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None  # 0 = Monday
    season: int | None = None  # 21 spring to 24 winter
    holiday: str | None = None  # "12-25", or "easter+49": days after Easter Sunday
    nth: int | None = None  # which quarter or half, with `unit`
    unit: str | None = None  # day … decade; "moment" = the time just told
    number: int | None = None  # units from the anchor: 0 = this, -1 = last
    which: int | None = None  # -1 last, 0 this, 1 next weekday, month, season or holiday
    part: str | None = None  # early, middle, late, or gone: "earlier this year"
    text: bool = False  # relative to the running text, not to publication
    counted: bool = False  # "in three days", "three days ago": number is an amount
    decade: bool = False


class Timex(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A time expression: characters `start` to `end`, its kind, and its form.

    `anchor` says what the value rests on: explicit (a year is given), partial (completed by heading, publication or the
    date told before), published or text (relative to either), none (no date). `length` is an ISO 8601 duration.
    """

    start: int
    end: int
    kind: Kind
    anchor: Anchor = "none"
    first: Point | None = None
    last: Point | None = None  # the other end of a range
    length: str | None = None
    approximate: bool = False  # "around August 20"


class _Frame(msgspec.Struct, frozen=True, gc=False):
    """What an expression can be resolved against."""

    published: str | None
    context: str | None
    previous: str | None
    tense: Tense | None


def resolve(
    timex: Timex,
    *,
    published: str | None = None,
    context: str | None = None,
    previous: str | None = None,
    tense: Tense | None = None,
) -> str | None:
    """The EDTF value of a date, since or until; `None` if it has none or too little is known to tell.

    `context` is the value of the date heading above, `previous` of the last date told, `tense` that of the clause.
    "In three days" is a date only in the future tense, else a length of time. Raises DateError for a malformed anchor.
    """
    if timex.first is None or timex.kind not in ("date", "since", "until"):
        return None
    for anchor in (published, context, previous):
        if anchor is not None:
            dates.validate(anchor)
    frame = _Frame(published, context, previous, tense)
    try:
        value = _value(timex.first, frame) if timex.last is None else _range(timex.first, timex.last, frame)
        return value and dates.validate(_approximately(value) if timex.approximate else value)
    except (DateError, ValueError, OverflowError):
        return None  # 30 February, or a year beyond the calendar: no date


def _approximately(value: str) -> str:
    """The value with the mark of EDTF for "about" at each end."""
    return "/".join(f"{end}~" for end in value.split("/"))


def finest(point: Point) -> str:
    """The unit that a point names: day, week, month, year …"""
    if point.day is not None or point.weekday is not None or point.holiday is not None:
        return "day"
    if point.month is not None or point.season is not None:
        return "month"
    return "year" if point.year is not None and point.unit is None else point.unit or "year"


def _range(first: Point, last: Point, frame: _Frame) -> str | None:
    """The days from first to last: the end that says more is resolved, the other is taken nearest before or after it."""
    if first.month and first.day and last.day and last.month is None and last.unit is None and last.day < first.day:
        return _value(first, frame)  # "Nov 11-1": a slip; what is sure is the beginning
    said = [(p.year is not None, p.number is not None, p.month is not None) for p in (first, last)]
    backwards = said[1] > said[0] or (said[1] == said[0] and first.weekday is not None and frame.tense != "future")
    leader, follower = (last, first) if backwards else (first, last)
    value = _value(leader, frame)
    if value is None:
        return None
    if follower.number is not None or follower.year is not None:
        other = _value(follower, frame)
    else:
        other = _near(follower, value, "past" if backwards else "future", strict=False)
    if other is None:
        return value
    try:
        return dates.interval(other, value) if backwards else dates.interval(value, other)
    except DateError:
        return value


def _value(point: Point, frame: _Frame) -> str | None:
    if point.number is not None:
        return _shifted(point, frame)
    if point.year is not None:
        return compose(point, point.year)
    if point.which is not None or (point.weekday is not None and point.day is None):
        return _relative(point, frame)
    if point.day is not None and point.month is None:
        return _day(point, frame)
    return _yearless(point, frame)


def compose(point: Point, year: int) -> str:
    """The value of a point in a given year; raises DateError if there is none."""
    if point.decade:
        return f"{year:04}"[:3] + "X"
    if point.season is not None:
        return f"{year:04}-{point.season}"
    if point.holiday is not None:
        easter, plus, days = point.holiday.partition("easter")
        if plus:
            return dates.shift(dates.easter(year), "day", int(days or 0))
        return f"{year:04}-{easter}"
    if point.nth is not None and point.unit is not None:
        size = 3 if point.unit == "quarter" else 6
        return dates.months(year * 12 + (point.nth - 1) * size, size)
    if point.month is None:
        return f"{year:04}"
    month = f"{year:04}-{point.month:02}"
    return dates.validate(month if point.day is None else f"{month}-{point.day:02}")


def _around(anchor: str | None, make: Callable[[date], str]) -> str | None:
    """What `make` gives for a day, for an anchor that may be coarser than a day."""
    low, high = dates.bounds(anchor) if anchor else (None, None)
    if anchor is None or low is None or high is None:
        return None
    first, last = make(low), make(high)
    fine = max(_days(first), _days(last)) <= _SHORT < _days(anchor)
    return _mostly(anchor, first, last) or dates.cover(first, last) if fine else dates.cover(first, last)


def _mostly(anchor: str, first: str, last: str) -> str | None:
    """About the anchor, where nearly all days from `first` to `last` lie in it: a weekday told in a month's paper."""
    (low, _), (_, high) = dates.bounds(first), dates.bounds(last)
    begin, end = dates.bounds(anchor)
    if low is None or high is None or begin is None or end is None or begin <= low and high <= end:
        return None
    inside = (min(high, end) - max(low, begin)).days + 1
    return f"{dates.bare(anchor)}~" if inside >= _NEARLY * ((high - low).days + 1) and "/" not in anchor else None


def _days(edtf: str | None) -> int:
    """How many days `edtf` may mean, 0 if it is unknown or open."""
    low, high = dates.bounds(edtf) if edtf else (None, None)
    return (high - low).days + 1 if low and high else 0


def _shifted(point: Point, frame: _Frame) -> str | None:
    """What lies some units from the anchor ("last week", "the day after"), and the weekday, day or month named inside of it."""
    number, text = point.number or 0, point.text
    if point.counted and number > 0 and not text and frame.tense != "future":
        return None
    anchor = (frame.previous or frame.context) if text else frame.published
    if anchor is None or point.unit == "moment" or (text and number == 0 and point.unit == "day"):
        return anchor
    low, high = dates.bounds(anchor)
    if text and number and low and high and _days(anchor) <= _SHORT:
        anchor = dates.day(high if number > 0 else low)
    outer = _around(anchor, lambda day: _step(point, day, number, frame.tense))
    return outer and _inside(point, outer)


def _step(point: Point, anchor: date, number: int, tense: Tense | None) -> str:
    unit: Unit = point.unit  # type: ignore[assignment]
    if unit == "weekend":
        return dates.weekend(
            anchor, ("past", tense, "future")[number + 1] if abs(number) < 2 else tense, strict=number != 0
        )
    if number == 0 and point.part in ("early", "late") and unit != "day":
        low, high = dates.bounds(dates.shift(anchor, unit, 0))
        if low and high and point.part == "late" and tense == "past" and anchor - low < high - anchor:
            number = -1  # said of the past in the first half of a unit, its end is that of the last one
        elif low and high and point.part == "early" and tense == "future" and anchor - low > high - anchor:
            number = 1
    return dates.shift(anchor, unit, number)


def _inside(point: Point, outer: str) -> str:
    fineness = dates.precision(outer)
    if fineness == "year" and (point.month or point.season or point.holiday or point.nth):
        return compose(point, int(outer))
    if fineness == "month" and point.day is not None and point.month is None:
        return dates.validate(f"{outer}-{point.day:02}")
    low, _ = dates.bounds(outer)
    if point.weekday is not None and low and _days(outer) == 7:
        return dates.shift(low, "day", point.weekday)
    return outer


def _relative(point: Point, frame: _Frame) -> str | None:
    """ "On Tuesday", "next May": against the publication date, a weekday also against a heading of some days."""
    tense: Tense | None = {-1: "past", 1: "future"}.get(point.which or 0, frame.tense)  # type: ignore[assignment]
    strict = point.which in (-1, 1)
    anchor = frame.published
    if point.weekday is None or point.day is not None:
        return anchor and _near(point, anchor, tense, strict)
    if 0 < _days(frame.context) <= _SHORT:
        return _near(point, str(frame.context), tense, strict)
    if point.which == 0 and tense is None:
        return _around(anchor, lambda day: _inside(point, dates.shift(day, "week", 0)))
    value = anchor and _near(point, anchor, tense, strict)
    return value if dates.compatible(value, frame.context) else None


def _near(point: Point, anchor: str, tense: Tense | None, strict: bool) -> str | None:
    """The instance of a point without a year that lies nearest to an anchor."""
    if point.day is None and point.weekday is not None:
        number = point.weekday
        return _around(anchor, lambda day: dates.weekday(day, number, tense, strict))
    if point.day is not None and point.month is None:
        return dates.nearest(_monthly(point.day, anchor), anchor, tense, strict)
    value = dates.yearly(lambda year: compose(point, year), anchor, tense, strict)
    if value is None or point.weekday is None or date.fromisoformat(value).weekday() == point.weekday:
        return value
    fitting = dates.yearly(lambda year: _on_weekday(point, year), anchor, tense, strict)
    return fitting if fitting and abs(int(fitting[:4]) - int(value[:4])) <= 1 else value


def _on_weekday(point: Point, year: int) -> str:
    value = compose(point, year)
    if date.fromisoformat(value).weekday() != point.weekday:
        raise DateError(f"{value} is another day of the week.")
    return value


def _monthly(day: int, anchor: str) -> list[str]:
    """That day of the months around an anchor; months that lack it are left out."""
    low, high = dates.bounds(anchor)
    edges = [edge.year * 12 + edge.month - 1 for edge in (low, high) if edge]
    found = []
    for index in range(edges[0] - 2, edges[-1] + 3):
        value = f"{index // 12:04}-{index % 12 + 1:02}-{day:02}"
        try:
            found.append(dates.validate(value))
        except DateError:
            continue
    return found


def _day(point: Point, frame: _Frame) -> str | None:
    """A day without its month: of the month of the heading, else of the month being told or published in."""
    if frame.context is None:
        return _closer(point, frame)
    candidates = _monthly(int(point.day or 0), frame.context)
    if _days(frame.context) <= 31:
        inside = [c for c in candidates if c[:7] in (frame.context[:7], frame.context[-10:-3])]
        return dates.nearest(inside, frame.context, None)
    value = _closer(point, frame)
    return value if value and dates.contains(frame.context, value) else None


def _yearless(point: Point, frame: _Frame) -> str | None:
    """A month, season or day of the year: of the year of the heading, else of the year being told or published in."""
    if frame.context is None:
        return _closer(point, frame)
    low, high = dates.bounds(frame.context)
    if low is None or high is None or low.year != high.year and _days(frame.context) > 366:
        value = _closer(point, frame)
        return value if value and dates.overlaps(frame.context, value) else None
    if _days(frame.context) >= 365:
        return compose(point, low.year)
    near = _near(point, frame.context, None, strict=False)
    same = compose(point, low.year)
    return same if dates.gap_days(same, frame.context)[0] <= _FAR else near


def _closer(point: Point, frame: _Frame) -> str | None:
    """Of the instances nearest to publication and to the date told before, the one closer to its anchor."""
    published = frame.published and _near(point, frame.published, frame.tense, strict=False)
    previous = frame.previous and _near(point, frame.previous, None, strict=False)
    if not (published and previous) or frame.tense == "future":
        return published or previous
    gaps = [dates.gap_days(v, str(a))[1] for v, a in ((published, frame.published), (previous, frame.previous))]
    return previous if gaps[1] is not None and gaps[0] is not None and gaps[1] < gaps[0] else published


__all__ = ["Anchor", "Kind", "Point", "Timex", "compose", "finest", "resolve"]
