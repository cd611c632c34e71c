"""Where an encounter takes place when its own clause does not say: here, there, where the last one was."""

from collections.abc import Sequence

from summitry import dates
from summitry.lexicon import Lexicon
from summitry.model import Place
from summitry.read.clause import Clause
from summitry.read.drafts import Draft
from summitry.read.encounters import Encounter
from summitry.read.joining import as_visit
from summitry.read.journeys import Journeys
from summitry.read.phrase import Phrase
from summitry.read.side import Side
from summitry.read.sides import Scene
from summitry.territories import is_organization

MANY = 4  # countries whose people somebody meets in one sentence, at least, to meet them one by one
NEAR = 14  # days between an encounter and its report, at most, for it to be set where the report is


class Whereabouts(Journeys):
    """Finds the place of an encounter from what was told before and from where the document is set."""

    def __init__(self, scene: Scene, lexicon: Lexicon, published: str | None) -> None:
        super().__init__(lexicon, published)
        self.scene = scene
        self.encounters: list[Encounter] = []
        self.open: list[Encounter] = []  # told without who took part
        self.scenery: Encounter | None = None  # a gathering of which it was told only where, the last of them

    def _one_by_one(self, draft: Draft, sides: list[Side]) -> list[list[Side]]:
        """ "held bilateral talks with X and Y", "saw X and Y on the sidelines": each of them, unless all together."""
        words = draft.sentence.tokens[draft.clause.start : draft.clause.end]
        if any(t.has("word", "all-together") for t in words):
            return [sides]
        apart = any(t.has("word", "one-by-one") for t in words)
        if draft.frame == "call" or not (apart or self._many(draft)):
            return [sides]
        others = [p for p in draft.sides if "with" in p.prep or p not in draft.clause.subject]
        others = [p for p in others if not {"by", "between"} & p.prep]
        partners = self.scene.sides([p for p in others if p.kind != "pronoun"], draft.sentence)
        codes = list(dict.fromkeys(s.country for s in partners if s.country))
        own = [s for s in sides if s.country not in codes]
        if len(codes) < 2 or not own or any(s.country is None for s in sides):
            return [sides]
        return [[*own, *(s for s in sides if s.country == code)] for code in codes]

    def _many(self, draft: Draft) -> bool:
        """Whether one person meets so many that it cannot be at one table, or has "meetings" with them."""
        noun = draft.trigger_noun
        partners = [p for p in draft.sides if "with" in p.prep or p not in draft.clause.subject]
        several = len({c for p in partners for c in p.countries}) >= MANY and all(p.kind == "person" for p in partners)
        own = [p for p in draft.clause.subject if p.actor]
        meetings = noun is not None and noun.plural is True and draft.sentence.tokens[noun.head].lower != noun.lemma
        return len(own) == 1 and not own[0].plural and (meetings or several and draft.frame == "meet" and noun is None)

    def _goes_on_there(self, draft: Draft) -> bool:
        """Whether a clause without a place is about the place told before: "made the trip", "flew in and saw the port"."""
        if draft.frame == "follow":
            return self.latest is not None and self.latest.kind == "visit"
        noun = draft.trigger_noun
        if noun is not None and any(
            p.kind == "other" and p.start == noun.end and "of" in p.prep for p in draft.clause.phrases
        ):
            return False  # "a tour of the region"
        if draft.frame in ("move", "visit", "stay"):
            return draft.rule.endswith("noun") or self._there(draft) or bool(draft.companions)
        return draft.rule == "attend-verb" and self.latest is not None and self.latest.draft.sentence is draft.sentence

    def _here(self, draft: Draft, guests: Sequence[Side]) -> dict[str, Place | None]:
        """ "A delegation arrived on Tuesday": of unnamed foreigners a document tells what they do where it was written."""
        stage = draft.sentence.stage
        verb, last = draft.clause.main, self.latest
        arrives = verb is not None and any(frame in ("arrive", "come") for frame, _, _ in verb.frames)
        if stage is None and arrives and last is not None and last.kind == "visit" and last.host_country:
            near = draft.sentence.block - last.block <= 1  # "Xi visited Hanoi in 2015. Putin came two years later."
            stage = last.place or Place(text="", name="", country=last.host_country) if near else None
        if stage is None or not stage.country or not guests or any(g.country in (None, stage.country) for g in guests):
            return {}
        if not (draft.sentence.certain or arrives) and any(g.name for g in guests):
            return {}
        return {stage.country: stage if stage.name else None}

    def _the_country(self, draft: Draft, guests: Sequence[Side]) -> dict[str, Place | None]:
        """ "the first visit to the country": the one where the text is set, else that of the encounter told last."""
        tokens = draft.sentence.tokens
        named = [p for p in draft.events if tokens[p.head].has("word", "country-word") and not p.countries]
        if not any(tokens[p.head - 1].has("word", "definite") and p.prep & {"to", "in"} for p in named):
            return {}
        stage, last = draft.sentence.stage, self.latest
        code = stage.country if stage is not None else last.host_country if last is not None else None
        return {} if code is None or not guests or any(g.country in (None, code) for g in guests) else {code: None}

    def _set(self, encounter: Encounter, draft: Draft) -> None:
        """Give a meeting told without a place the one where its document is set, if one side is at home there."""
        stage = draft.sentence.stage
        if encounter.kind != "meeting" or encounter.host_country is not None or self._at_the_scene(encounter):
            return
        if stage is None or not stage.country:
            return
        if not self._recent(encounter) or encounter.status == "cancelled" and not draft.sentence.certain:
            return
        sides = {s.country for s in encounter.guests if s.country}
        here = any(t.has("word", "here") for t in draft.sentence.tokens)
        if not (here or draft.sentence.certain or stage.country in sides and len(sides) == 2):
            return
        bodies = all(is_organization(c) for c in sides)
        if stage.country in sides and len(sides) == 2 or len(sides - {stage.country}) == 1 and not bodies:
            as_visit(encounter, stage.country)
        encounter.host_country, encounter.place = stage.country, stage if stage.name else None

    def _at_the_scene(self, encounter: Encounter) -> bool:
        """ "There was a reunion in Tehran: X spoke with Y", "The summit in Lima ended. X, Y and Z signed …"."""
        scenery = self.scenery
        if scenery is None or not 0 <= encounter.block - scenery.block <= 1 or encounter.status != scenery.status:
            return False
        if encounter.own_date and scenery.own_date and encounter.date != scenery.date:
            return False
        host = scenery.host_country
        if host in encounter.countries and len(encounter.countries) == 2:
            as_visit(encounter, host)
        encounter.host_country, encounter.place = host, scenery.place
        if not encounter.own_date:
            encounter.date, encounter.own_date = scenery.date, scenery.own_date
        return True

    def _recent(self, encounter: Encounter) -> bool:
        """Whether an encounter is, as far as is told, of the days around its report."""
        if encounter.date is None or self.published is None:
            return not encounter.draft.clause.negated
        (first, last), (_, published) = dates.bounds(encounter.date), dates.bounds(self.published)
        if first is None or last is None or published is None:
            return False
        return abs((published - first).days) <= NEAR or first <= published <= last

    def _same_land(self, draft: Draft, guests: Sequence[Side]) -> None:
        """Say of "im Land" which country it is: the one told of that is not the guests' own."""
        for phrase in [*draft.destinations, *draft.places]:
            if "told" in phrase.flags and not phrase.countries:
                code = self.scene.land([g.country for g in guests])
                phrase.kind, phrase.countries = "country", [code] if code else []

    def _at_home_there(self, draft: Draft) -> None:
        """ "In Riad sind Gespräche mit dem König geplant": of the country of a visit told before, not the king named last."""
        codes = {c for p in [*draft.destinations, *draft.places] for c in p.countries}
        visited = {e.host_country for e in self.encounters if e.kind == "visit"}
        if len(codes) != 1 or not codes <= visited:
            return
        for phrase in (*draft.sides, *draft.hosts, *draft.companions):
            if phrase.kind == "office" and not phrase.countries and phrase.person is None and not phrase.counterpart:
                if phrase.prep & {"with"} and not phrase.owner and not phrase.plural:
                    phrase.countries = list(codes)

    def _locals(self, draft: Draft, sides: Sequence[Side]) -> None:
        """Whose country was only assumed, and who meets its people elsewhere, is of the place where they meet."""
        codes = {c for p in [*draft.destinations, *draft.places] for c in p.countries if len(c) == 2}
        if len(codes) != 1:
            return
        (code,) = codes
        certain = {s.country for s in sides if s.person is None or not s.person.assumed}
        for side in sides:
            if side.person is not None and side.person.assumed and side.country != code and side.country in certain:
                side.country = side.person.country = code
                side.person.assumed = False

    def _not_at_home(self, guest: Side, places: dict[str, Place | None], guests: Sequence[Side]) -> Side:
        """A guest whose country was only assumed cannot be visiting it: the other country of the document is meant."""
        if guest.person is not None and guest.person.assumed and guest.country in places:
            sure = {g.country for g in guests if g.country and g.person is not None and not g.person.assumed}
            if len(sure) == 1 and not sure & set(places):  # "King Frederik and Queen Mary were welcomed in Tallinn"
                guest.country = guest.person.country = sure.pop()
                guest.person.assumed = False
                return guest
            likely = [*guest.person.homes, *(c for c, _ in self.scene.register.countries.most_common(4))]
            others = [c for c in likely if c not in places]
            guest.country = guest.person.country = others[0] if others else None
        return guest

    @staticmethod
    def _in_capacity(draft: Draft, sides: Sequence[Side]) -> None:
        """ "kam X als erster peruanischer Minister": an office that only its capacity tells is that of the subject."""
        tokens = draft.sentence.tokens
        subject = {p.person for p in draft.clause.subject if p.person is not None}
        unknown = [s for s in sides if s.person in subject and s.person and (not s.country or s.person.assumed)]
        for phrase in draft.clause.phrases if len(unknown) == 1 else ():
            said = phrase.start > 0 and tokens[phrase.start - 1].has("conj", "comparison")
            bare = phrase.kind == "office" and phrase.person is None and len(phrase.countries) == 1
            if said and bare and not tokens[phrase.start].has("word", "definite"):
                (side,) = unknown
                side.role = side.role or phrase.lemma
                side.country = phrase.countries[0]
                if side.person is not None:
                    side.person.country, side.person.assumed = side.country, False
                    side.person.role, side.person.level = side.person.role or side.role, phrase.level

    def _counterparts(self, draft: Draft, sides: Sequence[Side]) -> None:
        """Officials of no stated country: whom a guest meets is of the country visited, whom the host meets of the guest's.

        Failing that "sein Kollege X" is of where the document is set.
        """
        self._in_capacity(draft, sides)
        colleagues = {p.person for p in [*draft.guests, *draft.hosts, *draft.sides] if p.counterpart and p.person}
        last, stage = self.latest, draft.sentence.stage
        visit = last is not None and last.kind == "visit" and draft.sentence.block - last.block <= 1
        visit = visit and draft.frame not in ("move", "stay", "accompany")  # "X has come with him": of his party
        for side in sides:
            if side.person is None or side.country and not side.person.assumed:
                continue
            if not side.role and not (visit and draft.frame in ("meet", "talk") and " " in side.person.name):
                continue
            others = [s for s in sides if s is not side and s.country]
            keys = {s.key for s in others if s.person is None or not s.person.assumed}
            country = None
            if visit and last is not None and any(g.key in keys for g in last.guests):
                country = last.host_country
            elif visit and last is not None and any(h.key in keys for h in last.hosts):
                country = last.guests[0].country
            elif visit and last is not None and self._introduced(side, others, last):
                country = last.guests[0].country
            elif side.person in colleagues and stage is not None and stage.country not in {s.country for s in others}:
                country = stage.country
            if country:
                side.country = side.person.country = country
                side.person.assumed = False

    def _in_the_stead(self, draft: Draft, guests: Sequence[Side]) -> dict[str, Place | None]:
        """ "Statt seiner wird X erwartet": to where the one in whose stead X goes was to go, and of the same country."""
        last = self.latest
        own = draft.sentence.tokens[draft.clause.start : draft.clause.end]
        if last is None or last.kind != "visit" or not guests or not any(t.has("word", "in-stead") for t in own):
            return {}
        for guest in guests:
            if guest.country is None or guest.person is not None and guest.person.assumed:
                guest.country = last.guests[0].country
                if guest.person is not None:
                    guest.person.country, guest.person.assumed = guest.country, False
        return {last.host_country: last.place} if last.host_country else {}

    @staticmethod
    def _introduced(side: Side, others: Sequence[Side], last: Encounter) -> bool:
        """ "An Iranian minister visited Kabul. Energy minister X met the foreign minister": X is that minister."""
        unnamed = len(last.guests) == 1 and not last.guests[0].name and bool(last.guests[0].role)
        return unnamed and bool(side.name) and {s.country for s in others} == {last.host_country}

    def _where_the_last_was(self, draft: Draft, guests: Sequence[Side]) -> dict[str, Place | None]:
        """ "… makes the trip", "he got there": to where the encounter told just before was."""
        last = self.latest
        if draft.frame == "visit" and draft.sentence.certain and (here := self._here(draft, guests)):
            return here  # "PRAG – Der Besuch des lettischen Präsidenten entfällt"
        if self._points(draft) and (spot := self._spot(draft)):
            return {} if all(g.country in (None, *spot) for g in guests) else spot
        if last is None or last.host_country is None or draft.sentence.block - last.block > 1:
            return {}
        for guest in guests:
            if (
                guest.person is not None
                and guest.person.assumed
                and guest.country == last.host_country
                and len(last.countries) == 2
            ):
                guest.country = guest.person.country = next(c for c in last.countries if c != last.host_country)
        if not guests or all(g.country in (None, last.host_country) for g in guests):
            return {}
        return {last.host_country: last.place}

    @staticmethod
    def _ahead_of_there(draft: Draft) -> Place | None:
        """The place that the sentence itself names before "there": "lands in Tiflis and wants to meet X there"."""
        at = next((t.i for t in draft.sentence.tokens if t.has("word", "there")), -1)
        spots = [
            p
            for c in draft.clauses
            for p in c.phrases
            if p.kind in ("place", "region", "country") and p.end <= at and p.countries
            if p.prep & {"in", "to"} and not _reports(c) or not p.prep and _visited(p, c)
        ]
        if not spots:
            return None
        last = max(spots, key=lambda p: p.start)
        return Place(text=last.place or "", name=last.place or "", country=last.countries[-1])

    def _spot(self, draft: Draft) -> dict[str, Place | None]:
        """The place mentioned last, which "there" means."""
        if any("capital-of" in p.flags and not p.countries for c in draft.clauses for p in c.phrases):
            return {}  # "in the capital": of a country that we do not know
        spot = self._ahead_of_there(draft) or self.scene.spot
        if spot is None or not spot.country:
            return {}
        last = self.latest
        if not spot.name and last is not None and last.host_country == spot.country:
            return {spot.country: last.place}
        return {spot.country: spot if spot.name else None}

    @staticmethod
    def _points(draft: Draft) -> bool:
        """Whether the clause points to a place: "there", but not "there is"."""
        tokens = draft.sentence.tokens
        pointing = (t for t in tokens if t.has("word", "there"))
        return any(t.i + 1 == len(tokens) or not tokens[t.i + 1].get("aux") for t in pointing)

    def _there(self, draft: Draft) -> bool:
        return self._points(draft) or draft.rule == "guest"


def _reports(clause: Clause) -> bool:
    """ "Wie das Amt in Berlin mitteilte": where something was announced."""
    return clause.main is not None and clause.main.frame == "say" and clause.kind == "subordinate"


def _visited(place: Phrase, clause: Clause) -> bool:
    """ "will Lesotho besuchen und dort …": a country that somebody visits."""
    return clause.main is not None and clause.main.frame == "visit" and place not in clause.subject
