"""The review queue: what a person should look at next, what they decided, and how to take that back.

Decisions are judgements in the record, written at once; only who has what open and what was put off for later is kept
in memory. A pair is judged by a report of each side, because reports keep their ids whatever is merged later.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from summitry import ask, merging
from summitry.ask import Query
from summitry.errors import UsageError
from summitry.model import Encounter, Judgement
from summitry.record import Proposed
from summitry.web.site import Site

PAIRS: Final = 500  # likely duplicates in the queue at a time
SECOND: Final = "second-person"  # what an encounter is compared with when a reviewer is unsure of it
BETWEEN: Final = "~"  # in the id of a pair


class Done(NamedTuple):
    """Something a reviewer did: the item, and the judgements it made (none: put off for later)."""

    item: str
    judgements: tuple[str, ...]


class Queue:
    """The queue of one site, for all its reviewers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._later: dict[str, set[str]] = {}
        self._done: dict[str, list[Done]] = {}

    def items(self, who: str) -> Iterator[str]:
        """What is left for `who`, in order: likely duplicates, then encounters, the latest first."""
        later, reviewed = self._later.get(who, set()), self.site.reviewed()
        for item in self.site.kept("queue", self._order):
            if item in later or (item in reviewed and (reviewed[item] != "unsure" or self.decided_by(item, who))):
                continue
            yield item

    def _order(self) -> list[str]:
        pairs = [f"{one.first}{BETWEEN}{one.second}" for one in self.site.record.proposals(PAIRS)]
        return pairs + ask.find_ids(self.site.record, Query())[::-1]

    def decided_by(self, item: str, who: str) -> bool:
        """Whether `who` has said something about the item."""
        return any(one.author == who for one in self.site.record.judgements(active=True, subject=item))

    def next(self, who: str, after: str | None = None) -> str | None:
        """The first item that nobody else has open: after `after`, or from the beginning."""
        passed = after is None
        for item in self.items(who):
            if passed and item != after and self.site.locks.take(item, who):
                return item
            passed = passed or item == after
        return None if after is None else self.next(who)

    def before(self, who: str, item: str) -> str | None:
        """The item in front of this one."""
        last = None
        for one in self.items(who):
            if one == item:
                return last
            last = one
        return last

    def left(self, who: str) -> int:
        """How many items there are for `who`."""
        return sum(1 for _ in self.items(who))

    def pair(self, item: str) -> Proposed | None:
        """The two encounters of a pair, None if the item is none (any more)."""
        first, between, second = item.partition(BETWEEN)
        if not between:
            return None
        return next((p for p in self.site.record.proposals() if (p.first, p.second) == (first, second)), None)

    def decide(self, item: str, decisions: Sequence[Judgement], who: str) -> None:
        """Write down what was decided on an item; on the disk when this returns."""
        made = []
        with self.site.record.transaction():
            for one in decisions:
                made.append(merging.judge(self.site.record, one, self.site.authority).id)
        self._done.setdefault(who, []).append(Done(item, tuple(made)))
        self.site.locks.release(item, who)
        self._tell(decisions)

    def _tell(self, decisions: Sequence[Judgement]) -> None:
        """Let overviews know; what only adds a word to an encounter does not make them all out of date."""
        if any(one.verdict not in ("accept", "unsure") or one.object not in (None, SECOND) for one in decisions):
            self.site.forget()
            return
        self.site.reviewed().update({one.subject: one.verdict for one in decisions})

    def put_off(self, item: str, who: str) -> None:
        """Look at the item later: not again in this run of the server."""
        self._later.setdefault(who, set()).add(item)
        self._done.setdefault(who, []).append(Done(item, ()))
        self.site.locks.release(item, who)

    def undo(self, who: str) -> str | None:
        """Take back the last thing `who` did; returns the item it was about. Without limit: the record knows them all."""
        done = self._done.get(who) or []
        last = done.pop() if done else self._from_record(who)
        if last is None:
            return None
        self._later.get(who, set()).discard(last.item)
        with self.site.record.transaction():
            for identity in reversed(last.judgements):
                merging.undo(self.site.record, identity, self.site.authority)
        self.site.forget()
        return last.item

    def _from_record(self, who: str) -> Done | None:
        own = [one for one in self.site.record.judgements(active=True) if one.author == who]
        return Done(self._item_of(own[-1]), (own[-1].id,)) if own else None

    def _item_of(self, one: Judgement) -> str:
        subject = self.site.record.current(one.subject) or one.subject
        other = self.site.record.current(one.object) if one.object and one.verdict in ("same", "different") else None
        return f"{subject}{BETWEEN}{other}" if other and other != subject else subject

    def recent(self, who: str, number: int = 10) -> list[Judgement]:
        """The last decisions of somebody, the latest first."""
        own = [one for one in self.site.record.judgements(active=True) if one.author == who]
        return own[::-1][:number]


def decision(item: str, verdict: str, who: str, reason: str | None = None) -> Judgement:
    """A judgement on one encounter. Raises UsageError for a verdict that is for pairs only, or for none."""
    if verdict not in ("accept", "withdraw", "unsure"):
        raise UsageError(f"{verdict!r} cannot be decided on an encounter; accept, withdraw or unsure can.")
    other = SECOND if verdict == "unsure" else None
    return Judgement(id="", subject=item, verdict=verdict, author=who, time="", object=other, reason=reason)


def of_pair(site: Site, pair: Proposed, verdict: str, who: str) -> Judgement:
    """A judgement on whether two encounters are one. Raises UsageError for a verdict that there is not."""
    if verdict not in ("same", "different", "unsure"):
        raise UsageError(f"{verdict!r} cannot be decided on a pair; same, different or unsure can.")
    first, second = (site.record.reports(encounters=[one])[0].id for one in (pair.first, pair.second))
    return Judgement(id="", subject=first, object=second, verdict=verdict, author=who, time="")


def doubts(found: Encounter) -> list[str]:
    """Why an encounter is worth a look: codes of `labels`."""
    reasons = []
    if len({one.article for one in found.sources}) < 2:
        reasons.append("one-source")
    if found.date is None:
        reasons.append("no-date")
    if found.place is None and found.kind != "call":
        reasons.append("no-place")
    if not any(who.name for who in found.guests) and found.delegation is None:
        reasons.append("no-guest")
    if any(one.report.origin != "rules" for one in found.sources):
        reasons.append("model")
    if found.status == "disputed":
        reasons.append("disputed")
    return reasons
