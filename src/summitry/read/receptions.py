"""What people of the country visited do with a guest, in clauses that speak of no encounter: "showed her the harbour".

Such a clause adds to the visit told just before who was met there (`company.met`), and says nothing by itself.
"""

from collections.abc import Sequence

from summitry.read.arguments import Arguments, arguments, attributes
from summitry.read.clause import Clause
from summitry.read.drafts import GEO, Draft
from summitry.read.likewise import LikewiseParser
from summitry.read.phrase import Phrase
from summitry.read.realities import UNDOING, status_of

PEOPLE = ("person", "office", "pronoun")
AT_A_DISTANCE = frozenset({"call", "invite", "plan", "propose", "deny", "expect", "send", *UNDOING})
TOWARDS = ("for", "with", "to", "by", "beside")


class ReceptionParser(LikewiseParser):
    """Weak drafts of clauses in which one person does something with, to or for another."""

    def _receptions(self, found: Sequence[Draft]) -> list[Draft]:
        """ "Premier X showed him the harbour", "He thanked Premier X": drafts of clauses that have none yet."""
        told = {id(d.clause) for d in found if d.frame != "attend"}  # "opened the port with X"
        drafts = []
        for clause in self.clauses:
            if id(clause) in told or clause.main is None or clause.main.aux:
                continue
            people = self._face_to_face(clause)
            guests = self._visiting(people)
            if guests:
                draft = Draft("receive", clause, self.sentence, clause.main.at)
                draft.rule, draft.guests, draft.hosts = "visiting", guests, [p for p in people if p not in guests]
            elif people:
                draft = Draft("talk", clause, self.sentence, clause.main.at)
                draft.rule, draft.sides, draft.weak = "face-to-face", people, True
            if people:
                draft.status, draft.clauses = status_of(clause, None), self.clauses
                drafts.append(draft)
        return drafts

    def _visiting(self, people: Sequence[Phrase]) -> list[Phrase]:
        """ "assured the visiting premier of his support": who is called a visitor, if the others are of another country."""
        called = [p for p in people if "visiting" in p.flags]
        theirs = {c for p in called for c in p.countries}
        others = [p for p in people if p not in called]
        abroad = all(p.countries and not theirs & set(p.countries) for p in others)
        return called if len(called) == 1 and theirs and others and abroad else []

    def _face_to_face(self, clause: Clause) -> list[Phrase]:
        """The people of a clause who do something with each other, somebody named among them."""
        verb = clause.main
        if verb is None or verb.frame in AT_A_DISTANCE or self.tokens[verb.at].has("word", "at-odds"):
            return []
        if clause.negated or clause.cond or clause.unreal or clause.modal == "may" or attributes(clause):
            return []
        args = arguments(clause, self.tokens, self.lexicon)
        acting = [p for p in args.subject if p.kind in PEOPLE and p.actor]
        others = self._others(clause, args)
        people = [*acting, *(p for p in others if p not in acting)]
        if not acting or not others or not any(p.kind == "person" for p in people):
            return []
        return [] if any(p.spoken or p.plural for p in people) else people

    def _others(self, clause: Clause, args: Arguments) -> list[Phrase]:
        """Whom what the subject does is done to, for or with; what is said counts only if said to somebody's face."""
        objects = [self._guest(p) for p in args.objects]
        objects = [p for p in objects if p.kind in PEOPLE and p.actor]
        beside = [p for p in args.by_role(*TOWARDS) if p.kind in PEOPLE and p.actor and not p.prep & {"about", "of"}]
        says = clause.main is not None and clause.main.frame == "say"
        if says:
            objects = [p for p in objects if p.kind != "office"]
            beside = [p for p in beside if p.prep & {"beside"}]
        return [*objects, *beside]

    def _attendance(self, clause: Clause, args: Arguments) -> Draft | None:
        """ "Zugegen war auch X", "The talks were attended by X": who took part in the encounter told last."""
        verb = clause.main
        if verb is None or clause.negated or clause.cond:
            return None
        if any(p.kind in GEO or p.seat or p.countries for p in args.by_role("in", "at", "to")):
            return None
        there = any(t.has("word", "present-word") for t in self.tokens[clause.start : clause.end])
        if verb.frame == "attend" and self._those_talks(clause):
            people = args.by_role("by") if clause.passive else args.subject
        elif there and any(v.lemma == "be" for v in clause.verbs):
            people = [p for p in clause.phrases if not p.prep and p.owner is None or p.kind == "person" and not p.prep]
        else:
            return None
        people = [p for p in people if p.kind in ("person", "office")]
        return self._as_party(clause, verb, people, "present") if people else None

    def _those_talks(self, clause: Clause) -> bool:
        """Whether a clause is about a conversation told before: "the talks", "dem Gespräch"."""
        nouns = [p for p in clause.phrases if p.kind == "noun" and p.frame in ("meet", "talk")]
        return len(nouns) == 1 and any(t.has("word", "definite") for t in self.tokens[nouns[0].start : nouns[0].end])

    def _guest(self, phrase: Phrase) -> Phrase:
        """ "told his guest": whoever is the guest of the visit told last."""
        if phrase.kind != "other" or "possessive" not in phrase.flags:
            return phrase
        if not self.tokens[phrase.head].has("word", "guest-word"):
            return phrase
        guest = Phrase(phrase.start)
        guest.end, guest.head, guest.kind = phrase.end, phrase.head, "pronoun"
        guest.flags = {"guest-word"}
        return guest
