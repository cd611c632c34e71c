"""Laws that every EDTF value must keep, the arithmetic of relative expressions, and the `edtf` package as an oracle."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry import dates
from summitry.errors import DateError

DAYS = st.dates(date(1200, 1, 1), date(2199, 12, 31))
POINTS = st.one_of(
    DAYS.map(dates.day),
    DAYS.map(lambda d: dates.day(d)[:7]),
    DAYS.map(lambda d: dates.day(d)[:4]),
    DAYS.map(lambda d: dates.day(d)[:3] + "X"),
    st.tuples(DAYS, st.sampled_from(["21", "22", "23", "24"])).map(lambda t: f"{t[0].year}-{t[1]}"),
    st.tuples(DAYS, st.sampled_from("?~%")).map(lambda t: dates.day(t[0]) + t[1]),
)
CLOSED = st.one_of(POINTS, st.tuples(DAYS, DAYS).map(lambda t: dates.days(min(t), max(t))))
VALUES = st.one_of(
    CLOSED, POINTS.map(lambda p: f"{p}/.."), POINTS.map(lambda p: f"../{p}"), POINTS.map(lambda p: f"{p}/")
)


@pytest.mark.parametrize(
    ("edtf", "low", "high", "precision"),
    [
        ("2023", "2023-01-01", "2023-12-31", "year"),
        ("2023-XX", "2023-01-01", "2023-12-31", "year"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("2024-02-XX", "2024-02-01", "2024-02-29", "month"),
        ("2024-02-29~", "2024-02-29", "2024-02-29", "day"),
        ("2023-21", "2023-03-01", "2023-05-31", "season"),
        ("2023-24", "2023-12-01", "2024-02-29", "season"),
        ("199X", "1990-01-01", "1999-12-31", "decade"),
        ("19XX", "1900-01-01", "1999-12-31", "century"),
        ("2023-07/2023-09", "2023-07-01", "2023-09-30", "interval"),
        ("2023-07-25?/2023-07-27%", "2023-07-25", "2023-07-27", "interval"),
    ],
)
def test_bounds_and_precision(edtf: str, low: str, high: str, precision: str) -> None:
    assert dates.bounds(edtf) == (date.fromisoformat(low), date.fromisoformat(high))
    assert dates.precision(edtf) == precision


@pytest.mark.parametrize("edtf", ["../2024", "/2024"])
def test_open_beginning(edtf: str) -> None:
    assert dates.bounds(edtf) == (None, date(2024, 12, 31))


@pytest.mark.parametrize("edtf", ["2024/..", "2024/"])
def test_open_end(edtf: str) -> None:
    assert dates.bounds(edtf) == (date(2024, 1, 1), None)


@pytest.mark.parametrize(
    "bad",
    [
        "", "24", "2024-13", "2024-00", "2023-02-29", "2024-25", "2024-21-01", "2024-XX-03", "199X-05", "0000", "../..", "/",
        "2024/2023", "2024-07-02/2024-07-01", "2024/2025/2026", "2024-7", "July 2024", "2024-07-25T10:00", "٢٠٢٤x",
    ],
)  # fmt: skip
def test_malformed(bad: str) -> None:
    with pytest.raises(DateError):
        dates.validate(bad)


@given(VALUES)
def test_bounds_are_in_order_and_qualifiers_do_not_move_them(value: str) -> None:
    low, high = dates.bounds(value)
    assert low is None or high is None or low <= high
    assert dates.bounds(dates.bare(value)) == (low, high)
    assert dates.qualifier(dates.bare(value)) == ""


@given(VALUES, VALUES)
def test_overlap_is_symmetric_and_containment_implies_it(a: str, b: str) -> None:
    assert dates.overlaps(a, b) == dates.overlaps(b, a) == dates.compatible(a, b)
    assert not dates.contains(a, b) or dates.overlaps(a, b)
    assert dates.contains(a, a)


@given(VALUES, VALUES)
def test_narrowing(a: str, b: str) -> None:
    narrowed = dates.narrow(a, b)
    assert narrowed == dates.narrow(b, a)
    assert (narrowed is None) == (not dates.overlaps(a, b))
    if narrowed is not None:
        assert narrowed in (a, b)
        assert dates.narrow(narrowed, a) == narrowed
        assert dates.narrow(narrowed, narrowed) == narrowed
    assert dates.narrow(a, None) == a == dates.narrow(None, a)
    assert dates.narrow(None, None) is None


@given(CLOSED, DAYS, DAYS)
def test_within_agrees_with_the_days(value: str, one: date, other: date) -> None:
    start, end = sorted((one, other))
    low, high = dates.bounds(value)
    inside = [start <= edge <= end for edge in (low, high) if edge]
    answer = dates.within(value, dates.day(start), dates.day(end))
    if answer is not None:
        assert all(inside) if answer else not any(inside)
    else:
        assert low != high
    assert dates.within(value, None, None) is True
    assert dates.within(value, value, value) is True


@given(CLOSED, CLOSED)
def test_gaps(a: str, b: str) -> None:
    least, most = dates.gap_days(a, b)
    assert (least, most) == dates.gap_days(b, a)
    assert most is not None and least <= most
    assert (least == 0) == dates.overlaps(a, b)


@given(DAYS, DAYS)
def test_gap_between_days_is_exact(a: date, b: date) -> None:
    assert dates.gap_days(dates.day(a), dates.day(b)) == (abs((a - b).days),) * 2


def test_gap_to_an_open_end_is_unlimited() -> None:
    assert dates.gap_days("2023-07-01", "2023-07-05/..") == (4, None)


@given(st.lists(st.one_of(st.none(), VALUES)))
def test_sorting_puts_the_unknown_last(values: list[str | None]) -> None:
    ordered = sorted(values, key=dates.sort_key)
    known = [v for v in ordered if v is not None]
    assert ordered == known + [None] * (len(ordered) - len(known))
    firsts = [dates.bounds(v)[0] or date.min for v in known]
    assert firsts == sorted(firsts)


@given(CLOSED, CLOSED)
def test_interval_covers_both(a: str, b: str) -> None:
    try:
        value = dates.interval(a, b)
    except DateError:
        assert dates.bounds(a)[0] > dates.bounds(b)[1]  # type: ignore[operator]
    else:
        assert dates.bounds(value) == (dates.bounds(a)[0], dates.bounds(b)[1])


def test_interval_collapses_equal_ends_and_keeps_months() -> None:
    assert dates.interval("2023-07-25", "2023-07-25") == "2023-07-25"
    assert dates.interval("2023-07", "2023-09") == "2023-07/2023-09"
    assert dates.interval("2023-07-25/2023-07-27", "2023-07-28/2023-07-30") == "2023-07-25/2023-07-30"


@given(CLOSED, CLOSED)
def test_cover_contains_both(a: str, b: str) -> None:
    covered = dates.cover(a, b)
    assert covered is None or (dates.contains(covered, a) and dates.contains(covered, b))


@given(DAYS, st.sampled_from(["day", "week", "month", "quarter", "half", "year", "decade"]), st.integers(-20, 20))
def test_shifting(anchor: date, unit: dates.Unit, number: int) -> None:
    assert dates.contains(dates.shift(anchor, unit, 0), dates.day(anchor))
    shifted = dates.shift(anchor, unit, number)
    low, _ = dates.bounds(shifted)
    assert low is not None and dates.shift(low, unit, 0) == shifted
    assert dates.shift(low, unit, -number) == dates.shift(anchor, unit, 0)
    if unit in ("day", "week"):
        assert dates.bounds(shifted)[1] == low + timedelta(6 if unit == "week" else 0)


@given(DAYS, st.integers(0, 6), st.sampled_from(["past", "future", None]), st.booleans())
def test_weekdays(anchor: date, number: int, tense: dates.Tense | None, strict: bool) -> None:
    found = date.fromisoformat(dates.weekday(anchor, number, tense, strict))
    assert found.weekday() == number
    distance = (found - anchor).days * (1 if tense == "future" else -1)
    assert (1 <= distance <= 7) if strict else (0 <= distance <= 6)


def test_weekends() -> None:
    thursday, saturday = date(2024, 6, 20), date(2024, 6, 22)
    assert dates.weekend(thursday, "past") == dates.weekend(thursday, None) == "2024-06-15/2024-06-16"
    assert dates.weekend(thursday, "future") == dates.weekend(saturday, "past") == "2024-06-22/2024-06-23"
    assert dates.weekend(saturday, "past", strict=True) == "2024-06-15/2024-06-16"
    assert dates.weekend(saturday, "future", strict=True) == "2024-06-29/2024-06-30"


@given(CLOSED, st.sampled_from(["past", "future"]))
def test_nearest_in_time(anchor: str, tense: dates.Tense) -> None:
    found = dates.yearly(lambda year: f"{year:04}-05-09", anchor, tense)
    assert found is not None and found.endswith("-05-09")
    (low, high), (begin, end) = dates.bounds(found), dates.bounds(anchor)
    assert low and high and begin and end
    assert low <= end if tense == "past" else high >= begin


def test_29_february_is_found_in_leap_years_only() -> None:
    assert dates.yearly(lambda year: f"{year}-02-29", "2023-06-20", "past") == "2020-02-29"
    assert dates.yearly(lambda year: f"{year}-02-29", "2023-06-20", "future") == "2024-02-29"


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("2021-04-23", "P2D", "2021-04-23/2021-04-24"),
        ("2021-04-23", "P1D", "2021-04-23"),
        ("2021-04-23", "P2W", "2021-04-23/2021-05-06"),
        ("2021-01-31", "P1M", "2021-01-31/2021-02-27"),
        ("2021-04-23", "P1Y", "2021-04-23/2022-04-22"),
        ("2021-04", "P2D", "2021-04"),
        ("2021-04-23", "PT45M", "2021-04-23"),
    ],
)
def test_extending(start: str, length: str, expected: str) -> None:
    assert dates.extend(start, length) == expected


@pytest.mark.parametrize("day", ["2000-04-23", "2019-04-21", "2024-03-31", "2038-04-25", "1961-04-02"])
def test_easter(day: str) -> None:
    assert dates.day(dates.easter(int(day[:4]))) == day


@pytest.mark.parametrize(
    "edtf",
    [
        "2023",
        "2023-07",
        "2023-07-25",
        "2023-07~",
        "2023-22",
        "199X",
        "2004-XX",
        "2004-06-XX",
        "2023-07/2023-09",
        "2023-07-25?",
    ],
)
def test_bounds_agree_with_the_edtf_package(edtf: str) -> None:
    parse = pytest.importorskip("edtf").parse_edtf
    value = parse(edtf)
    ours = tuple((d.year, d.month, d.day) for d in dates.bounds(edtf) if d)
    assert ours == (tuple(value.lower_strict()[:3]), tuple(value.upper_strict()[:3]))
