"""What the words of a sentence mean for claims: numbers, ordinals, nouns and verbs of encounters, spans of time.

The words are those of languages/<tag>/claims.toml; nouns and verbs of encounters are the reader's own. `Vocabulary` is
the compiled file, `View` one sentence seen through it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from summitry.inflection import noun_forms
from summitry.lexicon import WORD, Entry, Lexicon
from summitry.read.clauses import Clause, ClauseParser
from summitry.read.people import Register
from summitry.read.phrase import Phrase
from summitry.read.phrases import PhraseParser
from summitry.read.timex import Timex
from summitry.read.tokens import Sentence, Token

BOUNDARY = frozenset(',;:.!?()–—…"“”„«»')
ENCOUNTER = frozenset({"visit", "move", "stay", "receive", "host", "meet", "talk", "call", "attend", "accompany"})
SUPPORT = frozenset({"do", "happen", "begin", "end", "host", "plan", "expect", "cancel", "lead", "gather", "receive"})
NAMING = frozenset({"country", "adjective", "demonym", "seat", "organization"})
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_LONGEST_NOUN = 9  # tokens between a number or an ordinal and its noun
_HEAD = 5  # the head of a compound has at least so many letters


class Number(NamedTuple):
    """Tokens `start` to `end` and the number that they say; `operator` as in `Claim`."""

    start: int
    end: int
    value: int
    operator: str = "="


class Noun(NamedTuple):
    """A noun of encounters: tokens `start` to `end`."""

    start: int
    end: int
    frame: str
    lemma: str
    plural: bool
    weak: bool

    @property
    def soft(self) -> bool:
        """Whether the noun is as often about something else than two countries."""
        return self.weak or self.frame == "session"


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
        self.tables: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {}
        for table in ("collectives", "operators", "often", "units", "spans"):
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
        self.cues = self._cues()

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
        index = self.tables.setdefault(table, {})
        for word, value in words:
            first, *rest = WORD.findall(word)
            index.setdefault(first, []).append((tuple(rest), value))
        for found in index.values():
            found.sort(key=lambda one: -len(one[0]))

    def _cues(self) -> frozenset[str]:
        """The words without one of which a sentence without digits makes no claim."""
        names = (
            "first-time",
            "often",
            "record",
            "superlative",
            "repeat",
            "negation",
            "never",
            "ratio",
            "last",
            "number-of",
        )
        found = {first for name in names for first in self.tables.get(name, {})}
        found |= set(self.tables["collectives"]) | set(self.cardinals) | set(self.ordinals)
        return frozenset(found)

    def cue(self, word: str) -> bool:
        """Whether a word is an ordinal or number that is written in one with something else ("dreimal")."""
        return any(word.endswith(ending) and word != ending for ending in self.form["glued-times"])


class View:
    """One sentence as the claim reader sees it: its clauses, and what each token may mean."""

    def __init__(self, sentence: Sentence, words: Vocabulary, register: Register) -> None:
        self.sentence = sentence
        self.words = words
        self.tokens: list[Token] = sentence.tokens
        self.lower = [t.lower for t in self.tokens]
        self.phrases: list[Phrase] = PhraseParser(sentence, words.lexicon, register).parse()
        parser = ClauseParser(sentence, self.phrases, words.lexicon)
        self.clauses: list[Clause] = parser.parse()
        self.verbs = parser.verbs
        self.verb_second = parser.verb_second
        self.inside = parser.inside
        self.phrases += [p.owner for p in self.phrases if p.owner is not None]
        self.codes = named(sentence) | {code for p in self.phrases for code in p.countries}

    def match(self, i: int, name: str) -> int:
        """How many tokens from `i` on are a phrase of the table `name`: 0 if none is."""
        return self.say(i, name)[0]

    def say(self, i: int, name: str) -> tuple[int, str]:
        """As `match`, with the value of the phrase."""
        if not 0 <= i < len(self.lower):
            return 0, ""
        for rest, value in self.words.tables[name].get(self.lower[i], ()):
            if tuple(self.lower[i + 1 : i + 1 + len(rest)]) == rest:
                return 1 + len(rest), value
        return 0, ""

    def any(self, name: str, start: int, end: int) -> int | None:
        """The first token between two where a phrase of the table begins."""
        return next((i for i in range(start, min(end, len(self.tokens))) if self.match(i, name)), None)

    def relative(self, i: int) -> bool:
        """Whether token `i` may begin a relative clause, even as part of a time expression."""
        index = self.words.lexicon.index
        return i < len(self.tokens) and any(e.kind == "rel" for e in index.get(self.lower[i], ()))

    # ------------------------------------------------------------------ numbers

    def number(self, i: int) -> Number | None:
        """The number that begins at token `i`, with the words before it that say how exact it is."""
        length, operator = self.say(i, "operators")
        while length and (more := self.say(i + length, "operators"))[0]:  # "only about", "bereits mehr als"
            operator = more[1] if operator == "=" else operator
            length += more[0]
        found = self._amount(i + length)
        if found is None:
            return None
        value, end = found
        after, said = self.say(end, "operators")
        if after > 1 and not length and said == "~":
            return Number(i, end + after, value, said)
        return Number(i, end, value, operator or "=")

    def _amount(self, i: int) -> tuple[int, int] | None:
        n, said = self.say(i, "collectives")
        if n:
            return int(said), i + n
        value, n = self._cardinal(i)
        if value is None:
            return None
        more, said = self.say(i + n, "collectives")
        return (value * int(said), i + n + more) if more and value < int(said) else (value, i + n)

    def _cardinal(self, i: int) -> tuple[int | None, int]:
        if i >= len(self.tokens) or self.tokens[i].time and not self._loose(i):
            return None, 0
        text = self.tokens[i].text
        if text[0].isdigit():
            mark = self.words.form["thousands"]
            plain = text.replace(mark, "") if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+", text) else text
            return (int(plain), 1) if plain.isdigit() and len(plain) < 7 else (None, 0)
        n, said = self.say(i, "numbers")
        return (int(said), n) if n else (self.words.cardinals.get(self.lower[i]), 1)

    def _loose(self, i: int) -> bool:
        """Whether a token of a time expression is a number of something else: "eight times this year"."""
        return any(t.kind == "frequency" and t.start <= self.tokens[i].start < t.end for t in self.sentence.times)

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """The value of the ordinal at token `i`, and the token after it."""
        token = self.tokens[i]
        value = self.words.ordinals.get(self.lower[i])
        if value is not None:
            return value, i + 1
        following = self.lower[i + 1] if i + 1 < len(self.tokens) else ""
        joined = i + 1 < len(self.tokens) and self.tokens[i + 1].start == token.end
        if token.text.isdigit() and len(token.text) < 4 and joined and following in self.words.form["ordinal-marks"]:
            return int(token.text), i + 2
        roman = self._roman(token.text)
        dotted = "." in self.words.form["ordinal-marks"]
        if roman and (following == "." and joined if dotted else len(token.text) > 1):
            return roman, i + (2 if dotted else 1)
        return None

    @staticmethod
    def _roman(text: str) -> int:
        if not text or _ROMAN.fullmatch(text) is None:
            return 0
        values = [_ROMAN_VALUES[c] for c in text]
        return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))

    # ------------------------------------------------------------------ nouns and verbs

    def noun(self, i: int) -> Noun | None:
        """The noun of encounters at token `i`, whatever its part in a time expression ("first visit in 24 years")."""
        n, form = self.say(i, "nouns")
        if n:
            frame, extra = self.words.nouns[form]
            return self._noun(i, n, frame, extra)
        for entry, length in self._entries(i):
            if entry.kind in ("noun", "delegation"):
                return self._noun(i, length, entry.value, entry.extra)
        return self._compound(i)

    def _entries(self, i: int) -> Iterator[tuple[Entry, int]]:
        token = self.tokens[i]
        if token.entries:
            yield from ((entry, n) for n, entry in token.entries)
        elif token.time:
            index = self.words.lexicon.index
            for entry in [*index.get(token.text, []), *(index.get(token.lower, []) if token.capital else [])]:
                if not entry.rest:
                    yield entry, 1

    def _compound(self, i: int) -> Noun | None:
        """A noun that ends in one: "Russland-Besuch", "Kulturdelegation"."""
        settings = self.words.lexicon.settings
        token = self.tokens[i]
        if not settings["compounds"] or not token.capital:
            return None
        heads = self.words.lexicon.heads
        for at in range(2, len(token.lower) - _HEAD + 1):
            for entry in heads.get(token.lower[at:], ()):
                if entry.kind in ("noun", "delegation") and entry.value != "session":
                    return self._noun(i, 1, entry.value, entry.extra)
        return None

    def _noun(self, i: int, n: int, frame: str, extra: str) -> Noun | None:
        lemma, _, number = extra.partition("|")
        words = self.words
        if lemma in words.excluded:
            return None
        plural = number == "pl" or not words.form["plural-marked"]
        return Noun(i, i + n, frame, lemma, plural, lemma in words.weak)

    def head(self, i: int) -> Noun | None:
        """The last noun of encounters of the noun phrase that goes on at token `i`."""
        found: Noun | None = None
        while i < min(len(self.tokens), (found.start if found else i) + _LONGEST_NOUN):
            noun = self.noun(i)
            if noun is not None and (found is None or i == found.end):
                found = noun
                i = noun.end
            elif found is not None or not self._inside(i):
                break
            else:
                i += 1
        if found is not None and self._goes_on(found.end):
            return None
        return found

    def _inside(self, i: int) -> bool:
        """Whether a token may stand between an ordinal or number and its noun."""
        token = self.tokens[i]
        if (
            token.text in BOUNDARY - {","}
            or token.has("prep")
            and not token.capital
            or token.get("det", "poss", "pron", "rel", "aux")
        ):
            return False
        if token.text == ",":
            return i + 1 < len(self.tokens) and (
                self.lower[i + 1].endswith(("e", "en", "er", "al")) or self._hyphen(i - 1)
            )
        nouns = self.words.lexicon.settings["capitalised-nouns"]
        if nouns and token.capital and not token.get("adjective", "demonym", "country", "organization", "place"):
            return self._hyphen(i + 1)
        return i not in self.verbs or token.lower.endswith(("ed", "ing", "te", "ten", "ter"))

    def _hyphen(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].text == "-"

    def _goes_on(self, i: int) -> bool:
        """Whether a common noun follows, so that the one before it only modifies: "meeting room"."""
        if self.words.form["plural-marked"] is False or i >= len(self.tokens):
            return False
        token = self.tokens[i]
        if not token.text[0].islower() or token.time or token.entries or i in self.verbs:
            return False
        word = self.sentence.word(i)
        return word.cls == "noun" and word.known

    # ------------------------------------------------------------------ clauses

    def clause(self, i: int) -> Clause:
        """The innermost clause of token `i`."""
        around = [c for c in self.clauses if c.start <= i < c.end]
        return max(around, key=lambda c: c.start) if around else self.clauses[0]

    def told(self, i: int) -> Clause:
        """The clause of token `i`, or the one behind if it has no verb: "never before | had a president visited"."""
        clause = self.clause(i)
        after = self.following(clause) if not clause.verbs else None
        return after if after is not None and after.start == clause.end and after.kind == "subordinate" else clause

    def following(self, clause: Clause) -> Clause | None:
        """The clause that comes next and depends on one before it."""
        later = [c for c in self.clauses if c.start > clause.start and c.kind != "main"]
        return min(later, key=lambda c: c.start) if later else None

    def segment(self, i: int) -> tuple[int, int]:
        """The tokens around `i` up to the next punctuation on either side."""
        start, end = i, i
        while start > 0 and not self.boundary(start - 1):
            start -= 1
        while end < len(self.tokens) and not self.boundary(end):
            end += 1
        return start, max(end, i + 1)

    def boundary(self, i: int) -> bool:
        text = self.tokens[i].text
        if text == "," and self._listing(i):
            return False
        if text == "." and i + 1 < len(self.tokens) and i and self.tokens[i - 1].text.isdigit():
            return False
        return text in BOUNDARY or text == "-" and self.tokens[i].start > self.tokens[i - 1].end

    def _listing(self, i: int) -> bool:
        """Whether a comma stands in an enumeration."""
        before, after = self.inside[i - 1] if i else None, self.inside[i + 1] if i + 1 < len(self.tokens) else None
        return before is not None and after is not None and before is not after and before.group == after.group

    def times(self, start: int, end: int, *kinds: str) -> list[Timex]:
        """The time expressions of some kinds that begin between two tokens."""
        first, last = self.tokens[start].start, self.tokens[min(end, len(self.tokens)) - 1].end
        return [t for t in self.sentence.times if t.kind in kinds and first <= t.start < last]


def named(sentence: Sentence) -> set[str]:
    """The countries that a sentence names, in whatever form."""
    return {
        e.value
        for t in sentence.tokens
        for _, e in t.entries
        if e.kind in NAMING or e.kind == "place" and e.extra.endswith(("|capital", "|capital|gen"))
    }


__all__ = ["BOUNDARY", "ENCOUNTER", "SUPPORT", "Noun", "Number", "View", "Vocabulary", "named"]
