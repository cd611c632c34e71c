"""A draft: one possible encounter as one clause states it, and how phrases take their parts in it."""

from collections.abc import Sequence

from summitry.kinds import Status
from summitry.lexicon import Lexicon
from summitry.read.arguments import Arguments
from summitry.read.clause import Clause
from summitry.read.phrase import Phrase
from summitry.read.tokens import Sentence

ENCOUNTERS = frozenset(
    {
        "visit",
        "move",
        "stay",
        "receive",
        "host",
        "meet",
        "talk",
        "call",
        "attend",
        "invite",
        "gather",
        "accompany",
        "belong",
        "expect",
        "route",
        "send",
        "calls",
        "return",
        "bound",
        "follow",
    }
)
ASPECTS = frozenset(
    {"do", "begin", "end", "happen", "plan", "propose", "cancel", "postpone", "refuse", "accept", "deny", "say", "lead"}
)
GEO = frozenset({"country", "place", "region", "seat", "organization"})
TRAVEL = frozenset(
    {
        "visit", "move", "stay", "attend", "receive", "host", "invite", "expect", "itinerary", "stops", "route", "send", "calls", "return",
        "bound", "follow",
    }
)  # fmt: skip

AWAY = frozenset({"after", "before", "against", "about", "since"})
SET = frozenset({"in", "at", "during"})  # what tells where something is


class Draft:
    """One encounter as one clause states it; the parts are phrases that `stories` turns into people and countries."""

    __slots__ = (
        "activities", "clause", "clauses", "companions", "destinations", "end", "events", "frame", "guests", "hosting", "hosts", "leaders", "outcomes",
        "places", "rule", "sentence", "sides", "start", "status", "topics", "trigger", "trigger_noun", "weak",
    )  # fmt: skip

    def __init__(self, frame: str, clause: Clause, sentence: Sentence, trigger: int) -> None:
        self.frame = frame
        self.clause = clause
        self.sentence = sentence
        self.trigger = trigger
        self.trigger_noun: Phrase | None = None
        self.clauses: Sequence[Clause] = ()
        self.start = clause.start
        self.end = clause.end
        self.guests: list[Phrase] = []
        self.hosts: list[Phrase] = []
        self.sides: list[Phrase] = []
        self.companions: list[Phrase] = []
        self.leaders: list[Phrase] = []
        self.destinations: list[Phrase] = []
        self.places: list[Phrase] = []
        self.events: list[Phrase] = []
        self.activities: list[str] = []
        self.outcomes: list[str] = []
        self.topics: list[str] = []
        self.status: Status | None = "held"
        self.rule = frame
        self.hosting = False  # the country is named as the one that invites
        self.weak = False  # needs a partner from the story to be an encounter

    @property
    def meeting(self) -> bool:
        return self.frame not in TRAVEL

    def __repr__(self) -> str:
        return (
            f"({self.rule} {self.status} guests={self.guests} hosts={self.hosts} sides={self.sides} to={self.destinations} "
            f"in={self.places} events={self.events} {self.activities})"
        )


class DraftBuilder:
    """Puts the phrases of a clause into the parts that a frame of `constructions.toml` gives them."""

    def __init__(self, sentence: Sentence, clauses: Sequence[Clause], lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.clauses = clauses
        self.lexicon = lexicon
        self.verb_second = lexicon.settings["order"] == "verb-second"
        self.frames = lexicon.tables["constructions"]["frames"]

    @staticmethod
    def _marked(clause: Clause, mark: str) -> bool:
        """Whether the clause's verb is of a class that needs no goal: "arrived on Friday", "left on Monday"."""
        return clause.main is not None and any(frame == mark for frame, _, _ in clause.main.frames)

    def _assign(self, draft: Draft, role: str | None, phrases: Sequence[Phrase]) -> None:
        for phrase in phrases:
            if role == "destination" or role == "event" and phrase.kind == "place" and phrase.countries:
                self._destination(draft, phrase)  # "toured the docks of Busan": who sees a place is there
            elif role == "event":
                self._event(draft, phrase)
            elif phrase.kind in ("noun", "activity", "other"):
                self._event(draft, phrase)
            elif role == "guest" and phrase.actor:
                draft.guests.append(phrase)
            elif role == "host" and (phrase.actor or phrase.kind in GEO):
                draft.hosts.append(phrase)
            elif role == "side" and phrase.actor or role == "person" and phrase.kind in ("person", "pronoun"):
                draft.sides.append(phrase)

    def _destination(self, draft: Draft, phrase: Phrase) -> None:
        if phrase.kind in GEO or "capital-of" in phrase.flags or phrase.kind == "place":
            draft.destinations.append(phrase)
        elif phrase.actor:
            draft.hosts.append(phrase)
        else:
            self._event(draft, phrase)

    def _event(self, draft: Draft, phrase: Phrase) -> None:
        draft.events.append(phrase)
        if (
            phrase.seat is not None
            and not phrase.prep & AWAY
            and (phrase.kind == "activity" or phrase.frame in ("summit", "session") or phrase.prep & SET)
        ):
            (draft.destinations if draft.frame in TRAVEL else draft.places).append(seat_of(phrase))
        elif phrase.owner is not None and phrase.owner.place and phrase.prep & SET and self._site(phrase):
            (draft.destinations if draft.frame in TRAVEL else draft.places).append(phrase.owner)
        elif draft.frame == "attend" and festive(phrase) and phrase.owner is not None:
            elsewhere = any(p.kind in GEO and p.prep & {"in", "at", "to"} for p in draft.clause.phrases)
            draft.destinations += [phrase.owner] * (
                not elsewhere
            )  # "attended Tanzania's Independence Day celebrations"
        elif draft.frame == "attend" and phrase.kind == "activity" and not draft.destinations:
            draft.destinations += [countries_of(p) for p in self._celebrated(phrase, draft)]
        draft.activities += [a for a in phrase.activities if a and a not in draft.activities]

    @staticmethod
    def _celebrated(event: Phrase, draft: Draft) -> list[Phrase]:
        """ "attended the inauguration of Peru's president": whose event it is, at home if the clause names no other place."""
        if any(p.kind in GEO and p.prep & {"in", "at", "to"} for p in draft.clause.phrases):
            return []
        behind = (p for p in draft.clause.phrases if p.start == event.end and "of" in p.prep)
        return [p for p in behind if p.kind in ("person", "office", "country") and len(p.countries) == 1]

    def _site(self, phrase: Phrase) -> bool:
        """Whether a phrase is of something that stands in the town of its owner: "at Accra's airport", "in Berlin's Hotel Adlon"."""
        return any(t.has("word", "site-word") for t in self.tokens[phrase.start : phrase.end + 1])

    def _prepositional(self, draft: Draft, roles: dict[str, str], marks: frozenset[str], phrase: Phrase) -> None:
        geo = phrase.kind in GEO or "capital-of" in phrase.flags
        if phrase.actor and ("led-by" in marks or self._heads(phrase, draft)):
            draft.leaders.append(phrase)
        elif "invited-by" in marks and draft.frame in TRAVEL:
            draft.hosts += [phrase] * phrase.actor
        elif geo and "in" in marks and "to" not in marks and self._of_goods(phrase, draft):
            return
        elif geo and any(roles.get(mark) == "destination" for mark in marks):
            if phrase.kind != "organization" or draft.frame != "attend":  # "opened the fair at APEC Haus"
                draft.destinations.append(phrase)
        elif phrase.actor and not geo and any(roles.get(mark) == "host" for mark in marks - {"by"}):
            draft.hosts.append(phrase)
        elif geo and draft.frame == "move" and "by" in marks and "from" not in marks:
            draft.destinations.append(phrase)  # "durch Südostasien"
        elif geo and draft.frame == "move" and "between" in marks:
            draft.destinations.append(phrase)  # "shuttled between Cairo and Doha"
        elif geo and draft.frame in TRAVEL and (marks & {"to"} or draft.frame == "move" and marks & {"for"}):
            draft.destinations.append(phrase)
        elif geo and (marks & {"in", "at"} or "of" in marks and self._around(phrase, draft)):
            (draft.destinations if roles.get("in") == "destination" else draft.places).append(phrase)
        elif phrase.actor and "with" in marks and self._of_other(phrase, draft):
            return
        elif phrase.actor and ("with" in marks or not geo and _come_upon(draft, marks)):
            self._with(draft, roles.get("with"), phrase)
        elif phrase.actor and "to" in marks and roles.get("to") == "side":
            draft.sides.append(phrase)
        elif phrase.actor and "for" in marks and roles.get("for") == "guest" and not draft.guests:
            draft.guests.append(phrase)
        elif phrase.actor and "between" in marks:
            draft.sides.append(phrase)
        elif phrase.actor and marks & {"to", "at"} and draft.frame in ("move", "stay"):
            draft.hosts.append(phrase)
        elif phrase.kind == "other" and phrase.countries and marks & {"in", "at"} and draft.frame == "stay":
            draft.destinations.append(countries_of(phrase))
        elif phrase.kind in ("activity", "other") and marks & {"to", "in", "at", "for", "during"}:
            self._event(draft, phrase)
        elif geo and marks & {"between"}:
            draft.sides.append(phrase)

    @staticmethod
    def _of_goods(phrase: Phrase, draft: Draft) -> bool:
        """ "flew to Moscow with a plan for peace in Syria": a second country only says what the thing before it is about."""
        before = next((p for p in draft.clause.phrases if p.end == phrase.start), None)
        goal = draft.destinations[0] if draft.destinations else None
        if before is None or goal is None or draft.frame not in ("move", "visit") or before.start < goal.end:
            return False
        thing = before.kind == "other" and bool(before.prep & {"for", "with", "about", "on"})
        return thing and not set(phrase.countries) & set(goal.countries)

    @staticmethod
    def _around(phrase: Phrase, draft: Draft) -> bool:
        """ "im Stadthaus von Luxemburg": a place that only tells where the thing before it is."""
        before = next((p for p in draft.clause.phrases if p.end == phrase.start), None)
        return before is not None and before.kind == "other" and bool(before.prep & {"in", "at"})

    def _of_other(self, phrase: Phrase, draft: Draft) -> bool:
        """ "nach dem Zerwürfnis mit X", "über ein Abkommen mit Y": a partner of the thing before it alone."""
        before = next((p for p in draft.clause.phrases if p.end == phrase.start), None)
        if before is None or self.tokens[before.head].has("word", "source-word"):
            return False  # "nach Angaben des Ministeriums mit X"
        remote = self.tokens[before.start].has("word", "remote")  # "over the phone with X"
        return before.kind == "other" and not remote and bool(before.prep & (AWAY | {"for"}))

    def _heads(self, phrase: Phrase, draft: Draft) -> bool:
        """ "eine Abordnung unter X", "eine Delegation mit X an der Spitze": X leads it."""
        if phrase.kind not in ("person", "office"):
            return False
        if "under" in phrase.prep:
            return any(p.kind == "delegation" and p.end == phrase.start for p in draft.clause.phrases)
        after = self.tokens[phrase.end : phrase.end + 3]
        return "with" in phrase.prep and any(t.has("word", "top") for t in after)

    @staticmethod
    def _with(draft: Draft, role: str | None, phrase: Phrase) -> None:
        if role == "companion":
            draft.companions.append(phrase)
        elif role == "guest":
            draft.guests.append(phrase)
        elif role == "side":
            draft.sides.append(phrase)

    def _fold(self, draft: Draft, noun: Phrase, clause: Clause, args: Arguments) -> None:
        """A noun beside an encounter verb: its partner is met there ("reist zu Gesprächen mit Rudenko nach Moskau")."""
        self._event(draft, noun)
        label = {"talk": "talks", "meet": "talks", "summit": "summit", "session": "session"}.get(noun.frame or "")
        if label and label not in draft.activities:
            draft.activities.append(label)
        for phrase in self._behind(noun, clause):
            toured = noun.frame == "move" and "of" in phrase.prep and not phrase.prep & {"from", "by"}
            if (
                phrase.kind in GEO
                and (phrase.prep & {"to", "in"} or toured)
                and noun.frame in TRAVEL
                and phrase not in draft.destinations
            ):
                draft.destinations.append(phrase)
                draft.hosts = [h for h in draft.hosts if h is not phrase]
            if phrase.actor and phrase.prep & {"with", "between"} and phrase in draft.companions:
                draft.companions.remove(phrase)
            called = any(self.frames.get(noun.frame or "", {}).get(mark) == "host" for mark in phrase.prep - {"by"})
            if phrase.actor and (phrase.prep & {"with"} or called):
                (draft.sides if draft.meeting else draft.hosts).append(phrase)

    def _behind(self, noun: Phrase, clause: Clause) -> list[Phrase]:
        """The prepositional phrases directly behind a noun, which belong to it, up to a verb or another noun."""
        found: list[Phrase] = []
        end = noun.end
        stops = {v.at for v in clause.verbs}
        for phrase in self._after(noun, clause):
            if any(end <= at < phrase.start for at in stops) or not (phrase.prep or phrase.conj):
                break
            if phrase.kind == "noun" and "of" not in phrase.prep:
                break
            if any(t.text in ";:" for t in self.tokens[end : phrase.start]):
                break
            found.append(phrase)
            end = phrase.end
        return found

    def _after(self, noun: Phrase, clause: Clause) -> list[Phrase]:
        return [p for p in sorted(clause.phrases, key=lambda p: p.start) if p.start >= noun.end]

    def _nested(self, noun: Phrase, clause: Clause) -> bool:
        """ "session of the joint commission": one encounter, not two."""
        return "of" in noun.prep and any(p.kind == "noun" and p.end == noun.start for p in clause.phrases)

    def _separate(self, noun: Phrase, clause: Clause) -> bool:
        """Whether a noun beside an encounter verb is an encounter of its own: another's visit, another direction."""
        if (
            noun.owner is not None
            and noun.owner.actor
            and "possessive" not in noun.flags
            and noun.frame in ("visit", "move")
        ):
            return True
        return bool(noun.prep & {"against"})

    def _embody(self, draft: Draft, args: Arguments) -> None:
        """ "besuchte mit Johannes Rau ein Bundespräsident das Land": the holder of the office that follows."""
        for person in args.by_role("with"):
            for office in [p for p in draft.guests if p.kind == "office" and p.start == person.end]:
                if person.kind == "person" and self.tokens[office.start].has("word", "indefinite"):
                    draft.guests[draft.guests.index(office)] = person
                    draft.companions = [p for p in draft.companions if p is not person]

    def _undone_noun(self, noun: Phrase) -> bool:
        """ "the cancellation of his visit", "die Absage des Besuchs": it did not take place."""
        return noun.start > 0 and self.tokens[noun.start - 1].has("word", "undoing-noun")

    def _possessor_of(self, noun: Phrase) -> Phrase:
        """The pronoun inside a possessive: "his talks" are those of him."""
        token = self.tokens[noun.start]
        pronoun = Phrase(noun.start)
        pronoun.end, pronoun.kind, pronoun.plural = noun.start + 1, "pronoun", token.has("word", "plural-owner")
        genders = [("sg", g) for g, w in (("m", "male"), ("f", "female")) if token.has("word", w)]
        pronoun.genders = frozenset(genders)
        return pronoun

    def _deictic(self, clause: Clause) -> bool:
        return any(t.has("word", "there") for t in self.tokens[clause.start : clause.end])


def roles_for(frames: dict[str, dict[str, str]], draft: Draft) -> str | None:
    """The part that a "for" phrase plays in the frame of `draft`: "für ihn war ein Termin mit X vorgesehen"."""
    return frames.get(draft.frame, {}).get("for")


def festive(phrase: Phrase) -> bool:
    """ "at Tanzania's Independence Day celebrations": an event of a country, which is where it takes place."""
    owner = phrase.owner
    return phrase.kind == "activity" and owner is not None and owner.kind == "country" and bool(owner.countries)


def seat_of(event: Phrase) -> Phrase:
    """Where an event takes place that an adjective places: "die Münchner Sicherheitskonferenz"."""
    phrase = countries_of(event)
    assert event.seat is not None
    phrase.head, entry = event.seat
    phrase.end = phrase.head + 1 + len(entry.rest)
    phrase.kind, phrase.countries, phrase.place = "place", [entry.value], entry.extra.split("|")[0]
    return phrase


def countries_of(noun: Phrase) -> Phrase:
    """The countries inside a noun ("Russland-Besuch", "russisch-chinesischer Gipfel") as a phrase of their own."""
    phrase = Phrase(noun.start)
    phrase.end = noun.end
    phrase.kind = "country"
    phrase.countries = list(dict.fromkeys(noun.countries))
    return phrase


def _come_upon(draft: Draft, marks: frozenset[str]) -> bool:
    """ "trifft auf seinen Kollegen": whom somebody meets behind "auf"."""
    return draft.frame == "meet" and marks >= {"during", "in"}
