"""Whose encounter another clause names: "as X did in 2016", "among those who attended was X"."""

from collections.abc import Sequence

from summitry.read.clause import Clause
from summitry.read.drafts import TRAVEL, Draft
from summitry.read.loose import LooseParser
from summitry.read.phrase import Phrase
from summitry.read.realities import status_of


class LikewiseParser(LooseParser):
    """Drafts of those who did what others are said to do, and of those whom a main clause adds."""

    def _likewise(self, found: Sequence[Draft]) -> list[Draft]:
        """ "will fly to Asmara, as Abiy did in 2018": another journey to the same place."""
        drafts: list[Draft] = []
        for clause in self.clauses:
            does = clause.main is not None and clause.main.lemma == "do" and clause.subject
            if (
                not does
                or clause.kind != "subordinate"
                or clause.negated
                or any(p.kind == "noun" for p in clause.phrases)
            ):
                continue
            people = [p for p in clause.subject if p.kind in ("person", "office")]
            before = [d for d in found if d.trigger < clause.start and d.frame in TRAVEL and d.destinations]
            if not people or not before or not self.tokens[clause.start].has("conj", "subordinate"):
                continue
            draft = Draft(before[-1].frame, clause, self.sentence, clause.main.at)  # type: ignore[union-attr]
            draft.rule, draft.guests, draft.destinations = "likewise", people, list(before[-1].destinations)
            draft.status, draft.clauses = status_of(clause, None), self.clauses
            drafts.append(draft)
        return drafts

    def _since(self, found: Sequence[Draft]) -> list[Draft]:
        """ "the first visit by a Dutch king since Juliana's in 1978": the earlier journey to the same place."""
        drafts: list[Draft] = []
        for clause in self.clauses:
            for person in clause.phrases:
                at = person.end + (person.end < len(self.tokens) and self.tokens[person.end].text in ("'s", "’s"))
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

    def _among_those(self, found: Sequence[Draft]) -> None:
        """ "Among those who attended the funeral was X": the guest is the one whom the main clause names."""
        for draft in found:
            named = [p for p in (*draft.guests, *draft.sides) if p.countries or p.person is not None]
            if draft.clause.kind != "relative" or named:
                continue
            main = next((c for c in self.clauses if c.kind == "main" and self._is_being(c)), None)
            people: list[Phrase] = [p for p in main.phrases if p.kind in ("person", "office")] if main else []
            if people and people[0].start > draft.clause.start:
                listed = [p for p in people if p.group == people[0].group]
                if draft.frame == "receive" and draft.guests:
                    draft.hosts = listed  # "Among those who received him was X"
                else:
                    draft.guests, draft.weak = listed, False

    @staticmethod
    def _is_being(clause: Clause) -> bool:
        return clause.main is not None and clause.main.aux and any(v.lemma == "be" for v in clause.verbs)
