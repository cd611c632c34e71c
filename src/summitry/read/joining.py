"""Which statements of one document are of the same encounter, and what joining them gives."""

from collections.abc import Iterable, Sequence
from copy import copy

from summitry import dates
from summitry.kinds import Kind, Status
from summitry.model import Place, Quote, Report
from summitry.read.drafts import Draft
from summitry.read.realities import overtaken
from summitry.read.side import Side
from summitry.territories import is_organization, seated, territories

WEEK = 7  # days by which a plan was missed, at most
LINES = 3  # between a call and what was said in it, at most
TITLED = 2  # lines between a headline and the visit that it is of, at most
TOUR = 10  # days of a journey of several stops, at most
STAY = 2  # days between two statements of one stay, at most
RANK: dict[Status, int] = {"proposed": 0, "planned": 1, "cancelled": 2, "held": 3, "disputed": 4}


class Encounter:
    """A draft with its sides, place and time settled: what becomes a report."""

    __slots__ = (
        "activities", "block", "by_journey", "date", "delegation", "draft", "entry", "guests", "host_country", "hosts", "kind", "on_way", "outcomes", "own_date", "topics",
        "place", "quotes", "rule", "said_date", "status",
    )  # fmt: skip

    def __init__(self, kind: Kind, draft: Draft, guests: list[Side], hosts: list[Side]) -> None:
        self.kind: Kind = kind
        self.draft = draft
        self.guests = guests
        self.hosts = hosts
        self.status: Status = draft.status or "held"
        self.date: str | None = None
        self.by_journey: str | None = None  # when its journey was, if nothing else dates it
        self.on_way = False  # a later stop of a journey, dated by the day of departure
        self.said_date: str | None = None  # the date in the words of the clause, without the length of the stay
        self.own_date = False  # the clause itself is dated, not only the heading above
        self.block = draft.sentence.block  # where it was told last
        self.entry = draft.sentence.context is not None
        self.host_country: str | None = None
        self.place: Place | None = None
        self.delegation: str | None = None
        self.activities = list(draft.activities)
        self.outcomes = list(draft.outcomes)
        self.topics = list(draft.topics)
        self.quotes: list[Quote] = []
        self.rule = draft.rule

    @property
    def countries(self) -> set[str]:
        return {s.country for s in (*self.guests, *self.hosts) if s.country} | (
            {self.host_country} if self.host_country else set()
        )

    def copy(self) -> "Encounter":
        """The same once more, for what a clause tells of two of them."""
        twin = copy(self)
        for part in ("guests", "hosts", "activities", "outcomes", "topics", "quotes"):
            setattr(twin, part, list(getattr(self, part)))
        return twin

    def __repr__(self) -> str:
        return f"{self.kind} {self.status} {self.date} {self.guests} -> {self.hosts} {self.host_country} {self.place} {self.rule}"


def joins(a: Encounter, b: Encounter) -> bool:
    """Whether two statements of one document are of the same encounter."""
    if _still_on_the_line(a, b):
        return True
    stay = _one_stay(a, b) or _kept_late(a, b) or _leaves(a, b)
    if not (_dates_join(a, b) or _during(a, b) or stay) or (a.kind == "call") != (b.kind == "call"):
        return False
    if a.kind == b.kind and (_since(a, b) or not (stay or _headline(a)) and _told_and_ahead(a, b)):
        return False
    if a.kind == "visit" and b.kind == "visit":
        return a.host_country == b.host_country and _same_guests(a.guests, b.guests) and not _apart(a, b)
    if b.draft.frame == "gather" and b.draft.clause.kind == "relative" and a.draft.sentence is b.draft.sentence:
        return a.kind == "meeting"
    if a.kind == b.kind:
        return _same_sides(a.guests, b.guests) and (
            a.host_country is None or b.host_country is None or a.host_country == b.host_country
        )
    visit, meeting = (a, b) if a.kind == "visit" else (b, a)
    if (meeting.status == "cancelled") != (visit.status == "cancelled"):
        return False  # "a meeting with the premier fell through": the visit did not
    if a.status == "held" and b.status == "proposed":
        return False  # "met him and invited him"
    countries = {s.country for s in meeting.guests if s.country}
    if meeting.host_country is not None and meeting.host_country != visit.host_country:
        return False
    if meeting is a and (len(countries) != 2 or countries != visit.countries or _long_before(b)):
        return False
    if meeting is a and b.block - a.block > (TITLED if _headline(a) else 0):
        return False
    received = {s.country for s in meeting.guests if s.name and seated(s.country, visit.host_country)}
    others = countries - visit.countries - received
    if others and len(countries) > 1:
        return False
    named = [s for s in meeting.guests if s.name]
    guests = {s.name for s in visit.guests}
    return any(s.name in guests for s in named) or (
        countries == visit.countries and (not named or _same_delegation(visit, meeting))
    )


def _still_on_the_line(a: Encounter, b: Encounter) -> bool:
    """ "phoned him on Monday. The two leaders discussed trade", "X speaks to Y" over it: talk of the same people that has neither place nor day of its own."""
    talk, call = (a, b) if b.kind == "call" else (b, a)
    if call.kind != "call" or talk.kind != "meeting" or talk.draft.frame != "talk" or talk.host_country is not None:
        return False
    verb = talk.draft.trigger_noun is None and talk.draft.clause.finite
    if not verb or talk.status != call.status or abs(b.block - a.block) > LINES or _entries_apart(a, b):
        return False
    if talk.own_date and not (call.date and talk.date and dates.overlaps(call.date, talk.date)):
        return False
    named = {s.name for s in talk.guests if s.name} <= {s.name for s in call.guests if s.name}
    return named and {s.country for s in talk.guests} == {s.country for s in call.guests}


def _entries_apart(a: Encounter, b: Encounter) -> bool:
    """Whether two entries of a chronicle tell them, each under its own date."""
    return (a.entry or b.entry) and a.date != b.date


def _headline(encounter: Encounter) -> bool:
    """Whether only a headline told it so far, whose present tense leaves open whether it was or will be."""
    return encounter.draft.sentence.title and len(encounter.quotes) == 1


def _long_before(encounter: Encounter) -> bool:
    """ "had last visited Moscow in March": what the pluperfect tells was over when the rest began."""
    return any(v.aux and v.lemma == "have" and v.form == "past" for v in encounter.draft.clause.verbs)


def _same_delegation(visit: Encounter, meeting: Encounter) -> bool:
    """Whether those who travelled, none of them named, are those who met somebody: "… flies to Rome and meets Y"."""
    travellers = [s for s in meeting.guests if s.country != visit.host_country]
    if any(s.name for s in (*visit.guests, *travellers)) or visit.draft.sentence is not meeting.draft.sentence:
        return False
    return {s.delegation for s in visit.guests} == {s.delegation for s in travellers}


def _since(a: Encounter, b: Encounter) -> bool:
    """ "spoke for the first time since they had met in Bali": the clause of "since" tells of an earlier one."""
    clause, tokens = b.draft.clause, b.draft.sentence.tokens
    if clause.kind != "subordinate" or not tokens[clause.start].has("prep", "since"):
        return False
    return any(tokens[0].start <= quote.start < tokens[clause.start].start for quote in a.quotes)


def _told_and_ahead(a: Encounter, b: Encounter) -> bool:
    """Whether one happened on a day past and the other is still ahead."""
    if _ahead(a) == _ahead(b) or "held" not in (a.status, b.status):
        return False
    return not a.entry and (a.own_date or b.own_date)


def _ahead(encounter: Encounter) -> bool:
    clause = encounter.draft.clause
    return encounter.status in ("planned", "proposed") and clause.tense != "past"


def _dates_join(a: Encounter, b: Encounter) -> bool:
    if a.date is None or b.date is None:
        return not (a.entry or b.entry) or "held" not in (a.status, b.status)
    return dates.overlaps(a.date, b.date) or _eve(a, b) or _reached(a, b)


def _reached(a: Encounter, b: Encounter) -> bool:
    """ "flies to Ghana and Togo on Sunday. … In Togo he has talks on Wednesday": when a later stop is reached."""
    if not a.on_way or not b.own_date or a.date is None or b.date is None or a.host_country != b.host_country:
        return False
    return _after(a.date, b.date) and dates.gap_days(a.date, b.date)[0] <= TOUR


def _eve(a: Encounter, b: Encounter) -> bool:
    """ "will visit next week. … He arrives on Sunday": the day before the week in which the stay was said to be."""
    if {a.status, b.status} != {"planned"} or a.date is None or b.date is None:
        return False
    (first, last), (day, end) = dates.bounds(a.date), dates.bounds(b.date)
    if first is None or last is None or day is None or (last - first).days != WEEK - 1:
        return False
    return day == end and (first - day).days == 1


def _during(visit: Encounter, meeting: Encounter) -> bool:
    """ "flew to Bangkok on Monday and held talks a day later": a meeting told in the sentence of the visit."""
    if visit.kind != "visit" or meeting.kind != "meeting" or meeting.host_country is not None:
        return False
    return visit.draft.sentence is meeting.draft.sentence and visit.status == meeting.status == "held"


def _one_stay(visit: Encounter, later: Encounter) -> bool:
    """ "arrived on Monday. … On Tuesday he is to meet the king": days of one stay that the text tells one by one."""
    if visit.kind != "visit" or later.kind == "call" or visit.entry or later.entry:
        return False
    if not {visit.status, later.status} <= {"held", "planned"} or later.block - visit.block > 1:
        return False
    if visit.date is None or later.date is None or dates.overlaps(visit.date, later.date):
        return False
    single = all(dates.precision(d) == "day" for d in (visit.date, later.date))
    ordered = _after(visit.date, later.date) or _arrived(visit, later)
    reach = STAY if ordered else 1  # "tags zuvor hatte sie ihn empfangen"
    return single and dates.gap_days(visit.date, later.date)[0] <= reach


def _leaves(visit: Encounter, later: Encounter) -> bool:
    """ "arrived on Sunday. … He will leave on Wednesday": the end of the same stay."""
    if visit.kind != "visit" or later.draft.frame != "return" or visit.entry or later.entry:
        return False
    if visit.status == "cancelled" or visit.date is None or later.date is None:
        return False
    return dates.gap_days(visit.date, later.date)[0] <= WEEK and not _after(later.date, visit.date)


def _arrived(visit: Encounter, later: Encounter) -> bool:
    """ "X was to meet Y on Thursday. X, who arrived on Wednesday, …": of what is planned the stay has begun."""
    return visit.status == "planned" and later.status == "held" and later.kind == "visit"


def _kept_late(a: Encounter, b: Encounter) -> bool:
    """ "arrived on Wednesday. He had been due on Tuesday": a plan that was not kept, and what came of it."""
    if a.kind != b.kind or a.entry or b.entry or a.date is None or b.date is None:
        return False
    plan = next((e for e in (a, b) if e.status in ("planned", "cancelled") and overtaken(e.draft.clause)), None)
    return plan is not None and "held" in (a.status, b.status) and dates.gap_days(a.date, b.date)[0] <= WEEK


def _after(first: str, second: str) -> bool:
    return dates.sort_key(first) < dates.sort_key(second)


def _apart(a: Encounter, b: Encounter) -> bool:
    """Whether one took place and one did not, with nobody named in both: a delegation that stayed at home, a president."""
    shared = {s.name for s in a.guests if s.name} & {s.name for s in b.guests if s.name}
    return {a.status, b.status} == {"held", "cancelled"} and not shared


def _same_guests(a: Sequence[Side], b: Sequence[Side]) -> bool:
    for x in a:
        for y in b:
            if x.name and x.name == y.name and x.country == y.country:
                return True
    if any(x.name for x in a) and any(y.name for y in b):
        return False
    if a and b and not any(x.same(y) for x in a for y in b):
        return False  # a defence minister whom nobody names is not the president
    if any(x.delegation for x in a) or any(y.delegation for y in b):
        return {x.delegation for x in a} == {y.delegation for y in b} and {x.country for x in a} == {
            y.country for y in b
        }
    return {x.country for x in a} == {y.country for y in b} and not (
        any(x.name for x in a) != any(y.name for y in b) and len(a) != len(b)
    )


def _same_sides(a: Sequence[Side], b: Sequence[Side]) -> bool:
    names_a, names_b = {s.name for s in a if s.name}, {s.name for s in b if s.name}
    countries_a, countries_b = {s.country for s in a if s.country}, {s.country for s in b if s.country}
    if not (countries_a <= countries_b or countries_b <= countries_a):
        return False  # two meetings of three, or of two, with one side or more in common
    if names_a and names_b:
        return len(names_a & names_b) >= min(len(names_a), len(names_b), 2) and bool(countries_a & countries_b)
    return countries_a == countries_b


def as_visit(encounter: Encounter, host_country: str | None) -> None:
    """Turn a meeting into the visit that it turns out to be."""
    encounter.kind = "visit"
    encounter.hosts = [s for s in encounter.guests if s.country == host_country]
    encounter.guests = [s for s in encounter.guests if s.country != host_country]
    encounter.host_country = host_country


def as_it_was(encounter: Encounter) -> None:
    """Set what happened in a former state there: somebody whom Gorbachev met in Moscow was in the Soviet Union."""
    for side in (*encounter.guests, *encounter.hosts):
        state = territories().get(side.country or "")
        if state is not None and state.continued_by and state.continued_by == encounter.host_country:
            encounter.host_country = side.country
            if encounter.kind == "meeting" and len(encounter.countries) == 2:
                as_visit(encounter, side.country)
            return


def at_the_seat(encounter: Encounter) -> None:
    """Make a visit of a meeting with officials of a body in the country of its seat: "met NATO's X in Brussels"."""
    there = encounter.host_country
    if encounter.kind != "meeting" or there is None or encounter.draft.frame not in ("meet", "talk", "receive"):
        return
    officials = [s for s in encounter.guests if s.country == there or seated(s.country, there)]
    abroad = [s for s in encounter.guests if s not in officials]
    codes = {s.country for s in abroad}
    bodies = [s for s in officials if s.country != there]
    if not bodies or not all(s.name for s in bodies) or len(codes) != 1 or None in codes:
        return
    if not any(is_organization(code or "") for code in codes):
        encounter.kind, encounter.hosts, encounter.guests = "visit", officials, abroad


def join(known: Encounter, new: Encounter) -> None:
    """Add to a known encounter what a further statement says of it."""
    if new.kind == "call":
        known.kind, known.rule = "call", new.rule
    if _headline(known) and known.status == "held" and not known.own_date:
        known.status = new.status
    if known.kind == "meeting" and new.kind == "visit":
        as_visit(known, new.host_country)
    if new.kind == "meeting" and known.kind == "visit":
        homes = {g.country for g in known.guests} - {known.host_country}
        there = known.host_country
        _add(known.hosts, [s for s in new.guests if s.country == there or s.name and seated(s.country, there)])
        _add(known.guests, [s for s in new.guests if s.country in homes])
    else:
        if new.draft.frame == "gather":
            known.guests = [s for s in known.guests if s.name or s.role or len(s.country or "") == 2]
        _add(known.guests, new.guests)
        _add(known.hosts, new.hosts)
    if _arrived(known, new) and known.date and new.date and _after(new.date, known.date):
        known.date, known.own_date = new.date, new.own_date
    known.block = new.block
    known.activities += [a for a in new.activities if a not in known.activities]
    known.outcomes += [o for o in new.outcomes if o not in known.outcomes]
    known.topics += [t for t in new.topics if t not in known.topics]
    known.quotes += [q for q in new.quotes if q not in known.quotes]
    _redate(known, new)
    if known.place is None or (new.place is not None and known.host_country is None):
        known.place = new.place
    known.host_country = known.host_country or new.host_country
    known.delegation = known.delegation or new.delegation
    if new.draft.clause.kind in ("infinitive", "participle") and not new.own_date and new.status == "held":
        return  # says no more of reality than the clause it depends on
    if new.status == "cancelled" and known.status in ("planned", "proposed"):
        known.status = "cancelled"
    elif RANK[new.status] > RANK[known.status] and known.status != "cancelled":
        if new.status != "held" or new.draft.clause.tense == "past" or new.own_date:
            known.status = new.status


def _redate(known: Encounter, new: Encounter) -> None:
    """Take the finer date of two statements, and of a plan that was not kept the day on which it came true."""
    late = known.status in ("planned", "cancelled") and new.status == "held" and new.own_date
    late = late and overtaken(known.draft.clause)
    finer = new.date is not None and new.own_date and known.date is not None and dates.contains(known.date, new.date)
    if late or finer or known.date is None or _eve(known, new) or _reached(known, new):
        known.date, known.own_date = new.date or known.date, known.own_date or new.own_date
    if late:
        known.status = "held"


def _add(sides: list[Side], more: Iterable[Side]) -> None:
    for side in more:
        match = next((s for s in sides if s.same(side) and (s.name == side.name or not s.name or not side.name)), None)
        if match is None:
            sides.append(side)
        elif side.name and not match.name:
            sides[sides.index(match)] = side


def _once(sides: Iterable[Side]) -> list[Side]:
    """Everybody once, however often an office, a surname and a pronoun named them."""
    found: list[Side] = []
    for side in sides:
        if side.person is None or all(side.person is not s.person for s in found):
            found.append(side)
    return found


def report(encounter: Encounter) -> Report:
    return Report(
        kind=encounter.kind,
        status=encounter.status,
        guests=tuple(s.participation() for s in _once(encounter.guests)),
        hosts=tuple(s.participation() for s in _once(encounter.hosts)),
        evidence=tuple(encounter.quotes),
        date=encounter.date or encounter.by_journey,
        host_country=encounter.host_country,
        place=encounter.place,
        activities=tuple(encounter.activities),
        topics=tuple(encounter.topics),
        outcomes=tuple(encounter.outcomes),
        delegation=encounter.delegation,
        rule=encounter.rule,
    )
