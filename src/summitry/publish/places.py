"""Countries and places as noun phrases: "in die USA", "nach Perm in Russland", "Pyongyang"."""

import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from summitry import cities, territories
from summitry.model import Place
from summitry.publish import tables
from summitry.publish.grammar import Phrase, Slots, adjective, article, decline, fill
from summitry.publish.tables import Language

FORMS = ("acc", "to", "in", "dat", "gen")  # what a goal may be asked for


@functools.cache
def country(language: Language, code: str) -> Phrase:
    """The country in all cases, with `to`, `in`, `owner` and `bare` (without article); unknown codes stay codes."""
    entry = language.countries.get(code, {})
    name = country_name(language, code)
    forms = {case: _case(language, entry, name, case) for case in language.cases}
    bare = Phrase(forms)
    rules = language["country"]
    slots: Slots = {**bare.forms, "bare": name}
    forms |= {key: fill(_direction(rules, entry, code, key), slots) for key in ("to", "in")}
    forms["owner"] = fill(rules["owner"], forms)
    forms["bare"] = name
    return Phrase(forms, entry.get("number") == "plural")


def _direction(rules: dict[str, Any], entry: dict[str, Any], code: str, key: str) -> str:
    """The template for "to" or "in": of the group of countries it belongs to, of its article, or the usual one."""
    if code in rules.get("islands", ()):
        return str(rules[f"{key}_island"])
    article = entry.get("article", "")
    return str(rules.get(f"{key}_{article}") or rules.get(f"{key}_article" if article else key) or rules[key])


def country_name(language: Language, code: str) -> str:
    """The usual name without article, from the countries file, else from CLDR, else the code."""
    entry = language.countries.get(code, {})
    return str(entry.get("name") or language.locale.territories.get(code) or code)


def country_adjective(language: Language, code: str | None) -> str:
    """The adjective (its stem, where it takes endings), "" for an organisation or where none is known."""
    value = language["country"].get("adjectives", {}).get(code) or language.countries.get(code or "", {}).get(
        "adjective", ""
    )
    return _first(value) if code and not territories.is_organization(code) else ""


def attribute(language: Language, code: str | None) -> str | None:
    """The short form of an organisation's name that stands before an office ("UN"), None if it has none."""
    found = language.countries.get(code or "", {}).get("attribute")
    return str(found) if found else None


def country_takes_article(language: Language, code: str | None) -> bool:
    """Whether the language puts an article before the name of the country."""
    return bool(language.countries.get(code or "", {}).get("article"))


def country_word(language: Language, code: str | None, kind: str, case: str, gender: str) -> str:
    """The adjective of a country as it agrees with a noun; the file's own feminine where it has one."""
    word = country_adjective(language, code)
    if word and gender in ("f", "p"):
        for own in _list(language.countries.get(code or "", {}).get("feminine")):
            if _bare_letters(own).startswith(_bare_letters(word)):  # the file lists those that are not regular
                return own + (str(language["adjectives"].get("plural", "")) if gender == "p" else "")
    return adjective(language, word, kind, case, gender)


def _bare_letters(word: str) -> str:
    """Letters without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)


def _case(language: Language, entry: dict[str, Any], name: str, case: str) -> str:
    rules = language["country"]
    if not entry.get("article") or not language["articles"]:
        return _bare_case(rules, entry, name, case)
    gender = _gender(language, entry)
    stem = str(entry.get("genitive", rules["genitive"].replace("{}", name))) if case == "gen" else name
    if re.search(rules.get("inflected", "^$"), name):
        stem = re.sub(rules["inflected"], lambda m: adjective(language, m[0][:-1], "definite", case, gender), name)
    pattern, ending = rules.get("plural_dative", ("^$", ""))
    if gender == "p" and case == "dat" and re.search(pattern, stem):
        stem += ending
    return f"{article(language, 'definite', case, gender)} {stem}"


def _bare_case(rules: dict[str, Any], entry: dict[str, Any], name: str, case: str) -> str:
    if case in entry.get("cases", ()):
        return str(entry["cases"][case])
    if case != "gen" or "genitive" not in rules:
        return name
    if "genitive" in entry:
        return str(entry["genitive"])
    return str(rules["genitive_other" if re.search(rules["no_genitive"], name) else "genitive"]).replace("{}", name)


def _gender(language: Language, entry: dict[str, Any]) -> str:
    """The gender that the printed article shows (nominative forms of the language's own table)."""
    forms = language["articles"]["definite"][language.cases[0]]
    if entry.get("number") == "plural" and entry["article"] == forms[-1]:
        return "p"
    return tables.GENDERS[forms.index(entry["article"])] if entry["article"] in forms else "m"


def capital_of(language: Language, code: str) -> str | None:
    """The capital under its usual name in this language."""
    capital = language.countries.get(code, {}).get("capital")
    return str(capital[0] if isinstance(capital, list) else capital) if capital else None


@functools.cache
def is_capital(code: str, name: str) -> bool:
    """Whether `name` is a spelling of the capital of `code` in any language we know."""
    return any(name in _list(tables.load(tag).countries.get(code, {}).get("capital")) for tag in tables.languages())


def _list(value: Any) -> list[str]:
    return list(value) if isinstance(value, list) else [value] if value else []


def place_phrase(language: Language, place: Place, host: str | None, names: Mapping[str, str]) -> Phrase | None:
    """The place in the forms `acc`, `to`, `in` and `dat`, followed by its country unless it is the capital.

    `names` gives the usual name in this language for a place as the record has it, else the gazetteer does; None for a
    name in letters that this language is not written in.
    """
    code = place.country or host
    city = cities.find(place.name, code)
    name = names.get(place.name) or (city.name(language.tag) if city else place.name)
    capital = code is not None and (is_capital(code, place.name) or is_capital(code, name))
    if capital and code is not None and (usual := capital_of(language, code)):
        same = cities.find(usual, code)
        if city is None or same is None or same.key == city.key:  # a country may have several capitals
            name = usual
    if code is not None and name in (country_name(language, code), place.country):
        return goal_country(language, code)
    return _place_forms(language, name, place.name, place.text, None if capital else code)


@functools.lru_cache(tables.MEMORY)
def _place_forms(language: Language, name: str, recorded: str, text: str, owner_code: str | None) -> Phrase | None:
    named = _named_places(language)
    if not sayable(language, name) and text not in named and recorded not in named:
        return None
    templates = named.get(name) or named.get(recorded) or named.get(text) or language["place"]
    owner = country(language, owner_code) if owner_code else None
    declined = {case: decline(language["place"].get("rules", ()), name, case) for case in language.cases}
    slots: Slots = {"place": Phrase(declined), "country": owner}
    forms = {key: fill(templates[key], slots) for key in FORMS if key in templates}
    for pattern, melted in language["place"].get("contractions", ()):  # "à Le Caire": of places alone, not of names
        forms = {key: re.sub(pattern, melted, form) for key, form in forms.items()}
    return Phrase(forms)


def sayable(language: Language, name: str) -> bool:
    """Whether a name is in letters that this language is written in."""
    return re.search(language["language"]["letters"], name) is not None


@functools.cache
def _named_places(language: Language) -> dict[str, dict[str, str]]:
    """This language's places with forms of their own, by every name that any language has for them."""
    own = {entry["key"]: entry for entry in language["places"].values()}
    named: dict[str, dict[str, str]] = {}
    for tag in tables.languages():
        for name, entry in tables.load(tag)["places"].items():
            if entry["key"] in own:
                named |= dict.fromkeys((name, *entry.get("other", ())), own[entry["key"]])
    return named


def goal_country(language: Language, code: str) -> Phrase:
    """A country as the goal of a journey: the object of "visit", "to …", "in …"."""
    phrase = country(language, code)
    return Phrase({key: phrase.form(key) for key in ("acc", "to", "in", "gen")})
