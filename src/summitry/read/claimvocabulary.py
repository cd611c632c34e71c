"""The words with which a language makes claims: languages/<tag>/claims.toml, compiled.

Numbers and ordinals are kept by word, phrases by their first word, so that one look at each word of a sentence finds
all that are said there (`Vocabulary.said`). Most sentences of a text hold none that claims something, or no encounter:
`promising` spares them the work of the patterns.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from summitry.inflection import noun_forms
from summitry.lexicon import WORD, Lexicon
from summitry.read.tokens import Sentence, Token

ENCOUNTER = frozenset(
    {"visit", "move", "stay", "receive", "host", "meet", "talk", "call", "calls", "attend", "accompany"}
)
CUES = frozenset(
    {
        "first-time",
        "often",
        "oftener",
        "most-often",
        "lastly",
        "record",
        "superlative",
        "repeat",
        "negation",
        "never",
        "ratio",
        "ago",
        "collectives",
        "anaphora",
        "anaphora-before",
        "once",
        "single",
        "as",
        "since",
        "every-year",
    }
)
# The tables whose phrases have a value: a number, an operator, a unit, a rank, an office.
VALUED = (
    "collectives", "operators", "often", "units", "spans", "oftener", "amounts", "factors", "guests", "tenure", "regions", "forms",
)  # fmt: skip
Said = dict[str, dict[int, tuple[int, str]]]  # by table and token: how many tokens a phrase takes, and its value
ENCOUNTERS = frozenset({"nouns", "been", "proverb", "anaphora-before", "anaphora", "of-the"})  # or what stands for some
HEAD = 5  # the head of a compound has at least so many letters
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


class Vocabulary:
    """The words of claims.toml, compiled: numbers by word, phrases by table and first word."""

    def __init__(self, lexicon: Lexicon) -> None:
        data: dict[str, Any] = lexicon.tables["claims"]
        self.lexicon = lexicon
        self.form: dict[str, Any] = data["form"]
        self.cardinals = {w: int(v) for v, words in data["cardinals"].items() for w in words}
        self.ordinals = {
            w + ending: int(v)
            for v, words in data["ordinals"].items()
            for w in words
            for ending in self.form["ordinal-endings"]
        }
        self._compound()
        self.phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}  # by first word: the rest, table, value
        self.tables: set[str] = set()
        for table in VALUED:
            self._add(table, ((word, value) for value, words in data[table].items() for word in words))
        for name, words in data["words"].items():
            self._add(name, ((word, word) for word in words))
        self._add("numbers", ((w, str(v)) for w, v in self.cardinals.items()))
        self.nouns = {
            form: (frame, f"{spec.partition('/')[0]}|{'pl' if form != spec.partition('/')[0] else 'sg'}")
            for frame, specs in data["nouns"].items()
            for spec in specs
            for form in noun_forms(spec, lexicon.settings["nouns"])
        }
        self._add("nouns", ((form.lower(), form) for form in self.nouns))
        limits = data["limits"]
        self.excluded, self.weak, self.sure = (frozenset(limits[k]) for k in ("not-counted", "weak", "sure"))
        self.delegations = frozenset(limits["delegations"])
        self.plain = frozenset(limits["plain"])
        for found in self.phrases.values():
            found.sort(key=lambda one: -len(one[0]))
        self._counting = frozenset(self.ordinals) | {w for w, v in self.cardinals.items() if v > 1}

    def _compound(self) -> None:
        """Twenty-one, einundzwanzig; twenty-first, einundzwanzigste."""
        units = {w: v for w, v in self.cardinals.items() if v < 10}
        tens = {w: v for w, v in self.cardinals.items() if 20 <= v < 100}
        first, second = self.form["compound-number"], self.form["compound-ordinal"]
        ordinal_last = second.endswith("{unit}")
        for ten, value in tens.items():
            self.cardinals |= {first.format(ten=ten, unit=unit): value + v for unit, v in units.items()}
            if ordinal_last:
                low = {w: v for w, v in self.ordinals.items() if v < 10}
                self.ordinals |= {second.format(ten=ten, unit=w): value + v for w, v in low.items()}
        if not ordinal_last:
            high = {w: v for w, v in self.ordinals.items() if v in tens.values()}
            for word, value in high.items():
                self.ordinals |= {second.format(ten=word, unit=unit): value + v for unit, v in units.items()}

    def _add(self, table: str, words: Iterable[tuple[str, str]]) -> None:
        self.tables.add(table)
        for word, value in words:
            first, *rest = WORD.findall(word)
            self.phrases.setdefault(first, []).append((tuple(rest), table, value))

    def said(self, lower: Sequence[str]) -> Said:
        """The phrases of all tables in a sentence of words in lower case: of each table the longest at every word."""
        found: Said = {}
        for i, word in enumerate(lower):
            for rest, table, value in self.phrases.get(word, ()):
                if not rest or tuple(lower[i + 1 : i + 1 + len(rest)]) == rest:
                    found.setdefault(table, {}).setdefault(i, (1 + len(rest), value))
        return found

    def promising(self, sentence: Sentence, said: Said) -> bool:
        """Whether a sentence may claim something of encounters: most may not, and are not looked at."""
        tokens = sentence.tokens
        compared = "amounts" in said and "than-or-as" in said
        compared = compared or any(not tokens[i].time for i in said.get("last", ()))
        compared = compared or any(i + 1 in said.get("numbers", ()) for i in said.get("operators", ()))
        compared = compared or any(t.get("office") for i in said.get("every", ()) for t in tokens[i + 1 : i + 4])
        if CUES.isdisjoint(said) and not compared and not any(self._counts(t, tokens) for t in tokens):
            return False
        headline = "first-time" in said  # it may have no verb
        return (
            headline or not ENCOUNTERS.isdisjoint(said) or any(map(self._encounter, tokens)) or self._been(tokens, said)
        )

    @staticmethod
    def _been(tokens: Sequence[Token], said: Said) -> bool:
        """ "was in Egypt three times": somebody was in a country."""
        at = "regions" in said or any(t.get("country", "place") for t in tokens)
        return at and any(t.has("aux", "be") for t in tokens) and any(t.has("prep", "in") for t in tokens)

    def _counts(self, token: Token, tokens: Sequence[Token]) -> bool:
        """Whether a token is a number or an ordinal; a date is none."""
        word = token.lower
        if word[0].isdigit():
            after = tokens[token.i + 1].lower if token.i + 1 < len(tokens) else ""
            return not token.time or after in self.form["ordinal-marks"]
        if word in self._counting or token.capital and len(word) > 1 and roman_value(token.text):
            return True
        return any(word.endswith(ending) and word != ending for ending in self.form["glued-times"])

    def _encounter(self, token: Token) -> bool:
        """Whether a token is a noun or verb of encounters."""
        for _, e in token.entries:
            if e.kind in ("noun", "delegation", "predicate") or e.kind == "verb" and e.value in ENCOUNTER:
                return True
        if token.time:
            return any(e.kind in ("noun", "delegation") for e in self.lexicon.index.get(token.lower, ()))
        compound = self.lexicon.settings["compounds"] and token.capital and len(token.text) > HEAD
        return compound and any(
            e.kind in ("noun", "delegation")
            for at in range(2, len(token.text) - HEAD + 1)
            for e in self.lexicon.heads.get(token.lower[at:], ())
        )


def roman_value(text: str) -> int:
    """The value of a Roman numeral below 40; 0 if it is none.

    >>> [roman_value(text) for text in ("XIV", "IX", "Xi")]
    [14, 9, 0]
    """
    if not text or _ROMAN.fullmatch(text) is None:
        return 0
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


__all__ = ["ENCOUNTER", "HEAD", "Said", "Vocabulary", "roman_value"]
