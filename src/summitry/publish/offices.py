"""Offices across languages: a printed office is identified by a language-neutral key and written in another language.

A key is `office`, `office/portfolio` or `office/body` ("vice-minister/foreign", "head/central-bank"). All forms that
a language's tables can make are listed once and looked up; what is in no list is kept as printed where the language
of the output would print it so, and otherwise replaced by the neutral word for its level (never left untranslated).
"""

import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from summitry.model import Participation
from summitry.publish import tables
from summitry.publish.grammar import fill
from summitry.publish.tables import Language


class Office(NamedTuple):
    """An office ready for inflection: adjectives (stems), head noun, what follows it, gender, and its key if known (`level/…` where only the level is)."""

    noun: str
    rest: str = ""
    adjectives: tuple[str, ...] = ()
    gender: str = "m"
    key: str | None = None
    complete: bool = False  # it names its body, and needs no country or organisation


def office_of(language: Language, who: Participation, gender: str | None) -> Office | None:
    """The office of `who` in `language`, None where nothing is known; `gender` ("m", "f") overrides the printed one."""
    return _office_of(language, who.role, who.level, who.country, gender)


@functools.lru_cache(tables.MEMORY)
def _office_of(
    language: Language, role: str | None, level: str | None, country: str | None, gender: str | None
) -> Office | None:
    found = identify(role, country) if role else None
    if found is not None:
        key, printed = found
        text, real = _own_title(language, key, country, gender or printed) or render(language, key, gender or printed)
        office = parse(language, text, real) if text else None
        if office is not None:
            return office._replace(key=key, complete=_complete(language, key, country))
    if role:
        office = parse(language, role, gender or "m")
        if office is not None and _plausible(language, office):
            return office
    word = language["levels"].get(level or "", "")
    if not word:
        return None
    office = parse(language, str(word), gender or "m") if "rules" in language["adjectives"] else None
    return (office or Office(str(word)))._replace(key=f"level/{level}")


def office_words(language: Language, who: Participation, gender: str | None = None) -> str | None:
    """The office of `who` as this language names it, without inflection; the word for its level where only that is known.

    An office in no table stays as printed where this language would print it so.
    """
    found = identify(who.role, who.country) if who.role else None
    if found is not None:
        text, _ = _own_title(language, found[0], who.country, gender or found[1]) or render(
            language, found[0], gender or found[1]
        )
        if text:
            return text
    if who.role:
        office = parse(language, who.role, gender or "m")
        if office is not None and _plausible(language, office):
            return who.role
    return str(language["levels"].get(who.level or "", "")) or None


def known_here(language: Language, role: str) -> bool:
    """Whether a printed office is one of the forms of this language."""
    return " ".join(role.split()).casefold() in _of_language(language)


@functools.lru_cache(tables.MEMORY)
def _of_language(language: Language) -> frozenset[str]:
    titles = (form for key, forms in language["titles"].items() if key != "complete" for form in forms)
    return frozenset(text.casefold() for text in (*(text for text, _, _ in _forms(language)), *titles))


def _own_title(language: Language, key: str, code: str | None, gender: str) -> tuple[str, str] | None:
    """What this language calls that office in one country ("председатель КНР"), None where nothing else than usual."""
    forms = language["titles"].get(f"{code} {key}")
    return (str(forms[gender == "f" and len(forms) > 1]), gender) if forms else None


def _complete(language: Language, key: str, code: str | None) -> bool:
    return f"{code} {key}" in language["titles"].get("complete", {}).get("keys", ())


def identify(role: str, country: str | None = None) -> tuple[str, str] | None:
    """The key of a printed office and the gender its form shows, whatever the language; None if it is in no table.

    What an office is called in `country` alone comes first: the secretary of state of the US is a foreign minister.

    >>> identify("stellvertretender Außenminister"), identify("deputy foreign minister")
    (('vice-minister/foreign', 'm'), ('vice-minister/foreign', 'm'))
    """
    printed = " ".join(role.split()).casefold()
    return _titles().get((country, printed)) or _known().get(printed)


def render(language: Language, key: str, gender: str) -> tuple[str | None, str]:
    """The office of `key` as this language prints it, and the gender of that form; None if it has no word for it."""
    head, _, what = key.partition("/")
    for template, slots in _templates(language, head, what):
        at = 1 if gender == "f" and len(template) > 1 else 0
        return fill(template[at], slots), "f" if at else gender if len(template) == 1 else "m"
    return None, gender


def parse(language: Language, text: str, gender: str = "m") -> Office | None:
    """The parts of an office in dictionary form, None if it is not shaped as this language shapes offices.

    `gender` holds in languages whose offices do not show it; elsewhere the form itself tells.
    """
    rules = language["person"]
    whole = "rules" in language["adjectives"]  # such a language inflects whole words, others stems
    if rules["feminine"] and (match := re.match(rules["feminine"], text)):
        return _office(match, 0 if whole else 1, "f")
    match = re.match(rules["pattern"], text)
    if match is None:
        return None
    if rules["feminine"]:
        gender = "n" if re.search(rules.get("neuter", "^$"), match["noun"].casefold()) else "m"
    return _office(match, 0 if whole else 2, gender)


def _office(match: re.Match[str], ending: int, gender: str) -> Office:
    stems = tuple(word[: len(word) - ending] for word in match["adjectives"].split())
    return Office(match["noun"], match["rest"] or "", stems, gender)


def _plausible(language: Language, office: Office) -> bool:
    """Whether a head word of this language ends the noun: else the office may be printed in another language."""
    return office.noun.casefold().endswith(tuple(language["person"]["heads"]))


@functools.cache
def _known() -> dict[str, tuple[str, str]]:
    """Every form that the tables of all languages make, in lower case -> (key, gender)."""
    known: dict[str, tuple[str, str]] = {}
    for tag in tables.languages():
        for text, key, gender in _forms(tables.load(tag)):
            known.setdefault(text.casefold(), (key, gender))
    return known


@functools.cache
def _titles() -> dict[tuple[str | None, str], tuple[str, str]]:
    """What an office is called in one country in any language: (country, printed in lower case) -> (key, gender)."""
    known: dict[tuple[str | None, str], tuple[str, str]] = {}
    for tag in tables.languages():
        for owned, forms in tables.load(tag)["titles"].items():
            code, _, key = owned.partition(" ")
            for form, gender in zip(forms if key else (), "mf", strict=False):
                known.setdefault((code, form.casefold()), (key, gender))
    return known


def _forms(language: Language) -> Iterator[tuple[str, str, str]]:
    """All (form, key, gender) of one language, the forms that we write ourselves before the aliases."""
    keys = [(head, what) for head in language["offices"] for what in _complements(language, language["offices"][head])]
    for head, what in keys:
        for template, slots in _templates(language, head, what):
            for text, gender in zip(template, "mf", strict=False):
                yield fill(text, slots), f"{head}/{what}".rstrip("/"), gender
    for head, what in keys:
        slots = _slots(language, what)
        for alias in language["offices"][head].get("aliases", ()):
            if all(slots.get(name) for name in re.findall(r"\{(\w)\}", alias)) and bool(what) == ("{" in alias):
                text = fill(alias, slots)
                office = parse(language, text)
                yield text, f"{head}/{what}".rstrip("/"), office.gender if office else "m"


def _complements(language: Language, office: dict[str, Any]) -> list[str]:
    plain = [""] if "alone" in office else []
    portfolios = list(language["portfolios"]) if "compound" in office or "phrase" in office else []
    return plain + portfolios + (list(language["bodies"]) if "body" in office else [])


def _templates(language: Language, head: str, what: str) -> Iterator[tuple[list[str], dict[str, str]]]:
    """The rows of forms that print this office, the preferred one first, with what fills them."""
    office = language["offices"].get(head, {})
    slots = _slots(language, what)
    for name, slot in (("compound", "c"), ("phrase", "p"), ("attributive", "d"), ("body", "b")):
        if name in office and slots.get(slot):
            yield office[name], slots
    if "alone" in office and not what:
        yield office["alone"], slots


def _slots(language: Language, what: str) -> dict[str, str]:
    compound, phrase = language["portfolios"].get(what, ("", ""))
    body = language["bodies"].get(what, "")
    after, before = body if isinstance(body, list) else (body, "")
    return {"c": str(compound), "p": str(phrase), "b": str(after), "d": str(before)}
