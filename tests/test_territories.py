"""Codes and their facts, and that every language file names every state."""

import csv
import re
import tomllib
from collections import defaultdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summitry import territories
from summitry.errors import UsageError

PACKAGE = Path(territories.__file__).parent
TAGS = ("de", "en", "es", "fr", "ko", "ru")
WITH_ADJECTIVES = ("de", "en", "es", "fr", "ru")
NAMING = ("name", "other", "genitive", "adjective", "feminine", "demonym", "capital", "seats", "cities", "regions")
# One written form, several states: what a reader must decide from what stands beside it.
AMBIGUOUS = {
    "de": {
        *("kongolesisch", "Kongolese", "Kongolesen", "Kongolesin", "Kongolesinnen"),
        *("Kanzleramt", "Kanzleramts", "Bundeskanzleramt"),  # Berlin and Vienna: the country the text speaks of decides
    },
    "en": {
        "Congolese",
        "Dominican",
        "Foreign Office",
        "State House",
    },  # of many capitals: the country the text speaks of decides
    "es": {"congoleño"},
    "fr": {"congolais", "Congolais", "Congolaise", "Congolaises"},
    "ko": set(),
    "ru": {"конголезский", "конголезец"},
}
# The capital is the name of a person first and must not match.
NO_CAPITAL = {"SC"}


@cache
def countries(tag: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((PACKAGE / "languages" / tag / "countries.toml").read_text(encoding="utf-8"))


@cache
def organizations(tag: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads((PACKAGE / "languages" / tag / "organizations.toml").read_text(encoding="utf-8"))


@cache
def cities() -> list[dict[str, str]]:
    lines = (PACKAGE / "data" / "cities.tsv").read_text(encoding="utf-8").splitlines()
    return list(
        csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
    )


def listed(value: str | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def city(ident: str) -> dict[str, str]:
    return next(row for row in cities() if row["geonameid"] == ident)


# --- codes


def test_every_member_of_the_un_is_known_with_all_its_facts() -> None:
    members = territories.members("UN")
    assert len(members) == 193
    for code in members:
        place = territories.territory(code)
        assert re.fullmatch(r"[A-Z]{3}", place.alpha3)
        assert place.region in ("Africa", "Americas", "Asia", "Europe", "Oceania")
        assert place.capital
        lat, lon = place.point
        assert -90 <= lat <= 90 and -180 <= lon <= 180


@pytest.mark.parametrize(
    "code", ["TW", "HK", "MO", "PS", "VA", "XK", "EH", "GL", "SU", "DD", "YU", "CS", "VD", "ZR", "EU"]
)
def test_other_sides_of_encounters_are_known(code: str) -> None:
    assert territories.known(code)


def test_no_code_is_both_a_country_and_an_organisation() -> None:
    assert not set(territories.territories()) & set(territories.organizations())


def test_alpha3_codes_are_unique_and_lead_back() -> None:
    for code in territories.territories():
        assert territories.from_alpha3(territories.alpha3(code)) == code


def test_facts_of_a_code() -> None:
    assert territories.alpha3("XK") == "XKX"
    assert (territories.region("KP"), territories.subregion("KP")) == ("Asia", "Eastern Asia")
    assert territories.point("NZ") == pytest.approx((-41.29, 174.78), abs=0.1)
    assert territories.capital("KZ") == "Astana"
    assert territories.state_of("GL") == "DK"
    assert territories.state_of("DK") == "DK"


def test_unknown_codes_are_named_in_the_error() -> None:
    for ask in (
        territories.alpha3,
        territories.region,
        territories.point,
        territories.members,
        territories.from_alpha3,
    ):
        with pytest.raises(UsageError, match="'QQ'"):
            ask("QQ")
    assert not territories.known("QQ")


def test_former_states_know_their_heirs() -> None:
    assert "UA" in territories.successors("SU") and territories.successors("UA") == ()
    assert territories.predecessors("UA") == ("SU",)
    assert territories.predecessors("CZ") == ("CS",)
    assert territories.same_state("SU", "RU") and territories.same_state("ZR", "CD")
    assert not territories.same_state("SU", "UA") and not territories.same_state("CZ", "SK")
    assert not territories.same_state("DD", "DE")  # acceded, was not continued
    for place in territories.territories().values():
        assert all(territories.known(code) for code in place.successors)
        assert place.end is None or (place.start is not None and place.start < place.end)


def test_dependent_territories_and_their_states_are_known() -> None:
    for code in territories.territories():
        assert territories.known(territories.state_of(code))
    assert "GL" not in territories.members("UN")


# --- organisations


def test_members_are_known_countries_or_organisations() -> None:
    for code, found in territories.organizations().items():
        names = [member for member, _, _ in found.members]
        assert len(names) == len(set(names)), code
        for member, first, last in found.members:
            assert territories.known(member), (code, member)
            assert first is None or last is None or first < last, (code, member)


@pytest.mark.parametrize(
    ("organization", "day", "inside", "outside", "size"),
    [
        ("EU", date(2020, 1, 31), "GB", "US", 28),
        ("EU", date(2020, 2, 1), "HR", "GB", 27),
        ("EU", date(1980, 1, 1), "IE", "GR", 9),
        ("NATO", date(2024, 3, 7), "SE", "AT", 32),
        ("NATO", date(1990, 1, 1), "ES", "PL", 16),
        ("ASEAN", date(1996, 1, 1), "VN", "MM", 7),
        ("SCO", date(2016, 1, 1), "UZ", "IN", 6),
        ("BRICS", date(2010, 1, 1), "BR", "ZA", 4),
        ("G8", date(2010, 1, 1), "RU", "CN", 8),
        ("ECOWAS", date(2025, 1, 29), "NG", "ML", 12),
        ("V4", date(1992, 1, 1), "CS", "CZ", 3),
    ],
)
def test_members_on_a_day(organization: str, day: date, inside: str, outside: str, size: int) -> None:
    found = territories.members(organization, day)
    assert inside in found
    assert outside not in found
    assert len(found) == size
    assert list(found) == sorted(found)


def test_members_without_a_day_are_those_who_never_left() -> None:
    assert len(territories.members("EU")) == 27
    assert territories.members("G8") == ()
    assert territories.members("IAEA") == ()
    assert "AFU" in territories.members("G20")
    assert territories.memberships("KP") == ("UN",)
    assert territories.memberships("GB", date(2000, 1, 1), ("EU", "NATO", "SCO")) == ("EU", "NATO")


# --- words


@pytest.mark.parametrize("tag", TAGS)
def test_all_codes_of_a_language_file_are_known(tag: str) -> None:
    assert set(countries(tag)) <= set(territories.territories())
    assert set(organizations(tag)) - {"groups"} == set(territories.organizations())
    assert all(territories.is_organization(code) for code in organizations(tag)["groups"].values())


@pytest.mark.parametrize("tag", TAGS)
def test_every_territory_of_the_news_has_a_name_and_every_member_of_the_un_its_words(tag: str) -> None:
    for code in (*territories.members("UN"), "TW", "PS", "VA", "XK", "EH", "HK", "GL", "SU", "DD", "YU"):
        assert countries(tag)[code]["name"], code
    for code in territories.members("UN"):
        words = countries(tag)[code]
        assert code in NO_CAPITAL or listed(words.get("capital")), code
        if tag in WITH_ADJECTIVES:
            assert listed(words.get("adjective")), code
        if tag in ("de", "en"):
            assert listed(words.get("demonym")), code


@pytest.mark.parametrize("tag", TAGS)
def test_no_word_belongs_to_two_countries_unless_listed(tag: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for code, words in countries(tag).items():
        for key in NAMING:
            for word in listed(words.get(key)):
                owners[word].add(code)
    assert {word for word, codes in owners.items() if len(codes) > 1} == AMBIGUOUS[tag]


@pytest.mark.parametrize("tag", TAGS)
def test_no_word_belongs_to_a_country_and_an_organisation(tag: str) -> None:
    keys = ("name", "other", "adjective", "demonym")
    states = {word for words in countries(tag).values() for key in keys for word in listed(words.get(key))}
    unions = {word for words in organizations(tag).values() for key in keys for word in listed(words.get(key))}
    assert not states & (unions | set(organizations(tag)["groups"]))


@pytest.mark.parametrize("tag", TAGS)
def test_words_are_clean_and_keys_are_those_documented(tag: str) -> None:
    known = {*NAMING, "short", "both", "article", "number", "cases"}
    for table in (countries(tag), organizations(tag)):
        for code, words in table.items():
            if code == "groups":
                continue
            assert set(words) <= known, code
            for key in (*NAMING, "short", "both"):
                forms = listed(words.get(key))
                assert len(forms) == len(set(forms)), (code, key)
                assert all(form == form.strip() and form and "  " not in form for form in forms), (code, key)


@pytest.mark.parametrize(
    ("tag", "code", "key", "word"),
    [
        ("de", "KP", "adjective", "nordkoreanisch"),
        ("de", "KG", "adjective", "kirgisisch"),
        ("de", "TZ", "adjective", "tansanisch"),
        ("de", "XK", "adjective", "kosovarisch"),
        ("de", "CI", "adjective", "ivorisch"),
        ("de", "US", "adjective", "US-amerikanisch"),
        ("de", "BY", "other", "Weißrussland"),
        ("de", "CH", "article", "die"),
        ("de", "IR", "genitive", "Iran"),
        ("de", "UA", "capital", "Kyjiw"),
        ("en", "GB", "other", "UK"),
        ("en", "CZ", "other", "Czechia"),
        ("en", "NE", "adjective", "Nigerien"),
        ("en", "RU", "seats", "Kremlin"),
        ("en", "UA", "regions", "Crimea"),
        ("fr", "GR", "feminine", "grecque"),
        ("fr", "US", "article", "les"),
        ("es", "DE", "feminine", "alemana"),
        ("ru", "KP", "adjective", "северокорейский"),
        ("ru", "RU", "capital", "Москве"),
        ("ko", "KR", "other", "대한민국"),
        ("ko", "US", "seats", "백악관"),
    ],
)
def test_spot_words(tag: str, code: str, key: str, word: str) -> None:
    assert word in listed(countries(tag)[code].get(key))


def test_russian_cases() -> None:
    assert countries("ru")["KR"]["cases"]["ins"] == "Южной Кореей"
    assert countries("ru")["AE"]["cases"]["loc"] == "Объединённых Арабских Эмиратах"
    assert "cases" not in countries("ru")["US"]
    for code, words in countries("ru").items():
        assert set(words.get("cases", {})) in (set(), {"gen", "dat", "acc", "ins", "loc"}), code


# --- cities


def test_cities_are_credited_counted_and_well_formed() -> None:
    path = PACKAGE / "data" / "cities.tsv"
    text = path.read_text(encoding="utf-8")
    assert path.stat().st_size < 700_000
    assert "GeoNames" in text[:600] and "CC BY 4.0" in text[:600]
    assert len(cities()) > 5_500
    assert len({row["geonameid"] for row in cities()}) == len(cities())
    for row in cities():
        assert row["country"] in territories.territories(), row
        assert int(row["population"]) >= 0 and row["capital"] in ("0", "1")
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180
        assert any(row[tag] for tag in TAGS), row


@pytest.mark.parametrize("tag", TAGS)
def test_a_city_name_means_one_city_and_is_no_short_scrap(tag: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in cities():
        for form in filter(None, row[tag].split("|")):
            owners[form].add(row["geonameid"])
            assert form == form.strip() and len(form) >= (2 if tag in ("ru", "ko") else 3), form
    assert {form for form, ids in owners.items() if len(ids) > 1} == set()


def test_every_capital_of_a_un_member_is_a_capital_in_the_table() -> None:
    found = {row["country"] for row in cities() if row["capital"] == "1"}
    missing = set(territories.members("UN")) - found
    assert missing <= NO_CAPITAL


@pytest.mark.parametrize(
    ("ident", "country", "tag", "name"),
    [
        ("1871859", "KP", "de", "Pjöngjang"),
        ("1871859", "KP", "ru", "Пхеньян"),
        ("1871859", "KP", "ko", "평양"),
        ("1871859", "KP", "es", "Pionyang"),
        ("344979", "ET", "de", "Addis Abeba"),
        ("2013348", "RU", "de", "Wladiwostok"),
        ("2022890", "RU", "de", "Chabarowsk"),
        ("160263", "TZ", "de", "Daressalam"),
        ("1816670", "CN", "de", "Peking"),
        ("2660646", "CH", "de", "Genf"),
        ("2660646", "CH", "fr", "Genève"),
        ("1853909", "JP", "en", "Osaka"),
        ("5128581", "US", "es", "Nueva York"),
        ("498817", "RU", "ru", "Санкт-Петербург"),
        ("511196", "RU", "ru", "Пермь"),
    ],
)
def test_spot_cities(ident: str, country: str, tag: str, name: str) -> None:
    row = city(ident)
    assert row["country"] == country
    assert name in (row[tag] or row["en"]).split("|")


@pytest.mark.parametrize(
    "word", ["Essen", "Reading", "Mobile", "Split", "Bergen", "Austin", "Victoria", "Kim", "Lee", "Armenia", "Of"]
)
def test_words_and_names_of_people_are_no_cities(word: str) -> None:
    for row in cities():
        for tag in TAGS:
            assert word not in row[tag].split("|")


def test_a_shared_name_means_the_city_of_the_news() -> None:
    countries_of = {form: row["country"] for row in cities() for form in row["en"].split("|")}
    assert countries_of["Barcelona"] == "ES"
    assert countries_of["Cambridge"] == "GB"
    assert countries_of["Kingston"] == "JM"
    assert countries_of["Yangon"] == "MM"


@pytest.mark.parametrize("tag", TAGS)
def test_a_word_for_two_countries_stands_with_both(tag: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for code, words in countries(tag).items():
        for word in listed(words.get("both")):
            owners[word].add(code)
    assert all(len(codes) == 2 for codes in owners.values())
