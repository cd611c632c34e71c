"""Which frame of `constructions.toml` a clause's verb takes: whether its arguments make it an encounter."""

from collections.abc import Sequence

from summitry.read.arguments import Arguments
from summitry.read.clause import Clause
from summitry.read.drafts import ENCOUNTERS, GEO
from summitry.read.phrase import ALL, Phrase
from summitry.read.presence import PEOPLE, PresenceParser
from summitry.read.verbs import Verb

THINGS = ("activity", "noun", "other")
QUOTED = ('"', "“", "‘", "'")


class FrameFinder(PresenceParser):
    """Chooses among the frames that the lexicon gives for a verb."""

    def _frame(self, clause: Clause, verb: Verb | None, args: Arguments) -> str | None:
        """The encounter frame of the clause's verb, if its arguments fit one of its readings."""
        if verb is None or verb.aux:
            return None
        readings = [f for f, _, _ in verb.frames] or ([verb.frame] if verb.frame else [])
        readings.sort(key=lambda f: f == "stay")  # to be somewhere is the least that a verb may say
        for frame in readings:
            if frame in ENCOUNTERS and self._fits(frame, clause, args):
                return frame
        if "reach" in readings and self._reached(clause, args):
            return "visit"
        if "come" in readings and "move" not in readings and not args.objects and self._comes(clause, args):
            return "move"  # "Benedict followed in 2012"
        leaves = "move" in readings or "depart" in readings
        return "return" if leaves and any(p.kind in GEO for p in args.by_role("out-of")) else None

    def _reached(self, clause: Clause, args: Arguments) -> bool:
        """ "had seen Delhi", "took in Cairo": a city as the object of seeing or reaching is a stop, if nothing is said of it."""
        cities = [p for p in args.objects if p.kind == "place" and p.countries]
        if not cities or clause.passive or clause.tense != "past" or any(p.actor for p in args.objects):
            return False
        last = cities[-1].end
        likened = last < len(self.tokens) and (
            last in self._verb_places() or self.tokens[last].has("conj", "subordinate")
        )
        return not likened and any(p.kind in PEOPLE for p in args.subject)

    def _verb_places(self) -> set[int]:
        return {v.at for c in self.clauses for v in c.verbs}

    def _fits(self, frame: str, clause: Clause, args: Arguments) -> bool:
        """Whether the arguments make the frame an encounter: people who travel or meet, places, not things."""
        if clause.main is not None and clause.main.lemma in self.lexicon.tables["reflexive"]:
            if not any(t.has("word", "reflexive") for t in self.tokens[clause.start : clause.end]):
                return False  # "Delegationen austauschen" is not "sich austauschen"
        test = getattr(self, f"_fits_{frame}", None)
        return bool(test(clause, args)) if test is not None else False

    @staticmethod
    def _acts_itself(args: Arguments) -> bool:
        return any(p.actor for p in args.subject)

    def _fits_visit(self, clause: Clause, args: Arguments) -> bool:
        objects = any(p.actor or p.kind in GEO or p.kind in ("activity", "other") for p in args.objects)
        return objects or clause.passive or bool(args.by_role("in"))

    def _fits_calls(self, clause: Clause, args: Arguments) -> bool:
        """Calling on a person is a visit; calling on a country, or on somebody to do something, is an appeal."""
        appeal = any(c.kind == "infinitive" and c.parent is clause for c in self.clauses)
        met = [p for p in args.by_role("on", "at") if p.kind in ("person", "office")]
        return self._acts_itself(args) and bool(met) and not appeal

    def _fits_return(self, clause: Clause, args: Arguments) -> bool:
        if not any(p.kind in PEOPLE for p in args.subject):
            return False
        left = any(p.kind in ("country", "place") for p in args.objects)
        left = left or self._marked(clause, "depart") and not args.objects
        return left or any(p.kind in GEO for p in args.by_role("from", "to", "for"))

    def _fits_bound(self, clause: Clause, args: Arguments) -> bool:
        people = any(p.kind in (*PEOPLE, "demonym") for p in args.subject)
        there = any(p.kind in GEO or "capital-of" in p.flags for p in args.by_role("in", "to", "for", "at"))
        return people and (there or self.sentence.certain)  # "Lula is due tomorrow", in a report from a summit

    def _fits_follow(self, clause: Clause, args: Arguments) -> bool:
        """ "Meloni followed in May": somebody alone, not one who follows another, an example or a post."""
        behind = args.by_role("with", "to", "in", "at", "after") or args.objects
        likened = any(t.has("conj", "comparison") for t in self.tokens[clause.start : clause.end])
        named = any(p.kind in ("person", "office") and p.countries for p in args.subject)
        return named and not behind and not likened and not clause.passive

    def _fits_move(self, clause: Clause, args: Arguments) -> bool:
        goals = any(
            p.kind in GEO or p.kind in ("noun", "activity", "person", "other") for p in args.by_role("to", "in")
        ) or any(p.kind in GEO for p in args.by_role("for", "between"))
        goals = goals or any(p.kind in GEO and "by" in p.prep and "from" not in p.prep for p in args.by_role("by"))
        goals = goals or bool(self._come_to_see(clause))
        if self._turns(clause) or self._back_to_talks(args):
            return False
        there = goals or self._deictic(clause) or any(p.actor for p in args.by_role("with"))
        if any(t.has("word", "expletive") for t in self.tokens[clause.start : clause.end]):
            return any(p.kind in GEO for p in args.by_role("to"))  # "es geht weiter nach Peking", not "es geht um …"
        elsewhere = any(p.kind == "other" for p in args.by_role("to", "in"))  # "kam an die Macht"
        there = (
            there or self._marked(clause, "arrive") and not elsewhere and any(p.kind in PEOPLE for p in args.subject)
        )
        there = there or self._comes(clause, args)
        return (self._acts_itself(args) or not args.subject or self._carried(args)) and there

    @staticmethod
    def _back_to_talks(args: Arguments) -> bool:
        """ "Israel and the Palestinians go back to negotiations": two countries that talk again, and no journey."""
        parties = [p for p in args.subject if p.kind in ("country", "demonym", "organization")]
        talks = any(p.kind == "noun" and p.frame in ("talk", "meet") for p in args.by_role("to"))
        return talks and len(parties) > 1 and len(parties) == len(args.subject)

    def _turns(self, clause: Clause) -> bool:
        """ "Turning to Ethiopia, he said …": where a speech goes, and nobody."""
        turns = clause.kind == "participle" and self.tokens[clause.start].has("word", "topic-turn")
        return turns and any(c.main is not None and c.main.frame == "say" for c in self.clauses)

    def _carried(self, args: Arguments) -> bool:
        """ "A plane with the premier on board landed in Accra": of a vehicle's journey those inside are the travellers."""
        vehicle = any(self.tokens[p.head].has("word", "vehicle") for p in args.subject)
        aboard = [*args.by_role("with"), *(p.owner for p in args.subject if p.owner is not None)]
        return vehicle and any(p.kind in ("person", "office") for p in aboard)

    def _comes(self, clause: Clause, args: Arguments) -> bool:
        """ "Obama came in 2015", "had come twice": to where the text is set, if "come" has nothing but a time behind it."""
        if not self._marked(clause, "come") or not any(p.kind in PEOPLE for p in args.subject):
            return False
        after = self.tokens[clause.main.at + 1] if clause.main.at + 1 < len(self.tokens) else None  # type: ignore[union-attr]
        if after is None or after.time or not after.text[0].isalnum():
            return True
        return after.has("word", "often", "number", "again", "also", "there") or after.has("prep", "with", "after")

    def _come_to_see(self, clause: Clause) -> list[Phrase]:
        """ "came to thank the pope", "flew in to meet Lula": the people for whom somebody comes, if no place is told."""
        if clause.main is None or len(clause.main.lemma.split("|")) > 1 and clause.main.frame != "move":
            return []
        goal = self._aim(clause)
        if goal is None or goal.main is None or goal.main.frame not in ("meet", "talk", "say"):
            return []
        return [p for p in goal.phrases if p.kind in ("person", "office") and (not p.prep or "with" in p.prep)]

    def _aim(self, clause: Clause) -> Clause | None:
        """The infinitive behind a verb, its particle and a time: "rang up on Monday | to congratulate her"."""
        verb = clause.main
        for goal in self.clauses if verb is not None else ():
            between = self.tokens[verb.at + 1 : goal.start] if verb is not None else []
            if goal.kind == "infinitive" and goal.parent is clause and goal.start > clause.start:
                return goal if all(t.time or t.lower in verb.lemma for t in between) else None  # type: ignore[union-attr]
        return None

    def _called_to(self, clause: Clause) -> list[Phrase]:
        """ "phoned to thank the king": whom a call is for that names nobody itself."""
        goal = self._aim(clause)
        people = [p for p in goal.phrases if p.kind in ("person", "office", "pronoun") and p.actor] if goal else []
        return [p for p in people if not p.prep or "to" in p.prep][:1]

    def _fits_stay(self, clause: Clause, args: Arguments) -> bool:
        there = any(p.kind in GEO or "capital-of" in p.flags for p in args.by_role("in", "at"))
        return self._acts_itself(args) and there

    def _fits_receive(self, clause: Clause, args: Arguments) -> bool:
        guests = any(p.actor for p in [*args.objects, *args.by_role("for")])
        if args.objects and not guests and not clause.passive:
            return False  # "the welcome he received in Suva": a thing is received by the guest
        things = [p for p in args.subject if p.kind == "other" and not self.tokens[p.head].has("word", "guest-word")]
        if clause.passive and things == args.subject != []:
            return False  # "his decision was welcomed by the king"
        return guests or clause.passive or clause.kind in ("participle", "relative")

    _fits_invite = _fits_receive

    def _fits_host(self, clause: Clause, args: Arguments) -> bool:
        things = any(p.kind in ("noun", "activity") for p in args.objects)
        return self._acts_itself(args) and any(p.actor for p in args.objects) and not things

    def _fits_attend(self, clause: Clause, args: Arguments) -> bool:
        things = [p for p in [*args.objects, *args.by_role("in", "at")] if p.kind in THINGS]
        if (
            args.subject and not clause.passive and all(p.kind == "country" for p in args.subject)
        ):  # "Israel opened an offensive in Gaza"
            things = [p for p in things if p.kind != "other"]
        return self._acts_itself(args) and bool(things) and not self._own_people(args.objects)

    def _own_people(self, phrases: Sequence[Phrase]) -> bool:
        """Whether somebody speaks to those at home: "addressed their nations"."""
        return any(
            "possessive" in p.flags and not p.countries and self.tokens[p.head].has("word", "people-at-home")
            for p in phrases
        )

    def _fits_meet(self, clause: Clause, args: Arguments) -> bool:
        people = [p for p in [*args.subject, *args.objects, *args.by_role("with", "between")] if p.actor]
        people += [p for p in args.by_role("by") if p.actor and clause.passive]
        people += [p for p in args.by_role("in") if p.kind in PEOPLE and "during" in p.prep]  # "trifft auf Qin"
        if not clause.passive and self._hits(clause, people):
            return False
        if self._marked(clause, "sight") and self._only_looks(clause, args):
            return False
        return len(people) > 1 or any(_several(p) for p in people)

    def _hits(self, clause: Clause, people: Sequence[Phrase]) -> bool:
        """ "Die Sanktionen treffen Russland und Belarus": a thing does so to countries, which do not meet."""
        things = [p for p in clause.phrases if p.kind == "other" and not p.prep and "nom" in p.cases]
        if clause.antecedent is not None and clause.kind == "relative" and clause.antecedent.kind == "other":
            things.append(clause.antecedent)  # "ein Paket, das Russland treffen soll"
        mutual = any(t.has("word", "reflexive", "together") for t in self.tokens[clause.start : clause.end])
        return bool(things) and not mutual and all(p.kind in ("country", "other") for p in people)

    def _only_looks(self, clause: Clause, args: Arguments) -> bool:
        """ "have seen tariffs raised": things are seen without meeting; "saw each other" is a meeting."""
        own = self.tokens[clause.start : clause.end]
        if clause.passive or not args.objects or any(t.has("word", "reflexive", "together") for t in own):
            return False
        return not any(p.kind in (*PEOPLE, "demonym") or "reciprocal" in p.flags for p in args.objects)

    def _fits_call(self, clause: Clause, args: Arguments) -> bool:
        if self._marked(clause, "say") and any(self._named_so(p) for p in args.objects):
            return False
        return self._fits_meet(clause, args) or self._acts_itself(args) and bool(self._called_to(clause))

    def _named_so(self, phrase: Phrase) -> bool:
        """ "called her a friend", "called him "a man of peace"": what somebody is called, not whom somebody rang."""
        at = phrase.end
        if phrase.kind == "pronoun" and "neuter" in phrase.flags:
            return True  # "They called it Falepili"
        if phrase.kind not in ("person", "office", "pronoun") or at >= len(self.tokens):
            return False
        return self.tokens[at].text in QUOTED or self.tokens[at].has("word", "indefinite")

    def _fits_talk(self, clause: Clause, args: Arguments) -> bool:
        partners = any(p.actor for p in args.by_role("with", "to")) or any(p.kind == "person" for p in args.objects)
        speakers: Sequence[Phrase] = [p for p in args.subject if p.actor]
        pair = any(p.flags & ALL or self._pair_word(p) for p in args.subject)
        several = any(_several(p) for p in speakers if p.kind in ("office", "delegation"))
        if not partners and self._own_people(args.by_role("to")):
            return False
        return bool(speakers) and partners or len(speakers) > 1 or several or pair

    def _pair_word(self, phrase: Phrase) -> bool:
        return self.tokens[phrase.head].has("word", "pair-word")

    def _fits_accompany(self, clause: Clause, args: Arguments) -> bool:
        return self._acts_itself(args) and any(p.actor for p in args.objects) or clause.passive

    def _fits_belong(self, clause: Clause, args: Arguments) -> bool:
        """ "Zur Delegation gehört X", "der Abordnung gehören X und Y an": who travels with a group told of."""
        groups = [p for p in [*args.objects, *args.by_role("to")] if p.kind == "delegation" and not p.plural]
        if not groups:  # "His delegation includes X and Y"
            party = any(p.kind == "delegation" and not p.plural for p in args.subject)
            return party and any(p.kind in ("person", "office") for p in args.objects)
        return any(p.kind in ("person", "office") for p in args.subject)

    def _fits_route(self, clause: Clause, args: Arguments) -> bool:
        thing = all(p.kind in ("noun", "pronoun", "other") for p in args.subject)
        return thing and any(p.kind in GEO for p in args.by_role("to", "in"))

    def _fits_expect(self, clause: Clause, args: Arguments) -> bool:
        if clause.passive and args.subject and all(p.kind == "noun" for p in args.subject):
            return False  # "a trip has been scheduled": the noun tells
        there = any(p.kind in GEO for p in args.by_role("in", "to"))
        there = there or any(t.has("word", "there", "in-stead") for t in self.tokens)
        there = there or self.sentence.certain
        received = self._acts_itself(args) and any(p.kind in PEOPLE for p in args.objects)
        received = received or clause.passive and any(p.actor for p in args.by_role("by"))
        return received or there and any(p.actor for p in [*args.objects, *args.subject, *args.by_role("with")])

    def _fits_send(self, clause: Clause, args: Arguments) -> bool:
        return any(p.actor for p in args.objects) or clause.passive or clause.kind == "relative"

    def _fits_gather(self, clause: Clause, args: Arguments) -> bool:
        return len([p for p in args.objects if p.actor or p.kind in GEO]) > 1


def _several(phrase: Phrase) -> bool:
    return bool(phrase.plural) or phrase.kind in ("delegation", "demonym") or len(phrase.countries) > 1
