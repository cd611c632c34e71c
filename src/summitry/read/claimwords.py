"""What the words of a sentence mean for claims: numbers, ordinals, nouns and verbs of encounters, spans of time.

A `View` is one sentence seen through the vocabulary of claims; nouns and verbs of encounters are the reader's own.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from summitry.lexicon import Entry
from summitry.read.claimvocabulary import HEAD, Said, Vocabulary, roman_value
from summitry.read.clause import Clause
from summitry.read.clauses import ClauseParser
from summitry.read.phrase import Phrase
from summitry.read.timex import Timex
from summitry.read.tokens import Sentence, Token

BOUNDARY = frozenset(',;:.!?()–—…"“”„«»')
SUPPORT = frozenset({"do", "happen", "begin", "end", "host", "plan", "expect", "cancel", "lead", "gather", "receive"})
NAMING = frozenset({"country", "adjective", "demonym", "seat", "organization"})
_CENTURY = 1000  # bare numbers from here on are years
_LONGEST_NOUN = 9  # tokens between a number or an ordinal and its noun


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


class View:
    """One sentence as the claim reader sees it: its clauses, and what each token may mean."""

    def __init__(self, parser: ClauseParser, words: Vocabulary, said: Said) -> None:
        sentence, phrases = parser.sentence, parser.phrases
        self.sentence = sentence
        self.words = words
        self.tokens: list[Token] = sentence.tokens
        self.lower = [t.lower for t in self.tokens]
        self.said = {table: said.get(table, {}) for table in words.tables}
        self.clauses: list[Clause] = parser.clauses
        # of two clauses that begin together the first is the inner one
        self._innermost = [self.clauses[0]] * len(self.tokens)
        for clause in sorted(self.clauses, key=lambda c: c.start, reverse=True)[::-1]:
            for i in range(clause.start, min(clause.end, len(self.tokens))):
                self._innermost[i] = clause
        self.verbs = parser.verbs
        self.verb_second = parser.verb_second
        self.inside = parser.inside
        self._numbers: dict[int, Number | None] = {}
        self._nouns: dict[int, Noun | None] = {}
        self.phrases = [*phrases, *(p.owner for p in phrases if p.owner is not None)]
        self.codes = named(sentence) | {code for p in self.phrases for code in p.countries}

    @property
    def homes(self) -> set[str]:
        """The countries of the people named, where they are known."""
        people = (p.person for p in self.phrases if p.kind == "person")
        return {one.country for one in people if one is not None and one.country and not one.assumed}

    def match(self, i: int, name: str) -> int:
        """How many tokens from `i` on are a phrase of the table `name`: 0 if none is."""
        found = self.said[name].get(i)
        return found[0] if found else 0

    def say(self, i: int, name: str) -> tuple[int, str]:
        """As `match`, with the value of the phrase."""
        return self.said[name].get(i, (0, ""))

    def any(self, name: str, start: int, end: int) -> int | None:
        """The first token between two where a phrase of the table begins."""
        return next((i for i in self.said[name] if start <= i < end), None)

    def relative(self, i: int) -> bool:
        """Whether token `i` may begin a relative clause, even as part of a time expression."""
        index = self.words.lexicon.index
        return i < len(self.tokens) and any(e.kind == "rel" for e in index.get(self.lower[i], ()))

    # ------------------------------------------------------------------ numbers

    def number(self, i: int) -> Number | None:
        """The number that begins at token `i`, with the words before it that say how exact it is."""
        if i not in self._numbers:
            self._numbers[i] = self._number(i)
        return self._numbers[i]

    def _number(self, i: int) -> Number | None:
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

    def timed(self, i: int) -> Number | None:
        """A number although it is part of a time expression; one of one ("a year") is none."""
        length, operator = self.say(i, "operators")
        at = i + length
        if at >= len(self.tokens):
            return None
        text = self.lower[at]
        value = int(text) if text.isdigit() else self.words.cardinals.get(text)
        if value is None or value < 2 or value >= _CENTURY:
            return Number(i, at + 1, 1, operator) if length and self.match(at, "one") else None
        return Number(i, at + 1, value, operator or "=")

    def glued(self, i: int) -> int | None:
        """The value of "dreimal" in one word; None if it is none."""
        if i >= len(self.tokens):
            return None
        text = self.lower[i]
        for ending in self.words.form["glued-times"]:
            said = text.removesuffix(ending).rstrip("-") if text.endswith(ending) else ""
            value = int(said) if said.isdecimal() and len(said) < 4 else self.words.cardinals.get(said)
            if value is not None and value > 1:
                return value
        return None

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
        roman = roman_value(token.text)
        dotted = "." in self.words.form["ordinal-marks"]
        if roman and (following == "." and joined if dotted else len(token.text) > 1):
            return roman, i + (2 if dotted else 1)
        return None

    # ------------------------------------------------------------------ nouns and verbs

    def noun(self, i: int) -> Noun | None:
        """The noun of encounters at token `i`, whatever its part in a time expression ("first visit in 24 years")."""
        if i not in self._nouns:
            self._nouns[i] = self._encounters(i)
        return self._nouns[i]

    def _encounters(self, i: int) -> Noun | None:
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
        for at in range(2, len(token.lower) - HEAD + 1):
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
        return self._innermost[i] if i < len(self._innermost) else self.clauses[0]

    def told(self, i: int) -> Clause:
        """The clause of token `i`, or the one behind if it has no verb: "never before | had a president visited"."""
        clause = self.clause(i)
        after = self.following(clause) if not clause.verbs else None
        return after if after is not None and after.start == clause.end and after.kind == "subordinate" else clause

    def opening_time(self, clause: Clause) -> range:
        """The tokens of a time or year that opens a clause: "In 2013, Kerry …", "2016 saw …"; an empty range if none does."""
        end = clause.start
        while end < clause.end and (self.tokens[end].time or self.tokens[end].get("prep", "det") or self.year(end)):
            end += 1
        return range(clause.start, end)

    def year(self, i: int) -> bool:
        """Whether a token looks like a year of the last centuries, or the next."""
        text = self.tokens[i].text
        return len(text) == 4 and text.isdecimal() and text[:2] in ("17", "18", "19", "20", "21")

    def capacity(self, clause: Clause) -> Phrase | None:
        """The office behind "as" in a clause: "visited Peru as president-elect", "Als Präsident besuchte er …"."""
        for phrase in self.phrases:
            if phrase.kind == "office" and not phrase.name and self.clause(phrase.start) is clause:
                ordinal = any(self.ordinal(i) for i in range(phrase.start, phrase.end))
                if self.match(phrase.start - 1, "as") and not ordinal:
                    return phrase
        return None

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

    def dated(self, i: int) -> bool:
        """Whether a token is part of a date: "am dritten Mai", "nach dem 3. Mai"."""
        start = self.tokens[i].start
        return any(t.kind in ("date", "since", "until") and t.start <= start < t.end for t in self.sentence.times)

    def begins(self, timex: Timex) -> bool:
        """Whether a time expression says "since", not "after"."""
        return any(timex.start <= t.start < timex.end and self.match(t.i, "since") for t in self.tokens)

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


__all__ = ["BOUNDARY", "SUPPORT", "Noun", "Number", "View", "named"]
