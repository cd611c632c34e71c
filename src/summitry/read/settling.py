"""What one draft says, settled: who travels and who receives, to which countries, and which meeting or visit that makes."""

from collections.abc import Sequence

from summitry.kinds import Kind
from summitry.lexicon import Lexicon
from summitry.model import Place, Quote
from summitry.read.company import as_one, called_on, gathered, met, party, receivers, several, toured, travellers
from summitry.read.drafts import Draft
from summitry.read.encounters import Encounter
from summitry.read.phrase import Phrase
from summitry.read.places import PlaceReader
from summitry.read.side import Side
from summitry.read.sides import Scene
from summitry.territories import SURROUNDED, is_organization

QUOTE = 400  # characters of evidence at most


class Settling(PlaceReader):
    """Turns the drafts of one document into encounters, in the light of what was told before."""

    def __init__(self, text: str, scene: Scene, lexicon: Lexicon, published: str | None) -> None:
        super().__init__(scene, lexicon, published)
        self.text = text

    def _settle(self, draft: Draft) -> list[Encounter]:
        sentence = draft.sentence
        named = (p.person for p in [*draft.guests, *draft.hosts, *draft.sides] if p.kind == "person")
        self.scene.present = {person for person in named if person is not None}
        self._at_home_there(draft)
        received = draft.frame in ("receive", "invite") and any(p.kind == "pronoun" for p in draft.guests)
        first = self.scene.sides(draft.hosts, sentence) if received else []  # "invited him": not the one who invites
        guests = self.scene.sides(self._led(draft, draft.guests), sentence, first)
        hosts = self._companions(draft, guests)
        sides = self.scene.sides(self._led(draft, draft.sides), sentence)
        self._same_land(draft, guests or sides)
        self._locals(draft, [*guests, *hosts, *sides])
        self._counterparts(draft, [*guests, *hosts, *sides])
        self._remember_group(draft, [*guests, *sides])
        gathered(draft, self.latest, sides)
        along = (met if draft.rule == "face-to-face" else party)(draft, self.latest, sides)
        if along is not None:
            found = along
        elif draft.rule == "another":
            found = self._another(draft)
            for encounter in found:
                encounter.place = self._places(draft).get(encounter.host_country or "")
        elif draft.meeting:
            found = toured(draft, sides, self.encounters)
            apart = [] if found else self._one_by_one(draft, sides)
            found += [one for group in apart for one in self._meeting(draft, group, hosts)]
        else:
            found = self._visits(draft, guests or sides, hosts)
        for encounter in found:
            if along is None:
                self._date(encounter, draft)
                encounter.hosts += (
                    receivers(encounter, draft) if encounter.kind == "visit" and encounter.host_country else []
                )
            encounter.quotes.append(self._quote(draft))
            self._delegation(encounter)
        return [one for e in self._stops(found, draft) for one in (e, *self._at_other_times(e, draft))]

    def _companions(self, draft: Draft, guests: list[Side]) -> list[Side]:
        """The hosts of a draft; who is "with" its guests is added to these, or is a host where they go."""
        sentence = draft.sentence
        there = {code for p in [*draft.destinations, *draft.places] for code in p.countries}
        if draft.companions:
            guests += [
                c
                for c in self.scene.sides(draft.companions, sentence, guests)
                if (c.name or c.role) and (there and c.country not in there or c.country in {g.country for g in guests})
            ]
        hosts = self.scene.sides(draft.hosts, sentence, guests)
        if draft.companions and (draft.destinations or draft.places):  # "signed with his colleague in Cairo": met there
            hosts += [c for c in self.scene.sides(draft.companions, sentence, guests) if c.country in there]
        return hosts

    def _remember_group(self, draft: Draft, sides: Sequence[Side]) -> None:
        """A delegation, or who leads it, is what "it" and "the delegation" mean from now on."""
        if any(p.kind == "delegation" and p.countries for p in [*draft.guests, *draft.sides]):
            codes = {c for p in [*draft.guests, *draft.sides] if p.kind == "delegation" for c in p.countries}
            self.scene.group = [s for s in sides if s.country in codes] or self.scene.group

    def _led(self, draft: Draft, phrases: Sequence[Phrase]) -> list[Phrase]:
        """A delegation led by somebody is that person, who brings country and sector along."""
        if not draft.leaders:
            return list(phrases)
        leader = draft.leaders[0]
        found = []
        for phrase in phrases:
            if phrase.kind == "delegation":
                if not leader.countries or leader.person is not None and leader.person.assumed and phrase.countries:
                    leader.countries = list(phrase.countries)
                    who = leader.person
                    if who is not None and (who.country is None or who.assumed) and phrase.countries:
                        who.country, who.assumed = phrase.countries[0], False
                leader.sectors = phrase.sectors or leader.sectors
                leader.flags = leader.flags | {"leader"}
                phrase = leader
            found.append(phrase)
        return found or [leader]

    # ------------------------------------------------------------------ visits

    def _visits(self, draft: Draft, guests: list[Side], hosts: list[Side]) -> list[Encounter]:
        places = self._places(draft)
        if not places:
            codes = list(dict.fromkeys(s.country for s in hosts if s.country))
            places = dict.fromkeys(codes[:1])
        if not places and self._goes_on_there(draft):
            places = self._where_the_last_was(draft, guests)
        if not places and draft.trigger_noun is not None and not draft.destinations:
            guests, places = self._returned(draft, guests)
        places = places or self._in_the_stead(draft, guests)
        guests = self._understood(draft, guests, hosts, places)
        if paid := self._called_on(draft, guests, hosts):
            return paid
        places = places or self._the_country(draft, guests)
        third = [h for h in hosts if h.name and h.country and h.country not in {*places, *(g.country for g in guests)}]
        if draft.frame == "attend" and third and any(g.name for g in guests):
            return self._meeting(draft, [*guests, *hosts], [])  # "attended a meeting with Y, hosted by the emir"
        if not places and draft.frame in ("move", "return", "expect", "bound") and draft.trigger_noun is None:
            places = self._here(draft, guests)
        if not places and draft.frame in ("attend", "visit") and several(draft, guests):
            return self._meeting(draft, [*guests, *hosts], [])  # "opened a dam on their border"
        if not places and draft.frame in ("attend", "stay"):
            return self._at_event(draft, guests)
        if not places and not guests and not hosts and (same := self._same_again(draft)):
            return same
        if not guests and draft.frame not in ("receive", "host"):
            return []
        if draft.frame in ("receive", "host") and hosts and hosts[0].country and hosts[0].country not in places:
            if places and hosts[0].name:
                return self._meeting(draft, [*guests, *hosts], [])
            places = {hosts[0].country: None}
        apart = [self._received(draft, code, place, guests, hosts) for code, place in places.items()]
        if not apart and draft.frame in ("visit", "move", "stay") and guests:
            return [Encounter("visit", draft, guests, [])]  # where to, the rest of the document may tell
        return [encounter for each in apart for encounter in each]

    def _received(
        self, draft: Draft, code: str, place: Place | None, guests: Sequence[Side], hosts: Sequence[Side]
    ) -> list[Encounter]:
        """The visits to one country, or the meeting of three or more whom it receives together."""
        abroad = [g for g in guests if not self._at_home(g, code, draft)]
        at_home = [g for g in guests if g.country == code]
        there = [h for h in [*hosts, *at_home] if h.country in (code, None) and (h.name or h.role)] if abroad else []
        for host in there:
            host.country = code
        together = as_one(draft, abroad, there)
        found = [Encounter("meeting", draft, together, [])] if together else []
        found = found or [Encounter("visit", draft, g, list(there)) for g in travellers(draft, abroad) if abroad]
        for encounter in found:
            encounter.host_country, encounter.place = code, place
        return found

    @staticmethod
    def _at_home(guest: Side, code: str, draft: Draft) -> bool:
        """Whether a guest is of the country; whoever stays in the one around their own ("the pope in Rome") is at home."""
        return guest.country == code or draft.frame == "stay" and SURROUNDED.get(guest.country or "") == code

    def _same_again(self, draft: Draft) -> list[Encounter]:
        """ "The visit was called off": a definite noun without more means the visit told just before."""
        noun, last = draft.trigger_noun, self.latest
        if noun is None or last is None or last.kind != "visit" or draft.sentence.block - last.block > 1:
            return []
        if not draft.sentence.tokens[noun.start].has("word", "definite"):
            return []
        encounter = Encounter("visit", draft, list(last.guests), [])
        encounter.host_country, encounter.place = last.host_country, last.place
        return [encounter]

    def _returned(self, draft: Draft, guests: list[Side]) -> tuple[list[Side], dict[str, Place | None]]:
        """ "ein Gegenbesuch": to where the guests of the visit told last came from, by those who received them."""
        noun, last = draft.trigger_noun, self.latest
        returns = noun is not None and draft.sentence.tokens[noun.head].has("word", "return-visit")
        if not returns or last is None or last.kind != "visit" or not last.guests[0].country:
            return guests, {}
        hosts = [h for h in last.hosts if h.name][:1] or [Side(last.host_country)]
        return guests or hosts, {last.guests[0].country: None}

    @staticmethod
    def _same_talks(draft: Draft, last: Encounter) -> bool:
        """ "Das Treffen fand in Mogadischu statt": a definite noun without more means the meeting told just before."""
        noun, tokens = draft.trigger_noun, draft.sentence.tokens
        if noun is None or noun.plural or not tokens[noun.start].has("word", "definite") or noun.prep & {"after"}:
            return False
        if "further" in noun.flags:
            return False  # "the next meeting"
        happens = draft.clause.main is not None and any(f == "happen" for f, _, _ in draft.clause.main.frames)
        return happens and noun in draft.clause.subject and draft.sentence.block - last.block <= 1

    def _understood(
        self, draft: Draft, guests: list[Side], hosts: list[Side], places: dict[str, Place | None]
    ) -> list[Side]:
        """Guests that the clause leaves to the context: "empfing die Gäste", "die Reise führte nach Tomsk"."""
        last = self.latest
        if (
            draft.frame == "receive"
            and last is not None
            and last.kind == "visit"
            and draft.sentence.block - last.block <= 1
        ):
            unclear = all(p.kind == "pronoun" for p in draft.guests)
            unclear = unclear or not guests and not any(p.kind == "office" for p in draft.guests)
            sure = hosts[0].country if hosts and not (hosts[0].person and hosts[0].person.assumed) else None
            if unclear and hosts and sure in (last.host_country, None):
                return list(last.guests)
        if guests or not places:
            return [self._not_at_home(g, places, guests) for g in guests]
        possessed = draft.trigger_noun is not None and "possessive" in draft.trigger_noun.flags
        if possessed and last is not None and last.kind == "visit" and last.host_country in places:
            return list(last.guests)
        if (
            draft.frame == "route"
            and last is not None
            and last.kind == "visit"
            and draft.sentence.block - last.block <= 1
        ):
            return list(last.guests)
        if (
            draft.frame in ("visit", "move", "stay", "itinerary", "stops")
            and draft.trigger_noun is not None
            and not draft.hosts
        ):
            for person in [*reversed(self.scene.topics[-2:]), *reversed(self.scene.recent[-3:])]:
                if person.country and person.country not in places and (person.homes or not person.assumed):
                    return [Side(person.country, person=person)]
        return guests

    def _at_event(self, draft: Draft, guests: list[Side]) -> list[Encounter]:
        """Somebody at a summit whose place is not told: a meeting of the guest with the body that meets."""
        bodies = [
            Side(code)
            for event in draft.events
            if event.frame in ("summit", "session", "meet")
            for code in event.countries
        ]
        bodies = [b for i, b in enumerate(bodies) if b.country not in {s.country for s in (*guests, *bodies[:i])}]
        if not guests or not bodies:
            return []
        encounter = Encounter("meeting", draft, [*guests, *bodies], [])
        return [encounter]

    # ------------------------------------------------------------------ meetings

    def _meeting(self, draft: Draft, sides: list[Side], hosts: list[Side]) -> list[Encounter]:
        sides = [*sides, *(h for h in hosts if h.key not in {s.key for s in sides})]
        last = self.latest
        if not sides and last is not None and last.kind == "meeting" and self._same_talks(draft, last):
            sides = list(last.guests)
        unnamed = not sides and not draft.sides  # and no "meeting of chief negotiators"
        if unnamed and last is not None and last.kind == "visit" and draft.sentence.block - last.block <= 1:
            places = self._places(draft)
            if last.host_country in places and draft.trigger_noun is not None:  # "the talks, held at the Kremlin"
                encounter = Encounter("visit", draft, list(last.guests), [])
                encounter.host_country, encounter.place = last.host_country, places[last.host_country]
                return [encounter]
        kind: Kind = "call" if draft.frame == "call" else "meeting"
        sides = self._with_topic(draft, sides)
        if kind == "call" and (apart := self._calls(draft, sides)):
            return apart
        places = self._places(draft) or (self._spot(draft) if self._points(draft) else called_on(draft, sides))
        code, place = next(iter(places.items()), (None, None)) if kind != "call" else (None, None)
        countries = {s.country for s in sides if s.country}
        if kind == "meeting" and code in countries and len(countries) == 2:
            guests = [s for s in sides if s.country != code]
            there = [s for s in sides if s.country == code and (s.name or s.role)]
            encounter = Encounter("visit", draft, guests, there)
        elif kind == "meeting" and countries and code is not None and self._bodies(sides):
            hosting = [Side(code)] if draft.hosting else []
            encounter = Encounter(kind, draft, [*sides, *hosting], [])  # a body meets
        elif kind == "meeting" and len(countries) == 1 and code is not None and code not in countries:
            there = [s for s in sides if s.country is None and s.role and len(code) == 2]
            for host in there:
                host.country = code  # "spoke in Oslo with the prime minister": with that of the place
            encounter = Encounter("visit", draft, [s for s in sides if s not in there], there)
        else:
            encounter = Encounter(kind, draft, sides, [])
        if kind == "meeting" and "talks" not in encounter.activities and draft.frame in ("meet", "talk"):
            encounter.activities.append("talks")
        if draft.frame == "summit" and "summit" not in encounter.activities:
            encounter.activities.append("summit")
        encounter.host_country, encounter.place = code, place
        return [encounter]

    @staticmethod
    def _bodies(sides: Sequence[Side]) -> bool:
        """Whether only organisations meet, and nobody whose country is not told: "Guterres and the king met in Amman"."""
        return all(is_organization(s.country) if s.country else not s.name and not s.role for s in sides)

    def _calls(self, draft: Draft, sides: list[Side]) -> list[Encounter]:
        """ "phoned X and Y": a call to each of those who are of different countries; [] where all spoke together."""
        callers = self.scene.sides([p for p in draft.sides if p in draft.clause.subject], draft.sentence)
        keys = {s.key for s in callers}
        called = [s for s in sides if s.key not in keys]
        codes = list(dict.fromkeys(s.country for s in called if s.country))
        own = draft.sentence.tokens[draft.clause.start : draft.clause.end]
        joint = draft.clause.passive or any(t.has("word", "together", "all-together") for t in own)
        if len(callers) != 1 or len(codes) < 2 or joint or len(codes) > 4:
            return []
        return [Encounter("call", draft, [*callers, *(s for s in called if s.country == code)], []) for code in codes]

    def _with_topic(self, draft: Draft, sides: list[Side]) -> list[Side]:
        """ "… ist ein Treffen mit X geplant": X meets whom the text is about."""
        noun = draft.trigger_noun
        if noun is not None and any(s.name for s in sides):  # "with X and representatives of the press"
            sides = [s for s in sides if s.name or s.role or s.country]
        if noun is None or not sides or not all(s.name or s.role for s in sides):
            return sides
        partners = bool(draft.sides) and all(p.prep & {"with", "at"} for p in draft.sides)
        if (partners or "dinner" in noun.activities) and (visit := self._receiving(draft, sides)):
            return [*visit.guests, *sides]
        theirs = {s.country for s in sides if s.country}
        if not partners or len(theirs) != 1:
            return sides
        for person in reversed(self.scene.topics[-2:]):
            if person.country and person.country not in theirs:
                return [Side(person.country, person=person), *sides]
        return sides

    def _receiving(self, draft: Draft, sides: list[Side]) -> Encounter | None:
        """ "In Accra … sind Gespräche mit X vorgesehen", "Y gave a dinner": the visit told last, whose guests X and Y meet.

        An official of no stated country is then of the country visited.
        """
        last = self.latest
        if last is None or last.kind != "visit" or draft.sentence.block - last.block > 1 or last.status == "cancelled":
            return None
        guests = {g.name for g in last.guests}
        if None in guests or any(s.name in guests for s in sides):
            return None
        if any(p.countries and last.host_country not in p.countries for p in draft.places):
            return None
        unsure = [s for s in sides if s.country is None or s.person is not None and s.person.assumed]
        if any(s.country != last.host_country for s in sides if s not in unsure):
            return None
        for side in unsure:
            side.country = last.host_country
            if side.person is not None:
                side.person.country, side.person.assumed = last.host_country, False
        return last

    # ------------------------------------------------------------------ evidence

    def _quote(self, draft: Draft) -> Quote:
        tokens = draft.sentence.tokens
        start, end = tokens[draft.clause.start].start, tokens[min(draft.clause.end, len(tokens)) - 1].end
        for phrase in [*draft.guests, *draft.hosts, *draft.sides]:
            if draft.sentence.start <= tokens[min(phrase.start, len(tokens) - 1)].start and phrase.end <= len(tokens):
                start = min(start, tokens[phrase.start].start)
        end = min(end, start + QUOTE)
        return Quote(start, end, self.text[start:end])

    @staticmethod
    def _delegation(encounter: Encounter) -> None:
        sectors = [s.delegation for s in encounter.guests if s.delegation]
        encounter.delegation = sectors[0] if sectors else None
