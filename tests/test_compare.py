"""Names across scripts: the labelled pairs of names.tsv, and what the scores say."""

from pathlib import Path
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from summitry.resolve.compare import COMPATIBLE, SAME, compare_names, same_name


class Pair(NamedTuple):
    a: str
    b: str
    kind: str


def _pairs() -> list[Pair]:
    lines = (Path(__file__).parent / "names.tsv").read_text("utf-8").splitlines()
    return [Pair(*line.split("\t")[:3]) for line in lines if line and not line.startswith("#")]


def test_the_pairs_cover_the_six_languages() -> None:
    pairs = _pairs()
    assert len(pairs) >= 150
    assert sum(pair.kind == "0" for pair in pairs) >= 50


def test_names_of_different_people_are_never_the_same() -> None:
    wrong = [pair for pair in _pairs() if pair.kind == "0" and compare_names(pair.a, pair.b).value >= COMPATIBLE]
    assert wrong == []


def test_recall_of_spellings() -> None:
    positive = [pair for pair in _pairs() if pair.kind == "1"]
    missed = [pair for pair in positive if not same_name(pair.a, pair.b)]
    assert len(missed) <= 0.02 * len(positive), missed


def test_a_surname_is_compatible_but_not_the_same() -> None:
    weak = [pair for pair in _pairs() if pair.kind == "~"]
    wrong = [pair for pair in weak if not COMPATIBLE <= compare_names(pair.a, pair.b).value < SAME]
    assert weak and wrong == []


def test_three_kims_stay_three() -> None:
    kims = [
        "Kim Jong Un",
        "Kim Jong Il",
        "Kim Yo Jong",
        "김정은",
        "김정일",
        "김여정",
        "Ким Чен Ын",
        "Ким Чен Ир",
        "Ким Ё Чжон",
    ]
    groups = [frozenset(other for other in kims if same_name(name, other)) for name in kims]
    assert set(groups) == {frozenset(kims[at::3]) for at in range(3)}


def test_a_score_explains_itself() -> None:
    assert "syllable 3 differs" in compare_names("Kim Jong Un", "Kim Jong Il").detail
    assert "surname only" in compare_names("Lawrow", "Sergei Lavrov").detail
    assert "no part of" in compare_names("Joe Biden", "Jill Biden").detail


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_is_compared_either_way_alike(a: str, b: str) -> None:
    score = compare_names(a, b)
    assert 0.0 <= score.value <= 1.0
    assert compare_names(b, a).value == score.value
