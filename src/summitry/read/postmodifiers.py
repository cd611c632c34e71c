"""What clauses right behind the noun of an encounter say of it: "a visit that was called off", "talks held in Bonn"."""

from collections.abc import Sequence

from summitry.read.clause import Clause
from summitry.read.drafts import GEO, Draft
from summitry.read.nouns import NounDrafts
from summitry.read.realities import UNDOING


class PostmodifierParser(NounDrafts):
    """Adds to a draft what relative clauses and participles on its noun say."""

    def _headed(self, found: Sequence[Draft]) -> None:
        """ "eine Abordnung, an deren Spitze X stand", "a delegation which X led": the delegation comes under X."""
        for clause in self.clauses:
            delegation = clause.antecedent
            if clause.kind != "relative" or delegation is None or delegation.kind != "delegation":
                continue
            top = any(self.tokens[p.head].has("word", "top") for p in clause.phrases)
            leads = clause.main is not None and clause.main.frame == "lead"
            if top or leads:
                people = [
                    p
                    for p in [*clause.subject, *clause.phrases]
                    if p.kind in ("person", "office") and p is not delegation
                ]
                for draft in found:
                    if delegation in (*draft.guests, *draft.sides) and people:
                        draft.leaders = people[:1]

    def _by_relative_clause(self, draft: Draft) -> None:
        """What a relative clause on the trigger noun says: who took part, whether it was called off."""
        for clause in self.clauses:
            if draft.trigger_noun is None or clause.kind != "relative" or clause.antecedent is not draft.trigger_noun:
                continue
            aspect = clause.main.frame if clause.main is not None else None
            if aspect in ("cancel", "postpone", "refuse") and not clause.negated:
                draft.status = "cancelled"
            elif aspect in ("plan", "expect", "propose") and draft.status == "held" and clause.passive:
                standing = not clause.negated and clause.verbs[0].form == "pres"  # "is planned", "has been proposed"
                draft.status = draft.status if not standing else "proposed" if aspect == "propose" else "planned"
            mine = draft.sides if draft.meeting else draft.guests
            if not mine:
                mine += [p for p in clause.subject if p.actor]
                draft.weak = draft.weak and not mine
            if not draft.meeting and not draft.destinations:
                self._led_to(draft, clause)

    @staticmethod
    def _asked_by(draft: Draft) -> None:
        """ "asked him to return for a visit": to the country of whoever asks."""
        clause, above = draft.clause, draft.clause.parent
        if clause.kind != "infinitive" or above is None or above.main is None or draft.destinations or draft.hosts:
            return
        if draft.frame not in ("move", "visit", "return") or draft.places or above.passive:
            return
        asked = [p for p in above.phrases if p.end == clause.start and p.actor and not p.prep]
        if above.main.frame in ("propose", "invite") and asked and asked[0] in draft.guests:
            draft.hosts += [p for p in above.subject if p.kind in ("person", "office", "pronoun")]

    def _led_to(self, draft: Draft, clause: Clause) -> None:
        """ "a trip that he had planned to take to Lima (has been dropped)": where the relative clause says it goes."""
        for inner in (c for c in self.clauses if c is clause or c.parent is clause and c.kind == "infinitive"):
            draft.destinations += [p for p in inner.phrases if p.kind in GEO and "to" in p.prep]
            if any(v.frame in UNDOING and v.form == "part" for v in inner.verbs):
                draft.status = "cancelled"

    def _by_participle(self, draft: Draft) -> None:
        """The place that a participle right behind the trigger noun gives: "the talks, held at the Kremlin"."""
        noun = draft.trigger_noun
        for clause in self.clauses if noun is not None else ():
            if clause.kind != "participle":
                continue
            behind = [noun, *self._behind(noun, draft.clause)]  # type: ignore[arg-type]
            if clause.antecedent is noun or any(0 <= clause.start - p.end <= 1 for p in behind if p is not None):
                aspect = clause.main.frame if clause.main is not None else None
                if aspect in ("plan", "expect") and draft.status == "held" and clause.passive and not clause.negated:
                    draft.status = "planned" if draft.clause.tense != "past" else draft.status
                draft.places += [p for p in clause.phrases if p.kind in GEO and p.prep & {"in", "at"}]
                if draft.meeting and not draft.sides:
                    draft.sides += [p for p in clause.phrases if p.actor and p.prep & {"between"}]
                    draft.weak = draft.weak and not draft.sides

    def _completes(self, draft: Draft, found: Sequence[Draft]) -> bool:
        """A relative clause on the noun of another draft tells who travelled: "ein Besuch, zu dem sie anreiste"."""
        clause = draft.clause
        if clause.kind != "relative" or clause.antecedent is None or draft.trigger_noun is not None:
            return False
        whole = next((d for d in found if d.trigger_noun is clause.antecedent), None)
        if whole is None:
            return False
        mine = whole.guests if not whole.meeting else whole.sides
        mine += [p for p in [*draft.guests, *draft.sides] if p not in mine and p is not clause.antecedent]
        whole.hosts += draft.hosts
        whole.destinations += [p for p in draft.destinations if p is not clause.antecedent]
        whole.places += draft.places
        whole.weak = whole.weak and not mine
        if clause.future and whole.status == "held":
            whole.status = "planned"  # "left on a trip that will take him to Oslo"
        return True
