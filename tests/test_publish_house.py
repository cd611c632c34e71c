"""House spellings: the same person as each language's press spells them."""

import pytest

from summitry.authority import load as authority
from summitry.model import Encounter, Participation
from summitry.publish import Options, chronicle, languages
from summitry.publish.house import house_names, spelled
from summitry.publish.tables import load


def visit(name: str, country: str = "RU", person: str | None = None) -> Encounter:
    guest = Participation(country, name, "president", "leader", person)
    return Encounter("a", "visit", "held", (guest,), (), "2024-06", "KP")


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("ru-vladimir-putin", {"de": "Wladimir Putin", "en": "Vladimir Putin", "es": "Vladimir Putin",
                               "fr": "Vladimir Poutine", "ko": "블라디미르 푸틴", "ru": "Владимир Путин"}),
        ("ua-volodymyr-zelensky", {"de": "Wolodymyr Selenskyj", "en": "Volodymyr Zelensky", "fr": "Volodymyr Zelensky",
                                   "ru": "Владимир Зеленский"}),
        ("fr-emmanuel-macron", {"de": "Emmanuel Macron", "es": "Emmanuel Macron", "ko": "에마뉘엘 마크롱"}),
        ("kp-kim-jong-un", {"de": "Kim Jong Un", "fr": "Kim Jong Un", "ko": "김정은", "ru": "Ким Чен Ын"}),
    ],
)  # fmt: skip
def test_each_language_has_its_spelling(person: str, expected: dict[str, str]) -> None:
    holder = authority().by_id[person]
    assert {tag: spelled(load(tag), holder) for tag in expected} == expected


@pytest.mark.parametrize("printed", ["Wladimir Putin", "Владимир Путин", "Vladimir Poutine", "블라디미르 푸틴"])
def test_whatever_was_printed_becomes_the_house_spelling(printed: str) -> None:
    record = [visit(printed)]
    lines = {
        tag: chronicle(record, Options(lang=tag, names=house_names(record, tag, authority()))) for tag in languages()
    }
    said = {tag: result.sections[0].entries[0].text for tag, result in lines.items()}
    for tag, name in (
        ("de", "Wladimir Putin"),
        ("en", "Vladimir Putin"),
        ("fr", "Vladimir Poutine"),
        ("ko", "푸틴"),
        ("ru", "Владимир Путин"),
    ):
        assert name in said[tag]
    assert not any(result.lost for result in lines.values())


def test_who_is_not_in_the_authority_is_romanised_where_letters_can_be() -> None:
    record = [visit("Зиновий Квасов")]
    (spelling,) = house_names(record, "de", authority()).values()
    assert spelling.isascii() and spelling.endswith(" Kvasov")
    assert house_names([visit("Zinovy Kvasov")], "de", authority()) == {}
    assert house_names([visit("곽민준", "KR")], "de", authority()) == {}


def test_a_surname_alone_names_nobody() -> None:
    assert house_names([visit("Kim", "KP")], "de", authority()) == {}


def test_an_identity_decides_over_the_printed_name() -> None:
    record = [visit("Der Präsident", person="ru-vladimir-putin")]
    assert house_names(record, "fr", authority()) == {"ru-vladimir-putin": "Vladimir Poutine"}
