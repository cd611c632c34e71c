"""Journeys of several stops: what a text tells of the whole dates the stops of which it tells no day.

Who sets out on Sunday on a tour of four days is in none of its countries but the first on that Sunday. A stop without a
day of its own is dated by the days of the whole journey if both ends are told, else only the first by its beginning.
"""

from collections.abc import Sequence

from summitry import dates
from summitry.read.dating import WEEK, Dating
from summitry.read.drafts import Draft
from summitry.read.encounters import Encounter

SETTING_OUT = ("move", "route", "itinerary", "stops", "bound", "return", "expect")  # where several goals make a journey
ENDS = {"begin", "move", "return", "bound", "end"}  # the verb tells of one end of the journey, not of all of it
LATE = 25  # the day of a month from which on a journey may reach into the next month
NEAR = 5  # lines behind the statement of a journey in which its stops are told, at most


class Journeys(Dating):
    """Keeps the journey told last, and dates stops by it."""

    journey: Encounter | None = None  # without a country
    begun = False  # whether a stop of it was told

    def _stops(self, found: list[Encounter], draft: Draft) -> list[Encounter]:
        """Date the stops that one draft tells of, and return them: the day of departure is that of the first only."""
        visits = [e for e in found if e.kind == "visit" and e.host_country is not None]
        if draft.frame in SETTING_OUT and (abroad := [e for e in found if e not in visits]):
            self._set_out(abroad[0], draft)
        for encounter in visits:
            self._on_the_way(encounter)
        if len({e.host_country for e in visits}) > 1 and draft.frame in SETTING_OUT:
            self._depart(visits, draft)
        return found

    def _depart(self, visits: Sequence[Encounter], draft: Draft) -> None:
        """Give the day told with several stops to the first, or to the last if the journey is over."""
        days = {e.date for e in visits}
        day = next(iter(days))
        if len(days) > 1 or day is None or not visits[0].own_date or not _one_day(day):
            return
        over = self._over(draft)
        if not over:
            self.journey, self.begun = visits[0], True
        there = visits[-1] if over else visits[0]
        for encounter in visits:
            if encounter is not there:
                encounter.on_way = True
                if draft.frame in ("route", "itinerary") or self._trip(draft) and _frames(draft) & ENDS:
                    encounter.date, encounter.own_date, encounter.said_date = _month(day), False, None
                if draft.clause.tense == "present" and not over and encounter.status == "held":
                    encounter.status = "planned"  # "starts a tour of Ghana and Togo today"

    @staticmethod
    def _over(draft: Draft) -> bool:
        """Whether a draft tells of the end of a journey: "wrapped up a tour of Ghana and Togo"."""
        nouns = [p for p in [draft.trigger_noun, *draft.events] if p is not None and p.kind == "noun"]
        back = any(p.prep & {"from", "after"} for p in nouns)
        return back or "end" in _frames(draft)

    @staticmethod
    def _trip(draft: Draft) -> bool:
        """Whether a draft speaks of a journey as a whole: "starts a tour of Ghana and Togo"."""
        return any(p is not None and p.frame == "move" for p in [draft.trigger_noun, *draft.events])

    def _set_out(self, journey: Encounter, draft: Draft) -> None:
        """Remember a journey of which only a region or nothing is told: "leaves on Sunday for a tour of Africa"."""
        if self._trip(draft) and journey.kind == "visit" and journey.own_date:
            if journey.date is not None and _one_day(journey.date) and self._over(draft):
                journey.date = _month(journey.date)
            self.journey, self.begun = journey, False

    def _on_the_way(self, encounter: Encounter) -> None:
        """Date a stop by its journey, and take its status."""
        journey, draft = self.journey, encounter.draft
        if journey is None or journey.date is None or not 0 <= encounter.block - journey.block <= NEAR:
            return
        names = {g.name for g in journey.guests if g.name}
        if not names & {g.name for g in encounter.guests} or draft.sentence.context != journey.draft.sentence.context:
            return
        told = journey.status == "held" and encounter.status == "held" and journey.draft.clause.tense == "past"
        ahead = journey.status == "planned" and encounter.status in ("held", "planned")
        if not (told and draft.clause.tense == "past" or ahead and draft.clause.tense == "present"):
            return
        if ahead and (not encounter.own_date or encounter.date and dates.contains(encounter.date, journey.date)):
            encounter.status = "planned"
        if ahead and encounter.own_date and encounter.date is not None and journey.date is not None:
            encounter.date = encounter.said_date = _later(encounter.date, journey.date, draft)
        if encounter.date is None:
            whole = self.begun and _one_day(journey.date)
            encounter.by_journey = _month(journey.date) if whole else journey.date
        self.begun = True


def _frames(draft: Draft) -> set[str]:
    """What the verb of a draft's clause may say."""
    main = draft.clause.main
    return {frame for frame, _, _ in main.frames} if main is not None else set()


def _one_day(date: str) -> bool:
    return dates.precision(date) == "day"


def _month(day: str) -> str | None:
    """The month in which a journey that begins on a day goes on, unless it may reach into the next."""
    return day[:7] if int(day[8:10]) < LATE else None


def _later(day: str, start: str, draft: Draft) -> str:
    """The day of a stop told by its weekday: if it lies before the departure, that of the week after."""
    by_weekday = any(t.first and t.first.weekday is not None and t.first.day is None for t in draft.sentence.times)
    (first, last), departure = dates.bounds(day), dates.bounds(start)[0]
    if not by_weekday or first is None or first != last or departure is None:
        return day
    return dates.shift(first, "day", WEEK) if 0 < (departure - first).days < WEEK else day
