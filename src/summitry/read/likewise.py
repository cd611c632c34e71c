"""Whose encounter another clause names: "as X did in 2016", "among those who attended was X"."""

from collections.abc import Sequence
from copy import copy
from itertools import pairwise

from summitry.read.clause import Clause
from summitry.read.drafts import GEO, TRAVEL, Draft
from summitry.read.loose import LooseParser
from summitry.read.phrase import Phrase
from summitry.read.realities import status_of
from summitry.read.tokens import APOSTROPHES


class LikewiseParser(LooseParser):
    """Drafts of those who did what others are said to do, and of those whom a main clause adds."""

    def _likewise(self, found: Sequence[Draft]) -> list[Draft]:
        """ "will fly to Asmara, as Abiy did in 2018": another journey to the same place."""
        drafts: list[Draft] = []
        for clause in self.clauses:
            does = clause.main is not None and clause.main.lemma == "do" and clause.subject
            if not does or clause.negated:
                continue
            people = [p for p in clause.subject if p.kind in ("person", "office")]
            if (partners := self._met_before(clause, found)) and people:
                drafts += self._met_likewise(clause, [*people, *partners], found)
                continue
            if clause.kind != "subordinate" or any(p.kind == "noun" for p in clause.phrases):
                continue
            before = [d for d in found if d.trigger < clause.start and d.frame in TRAVEL and d.destinations]
            if not people or not before or not self.tokens[clause.start].has("conj", "subordinate"):
                continue
            draft = Draft(before[-1].frame, clause, self.sentence, clause.main.at)  # type: ignore[union-attr]
            draft.rule, draft.guests, draft.destinations = "likewise", people, list(before[-1].destinations)
            draft.status, draft.clauses = status_of(clause, None), self.clauses
            drafts.append(draft)
        return drafts

    @staticmethod
    def _met_before(clause: Clause, found: Sequence[Draft]) -> list[Phrase]:
        """Whom the clauses before are about meeting, other than their subject."""
        before = [d for d in found if d.trigger < clause.start and d.frame == "meet" and d.trigger_noun is None]
        return [p for d in before[-1:] for p in d.sides if p not in d.clause.subject and p.kind == "person"]

    def _met_likewise(self, clause: Clause, sides: list[Phrase], found: Sequence[Draft]) -> list[Draft]:
        """ "No envoy had met Xi since May, when Ruto did so in Lima": another meeting with the same people."""
        draft = next((d for d in found if d.clause is clause), None)
        new = draft is None
        if draft is None:
            draft = Draft("meet", clause, self.sentence, clause.main.at if clause.main else clause.start)
            draft.status, draft.clauses = status_of(clause, None), self.clauses
            draft.places = [p for p in clause.phrases if p.kind in GEO and p.prep & {"in", "at"}]
        draft.frame, draft.rule, draft.sides = "meet", "likewise", sides
        draft.places += draft.destinations
        draft.guests, draft.destinations = [], []
        return [draft] if new else []

    def _gapped(self, found: Sequence[Draft]) -> list[Draft]:
        """ "On Monday Tusk came to Kyiv, on Tuesday Meloni": what the verb tells of one, of another at another time."""
        drafts: list[Draft] = []
        for first in found:
            told = min((p.start for p in (*first.guests, *first.sides)), default=-1)
            if first.frame not in (*TRAVEL, "meet", "talk") or told < 0 or first.trigger_noun is not None:
                continue
            for start, end in self._gaps(first, told):
                own = [p for p in first.clause.phrases if start <= p.start < end]
                goes = self._goes(first, start, end)
                people = (
                    own[:1]
                    if goes
                    else [p for p in own if p.kind in ("person", "office") and not p.prep or p in first.sides]
                )
                if people and (goes or not any(p in first.hosts for p in people)):
                    drafts.append(self._gap(first, own, people))
                    if self._dated(start, end):
                        gap = drafts[-1].clause
                        gap.spans, gap.start, gap.end = [(start, end)], start, end
        return drafts

    def _gap(self, first: Draft, own: Sequence[Phrase], people: Sequence[Phrase]) -> Draft:
        """The draft of one stretch: its `own` people and places instead of those of the `first`, which loses them."""
        draft = Draft(first.frame, copy(first.clause), self.sentence, people[0].head)
        draft.rule, draft.status, draft.clauses, draft.hosts = "gapped", first.status, self.clauses, first.hosts
        first.guests = [p for p in first.guests if p not in people]
        first.sides = [p for p in first.sides if p not in people]
        first.hosts = draft.hosts = [p for p in first.hosts if p not in people]
        draft.guests = list(people) if first.guests else []
        draft.sides = [*(p for p in first.sides if p in first.clause.subject), *people] if first.sides else []
        for place in ("destinations", "places"):
            theirs = getattr(first, place)
            mine = [p for p in theirs if p in own]
            setattr(first, place, [p for p in theirs if p not in mine])
            setattr(draft, place, mine or theirs if first.frame in TRAVEL else mine)
        return draft

    def _gaps(self, draft: Draft, told: int) -> list[tuple[int, int]]:
        """The stretches of a clause behind `told` that have no verb, but a date or a traveller and a goal of their own."""
        clause = draft.clause
        verb = clause.main.at if clause.main is not None else clause.start
        inside = {i for p in clause.phrases for i in range(p.start + 1, p.end)}
        stretches: list[list[int]] = []
        for first, end in clause.spans:
            cuts = [i for i in range(first, end) if i not in inside and self._cuts(i)]
            stretches += [[a, b] for a, b in pairwise([first, *cuts, end]) if a > told and a > verb]
        verbs = {v.at for v in clause.verbs}
        gaps: list[list[int]] = []
        for first, end in stretches:
            if verbs & set(range(first, end)):
                return []
            if self._dated(first, end) or self._goes(draft, first, end) or self._elsewhere(draft, first, end):
                gaps.append([first, end])
            elif gaps:
                gaps[-1][1] = end
        ahead = bool(gaps) and any(self._dated(a, min(b, gaps[0][0])) for a, b in clause.spans if a < gaps[0][0])
        ahead = ahead or bool(gaps) and (self._goes(draft, *gaps[0]) or self._elsewhere(draft, *gaps[0]))
        return [(first, end) for first, end in gaps] if ahead else []

    def _goes(self, draft: Draft, first: int, end: int) -> bool:
        """Whether a stretch is of somebody and where to: "X flies to Ghana, | Y to Japan"."""
        own = [p for p in draft.clause.phrases if first <= p.start < end]
        somebody = len(own) > 1 and own[0].kind in ("person", "office")
        somebody = somebody and not self.tokens[own[0].start].get("prep")  # "to Japan and Y to …": no "to Y"
        somebody = somebody and any(p.start < first for p in draft.destinations)
        goal = somebody and (own[1] in draft.destinations or own[1] in draft.places)
        return goal and draft.frame in TRAVEL and bool(own[1].prep & {"to", "in"})

    @staticmethod
    def _elsewhere(draft: Draft, first: int, end: int) -> bool:
        """Whether a stretch is of somebody at another place than those before: "meets X in Berlin | and Y in Rome"."""
        own = [p for p in draft.clause.phrases if first <= p.start < end]
        somebody = any(p.kind in ("person", "office") and not p.prep and p not in draft.clause.subject for p in own)
        here = {c for p in own if p in draft.places or p in draft.destinations for c in p.countries}
        before = [p for p in (*draft.places, *draft.destinations) if p.start < first and p.countries]
        return somebody and bool(here) and any(not here & set(p.countries) for p in before)

    def _dated(self, first: int, end: int) -> bool:
        """Whether a date stands between two tokens."""
        start, stop = self.tokens[first].start, self.tokens[end - 1].end
        return any(start <= t.start < stop for t in self.sentence.times if t.kind in ("date", "time"))

    def _cuts(self, i: int) -> bool:
        return self.tokens[i].text in ",;" or self.tokens[i].has("conj", "and")

    def _instead(self, found: Sequence[Draft]) -> list[Draft]:
        """ "flew not to Lima as planned but to Quito": the journey to Lima was called off."""
        drafts: list[Draft] = []
        for first in found:
            goals = [p for p in first.clause.ruled_out if p.kind in GEO and "planned" in p.flags]
            if goals and first.frame in ("move", "visit") and first.status == "held":
                draft = Draft(first.frame, first.clause, self.sentence, goals[0].head)
                draft.rule, draft.status, draft.clauses = "instead", "cancelled", self.clauses
                draft.guests, draft.destinations = list(first.guests), goals
                drafts.append(draft)
        return drafts

    def _since(self, found: Sequence[Draft]) -> list[Draft]:
        """ "the first visit by a Dutch king since Juliana's in 1978": the earlier journey to the same place."""
        drafts: list[Draft] = []
        for clause in self.clauses:
            for person in clause.phrases:
                at = person.end + (person.end < len(self.tokens) and self.tokens[person.end].text in APOSTROPHES)
                dated = at < len(self.tokens) and self.tokens[at].time
                if person.kind != "person" or not dated or not self.tokens[person.start].has("prep", "since"):
                    continue
                before = self.tokens[: person.start]
                if not any(t.has("word", "first") or t.has("det", "any") and t.has("word", "not") for t in before):
                    continue
                draft = Draft("move", clause, self.sentence, person.end - 1)
                draft.rule, draft.guests, draft.clauses = "since-noun", [person], self.clauses
                goals = [d.destinations for d in found if d.frame in TRAVEL and d.destinations]
                draft.destinations = list(goals[-1]) if goals else []
                drafts.append(draft)
        return drafts

    def _named_elsewhere(self, found: Sequence[Draft]) -> None:
        """Give drafts the people whom another clause of the sentence names."""
        self._among_those(found)
        self._of_itself(found)

    def _among_those(self, found: Sequence[Draft]) -> None:
        """ "Among those who attended the funeral was X": the guest is the one whom the main clause names."""
        for draft in found:
            named = [p for p in (*draft.guests, *draft.sides) if p.countries or p.person is not None]
            if draft.clause.kind != "relative" or named:
                continue
            main = next((c for c in self.clauses if c.kind == "main" and self._is_being(c)), None)
            people: list[Phrase] = [p for p in main.phrases if p.kind in ("person", "office")] if main else []
            above = draft.clause.antecedent
            among = above is not None and "between" in above.prep  # "X was among the leaders who came"
            if people and (people[0].start > draft.clause.start or among and people[0].end <= draft.clause.start):
                listed = [p for p in people if p.group == people[0].group or among and p.end <= draft.clause.start]
                if draft.frame == "receive" and draft.guests:
                    draft.hosts = listed  # "Among those who received him was X"
                else:
                    draft.guests, draft.weak = listed, False

    def _of_itself(self, found: Sequence[Draft]) -> None:
        """ "Thailand said it will host the summit": the one that says so, if that is a country or a body."""
        says = [c for c in self.clauses if c.main is not None and c.main.frame == "say" and len(c.subject) == 1]
        for draft in found:
            before = [c.subject[0] for c in says if c.end <= draft.clause.start and c.subject[0].countries]
            if not before or before[-1].kind not in ("country", "organization", "seat"):
                continue
            for parts in (draft.guests, draft.hosts, draft.sides):
                parts[:] = [before[-1] if p.kind == "pronoun" and "neuter" in p.flags else p for p in parts]

    @staticmethod
    def _is_being(clause: Clause) -> bool:
        return clause.main is not None and clause.main.aux and any(v.lemma == "be" for v in clause.verbs)
