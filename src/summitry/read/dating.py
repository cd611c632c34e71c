"""When an encounter was or will be: the value of its date, how long it lasts, whether it is still ahead."""

from summitry import dates
from summitry.dates import Tense
from summitry.lexicon import Lexicon
from summitry.read.attachment import (
    attributive,
    back,
    behind_it,
    dates_of,
    lasts,
    meant_for,
    measures,
    of_departure,
    of_plan,
    part_told,
    series,
    time_of,
    within,
)
from summitry.read.drafts import Draft
from summitry.read.encounters import Encounter
from summitry.read.realities import overtaken
from summitry.read.stays import STAY
from summitry.read.timex import Timex, resolve
from summitry.read.tokens import Sentence

WEEK = 7
SUNDAY = 6
SOON = 62  # days: so long ago at most a plan lies whose month is told without a year


class Dating:
    """Dates the encounters of one document against its publication and the date told before."""

    def __init__(self, lexicon: Lexicon, published: str | None) -> None:
        self.lexicon = lexicon
        self.published = published
        self.previous: str | None = None
        self.previous_block = -1  # the line in which it was told
        self.day: str | None = None  # the day told last, of whatever
        self.day_block = -1
        self.moment: str | None = None  # the time told last, of whatever and however exact
        self.previous_at: Sentence | None = None  # the sentence in which the date of an encounter was told last
        self.counted: dict[Timex, str | None] = {}  # what "a week before" was counted from, whatever it dated since
        self.latest: Encounter | None = None  # the one told of last, be it anew or again

    def hear(self, sentence: Sentence) -> None:
        """Keep the day that a sentence tells, be it of an encounter or not: "the same day" is that day, "then" any time."""
        for timex in sentence.times:
            if timex.kind == "date" and timex.anchor != "text":
                value = resolve(timex, published=self.published, context=sentence.context, tense="past")
                self.moment = value or self.moment
                self._keep_day(value, sentence)
        if self.previous_at is sentence:
            self._keep_day(self.previous, sentence)  # on which side of publication, the encounter tells
            if self.previous and self.published and not _begins_by(self.previous, self.published):
                self.moment = self.previous

    def _keep_day(self, value: str | None, sentence: Sentence) -> None:
        if value is not None and dates.precision(value) == "day" and "/" not in value:
            self.day, self.day_block = value, sentence.block

    def _date(self, encounter: Encounter, draft: Draft) -> None:
        own = self._own(encounter, draft)
        begun = None if own else self._begun(draft)
        value = own or begun or self._deadline(encounter, draft) or self._day_told(encounter, draft)
        if value is not None:
            encounter.date, encounter.own_date = value, True
        elif encounter.status == "held" or not draft.sentence.entry or self._preview(draft):
            encounter.date = draft.sentence.context  # the date of an announcement is not the date of what it announces
        clause = draft.clause
        gone = any(t.first is not None and t.first.part == "gone" for t in draft.sentence.times)
        present = clause.tense == "present" and not clause.future and not (self._chronicle(draft) or begun or gone)
        self._to_come(encounter, present=present)

    def _own(self, encounter: Encounter, draft: Draft) -> str | None:
        """The date that the sentence gives."""
        for chosen in dates_of(draft, self.lexicon, encounter.host_country):
            tense = self._tense(chosen, encounter, draft)
            value = self._in_week(chosen, encounter, tense) or self._value(chosen, draft, tense)
            if value is not None:
                encounter.said_date = value
                return self._lasting(value, draft, encounter, ends=of_departure(chosen, draft))
        return None

    def _remember(self, encounter: Encounter) -> None:
        """Keep the date that a statement gave an encounter, as what "the day after" and its like start from."""
        if encounter.said_date is not None:
            sentence = encounter.draft.sentence
            self.previous, self.previous_block, self.previous_at = encounter.said_date, sentence.block, sentence

    def _at_other_times(self, encounter: Encounter, draft: Draft) -> list[Encounter]:
        """The further encounters of a clause that lists when there were several: "in 1979 and again in 2001"."""
        chosen = next(iter(dates_of(draft, self.lexicon, encounter.host_country)), None)
        listed = series(chosen, draft.sentence) if chosen is not None and encounter.own_date else []
        found: list[Encounter] = []
        for timex in listed:
            if timex is chosen or not within(timex, draft.clause, draft):
                continue
            value = self._value(timex, draft, self._tense(timex, encounter, draft))
            known = [e.date for e in (encounter, *found) if e.date]
            if value is not None and all(dates.gap_days(value, date)[0] > STAY for date in known):
                found.append(encounter.copy())
                found[-1].date = value
        return found

    def _in_week(self, timex: Timex, encounter: Encounter, tense: Tense | None) -> str | None:
        """ "… is to visit Rome next week. His stay begins on Wednesday": the Wednesday of the week told before."""
        point, week, published = timex.first, self.previous, self.published
        if point is None or timex.last is not None or tense != "future" or week is None or published is None:
            return None
        (first, last), (_, today) = dates.bounds(week), dates.bounds(published)
        if point.weekday is None or point.day is not None or point.which is not None or point.number is not None:
            return None
        if first is None or last is None or today is None or (last - first).days != WEEK - 1 or first <= today:
            return None
        if point.weekday == SUNDAY and (first - today).days < WEEK:
            return None  # the last day before that week
        told = self.latest
        if told is None or told.date != week or told.host_country != encounter.host_country:
            return None
        same = any(a.same(b) for a in told.guests for b in encounter.guests)
        return dates.shift(first, "day", point.weekday) if same else None

    def _value(self, timex: Timex, draft: Draft, tense: Tense | None) -> str | None:
        context, previous = draft.sentence.context, self.previous
        if timex.anchor == "partial" and self.published and self.previous_block != draft.sentence.block:
            previous = None  # a new paragraph tells again from today
        if timex.anchor == "text":
            if timex not in self.counted:
                told = self._told_before(timex, draft.sentence, "past" if back(timex) else tense)
                self.counted[timex] = told or self._told_earlier(timex, draft.sentence)
            previous = self.counted[timex]
        if tense == "past" and previous and self.published and not _begins_by(previous, self.published):
            previous = None  # a plan told before says nothing of when the past was
        return resolve(timex, published=self.published, context=context, previous=previous, tense=tense)

    def _told_before(self, timex: Timex, sentence: Sentence, tense: Tense | None) -> str | None:
        """The date told last before an expression in its sentence: "the deal of 3 May: then …", "on Monday, … a day later"."""
        if self.previous_at is sentence:
            return self.previous
        before = [t for t in sentence.times if t.kind == "date" and t.end <= timex.start and t.anchor != "text"]
        if not before:
            return None
        return resolve(before[-1], published=self.published, context=sentence.context, tense=tense)

    def _told_earlier(self, timex: Timex, sentence: Sentence) -> str | None:
        """The date told last in earlier sentences: of anything for "damals", a day for "the following day"."""
        if back(timex) and timex.first is not None and timex.first.unit == "moment":
            return self.moment or self.previous
        by_day = timex.first is not None and timex.first.unit == "day" and not timex.first.counted
        later = self.previous_block < self.day_block
        return self.day if later or by_day and self._coarse(self.previous) else self.previous

    @staticmethod
    def _coarse(value: str | None) -> bool:
        """Whether a date is of no day, so that "the following day" cannot mean the one after it."""
        return value is None or dates.precision(value) not in ("day", "interval")

    def _tense(self, timex: Timex, encounter: Encounter, draft: Draft) -> Tense | None:
        """On which side of publication the date lies; None where it is the nearest."""
        clause = draft.clause
        tense: Tense | None = "past" if clause.tense == "past" else None
        told = next((c for c in draft.clauses if within(timex, c, draft)), None)
        beside = told is not None and told is not clause and told.finite and told.kind == "main" and not told.future
        if timex.first is not None and timex.first.part == "gone":
            return "past"
        perfect = told is not None and told is not clause and told.verbs[:1] != [] and told.verbs[0].aux
        perfect = perfect and told is not None and told.kind == "participle" and told.tense == "past"
        if (
            overtaken(clause)
            or perfect
            or beside
            and draft.status == "held"
            and told is not None
            and told.tense == "past"
        ):
            return "past"
        if encounter.status == "planned" or clause.future:
            tense = "future"
        planned = attributive(timex, draft) and draft.status != "held"
        if planned or (encounter.status == "cancelled" and (of_plan(timex, draft) or meant_for(timex, draft))):
            return self._of_plan(timex, draft)
        if encounter.status == "cancelled" and clause.unreal:
            wanted = any(v.lemma == "have" and v.form == "past" for v in clause.verbs)  # "hatte reisen wollen"
            return "past" if wanted else self._closer_side(timex)  # "should have flown on Tuesday": lately or soon
        anchored = timex.anchor == "published" and not self._chronicle(draft)
        if tense == "past" and timex.anchor == "partial" and encounter.status in ("proposed", "cancelled"):
            return self._closer_side(timex)  # "has invited him for June", "the trip on May 20 was called off"
        ahead = encounter.status in ("proposed", "cancelled") or anchored
        if tense is None and (ahead or timex.anchor == "partial" and self._sets_out(draft)):
            tense = "future"
        return tense

    def _narrated(self) -> bool:
        """Whether the present tense has just told what is past: "1962 empfängt ihn Adenauer. Dann reist er nach Rom"."""
        last = self.latest
        return last is not None and last.own_date and last.status == "held" and last.draft.clause.tense == "present"

    def _sets_out(self, draft: Draft) -> bool:
        """ "Der Minister reist nach Rom": in some languages the present tense of a journey is that of one to come."""
        clause, sentence = draft.clause, draft.sentence
        if not self.lexicon.settings.get("futurate-present") or self.published is None or self._narrated():
            return False
        if sentence.title or sentence.context is not None or clause.kind != "main" or clause.passive:
            return False
        happens = clause.main is not None and any(frame == "happen" for frame, _, _ in clause.main.frames)
        travels = draft.frame == "move" and draft.trigger_noun is None  # "besucht Rom" may be going on
        if not travels and not (happens and draft.trigger_noun in clause.subject):
            return False
        return clause.tense == "present" and [v.form for v in clause.verbs] == ["pres"]

    def _closer_side(self, timex: Timex) -> Tense | None:
        """On which side of publication the instance lies that is nearer to it."""
        past, future = (resolve(timex, published=self.published, tense=t) for t in ("past", "future"))
        if past is None or future is None or self.published is None:
            return None
        gaps = [dates.gap_days(value, self.published)[0] for value in (past, future)]
        return "past" if gaps[0] <= gaps[1] else "future"

    def _chronicle(self, draft: Draft) -> bool:
        """Whether a heading of a day past stands above, under which the present tense tells of that day."""
        return draft.sentence.context not in (None, self.published)

    def _preview(self, draft: Draft) -> bool:
        """Whether the heading above is of a day still to come, as in "the week ahead"."""
        context, published = draft.sentence.context, self.published
        return context is not None and published is not None and not _begins_by(context, published)

    def _of_plan(self, timex: Timex, draft: Draft) -> Tense | None:
        """The date of a plan lies ahead, unless its month has only just passed: "die für Ende Juli geplante Reise"."""
        value = resolve(timex, published=self.published, tense="past") if timex.anchor == "partial" else None
        if value is None or self.published is None or draft.clause.tense != "past":
            return "future"
        return None if dates.gap_days(value, self.published)[0] <= SOON else "future"

    def _begun(self, draft: Draft) -> str | None:
        """When a stay that goes on began: "hält sich seit Montag in Rom auf"."""
        if (when := _since_when(draft)) is not None:
            return self._value(when, draft, "past")
        if draft.frame != "stay" and draft.rule != "presence":
            return None
        since = time_of(draft, "since")
        return self._value(since, draft, "past") if since is not None and not draft.clause.negated else None

    def _day_told(self, encounter: Encounter, draft: Draft) -> str | None:
        """Of what has only a time of day the day is the one being told, else that of publication."""
        if self._chronicle(draft) or time_of(draft, "time") is None:
            return None
        told = self.previous if self.previous_block == draft.sentence.block else None
        if told is not None and dates.precision(told) == "day" and "/" not in told:
            return told
        return self.published if self.published and dates.precision(self.published) == "day" else None

    def _lasting(self, value: str, draft: Draft, encounter: Encounter, *, ends: bool = False) -> str:
        """A day and the length of the stay make an interval: "flew in on Friday for two days"."""
        if dates.precision(value) != "day" or "/" in value:
            return value
        for timex in draft.sentence.times:
            if (
                timex.kind == "duration"
                and timex.length
                and (within(timex, draft.clause, draft) or lasts(timex, draft))
            ):
                main = draft.clause.main
                frames = {main.frame, *(f for f, _, _ in main.frames)} if main is not None else set()
                ended = "end" in frames and draft.trigger_noun is not None
                part = part_told(timex, draft) if encounter.kind == "visit" else None
                if draft.meeting and not (attributive(timex, draft) or measures(timex, draft)) and part is None:
                    continue  # how long they spoke, or the visit during which they did
                behind = behind_it(timex, draft, self.lexicon)
                if behind and not (ended or "return" in frames):
                    continue  # "flew on to Paris after two days in Rome"
                ends = ends or part == "closing" or part is None and (behind or ended)
                return _ending(value, timex.length) if ends else dates.extend(value, timex.length)
        return value

    def _deadline(self, encounter: Encounter, draft: Draft) -> str | None:
        """ "will go there before June 4", "by the end of the year": between publication and then, or in that year."""
        timex = time_of(draft, "until")
        if (
            timex is None
            or timex.first is None
            or self.published is None
            or encounter.status not in ("planned", "proposed")
        ):
            return None
        value = self._value(timex, draft, "future")
        if value is None or timex.first.part == "late" or dates.precision(self.published) != "day":
            return value if timex.first.part == "late" else None
        day = dates.precision(value) == "day" and "/" not in value and not _begins_by(value, self.published)
        return dates.interval(self.published, value) if day else None

    def _to_come(self, encounter: Encounter, *, present: bool) -> None:
        """What lies ahead of publication is planned, whatever the tense; in the present also what may."""
        if encounter.date is None or self.published is None or encounter.status != "held":
            return
        if not encounter.own_date and not self._preview(encounter.draft):
            return
        (first, last), (since, published) = dates.bounds(encounter.date), dates.bounds(self.published)
        if first is None or since is None or published is None:
            return
        verbs = encounter.draft.clause.verbs
        going_on = any(v.form == "ing" for v in verbs) and any(v.lemma == "be" for v in verbs)
        main = encounter.draft.clause.main  # "is on a three-day visit"
        being = main is not None and main.aux and main.lemma == "be" and not encounter.draft.clause.modal
        staying = encounter.rule == "presence" or encounter.draft.frame == "stay"
        there = (staying or going_on or being) and first <= published
        if first > published or (present and last and last > since and not there):
            encounter.status = "planned"


def _begins_by(value: str, published: str) -> bool:
    """Whether something had begun when it was published."""
    first, last = dates.bounds(value)[0], dates.bounds(published)[1]
    return first is None or last is None or first <= last


def _ending(last: str, length: str) -> str:
    """The days that end with the day `last`: "wrapped up a two-day visit on Wednesday"."""
    whole, day = dates.bounds(dates.extend(last, length)), dates.bounds(last)[0]
    if whole[0] is None or whole[1] is None or day is None:
        return last
    return dates.days(day - (whole[1] - whole[0]), day)


def _since_when(draft: Draft) -> Timex | None:
    """The date before a clause that tells of it: "since November 2022, when they met in Bali"."""
    start = draft.sentence.tokens[draft.clause.start]
    if not start.has("word", "at-the-time") or draft.clause.tense != "past":
        return None
    return next((t for t in draft.sentence.times if t.kind == "since" and 0 <= start.start - t.end <= 2), None)
