"""The gate: decide in microseconds whether an article is worth reading at all.

An automaton of every trigger (the verbs and nouns of encounters) goes over the text once; a hit counts only between
word boundaries, the longest at each place. Only around a hit a second automaton looks for an actor: a country, an
office, a capital, an organisation. An article passes when a trigger and an actor stand between the same full stops.
Verbs that say little by themselves ("begin", "plan") are no triggers. All words come from the lexicon.
"""

from collections.abc import Callable, Iterator

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from summitry.lexicon import Entry, Lexicon

ACTORS = frozenset({"country", "adjective", "demonym", "seat", "organization", "office"})
FAINT = frozenset(
    {"do", "begin", "end", "happen", "plan", "propose", "say", "accept", "lead", "deny", "refuse", "route", "cancel", "postpone"}
)


class Gate:
    """The compiled automata of one language; pure, so it may be shared between threads."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.forms = _forms(lexicon, _is_trigger)  # every written form of a trigger
        self._triggers = _automaton(self.forms)
        self._actors = _automaton(_forms(lexicon, lambda entry: entry.kind in ACTORS))

    def triggers(self, text: str) -> list[tuple[int, int]]:
        """(start, end) of every trigger in `text` between word boundaries, the longest at each place, in order."""
        return _hits(self._triggers, text)

    def open(self, text: str) -> bool:
        """Whether somewhere a trigger and an actor stand between the same full stops or line ends."""
        done = 0
        for pattern_start, pattern_end in _bounded(self._triggers, text):
            if pattern_start < done:
                continue
            start, end = _stretch(text, pattern_start, pattern_end)
            if any(True for _ in _bounded(self._actors, text[start:end])):
                return True
            done = end
        return False


def _is_trigger(entry: Entry) -> bool:
    return entry.kind in ("noun", "predicate", "delegation") or (entry.kind == "verb" and entry.value not in FAINT)


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
