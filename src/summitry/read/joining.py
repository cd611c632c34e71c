"""Which statements of one document are of the same encounter, and what joining them gives."""

from collections.abc import Iterable, Sequence

from summitry import dates
from summitry.kinds import Status
from summitry.model import Report
from summitry.read.encounters import Encounter
from summitry.read.realities import overtaken
from summitry.read.side import Side
from summitry.read.stays import dates_join, during, eve, kept_late, leaves, of_days, one_stay, reached, whole
from summitry.territories import is_organization, seated, territories

LINES = 3  # between a call and what was said in it, at most
TITLED = 2  # lines between a headline and the visit that it is of, at most
RANK: dict[Status, int] = {"proposed": 0, "planned": 1, "cancelled": 2, "held": 3, "disputed": 4}


def joins(a: Encounter, b: Encounter) -> bool:
    """Whether two statements of one document are of the same encounter."""
    if _still_on_the_line(a, b):
        return True
    stay = one_stay(a, b) or kept_late(a, b) or leaves(a, b)
    if _of_before(a, b) or not (dates_join(a, b) or during(a, b) or stay) or (a.kind == "call") != (b.kind == "call"):
        return False
    if a.kind == b.kind and (_since(a, b) or not (stay or _headline(a) or _under_way(a)) and _told_and_ahead(a, b)):
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
    if (meeting.status == "cancelled") != (visit.status == "cancelled") and not _meant_there(visit, meeting):
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
    if b.block - a.block <= 1 and not meeting.draft.weak and any(_unnamed_too(s, visit.guests) for s in meeting.guests):
        return True  # "Ghana's vice president arrived in Lome. He was met by X."
    named = [s for s in meeting.guests if s.name]
    guests = {s.name for s in visit.guests}
    return any(s.name in guests for s in named) or (
        countries == visit.countries and (not named or _same_delegation(visit, meeting))
    )


def _unnamed_too(side: Side, guests: Sequence[Side]) -> bool:
    """Whether somebody whom only an office and a country tell is one of the guests told so."""
    alike = (g for g in guests if g.country == side.country and g.role == side.role and g.name is None)
    return side.name is None and side.role is not None and any(alike)


def _meant_there(visit: Encounter, meeting: Encounter) -> bool:
    """ "The visit was called off. She had wanted to meet X": what a journey that was not made was for."""
    past = meeting.draft.clause.tense == "past" and not meeting.own_date
    return visit.status == "cancelled" and meeting.status == "planned" and past and not meeting.draft.trigger_noun


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


def _under_way(encounter: Encounter) -> bool:
    """ "From Rome he travels on to Paris": a journey in the present tense and without a day, which may be still to come."""
    clause, main = encounter.draft.clause, encounter.draft.clause.main
    going = encounter.draft.frame == "move" and clause.tense == "present" and clause.kind == "main"
    return going and main is not None and main.form == "pres" and len(encounter.quotes) == 1


def _long_before(encounter: Encounter) -> bool:
    """ "had last visited Moscow in March": what the pluperfect tells was over when the rest began."""
    return any(v.aux and v.lemma == "have" and v.form == "past" for v in encounter.draft.clause.verbs)


def _of_before(a: Encounter, encounter: Encounter) -> bool:
    """ "X last came in 2009", "had visited Oslo in 2009": one of before, which does not date what was told without a date."""
    draft, date = encounter.draft, encounter.date
    if (
        a.date is not None
        or _headline(a)
        or date is None
        or not encounter.own_date
        or dates.precision(date) not in ("month", "year")
    ):
        return False
    if _long_before(encounter) and dates.precision(date) == "year":
        return True
    tokens = draft.sentence.tokens
    for token in tokens[draft.clause.start : draft.clause.end]:
        span = token.span("word") if token.has("word", "latest-word") and not token.time else None
        behind = tokens[token.i + span[0]] if span is not None and token.i + span[0] < len(tokens) else None
        if behind is not None and (behind.get("verb") or behind.get("aux")):
            return True
    return False


def _same_delegation(visit: Encounter, meeting: Encounter) -> bool:
    """Whether those who travelled, none of them named, are those who met somebody: "… flies to Rome and meets Y"."""
    travellers = [s for s in meeting.guests if s.country != visit.host_country]
    if any(s.name for s in (*visit.guests, *travellers)):
        return False
    offices = {s.role for s in travellers}
    if visit.draft.sentence is not meeting.draft.sentence and (
        None in offices or offices != {s.role for s in visit.guests}
    ):
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
        any(x.name for x in a) != any(y.name for y in b)
        and len(a) != len(b)
        and not any(s.several for s in (*a, *b))  # "the royal couple"
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
    if (_headline(known) or _under_way(known)) and known.status == "held" and not known.own_date:
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
    """Take the finer date of two statements, the days of a stay that both tell of, the day on which a plan came true."""
    if (stay := whole(known, new)) is not None:
        known.date = stay
        return
    late = known.status in ("planned", "cancelled") and new.status == "held" and new.own_date
    late = late and overtaken(known.draft.clause)
    finer = new.date is not None and new.own_date and known.date is not None and dates.contains(known.date, new.date)
    finer = finer and not (known.kind == "visit" and of_days(str(known.date)))  # one day of the stay
    if late or finer or known.date is None or eve(known, new) or reached(known, new):
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
