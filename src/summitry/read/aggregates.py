"""What a clause tells of many encounters at once: a claim to be checked, and no encounter."""

from summitry.read.attachment import series, within
from summitry.read.drafts import Draft
from summitry.read.phrase import Phrase
from summitry.read.receptions import ReceptionParser
from summitry.territories import is_organization


class AggregateParser(ReceptionParser):
    """Tells the drafts of single encounters from those of many."""

    def _aggregate(self, draft: Draft) -> bool:
        """Whether the clause speaks of many encounters at once ("19 Mal", "their trips"): a claim, not an encounter."""
        if self._one_by_one(draft):
            return False
        if draft.trigger_noun is not None and draft.trigger_noun.plural:
            named = any(p.person is not None for p in draft.sides)
            if draft.frame in ("visit", "move", "stay") or (draft.frame == "meet" and not named):
                return True
        if draft.frame in ("visit", "move", "stay", "attend") and any(self._generic(p) for p in draft.guests):
            return True
        if draft.frame == "route" and any(p.kind == "noun" and p.plural for p in draft.events):
            return True  # "her trips took her to Moscow, Sochi and Tomsk"
        clause, above = draft.clause, draft.clause.parent
        if clause.kind == "subordinate" and above is not None and above.main is not None and above.main.aux:
            if any(t.has("word", "times") for t in self.tokens[above.start : above.end]):
                return True  # "es war das vierte Mal, dass …"
        own = [i for first, end in clause.spans for i in range(first, end)]
        for i in own if not self._last_of_them() else ():
            token = self.tokens[i]
            if token.has("word", "often", "tally") or (token.has("word", "times") and i and self._cardinal(i - 1)):
                return True
        return False

    def _one_by_one(self, draft: Draft) -> bool:
        """ "twice, in 1979 and 2001", "his visits to Peru and Togo": the encounters of one traveller, each told of."""
        travellers = [p for p in (*draft.guests, *draft.sides) if p.kind in ("person", "pronoun")]
        if not travellers or not (draft.destinations or draft.places or draft.meeting):
            return False
        times = (t for t in self.sentence.times if t.kind == "date" and within(t, draft.clause, draft))
        if any(len(series(t, self.sentence)) > 1 for t in times):
            return True
        noun, goals = draft.trigger_noun, {p.group for p in draft.destinations}
        return noun is not None and len(draft.destinations) > 1 and len(goals) == 1

    def _generic(self, phrase: Phrase) -> bool:
        """ "Nearly every president", "US presidents": whoever held an office at any time."""
        if phrase.kind != "office" or phrase.pair:
            return False
        over_time = bool(phrase.plural) and phrase.level == "leader" and len(phrase.countries) == 1
        over_time = over_time and not is_organization(phrase.countries[0])
        ahead = self.tokens[max(phrase.start - 1, 0) : phrase.start + 1]
        return over_time or any(t.has("word", "every") for t in ahead)

    def _cardinal(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text.isdigit() or token.has("word", "number")
