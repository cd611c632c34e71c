"""A draft with its verdicts: nothing of it is lost, every claim is marked, in every format."""

import json
import re
from html import unescape

import pytest
from record_samples import fill, visit

from summitry.ask import Group, annotate, bars, count_by, svg
from summitry.errors import LanguageError
from summitry.model import Claim, Count, CountingRule, Verdict
from summitry.record import Record

DRAFT = "Sie kamen <dreimal>.\nEs war der erste Besuch seit 24 Jahren, der dritte überhaupt.\n"


def verdict(text: str, word: str) -> Verdict:
    start = DRAFT.index(text)
    return Verdict(
        Claim(text, start, start + len(text), "count", 3, "="), word, f"Grund für {word}.", encounters=("e1",)
    )


VERDICTS = [
    verdict("erste Besuch seit 24 Jahren, der dritte", "contradicted"),
    verdict("<dreimal>", "supported"),
    verdict("der dritte", "not-checkable"),  # inside another
]


def test_text_underlines_every_claim_where_it_stands() -> None:
    lines = annotate(DRAFT, VERDICTS, "text", "de").splitlines()
    assert lines[0] == "Sie kamen <dreimal>."
    assert lines[1].index("‾") == lines[0].index("<")
    assert lines[1].count("‾") == len("<dreimal>")
    assert lines[3].count("~") == len("erste Besuch seit 24 Jahren, der dritte")
    assert "[1] ✔ belegt: “<dreimal>”" in lines
    assert "[2] ✘ widerlegt: “erste Besuch seit 24 Jahren, der dritte”" in lines
    assert "[3] – nicht prüfbar: “der dritte”" in lines


def test_json_holds_the_whole_draft_in_pieces() -> None:
    found = json.loads(annotate(DRAFT, VERDICTS, "json", "en"))
    assert "".join(piece["text"] for piece in found["pieces"]) == DRAFT
    assert [piece["claim"] for piece in found["pieces"] if "claim" in piece] == [1, 2]
    assert [one["verdict"] for one in found["claims"]] == ["supported", "contradicted", "not-checkable"]
    assert all(DRAFT[one["start"] : one["end"]] == one["text"] for one in found["claims"])


def test_html_is_a_page_of_its_own_and_escapes_the_draft() -> None:
    page = annotate(DRAFT, VERDICTS, "html", "de")
    body = re.search(r"<main>(.*)</main>", page, re.DOTALL)
    assert body is not None
    plain = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup>.*?</sup>", "", body[1])))
    assert plain == DRAFT
    assert "<dreimal>" not in page
    assert page.count("<mark ") == 2
    assert page.count('<li id="c') == 3
    assert not re.search(r"<script|<link|https?://|javascript:", page)


def test_a_draft_without_claims_stays_as_it_is() -> None:
    assert annotate(DRAFT, [], "text", "en") == DRAFT
    assert json.loads(annotate("", [], "json", "en")) == {"pieces": [], "claims": []}
    with pytest.raises(LanguageError):
        annotate(DRAFT, [], "html", "xx")


def test_bars_show_what_is_sure_and_what_may_be() -> None:
    groups = [
        Group("2023", Count(4, 4, CountingRule(), ())),
        Group("2024", Count(2, 8, CountingRule(), ())),
        Group(None, Count(0, 0, CountingRule(), ())),
    ]
    assert bars(groups, width=8) == ["████", "██░░░░░░", ""]
    assert bars([]) == []


def test_a_chart_says_its_numbers_in_words() -> None:
    with Record.open(":memory:") as record:
        fill(record, [visit("KP", "RU", date) for date in ("2023-05", "2024-01", "2024-02", "2023/2024")])
        chart = svg(count_by(record, CountingRule(), "year"), "KP <> RU", unknown="unknown")
    assert chart.startswith("<svg ")
    assert '<title id="t">KP &lt;&gt; RU</title>' in chart
    assert re.findall(r">(\d[^<]*)</text>", chart) == ["2023", "1–2", "2024", "2–3"]
