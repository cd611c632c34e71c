"""Claims: every sentence of tests/languages/claims-*.toml, and what no single sentence shows."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from summitry import authority, lexicon
from summitry.model import Article, Claim
from summitry.read.reader import read_article

KNOWN = authority.load()
HERE = Path(__file__).parent
GOLD = HERE.parents[1] / "shared" / "gold" / "documents"
CASES = {
    f.stem.removeprefix("claims-"): tomllib.loads(f.read_text("utf-8"))
    for f in sorted((HERE / "languages").glob("claims-*.toml"))
}


def claims(tag: str, text: str, published: str | None = "2024-06-20") -> tuple[Claim, ...]:
    return read_article(Article("sha256:test", text, "test", tag, published), lexicon.load(tag), KNOWN).claims


def short(claim: Claim) -> str:
    value = "-" if claim.value is None else claim.value
    return f"{claim.type} {value} {claim.operator or '-'}"


POSITIVE = [
    pytest.param(tag, text, want, id=f"{tag}-{text}") for tag, c in CASES.items() for text, want in c["claims"].items()
]
NEGATIVE = [pytest.param(tag, text, id=f"{tag}-{text}") for tag, c in CASES.items() for text in c["none"]["texts"]]
SCOPES = [
    pytest.param(tag, one["text"], one["want"], id=f"{tag}-{one['text']}")
    for tag, c in CASES.items()
    for one in c["scope"]
]


@pytest.mark.parametrize(("tag", "text", "want"), POSITIVE)
def test_claims(tag: str, text: str, want: list[str]) -> None:
    found = claims(tag, text)
    assert [short(claim) for claim in found] == want
    assert all(text[claim.start : claim.end] == claim.text for claim in found)


@pytest.mark.parametrize(("tag", "text"), NEGATIVE)
def test_no_claim(tag: str, text: str) -> None:
    assert [short(claim) for claim in claims(tag, text)] == []


@pytest.mark.parametrize(("tag", "text", "want"), SCOPES)
def test_scope(tag: str, text: str, want: dict[str, Any]) -> None:
    (claim,) = claims(tag, text)
    for field, value in want.items():
        expected = tuple(value) if isinstance(value, list) else value or None
        assert getattr(claim.scope, field) == expected, field


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "Kenia und Ghana haben seit März 2023 mehr als ein Dutzend Delegationen ausgetauscht - davon acht in diesem Jahr."),
        ("en", "Kenya and Ghana have exchanged more than a dozen delegations since March 2023, eight of them this year."),
    ],
)  # fmt: skip
def test_each_of_two_counts_in_a_sentence_has_its_own_time(tag: str, text: str) -> None:
    found = claims(tag, text)
    assert [(one.value, one.scope.start, one.scope.unread) for one in found] == [
        (12, "2023-03-01", ()),
        (8, "2024-01-01", ()),
    ]


COMPARED = [
    ("en", "In 2024, Blinken travelled to Egypt more often than to Qatar.", {"operator": ">", "host_country": "QA"}),
    ("en", "George Shultz visited Mexico twice as often as Brazil.", {"times": 2, "host_country": "BR"}),
    ("en", "Kerry made half as many trips to Kenya in 2015 as in 2014.", {"times": 0.5, "start": "2014-01-01", "end": "2014-12-31"}),
    ("en", "Kerry made 50 percent more trips to Kenya in 2015 than in 2014.", {"times": 1.5, "start": "2014-01-01"}),
    ("en", "Tony Blair visited the United States less often than Gordon Brown did.", {"operator": "<", "person": "Gordon Brown"}),
    ("en", "Colin Powell visited no country more often than Egypt.", {"operator": ">=", "among": "host"}),
    ("en", "No Israeli prime minister has visited France as often as Ariel Sharon.",
     {"operator": ">", "among": "person", "office": "IL prime minister"}),
    ("en", "Kerry visited Jordan more often than any other country.", {"operator": ">", "among": "host"}),
    ("en", "Three of Lavrov's nine trips to Turkey were in 2022.", {"whole": 9, "start": "", "end": ""}),
    ("de", "Kissinger reiste 1974 öfter nach Syrien als nach Israel.", {"operator": ">", "host_country": "IL"}),
    ("de", "Obama besuchte Japan 2014 doppelt so oft wie im Vorjahr.", {"times": 2, "start": "2013-01-01", "end": "2013-12-31"}),
    ("de", "Dean Acheson war halb so oft in Frankreich wie in Deutschland.", {"times": 0.5, "host_country": "DE"}),
    ("de", "Macron reiste 2023 mehr als doppelt so oft nach Marokko wie 2022.", {"operator": ">", "times": 2, "start": "2022-01-01"}),
    ("de", "Kein deutscher Kanzler besuchte die USA häufiger als Helmut Kohl.",
     {"operator": ">=", "among": "person", "office": "DE Kanzler"}),
    ("de", "Keinen Staat besuchte Colin Powell so häufig wie Ägypten.", {"operator": ">", "among": "host"}),
    ("de", "Im Jahr 2022 besuchten so viele ausländische Staatschefs die USA wie nie zuvor.", {"operator": ">", "among": "earlier-year"}),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "want"), COMPARED, ids=[text for _, text, _ in COMPARED])
def test_what_a_number_is_compared_with(tag: str, text: str, want: dict[str, Any]) -> None:
    (claim,) = claims(tag, text, "2024-11-01")
    assert claim.comparison is not None
    assert {name: getattr(claim.comparison, name) for name in want} == want
    assert claim.scope.unread == ()


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "Ministers from Kenya and Ghana meet more often than not."),
        ("en", "Kerry visited Egypt three times more often than Qatar."),  # three times as often, or four?
        ("de", "Mehr als zehn Minister aus Kenia reisten nach Ghana."),
    ],
)
def test_what_compares_nothing(tag: str, text: str) -> None:
    assert [one for one in claims(tag, text) if one.comparison is not None] == []


def test_without_a_date_of_publication() -> None:
    (claim,) = claims("en", "Cambodia and China exchanged 18 delegations this year.", None)
    assert (claim.value, claim.scope.start, claim.scope.end) == (18, None, None)


def test_the_same_text_makes_the_same_claims() -> None:
    text = "Lawrow reiste zum ersten Mal seit 2019 nach Algier. Dort war er schon dreimal."
    assert claims("de", text) == claims("de", text)


def test_texts_with_nothing_in_them() -> None:
    for tag in CASES:
        assert claims(tag, "") == claims(tag, "1.\n\n2.\n") == claims(tag, "!") == ()


@pytest.mark.parametrize("tag", list(CASES))
def test_there_are_enough_sentences(tag: str) -> None:
    case = CASES[tag]
    assert len(case["claims"]) + len(case["none"]["texts"]) >= 60


@pytest.mark.parametrize("name", ["factbox-de"])
def test_the_claims_of_the_fact_box(name: str) -> None:
    if not (GOLD / f"{name}.gold.json").is_file():
        pytest.skip("the gold standard is not beside the repository")
    gold = json.loads((GOLD / f"{name}.gold.json").read_text("utf-8"))
    text = (GOLD / f"{name}.txt").read_text("utf-8")
    found = claims(gold["lang"], text, gold["published"])
    assert [(c.type, c.value, c.operator) for c in found] == [
        (one["type"], one["value"], one["operator"]) for one in gold["claims"]
    ]
    assert {c.scope.countries for c in found} == {("KP", "RU")}
    assert [c.scope.unit for c in found[1:4]] == ["delegation"] * 3
