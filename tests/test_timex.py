"""The sentences of tests/languages/dates-*.toml, what no sentence can show, and the cost of compiling and scanning."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summitry import dates
from summitry.errors import DateError, LanguageError
from summitry.read.timex import Timex, compile_dates, heading_date, resolve, scan

HERE = Path(__file__).parent
LANGUAGES = HERE.parent / "src" / "summitry" / "languages"
CASES = {
    f.stem.removeprefix("dates-"): tomllib.loads(f.read_text())
    for f in sorted((HERE / "languages").glob("dates-*.toml"))
}
DATA = {tag: tomllib.loads((LANGUAGES / tag / "dates.toml").read_text()) for tag in CASES}
GRAMMARS = {tag: compile_dates(data) for tag, data in DATA.items()}
TENSES = {"past": "past", "future": "future", "unknown": None, "since": "past", "until": "past"}
TOLD = "2023-07-25/2023-07-27"


def table(*names: str) -> list[Any]:
    return [
        pytest.param(tag, name, text, expected, id=f"{tag}-{name}-{text}")
        for tag, cases in CASES.items()
        for name in names
        for text, expected in cases[name].items()
    ]


def found(tag: str, text: str, kind: str) -> list[Timex]:
    return [t for t in scan(text, 0, len(text), GRAMMARS[tag]) if t.kind == kind]


def values(tag: str, text: str, kind: str, **given: Any) -> str:
    return " ".join(v for t in found(tag, text, kind) if (v := resolve(t, **given)))


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("past", "future", "unknown"))
def test_dates(tag: str, name: str, text: str, expected: str) -> None:
    assert values(tag, text, "date", published=CASES[tag]["published"], tense=TENSES[name]) == expected


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("text"))
def test_dates_relative_to_the_text(tag: str, name: str, text: str, expected: str) -> None:
    given = {"published": CASES[tag]["published"], "tense": "past"}
    assert values(tag, text, "date", previous=TOLD, **given) == expected
    assert all(t.anchor == "text" for t in found(tag, text, "date"))
    assert values(tag, text, "date", **given) == ""


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("context"))
def test_dates_under_a_heading(tag: str, name: str, text: str, expected: list[str]) -> None:
    context, value = expected
    assert values(tag, text, "date", published=CASES[tag]["published"], context=context, tense="past") == value


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("since", "until"))
def test_limits(tag: str, name: str, text: str, expected: str) -> None:
    assert values(tag, text, name, published=CASES[tag]["published"], tense="past") == expected
    assert not found(tag, text, "date")


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("duration", "frequency", "time"))
def test_what_dates_nothing(tag: str, name: str, text: str, expected: str) -> None:
    [timex] = found(tag, text, name)
    assert (timex.length or "") == expected or name == "time"
    assert resolve(timex, published="2024-06-20", tense="past") is None
    assert not found(tag, text, "date")


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("nothing"))
def test_no_date(tag: str, name: str, text: str, expected: str) -> None:
    assert values(tag, text, "date", published=CASES[tag]["published"], tense="past") == expected


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("heading"))
def test_headings(tag: str, name: str, text: str, expected: list[str]) -> None:
    heading = heading_date(text, GRAMMARS[tag], CASES[tag]["published"])
    assert heading is not None
    assert [heading.value, text[heading.rest :]] == expected
    assert heading.only == (not expected[1] or text.endswith(" -"))


@pytest.mark.parametrize(("tag", "name", "text", "expected"), table("noheading"))
def test_no_headings(tag: str, name: str, text: str, expected: str) -> None:
    assert heading_date(text, GRAMMARS[tag], CASES[tag]["published"]) is None


@pytest.mark.parametrize("tag", CASES)
def test_enough_expressions(tag: str) -> None:
    assert sum(len(cases) for cases in CASES[tag].values() if isinstance(cases, dict)) >= 120


def test_a_heading_is_completed_by_the_one_above() -> None:
    grammar = GRAMMARS["de"]
    context = None
    seen = []
    for line in ("2006", "Januar", "März", "12.-15. April", "2007", "Mai"):
        heading = heading_date(line, grammar, "2024-06-20", context)
        assert heading is not None
        context = heading.value
        seen.append(context)
    assert seen == ["2006", "2006-01", "2006-03", "2006-04-12/2006-04-15", "2007", "2007-05"]


def test_a_coarse_publication_date_gives_a_coarse_value() -> None:
    def value(text: str, published: str) -> str:
        return values("en", text, "date", published=published, tense="past")

    assert value("today", "2024-06") == "2024-06"
    assert value("last month", "2024-06") == "2024-05"
    assert value("on Tuesday", "2024-06") == "2024-06~"  # 25 of the 29 days from 28 May to 25 June
    assert value("on Tuesday", "2024-01") == "2024-01~"
    assert value("on Tuesday", "2024") == "2024~"
    assert value("yesterday", "2024-06") == "2024-06~"
    assert value("last week", "2024-06") == "2024"  # of the days from 27 May to 23 June too many lie before June
    assert value("last week", "2025-01") == ""
    assert values("de", "am Wochenende", "date", published="2024-06", tense="future") == "2024-06"
    assert values("de", "am Wochenende", "date", published="2024-07", tense="future") == "2024-07~"
    assert value("in May", "2024") == "2024-05"
    assert values("en", "in May", "date", tense="past") == ""


def test_a_partial_date_belongs_to_the_story_it_continues() -> None:
    given = {"published": "2024-11-02", "tense": "past"}
    assert values("en", "on May 7", "date", previous="2019-05-03", **given) == "2019-05-07"
    assert values("en", "on October 30", "date", previous="2019-05-03", **given) == "2024-10-30"


def test_offsets_hold_the_expression_and_nothing_more() -> None:
    text = "Er traf sie am 3. Mai 2024, dann in Rom seit Juli."
    spans = [text[t.start : t.end] for t in scan(text, 0, len(text), GRAMMARS["de"])]
    assert spans == ["am 3. Mai 2024", "seit Juli"]
    assert scan(text, 27, len(text), GRAMMARS["de"])[0].start == text.index("seit")


def test_weekday_tells_the_year() -> None:
    given = {"published": "2024-06-20", "tense": "past"}
    assert values("en", "Tuesday, June 18", "date", **given) == "2024-06-18"
    assert values("en", "Sunday, June 18", "date", **given) == "2023-06-18"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"rules": {"dates": ["{day}"]}}, "no section"),
        ({"rules": {"date": ["<unknown> {day}"]}}, "macro"),
        ({"rules": {"date": ["{day"]}}, "malformed"),
        ({"rules": {"date": ["{day}?"]}}, "matches nothing"),
        ({"words": {"moment": {"day": ["today"]}}}, "moment"),
        ({"rules": None}, "lack the table"),
    ],
)
def test_malformed_words_are_named(change: dict[str, Any], complaint: str) -> None:
    data = {"words": {}, "rules": {}} | change
    with pytest.raises(LanguageError, match=complaint):
        compile_dates({k: v for k, v in data.items() if v is not None})


def test_malformed_anchor_is_an_error() -> None:
    [timex] = found("en", "today", "date")
    with pytest.raises(DateError):
        resolve(timex, published="20 June 2024")


def test_other_scripts_and_orders_plug_in_by_data() -> None:
    korean = compile_dates({
        "particles": ["에", "부터", "까지"],
        "words": {"weekday": ["월요일", "화요일"], "moment": {"month -1": ["지난달"]}},
        "connectors": {"range": ["부터"]},
        "suffixes": {"until": ["까지"]},
        "rules": {"date": ["({year} 년)? {monthnumber} 월 ({day} 일)?", "{day} 일", "{weekday}", "{moment} ({day} 일)?"]},
    })  # fmt: skip

    def value(text: str, **given: Any) -> str | None:
        [timex] = scan(text, 0, len(text), korean)
        return resolve(timex, published="2017-06-26", **{"tense": "past"} | given)

    assert value("2017년 6월 29일에") == "2017-06-29"
    assert value("28일부터 7월 1일까지", tense="future") == "2017-06-28/2017-07-01"
    assert value("지난달 30일") == "2017-05-30"
    assert value("월요일에") == "2017-06-26"


@pytest.mark.parametrize("tag", CASES)
@given(data=st.data())
def test_any_heap_of_date_words_is_read_without_error(tag: str, data: st.DataObject) -> None:
    words = st.sampled_from(
        [*GRAMMARS[tag].vocabulary, "3.", "31", "29th", "12", "2024", "0001", "9999", "Rom", ":", "/"]
    )
    text = " ".join(data.draw(st.lists(words, max_size=12)))
    anchors = st.sampled_from(
        [None, "2024-02-29", "2024-06", "2023", "0001-01-01", "9999-12-31", "2023-12-30/2024-01-02", "../2024"]
    )
    given = {name: data.draw(anchors) for name in ("published", "context", "previous")}
    end = 0
    for timex in scan(text, 0, len(text), GRAMMARS[tag]):
        assert end <= timex.start < timex.end <= len(text)
        end = timex.end
        value = resolve(timex, **given, tense=data.draw(st.sampled_from([None, "past", "future"])))
        assert value is None or dates.validate(value)
    heading = heading_date(text, GRAMMARS[tag], given["published"], given["context"])
    assert heading is None or heading.end <= heading.rest <= len(text)
