"""What a sentence rules out to name another in its place: "nicht nach Rom, sondern nach Paris", "statt nach Rom".

Of English "not to Rome but to Paris" is known; "instead of to Rome" is read as if it had been.

Such a negation is of one phrase and leaves the clause as it is; the phrase takes no part in what the clause tells.
"""

from collections.abc import Iterator, Sequence

from summitry.read.phrase import Phrase
from summitry.read.tokens import Token

GAP = 4  # tokens between the negation and what it rules out, at most: "nicht wie geplant nach Rom"
ADVERBS = 2  # tokens between the contrasting word and what takes the place


class Contrasts:
    """The negations of single phrases in one sentence: `ruled_out` are these phrases, `marks` the negations' tokens."""

    def __init__(self, tokens: Sequence[Token], phrases: Sequence[Phrase]) -> None:
        self.tokens = tokens
        self.phrases = phrases
        self.starts = {p.start: p for p in phrases}
        self.ruled_out: list[Phrase] = []
        self.marks: set[int] = set()
        for i, token in enumerate(tokens):
            if token.has("word", "not"):
                self._rule_out(i)

    def _rule_out(self, i: int) -> None:
        if self.tokens[i].get("prep"):  # "statt nach Rom": the word itself says that something else happened
            phrase = self.starts.get(i + 1) if i == 0 or not self.tokens[i - 1].get("verb") else None
            if phrase is None or not self.tokens[i + 1].get("prep"):
                return
        else:
            phrase = self._negated(i)
            if phrase is None or not any(_alike(phrase, other) for other in self._instead(phrase)):
                return
        self.marks.add(i)
        group = [p for p in self.phrases if p.group == phrase.group]
        self.ruled_out += group
        if self._was_meant(i, phrase):
            for meant in group:
                meant.flags.add("planned")

    def _negated(self, i: int) -> Phrase | None:
        """The phrase right behind a negation, or behind "wie geplant"; None if the negation has something else."""
        for at in range(i + 1, min(i + 2 + GAP, len(self.tokens))):
            if at in self.starts:
                return self.starts[at]
            if not self.tokens[at].text[0].isalpha() or self.tokens[at].has("word", "only"):
                return None
        return None

    def _was_meant(self, i: int, phrase: Phrase) -> bool:
        """Whether what is ruled out had been expected: "statt nach Rom", "nicht wie geplant nach Rom"."""
        between = self.tokens[i + 1 : phrase.start]
        return bool(self.tokens[i].get("prep")) or any(t.has("conj", "comparison") for t in between)

    def _instead(self, phrase: Phrase) -> Iterator[Phrase]:
        """What contrasting words behind `phrase` put in the place of something: "sondern nach Paris"."""
        for token in self.tokens[phrase.end :]:
            if token.has("word", "contrast"):
                after = range(token.i + 1, min(token.i + 2 + ADVERBS, len(self.tokens)))
                first = next((at for at in after if at in self.starts or self.tokens[at].get("verb", "aux")), None)
                if first in self.starts:
                    yield self.starts[first]


def _alike(phrase: Phrase, other: Phrase) -> bool:
    """Whether two phrases have the same part in their clause: the same preposition, or none."""
    return bool(phrase.prep & other.prep) or not phrase.prep and not other.prep
