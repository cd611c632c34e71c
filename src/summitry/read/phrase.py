"""A noun phrase as the parser fills it, and the grouping of phrases in lists."""

from collections.abc import Sequence
from itertools import pairwise

from summitry.kinds import Level
from summitry.lexicon import Entry
from summitry.read.people import Person
from summitry.read.tokens import Token

ALL = frozenset({"both", "three"})  # flags of what means all who were told of: "the two", "the three leaders"
ACTORS = frozenset({"person", "office", "delegation", "country", "organization", "demonym", "pronoun", "seat"})
PLACES = frozenset({"country", "place", "region", "seat"})
GOVERNED = frozenset(
    {"planned", "proposed", "cancelled"}
)  # what a noun may say of an encounter, or of the infinitive it governs
ALL_CASES = frozenset({"nom", "acc", "dat", "gen"})


class Phrase:
    """One noun phrase of a sentence. `start` and `end` are token positions."""

    __slots__ = (
        "activities", "attribute", "cases", "conj", "countries", "counterpart", "depth", "end", "flags", "frame", "genders", "group", "head", "head_of_seat", "kind",
        "lemma", "level", "name", "owner", "pair", "person", "place", "plural", "prep", "role", "seat", "sectors", "spoken", "start",
    )  # fmt: skip

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.head = start
        self.head_of_seat: str | None = None  # the country whose seat of government begins the compound
        self.kind = "other"
        self.prep: frozenset[str] = frozenset()
        self.cases = ALL_CASES
        self.plural: bool | None = None
        self.genders: frozenset[tuple[str, str]] = frozenset()  # numbers and genders that the determiner admits
        self.name: str | None = None
        self.person: Person | None = None
        self.role: str | None = None
        self.level: Level | None = None
        self.countries: list[str] = []
        self.place: str | None = None
        self.seat: tuple[int, Entry] | None = None  # where it stands, and the place that an adjective names: "Münchner"
        self.frame: str | None = None
        self.lemma: str | None = None
        self.owner: Phrase | None = None
        self.pair: list[Phrase] = []  # the people of "Trump-Kim summit"
        self.sectors: list[str] = []
        self.activities: list[str] = []
        self.flags: set[str] = set()
        self.group = -1
        self.conj = False
        self.spoken = False
        self.counterpart = False
        self.attribute: tuple[str, Phrase] | None = None  # frame and place of an extended attribute
        self.depth = 0

    @property
    def actor(self) -> bool:
        """Whether the phrase can take part in an encounter."""
        return self.kind in ACTORS and not self.spoken and "reciprocal" not in self.flags

    def opens_which(self, following: Token) -> bool:
        """Whether "in the year" goes on with a preposition and a relative word: "in which both …"."""
        return self.kind == "other" and "in" in self.prep and following.get("prep") is not None

    def __repr__(self) -> str:
        bits = [self.kind, self.name or self.role or self.place or self.lemma or "", ",".join(self.countries)]
        bits += [f"prep={'/'.join(sorted(self.prep))}"] * bool(self.prep) + [f"owner={self.owner}"] * bool(self.owner)
        bits += ["/".join(self.sectors)] * bool(self.sectors) + sorted(self.flags)
        return f"[{self.start}-{self.end} {' '.join(b for b in bits if b)}]"


def group_lists(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> None:
    """Give coordinated phrases a common group and the preposition of the first: "mit A, B und C"."""
    group = 0
    for i, phrase in enumerate(phrases):
        phrase.group = group = group + 1
        if i == 0 or phrase.prep:
            continue
        before = phrases[i - 1]
        gap = [t for t in tokens[before.end : phrase.start]]
        comma_inside = bool(tokens[before.end - 1].text == ",")
        if not gap and not comma_inside:
            continue
        if not all(t.text in (",", "&", "/") or t.has("conj", "and", "or") or t.has("word", "next") for t in gap):
            continue
        if gap and all(t.has("word", "next") and not t.get("conj") for t in gap):
            continue  # "Baerbock zunächst Kasachstan": no list
        if not _alike(before, phrase):
            continue
        joined = any(t.has("conj", "and", "or") or t.text == "&" for t in gap)
        ahead = i == 1 and bool(before.prep) and before.start == 0 and before.kind in ("organization", "country")
        if ahead and not joined and phrase.kind in ("person", "office"):
            continue  # "At the Pacific Islands Forum, X and Y announced …"
        if joined or _list_goes_on(phrases, i, tokens) or _headline_pair(before, phrase, tokens):
            phrase.group, phrase.prep, phrase.conj = before.group, before.prep, True
            phrase.cases = before.cases if before.prep else phrase.cases
            group = before.group
    _place_topics(phrases, tokens)


def _place_topics(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> None:
    """ "discussed the war in Sudan and in Chad", "sprach über Handel in Asien": where what is talked about is, nobody meets."""
    topic: Phrase | None = None  # what was talked about, or the last place of it
    for before, phrase in pairwise(phrases):
        gap = tokens[before.end : phrase.start]
        listed = before is topic and bool(gap) and all(t.text == "," or t.has("conj", "and") for t in gap)
        matter = before.kind in ("other", "noun", "activity") and tokens[before.head].has("word", "matter-word")
        about = before.kind == "other" and "about" in before.prep and phrase.kind in ("country", "region")
        if phrase.kind not in PLACES or "in" not in phrase.prep or not (listed or (matter or about) and not gap):
            continue
        if phrase.kind == "place" and not listed and any(t.time for t in tokens[phrase.end : phrase.end + 1]):
            continue  # "discussed human rights in Washington on March 31": there they met
        phrase.prep, topic = frozenset({"matter"}), phrase


def _alike(a: Phrase, b: Phrase) -> bool:
    places = [p.kind in {*PLACES, "organization"} or "capital-of" in p.flags and bool(p.countries) for p in (a, b)]
    if (
        places[0]
        and a.prep
        and a.prep <= {"in", "at", "to"}
        and b.kind in ("person", "office", "pronoun", "delegation")
    ):
        return False  # "a truce in Yemen and both leaders agreed …"
    return (a.actor and b.actor) or all(places) or (a.kind == b.kind)


def _headline_pair(a: Phrase, b: Phrase, tokens: Sequence[Token]) -> bool:
    """ "Kishida, Yoon agree …": two people at the head of a headline, right before its verb."""
    people = a.kind in ("person", "country") and b.kind == a.kind and a.start == 0 and not a.prep
    return people and b.end < len(tokens) and tokens[b.end].get("verb", "aux") is not None and tokens[-1].text != "."


def _list_goes_on(phrases: Sequence[Phrase], i: int, tokens: Sequence[Token]) -> bool:
    """Whether a comma is one of a list: somewhere further on an "and" follows between the same kind of phrases."""
    for j in range(i, min(i + 6, len(phrases) - 1)):
        gap = tokens[phrases[j].end : phrases[j + 1].start]
        if any(t.has("conj", "and", "or") for t in gap):
            return len(gap) <= 2 and _alike(phrases[j], phrases[j + 1])
        if not gap or not all(t.text == "," for t in gap):
            return False
    return False


def all_told(token: Token, before: Token) -> str | None:
    """The flag of a word that means all who were told of: "both", and right behind the article "the three" (not "the US three times")."""
    if token.has("word", "both") and not token.get("conj"):
        return "both"
    return "three" if token.has("word", "all-three") and before.has("word", "definite") else None
