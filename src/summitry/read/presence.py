"""Encounters that no verb of meeting names: somebody is, acts or keeps company abroad.

"Xi was in Russia", "she was a guest of the emir", "In Vanuatu she opened a courthouse alongside the justice minister":
an official who acts in another country has travelled there, and whoever of that country stands beside them was met.
"""

from collections.abc import Iterator, Sequence

from summitry.read.arguments import Arguments
from summitry.read.clause import Clause
from summitry.read.drafts import GEO, Draft, DraftBuilder, festive
from summitry.read.phrase import Phrase
from summitry.read.realities import status_of
from summitry.read.verbs import FINITE, Verb

PEOPLE = ("person", "office", "pronoun", "delegation")
WORDS_ONLY = frozenset(
    {
        "say",
        "plan",
        "propose",
        "deny",
        "cancel",
        "postpone",
        "refuse",
        "expect",
        "invite",
        "lead",
        "accept",
        "return",
        "bound",
    }
)  # verbs that report, wish or call off do not show that somebody was there


class PresenceParser(DraftBuilder):
    """Drafts of a stay, from verbs of being and from what people do abroad."""

    def _predicate(self, clause: Clause) -> int | None:
        """The position of "zu Gast", "on a visit" behind a verb of being."""
        if not any(v.lemma in ("be", "have") or v.frame in ("stay", "move") for v in clause.verbs):
            return None
        for i in range(clause.start, min(clause.end, len(self.tokens))):
            if self.tokens[i].has("predicate", "stay"):
                return i
        return None

    def _guesthood(self, clause: Clause, args: Arguments) -> Phrase | None:
        """ "was Onal's guest", "as guests of the emir": the phrase that calls the subject a guest of somebody."""
        for phrase in [*args.objects, *args.subject]:
            if self.tokens[phrase.head].has("word", "guest-word") and phrase.kind != "noun":
                owned = phrase.owner is not None and phrase.owner.actor or "possessive" in phrase.flags
                if owned or any(
                    p.actor and "of" in p.prep and p.start == phrase.end for p in self._behind(phrase, clause)
                ):
                    return phrase
        return None

    def _presence(self, clause: Clause, verb: Verb | None, args: Arguments) -> bool:
        """ "Xi was in Russia", and the verbless "Eisenhower bei Papst Pius" of a chronology."""
        if not any(p.actor and p.kind != "country" for p in args.subject):
            return verb is None and any(p.actor and p.kind != "country" for p in args.objects) and self._abroad(args)
        if verb is None:
            return self._abroad(args)
        if any(p.kind in ("office", "noun") and not p.prep for p in args.objects):
            return False  # "who is Pakistan's ambassador in Turkey"
        return verb.aux and any(v.lemma == "be" for v in clause.verbs) and self._abroad(args)

    def _at_gathering(self, nouns: Sequence[Phrase], args: Arguments) -> bool:
        """ "Singh is at the summit": somebody attends."""
        there = any(n.frame in ("summit", "session", "meet") and n.prep & {"in", "at"} for n in nouns)
        return there and any(p.actor and p.kind != "country" for p in args.subject)

    def _abroad(self, args: Arguments) -> bool:
        there = any(p.kind in GEO or "told" in p.flags or festive(p) for p in args.by_role("in", "to"))
        return there or any(p.kind in ("person", "office") for p in args.by_role("at"))

    def _stay(self, clause: Clause, args: Arguments, predicate: int | None) -> Draft:
        at = predicate if predicate is not None else (clause.main.at if clause.main else clause.start)
        draft = Draft("stay", clause, self.sentence, at)
        draft.rule = "guest" if predicate is not None else "presence"
        people = [p for p in args.subject if "neuter" not in p.flags]  # "it was Mahama, in Lome"
        draft.guests = [p for p in (people or args.objects[:1] or args.subject) if p.actor]
        for marks, phrase in args.prepositional:
            if phrase.kind == "noun":
                self._fold(draft, phrase, clause, args)
            else:
                self._prepositional(draft, self.frames["stay"], marks, phrase)
            if festive(phrase) and marks & {"in", "at"} and phrase.owner is not None:
                draft.destinations.append(phrase.owner)
        draft.status = status_of(clause, None)
        return draft

    @staticmethod
    def _at_table(draft: Draft) -> bool:
        """Whether guests are asked to talks or a meal, not to a visit some day."""
        return any(p.kind == "noun" and p.frame in ("meet", "talk") and "to" in p.prep for p in draft.clause.phrases)

    def _having(self, clause: Clause, args: Arguments, at: int) -> Draft:
        """ "Fahmi hatte Khaddam zu Gast": the first of two is the host."""
        people = sorted((p for p in clause.phrases if p.kind in PEOPLE and not p.prep), key=lambda p: p.start)
        draft = Draft("receive", clause, self.sentence, at)
        draft.rule = "having-guest"
        hosts = args.subject if args.subject and args.subject[0] is people[0] else people[:1]
        draft.hosts = [p for p in hosts if p.actor]
        draft.guests = [p for p in people if p not in hosts and p.actor]
        for marks, phrase in args.prepositional:
            self._prepositional(draft, self.frames["receive"], marks, phrase)
        draft.status = status_of(clause, None)
        return draft

    def _as_guest(self, clause: Clause, args: Arguments, guest: Phrase) -> Draft:
        """The stay of somebody who is called a guest; whose guest they are, receives them."""
        draft = self._stay(clause, args, None)
        draft.rule = "guest"
        owners = [guest.owner] if guest.owner is not None else []
        owners += [self._possessor_of(guest)] if "possessive" in guest.flags and not owners else []
        owners += [p for p in self._behind(guest, clause) if "of" in p.prep]
        draft.hosts += [p for p in owners if p.kind in ("person", "office", "pronoun", "country")]
        draft.guests = [p for p in draft.guests if p is not guest]
        return draft

    def _in_the_party(self, args: Arguments) -> list[Phrase]:
        """ "Im Tross des Präsidenten ist auch X": the subject, if the clause is about whom it travels with."""
        if any(p.kind in GEO for p in args.by_role("in", "at", "to")):
            return []
        travels = any(self.tokens[p.start].has("word", "party-word") and p.actor for p in args.by_role("with"))
        along = [p for p in args.by_role("with") if p.actor and self.tokens[p.start].has("word", "company-word")]
        led = along or [p for p in args.by_role("led-by") if p.actor]
        travels = travels or bool(along)
        return led or [p for p in args.subject if p.kind in ("person", "office")] if travels else []

    def _passed(self, clause: Clause, args: Arguments) -> Draft | None:
        """ "Israel and Italy are already behind her": stops of a journey that somebody has made."""
        people = [p for p in args.by_role("behind") if p.kind in ("person", "office", "pronoun") and p.actor]
        places = [p for p in args.subject if p.kind in GEO - {"organization"}]
        if len(people) != 1 or len(places) != len(args.subject) or not places or clause.negated:
            return None
        if not any(t.has("word", "passed-word") for t in self.tokens[clause.start : clause.end]):
            return None
        draft = Draft("visit", clause, self.sentence, clause.start)
        draft.rule, draft.guests, draft.destinations, draft.status = "passed", people, places, status_of(clause, None)
        return draft

    def _host_to(self, clause: Clause, args: Arguments) -> list[Phrase]:
        """ "was host to the king and the queen": whom the subject receives."""
        people = [p for p in args.by_role("to") if p.actor and p.start > clause.start]
        first = next((p for p in people if self.tokens[p.start - 1].has("word", "host-word")), None)
        if first is None or clause.negated or not any(p.actor for p in args.subject):
            return []
        return [p for p in clause.phrases if p.actor and p.group == first.group and p not in args.subject]

    def _as_hosts(self, clause: Clause) -> list[Phrase]:
        """ "Gastgeber ist X", "His interlocutors are X and Y": who receives the guests of the visit told of."""
        hosting = any(
            self.tokens[i].has("word", "host-word", "partner-word")
            and (i == clause.start or self.tokens[i - 1].get("det", "aux") is not None)
            for i in range(clause.start, min(clause.end, len(self.tokens)))
        )
        people = [p for p in clause.phrases if p.kind in ("person", "office") and not p.prep and p.owner is None]
        return people if hosting and len({p.group for p in people}) == 1 and not clause.negated else []

    def _in_company_of(self, clause: Clause, verb: Verb | None, args: Arguments) -> Draft | None:
        """The draft of those who are said to travel with somebody, or to receive them; None if the clause says neither."""
        if verb is None or not verb.aux or not any(v.lemma == "be" for v in clause.verbs):
            return None
        if guests := self._host_to(clause, args):
            draft = Draft("receive", clause, self.sentence, verb.at)
            draft.rule, draft.guests, draft.status = "host", guests, status_of(clause, None)
            draft.hosts = [p for p in args.subject if p.actor]
            for marks, phrase in args.prepositional:
                if phrase not in guests:
                    self._prepositional(draft, self.frames["receive"], marks, phrase)
            return draft
        if (passed := self._passed(clause, args)) is not None:
            return passed
        if along := self._in_the_party(args):
            return self._as_party(clause, verb, along, "party")
        hosts = self._as_hosts(clause)
        return self._as_party(clause, verb, hosts, "host") if hosts else None

    def _as_party(self, clause: Clause, verb: Verb, along: Sequence[Phrase], rule: str) -> Draft:
        """The draft of those who travel with somebody, or who receive them."""
        draft = Draft("accompany", clause, self.sentence, verb.at)
        draft.rule, draft.sides, draft.weak = rule, list(along), True
        draft.status = status_of(clause, None)
        return draft

    def _missed(self, clause: Clause, args: Arguments) -> Draft | None:
        """ "stayed away from the ceremony in Lima": an event abroad that somebody does not attend."""
        events = [p for p in clause.phrases if p.kind == "activity" and p not in args.subject]
        people = [p for p in args.subject if p.kind in ("person", "office", "pronoun")]
        places = [p for p in args.by_role("in", "at") if p.kind in GEO]
        if not events or not people or not places or clause.main is None:
            return None
        draft = Draft("attend", clause, self.sentence, clause.main.at)
        draft.rule, draft.guests, draft.destinations = "missed", people, places
        draft.activities = [a for p in events for a in p.activities if a]
        draft.status = status_of(clause, clause.main.frame)
        return draft

    def _on_the_spot(self, clause: Clause, verb: Verb, args: Arguments) -> Draft:
        """ "where Putin promised him help": who acts at the place of a visit was met there; says nothing by itself."""
        draft = Draft("talk", clause, self.sentence, verb.at)
        draft.rule, draft.weak = "on-the-spot", True
        draft.sides = [p for p in [*args.subject, *args.objects, *args.by_role("with", "by")] if p.actor]
        draft.status = status_of(clause, None)
        return draft

    # ------------------------------------------------------------------ acting abroad

    def _acts(self, clause: Clause, verb: Verb | None, args: Arguments) -> bool:
        """Whether officials do something at a place: then they are there, and so is who is beside them."""
        if verb is None or verb.aux or clause.negated or clause.modal or clause.cond or clause.kind == "infinitive":
            return False
        if not any(p.kind in ("person", "office", "pronoun") for p in _agents(clause, args)):
            return self._signed(clause) and _of_several(args.subject) and bool(self._scenes(clause, args))
        if all(p.kind == "pronoun" and p.plural for p in args.subject):
            return False  # "Sie haben in Teheran gedient": whoever that is
        if verb.frame in WORDS_ONLY:
            says = any(frame == "say" for frame, _, _ in verb.frames)
            beside = verb.frame == "say" and bool(self._company(args))
            beside = beside or says and self._on_the_sidelines(clause, args)
            agreed = self._marked(clause, "outcome") and len({c for p in args.subject for c in p.countries}) > 1
            return beside or bool(self._scenes(clause, args, fronted=not agreed))
        return (
            bool(self._scenes(clause, args) or self._company(args))
            or self._together(clause, args)
            or self._on_the_sidelines(clause, args)
        )

    def _scenes(self, clause: Clause, args: Arguments, *, fronted: bool = False) -> list[Phrase]:
        """The places of an action: cities, and countries named before the subject ("In Vanuatu she opened …").

        With `fronted`, for verbs of saying, a city counts only before the subject or right behind verb and audience.
        """
        if self.verb_second:
            return self._spots(clause, args, fronted=fronted)
        first = min((p.start for p in args.subject), default=0)
        verb = clause.main.at if clause.main is not None else clause.start
        told = self._told(clause, args)
        heard = max(
            (p.end for p in args.objects if p in told or p.start == verb + 1 and not p.countries), default=verb + 1
        )
        found = []
        for marks, phrase in args.prepositional:
            if not marks & {"in", "at"} or marks & {"about", "against"} or phrase.kind not in GEO - {"organization"}:
                continue
            ahead = phrase.end <= first <= verb
            town = phrase.kind in ("place", "region") or self.tokens[phrase.head].has("place")  # Singapore is both
            spot = town and phrase.start > verb
            beside = phrase.start and self.tokens[phrase.start - 1].text == "," and first < phrase.start < verb
            ahead = (
                ahead or phrase.kind == "place" and bool(beside)
            )  # "Holness, in Kigali for a summit, used a break …"
            if ahead or spot and (not fronted or phrase.start == heard):  # "told reporters in Tripoli"
                found.append(phrase)
        return found

    @staticmethod
    def _told(clause: Clause, args: Arguments) -> list[Phrase]:
        """Office holders of another country to whom the subject says something right behind the verb."""
        verb = clause.main
        if verb is None or clause.passive or not any(frame == "say" for frame, _, _ in verb.frames):
            return []
        ours = {code for p in args.subject for code in p.countries}
        people = [p for p in args.objects if p.kind in ("person", "office") and p.countries and p.start > verb.at]
        heard = [p for p in people if p.counterpart or p.person is not None and p.person.role]
        abroad = all(not ours & set(p.countries) if ours else p.counterpart for p in heard)
        return heard if abroad else []

    def _spots(self, clause: Clause, args: Arguments, *, fronted: bool) -> list[Phrase]:
        """The places of an action where the verb comes second: what opens the clause, and cities that no noun takes.

        With `fronted`, for verbs of saying, a city counts only where it opens the clause or stands right behind the verb.
        """
        finite = next((v.at for v in clause.verbs if v.form in FINITE), clause.start)
        found = []
        for marks, phrase in args.prepositional:
            if not marks & {"in", "at"} or marks & {"about", "against"} or phrase.kind not in GEO - {"organization"}:
                continue
            if clause.kind == "main" and phrase.end <= finite:
                found.append(phrase)
                continue
            before = next((p for p in clause.phrases if p.end == phrase.start), None)
            taken = before is not None and before.kind in ("other", "noun", "activity", "organization", "seat")
            behind = phrase.start == finite + 1 or before is not None and before in args.subject
            if phrase.kind == "place" and not taken and clause.tense == "past" and (behind or not fronted):
                found.append(phrase)
        return found

    def _in_company(self, clause: Clause, verb: Verb, args: Arguments) -> bool:
        """ "after signing an agreement with Albanese": who does something with somebody; it adds to a visit that is told."""
        if verb.aux or clause.negated or clause.modal or clause.cond or clause.future:
            return False
        partners = any(p.kind == "person" for p in args.by_role("with"))
        return partners and any(p.kind in ("person", "office", "pronoun") for p in args.subject)

    def _together(self, clause: Clause, args: Arguments) -> bool:
        """Whether several people do something together."""
        people = [p for p in _agents(clause, args) if p.kind in ("person", "office")]
        own = (self.tokens[i] for first, end in clause.spans for i in range(first, end))
        if len({p.countries[0] for p in people if p.countries}) > 1 and self._signed(clause):
            return True
        return len(people) > 1 and any(t.has("word", "together") for t in own)

    @staticmethod
    def _on_the_sidelines(clause: Clause, args: Arguments) -> bool:
        """ "On the sidelines of the forum he and X announced a pact": several who do one thing during another."""
        people = [p for p in _agents(clause, args) if p.kind in ("person", "office", "pronoun")]
        named = any(p.kind == "person" for p in people)
        return len(people) > 1 and named and any(p.prep == {"during"} for p in clause.phrases)

    def _signed(self, clause: Clause) -> bool:
        """Whether the verb is one of signing: "the two ministers signed an agreement"."""
        label = self.tokens[clause.main.at].get("activity") if clause.main is not None else None
        return label is not None and label.value == "signing"

    def _company(self, args: Arguments) -> list[Phrase]:
        """People at somebody's side: "alongside Justice Minister Don Ken"."""
        return [p for p in args.by_role("beside") if p.kind in ("person", "office")]

    def _spent_there(self, clause: Clause, verb: Verb, args: Arguments) -> Iterator[Draft]:
        """ "came from Paris, where she had seen the Louvre": who does something abroad was there."""
        place = clause.antecedent
        if place is None or place.kind not in GEO or clause.negated or clause.modal or clause.cond or clause.future:
            return
        people = [p for p in args.subject if p.kind in ("person", "pronoun") and p.actor and "neuter" not in p.flags]
        if not people:
            return
        if len({p.countries[0] for p in people if p.countries}) > 1:  # "Cairo, where X and Y put their names to a pact"
            draft = Draft("meet", clause, self.sentence, verb.at)
            draft.rule, draft.sides, draft.places = "there", people, [place]
            yield draft
            return
        if clause.tense != "past" or any({*p.countries} & {*place.countries} for p in people):
            return
        draft = Draft("stay", clause, self.sentence, verb.at)
        draft.rule, draft.guests, draft.destinations = "there", people, [place]
        draft.companions = [p for p in args.by_role("with") if p.kind in ("person", "office")]
        yield draft

    def _on_stage(self, clause: Clause, verb: Verb, args: Arguments) -> Draft:
        """The draft of an action abroad: a stay at its place, or a meeting with those beside the subject."""
        places = self._scenes(clause, args)
        partners = [p for p in args.by_role("with") if p.kind in ("person", "office")]
        draft = Draft("stay" if places else "meet", clause, self.sentence, verb.at)
        draft.rule = "acts"
        people = [p for p in _agents(clause, args) if p.actor]
        if places:  # "told his counterpart Wang Yi in Beijing that"
            partners += self._told(clause, args)
        if self.verb_second and places and verb.frame not in WORDS_ONLY:  # "überreichte in Riad dem König ein Bild"
            there = {c for p in places for c in p.countries}
            partners += [p for p in args.objects if p.kind in ("person", "office") and there & set(p.countries)]
        if places and len({c for p in [*people, *self._told(clause, args)] for c in p.countries}) > 1:
            draft.frame, draft.sides, draft.places = "meet", [*people, *partners], places  # "agreed in Singapore"
        elif places:
            draft.guests, draft.destinations, draft.companions = people, places, partners
        else:
            draft.sides = [*people, *partners]
        draft.activities = [a for p in args.objects for a in p.activities if a]
        draft.status = status_of(clause, None)
        return draft


def _of_several(phrases: Sequence[Phrase]) -> bool:
    """ "Rwanda and Congo signed a deal in Washington": several countries, whoever acts for them."""
    return len({c for p in phrases if p.kind == "country" for c in p.countries}) > 1


def _agents(clause: Clause, args: Arguments) -> list[Phrase]:
    """Who does what the clause tells: the subject, of a passive those named by "by"."""
    return args.by_role("by") if clause.passive else args.subject
