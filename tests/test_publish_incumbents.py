"""People known by name alone are introduced by the office that they held at the time, never by one they may not have held."""

import pytest

from summitry.authority import load as authority
from summitry.model import Encounter, Participation
from summitry.publish import Options, held_offices, languages
from summitry.publish.formats.common import titles

MACRON = Participation("FR", "Emmanuel Macron", None, "leader", "fr-emmanuel-macron")
SCHOLZ = Participation("DE", "Olaf Scholz", None, "leader", "de-olaf-scholz")
KIM = Participation("KP", "Kim Jong Un", None, "leader", "kp-kim-jong-un")


def visit(guest: Participation, host: Participation, date: str | None) -> Encounter:
    return Encounter("a", "visit", "held", (guest,), (host,), date, host.country)


def said(lang: str, *encounters: Encounter) -> str:
    offices = held_offices(encounters, authority())
    return titles(encounters, Options(lang=lang, offices=offices))["a"]


@pytest.mark.parametrize("lang", languages())
def test_the_office_of_the_day_is_told_in_every_language(lang: str) -> None:
    office = {"de": "Bundeskanzler Olaf", "en": "Chancellor Olaf", "fr": "chancelier allemand", "es": "canciller alemán",
              "ru": "канцлером Германии", "ko": "독일 총리"}[lang]  # fmt: skip
    assert office in said(lang, visit(MACRON, SCHOLZ, "2023-03-03"))


@pytest.mark.parametrize(
    ("who", "date", "offices"),
    [
        ("fr-emmanuel-macron", "2018", ["President"]),  # never as co-prince of Andorra
        ("fr-emmanuel-macron", "2017-05", []),  # he became president in the middle of that month
        ("fr-emmanuel-macron", "2015-02-03", []),
        ("fr-emmanuel-macron", None, []),
        ("de-olaf-scholz", "2020-06", ["Vice-Chancellor", "Finance Minister"]),
        ("de-olaf-scholz", "2021", []),
        ("de-olaf-scholz", "2021-12-08", ["Chancellor"]),  # the day on which he took office
        ("nobody", "2020", []),
    ],
)
def test_an_office_counts_where_it_was_surely_held(who: str, date: str | None, offices: list[str]) -> None:
    guest = Participation(who[:2].upper(), "Somebody", None, "leader", who)
    found = held_offices([visit(guest, KIM, date)], authority()).get("a", {}).get(who)
    assert found in offices if offices else found is None


def test_what_a_report_prints_comes_first_and_those_who_speak_for_another_have_none() -> None:
    printed = Participation("FR", "Emmanuel Macron", "Staatschef", "leader", "fr-emmanuel-macron")
    both = [visit(MACRON, SCHOLZ, "2023-03-03"), visit(printed, KIM, "2023-04-03")]
    assert "fr-emmanuel-macron" not in held_offices(both, authority()).get("a", {})
    elect = Participation("FR", "Emmanuel Macron", None, "leader", "fr-emmanuel-macron", "candidate")
    envoy = Participation("EU", "Emmanuel Macron", None, "leader", "fr-emmanuel-macron")
    for who in (elect, envoy):
        assert held_offices([visit(who, KIM, "2023-03-03")], authority()) == {}


def test_a_leader_whose_office_no_language_has_a_word_for_goes_by_name_in_german() -> None:
    text = said("de", visit(MACRON, KIM, "2024-06-18"))
    assert text.endswith("trifft Kim Jong Un.")
    assert "North Korean leader Kim Jong Un" in said("en", visit(MACRON, KIM, "2024-06-18"))
    unknown = Participation("KP", "Kim Sol Nal", None, "leader")
    assert "nordkoreanischen Spitzenvertreter Kim Sol Nal" in said("de", visit(MACRON, unknown, "2024-06-18"))
