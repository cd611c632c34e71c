"""Which words may belong to a name: capitals that mean something, titles, particles, ordinary words."""

import re

from summitry.lexicon import Lexicon
from summitry.read.people import PARTICLES, Register
from summitry.read.tokens import APOSTROPHES, ARTICLES, Sentence

HYPHENATED = re.compile(r"[A-Z][a-z]{1,6}-[a-z]{1,6}")  # a Korean or Chinese given name: "Man-hyok", "Ying-wen"
ARTICLE = re.compile(rf"(?:{ARTICLES}|d|l)[-’'][^\W\d_a-z]")  # "al-Menfi" goes on a name
BLOCKING = ("prep", "conj", "aux", "rel", "pron", "det", "poss")  # words that end a run of nouns


class NameWords:
    """Tests of single words of one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, register: Register) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.lexicon = lexicon
        self.register = register
        self.capitalised_nouns = bool(lexicon.settings["capitalised-nouns"])
        self.compounds = bool(lexicon.settings["compounds"])
        self.home: str | None = None  # the country of the office before a name, which must be that of its bearer

    def _titles(self, i: int) -> int:
        """How many tokens from `i` are titles ("Mr.", "His Excellency")."""
        at = i
        while at < len(self.tokens) and (n := self._title_at(at)):
            at += n
            if at < len(self.tokens) and self.tokens[at].text == ".":
                at += 1
        return at - i

    def _title_at(self, i: int) -> int:
        """How many tokens the title at `i` takes; 0 if there is none."""
        entries = self.tokens[i].entries
        return max((n for n, entry in entries if entry.kind == "word" and entry.value == "titles"), default=0)

    def _ordinary(self, i: int) -> bool:
        """Whether the capital of a word may come from its place at the beginning of the sentence alone."""
        word = self.sentence.word(i)
        token = self.tokens[i]
        return bool(token.get(*BLOCKING, "verb", "noun", "word")) or (
            word.known and word.cls in ("adjective", "other", "verb")
        )

    def _particle_of_name(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].lower in PARTICLES and not self.tokens[i].capital

    def _name_word(self, i: int, *, first: bool, anchored: bool) -> bool:
        token = self.tokens[i]
        text = token.text
        if not token.capital or not text[0].isalpha() or token.time or text in APOSTROPHES:
            return False
        if len(text) > 3 and text.isupper() and not anchored:
            return False
        if len(text) == 2 and text[1] == "." and not first:  # "George W. Bush"
            return True
        if token.get(
            "office", "delegation", "demonym", "adjective", "country", "organization", "seat", "noun", "region"
        ):
            surname = token.has("word", "surnames")  # "Peter Kaiser", "Franz König"
            return not first and (surname or len(text) <= 4 and not token.get("office", "organization", "country"))
        if token.get("det", "prep", "conj", "aux", "rel") and self.sentence.initial(i):
            return False
        if token.get("place") and first and not self._initialled(i):
            return False
        if token.has("word", "titles") and not first or self._in_area(i):
            return False
        if "-" in text and any(e.kind == "country" for e in self.lexicon.index.get(text.partition("-")[0], ())):
            return False  # "Armenia-Mongolia Friendship Group"
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        if HYPHENATED.fullmatch(text) or HYPHENATED.fullmatch(after):
            return True
        if self.capitalised_nouns and not (anchored and len(text) <= 4):
            return not self._ordinary_word(i, anchored=anchored)
        return True

    def _initialled(self, i: int) -> bool:
        """ "Wladimir W. Putin": a given name, though a city has it, before an initial and a further name."""
        after = self.tokens[i + 1 : i + 3]
        return len(after) == 2 and len(after[0].text) == 2 and after[0].text[1] == "." and after[1].capital

    def _family_word(self, i: int) -> bool:
        """Whether a word right behind office and given name can only be the surname: "Bürgermeister Wolfram Leibe"."""
        token = self.tokens[i]
        if not self.capitalised_nouns or not token.capital or not token.text[0].isalpha() or token.time:
            return False
        if token.entries or self.tokens[i - 1].entries or not self.tokens[i - 1].capital:
            return False
        if i > 1 and self.tokens[i - 2].has("word", "titles") and self._ordinary_word(i, anchored=True):
            return False  # "König Abdullah Hand in Hand"
        who = self.register.surname([self.tokens[i - 1].text])
        if who is None or who.last >= 0 or who.holder is None:
            return who is None
        return not who.holder.caption.startswith(self.tokens[i - 1].text)  # so far only thought of for a famous surname

    def _in_area(self, i: int) -> bool:
        """Whether token `i` belongs to the name of a part of the world."""
        return any(
            (area := t.span("area")) is not None and t.i + area[0] > i for t in self.tokens[max(0, i - 3) : i + 1]
        )

    def _ordinary_word(self, i: int, *, anchored: bool) -> bool:
        """Whether a capitalised word is an ordinary noun, in languages that write nouns with a capital."""
        word = self.sentence.word(i)
        text = self.tokens[i].text
        if word.cls == "noun" and (word.known or len(text) > 11):
            return not (anchored and self.register.bears(text))
        return word.known and word.cls in ("verb", "adjective", "other") and not anchored

    def _plausible(self, i: int, length: int) -> bool:
        """Whether a run of capitalised words without an office may be a person: no ordinary word among them."""
        for at in range(i, i + length):
            token = self.tokens[at]
            if token.lower in PARTICLES:
                continue
            town = at == i and token.get("place") is not None and not self._initialled(i)
            if token.get("sector", "activity") or town or token.has("word", "thing-word"):
                return False
            if token.text.isupper() and len(token.text) > 2:
                return False
            if not self.capitalised_nouns:
                word = self.sentence.analyzer.word(token.lower)
                inside = at > i or i > 0 and self.tokens[i - 1].text in APOSTROPHES  # "People's Power | Esteban Lazo"
                if word.known and word.cls in ("noun", "adjective", "verb") and inside:
                    return False
        return True

    def _common_noun(self, i: int) -> bool:
        token = self.tokens[i]
        if not token.text[0].isalpha() or token.time or token.get(*BLOCKING):
            return False
        word = self.sentence.word(i)
        if self.capitalised_nouns:
            if not token.capital or not self.sentence.initial(i):
                return token.capital
            if token.get("verb", "word", "predicate") or word.known and word.cls in ("verb", "adjective", "other"):
                return False
            return self.sentence.analyzer.word(token.text).cls in ("noun", "name")
        if token.get("verb"):
            before = self.tokens[i - 1] if i else None
            owned = before is not None and before.text in APOSTROPHES and token.bare
            return owned or (
                before is not None and before.get("det", "poss") is not None and not before.get("rel", "pron", "conj")
            )
        if self.sentence.initial(i) and word.known and word.cls not in ("noun", "name"):
            return False
        return token.capital or word.cls == "noun"

    def _named_after(self, i: int) -> int | None:
        """Where the name of a place ends that is called after somebody: "Jomo Kenyatta | International Airport"."""
        if self.capitalised_nouns:
            return None
        for token in self.tokens[i : i + 3]:
            if not token.capital:
                return None
            if token.has("word", "named-site"):
                return token.i + 1
        return None
