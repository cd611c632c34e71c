"""Drafts of encounters that a noun names: "his visit to Oslo", "talks between X and Y", "gave a banquet for Z"."""

from collections.abc import Sequence

from summitry.read.arguments import Arguments
from summitry.read.clause import Clause
from summitry.read.drafts import GEO, TRAVEL, Draft, countries_of, roles_for, seat_of
from summitry.read.fitting import FrameFinder
from summitry.read.phrase import Phrase
from summitry.read.realities import attributed, status_of
from summitry.read.tokens import Token
from summitry.territories import is_organization

ABSORBING = frozenset(
    {"do", "begin", "end", "plan", "cancel", "postpone", "propose", "accept", "refuse", "happen"}
)  # of these verbs the subject takes part in what their noun names

INVITING = (
    {"by", "from"},
    {"by", "from", "of"},
)  # who stands behind a noun whose host it names, and behind an invitation


class NounDrafts(FrameFinder):
    """Builds the draft of a trigger noun from what belongs to it and from the clause around it."""

    def _noun_draft(
        self, noun: Phrase, clause: Clause, args: Arguments, *, aspect: str | None, agent: Sequence[Phrase]
    ) -> Draft:
        frame = noun.frame or "meet"
        frame = "visit" if frame == "stops" and aspect == "do" else frame  # "machte Station in Accra"
        with_whom = frame == "calls" and any("with" in p.prep for p in self._behind(noun, clause))
        frame = "call" if with_whom else frame  # "a call on X" is a visit, "a call with X" is none
        draft = Draft(frame, clause, self.sentence, noun.head)
        draft.rule = f"{frame}-noun"
        draft.trigger_noun = noun
        travel = frame in TRAVEL
        self._own_parts(draft, noun, clause)
        several = len(args.subject) > 1 and frame in (
            "talk",
            "session",
            "meet",
        )  # "Chile and Ghana held a round of talks"
        if clause.main is not None and clause.main.frame in ("receive", "host") and not travel and not several:
            draft.places += [p for p in args.subject if p.kind in GEO - {"organization"}]
            draft.sides += [p for p in args.subject if p.kind == "organization"]  # "ASEAN held its summit in Bangkok"
            draft.hosting = any(p.kind in GEO - {"organization"} for p in args.subject)
            agent = [p for p in agent if p.kind not in GEO]
        if frame in ("itinerary", "stops"):
            draft.destinations += [p for p in [*args.subject, *args.objects] if p.kind in GEO]
            agent = [p for p in agent if p.kind not in GEO]
        if travel and not draft.destinations:
            draft.destinations += self._chosen(noun, clause, args)
        self._support(draft, noun, clause, args, agent, aspect)
        self._granted(draft, noun, clause, args, agent)
        draft.activities += [a for a in noun.activities if a and a not in draft.activities]
        self._reality(draft, noun, clause, args, aspect)
        return draft

    def _reality(self, draft: Draft, noun: Phrase, clause: Clause, args: Arguments, aspect: str | None) -> None:
        """What the clause and the attributes of the noun say of reality."""
        frame, roles = draft.frame, self.frames[draft.frame]
        setting = bool(noun.prep & {"at", "in", "during"})
        draft.status = status_of(clause, aspect or self._predicated(noun, clause, args), within=setting)
        if draft.status == "held" and (aspect != "happen" or clause.tense != "past"):
            draft.status = attributed(noun) or draft.status
        if frame == "stops" and draft.status == "held" and clause.tense == "present" and self._to_follow(noun):
            draft.status = "planned"
        if draft.status == "cancelled" and clause.negated and self._without_date(noun, clause):
            draft.status = "proposed"
        if draft.status == "held" and frame in TRAVEL and self.tokens[noun.start].has("word", "ahead-word"):
            draft.status = "planned"  # "ahead of her visit to Lima"
        if self._undone_noun(noun):
            draft.status = "cancelled"
        if roles.get("status") and draft.status == "held":
            draft.status = "proposed" if roles["status"] == "proposed" else "planned"

    def _to_follow(self, noun: Phrase) -> bool:
        """Whether a noun is of stops that follow: "weitere Stationen sind", "the next leg is"."""
        return any(t.has("word", "to-follow") for t in self.tokens[noun.start : noun.end])

    def _own_parts(self, draft: Draft, noun: Phrase, clause: Clause) -> None:
        """What a noun says itself: its owners, its countries, the town that an adjective names, what stands behind it."""
        travel, behind = draft.frame in TRAVEL, self._behind(noun, clause)
        (draft.guests if travel else draft.sides).extend([*self._owner_before(noun, clause), *self._owners(noun)])
        if noun.countries and not self._of_a_body(noun, clause):
            (draft.destinations if travel else draft.sides).append(countries_of(noun))
        several = [p for p in behind if p.actor and p.prep & {"between", "of"}]
        parties = len(several) > 1 or any("between" in p.prep for p in several)
        if noun.seat is not None and (parties or not self.lexicon.settings["capitalised-nouns"]):
            (draft.destinations if travel else draft.places).append(seat_of(noun))  # "the Geneva talks"
            draft.sides = [] if parties else draft.sides
        for phrase in behind:
            self._belonging(draft, self.frames[draft.frame], phrase)

    @staticmethod
    def _of_a_body(noun: Phrase, clause: Clause) -> bool:
        """ "At the APEC summit Ruto and Modi agreed …": the body at whose summit several meet is none of them."""
        people = [p for p in clause.phrases if p.kind == "person" and not p.prep]
        several = len(people) > 1 and len({p.group for p in people}) == 1
        return several and bool(noun.prep & {"at", "in", "during"}) and all(map(is_organization, noun.countries))

    def _owner_before(self, noun: Phrase, clause: Clause) -> list[Phrase]:
        """ "Boric and Mahama's meeting": the first of two owners stands for itself."""
        owned = noun.owner is not None and noun.owner.actor and not noun.prep
        joined = owned and noun.start > 0 and self.tokens[noun.start - 1].has("conj", "and")
        return [p for p in clause.phrases if joined and p.end == noun.start - 1 and p.actor and not p.prep]

    def _belonging(self, draft: Draft, roles: dict[str, str], phrase: Phrase) -> None:
        """Give a phrase behind the trigger noun its part: "visit by the king", "talks of the ministers"."""
        travel = not draft.meeting
        if phrase.kind == "noun":
            if travel and "of" in phrase.prep and not draft.guests:
                draft.guests.extend(self._owners(phrase))  # "the first leg of her tour"
            (draft.destinations if travel else draft.sides).extend(
                countries_of(p) for p in [phrase] if phrase.countries
            )
        elif phrase.actor and phrase.prep & INVITING[draft.frame == "invite"] and roles.get("by") == "host":
            draft.hosts.append(phrase)  # "an invitation from the king", "the invitation of the king"
        elif phrase.kind in ("person", "office") and "to" in phrase.prep and draft.frame == "invite":
            draft.guests.append(phrase)  # "an invitation to the king"
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

    def _predicated(self, noun: Phrase, clause: Clause, args: Arguments) -> str | None:
        """What a predicate says of an encounter: "ein Treffen ist in Planung", "fällt ins Wasser", "stellte … in Aussicht"."""
        if noun not in args.subject and (noun.prep or noun not in args.objects):
            return None
        for token in self.tokens[clause.start : clause.end]:
            for frame in ("plan", "propose", "cancel"):
                if token.has("predicate", frame):
                    return frame
        return None

    def _without_date(self, noun: Phrase, clause: Clause) -> bool:
        """ "No date has been set for the visit": which is not called off, only open."""
        return "for" in noun.prep and any(t.has("word", "date-word") for t in self.tokens[clause.start : noun.start])

    def _chosen(self, noun: Phrase, clause: Clause, args: Arguments) -> list[Phrase]:
        """ "chose Jakarta for his first visit", "her next trip will be to Lima": where the clause around a journey says it goes."""
        if "for" in noun.prep and self._marked(clause, "choose"):
            return [p for p in args.objects if p.kind in GEO]
        theirs = {
            c for p in (noun.owner, *self._behind(noun, clause)) if p is not None and p.actor for c in p.countries
        }
        if theirs and noun not in args.subject and not clause.passive and self._arranges(clause):
            return [p for p in args.subject if p.kind in GEO - {"organization"} and not theirs & set(p.countries)]
        being = clause.main is not None and clause.main.aux and any(v.lemma == "be" for v in clause.verbs)
        if being and noun in args.subject:
            return [p for p in args.by_role("to") if p.kind in GEO]
        return []

    @staticmethod
    def _arranges(clause: Clause) -> bool:
        """ "Tokyo is preparing a visit by Xi", "Rome and Cairo discussed a visit by el-Sisi": who does, expects the guest."""
        return clause.main is not None and clause.main.frame in ("plan", "propose", "talk", "expect")

    def _granted(self, draft: Draft, noun: Phrase, clause: Clause, args: Arguments, agent: Sequence[Phrase]) -> None:
        """ "gave a banquet for the emir", "will grant an audience to the president": who grants it is the host."""
        hosts = [p for p in agent if p.kind in ("person", "office", "pronoun")]
        guests = [
            p for p in args.by_role("for", "to") if p.kind in ("person", "office", "pronoun") and p.start > noun.start
        ]
        if draft.frame == "meet" and hosts and guests and self._marked(clause, "grant") and not clause.passive:
            draft.frame, draft.hosts, draft.guests = "receive", hosts, guests

    def _of_thing(self, noun: Phrase) -> bool:
        """ "at its session": possessed by a thing or body."""
        return any(t.has("word", "neuter") for t in self.tokens[noun.start : noun.head])

    def _owners(self, noun: Phrase) -> list[Phrase]:
        if noun.pair:
            return noun.pair
        return [noun.owner] if noun.owner is not None and (noun.owner.actor or noun.owner.countries) else []

    def _noun_argument(self, draft: Draft, roles: dict[str, str], phrase: Phrase) -> None:
        geo = phrase.kind in GEO or "capital-of" in phrase.flags
        noun = draft.trigger_noun
        left = noun is not None and self.tokens[noun.head].has("word", "departure")
        if geo and left and "from" in phrase.prep and phrase.kind != "organization":
            draft.destinations.append(phrase)  # "bei der Abreise aus Rabat"
            return
        toured = draft.frame == "move" and "of" in phrase.prep and not phrase.prep & {"from", "by"}
        if geo and not draft.meeting and (phrase.prep & {"to", "in", "at"} or toured):
            draft.destinations.append(phrase)  # "a tour of Fiji and Samoa"
        elif phrase.actor and phrase.prep & {"with"} and not draft.meeting:
            draft.hosts.append(phrase)
        elif phrase.actor and phrase.prep & {"at", "to"} and not geo:
            (draft.hosts if not draft.meeting else draft.sides).append(phrase)
        else:
            self._prepositional(draft, roles, phrase.prep, phrase)

    def _around_noun(self, draft: Draft, noun: Phrase, clause: Clause, args: Arguments, *, absorbs: bool) -> None:
        """Places and partners that the clause names elsewhere: "held in Oslo a meeting with X"."""
        others = [p for n in clause.phrases if n.kind == "noun" and n is not noun for p in self._behind(n, clause)]
        for marks, phrase in args.prepositional:
            if phrase in (*draft.destinations, *draft.places, *draft.sides, *draft.hosts, *draft.guests, *others):
                continue
            if "with" in marks and self._of_other(phrase, draft):
                continue
            geo = phrase.kind in GEO
            if phrase.actor and ("led-by" in marks or self._heads(phrase, draft)):
                draft.leaders.append(phrase)  # "a delegation led by X has begun a visit"
            elif geo and marks & {"in", "at"} and not marks & {"about"} and "from" not in marks:
                draft.places.append(phrase)
            elif geo and marks & {"with"} and any(p.kind == "person" and p.prep for p in draft.sides):
                continue  # "his talks with the minister were to deal with Iran"
            elif phrase.actor and marks & {"with"} and absorbs:
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
            elif (phrase.kind == "activity" or phrase.seat is not None) and marks & {"in", "at", "during"}:
                self._event(draft, phrase)

    def _support(
        self, draft: Draft, noun: Phrase, clause: Clause, args: Arguments, agent: Sequence[Phrase], aspect: str | None
    ) -> None:
        """What the clause around a noun adds: its subject as the one who travels or talks, its places and partners."""
        possessed = "possessive" in noun.flags
        absorbs = aspect is None or aspect in ABSORBING
        if not draft.meeting and aspect == "do" and not clause.passive:  # "paid his colleague a visit"
            paid = [p for p in args.objects if p.end <= noun.start]  # "stattete dem König", "dem Oman einen Besuch ab"
            draft.hosts += [p for p in paid if p.kind in ("person", "office")]
            draft.destinations += [p for p in paid if p.kind in GEO and p not in draft.destinations]
        mine = draft.guests if not draft.meeting else draft.sides
        people = [p for p in agent if p.actor] if not noun.pair else []
        if clause.passive:
            people = [p for p in args.by_role("by") if p.actor]
        if draft.frame == "invite" and draft.guests and aspect != "accept":
            draft.hosts += [p for p in people if p not in draft.hosts]  # "renewed an invitation to the premier"
            people = []
        if (
            people
            and absorbs
            and (not mine or possessed or draft.meeting and (len(mine) == 1 or all("with" in p.prep for p in mine)))
            and not (aspect == "happen")
        ):
            mine.extend(p for p in people if p not in mine)
        if draft.meeting and noun.prep & {"during", "in", "at"} and len(mine) == 1 and clause.own_subject:
            mine.extend(
                p for p in args.objects if p.kind in ("person", "office", "demonym")
            )  # "at the talks X told Y that …"
        if draft.meeting and aspect == "do" and noun.prep & {"for"}:  # "had Blinken over for a luncheon"
            mine.extend(p for p in args.objects if p.kind in ("person", "office") and p.end <= noun.start)
        if possessed and not mine and noun.owner is None and not self._of_thing(noun):
            mine.append(self._subject_as_owner(noun, clause, args) or self._possessor_of(noun))
        self._around_noun(draft, noun, clause, args, absorbs=absorbs and aspect != "plan")
        if not mine:
            draft.weak = True

    def _subject_as_owner(self, noun: Phrase, clause: Clause, args: Arguments) -> Phrase | None:
        """ "Stubb told reporters about his trip": whose it is the subject tells, if that is one person and comes before."""
        own = self._possessor_of(noun)
        (who, *more) = args.subject or [own]
        speaks = self.tokens[noun.start].has("word", "speaker")
        if more or who.kind != "person" or who.person is None or own.plural or speaks or who.end > noun.start:
            return None
        genders = {gender for _, gender in own.genders}
        return who if not genders or who.person.gender is None or who.person.gender in genders else None


def of_people(noun: Phrase, behind: Token | None) -> bool:
    """Whether a programme is somebody's itinerary and not a country's undertaking, a call a visit and not an appeal."""
    if noun.frame == "calls" and behind is not None and behind.has("prep", "for"):
        return False  # "a call for restraint"
    if noun.frame == "itinerary" and noun.owner is not None and noun.owner.kind in ("country", "organization"):
        return False  # "solutions to Iran's nuclear program"
    if noun.frame != "itinerary" or noun.prep or "possessive" in noun.flags:
        return True
    return (
        noun.owner is None and not noun.countries or noun.owner is not None and noun.owner.kind in ("person", "office")
    )
