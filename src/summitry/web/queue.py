"""The review queue: what a person should look at next, what they decided, and how to take that back.

Decisions are judgements in the record, written at once, and so is what was put off for later; only who has what open is
kept in memory. Under the two-person rule a no is an opinion (`reject`) until a second person shares it, and of two who
disagree somebody else, an editor, decides. What is said of a pair under that rule is filed under the pair's own name;
what takes effect is a judgement on a report of each side, because reports keep their ids whatever is merged later.
"""

import time
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from summitry import ask, merging
from summitry.ask import ADJUDICATED, NO, SECOND, YES
from summitry.errors import UsageError
from summitry.model import Encounter, Judgement
from summitry.record import Proposed
from summitry.web.accounts import Account
from summitry.web.site import Site

PAIRS: Final = 500  # likely duplicates in the queue at a time
BETWEEN: Final = "~"  # in the id of a pair
SOME: Final = 50  # encounters looked at at a time
LATELY: Final = 30.0  # seconds after which the number of items left is counted again
_OPINION: Final = {"same": "accept", "different": "reject"}


class Done(NamedTuple):
    """Something a reviewer did: the item, and the judgements it made."""

    item: str
    judgements: tuple[str, ...]


class Queue:
    """The queue of one site, for all its reviewers."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._done: dict[str, list[Done]] = {}
        self._left: dict[str, tuple[int, float]] = {}

    @property
    def need(self) -> int:
        """How many people decide on an item."""
        return self.site.settings.reviewers

    def items(self, who: Account, past: str | None = None) -> Iterator[str]:
        """What is left for `who`, in order, behind `past`: disputes, likely duplicates, encounters from the latest on."""
        first = self.special(who, past)
        if past is None or past in first:
            yield from (one for one in first[first.index(past) + 1 if past else 0 :])
            past = None
        while found := self._some(who.name, past):
            yield from found
            past = found[-1]

    def _some(self, who: str, past: str | None) -> list[str]:
        record, need = self.site.record, self.need
        if past is None:
            return ask.waiting(record, who, need, limit=SOME)
        return ask.waiting_beside(record, who, need, past, limit=SOME)

    def special(self, who: Account, at: str | None = None) -> list[str]:
        """Disputes for those who may settle them, then pairs that may be one encounter; without what was put off but `at`."""
        later = ask.put_off(self.site.record, who.name)
        return [one for one in (*self.disputes(who), *self._pairs(who)) if one not in later or one == at]

    def disputes(self, who: Account) -> list[str]:
        """Encounters on which two disagree who are others than `who`."""
        if self.need < 2 or not who.may("editor"):
            return []
        found = ask.disputed(self.site.record)
        own = {
            one.subject for one in self.site.record.judgements(active=True, subjects=found) if one.author == who.name
        }
        return [one for one in found if one not in own]

    def _pairs(self, who: Account) -> list[str]:
        pairs = [f"{one.first}{BETWEEN}{one.second}" for one in self.site.record.proposals(PAIRS)]
        if self.need == 1 or not pairs:
            return pairs
        said: dict[str, list[Judgement]] = {}
        for one in self.site.record.judgements(active=True, subjects=pairs):
            said.setdefault(one.subject, []).append(one)
        return [one for one in pairs if self._open(said.get(one, []), who)]

    def _open(self, said: Sequence[Judgement], who: Account) -> bool:
        """Whether `who` may say something of a pair: they have not, and it is not for an editor to settle."""
        mine = any(one.author == who.name for one in said)
        return not mine and (
            len({one.author for one in said if one.verdict != "unsure"}) < self.need or who.may("editor")
        )

    def next(self, who: Account, past: str | None = None) -> str | None:
        """The first item that nobody else has open: behind `past`, or from the beginning."""
        for item in self.items(who, past):
            if item != past and self.site.locks.take(item, who.name):
                return item
        return None if past is None else self.next(who)

    def after(self, who: Account, item: str) -> str | None:
        """The item behind this one."""
        return next((one for one in self.items(who, item) if one != item), None)

    def before(self, who: Account, item: str) -> str | None:
        """The item in front of this one."""
        first = self.special(who, item)
        if item in first:
            ahead = first[: first.index(item)]
            return ahead[-1] if ahead else None
        found = ask.waiting_beside(self.site.record, who.name, self.need, item, limit=1, back=True)
        return next(iter([*found, *first[::-1]]), None)

    def left(self, who: Account) -> int:
        """How many items there are for `who`; what others decide in between is told a little later."""
        number, at = self._left.get(who.name, (0, -LATELY))
        if time.monotonic() - at >= LATELY:
            number = ask.number_waiting(self.site.record, who.name, self.need) + len(self.special(who))
            self._left[who.name] = number, time.monotonic()
        return max(number, 0)

    def _fewer(self, who: str, by: int) -> None:
        if who in self._left:
            number, at = self._left[who]
            self._left[who] = number - by, at

    def pair(self, item: str) -> Proposed | None:
        """The two encounters of a pair, None if the item is none (any more)."""
        first, between, second = item.partition(BETWEEN)
        if not between:
            return None
        return next((p for p in self.site.record.proposals() if (p.first, p.second) == (first, second)), None)

    def opinions(self, item: str) -> list[Judgement]:
        """What people have said of an item, the oldest first."""
        return [one for one in self.site.record.judgements(active=True, subjects=[item]) if one.verdict in ask.OPINIONS]

    def decide(self, item: str, decisions: Sequence[Judgement], who: str) -> None:
        """Write down what was decided on an item; on the disk when this returns."""
        made = []
        with self.site.record.transaction():
            for one in decisions:
                made.append(merging.judge(self.site.record, one, self.site.authority).id)
        self._done.setdefault(who, []).append(Done(item, tuple(made)))
        self.site.locks.release(item, who)
        self._fewer(who, max(1, len({one.subject for one in decisions})))
        if any(one.verdict in ("same", "different", "correct", "withdraw") for one in decisions):
            self.site.forget()

    def put_off(self, item: str, who: str) -> None:
        """Look at the item later, when nothing else is left; it is kept in the record like every decision."""
        made = self.site.record.judge(Judgement(id="", subject=item, verdict=ask.LATER, author=who, time=""))
        self._done.setdefault(who, []).append(Done(item, tuple(one.id for one in made)))
        self.site.locks.release(item, who)
        self._fewer(who, 1)

    def take_up(self, who: str) -> None:
        """Ask again about everything that `who` put off."""
        with self.site.record.transaction():
            for identity in ask.put_off(self.site.record, who).values():
                self.site.record.undo(identity)
        self._left.pop(who, None)

    def undo(self, who: str) -> str | None:
        """Take back the last thing `who` did; returns the item it was about. Without limit: the record knows them all."""
        done = self._done.get(who) or []
        last = done.pop() if done else self._from_record(who)
        if last is None:
            return None
        with self.site.record.transaction():
            for identity in reversed(last.judgements):
                merging.undo(self.site.record, identity, self.site.authority)
        self.site.forget()
        self._left.pop(who, None)
        return last.item

    def _from_record(self, who: str) -> Done | None:
        own = [one for one in self.site.record.judgements(active=True, author=who) if one.subject]
        return Done(self._item_of(own[-1]), (own[-1].id,)) if own else None

    def _item_of(self, one: Judgement) -> str:
        if BETWEEN in one.subject:
            return one.subject
        subject = self.site.record.current(one.subject) or one.subject
        other = self.site.record.current(one.object) if one.object and one.verdict in ("same", "different") else None
        return f"{subject}{BETWEEN}{other}" if other and other != subject else subject

    def recent(self, who: str, number: int = 10) -> list[Judgement]:
        """The last decisions of somebody, the latest first."""
        return self.site.record.judgements(active=True, author=who)[::-1][:number]

    def of_encounter(self, item: str, verdict: str, who: Account, reason: str | None) -> Judgement:
        """What a decision on an encounter comes to: a no needs a second one, unless it settles a dispute.

        Raises UsageError for a verdict that there is not, and for a no without a reason.
        """
        if verdict == "withdraw" and not reason:
            raise UsageError("A rejection needs a reason.")
        if item in self.disputes(who):
            return decision(item, verdict, who.name, reason, ADJUDICATED if verdict != "unsure" else SECOND)
        shared = any(one.verdict in NO and one.author != who.name for one in self.opinions(item))
        alone = verdict == "withdraw" and self.need > 1 and not shared
        return decision(item, "reject" if alone else verdict, who.name, reason, SECOND if verdict == "unsure" else None)

    def of_pair(self, pair: Proposed, verdict: str, who: Account) -> Judgement:
        """What a decision on a pair comes to. Raises UsageError for a verdict that there is not."""
        if verdict not in ("same", "different", "unsure"):
            raise UsageError(f"{verdict!r} cannot be decided on a pair; same, different or unsure can.")
        item = f"{pair.first}{BETWEEN}{pair.second}"
        said = [one for one in self.opinions(item) if one.author != who.name and one.verdict in (*YES, *NO)]
        shared = any(one.verdict == _OPINION.get(verdict) for one in said) or (len(said) > 1 and who.may("editor"))
        if self.need > 1 and not shared:
            opinion = _OPINION.get(verdict, verdict)
            return Judgement(id="", subject=item, verdict=opinion, author=who.name, time="",
                             object=SECOND if verdict == "unsure" else None)  # fmt: skip
        first, second = (self.site.record.reports(encounters=[one])[0].id for one in (pair.first, pair.second))
        return Judgement(id="", subject=first, object=second, verdict=verdict, author=who.name, time="")


def decision(item: str, verdict: str, who: str, reason: str | None = None, other: str | None = None) -> Judgement:
    """A judgement on one encounter. Raises UsageError for a verdict that is for pairs only, or for none."""
    if verdict not in ask.OPINIONS:
        raise UsageError(f"{verdict!r} cannot be decided on an encounter; accept, withdraw or unsure can.")
    return Judgement(id="", subject=item, verdict=verdict, author=who, time="", object=other, reason=reason)


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
