"""From clauses to drafts of encounters: which frame, who in which part, where, and whether it is real.

A draft is one possible encounter as one clause states it; `stories` joins the drafts of a document.
"""

from collections.abc import Iterator, Sequence

from summitry.read.aggregates import AggregateParser
from summitry.read.arguments import Arguments, arguments
from summitry.read.clause import Clause
from summitry.read.drafts import ASPECTS, GEO, Draft
from summitry.read.nouns import of_people
from summitry.read.phrase import Phrase
from summitry.read.presence import PEOPLE
from summitry.read.realities import UNDOING, once_meant, overtaken, status_of
from summitry.read.results import outcomes, topics
from summitry.read.tours import take_apart
from summitry.read.verbs import Verb


class EventParser(AggregateParser):
    """Drafts of one sentence."""

    def drafts(self) -> list[Draft]:
        """All drafts in the order of their triggers."""
        found: list[Draft] = []
        for clause in sorted(self.clauses, key=_depth):  # a clause may take its subject from the one above it
            args = arguments(clause, self.tokens, self.lexicon)
            results = outcomes(clause, args, self.clauses, self.tokens)
            if results and found:
                located = [d for d in found if d.destinations or d.hosts or d.sides or d.places]
                (located or found)[-1].outcomes += results
            for draft in self._clause(clause, args):
                draft.clauses = self.clauses
                draft.topics = topics(draft, self.tokens)
                draft.outcomes = [] if results and found else results
                if self._aggregate(draft):
                    draft.weak = True
                    draft.status = None if draft.frame == "meet" else draft.status
                if not self._completes(draft, found):
                    found.append(draft)
        _keep_leaders(found)
        self._named_elsewhere(found)
        found += [*self._attributes(), *self._loosely(found), *self._likewise(found), *self._since(found)]
        found += [*self._gapped(found), *self._instead(found)]
        self._cleft(found)
        take_apart(found, self.clauses)
        self._at_a_distance(found)
        found += self._receptions(found)
        self._undone(found)
        self._headed(found)
        for draft in found:
            self._by_relative_clause(draft)
            self._by_participle(draft)
            self._looking_ahead(draft)
            self._asked_by(draft)
        for venue in self._venues():
            for draft in found:
                if venue not in (*draft.destinations, *draft.places) and not any(
                    p.kind == "place" for p in draft.destinations
                ):
                    draft.places.append(venue)
        return found

    def _cleft(self, found: Sequence[Draft]) -> None:
        """ "It was in Reykjavik that Reagan met Gorbachev": where, the clause above says."""
        for draft in found:
            above = draft.clause.parent
            if draft.clause.kind not in ("subordinate", "relative") or above is None or draft.destinations:
                continue
            it = any("neuter" in p.flags for p in above.subject)
            if it and above.main is not None and above.main.aux and not draft.places:
                draft.places += [p for p in above.phrases if p.kind in GEO and p.prep & {"in", "at"}]

    def _at_a_distance(self, found: list[Draft]) -> None:
        """ "beriet per Video mit X", "wünschte ihm am Telefon …": what is said at a distance is a call."""
        for clause in self.clauses:
            for draft in found:
                calls = (p for p in draft.events if p.frame == "call" and p.prep & {"in", "during", "by"})
                if draft.clause is clause and draft.frame == "talk" and any(calls):
                    draft.frame, draft.rule = "call", "remote"  # "discussed trade in a phone call"
            if not any(t.has("word", "remote") for t in self.tokens[clause.start : clause.end]):
                continue
            if (
                clause.main is not None
                and clause.main.frame == "say"
                and all(p.kind == "pronoun" for p in clause.phrases if p.actor)
            ):
                continue  # "teilte er per Video mit"
            mine = [d for d in found if d.clause is clause]
            for draft in mine:
                if draft.frame in ("meet", "talk", "summit", "session"):
                    draft.frame, draft.rule = "call", "remote"
            verb = clause.main
            people = [p for p in clause.subject if p.actor]
            near = [p for c in self.clauses if c is clause or c.parent is clause and not c.finite for p in c.phrases]
            others = [p for p in near if p.kind in PEOPLE and p.actor and not p.prep and p not in people]
            if not mine and verb is not None and people and others:
                draft = Draft("call", clause, self.sentence, verb.at)
                draft.rule, draft.sides, draft.clauses = "remote", [*people, *others], self.clauses
                draft.status = status_of(clause, None)
                found.append(draft)

    def _attributes(self) -> list[Draft]:
        """ "der in Moskau weilende Minister": an encounter inside a noun phrase."""
        drafts = []
        for clause in self.clauses:
            for phrase in clause.phrases:
                if phrase.attribute is not None and phrase.attribute[1].kind in GEO:
                    draft = Draft(phrase.attribute[0], clause, self.sentence, phrase.start)
                    draft.guests, draft.destinations, draft.rule = [phrase], [phrase.attribute[1]], "attribute"
                    draft.clauses = self.clauses
                    drafts.append(draft)
        return drafts

    def _undone(self, found: Sequence[Draft]) -> None:
        """ "was to go to Lima but cancelled": a verb of calling off without object undoes what was told before it."""
        for clause in self.clauses:
            bare = clause.main is not None and clause.main.frame in UNDOING and not clause.passive
            for draft in found if self.tokens[max(clause.start - 1, 0)].has("conj", "but") else ():
                meant = once_meant(draft.clause) or overtaken(draft.clause) and self._marked(clause, "stay")
                if draft.status == "planned" and draft.clause.end <= clause.start and meant:
                    draft.status = "cancelled"
            if not bare or clause.marker != "and" or clause.negated or any(not p.prep for p in clause.phrases):
                continue
            for draft in found:
                if draft.clause.end <= clause.start and draft.status in ("planned", "proposed"):
                    draft.status = "cancelled"

    def _looking_ahead(self, draft: Draft) -> None:
        """ "Bevor er nach Paris reist, trifft Scholz …": the pronoun of a clause put first means the subject to come."""
        clause = draft.clause
        if clause.kind != "subordinate" or len(clause.subject) != 1 or clause.subject[0].kind != "pronoun":
            return
        main = next((c for c in self.clauses if c.kind == "main"), None)
        if main is None or len(main.subject) != 1 or main.subject[0].kind != "person":
            return
        speaks = self.tokens[clause.subject[0].head].has("word", "speaker")
        if main.subject[0].start < clause.subject[0].start or speaks:
            return
        for parts in (draft.guests, draft.hosts, draft.sides):
            parts[:] = [main.subject[0] if p is clause.subject[0] else p for p in parts]

    @staticmethod
    def _is_goal(noun: Phrase, clause: Clause) -> bool:
        """ "Ziel der Reise ist Ghana", and not "das Ziel der EU", "sein Ziel ist ein Abkommen mit Ghana"."""
        others = (p for p in clause.phrases if p is not noun and not p.prep)
        whose = noun.owner is None or noun.owner.kind not in ("country", "organization")
        return whose and any(p.countries for p in others)

    def _venues(self) -> list[Phrase]:
        """ "New Delhi is the venue", "Schauplatz ist Camp David": where the encounter of the sentence takes place."""
        found: list[Phrase] = []
        for clause in self.clauses:
            words = [p for p in clause.phrases if self.tokens[p.head].has("word", "venue-word")]
            if words and any(v.lemma == "be" for v in clause.verbs):
                found += [p for p in clause.phrases if p.kind in GEO and not p.prep]
        return found

    def _clause(self, clause: Clause, args: Arguments) -> Iterator[Draft]:
        present = self._attendance(clause, args)
        yield from self._stated(clause, args) if present is None else [present]

    def _stated(self, clause: Clause, args: Arguments) -> Iterator[Draft]:
        """The drafts that the verb or else the nouns of a clause make."""
        verb = clause.main
        nouns = [p for p in clause.phrases if p.kind == "noun" and not self._nested(p, clause)]
        nouns = [p for p in nouns if of_people(p, self.tokens[p.end] if p.end < len(self.tokens) else None)]
        nouns = [p for p in nouns if not self.tokens[p.head].has("word", "goal-word") or self._is_goal(p, clause)]
        frame = self._frame(clause, verb, args)
        if frame is not None and verb is not None:
            yield from self._told_by(self._verb_draft(frame, clause, verb, args), clause, args, nouns)
            return
        guest = self._guesthood(clause, args)
        if guest is not None and (verb is None or verb.aux):
            yield self._as_guest(clause, args, guest)
            return
        predicate = self._predicate(clause)
        if predicate is not None:
            yield from self._predicated_of(clause, args, predicate, nouns)
            return
        there = verb is not None and verb.aux and verb.lemma == "be" and self._at_gathering(nouns, args)
        if there or verb is None and self._there_for(nouns, clause, args):
            yield self._stay(clause, args, None)
            return
        if (along := self._in_company_of(clause, verb, args)) is not None:
            yield along
            return
        aspect = _aspect(clause, verb)
        if not nouns and aspect in UNDOING and (missed := self._missed(clause, args)) is not None:
            yield missed
            return
        yield from self._named_by(nouns, clause, args, aspect)
        if not nouns and self._presence(clause, verb, args):
            yield self._stay(clause, args, None)
        elif not nouns and verb is not None and clause.kind == "relative" and self._where(clause):
            yield self._on_the_spot(clause, verb, args)
            yield from self._spent_there(clause, verb, args)
        elif not nouns and verb is not None and self._acts(clause, verb, args):
            yield self._on_stage(clause, verb, args)
        elif not nouns and verb is not None and self._in_company(clause, verb, args):
            yield self._on_the_spot(clause, verb, args)

    def _told_by(self, draft: Draft, clause: Clause, args: Arguments, nouns: Sequence[Phrase]) -> Iterator[Draft]:
        """The draft of a verb with what the nouns beside it add, and before it the encounters that these are themselves."""
        self._embody(draft, args)
        for noun in nouns:
            apart = noun.prep & {"after", "before"} and not noun.prep & {"for", "in"}
            if apart or self._separate(noun, clause) or self._undone_noun(noun):
                yield from self._apart(draft, noun, clause, args)
            else:
                self._fold(draft, noun, clause, args)
        yield draft

    def _predicated_of(
        self, clause: Clause, args: Arguments, predicate: int, nouns: Sequence[Phrase]
    ) -> Iterator[Draft]:
        """The stay that "zu Gast", "on a visit" tells, and what else the clause does: "…, on a visit, had lunch with X"."""
        having = any(v.lemma == "have" for v in clause.verbs) and not any(v.lemma == "be" for v in clause.verbs)
        if having and len([p for p in clause.phrases if p.kind in PEOPLE and not p.prep]) > 1:
            yield self._having(clause, args, predicate)
        else:
            yield self._stay(clause, args, predicate)
        others = [n for n in nouns if not n.start <= predicate < n.end and n.frame in ("meet", "talk", "call")]
        if clause.main is not None and not clause.main.aux and _aspect(clause, clause.main) == "do":
            yield from self._named_by(others, clause, args, "do")

    def _named_by(
        self, nouns: Sequence[Phrase], clause: Clause, args: Arguments, aspect: str | None
    ) -> Iterator[Draft]:
        """The encounters that the nouns of a clause name; what a journey is for belongs to the journey."""
        whole: Draft | None = None
        for noun in nouns:
            if whole is not None and _purposeful(noun):
                self._fold(whole, noun, clause, args)
                continue
            alone = _setting(noun, clause) or _acts_alone(noun, clause, args, aspect) or self._undoes_else(noun, clause)
            said = None if alone else aspect
            agent = [] if self._ahead_of(noun, clause) else self._agent(noun, args, aspect)
            draft = self._noun_draft(noun, clause, args, aspect=said, agent=agent)
            whole = draft if draft.frame in ("visit", "move", "stay") else None
            yield draft

    def _there_for(self, nouns: Sequence[Phrase], clause: Clause, args: Arguments) -> bool:
        """ "Ghana's president in Lima for talks": a headline without a verb."""
        return bool(nouns) and all(_purposeful(n) for n in nouns) and self._presence(clause, None, args)

    def _ahead_of(self, noun: Phrase, clause: Clause) -> bool:
        """ "called for calm ahead of a summit in Brussels": who does so need not take part, unless it is with somebody."""
        gathering = noun.frame in ("summit", "session") and noun.prep & {"before"} and "possessive" not in noun.flags
        return bool(gathering) and not any("with" in p.prep for p in self._behind(noun, clause))

    def _undoes_else(self, noun: Phrase, clause: Clause) -> bool:
        """ "The commission failed to agree": what an infinitive names is not done, not the encounter that does not do it."""
        if clause.main is None or clause.main.frame not in UNDOING or noun not in clause.subject or clause.passive:
            return False
        return any(c.kind == "infinitive" and c.parent is clause and c.start > clause.main.at for c in self.clauses)

    def _apart(self, draft: Draft, noun: Phrase, clause: Clause, args: Arguments) -> Iterator[Draft]:
        """ "After talks with the king he flew home": an encounter beside that of the verb, whose partners are its own."""
        theirs = self._behind(noun, clause)
        draft.companions = [p for p in draft.companions if p not in theirs]
        draft.destinations = [p for p in draft.destinations if p not in theirs or not self._undone_noun(noun)]
        own = Arguments()
        own.subject = args.subject
        own.prepositional = [(marks, p) for marks, p in args.prepositional if p in theirs or "with" not in marks]
        other = self._noun_draft(noun, clause, own, aspect=None, agent=args.subject)
        if other.destinations or not self.tokens[noun.head].has("word", "departure"):
            yield other  # "vor seiner Abreise empfing er in Rom den Minister": who leaves for nowhere has not travelled

    # ------------------------------------------------------------------ verbs

    def _verb_draft(self, frame: str, clause: Clause, verb: Verb, args: Arguments) -> Draft:
        draft = Draft(frame, clause, self.sentence, verb.at)
        draft.rule = f"{frame}-verb"
        if (doing := self.tokens[verb.at].get("activity")) is not None:
            draft.activities.append(doing.value)
        roles = self.frames[frame]
        subject, objects = args.subject, args.objects or (self._called_to(clause) if frame == "call" else [])
        if clause.passive:
            subject, objects = args.by_role("by"), args.subject
        self._assign(draft, roles.get("subject"), subject)
        self._assign(draft, roles.get("object"), objects)
        if frame == "receive" and any("host-word" in p.flags for p in draft.guests):
            draft.guests, draft.hosts = draft.hosts, draft.guests  # "begrüßte seinen Gastgeber"
        if frame == "stay":  # "überreichte der Königin im Schloss ein Bild": who is given something is there
            draft.companions += [p for p in args.objects if p.kind in ("person", "office")]
        if frame == "attend" and any(v.lemma == "let" for v in clause.verbs):  # "ließ sich von X vertreten"
            draft.guests = [p for p in args.by_role("by") if p.kind in PEOPLE] or draft.guests
        if frame == "accompany" and any(p.kind in GEO and "to" in p.prep for p in clause.phrases):
            draft.frame, roles = "move", self.frames["move"]  # "begleitete ihn nach Sofia": both travelled
            draft.guests, draft.sides = [*draft.sides], []
        for marks, phrase in args.prepositional:
            if clause.passive and "by" in marks and phrase.actor:
                continue
            self._prepositional(draft, roles, marks, phrase)
        self._travellers(draft, clause, args)
        draft.status = status_of(clause, None)
        if frame == "invite" and clause.tense == "past" and not draft.destinations and self._at_table(draft):
            draft.frame, roles = "receive", self.frames["receive"]  # "bat ihn zu einem Gespräch": who is told so came
        if roles.get("status") == "proposed" and draft.status in ("held", "planned"):
            draft.status = "proposed"
        elif roles.get("status") == "planned" and draft.status == "held":
            if (
                frame != "expect" or clause.passive or clause.tense != "past"
            ):  # "wo ihn sein Kollege erwartete": was met
                draft.status = "planned"
        if frame == "belong":
            draft.frame, draft.rule = "accompany", "party"
        draft.weak = draft.weak or draft.frame == "accompany"
        return draft

    def _travellers(self, draft: Draft, clause: Clause, args: Arguments) -> None:
        """Who travels where another thing is the subject ("a plane with X landed"), and whom they came to see."""
        owners = [p.owner for p in args.subject if p.owner is not None and p.owner.actor]
        if draft.frame == "route" and owners and all(p.kind == "pronoun" for p in draft.guests):
            draft.guests = owners  # "President X's trip takes him to Peru"
        if draft.frame != "move":
            return
        if not draft.guests and self._carried(args):
            owners = [p.owner for p in args.subject if p.owner is not None]  # "the premier's plane landed"
            draft.guests, draft.companions = draft.companions or owners, []
        if not draft.destinations and not draft.hosts:
            draft.weak = any(p.end <= draft.trigger for p in draft.companions)  # "Mit Fischer reisen seine Frau und X"
            draft.hosts += self._come_to_see(clause)

    def _where(self, clause: Clause) -> bool:
        return any(
            r.value == "place"
            for i in range(clause.start, clause.start + 2)
            if (r := self.tokens[min(i, len(self.tokens) - 1)].get("rel"))
        )

    # ------------------------------------------------------------------ nouns

    def _agent(self, noun: Phrase, args: Arguments, aspect: str | None) -> list[Phrase]:
        if noun in args.subject or self._equated(noun, args):
            return []
        return [p.owner if p.frame == "itinerary" and p.owner is not None else p for p in args.subject]

    def _equated(self, noun: Phrase, args: Arguments) -> bool:
        """ "It is the second trip": what a journey is said to be is the journey, and nobody who travels."""
        copula = self.tokens[noun.start - 1] if noun.start else None
        it = any("neuter" in p.flags and p.kind == "pronoun" for p in args.subject)
        return it and copula is not None and copula.has("aux", "be") and not noun.prep


def _aspect(clause: Clause, verb: Verb | None) -> str | None:
    """What the verb of a clause says of an encounter that a noun of it names: planned, begun, cancelled."""
    if verb is not None and verb.frame == "expect" and clause.passive:
        return "plan"  # "a trip has been scheduled"
    readings = [verb.frame, *(frame for frame, _, _ in verb.frames)] if verb is not None else []
    by_somebody = any(p.actor for p in clause.subject)  # "X will go ahead with a trip", but "the trip will go ahead"
    weak = ("lead", "happen") if by_somebody else ("lead",)
    said = sorted((frame for frame in readings if frame in ASPECTS), key=lambda frame: frame in weak)
    return next(iter(said), None)  # "führt Gespräche": to hold, not to lead


def _keep_leaders(found: Sequence[Draft]) -> None:
    """Who leads a delegation in one clause leads it in the next: "… flies to Rome under X and meets Y"."""
    for draft in found:
        for other in found if not draft.leaders else ():
            if any(
                p.kind == "delegation" and p in (*other.guests, *other.sides) for p in (*draft.guests, *draft.sides)
            ):
                draft.leaders = draft.leaders or other.leaders


def _purposeful(noun: Phrase) -> bool:
    """ "a visit to Berlin for talks with X": what a journey is for is no encounter beside it."""
    return "for" in noun.prep and noun.frame in ("meet", "talk", "summit") and noun.owner is None


def _setting(noun: Phrase, clause: Clause) -> bool:
    """ "During her visit to Bamako she promised help": the plan is not the visit, which is only when it was made."""
    if noun.cases == {"acc"}:
        return False  # "verzichtete auf seinen Besuch": no time, but what the verb is about
    marks = {"during", "after"} | ({"at", "of"} if "possessive" in noun.flags else set())
    if all(noun.end <= p.start for p in clause.subject) and clause.subject:
        if not noun.prep and noun not in clause.subject and noun.start == noun.head:
            return True  # "Meeting in Rio, the two agreed …"
        marks |= {"in", "at"}  # "In a call with Modi the president urged restraint"
    return clause.tense == "past" and bool(marks & noun.prep)


def _acts_alone(noun: Phrase, clause: Clause, args: Arguments, aspect: str | None) -> bool:
    """ "The trip set the tone", "the talks proposed a truce": what an encounter does says nothing of its own reality."""
    return (
        noun in args.subject and not clause.passive and aspect in ("plan", "propose", "accept") and bool(args.objects)
    )


def _depth(clause: Clause) -> int:
    """How many clauses a clause depends on."""
    depth, seen = 0, {id(clause)}
    while clause.parent is not None and id(clause.parent) not in seen:
        clause = clause.parent
        seen.add(id(clause))
        depth += 1
    return depth
