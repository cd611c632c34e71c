"""How far people who looked at the same things agree, and whose decisions did not last.

Only what two people said of the same item, each by themselves, can be compared: under the two-person rule that is every
item. Whoever settles a dispute has seen what the others said and is left out.
"""

import itertools
from collections import Counter, defaultdict
from typing import NamedTuple

from summitry.ask.waiting import ADJUDICATED, NO, YES
from summitry.model import Judgement
from summitry.record import Record


class Agreement(NamedTuple):
    """Two reviewers: on how many items both decided, on how many alike, and Cohen's kappa of that."""

    first: str
    second: str
    items: int
    alike: int
    kappa: float | None  # None where one of them always said the same, so that nothing can be expected by chance


class Overruled(NamedTuple):
    """A decision, and the later one of somebody else by which it no longer holds."""

    own: Judgement
    by: Judgement


def agreements(record: Record) -> list[Agreement]:
    """Every two reviewers with an item in common, those with the most first."""
    said: dict[str, dict[str, bool]] = defaultdict(dict)
    for one in record.judgements(active=True):
        if one.verdict in (*YES, *NO) and one.object != ADJUDICATED:
            said[one.author][one.subject] = one.verdict in YES and said[one.author].get(one.subject, True)
    found = []
    for first, second in itertools.combinations(sorted(said), 2):
        both = [(said[first][item], said[second][item]) for item in said[first].keys() & said[second].keys()]
        if both:
            found.append(Agreement(first, second, len(both), sum(a == b for a, b in both), kappa(both)))
    return sorted(found, key=lambda one: (-one.items, one.first, one.second))


def kappa(both: list[tuple[bool, bool]]) -> float | None:
    """Agreement beyond what chance gives two people who say yes as often as these (Cohen 1960).

    >>> kappa([(True, True)] * 20 + [(True, False)] * 5 + [(False, True)] * 10 + [(False, False)] * 15)
    0.4
    """
    n, counts = len(both), Counter(both)
    observed = (counts[True, True] + counts[False, False]) / n
    first, second = (sum(pair[at] for pair in both) / n for at in (0, 1))
    expected = first * second + (1 - first) * (1 - second)
    return None if expected > 1 - 1e-9 else round((observed - expected) / (1 - expected), 6)


def overruled(record: Record, who: str) -> list[Overruled]:
    """Decisions of `who` on encounters that somebody else has settled otherwise or corrected since; the latest first."""
    own = {one.subject: one for one in record.judgements(active=True, author=who) if one.verdict in (*YES, *NO)}
    found: dict[str, Overruled] = {}
    for one in record.judgements(active=True, subjects=list(own)):
        mine = own[one.subject]
        other = one.author != who and (one.time, one.id) > (mine.time, mine.id)
        if other and (_settles_otherwise(one, mine) or (one.verdict == "correct" and mine.verdict in YES)):
            found[one.subject] = Overruled(mine, one)
    return sorted(found.values(), key=lambda one: one.by.time, reverse=True)


def _settles_otherwise(one: Judgement, mine: Judgement) -> bool:
    """Whether a judgement takes effect and is on the other side."""
    effective = one.object == ADJUDICATED or one.verdict == "withdraw"
    return effective and (one.verdict in YES) != (mine.verdict in YES) and one.verdict in (*YES, *NO)


__all__ = ["Agreement", "Overruled", "agreements", "kappa", "overruled"]
