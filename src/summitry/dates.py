"""Dates as EDTF level 1 strings, as coarse as their source, and the arithmetic of relative expressions.

Notation: Library of Congress, Extended Date/Time Format (2019), level 1, which ISO 8601-2:2019 adopts. Supported are
`2023`, `2023-07`, `2023-07-25`, seasons `2023-21` (spring) to `2023-24` (winter), unspecified digits `202X`, `20XX`,
`2023-XX`, `2023-07-XX`, the qualifiers `?` `~` `%`, and intervals with `..` (open) or nothing (unknown) at one end;
not supported are times of day and years outside 0001 to 9999. Seasons are those of the northern hemisphere by whole
months; winter runs from December of its year to February. A week is Monday to Sunday (ISO 8601).
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from summitry.errors import DateError

Bounds = tuple[date | None, date | None]
Precision = Literal["day", "month", "season", "year", "decade", "century", "interval"]
Tense = Literal["past", "future"]
Unit = Literal["day", "week", "weekend", "month", "quarter", "half", "year", "decade"]

_POINT: Final = re.compile(r"(\d{4}|\d{3}X|\d\dXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([?~%]?)", re.ASCII)
_LENGTH: Final = re.compile(r"P(\d+)([DWMY])")
_OPEN: Final = ("", "..")
_MONTHS_IN: Final[dict[str, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}


def validate(edtf: str) -> str:
    """Return `edtf` unchanged; raises DateError if it is no EDTF level 1 date."""
    bounds(edtf)
    return edtf


@lru_cache(maxsize=8192)
def bounds(edtf: str) -> Bounds:
    """First and last day that `edtf` may mean, `None` where an interval is open or unknown. Raises DateError.

    >>> bounds("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    first, slash, last = edtf.partition("/")
    if not slash:
        return _point(edtf)
    low = None if first in _OPEN else _point(first)[0]
    high = None if last in _OPEN else _point(last)[1]
    if low is None and high is None:
        raise DateError(f"The date interval {edtf!r} has no known end; leave the date out instead.")
    if low and high and low > high:
        raise DateError(f"The date interval {edtf!r} ends before it begins; swap its ends.")
    return low, high


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        return _span(match[1], match[2], match[3])
    except (ValueError, OverflowError):
        raise DateError(
            f"{text!r} is no EDTF date; write it like 2023, 2023-07, 2023-07-25 or 2023-07/2023-09."
        ) from None


def _span(year: str, month: str | None, day: str | None) -> tuple[date, date]:
    if "X" in year:
        if month is not None:
            raise ValueError
        return date(int(year.replace("X", "0")), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise ValueError
        return date(int(year), 1, 1), date(int(year), 12, 31)
    if 21 <= int(month) <= 24 and day is None:
        first = date(int(year), 3 * (int(month) - 20), 1)
        return first, _last_day(_add_months(first, 2))
    first = date(int(year), int(month), 1 if day in (None, "XX") else int(day))
    return first, _last_day(first) if day in (None, "XX") else first


def _last_day(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _add_months(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def precision(edtf: str) -> Precision:
    """How fine `edtf` is; an interval is of its own kind, unspecified digits count as the next coarser unit."""
    bounds(edtf)
    if "/" in edtf:
        return "interval"
    text = bare(edtf).replace("-XX", "")
    if "X" in text:
        return "century" if text.endswith("XX") else "decade"
    if len(text) == 7:
        return "season" if text[5] == "2" else "month"
    return "day" if len(text) == 10 else "year"


def bare(edtf: str) -> str:
    """`edtf` without its qualifiers."""
    return re.sub(r"[?~%]", "", edtf)


def qualifier(edtf: str) -> str:
    """`?` (uncertain), `~` (approximate), `%` (both) or the empty string; of an interval, what holds for either end."""
    marks = {char for char in edtf if char in "?~%"}
    return "%" if "%" in marks or len(marks) > 1 else "".join(marks)


def _ordinals(edtf: str) -> tuple[int, int]:
    low, high = bounds(edtf)
    return (low or date.min).toordinal(), (high or date.max).toordinal()


def overlaps(a: str, b: str) -> bool:
    """Whether some day may be meant by both."""
    (low, high), (begin, end) = _ordinals(a), _ordinals(b)
    return low <= end and begin <= high


def contains(outer: str, inner: str) -> bool:
    """Whether every day that `inner` may mean is one that `outer` may mean."""
    (low, high), (begin, end) = _ordinals(outer), _ordinals(inner)
    return low <= begin and end <= high


def compatible(a: str | None, b: str | None) -> bool:
    """Whether both may date the same event; an unknown date is compatible with every date."""
    return a is None or b is None or overlaps(a, b)


def within(edtf: str, start: str | None, end: str | None) -> bool | None:
    """Whether `edtf` lies between `start` and `end`, both included, `None` = no limit; the answer `None`: too coarse."""
    low, high = _ordinals(edtf)
    begin = _ordinals(start)[0] if start else date.min.toordinal()
    until = _ordinals(end)[1] if end else date.max.toordinal()
    if begin <= low and high <= until:
        return True
    return None if low <= until and begin <= high else False


def gap_days(a: str, b: str) -> tuple[int, int | None]:
    """Least and greatest possible distance in days; the greatest is `None` if an end is open."""
    (low, high), (begin, end) = _ordinals(a), _ordinals(b)
    least = max(0, begin - high, low - end)
    return least, None if None in (*bounds(a), *bounds(b)) else max(high - begin, end - low)


def narrow(a: str | None, b: str | None) -> str | None:
    """The finer of two compatible values, `None` if they are incompatible or both unknown.

    >>> narrow("2023-07", "2023-07-25/2023-07-27")
    '2023-07-25/2023-07-27'
    """
    if a is None or b is None:
        return a if b is None else b
    if not overlaps(a, b):
        return None

    def coarseness(value: str) -> tuple[int, int, str]:
        low, high = _ordinals(value)
        return high - low, len(qualifier(value)), value

    return min(a, b, key=coarseness)


def sort_key(edtf: str | None) -> tuple[bool, int, int]:
    """Orders by first day, of equal ones the finer first; unknown dates come last."""
    return (True, 0, 0) if edtf is None else (False, *_ordinals(edtf))


def interval(first: str, last: str) -> str:
    """The value from `first` to `last`; equal ends collapse, and of intervals the outer ends are taken.

    Raises DateError if `last` ends before `first` begins.
    """
    begin, end = first.partition("/")[0], last.rpartition("/")[2]
    if begin == end:
        return begin
    value = f"{begin}/{end}"
    bounds(value)
    return value


def day(value: date) -> str:
    """A day as EDTF."""
    return value.isoformat()


def days(first: date, last: date) -> str:
    """The days from `first` to `last` as EDTF."""
    return interval(first.isoformat(), last.isoformat())


def cover(a: str, b: str) -> str | None:
    """The finest month or year that holds both values, the value itself if they are equal, else `None`."""
    if a == b:
        return a
    edges = [edge for value in (a, b) for edge in bounds(value)]
    if None in edges:
        return None
    months = {str(edge)[:7] for edge in edges}
    years = {month[:4] for month in months}
    return months.pop() if len(months) == 1 else years.pop() if len(years) == 1 else None


def extend(start: str, length: str) -> str:
    """The days that begin with the day `start` and last `length` (ISO 8601, days to years); `start` if it is coarser.

    >>> extend("2021-04-23", "P2D")
    '2021-04-23/2021-04-24'
    """
    match = _LENGTH.fullmatch(length)
    first, last = bounds(start)
    if match is None or first is None or first != last:
        return start
    number = int(match[1])
    if match[2] in "DW":
        return days(first, first + timedelta(number * (7 if match[2] == "W" else 1) - 1))
    months = _add_months(first.replace(day=1), number * (12 if match[2] == "Y" else 1))
    return days(first, months.replace(day=min(first.day, _last_day(months).day)) - timedelta(1))


def shift(anchor: date, unit: Unit, number: int) -> str:
    """The unit (day, week, month …) that lies `number` units after the one that holds `anchor`.

    >>> shift(date(2024, 6, 20), "week", -1)
    '2024-06-10/2024-06-16'
    """
    if unit == "day":
        return day(anchor + timedelta(number))
    if unit in ("week", "weekend"):
        monday = anchor + timedelta(7 * number - anchor.weekday())
        return days(monday + timedelta(5 if unit == "weekend" else 0), monday + timedelta(6))
    size = _MONTHS_IN[unit]
    index = (anchor.year * 12 + anchor.month - 1) // size + number
    if unit == "decade":
        return f"{index:03}X"
    if unit == "year":
        return f"{index:04}"
    return months(index * size, size)


def months(index: int, size: int) -> str:
    """`size` months as EDTF, the first being month `index` counted from January of the year 0."""
    first, last = (f"{i // 12:04}-{i % 12 + 1:02}" for i in (index, index + size - 1))
    return interval(first, last)


def weekday(anchor: date, number: int, tense: Tense | None, strict: bool = False) -> str:
    """The last (or, of the future, the next) such weekday, 0 = Monday; `strict` leaves `anchor` itself out."""
    step = 1 if tense == "future" else -1
    distance = (number - anchor.weekday()) * step % 7
    return day(anchor + timedelta(step * (distance or (7 if strict else 0))))


def weekend(anchor: date, tense: Tense | None, strict: bool = False) -> str:
    """The last (or next) Saturday and Sunday; one that has begun counts unless `strict`."""
    running = anchor.weekday() >= 5
    if running and not strict:
        return shift(anchor, "weekend", 0)
    if tense == "future":
        return shift(anchor, "weekend", 1 if running else 0)
    return shift(anchor, "weekend", -1)


def nearest(candidates: Iterable[str], anchor: str, tense: Tense | None, strict: bool = False) -> str | None:
    """Of several closed values the last one not after `anchor` (past), the first not before (future), or the closest.

    With `strict` the value must lie wholly before or after the anchor.
    """
    low, high = _ordinals(anchor)
    spans = [(*_ordinals(value), value) for value in candidates]
    if tense == "past":
        return max((s for s in spans if (s[1] < low if strict else s[0] <= high)), default=(0, 0, None))[2]
    if tense == "future":
        return min((s for s in spans if (s[0] > high if strict else s[1] >= low)), default=(0, 0, None))[2]
    return min(spans, key=lambda s: (abs(s[0] + s[1] - low - high), s[0]), default=(0, 0, None))[2]


def yearly(make: Callable[[int], str], anchor: str, tense: Tense | None, strict: bool = False) -> str | None:
    """The instance nearest to `anchor` of what `make` gives for a year; years that lack it (29 February) are passed over."""
    candidates = []
    low, high = bounds(anchor)
    edges = [edge.year for edge in (low, high) if edge]
    for year in range(max(1, edges[0] - 4), min(9999, edges[-1] + 4) + 1):
        try:
            candidates.append(validate(make(year)))
        except DateError:
            continue
    return nearest(candidates, anchor, tense, strict)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature, 20 April 1876)."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    correction = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    slip = (year % 19 + 11 * moon + 22 * correction) // 451
    month, index = divmod(moon + correction - 7 * slip + 114, 31)
    return date(year, month, index + 1)


__all__ = [
    "Bounds", "Precision", "Tense", "Unit", "bare", "bounds", "compatible", "contains", "cover", "day", "days", "easter",
    "extend", "gap_days", "interval", "months", "narrow", "nearest", "overlaps", "precision", "qualifier", "shift",
    "sort_key", "validate", "weekday", "weekend", "within", "yearly",
]  # fmt: skip
