"""Several counts in one clause: "visited Mexico twice and Canada once", "war 2019 zweimal und 2017 einmal in Japan".

Each count shares the head of the clause and has a part of its own, a country or a time with its number. So the other
parts are blanked out, and what is left is read like a sentence with one count.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from summitry.read.claimcounts import Counts
from summitry.read.claimwords import View


class _Part(NamedTuple):
    """One count with its country or time; `tie` is the comma or conjunction before it."""

    tie: int
    start: int
    end: int

    @property
    def words(self) -> range:
        """Its tokens, and what ties it to the part before."""
        return range(self.tie, self.end)


def series(view: View, published: str | None) -> Iterator[tuple[range, ...]]:
    """For every count of a series the tokens of the other ones; nothing where a sentence has no series."""
    if sum(len(view.said[name]) for name in ("often", "once", "times")) + _glued(view) < 2:
        return
    counts = Counts(view, published)
    every = (counts.frequency(i) or _once(view, i) for i in range(len(view.tokens)))
    found = [(number[0], number[1]) for number in every if number]
    found = [one for n, one in enumerate(found) if not n or one[0] >= found[n - 1][1]]
    parts = _parts(view, found) if len(found) > 1 else []
    for one in parts:
        yield tuple(other.words for other in parts if other is not one)


def _glued(view: View) -> int:
    return sum(view.glued(i) is not None for i in range(len(view.tokens)))


def _once(view: View, i: int) -> tuple[int, int] | None:
    n = view.match(i, "once")
    return (i, i + n) if n and not view.match(i - 1, "not-once") else None


def _parts(view: View, found: list[tuple[int, int]]) -> list[_Part]:
    """The parts of a series; [] if there is a verb between two numbers, or one has no country and no time of its own."""
    ties = [_tie(view, one[1], two[0]) for one, two in pairwise(found)]
    if None in ties:
        return []
    starts = [0, *(tie + 1 for tie in ties if tie is not None)]
    while view.tokens[starts[-1]].get("conj"):  # ", and"
        starts[-1] += 1
    last = found[-1][1]
    while last < len(view.tokens) and not view.boundary(last) and last not in view.verbs:
        last += 1
    ends = [*(tie for tie in ties if tie is not None), last]
    abroad = _countries(view, starts[1], ends[1])
    before = [p for p in _countries(view, 0, found[0][0]) if abroad and p[1] == found[0][0]]
    starts[0] = before[0][0] if before else found[0][0]
    parts = [
        _Part(start if not n else ends[n - 1], start, end)
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    told = [bool(_countries(view, *part[1:])) or bool(view.times(part.start, part.end, "date")) for part in parts]
    return parts if all(told) else []


def _countries(view: View, start: int, end: int) -> list[tuple[int, int]]:
    kinds = ("country", "place", "seat")
    return [(p.start, p.end) for p in view.phrases if p.kind in kinds and start <= p.start and p.end <= end]


def _tie(view: View, start: int, end: int) -> int | None:
    """The comma or conjunction between two numbers; None where there is none, or a verb."""
    if any(k in view.verbs for k in range(start, end)):
        return None
    return next((k for k in range(start, end) if view.tokens[k].text == "," or view.tokens[k].get("conj")), None)


__all__ = ["series"]
