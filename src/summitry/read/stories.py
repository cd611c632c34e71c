"""From drafts to reports: the drafts of one encounter joined.

A document may state one encounter many times: in the lead, in detail, in retrospect. Drafts join when their sides,
direction, place and time agree; what one adds (hosts, a finer date, activities) the other gains.
"""

from summitry.dates import bounds, gap_days
from summitry.model import Report
from summitry.read.drafts import ASPECTS, ENCOUNTERS, Draft
from summitry.read.encounters import Encounter
from summitry.read.holders import name_holders
from summitry.read.implied import Protagonists, complete, one_stay, states
from summitry.read.joining import as_it_was, as_visit, at_the_seat, join, joins, report
from summitry.read.recalls import Recalls
from summitry.read.side import Side
from summitry.read.stays import WEEK
from summitry.territories import is_organization

STAGES = (
    "move",
    "route",
    "stops",
    "visit",
    "return",
    "receive",
    "meet",
    "talk",
)  # what a journey told step by step consists of


class Story(Recalls):
    """Collects the encounters of one document in the order of the text."""

    def tell(self, draft: Draft) -> None:
        """Settle one draft and join it to the story."""
        if draft.status is None or self._decided(draft) or self._recalls(draft):
            return
        self._lengthen(draft)
        for encounter in self._settle(draft):
            as_it_was(encounter)
            at_the_seat(encounter)
            self._goes_on(encounter)
            self._drop_frame_summit(encounter)
            known = self._known(encounter)
            if known is None:
                self._set(encounter, draft)
                at_the_seat(encounter)
                known = self._known(encounter)
            today = not encounter.own_date or encounter.date == self.published
            if known is None and encounter.status == "held" and today and self._sets_out(draft):
                encounter.status = "planned"
                known = self._known(encounter)
            if known is not None:
                self._remember(encounter)
                self._keep_plan(known, encounter)
                join(known, encounter)
                self._told(known)
            elif self._repeats(encounter):
                continue
            elif (not draft.weak or self._told_enough(draft, encounter)) and not self._empty(encounter):
                self._also(encounter, draft)
                self.encounters.append(encounter)
                self._remember(encounter)
                self._told(encounter)
            else:
                if self._empty(encounter):
                    self.open.append(encounter)
                if (
                    encounter.kind == "meeting"
                    and encounter.host_country is not None
                    and draft.trigger_noun is not None
                ):
                    self.scenery = encounter

    def _keep_plan(self, known: Encounter, new: Encounter) -> None:
        """What is planned for a day not over yet was not held because words in the past that give no day speak of it."""
        last = bounds(known.date)[1] if known.date is not None and known.own_date else None
        since = bounds(self.published)[0] if self.published is not None else None
        if last is None or since is None or new.own_date or new.status != "held" or last <= since:
            return
        if known.status == "planned" == known.draft.status:
            new.status = "planned"

    def _repeats(self, encounter: Encounter) -> bool:
        """ "They met in Hiroshima, when both were guests of the G7": the stay of those who were told to meet there.

        So does "X and Y arrived on Monday" behind the meeting for which they came.
        """
        last = self.latest
        if last is None or last.kind != "meeting" or encounter.block - last.block > 1:
            return False
        told, here = last.draft.sentence, encounter.draft.sentence
        if told.context != here.context:
            return False
        if told is not here:
            together = len(encounter.draft.guests) > 1 or any(p.plural for p in encounter.draft.guests)
            dated = last.date is None or encounter.date is None or gap_days(last.date, encounter.date)[0] <= WEEK
            if not (together and dated and last.status == encounter.status):
                return False
        sides = {s.key for s in last.guests}
        there = encounter.kind == "visit" and encounter.host_country == last.host_country is not None
        return there and not encounter.hosts and all(g.key in sides for g in encounter.guests)

    def _told(self, encounter: Encounter) -> None:
        self.latest = encounter
        self.scene.told(encounter.kind, encounter.guests, encounter.hosts)

    def _known(self, encounter: Encounter) -> Encounter | None:
        """The encounter told before that this is another statement of."""
        known = next((e for e in reversed(self.encounters) if joins(e, encounter)), None)
        return known or self._there_too(encounter)

    def ask(self, draft: Draft) -> None:
        """Note the encounter that a question is about: nobody states it, but the answer may be of it."""
        found = [] if draft.status is None else [e for e in self._settle(draft) if not self._empty(e)]
        if found:
            self.latest = self._known(found[0]) or found[0]

    def _goes_on(self, encounter: Encounter) -> None:
        """A journey told as planned goes on in the present tense: "Thereafter he flies to Apia", "in Apia he meets …"."""
        clause, noun = encounter.draft.clause, encounter.draft.trigger_noun
        further = encounter.draft.frame == "stops" and noun is not None and "further" in noun.flags
        if further and clause.tense == "present":
            encounter.status = "planned"  # "Further stops are Lima and Quito"
        today = not encounter.own_date or self.latest is not None and encounter.date == self.latest.date
        if encounter.kind == "call" or encounter.status != "held" or not today:
            return
        stage = encounter.draft.frame in STAGES or encounter.rule == "guest"  # "He is the guest of X"
        if clause.tense != "present" or not clause.finite or not stage:
            return
        names = {g.name for g in encounter.guests if g.name}
        there = (e for e in self.encounters if e.host_country == encounter.host_country)
        for told in filter(None, (self.latest, *there)):
            parties = told.guests if told.kind == "visit" else (*told.guests, *told.hosts)
            if told.kind != "call" and told.status == "planned" and names & {g.name for g in parties}:
                encounter.status = "planned"

    @staticmethod
    def _told_enough(draft: Draft, encounter: Encounter) -> bool:
        """Whether a noun without its traveller says where to and when, or lists the stops of whom the text is about."""
        if not draft.destinations or not encounter.guests or draft.rule == "accompany-verb":
            return False
        if draft.frame in ("stops", "itinerary") or encounter.status == "cancelled":
            return True
        return encounter.own_date and draft.trigger_noun is not None

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
        countries = {s.country for s in encounter.guests if s.country}
        return len(countries) < 2 and not (encounter.host_country and self._body_meets(encounter))

    @staticmethod
    def _body_meets(encounter: Encounter) -> bool:
        """ "EU ministers met in Luxembourg", "the Arab League summit in Cairo": one body whose members meet."""
        (side, *others) = encounter.guests or [Side(None)]
        draft = encounter.draft
        body = not others and side.country is not None and is_organization(side.country)
        several = any(p.plural and p.kind == "office" for p in draft.sides) and draft.frame in (
            "meet",
            "talk",
            "summit",
        )
        return encounter.kind == "meeting" and body and (several or draft.frame == "summit")

    def reports(self) -> list[Report]:
        """The encounters as reports, in the order of the text."""
        self._complete()
        name_holders(self.encounters, self.scene, self.published)
        return [report(e) for e in self.encounters if not _process(e)]

    def _complete(self) -> None:
        """Add what sentences told without its sides, where the rest of the document says whose encounter it is."""
        cast = Protagonists(self.encounters, self.scene.register.countries)
        for encounter in self.open:
            if not states(encounter) or not complete(encounter, cast):
                continue
            ahead = encounter.status == "planned"  # "A third round is expected": not the one that was held
            same = (e for e in self.encounters if joins(e, encounter) and not (ahead and e.status == "held"))
            if self._empty(encounter) or any(same) or any(one_stay(e, encounter) for e in self.encounters):
                continue
            at = encounter.quotes[0].start
            after = (i for i, e in enumerate(self.encounters) if e.quotes[0].start > at)
            self.encounters.insert(next(after, len(self.encounters)), encounter)


def _process(encounter: Encounter) -> bool:
    """Whether talks of countries are told as a process, not as an encounter: "the talks between X and Y collapsed", "have stalled".

    Nobody, no day and no place is told of them, and the verb does not say that they took place.
    """
    noun, main = encounter.draft.trigger_noun, encounter.draft.clause.main
    sides = (*encounter.guests, *encounter.hosts)
    told = encounter.date or encounter.place or encounter.host_country or encounter.delegation
    if noun is None or told or any(s.name or s.role or s.delegation for s in sides):
        return False
    if encounter.status == "cancelled":
        return True
    stated = main is None or main.aux or main.frame in (*ASPECTS, *ENCOUNTERS)
    return encounter.status == "held" and noun.frame == "talk" and noun in encounter.draft.clause.subject and not stated
