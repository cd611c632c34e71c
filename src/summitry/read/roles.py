"""Offices in their dictionary form: "des stellvertretenden russischen Außenministers" is a stellvertretender Außenminister.

The country is said elsewhere, so its adjective and genitive leave the role; what makes the office another one
("deputy", "sports", the complement) stays.
"""

from summitry.read.heads import HeadParser
from summitry.read.phrase import Phrase
from summitry.read.tokens import Token

COUNTRY_KINDS = ("country", "adjective", "organization")
NAME = 4  # tokens before the last of the longest name of a country
ENDINGS = ("en", "em", "es", "er", "e")


def role_text(parser: HeadParser, phrase: Phrase, begin: int, end: int) -> str:
    """The role that tokens `begin` (the head) to `end` name, with the words before the head that belong to it."""
    tokens = parser.tokens
    masculine = not any(gender == "f" for number, gender in phrase.genders if number == "sg")
    head = _head(parser, phrase, begin, masculine=masculine)
    before = [_modifier(parser, tokens[i], masculine=masculine) for i in range(_first(parser, phrase, begin), begin)]
    after = [t.text for t in tokens[begin + 1 : end] if not (parser.capitalised_nouns and _of_country(t))]
    return " ".join([*(w for w in before if w), head, *after]).replace(" ,", ",").removesuffix(" of").strip()


def _first(parser: HeadParser, phrase: Phrase, begin: int) -> int:
    """Where the role begins: with "deputy", and in languages that stack nouns with the nouns before the head."""
    i = begin
    while i > phrase.start:
        token = parser.tokens[i - 1]
        if token.has("modifier", "vice"):
            i -= 1
        elif parser.capitalised_nouns and token.get("adjective") and not token.get("det"):
            i -= 1  # "des stellvertretenden russischen Außenministers"
        elif not parser.capitalised_nouns and _stacked(token) and not _ends_name(parser, i - 1):
            i -= 1
        else:
            break
    return i


def _ends_name(parser: HeadParser, i: int) -> bool:
    """Whether token `i` is of the name of a country that begins before it: "South Korean", "Saudi Arabia"."""
    found = ((k, parser.tokens[k].span(*COUNTRY_KINDS)) for k in range(max(0, i - NAME), i))
    return any(span is not None and k + span[0] > i for k, span in found)


def _stacked(token: Token) -> bool:
    if (
        token.get("det", "poss", "prep", "conj", "modifier", "pron", *COUNTRY_KINDS, "place")
        or not token.text[0].isalpha()
    ):
        return False
    return token.capital or token.get("sector") is not None


def _modifier(parser: HeadParser, token: Token, *, masculine: bool) -> str:
    """A word before the head: the adjective of a country goes, an inflected "deputy" takes its dictionary form."""
    if token.get("adjective"):
        return ""
    if not parser.capitalised_nouns:
        return token.text
    stem = next((token.lower.removesuffix(e) for e in ENDINGS if token.lower.endswith(e)), token.lower)
    return stem + ("er" if masculine else "e") if token.text[0].islower() else token.text


def _of_country(token: Token) -> bool:
    """Whether a word of the complement only says the country: "russischen", "Nordkoreas"."""
    entry = token.get(*COUNTRY_KINDS)
    return entry is not None and (entry.kind == "adjective" or "|gen" in entry.extra)


def _head(parser: HeadParser, phrase: Phrase, begin: int, *, masculine: bool) -> str:
    """The head without its case ending; nouns made from adjectives ("der Vorsitzende") in their strong form."""
    first, lemma = parser.tokens[begin].text, phrase.lemma or ""
    several = phrase.plural is True and phrase.person is None  # "den Präsidenten Emmanuel Macron" looks like a plural
    strong = first.removesuffix("n") + "r" if first.endswith(("e", "en")) else ""
    if parser.capitalised_nouns and masculine and not several and strong and phrase.genders:
        if any(e.kind == "office" for e in parser.lexicon.index.get(strong, [])):
            return strong
    if not lemma or " " in lemma or several or len(first) <= len(lemma) or first.lower() == lemma.lower():
        return first
    cut = first.lower().rfind(lemma.lower()[:-1])
    if cut > 0:
        return first[:cut] + (lemma.lower() if first[cut - 1].isalpha() else lemma)
    return lemma if first.startswith(lemma) else first
