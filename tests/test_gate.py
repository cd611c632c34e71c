"""The gate passes what may hold an encounter, and its hits are exactly those of a slow search."""

import functools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry import authority, lexicon
from summitry.model import Article
from summitry.read.gate import Gate
from summitry.read.reader import read_article


@functools.cache
def english() -> Gate:
    return Gate(lexicon.load("en"))


@pytest.fixture
def gate() -> Gate:
    return english()


def slowly(forms: list[str], text: str) -> list[tuple[int, int]]:
    """Every form by plain search, between word boundaries, the longest at each place."""
    best: dict[int, int] = {}
    for form in forms:
        for match in re.finditer(f"(?={re.escape(form)})", text):
            start, end = match.start(), match.start() + len(form)
            left = start and re.match(r"\w\w", text[start - 1 : start + 1])
            right = end < len(text) and re.match(r"\w\w", text[end - 1 : end + 1])
            if not left and not right:
                best[start] = max(best.get(start, 0), end)
    return sorted(best.items())


SENTENCES = (
    "The visit was short.",
    "They visited Oslo; the revisited plan and pre-visit talks went on.",
    "A phone call and a phone conversation, then a summit meeting.",
    "Nothing here.",
    "Visits, VISITS and visit's end.",
    "Über-visit and visité are other words.",
)


@pytest.mark.parametrize("text", SENTENCES)
def test_hits_are_exact(gate: Gate, text: str) -> None:
    assert gate.triggers(text) == slowly(gate.forms, text)


@settings(max_examples=40, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(["visit", "visits", "re", "talks", "phone call", " ", ".", "é", "-", "summit"]), max_size=12
    )
)
def test_hits_are_exact_whatever_stands_around_them(words: list[str]) -> None:
    gate, text = english(), "".join(words)
    assert gate.triggers(text) == slowly(gate.forms, text)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("The Norwegian foreign minister visited Accra on Monday.", True),
        ("Brazil's president will hold talks in Lima.", True),
        ("The bridge was closed for repairs. The weather stayed fine.", False),
        ("Wheat became dearer in Brazil. A survey was published.", False),
        ("The orchestra opened its season with works by composers from Kenya.", False),
        ("He called for lower taxes in Norway, and the shop held its prices.", False),
    ],
)
def test_only_a_trigger_with_an_actor_opens_it(gate: Gate, text: str, passes: bool) -> None:
    assert gate.open(text) is passes


def test_what_the_gate_rejects_is_not_read(gate: Gate) -> None:
    article = Article(id="x", text="The bridge was closed for repairs.", source="x", lang="en")
    assert read_article(article, lexicon.load("en"), None, gate).reports == ()


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Putin besuchte am 18. Juni 2024 Pjöngjang und traf Kim Jong Un."),
        ("de", "Merkel und Macron trafen sich in Lyon."),
        ("de", "Am 3. Mai reiste der Minister für zwei Tage nach Peru."),
        ("en", "Macron met Modi in New Delhi."),
        ("en", "The minister met Dr. Sata of Zambia."),
    ],
)
def test_short_news_of_leaders_and_capitals_passes(tag: str, text: str) -> None:
    assert Gate(lexicon.load(tag), authority.load().leaders).open(text)


@pytest.mark.parametrize(
    "text", ["Ashworth met Pickering in Leeds.", "They met. A president slept.", "Rain fell in Oslo."]
)
def test_what_names_no_two_countries_or_leaders_stays_outside(text: str) -> None:
    assert not Gate(lexicon.load("en"), authority.load().leaders).open(text)
