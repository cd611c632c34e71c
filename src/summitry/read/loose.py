"""Encounters in loose wording: no verb or noun of the lexicon names them, but who and where stand in the clause.

"Macron, then in Lima, was asked …": a place beside a name. "Li was closeted with Scholz for two hours": something done
with somebody, which a length of time, a day or a city makes an encounter. "EU ministers will take up the matter in
Luxembourg": what the leaders of a body do at a place, they meet there to do.
"""

from collections.abc import Sequence

from summitry.read.arguments import arguments
from summitry.read.attachment import latest_of
from summitry.read.clause import Clause
from summitry.read.drafts import GEO, Draft
from summitry.read.phrase import Phrase
from summitry.read.postmodifiers import PostmodifierParser
from summitry.read.presence import PEOPLE
from summitry.read.realities import UNDOING, status_of
from summitry.territories import is_organization

CITIES = ("place", "seat", "region")
HIGH = ("leader", "minister")


class LooseParser(PostmodifierParser):
    """Drafts for clauses of which no frame made any."""

    def _loosely(self, found: Sequence[Draft]) -> list[Draft]:
        """The drafts of one sentence beside those that are `found`."""
        told = {id(d.clause) for d in found if not d.weak}
        drafts: list[Draft] = []
        for clause in self.clauses:
            if (beside := self._placed(clause, found)) is not None:
                drafts.append(beside)
            again = self._once_more(clause) or self._of_it(clause)
            if id(clause) not in told and again is not None:
                drafts.append(again)
            if id(clause) in told or clause.cond or clause.negated or clause.unreal or not clause.subject:
                continue
            draft = (
                self._body_acts(clause)
                or self._together_with(clause)
                or self._cosigned(clause)
                or self._accepted(clause)
            )
            if draft is not None:
                drafts.append(draft)
        for draft in drafts:
            draft.clauses = self.clauses
        return drafts

    def _placed(self, clause: Clause, found: Sequence[Draft]) -> Draft | None:
        """ "X, then in Lima, …", "X, now on a visit to Lima, …": the place that stands between commas beside a name."""
        for person in clause.phrases:
            if person.kind not in ("person", "office") or person.spoken or person.plural or person.owner:
                continue
            place, adverbs = self._place_behind(person, clause)
            if place is None or any(place in (*d.destinations, *d.places) for d in found):
                continue
            verb = clause.main.at if clause.main is not None else -1
            if not adverbs and not (person in clause.subject and place.end < verb):
                continue
            draft = Draft("stay", clause, self.sentence, place.head)
            draft.rule, draft.guests, draft.destinations = "apposed-place", [person], [place]
            draft.start, draft.end = person.start, place.end
            return draft
        return None

    def _place_behind(self, person: Phrase, clause: Clause) -> tuple[Phrase | None, int]:
        """The place between commas right behind a name, and how many adverbs stand before it."""
        at = person.end
        if self.tokens[at - 1].text != ",":
            if at >= len(self.tokens) or self.tokens[at].text != ",":
                return None, 0
            at += 1
        begin = at
        while at < min(begin + 2, len(self.tokens)) and self._of_time(at):
            at += 1
        place = next((p for p in clause.phrases if p.start == at), None)
        if place is None or place.kind not in GEO - {"organization"} or not place.prep & {"in", "at"}:
            return None, 0
        rest = self.tokens[place.end : place.end + 12]
        return (place, at - begin) if any(t.text == "," for t in rest) else (None, 0)

    def _of_time(self, i: int) -> bool:
        token = self.tokens[i]
        return token.has("modifier", "then") or token.has("word", "also", "still") or self._adverb(i)

    def _adverb(self, i: int) -> bool:
        token = self.tokens[i]
        return token.lower.endswith("ly") and not token.capital and not token.entries

    def _body_acts(self, clause: Clause) -> Draft | None:
        """What the leaders or ministers of a body do at a city they do at a meeting there."""
        verb = clause.main
        if verb is None or verb.aux or verb.frame in ("say", "send", "invite", "return", "move", "deny"):
            return None
        leaders = [p for p in clause.subject if p.kind == "office" and p.plural and p.level in HIGH]
        places = [p for p in clause.phrases if p.place and p.countries and p.prep & {"in", "at"} and p.start > verb.at]
        if not leaders or not places or not all(is_organization(c) for p in leaders for c in p.countries):
            return None
        if any(not p.countries for p in leaders) or clause.kind == "infinitive":
            return None
        draft = Draft("meet", clause, self.sentence, verb.at)
        draft.rule, draft.sides, draft.places = "body-acts", leaders, places
        draft.status = status_of(clause, None)
        return draft

    def _together_with(self, clause: Clause) -> Draft | None:
        """Somebody and, behind "with", somebody of another country, if a length, a day or a city makes it an encounter."""
        verb = clause.main
        if verb is None or verb.frame is not None or verb.aux or self.tokens[verb.at].has("word", "at-odds"):
            return None
        if clause.kind in ("infinitive", "participle") or clause.modal == "may":
            return None
        args = arguments(clause, self.tokens, self.lexicon)
        subject = [p for p in args.subject if p.kind in ("person", "office", "pronoun") and p.actor]
        partners = [p for p in args.by_role("with") if p.kind in ("person", "office") and p.actor and p.start > verb.at]
        if not subject or not partners or any(p.kind in PEOPLE for p in args.objects):
            return None
        places = [p for p in args.by_role("in", "at") if p.kind in CITIES and p.start > verb.at]
        if not places and not self._at_a_time(clause):
            return None
        draft = Draft("meet", clause, self.sentence, verb.at)
        draft.rule, draft.sides, draft.places = "together-with", [*subject, *partners], places
        draft.status = status_of(clause, None)
        return draft

    def _last_of_them(self) -> bool:
        """ "came three times, most recently in 2019": of many encounters the last one is dated."""
        return any(latest_of(self.tokens, t.start) for t in self.sentence.times if t.kind == "date")

    def _once_more(self, clause: Clause) -> Draft | None:
        """ "The first was held in Xi'an", "The next will take place in Rome": an ordinal alone means such an encounter."""
        verb = clause.main
        if verb is None or clause.kind not in ("main", "relative") or any(p.actor for p in clause.subject):
            return None
        first = self.tokens[clause.start]
        nth = self.tokens[clause.start + 1] if clause.start + 1 < len(self.tokens) else None
        held = clause.passive and any(frame == "host" for frame, _, _ in verb.frames)
        if not first.has("word", "definite") or nth is None or not nth.has("word", "nth"):
            return None
        ones = (
            self.tokens[p.head] for p in clause.phrases if p.start < verb.at and p.kind in ("noun", "other", "activity")
        )
        bare = all(t.has("word", "nth", "one-word") for t in ones)
        places = [p for p in clause.phrases if p.kind in GEO and p.countries and p.start > verb.at]
        if not bare or not places or not (held or any(frame == "happen" for frame, _, _ in verb.frames)):
            return None
        draft = Draft("meet", clause, self.sentence, verb.at)
        draft.rule, draft.places = "another", places
        draft.status = status_of(clause, "happen")
        return draft

    def _cosigned(self, clause: Clause) -> Draft | None:
        """ "Blinken and Defence Minister Daki signed an agreement": people of two countries who sign together meet."""
        verb = clause.main
        people = [p for p in clause.subject if p.kind in ("person", "office") and p.actor]
        if verb is None or verb.frame != "outcome" or len(people) < 2 or clause.future or clause.modal:
            return None
        draft = Draft("meet", clause, self.sentence, verb.at)
        draft.rule, draft.sides = "signed", people
        draft.places = [p for p in clause.phrases if p.kind == "place" and p.countries and p.prep & {"in", "at"}]
        return draft

    def _accepted(self, clause: Clause) -> Draft | None:
        """ "She accepted with pleasure": what was proposed before is planned now."""
        verb = clause.main
        if verb is None or verb.frame != "accept" or clause.kind != "main" or clause.passive:
            return None
        if any(not p.prep and p not in clause.subject and p.frame != "invite" for p in clause.phrases):
            return None
        if not all(p.kind in ("pronoun", "person", "office") for p in clause.subject):
            return None
        draft = Draft("visit", clause, self.sentence, verb.at)
        draft.rule, draft.status = "accepted", "planned"
        return draft

    def _of_it(self, clause: Clause) -> Draft | None:
        """ "that it be postponed", "It fell through": what was told before is undone."""
        verb = clause.main
        if verb is None or verb.frame not in UNDOING or clause.negated or clause.cond or clause.modal == "may":
            return None
        things = [p for p in clause.phrases if not p.prep and p not in clause.subject]
        it = bool(clause.subject) and all(p.kind == "pronoun" and "neuter" in p.flags for p in clause.subject)
        if not clause.passive and things and all("neuter" in p.flags and p.kind == "pronoun" for p in things):
            it, things = True, []  # "He called it off"
        again = any(t.has("word", "often", "again") for t in self.tokens[clause.start : clause.end])
        if not it or again or not (clause.passive or not things):
            return None
        draft = Draft("visit", clause, self.sentence, verb.at)
        draft.rule, draft.status = "undone", "cancelled"
        return draft

    def _at_a_time(self, clause: Clause) -> bool:
        """Whether a clause tells how long something lasted ("for two hours")."""
        for timex in self.sentence.times:
            inside = any(self.tokens[a].start <= timex.start < self.tokens[b - 1].end for a, b in clause.spans if b > a)
            if inside and timex.kind == "duration" and timex.length and "T" in timex.length:
                return True
        return False
