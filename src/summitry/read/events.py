"""From clauses to drafts of encounters: which frame, who in which part, where, and whether it is real.

A draft is one possible encounter as one clause states it; `stories` joins the drafts of a document.
"""

from collections.abc import Iterator, Sequence

from summitry.kinds import Status
from summitry.read.arguments import Arguments, arguments
from summitry.read.clauses import Clause, Verb
from summitry.read.drafts import ASPECTS, ENCOUNTERS, GEO, TRAVEL, Draft, DraftBuilder, countries_of, roles_for
from summitry.read.phrase import Phrase


class EventParser(DraftBuilder):
    """Drafts of one sentence."""

    def drafts(self) -> list[Draft]:
        """All drafts in the order of their triggers."""
        found: list[Draft] = []
        for clause in self.clauses:
            args = arguments(clause, self.tokens, self.lexicon)
            for draft in self._clause(clause, args):
                draft.clauses = self.clauses
                if self._aggregate(draft):
                    draft.weak = True
                if not self._completes(draft, found):
                    found.append(draft)
        found += self._attributes()
        self._headed(found)
        for draft in found:
            self._by_relative_clause(draft)
        for venue in self._venues():
            for draft in found:
                if venue not in (*draft.destinations, *draft.places) and not any(
                    p.kind == "place" for p in draft.destinations
                ):
                    draft.places.append(venue)
        return found

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
            mine = draft.sides if draft.meeting else draft.guests
            if not mine:
                mine += [p for p in clause.subject if p.actor]
                draft.weak = draft.weak and not mine

    def _aggregate(self, draft: Draft) -> bool:
        """Whether the clause speaks of many encounters at once ("19 Mal", "their trips"): a claim, not an encounter."""
        if draft.trigger_noun is not None and draft.trigger_noun.plural and draft.frame in ("visit", "move", "stay"):
            return True
        clause = draft.clause
        for i in range(clause.start, min(clause.end, len(self.tokens))):
            token = self.tokens[i]
            if token.has("word", "often") or (token.has("word", "times") and i and self._cardinal(i - 1)):
                return True
        return False

    def _cardinal(self, i: int) -> bool:
        token = self.tokens[i]
        return token.text.isdigit() or token.has("word", "number")

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
        return True

    def _venues(self) -> list[Phrase]:
        """ "New Delhi is the venue", "Schauplatz ist Camp David": where the encounter of the sentence takes place."""
        found: list[Phrase] = []
        for clause in self.clauses:
            words = [p for p in clause.phrases if self.tokens[p.head].has("word", "venue-word")]
            if words and any(v.lemma == "be" for v in clause.verbs):
                found += [p for p in clause.phrases if p.kind in GEO and not p.prep]
        return found

    def _clause(self, clause: Clause, args: Arguments) -> Iterator[Draft]:
        verb = clause.main
        nouns = [p for p in clause.phrases if p.kind == "noun" and not self._nested(p, clause)]
        frame = self._frame(clause, verb, args)
        if frame is not None and verb is not None:
            draft = self._verb_draft(frame, clause, verb, args)
            for noun in nouns:
                if (
                    noun.prep & {"after", "before"}
                    and not noun.prep & {"to", "for", "in"}
                    or self._separate(noun, clause)
                ):
                    yield self._noun_draft(noun, clause, args, aspect=None, agent=args.subject)
                else:
                    self._fold(draft, noun, clause, args)
            yield draft
            return
        predicate = self._predicate(clause)
        if predicate is not None:
            yield self._stay(clause, args, predicate)
            return
        if verb is not None and verb.aux and verb.lemma == "be" and self._at_gathering(nouns, args):
            yield self._stay(clause, args, None)
            return
        aspect = verb.frame if verb is not None and verb.frame in ASPECTS else None
        used = False
        for noun in nouns:
            draft = self._noun_draft(noun, clause, args, aspect=aspect, agent=self._agent(noun, args, aspect))
            used = True
            yield draft
        if not used and self._presence(clause, verb, args):
            yield self._stay(clause, args, None)
        elif not used and verb is not None and clause.kind == "relative" and self._where(clause):
            yield self._on_the_spot(clause, verb, args)

    # ------------------------------------------------------------------ verbs

    def _frame(self, clause: Clause, verb: Verb | None, args: Arguments) -> str | None:
        """The encounter frame of the clause's verb, if its arguments fit one of its readings."""
        if verb is None:
            return None
        readings = [f for f, _, _ in verb.frames] or ([verb.frame] if verb.frame else [])
        if verb.aux:
            return None
        for frame in readings:
            if frame in ENCOUNTERS and self._fits(frame, clause, args):
                return frame
        return None

    def _fits(self, frame: str, clause: Clause, args: Arguments) -> bool:
        """Whether the arguments make the frame an encounter: people who travel or meet, places, not things."""
        subject_acts = any(p.actor for p in args.subject)
        objects = [p for p in args.objects if p.actor or p.kind in GEO]
        if frame == "visit":
            return (
                bool(objects)
                or clause.passive
                or bool(args.by_role("in"))
                or any(p.kind in ("activity", "other") for p in args.objects)
            )
        if frame == "move":
            goals = any(
                p.kind in GEO or p.kind in ("noun", "activity", "person", "other") for p in args.by_role("to", "in")
            ) or any(p.kind in GEO for p in args.by_role("for"))
            return (subject_acts or not args.subject) and (
                goals or self._deictic(clause) or any(p.actor for p in args.by_role("with"))
            )
        if frame in ("stay",):
            return subject_acts and any(p.kind in GEO or "capital-of" in p.flags for p in args.by_role("in", "at"))
        if frame in ("receive", "invite"):
            return (
                any(p.actor for p in [*args.objects, *args.by_role("for")])
                or clause.passive
                or clause.kind in ("participle", "relative")
            )
        if frame == "host":
            return (
                subject_acts
                and any(p.actor for p in args.objects)
                and not any(p.kind in ("noun", "activity") for p in args.objects)
            )
        if frame == "attend":
            return subject_acts and any(
                p.kind in ("activity", "noun", "other") for p in [*args.objects, *args.by_role("in", "at")]
            )
        if frame in ("meet", "call"):
            people = [p for p in [*args.subject, *args.objects, *args.by_role("with", "between")] if p.actor]
            people += [p for p in args.by_role("by") if p.actor and clause.passive]
            return len(people) > 1 or any(
                p.plural or p.kind in ("delegation", "demonym") or len(p.countries) > 1 for p in people
            )
        if frame == "talk":
            partners = any(p.actor for p in args.by_role("with", "to")) or any(p.kind == "person" for p in args.objects)
            return subject_acts and partners or len([p for p in args.subject if p.actor]) > 1
        if frame == "accompany":
            return subject_acts and any(p.actor for p in args.objects) or clause.passive
        if frame == "route":
            thing = all(p.kind in ("noun", "pronoun", "other") for p in args.subject)
            return thing and any(p.kind in GEO for p in args.by_role("to", "in"))
        if frame == "expect":
            there = any(p.kind in GEO for p in args.by_role("in", "to")) or any(
                t.has("word", "there") for t in self.tokens
            )
            return there and any(p.actor for p in [*args.objects, *args.subject, *args.by_role("with")])
        return frame == "gather" and len(objects) > 1

    def _verb_draft(self, frame: str, clause: Clause, verb: Verb, args: Arguments) -> Draft:
        draft = Draft(frame, clause, self.sentence, verb.at)
        draft.rule = f"{frame}-verb"
        roles = self.frames[frame]
        subject, objects = args.subject, args.objects
        if clause.passive:
            subject, objects = args.by_role("by"), args.subject
        self._assign(draft, roles.get("subject"), subject)
        self._assign(draft, roles.get("object"), objects)
        for marks, phrase in args.prepositional:
            if clause.passive and "by" in marks and phrase.actor:
                continue
            self._prepositional(draft, roles, marks, phrase)
        draft.status = self.status(clause, None)
        if roles.get("status") == "proposed" and draft.status in ("held", "planned"):
            draft.status = "proposed"
        elif roles.get("status") == "planned" and draft.status == "held":
            draft.status = "planned"
        draft.weak = draft.weak or frame == "accompany"
        return draft

    def _where(self, clause: Clause) -> bool:
        return any(
            r.value == "place"
            for i in range(clause.start, clause.start + 2)
            if (r := self.tokens[min(i, len(self.tokens) - 1)].get("rel"))
        )

    def _on_the_spot(self, clause: Clause, verb: Verb, args: Arguments) -> Draft:
        """ "where Putin promised him help": who acts at the place of a visit was met there; says nothing by itself."""
        draft = Draft("talk", clause, self.sentence, verb.at)
        draft.rule, draft.weak = "on-the-spot", True
        draft.sides = [p for p in [*args.subject, *args.objects, *args.by_role("with", "by")] if p.actor]
        draft.status = self.status(clause, None)
        return draft

    # ------------------------------------------------------------------ nouns

    def _agent(self, noun: Phrase, args: Arguments, aspect: str | None) -> list[Phrase]:
        if noun in args.subject:
            return []
        return [p.owner if p.frame == "itinerary" and p.owner is not None else p for p in args.subject]

    def _noun_draft(
        self, noun: Phrase, clause: Clause, args: Arguments, *, aspect: str | None, agent: Sequence[Phrase]
    ) -> Draft:
        frame = noun.frame or "meet"
        draft = Draft(frame, clause, self.sentence, noun.head)
        draft.rule = f"{frame}-noun"
        draft.trigger_noun = noun
        roles = self.frames[frame]
        own = self._behind(noun, clause)
        travel = frame in TRAVEL
        (draft.guests if travel else draft.sides).extend(self._owners(noun))
        if travel and noun.countries:
            draft.destinations.append(countries_of(noun))
        elif noun.countries:
            draft.sides.append(countries_of(noun))
        for phrase in own:
            if phrase.kind == "noun":
                (draft.destinations if travel else draft.sides).extend(
                    countries_of(p) for p in [phrase] if phrase.countries
                )
            elif (
                phrase.actor
                and phrase.prep & {"by", "of"}
                and not phrase.prep & {"in"}
                and (phrase.kind not in ("country",) or not travel or "by" in phrase.prep)
            ):
                (draft.guests if travel else draft.sides).append(phrase)
            elif phrase.prep & {"from"} and phrase.actor and travel:
                draft.guests.append(phrase)
            else:
                self._noun_argument(draft, roles, phrase)
        if clause.main is not None and clause.main.frame in ("receive", "host") and not travel:
            draft.places += [p for p in args.subject if p.kind in GEO]
            draft.hosting = any(p.kind in GEO for p in args.subject)
            agent = [p for p in agent if p.kind not in GEO]
        if frame == "itinerary":
            draft.destinations += [p for p in [*args.subject, *args.objects] if p.kind in GEO]
            agent = [p for p in agent if p.kind not in GEO]
        self._support(draft, noun, clause, args, agent, aspect)
        draft.activities += [a for a in noun.activities if a and a not in draft.activities]
        draft.status = self.status(clause, aspect)
        if roles.get("status") and draft.status == "held":
            draft.status = "proposed" if roles["status"] == "proposed" else "planned"
        return draft

    def _owners(self, noun: Phrase) -> list[Phrase]:
        if noun.pair:
            return noun.pair
        return [noun.owner] if noun.owner is not None and (noun.owner.actor or noun.owner.countries) else []

    def _noun_argument(self, draft: Draft, roles: dict[str, str], phrase: Phrase) -> None:
        geo = phrase.kind in GEO or "capital-of" in phrase.flags
        if geo and phrase.prep & {"to", "in", "at"} and not draft.meeting:
            draft.destinations.append(phrase)
        elif phrase.actor and phrase.prep & {"with"} and not draft.meeting:
            draft.hosts.append(phrase)
        elif phrase.actor and phrase.prep & {"at", "to"} and not geo:
            (draft.hosts if not draft.meeting else draft.sides).append(phrase)
        else:
            self._prepositional(draft, roles, phrase.prep, phrase)

    def _support(
        self, draft: Draft, noun: Phrase, clause: Clause, args: Arguments, agent: Sequence[Phrase], aspect: str | None
    ) -> None:
        """What the clause around a noun adds: its subject as the one who travels or talks, its places and partners."""
        possessed = "possessive" in noun.flags
        absorbs = aspect in (
            None,
            "do",
            "begin",
            "end",
            "plan",
            "cancel",
            "postpone",
            "propose",
            "accept",
            "refuse",
            "happen",
        )
        mine = draft.guests if not draft.meeting else draft.sides
        people = [p for p in agent if p.actor] if not noun.pair else []
        if clause.passive:
            people = [p for p in args.by_role("by") if p.actor]
        if (
            people
            and absorbs
            and (not mine or draft.meeting and len(mine) == 1 or possessed)
            and not (aspect == "happen")
        ):
            mine.extend(p for p in people if p not in mine)
        others = [p for n in clause.phrases if n.kind == "noun" and n is not noun for p in self._behind(n, clause)]
        for marks, phrase in args.prepositional:
            if phrase in (*draft.destinations, *draft.places, *draft.sides, *draft.hosts, *draft.guests, *others):
                continue
            geo = phrase.kind in GEO
            if geo and marks & {"in", "at"} and not marks & {"about"} and "from" not in marks:
                draft.places.append(phrase)
            elif phrase.actor and marks & {"with"} and absorbs and aspect != "plan":
                (draft.sides if draft.meeting else draft.hosts).append(phrase)
            elif phrase.actor and marks & {"between"} and draft.meeting:
                draft.sides.append(phrase)
            elif (
                phrase.actor
                and not geo
                and marks & {"for"}
                and roles_for(self.frames, draft) == "side"
                and len(draft.sides) == 1
            ):
                draft.sides.append(phrase)
            elif phrase.kind in ("activity",) and marks & {"in", "at", "during"}:
                self._event(draft, phrase)
        if not mine:
            draft.weak = True

    # ------------------------------------------------------------------ being there

    def _predicate(self, clause: Clause) -> int | None:
        """The position of "zu Gast", "on a visit" behind a verb of being."""
        if not any(v.lemma in ("be", "have") or v.frame in ("stay", "move") for v in clause.verbs):
            return None
        for i in range(clause.start, min(clause.end, len(self.tokens))):
            if self.tokens[i].get("predicate"):
                return i
        return None

    def _presence(self, clause: Clause, verb: Verb | None, args: Arguments) -> bool:
        """ "Xi was in Russia", and the verbless "Eisenhower bei Papst Pius" of a chronology."""
        if not any(p.actor and p.kind != "country" for p in args.subject):
            return verb is None and any(p.actor for p in args.objects) and self._abroad(args)
        if verb is None:
            return self._abroad(args)
        if any(p.kind in ("office", "noun") and not p.prep for p in args.objects):
            return False  # "who is Pakistan's ambassador in Turkey"
        return verb.aux and verb.lemma == "be" and self._abroad(args)

    def _at_gathering(self, nouns: Sequence[Phrase], args: Arguments) -> bool:
        """ "Singh is at the summit": somebody attends."""
        there = any(n.frame in ("summit", "session", "meet") and n.prep & {"in", "at"} for n in nouns)
        return there and any(p.actor and p.kind != "country" for p in args.subject)

    def _abroad(self, args: Arguments) -> bool:
        return any(p.kind in GEO for p in args.by_role("in", "to")) or any(
            p.kind in ("person", "office") for p in args.by_role("at")
        )

    def _stay(self, clause: Clause, args: Arguments, predicate: int | None) -> Draft:
        at = predicate if predicate is not None else (clause.main.at if clause.main else clause.start)
        draft = Draft("stay", clause, self.sentence, at)
        draft.rule = "guest" if predicate is not None else "presence"
        draft.guests = [p for p in (args.subject or args.objects[:1]) if p.actor]
        for marks, phrase in args.prepositional:
            if phrase.kind == "noun":
                self._fold(draft, phrase, clause, args)
            else:
                self._prepositional(draft, self.frames["stay"], marks, phrase)
        draft.status = self.status(clause, None)
        return draft

    # ------------------------------------------------------------------ reality

    def status(self, clause: Clause, aspect: str | None) -> Status | None:
        """What the clause, and those it depends on, say of reality; None where it states no encounter at all."""
        status = _aspect_status(aspect, clause)
        if status is None:
            return None
        if status == "held" and any(p.frame == "itinerary" for p in clause.subject):
            status = "planned"
        parent = clause.parent
        if clause.kind in ("infinitive", "subordinate") and parent is not None and parent.main is not None:
            above = parent.main.frame
            if clause.kind == "infinitive" or above in ("deny", "propose", "cancel", "refuse"):
                outer = _aspect_status(
                    "plan" if above == "expect" else above if above not in ENCOUNTERS else None, parent
                )
                status = outer if outer != "held" else status
        return status


def _aspect_status(aspect: str | None, clause: Clause) -> Status | None:
    status: Status = "held"
    if clause.cond and clause.marker:
        return None
    if clause.modal in ("shall", "will") or clause.future:
        status = "planned"
    elif clause.modal == "may" or clause.cond:
        status = "proposed" if clause.modal == "may" else "planned"
    if aspect in ("plan", "accept"):
        status = "planned"
    elif aspect == "propose":
        status = "proposed"
    elif aspect in ("cancel", "postpone", "refuse"):
        return "planned" if clause.negated else "cancelled"
    elif aspect == "deny":
        return "cancelled"
    if clause.negated:
        return "cancelled" if status in ("planned", "proposed") or clause.tense == "present" else None
    return status
