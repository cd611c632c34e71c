"""Inflection and templates: how the tables of a language become words in a sentence.

A `Phrase` is a noun phrase in every case of its language. Templates name their slots `{slot}` or `{slot.case}`;
a part in [brackets] falls away when one of its slots is empty. No language is mentioned here: a language without
articles, endings or cases simply has no such table.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from summitry.publish.tables import GENDERS, Language

SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
GROUP = re.compile(r"\[([^\[\]]*)\]")
PARTICLE = re.compile("‹([^/›]+)/([^›]*)›")
SPACES = re.compile(r"[ \t]+")


class Phrase(NamedTuple):
    """A noun phrase: `forms` by case (the first case stands in for one that is not listed), its number and gender."""

    forms: Mapping[str, str]
    plural: bool = False
    gender: str = "m"

    def form(self, case: str | None = None) -> str:
        if case is not None and case in self.forms:
            return self.forms[case]
        return next(iter(self.forms.values()), "")

    def verb(self, forms: list[str]) -> str:
        """The form of a verb that agrees: of a row for singular and plural, and the same for feminine where they differ."""
        at = int(self.plural) + (2 if self.gender == "f" and len(forms) > 2 else 0)
        return forms[at]


Slots = Mapping[str, "Phrase | str | None"]


class Slot(NamedTuple):
    """A place in a template: the name of what fills it, in which case."""

    name: str
    case: str | None


def fill(template: str, slots: Slots) -> str:
    """`template` with its slots filled; optional parts without content are left out.

    >>> fill("{who} comes[ to {place}]", {"who": "Anna", "place": None})
    'Anna comes'
    """
    said = []
    for optional, parts in _parsed(template):
        words = [_word(slots, part) if isinstance(part, Slot) else part for part in parts]
        if not optional or all(words):
            said += words
    return SPACES.sub(" ", "".join(said)).strip()


def _word(slots: Slots, slot: Slot) -> str:
    value = slots.get(slot.name)
    return value.form(slot.case) if isinstance(value, Phrase) else value or ""


@functools.cache
def _parsed(template: str) -> tuple[tuple[bool, tuple[str | Slot, ...]], ...]:
    """The template as parts, each optional or not, of text and slots."""
    parts = []
    for position, text in enumerate(GROUP.split(template)):
        pieces: list[str | Slot] = []
        at = 0
        for match in SLOT.finditer(text):
            pieces += [piece for piece in (text[at : match.start()],) if piece]
            pieces.append(Slot(match[1], match[2]))
            at = match.end()
        pieces += [piece for piece in (text[at:],) if piece]
        parts.append((position % 2 == 1, tuple(pieces)))  # split() alternates between outside and inside a group
    return tuple(parts)


def join(language: Language, items: list[str]) -> str:
    """A list in words: "a, b and c"."""
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + str(language["language"]["and"]) + items[-1]


def row(table: Mapping[str, Any], case: str, gender: str) -> str:
    """The form for `case` and `gender` in a table of rows (masculine, feminine, neuter, plural); "" if there is none."""
    forms = table.get(case)
    return str(forms[GENDERS.index(gender)]) if forms else ""


def article(language: Language, kind: str, case: str, gender: str) -> str:
    """The article of that kind, "" in a language without."""
    return row(language["articles"].get(kind, {}), case, gender)


def adjective(language: Language, stem: str, kind: str, case: str, gender: str) -> str:
    """`stem` with the ending it takes after an article of that kind.

    A language whose adjectives change by how they end lists `rules` (pattern, what falls away, rows of endings).
    """
    table = language["adjectives"]
    if not stem or re.search(table.get("invariable", "^$"), stem):
        return stem
    for rule in table.get("rules", ()):
        if re.search(rule["pattern"], stem):
            return stem[: len(stem) - rule["strip"]] + (row(rule, case, gender) or row(rule, language.cases[0], gender))
    return stem + row(table.get(kind, {}), case, gender)


def noun(language: Language, lemma: str, kind: str, case: str, gender: str) -> str:
    """`lemma` (nominative after no article) in `case`, by the first rule of the language that fits."""
    for rule in language.writing.get("nouns", ()):
        if rule.get("gender", gender) == gender and re.search(rule["pattern"], lemma):
            forms = rule.get(kind) or rule["definite"]
            stem = lemma[: len(lemma) - rule["strip"]]
            return str(forms.get(case, "{}")).replace("{}", stem)
    return lemma


def decline(
    rules: Sequence[Mapping[str, Any]], word: str, case: str, gender: str = "m", home: str | None = None
) -> str:
    """A name in `case` by the first rule whose pattern and gender fit, unchanged where none does.

    A rule may hold for the names of some countries alone (`homes`): Пушкин is declined otherwise than Чаплин.
    """
    for rule in rules:
        fits = rule.get("gender", gender) == gender and home in rule.get("homes", (home,))
        if fits and re.search(rule["pattern"], word):
            ending = rule.get(case)
            return word if ending is None else word[: len(word) - rule["strip"]] + str(ending)
    return word


def particles(language: Language, text: str) -> str:
    """Marks like ‹은/는› resolved by the sound before them: the first form after a consonant, the second after a vowel.

    What stands in brackets is not spoken. Hangul says by its code whether and how a syllable closes (Unicode 3.12); other letters and digits are as the
    table [particles] has them. `liquid` lists first forms that give way to the second after ㄹ.
    """
    rules = language["particles"]

    def chosen(match: re.Match[str]) -> str:
        final = _final(rules, re.sub(r"(?:\([^()]*\)|\W)+$", "", text[: match.start()])[-1:])
        second = not final or (final == "liquid" and match[1] in rules.get("liquid", ()))
        return match[2] if second else match[1]

    return PARTICLE.sub(chosen, text)


def _final(rules: Mapping[str, Any], character: str) -> str:
    """How a syllable closes: "" with a vowel, "liquid" with ㄹ, else "consonant"."""
    if "가" <= character <= "힣":
        at = (ord(character) - ord("가")) % 28
        return "" if at == 0 else "liquid" if at == 8 else "consonant"
    if character and character in rules.get("liquids", ""):
        return "liquid"
    return "consonant" if character and character in rules.get("consonants", "") else ""


def polish(language: Language, text: str) -> str:
    """What spelling asks for once the words stand side by side: contractions, particles, commas, capitals."""
    if "‹" in text:
        text = particles(language, text)
    for pattern, replacement in _fixes(language):
        text = pattern.sub(replacement, text)
    text = SPACES.sub(" ", text).strip()
    return text[:1].upper() + text[1:] if language["language"].get("capitalise") else text


@functools.cache
def _fixes(language: Language) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(p), r.replace("$", "\\")) for p, r in language["language"].get("fixes", ()))


def title_case(language: Language, text: str) -> str:
    """An office as it stands before a name, in languages that capitalise it there.

    Words of the list `small_words` stay as they are, and so do all words that carry a capital already.
    """
    settings = language["language"]
    if not settings.get("title_case") or text in settings.get("lower_titles", ()):
        return text
    small = set(settings.get("small_words", ()))
    return re.sub(r"[^ -]+", lambda m: m[0] if m[0] in small else m[0][:1].upper() + m[0][1:], text)


def plural(language: Language, table: Mapping[str, str], number: int) -> str:
    """The entry of `table` for `number` by the plural rules of CLDR, with `other` where it has none of that name."""
    return table.get(language.locale.plural_form(number)) or table["other"]
