"""From drafts to reports: places, dates and directions settled, and the drafts of one encounter joined.

A document may state one encounter many times: in the lead, in detail, in retrospect. Drafts join when their sides,
direction, place and time agree; what one adds (hosts, a finer date, activities) the other gains.
"""

from collections.abc import Iterable, Sequence

from summitry import dates
from summitry.kinds import Kind
from summitry.lexicon import Lexicon
from summitry.model import Place, Quote, Report
from summitry.read.clauses import Clause
from summitry.read.drafts import Draft
from summitry.read.joining import Encounter, as_visit, join, joins, report
from summitry.read.phrase import Phrase
from summitry.read.sides import Scene, Side
from summitry.read.timex import Timex, resolve
from summitry.territories import is_organization

QUOTE = 400  # characters of evidence at most


class Story:
    """Collects the encounters of one document in the order of the text."""

    def __init__(self, text: str, scene: Scene, lexicon: Lexicon, published: str | None) -> None:
        self.text = text
        self.scene = scene
        self.lexicon = lexicon
        self.published = published
        self.encounters: list[Encounter] = []
        self.previous: str | None = None

    # ------------------------------------------------------------------ one draft

    def tell(self, draft: Draft) -> None:
        """Settle one draft and join it to the story."""
        if draft.status is None:
            return
        for encounter in self._settle(draft):
            self._drop_frame_summit(encounter)
            known = next((e for e in reversed(self.encounters) if joins(e, encounter)), None)
            if known is not None:
                join(known, encounter)
            elif (not draft.weak or self._told_enough(draft, encounter)) and not self._empty(encounter):
                self._also(encounter, draft)
                self.encounters.append(encounter)

    @staticmethod
    def _told_enough(draft: Draft, encounter: Encounter) -> bool:
        """Whether a noun without its traveller says where to and when, or lists the stops of whom the text is about."""
        if not draft.destinations or not encounter.guests or draft.rule == "accompany-verb":
            return False
        return draft.frame in ("stops", "itinerary") or encounter.own_date and draft.trigger_noun is not None

    def _drop_frame_summit(self, encounter: Encounter) -> None:
        """A summit named only by its body, in the sentence that tells who met there, is an activity of that meeting."""
        last = self.encounters[-1] if self.encounters else None
        if last is None or last.draft.sentence is not encounter.draft.sentence or last.draft.frame != "summit":
            return
        if any(s.name or s.role for s in last.guests) or not any(s.name or s.role for s in encounter.guests):
            return
        if encounter.host_country in (None, last.host_country):
            self.encounters.pop()
            encounter.activities += ["summit"] * ("summit" not in encounter.activities)

    def _also(self, encounter: Encounter, draft: Draft) -> None:
        """ "… reisten ebenfalls nach Russland": so did those of the entry before, who were only said to meet somebody."""
        if encounter.kind != "visit" or not self.encounters:
            return
        tokens = draft.sentence.tokens[draft.clause.start : draft.clause.end]
        last = self.encounters[-1]
        if (
            last.kind == "meeting"
            and last.host_country is None
            and last.date == encounter.date
            and any(t.has("word", "also") for t in tokens)
        ):
            guests = {s.country for s in encounter.guests}
            if last.countries == {encounter.host_country} | guests:
                as_visit(last, encounter.host_country)

    def _empty(self, encounter: Encounter) -> bool:
        """Whether too little is known for an encounter: two sides, or a guest and a country, are the least."""
        if encounter.kind == "visit":
            return (
                not encounter.guests
                or encounter.host_country is None
                or all(s.country is None for s in encounter.guests)
            )
        return len({s.country for s in encounter.guests if s.country}) < 2

    def _settle(self, draft: Draft) -> list[Encounter]:
        sentence = draft.sentence
        guests = self.scene.sides(self._led(draft, draft.guests), sentence)
        if draft.companions:
            guests += [
                c
                for c in self.scene.sides(draft.companions, sentence, guests)
                if (c.name or c.role) and c.country in (None, *(g.country for g in guests))
            ]
        hosts = self.scene.sides(draft.hosts, sentence, guests)
        if draft.companions and draft.destinations:  # "unterzeichnete mit seinem Kollegen in Kairo": met there
            there = {code for p in draft.destinations for code in p.countries}
            hosts += [c for c in self.scene.sides(draft.companions, sentence, guests) if c.country in there]
        sides = self.scene.sides(self._led(draft, draft.sides), sentence)
        if draft.meeting:
            found = self._meeting(draft, sides, hosts)
        else:
            found = self._visits(draft, guests or sides, hosts)
        for encounter in found:
            self._date(encounter, draft)
            encounter.quotes.append(self._quote(draft))
            self._delegation(encounter)
        return found

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
                phrase = leader
            found.append(phrase)
        return found or [leader]

    def _places(self, draft: Draft) -> dict[str, Place | None]:
        """Host countries in the order of the text, each with its finest place."""
        found: dict[str, Place | None] = {}
        for phrase in [*draft.destinations, *draft.places]:
            code = phrase.countries[-1] if phrase.countries else None
            if "capital-of" in phrase.flags and code is None:
                continue
            if code is None:
                code = next(iter(found), "")
            known = found.get(code)
            if (phrase.kind in ("place", "seat", "region") or phrase.place) and (
                known is None or phrase.kind == "place" and not self._city(known)
            ):
                found[code] = Place(text=self._printed(phrase, draft), name=phrase.place or "", country=code or None)
            elif phrase.kind in ("country", "organization"):
                for each in phrase.countries:
                    found.setdefault(each, None)
            else:
                found.setdefault(code, None)
        countries = {code: place for code, place in found.items() if len(code) == 2}
        return countries or {code: place for code, place in found.items() if code}

    def _city(self, place: Place) -> bool:
        return any(e.kind == "place" for e in self.lexicon.index.get(place.name.split()[0] if place.name else "", []))

    def _printed(self, phrase: Phrase, draft: Draft) -> str:
        tokens = draft.sentence.tokens
        first = next((t for t in tokens[phrase.head : phrase.end]), tokens[phrase.start])
        last = tokens[min(phrase.end, len(tokens)) - 1]
        return self.text[first.start : last.end].rstrip(" ,.")

    # ------------------------------------------------------------------ visits

    def _visits(self, draft: Draft, guests: list[Side], hosts: list[Side]) -> list[Encounter]:
        places = self._places(draft)
        if not places:
            codes = list(dict.fromkeys(s.country for s in hosts if s.country))
            places = dict.fromkeys(codes[:1])
        if (
            not places
            and draft.frame in ("move", "visit", "stay")
            and (draft.rule.endswith("noun") or self._there(draft) or draft.companions)
        ):
            places = self._where_the_last_was(draft, guests)
        guests = self._understood(draft, guests, hosts, places)
        if not places and draft.frame in ("attend", "visit") and len({g.country for g in guests if g.name}) > 1:
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
        found: list[Encounter] = []
        for code, place in places.items():
            abroad = [g for g in guests if g.country != code]
            at_home = [g for g in guests if g.country == code]
            if not abroad:
                continue
            there = [h for h in [*hosts, *at_home] if h.country in (code, None) and (h.name or h.role)]
            for host in there:
                host.country = code
            for group in _apart(abroad):
                encounter = Encounter("visit", draft, group, list(there))
                encounter.host_country, encounter.place = code, place
                found.append(encounter)
        return found

    def _same_again(self, draft: Draft) -> list[Encounter]:
        """ "The visit was called off": a definite noun without more means the visit told just before."""
        noun, last = draft.trigger_noun, self.encounters[-1] if self.encounters else None
        if noun is None or last is None or last.kind != "visit" or draft.sentence.block - last.block > 1:
            return []
        if not draft.sentence.tokens[noun.start].has("word", "definite"):
            return []
        encounter = Encounter("visit", draft, list(last.guests), [])
        encounter.host_country, encounter.place = last.host_country, last.place
        return [encounter]

    def _where_the_last_was(self, draft: Draft, guests: Sequence[Side]) -> dict[str, Place | None]:
        """ "… makes the trip", "he got there": to where the encounter told just before was."""
        last = self.encounters[-1] if self.encounters else None
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

    def _understood(
        self, draft: Draft, guests: list[Side], hosts: list[Side], places: dict[str, Place | None]
    ) -> list[Side]:
        """Guests that the clause leaves to the context: "empfing die Gäste", "die Reise führte nach Tomsk"."""
        last = self.encounters[-1] if self.encounters else None
        if (
            draft.frame == "receive"
            and last is not None
            and last.kind == "visit"
            and draft.sentence.block - last.block <= 1
        ):
            unclear = not guests or all(p.kind == "pronoun" for p in draft.guests)
            if unclear and hosts and hosts[0].country in (last.host_country, None):
                return list(last.guests)
        if guests or not places:
            return [self._not_at_home(g, places) for g in guests]
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
        if draft.frame in ("visit", "move", "stay", "itinerary", "stops") and draft.trigger_noun is not None and not draft.hosts:
            for person in [*reversed(self.scene.topics[-2:]), *reversed(self.scene.recent[-3:])]:
                if person.country and person.country not in places and not person.assumed:
                    return [Side(person.country, person=person)]
        return guests

    def _not_at_home(self, guest: Side, places: dict[str, Place | None]) -> Side:
        """A guest whose country was only assumed cannot be visiting it: the other country of the document is meant."""
        if guest.person is not None and guest.person.assumed and guest.country in places:
            others = [c for c, _ in self.scene.register.countries.most_common(4) if c not in places]
            guest.country = guest.person.country = others[0] if others else None
        return guest

    @staticmethod
    def _there(draft: Draft) -> bool:
        return any(t.has("word", "there") for t in draft.sentence.tokens) or draft.rule == "guest"

    def _at_event(self, draft: Draft, guests: list[Side]) -> list[Encounter]:
        """Somebody at a summit whose place is not told: a meeting of the guest with the body that meets."""
        bodies = [
            Side(code)
            for event in draft.events
            if event.frame in ("summit", "session", "meet")
            for code in event.countries
        ]
        if not guests or not bodies:
            return []
        encounter = Encounter("meeting", draft, [*guests, *bodies], [])
        return [encounter]

    # ------------------------------------------------------------------ meetings

    def _meeting(self, draft: Draft, sides: list[Side], hosts: list[Side]) -> list[Encounter]:
        sides = [*sides, *(h for h in hosts if h.key not in {s.key for s in sides})]
        last = self.encounters[-1] if self.encounters else None
        if not sides and last is not None and last.kind == "visit" and draft.sentence.block - last.block <= 1:
            places = self._places(draft)
            if last.host_country in places and draft.trigger_noun is not None:  # "the talks, held at the Kremlin"
                encounter = Encounter("visit", draft, list(last.guests), [])
                encounter.host_country, encounter.place = last.host_country, places[last.host_country]
                return [encounter]
        kind: Kind = "call" if draft.frame == "call" else "meeting"
        sides = self._with_topic(draft, sides)
        places = self._places(draft)
        if not places and self._there(draft) and self.encounters:
            last = self.encounters[-1]
            places = {last.host_country: last.place} if last.host_country else {}
        code, place = next(iter(places.items()), (None, None))
        countries = {s.country for s in sides if s.country}
        if kind == "meeting" and code in countries and len(countries) == 2:
            guests = [s for s in sides if s.country != code]
            there = [s for s in sides if s.country == code and (s.name or s.role)]
            encounter = Encounter("visit", draft, guests, there)
        elif kind == "meeting" and countries and code is not None and all(is_organization(c) for c in countries):
            hosting = [Side(code)] if draft.hosting else []
            encounter = Encounter(kind, draft, [*sides, *hosting], [])  # a body meets
        elif kind == "meeting" and len(countries) == 1 and code is not None and code not in countries:
            encounter = Encounter("visit", draft, sides, [])
        else:
            encounter = Encounter(kind, draft, sides, [])
        if kind == "meeting" and "talks" not in encounter.activities and draft.frame in ("meet", "talk"):
            encounter.activities.append("talks")
        if draft.frame == "summit" and "summit" not in encounter.activities:
            encounter.activities.append("summit")
        encounter.host_country, encounter.place = code, place
        return [encounter]

    def _with_topic(self, draft: Draft, sides: list[Side]) -> list[Side]:
        """ "… ist ein Treffen mit X geplant": X meets whom the text is about."""
        noun = draft.trigger_noun
        if noun is None or draft.weak and not draft.sides or len(sides) != 1 or not (sides[0].name or sides[0].role):
            return sides
        if noun.plural or not any("with" in p.prep for p in draft.sides):
            return sides
        for person in reversed(self.scene.topics[-2:]):
            if person.country and person.country != sides[0].country and person is not sides[0].person:
                return [Side(person.country, person=person), *sides]
        return sides

    # ------------------------------------------------------------------ time

    def _date(self, encounter: Encounter, draft: Draft) -> None:
        clause = draft.clause
        chosen = self._nearest([t for t in draft.sentence.times if t.kind == "date"], draft)
        tense: dates.Tense | None = "past" if clause.tense == "past" else None
        if encounter.status == "planned" or clause.future:
            tense = "future"
        if chosen is not None and self._attributive(chosen, draft):
            tense = "future" if draft.status != "held" else tense  # "die für Donnerstag geplante Reise"
        if chosen is not None:
            ahead = encounter.status in ("proposed", "cancelled") or (
                chosen.anchor == "published" and draft.sentence.context is None
            )
            if tense is None and ahead:
                tense = "future"
            context = draft.sentence.context
            value = resolve(chosen, published=self.published, context=context, previous=self.previous, tense=tense)
            if value is not None:
                encounter.date, encounter.own_date = self._lasting(value, draft), True
                self.previous = value
        if encounter.date is None and (encounter.status == "held" or not draft.sentence.entry):
            encounter.date = draft.sentence.context  # the date of an announcement is not the date of what it announces
        self._to_come(encounter, present=clause.tense == "present" and not clause.future)

    def _lasting(self, value: str, draft: Draft) -> str:
        """A day and the length of the stay make an interval: "flew in on Friday for two days"."""
        if draft.meeting or dates.precision(value) != "day" or "/" in value:
            return value
        for timex in draft.sentence.times:
            if timex.kind == "duration" and timex.length and self._within(timex, draft.clause, draft):
                ends = draft.clause.main is not None and draft.clause.main.frame == "end"
                return _ending(value, timex.length) if ends else dates.extend(value, timex.length)
        return value

    def _to_come(self, encounter: Encounter, *, present: bool) -> None:
        """What lies ahead of publication is planned, whatever the tense; in the present also what may."""
        if encounter.date is None or self.published is None or encounter.status != "held" or not encounter.own_date:
            return
        (first, last), (_, published) = dates.bounds(encounter.date), dates.bounds(self.published)
        if first is None or published is None:
            return
        there = encounter.rule == "presence" and first <= published
        if first > published or (present and last and last > published and not there):
            encounter.status = "planned"

    def _nearest(self, times: Sequence[Timex], draft: Draft) -> Timex | None:
        """The date of the draft's own clause next to its trigger; else one of the clauses around it."""
        trigger = draft.sentence.tokens[draft.trigger].start
        times = [t for t in times if not self._of_announcement(t, draft)]
        inside = [t for t in times if self._within(t, draft.clause, draft)]
        if not inside:
            inside = [t for t in times if self._around(t, draft)]
        return min(inside, key=lambda t: abs(t.start - trigger)) if inside else None

    @staticmethod
    def _within(timex: Timex, clause: Clause, draft: Draft) -> bool:
        tokens = draft.sentence.tokens
        return any(
            tokens[a].start <= timex.start < tokens[min(b, len(tokens)) - 1].end for a, b in clause.spans if b > a
        )

    @staticmethod
    def _attributive(timex: Timex, draft: Draft) -> bool:
        noun = draft.trigger_noun
        tokens = draft.sentence.tokens
        return noun is not None and tokens[noun.start].start <= timex.start < tokens[noun.head].start

    def _of_announcement(self, timex: Timex, draft: Draft) -> bool:
        """Whether a date says when something was announced or called off, not when it takes place.

        In verb-second languages it then stands before the noun: "sagte am Dienstag seine Reise nach Kiew ab".
        """
        verb, noun = draft.clause.main, draft.trigger_noun
        if verb is None or noun is None or self.lexicon.settings["order"] != "verb-second":
            return False
        if verb.frame not in ("plan", "propose", "cancel", "postpone", "refuse", "accept", "say"):
            return False
        if draft.clause.tense != "past" or draft.clause.passive or noun.prep:
            return False
        return self._within(timex, draft.clause, draft) and timex.end <= draft.sentence.tokens[noun.start].start

    def _around(self, timex: Timex, draft: Draft) -> bool:
        """Whether a date outside the clause may be its date: in a clause it depends on, one that only adds to it, or none."""
        at = [c for c in draft.clauses if self._within(timex, c, draft)]
        if not at:
            return draft.sentence.context is None
        clause = at[-1]
        if clause.kind == "relative" and draft.trigger_noun is not None and clause.antecedent is draft.trigger_noun:
            return True  # "a visit that had been scheduled for Thursday"
        above = draft.clause.parent
        while above is not None:
            if above is clause:
                return True
            above = above.parent
        adds = clause.kind in ("infinitive", "participle") or not clause.verbs
        return (
            draft.sentence.context is None
            and adds
            or clause.kind == "main"
            and draft.clause.kind == "main"
            and clause.end <= draft.clause.start
        )

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

    def reports(self) -> list[Report]:
        """The encounters as reports, in the order of the text."""
        return [report(e) for e in self.encounters]


def _ending(last: str, length: str) -> str:
    """The days that end with the day `last`: "wrapped up a two-day visit on Wednesday"."""
    whole, day = dates.bounds(dates.extend(last, length)), dates.bounds(last)[0]
    if whole[0] is None or whole[1] is None or day is None:
        return last
    return dates.days(day - (whole[1] - whole[0]), day)


def _apart(guests: Iterable[Side]) -> list[list[Side]]:
    """Guests who travel together in one group; unnamed delegations of different sectors each on their own."""
    alone: list[list[Side]] = []
    by_country: dict[str | None, list[Side]] = {}
    for side in guests:
        if side.delegation and not side.name and not side.role:
            alone.append([side])
        else:
            by_country.setdefault(side.country, []).append(side)
    nowhere = by_country.pop(None, [])
    if nowhere and len(by_country) == 1:  # who comes along with people of one country is taken for one of theirs
        for side in nowhere:
            side.country = next(iter(by_country))
        by_country[nowhere[0].country] += nowhere
        nowhere = []
    return [*by_country.values(), *([nowhere] if nowhere else []), *alone]
