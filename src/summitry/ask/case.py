"""A claim on trial: the rule it means, what the record holds about it, and how the verdict is written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from summitry.ask import covers
from summitry.ask.selection import Seen, seen
from summitry.ask.sentences import Words
from summitry.dates import bounds, precision
from summitry.kinds import Status
from summitry.model import Claim, CountingRule, Coverage, Verdict
from summitry.record import Record
from summitry.record.schema import EVER, NEVER

_ABSENT: Final = frozenset({
    "count-supported", "count-fewer", "record-supported", "nth-supported", "nth-fewer", "within-supported", "within-fewer",
    "repeat-contradicted", "first-supported", "count-dates", "each-missing", "first-ever-supported", "never-supported", "since-supported",
})  # fmt: skip  # the sentences of verdicts that rest on completeness


@dataclass(frozen=True)
class Case:
    """Everything that a verdict is made from."""

    record: Record
    claim: Claim
    rule: CountingRule  # what the claim counts, its window included
    published: date | None
    coverage: tuple[Coverage, ...]  # the statements that apply to the rule
    words: Words
    stated: tuple[Coverage, ...] = ()  # everything that the record is stated to be complete for
    undated: bool = False  # nobody said when the claim was published: `published` is the day that the record goes to

    def says(self, verdict: str, key: str, /, **more: object) -> Verdict:
        """The verdict with the sentence `key`; `encounters`, `low`, `high` go into it, the rest fills the sentence."""
        fields = {
            name: more.pop(name)
            for name in ("low", "high", "encounters", "rules_that_fit", "rules_tried")
            if name in more
        }
        why = " ".join((self.words.sentence(key, **more), *(self._notes() if key in _ABSENT else ())))
        answer = Verdict(claim=self.claim, verdict=verdict, why=why, rule=self.rule)
        return replace(answer, **fields)

    def _notes(self) -> list[str]:
        """As of when a claim without a date is judged, and what the sources that claim completeness leave out."""
        notes = (dict(one.note) for one in self.coverage)
        left = dict.fromkeys(note.get(self.words.tag) or note["en"] for note in notes if "en" in note)
        day = self.published.isoformat() if self.undated and self.published else None
        return [*([self.words.sentence("as-of", date=self.words.date(day))] if day else []), *left]

    def covered(self, first: date | None, last: date | None) -> bool:
        """Whether the record is stated to be complete from `first` (None: the beginning) to `last`.

        Of a person in an office only the time in it is needed.
        """
        for begin, end in covers.terms(self.rule):
            first, last = max(first or begin, begin), min(last or end, end)
            if first > last:
                return True
        return covers.covers(self.coverage, first, last)

    def anywhen(self, status: tuple[Status, ...] = ("held",)) -> list[Seen]:
        """All that the claim could be about, whenever it was, up to the claim's publication, in order."""
        return self._ever(self.rule, status)

    def _ever(self, rule: CountingRule, status: tuple[Status, ...]) -> list[Seen]:
        end = self.published.isoformat() if self.published else None
        with self.record.reading() as connection:
            return seen(connection, replace(rule, start=None, end=end, status=status), guests=True)

    def since(self) -> str | None:
        """How far back the record goes here, in words: its coverage, else its oldest entry; None if it has none."""
        first = covers.since(self.coverage)
        if first is not None:
            month = first.isoformat()[:7] if first.day == 1 else first.isoformat()
            return self.words.date(month)
        rule = self.rule
        if rule.between or rule.guest or rule.host:  # not one person's first entry: the record's on these countries
            between = tuple(sorted({*rule.between, *rule.guest, *rule.host}))
            rule = CountingRule(between=between)
        known = [one for one in self._ever(rule, ("held",)) if one.date and one.earliest != EVER]
        return self.words.date(known[0].date) if known else None

    def uncovered(self, key: str, **more: object) -> Verdict:
        """Not to be checked: `key` says how far back the record goes; another sentence, that it holds nothing at all."""
        since = self.since()
        if since is None:
            return replace(self.says("not-checkable", "nothing-known"), encounters=more.get("encounters", ()))
        return self.says("not-checkable", key, since=since, **more)

    def dates(self, some: Sequence[Seen]) -> str:
        """The dates of some encounters, in words."""
        return self.words.dates(one.date for one in some)

    def anchors(self) -> list[Seen]:
        """The encounters that the claim itself may speak of: in its own window, else the last of the past year."""
        first, last = self.anchor_window()
        every = [one for one in self._ever(self._own_rule(), ("held", "planned")) if one.date]
        found = [
            one
            for one in every
            if (first is None or one.latest >= first.isoformat()) and one.earliest <= last.isoformat()
        ]
        if self.dated:
            return found
        if not found and self.claim.scope.office and self.claim.scope.person:
            return every[:1]  # "Nixon was the first president to visit China": his first visit, however long ago
        return found[-1:]

    def own(self, *, ahead: bool = False) -> list[Seen]:
        """All encounters of the person that a claim about holders of an office names, in that office.

        With `ahead` those after its publication as well: a text may speak of what is about to happen.
        """
        if not self.claim.scope.person:
            return []
        if not ahead:
            return self._ever(self._own_rule(), ("held",))
        with self.record.reading() as connection:
            return seen(connection, replace(self._own_rule(), start=None, end=None, status=("held", "planned")))

    def _own_rule(self) -> CountingRule:
        """The rule for the encounter of the claim itself: "Obama, the first president to …" is about a visit of his."""
        scope, rule = self.claim.scope, self.rule
        if not scope.person or not scope.office:
            return rule
        country = (rule.guest or rule.between)[:1]
        office = scope.office.removeprefix(f"{country[0]} ") if country else scope.office
        return replace(rule, people=(scope.person,), capacity=(office,))

    @property
    def dated(self) -> bool:
        """Whether the claim says itself when the encounter that makes it was."""
        scope = self.claim.scope
        return bool(scope.on or (scope.start and scope.end))

    def anchor_window(self) -> tuple[date | None, date]:
        """The days on which the encounter that the claim speaks of may have been."""
        scope = self.claim.scope
        start, end = scope.on or scope.start, scope.on or scope.end
        first = bounds(start)[0] if start else None
        last = bounds(end)[1] if end else None
        last = last or self.published or date.max
        if first is None and last != date.max:
            first = date(last.year - 1, last.month, 1)
        return first, last


def surely_before(one: Seen, other: Seen) -> bool:
    """Whether `one` was over before `other` began."""
    return one.latest < other.earliest and other.earliest != EVER and one.latest != NEVER


def stays(some: Sequence[Seen]) -> list[Seen]:
    """Encounters of one traveller in one country that follow on each other without a day between, as the first of them.

    A table lists Bonn, West Berlin and Bonn again; a newspaper speaks of one visit.
    """
    last: dict[tuple[str | None, object], str] = {}
    found = []
    for one in sorted(some, key=lambda each: (each.earliest, each.latest)):
        key = one.host_country, one.guests[:1] or one.id
        if not (exact(one) and key in last and _next_day(last[key], one.earliest)):
            found.append(one)
        if exact(one):
            last[key] = max(last.get(key, one.latest), one.latest)
    return found


def exact(one: Seen) -> bool:
    """Whether the days of an encounter are known."""
    ends = str(one.date or "").split("/")
    return all(end not in ("", "..") and precision(end) == "day" for end in ends)


def _next_day(ended: str, begins: str) -> bool:
    return date.fromisoformat(begins) <= date.fromisoformat(ended) + timedelta(days=1)
