"""The gate: decide in microseconds whether an article is worth reading at all.

An automaton of every trigger (the verbs and nouns of encounters) goes over the text once; a hit counts only between
word boundaries, the longest at each place. Only around a hit a second automaton looks for actors: countries, offices,
capitals, organisations; the family names of leaders are looked up. An article passes when between the same full stops
a trigger and an actor stand, or a word that is common in other news too ("come", "see", "team") and two actors. All
words come from the lexicon; which of them are common, the language file says (`[gate]`).
"""

from collections.abc import Collection, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from summitry.authority import fold
from summitry.lexicon import Entry, Lexicon

ACTORS = frozenset({"country", "adjective", "demonym", "seat", "organization", "office"})
NOUNS = frozenset({"visit", "move", "meet", "talk", "summit", "call", "invite", "itinerary"})
VERBS = frozenset({"visit", "receive", "meet", "talk", "invite", "call"})
FAINT_VERBS = frozenset({"move", "stay", "attend", "gather", "host", "expect", "accompany"})

ENOUGH = 2  # actors, as many as any trigger asks for
MARKS = ".,;:!?()[]\"“”„«»‘’'…-–"
HINTING = frozenset({"visit", "meet", "talk", "call"})
HINTS = 3  # words for visits or talks with an actor too few beside them that are enough together

# What a form asks for: the actors that must stand beside it, by the word that must stand there too ("" for none).
Demands = dict[str, int]


class Gate:
    """The compiled automata of one language; pure, so it may be shared between threads."""

    def __init__(self, lexicon: Lexicon, leaders: Collection[str] = frozenset()) -> None:
        """`leaders` are family names, folded by `authority.fold`; without them "Macron met Modi" does not pass."""
        self._leaders = leaders
        self._demands = _demands(lexicon)
        self._hints = _hints(lexicon)
        self.forms = sorted(self._demands)  # every written form of a trigger
        self._triggers = _automaton(self.forms)
        actors = [(first, entry) for first, found in lexicon.index.items() for entry in found if _acts(entry)]
        self._actors = _automaton(sorted({form for first, entry in actors for form in _written(first, entry)}))

    def triggers(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of every trigger in `text` between word boundaries, the longest at each place, in order."""
        return _hits(self._triggers, text)

    def _led(self, stretch: str) -> int:
        """How many family names of leaders stand in a stretch of text."""
        words = (word.strip(MARKS) for word in stretch.split() if word[:1].isupper())
        return sum(1 for word in words if fold(word.removesuffix("'s").removesuffix("’s")) in self._leaders)

    def open(self, text: str) -> bool:
        """Whether some stretch between full stops or line ends has a trigger and the actors that it asks for.

        Or if several common words for visits or talks have an actor too few: who is met, a text may say elsewhere.
        """
        last, hints = -1, set()
        stretch, actors = "", 0  # the last stretch looked at, where it ends, and how many actors stand there
        for at, stop in _bounded(self._triggers, text):
            if at >= last:
                start, last = _stretch(text, at, stop)
                stretch = text[start:last]
                actors = len(_hits(self._actors, stretch))
                actors += self._led(stretch) if actors < ENOUGH else 0
            if not actors:
                continue
            for particle, asked in self._demands[text[at:stop]].items():
                if not particle or particle in stretch:
                    if actors >= asked:
                        return True
                    hints |= {text[at:stop]} & self._hints
            if len(hints) >= HINTS:
                return True
        return False


def _acts(entry: Entry) -> bool:
    return entry.kind in ACTORS or entry.kind == "place" and entry.extra.endswith("|capital")


def _demands(lexicon: Lexicon) -> dict[str, Demands]:
    """Every form of a trigger with what it asks for."""
    common = frozenset(lexicon.tables["gate"].get("common", ()))
    found: dict[str, Demands] = {}
    for first, entries in lexicon.index.items():
        for entry in entries:
            lemma, *_, particle = entry.extra.split("|") if entry.kind == "verb" else (entry.extra.split("|")[0], "")
            if asked := _asked(entry, lemma, common):
                for form in _written(first, entry):
                    demands = found.setdefault(form, {})
                    demands[particle] = min(asked, demands.get(particle, asked))
    return found


def _hints(lexicon: Lexicon) -> frozenset[str]:
    """The forms of visits and talks that are common in other news too."""
    common = frozenset(lexicon.tables["gate"].get("common", ()))
    pairs = ((first, entry) for first, entries in lexicon.index.items() for entry in entries)
    return frozenset(
        form
        for first, entry in pairs
        if entry.kind in ("noun", "verb") and entry.value in HINTING and entry.extra.split("|")[0] in common
        for form in _written(first, entry)
    )


def _asked(entry: Entry, lemma: str, common: frozenset[str]) -> int:
    """How many actors a trigger asks for, 0 if the entry is no trigger."""
    if entry.kind == "noun" and entry.value in NOUNS or entry.kind == "verb" and entry.value in VERBS:
        return 2 if lemma in common else 1
    return 2 if entry.kind in ("noun", "predicate") or entry.kind == "verb" and entry.value in FAINT_VERBS else 0


def _written(first: str, entry: Entry) -> set[str]:
    """The forms in which an entry may stand in a text, also at the head of a sentence."""
    if len(first) < 2:
        return set()
    form = " ".join((first, *entry.rest)).replace(" - ", "-").replace(" 's", "'s")
    return {form, form[:1].upper() + form[1:]}


def _automaton(forms: list[str]) -> AhoCorasick:
    return AhoCorasick(forms, matchkind=MatchKind.Standard, implementation=Implementation.DFA)


def _hits(automaton: AhoCorasick, text: str) -> list[tuple[int, int]]:
    best: dict[int, int] = {}
    for start, end in _bounded(automaton, text):
        if end > best.get(start, 0):
            best[start] = end
    return sorted(best.items())


def _bounded(automaton: AhoCorasick, text: str) -> Iterator[tuple[int, int]]:
    """Every match, overlapping ones too, that no letter or digit continues; leftmost matching would lose some."""
    size = len(text)
    for _, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
        if start and _word(text[start - 1]) and _word(text[start]):
            continue
        if end < size and _word(text[end]) and _word(text[end - 1]):
            continue
        yield start, end


def _word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _stretch(text: str, start: int, end: int) -> tuple[int, int]:
    """The text around an offset up to the next full stop or line end on either side."""
    left = text.rfind(". ", 0, start)
    while left >= 0 and _abbreviates(text, left):
        left = text.rfind(". ", 0, left)
    right = text.find(". ", end)
    while right >= 0 and _abbreviates(text, right):
        right = text.find(". ", right + 1)
    ends = (at for at in (right, text.find("\n", end)) if at >= 0)
    return max(left, text.rfind("\n", 0, start)) + 1, min(ends, default=len(text))


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` ends no sentence: "18. Juni", "Dr. Sata", "U.S. President"."""
    first = stop - 1 if stop < 2 or not text[stop - 2].isalnum() else stop - 2
    short = first < 1 or not text[first - 1].isalnum()
    return first >= 0 and short and (text[first].isdigit() or text[first].isupper())
