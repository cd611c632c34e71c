"""Names: what is kept of a written name, and that spellings of one sound come to one fold."""

import pytest

from summitry.resolve import hangul
from summitry.resolve.names import block, parse, words


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lavrov, Sergei V.", ("sergei", "v", "lavrov")),
        ("С. В. Лавров", ("s", "v", "lavrov")),
        ("왕이(王毅)", ("왕이",)),
        ("Dr. Ebrahim Raisi", ("ebrahim", "raisi")),
        ("Kim Jong-un", ("kim", "jong", "un")),
        ("Recep Tayyip Erdoğan", ("recep", "tayyip", "erdogan")),
        ("习近平", ("xi jin ping",)),
        ("", ()),
        ("—", ()),
    ],
)
def test_words(name: str, expected: tuple[str, ...]) -> None:
    assert words(name) == expected


def test_titles_are_left_out_when_given() -> None:
    titles = frozenset({"präsident", "herr", "prasident"})
    assert words("Präsident Wladimir Putin", titles) == ("wladimir", "putin")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Lawrow", "Лавров"),
        ("Koschemjako", "Kozhemyako"),
        ("Schoigu", "Shoigu"),
        ("Chruschtschow", "Khrushchev"),
        ("Poutine", "Putin"),
        ("Selenskyj", "Zelensky"),
        ("Jelzin", "Yeltsin"),
    ],
)
def test_spellings_share_a_skeleton(a: str, b: str) -> None:
    first, second = parse(a).tokens[0], parse(b).tokens[0]
    assert set(first.skeletons) & set(second.skeletons)


def test_particles_count_only_where_they_are_names() -> None:
    assert [token.text for token in parse("Ursula von der Leyen").tokens] == ["ursula", "leyen"]
    assert [token.text for token in parse("An Tong Chun").tokens] == ["an", "tong", "chun"]
    assert [token.text for token in parse("Ben Wallace").tokens] == ["ben", "wallace"]


@pytest.mark.parametrize(
    ("spelled", "korean"),
    [
        ("jeong", "정"),
        ("jung", "정"),
        ("chung", "정"),
        ("chzhon", "정"),
        ("un", "은"),
        ("yn", "은"),
        ("il", "일"),
        ("ir", "일"),
    ]
    + [
        ("choe", "최"),
        ("tsoi", "최"),
        ("choi", "최"),
        ("park", "박"),
        ("pak", "박"),
        ("tae", "태"),
        ("yul", "율"),
        ("yol", "열"),
    ],
)
def test_a_spelled_syllable_means_the_korean_one(spelled: str, korean: str) -> None:
    (syllable,) = hangul.syllables(spelled)
    assert hangul.agree(syllable, hangul.syllables(korean)[0]) == 1.0


def test_syllables_of_different_sound_disagree() -> None:
    assert hangul.agree(hangul.syllables("un")[0], hangul.syllables("일")[0]) < 1.0
    assert hangul.syllables("lavrov") == ()


def test_hangul_is_taken_apart_by_arithmetic() -> None:
    assert hangul.jamo("한") == ("h", "a", "n")
    assert hangul.romanise("부산") == "busan"
    assert hangul.latin_name("최선희") == "Choi Seon-hui"


def test_a_name_is_found_by_first_and_last_word() -> None:
    assert block("Sergei Lavrov") & block("Лавров")
    assert block("Kishida Fumio") & block("Fumio Kishida")
    assert not block("Sergei Lavrov") & block("Oleg Kozhemyako")
