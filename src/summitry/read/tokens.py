"""Text to blocks, sentences and tokens, each with its place in the text."""

import re
from collections.abc import Iterator

from summitry.lexicon import WORD, Entry, Lexicon
from summitry.model import Place
from summitry.read.analysis import Analyzer, Word
from summitry.read.people import Person
from summitry.read.timex import Timex

LINE = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029]+")
BULLET = re.compile(r"\s*(?:[-–—•*·▪►>]|\d{1,2}[.)](?=\s+[^\W\d_]))\s+")
END = re.compile(r"[.!?…]+[\"”“»«'’)\]]*(?=\s|$|[^\W\d_]{2})")
DATELINE = re.compile(
    r"(?P<place>[^\W\d_][\w.'’-]*(?:[ /,]+[^\W\d_][\w.'’-]*){0,4}?)"
    r"(?P<date>[, ]+(?:[\w.]{2,10}\.? ?\d{1,2}|\d{1,2}\.? [^\W\d_]{3,10}\.?)(?:[.,]? ?\d{4})?)?"
    r"\s*(?P<agency>\([\w /.,]{2,30}\)|/(?:dpa|AFP|AP|Reuters))?\s*"
    r"(?:[-–—]{1,2}\s+|:\s+|\.\s*[-–—]\s+|(?<=\))\.?\s+(?=[\"“”„«»]?[^\W\d_]))"
)
INITIALS = re.compile(r"[A-Z]\w+ (?:[A-Z]\.)+[A-Z]$")  # behind a given name
ROMAN = re.compile(r"[IVX]{2,5}")
ARTICLES = "al|el|ad|an|ar|as|ash|asch|at|az|ul|ur"  # the Arabic article, before the letters it takes on the sound of
ABBREVIATION = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ0-9/&-]+s?")  # "NA", "CSU", "NSAs"
JOINED = re.compile(rf"(?:{ARTICLES})[-’'][^\W\d_a-z]")  # "al-Menfi" is a name
APOSTROPHES = ("'s", "’s")  # behind an owner
QUOTES = '"“”„«»'


class Token:
    """One word or mark: its text and offsets, and what the lexicon says of the forms that begin here."""

    __slots__ = ("age", "capital", "end", "entries", "i", "lower", "start", "text", "time")

    def __init__(self, text: str, start: int, i: int) -> None:
        self.text = text
        self.lower = text.lower()
        self.capital = text[:1].isupper() or JOINED.match(text) is not None
        self.start = start
        self.end = start + len(text)
        self.i = i
        self.entries: list[tuple[int, Entry]] = []  # (number of tokens, entry), longest first
        self.age = False  # "der 57-Jährige": stands for a person
        self.time = False  # part of a time expression, so of no phrase

    @property
    def plain(self) -> bool:
        """Whether this is a small word that the lexicon does not know, as most are."""
        return not self.entries and not self.capital and "-" not in self.text

    def get(self, *kinds: str) -> Entry | None:
        """The longest entry of one of `kinds` that begins here."""
        for _, entry in self.entries:
            if entry.kind in kinds:
                return entry
        return None

    def span(self, *kinds: str) -> tuple[int, Entry] | None:
        """As `get`, with the number of tokens that the form takes."""
        for found in self.entries:
            if found[1].kind in kinds:
                return found
        return None

    @property
    def bare(self) -> bool:
        """Whether this is a verb that, as it is, may be a noun: "request", "plans"."""
        tenses = {e.extra.split("|")[1] for _, e in self.entries if e.kind == "verb"}
        return bool(tenses) and tenses <= {"inf", "pres"}

    def has(self, kind: str, *values: str) -> bool:
        """Whether some entry of `kind` (with one of `values`) begins here."""
        for _, entry in self.entries:  # a plain loop: this is the hottest line of the reader
            if entry.kind == kind and (not values or entry.value in values):
                return True
        return False

    def __repr__(self) -> str:
        return f"<{self.text}>"


class Sentence:
    """The tokens of one sentence, and the date heading it stands under."""

    __slots__ = (
        "analyzer",
        "block",
        "certain",
        "context",
        "end",
        "entry",
        "speaker",
        "stage",
        "start",
        "times",
        "title",
        "tokens",
    )

    def __init__(
        self, tokens: list[Token], times: list[Timex], analyzer: Analyzer, context: str | None, block: int
    ) -> None:
        self.tokens = tokens
        ages = [t.start for t in tokens if t.age]  # "der 57-Jährige" is no duration
        self.times = [t for t in times if not any(t.start <= age < t.end for age in ages)] if ages else times
        self.analyzer = analyzer
        self.start = tokens[0].start
        self.end = tokens[-1].end
        self.context = context
        self.entry = False  # the date opens the line itself ("May 10: …"), so that it dates what is told there
        self.block = block  # number of the line it stands in
        self.title = False  # a headline, which tells in the present tense what was or will be
        self.speaker: Person | None = None  # who says "I" in it
        self.stage: Place | None = None  # where what it tells happens, if nothing else is said
        self.certain = False  # whatever it tells, not only what concerns the country of the stage
        for token in tokens if self.times else ():
            if not token.age and any(t.start <= token.start < t.end for t in self.times):
                token.time = True
                token.entries = []

    def word(self, i: int) -> Word:
        """The analyser's reading of token `i`; a capital that only begins the sentence is ignored."""
        token = self.tokens[i]
        lower = self.initial(i) and not token.lower[:1].isdigit() or not token.capital
        return self.analyzer.word(token.lower if lower else token.text)

    def initial(self, i: int) -> bool:
        """Whether token `i` opens the sentence or a quotation, so that its capital may mean nothing."""
        return i == 0 or self.tokens[i - 1].text in ':"“„«-–—' or (i == 1 and not self.tokens[0].text[0].isalnum())


def lines(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and where the words behind a bullet mark begin, of every line with something in it.

    What looks like the number of a list item may be the day of a date heading ("20. November 2022:").
    """
    for match in LINE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        bullet = BULLET.match(text, start, end)
        inner = bullet.end() if bullet else start
        if inner < end:
            yield start, end, inner


def dateline(text: str, start: int, end: int, lexicon: Lexicon) -> int:
    """Where the text behind a dateline begins ("SEOUL, Oct. 7 - ", "Kampala/Addis Abeba (Reuters) - ", "Rom (KNA) "), or `start`."""
    match = DATELINE.match(text, start, end)
    if match is None:
        return start
    first = WORD.findall(match["place"])
    entries = [e for word in (first[0], first[0].capitalize()) for e in lexicon.index.get(word, [])]
    place = any(e.kind in ("place", "country", "region", "seat") for e in entries)
    if match["agency"] and match[0].rstrip(" .").endswith(")"):  # "Rom (KNA) Der …", but not "Rom (Italien) ist …"
        return match.end() if place and len(first) < 4 and not text[match.end()].islower() else start
    return match.end() if place or match["agency"] else start


def sentences(text: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence between two offsets.

    A full stop does not end a sentence after an abbreviation, an initial, or (where the language writes ordinals with
    a dot) a number of one or two digits.
    """
    at = start
    for match in END.finditer(text, start, end):
        stop = match.end()
        if text[match.start()] == "." and _continues(text, match.start(), stop, end, lexicon):
            continue
        if text[at:stop].strip():
            yield at, stop
        at = stop
        while at < end and text[at].isspace():
            at += 1
    if text[at:end].strip():
        yield at, end


def _continues(text: str, dot: int, stop: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a full stop does not end the sentence."""
    abbreviations, dotted = lexicon.settings["abbreviations"], bool(lexicon.settings["ordinal-dot"])
    before = re.search(r"[\w.]*$", text[max(0, dot - 24) : dot])
    word = before.group() if before else ""
    after = text[stop : min(end, stop + 40)].lstrip()
    if not after:
        return False
    if not text[stop : stop + 1].isspace():
        # glued sentences ("voran.Im"): a full word before, a capital after; else a host name or an abbreviation
        return not (after[0].isupper() and len(word) > 3 and word[-2:].islower() and "." not in word)
    if word in abbreviations or (len(word) == 1 and word.isupper()) or re.fullmatch(r"(?:\w\.)+\w", word):
        if not (word.isupper() and len(word) > 1 and after[0].isupper()):
            return True
        following = WORD.findall(after)[0]  # "the U.S. President" goes on, "in the U.S. He" does not
        closed = {e.kind for form in (following, following.lower()) for e in lexicon.index.get(form, ())}
        if INITIALS.search(text[max(0, dot - 40) : dot]) and not lexicon.index.get(word + ".") and not closed:
            return True  # "George H.W. Bush"
        return bool(lexicon.index.get(word + ".")) and not closed & {
            "det",
            "pron",
            "prep",
            "conj",
            "poss",
            "aux",
            "rel",
        }
    if dotted and word.isdigit() and len(word) <= 2:
        return True
    if dotted and ROMAN.fullmatch(word) and after[0].isupper():  # "hat Mohammed VI. Sánchez eingeladen"
        following = (WORD.findall(after) or [""])[0]
        return not (lexicon.index.get(following) or lexicon.index.get(following.lower()))
    return after[0].islower() and not after[0].isdigit()


def tokenize(text: str, start: int, end: int, lexicon: Lexicon) -> list[Token]:
    """The tokens between two offsets, with the lexicon's entries on each."""
    words = _without_abbreviations([(m.group(), m.start()) for m in WORD.finditer(text, start, end)], lexicon)
    tokens = [Token(word, at, i) for i, (word, at) in enumerate(words)]
    ages = tuple(f"-{noun}" for noun in lexicon.settings["age-nouns"])
    for token in tokens:
        token.entries = _entries(token, tokens, lexicon)
        token.age = token.text[0].isdigit() and token.text.endswith(ages)
    for token in tokens:
        if area := token.span("area"):  # "Latin America" names no country
            longer = [e for e in token.entries if e[0] > area[0]]
            if not longer:
                token.entries = [e for e in token.entries if e[0] == area[0]]
                for inside in tokens[token.i + 1 : token.i + area[0]]:
                    inside.entries = []
    return tokens


def _without_abbreviations(words: list[tuple[str, int]], lexicon: Lexicon) -> list[tuple[str, int]]:
    """The words without the brackets that give what is named before them a short name or a party: "National Assembly (NA)".

    A country in brackets says of where somebody is, and stays.
    """
    brackets = [i for i, (word, _) in enumerate(words) if word == "(" and i and words[i - 1][0][0].isalpha()]
    for i in reversed(brackets):
        if i + 2 < len(words) and words[i + 2][0] == ")" and ABBREVIATION.fullmatch(words[i + 1][0]):
            if not any(e.kind == "country" for e in lexicon.index.get(words[i + 1][0], ())):
                del words[i : i + 3]
    return words


def titled(tokens: list[Token], analyzer: Analyzer, lexicon: Lexicon) -> None:
    """In a headline that writes every word with a capital the capital of an ordinary word means nothing."""
    words = [t for t in tokens if t.text[0].isalpha() and len(t.text) > 3]
    if lexicon.settings["capitalised-nouns"] or len(words) < 4 or tokens[-1].text in ".!?":
        return
    if sum(t.capital for t in words) < 0.8 * len(words):
        return
    for token in tokens:
        if token.get("country", "place", "organization", "adjective", "demonym", "seat", "region", "office"):
            continue
        word = analyzer.word(token.lower)
        if token.get("verb", "noun", "prep", "conj", "delegation") or word.known and word.cls != "name":
            token.capital = False


def _entries(token: Token, tokens: list[Token], lexicon: Lexicon) -> list[tuple[int, Entry]]:
    index, text = lexicon.index, token.text
    candidates = index.get(text, [])
    if token.lower != text:
        # "IT", "US": what is an abbreviation in capitals is not the small word as well
        abbreviation = bool(candidates) and text.isupper() and len(text) > 1
        if not abbreviation:
            candidates = candidates + index.get(token.lower, [])
            if text.isupper() and len(text) > 3:
                candidates = candidates + index.get(text.capitalize(), [])
    found = []
    longest = 1
    for entry in candidates:
        n = 1 + len(entry.rest)
        if n == 1 or _goes_on(tokens, token.i + 1, entry.rest):
            found.append((n, entry))
            longest = max(longest, n)
    if longest > 1:
        found.sort(key=lambda pair: -pair[0])
    return found


def _goes_on(tokens: list[Token], at: int, rest: tuple[str, ...]) -> bool:
    """Whether the tokens from `at` on are the further ones of a form of several words."""
    if at + len(rest) > len(tokens):
        return False
    for token, word in zip(tokens[at:], rest, strict=False):
        if token.text != word and token.lower != word:
            return False
    return True
