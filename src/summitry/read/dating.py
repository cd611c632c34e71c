"""When an encounter was or will be: which date of its sentence is meant, how long it lasts, whether it is still ahead."""

from collections.abc import Sequence

from summitry import dates
from summitry.lexicon import Lexicon
from summitry.read.clause import Clause
from summitry.read.drafts import Draft
from summitry.read.joining import Encounter
from summitry.read.timex import Timex, resolve


class Dating:
    """Dates the encounters of one document against its publication and the date told before."""

    def __init__(self, lexicon: Lexicon, published: str | None) -> None:
        self.lexicon = lexicon
        self.published = published
        self.previous: str | None = None

    def _date(self, encounter: Encounter, draft: Draft) -> None:
        clause = draft.clause
        chosen = self._nearest([t for t in draft.sentence.times if t.kind == "date"], draft)
        tense: dates.Tense | None = "past" if clause.tense == "past" else None
        if encounter.status == "planned" or clause.future:
            tense = "future"
        if chosen is not None and self._attributive(chosen, draft):
            tense = "future" if draft.status != "held" else tense  # "die für Donnerstag geplante Reise"
        planned = chosen is not None and (self._of_plan(chosen, draft) or self._meant_for(chosen, draft))
        if planned and encounter.status == "cancelled":
            tense = "future"  # "cancelled a visit that had been scheduled for Thursday"
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
        chronicle = draft.sentence.context is not None  # there the present tense tells of the past
        self._to_come(encounter, present=clause.tense == "present" and not clause.future and not chronicle)

    def _lasting(self, value: str, draft: Draft) -> str:
        """A day and the length of the stay make an interval: "flew in on Friday for two days"."""
        if draft.meeting or dates.precision(value) != "day" or "/" in value:
            return value
        for timex in draft.sentence.times:
            if timex.kind == "duration" and timex.length and self._within(timex, draft.clause, draft):
                ends = draft.clause.main is not None and draft.clause.main.frame == "end"
                return _ending(value, timex.length) if ends else dates.extend(value, timex.length)
        return value

    @staticmethod
    def _meant_for(timex: Timex, draft: Draft) -> bool:
        """Whether a preposition makes a date that of a plan: "a trip planned for June"."""
        token = next((t for t in draft.sentence.tokens if t.start >= timex.start), None)
        before = draft.sentence.tokens[token.i - 1] if token is not None and token.i else None
        return any(t is not None and t.has("prep", "for") and not t.has("prep", "to") for t in (token, before))

    def _of_plan(self, timex: Timex, draft: Draft) -> bool:
        """Whether a date stands in a relative clause that tells when the encounter was to be."""
        for clause in draft.clauses:
            plans = clause.main is not None and clause.main.frame in ("plan", "expect", "begin")
            if plans and clause.antecedent is draft.trigger_noun and self._within(timex, clause, draft):
                return draft.trigger_noun is not None
        return False

    def _to_come(self, encounter: Encounter, *, present: bool) -> None:
        """What lies ahead of publication is planned, whatever the tense; in the present also what may."""
        if encounter.date is None or self.published is None or encounter.status != "held" or not encounter.own_date:
            return
        (first, last), (_, published) = dates.bounds(encounter.date), dates.bounds(self.published)
        if first is None or published is None:
            return
        verbs = encounter.draft.clause.verbs
        going_on = any(v.form == "ing" for v in verbs) and any(v.lemma == "be" for v in verbs)
        there = (encounter.rule == "presence" or going_on) and first <= published
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


def _ending(last: str, length: str) -> str:
    """The days that end with the day `last`: "wrapped up a two-day visit on Wednesday"."""
    whole, day = dates.bounds(dates.extend(last, length)), dates.bounds(last)[0]
    if whole[0] is None or whole[1] is None or day is None:
        return last
    return dates.days(day - (whole[1] - whole[0]), day)
