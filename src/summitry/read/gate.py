"""The gate: decide in microseconds whether an article is worth reading at all.

An automaton of every trigger (the verbs and nouns of encounters) goes over the text once; a hit counts only between
word boundaries, the longest at each place. Only around a hit a second automaton looks for actors: countries, offices,
capitals, organisations. An article passes when between the same full stops a trigger and an actor stand, or a word that
is common in other news too ("come", "see", "team") and two actors. All words come from the lexicon; which of them are
common, the language file says (`[gate]`).
"""

from collections.abc import Callable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from summitry.lexicon import Entry, Lexicon

ACTORS = frozenset({"country", "adjective", "demonym", "seat", "organization", "office"})
NOUNS = frozenset({"visit", "move", "meet", "talk", "summit", "call", "invite", "itinerary"})
VERBS = frozenset({"visit", "receive", "meet", "talk", "invite", "call"})
FAINT_VERBS = frozenset({"move", "stay", "attend", "gather", "host", "expect", "accompany"})


class Gate:
    """The compiled automata of one language; pure, so it may be shared between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        common = frozenset(lexicon.tables["gate"].get("common", ()))
        strong = _forms(lexicon, lambda entry: _strength(entry, common) == 2)
        faint = _forms(lexicon, lambda entry: _strength(entry, common) == 1)
        self.forms = sorted({*strong, *faint})  # every written form of a trigger
        self._strong = frozenset(strong)
        self._triggers = _automaton(self.forms)
        self._actors = _automaton(_forms(lexicon, lambda entry: entry.kind in ACTORS))

    def triggers(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of every trigger in `text` between word boundaries, the longest at each place, in order."""
        return _hits(self._triggers, text)

    def open(self, text: str) -> bool:
        """Whether somewhere a trigger and enough actors stand between the same full stops or line ends."""
        actors = (0, 0, 0)  # start and end of the last stretch looked at, and how many actors stand there
        for at, stop in _bounded(self._triggers, text):
            if at >= actors[1]:
                start, end = _stretch(text, at, stop)
                actors = (start, end, len(_hits(self._actors, text[start:end])))
            if actors[2] >= (1 if text[at:stop] in self._strong else 2):
                return True
        return False


def _strength(entry: Entry, common: frozenset[str]) -> int:
    """2 for a trigger, 1 for one that needs two actors, 0 for no trigger."""
    lemma = entry.extra.split("|")[0]
    if entry.kind == "noun" and entry.value in NOUNS or entry.kind == "verb" and entry.value in VERBS:
        return 1 if lemma in common else 2
    if entry.kind in ("noun", "predicate"):
        return 1
    return int(entry.kind == "verb" and entry.value in FAINT_VERBS)


def _forms(lexicon: Lexicon, wanted: Callable[[Entry], bool]) -> list[str]:
    forms: set[str] = set()
    for first, entries in lexicon.index.items():
        for entry in entries:
            if wanted(entry) and len(first) > 1:
                form = " ".join((first, *entry.rest)).replace(" - ", "-").replace(" 's", "'s")
                forms |= {form, form[:1].upper() + form[1:]} if form[:1].islower() else {form}
    return sorted(forms)


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
    left = max(text.rfind(". ", 0, start), text.rfind("\n", 0, start)) + 1
    right = min((at for at in (text.find(". ", end), text.find("\n", end)) if at >= 0), default=len(text))
    return left, right
