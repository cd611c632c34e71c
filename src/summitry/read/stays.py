"""Which days of one stay the sentences of a document tell: the arrival, the talks of the day after, the departure."""

from summitry import dates
from summitry.read.encounters import Encounter
from summitry.read.realities import overtaken

WEEK = 7  # days by which a plan was missed, at most
TOUR = 10  # days of a journey of several stops, at most
ARRIVED = 4  # days between an arrival and what is told of the same stay, at most
LINES = 4  # between an arrival and what is told of the same stay, at most
STAY = 2  # days between two statements of one stay, at most


def dates_join(a: Encounter, b: Encounter) -> bool:
    if a.date is None or b.date is None:
        return not (a.entry or b.entry) or "held" not in (a.status, b.status)
    return dates.overlaps(a.date, b.date) or eve(a, b) or reached(a, b)


def reached(a: Encounter, b: Encounter) -> bool:
    """ "flies to Ghana and Togo on Sunday. … In Togo he has talks on Wednesday": when a later stop is reached."""
    if not a.on_way or not b.own_date or a.date is None or b.date is None or a.host_country != b.host_country:
        return False
    return after(a.date, b.date) and dates.gap_days(a.date, b.date)[0] <= TOUR


def eve(a: Encounter, b: Encounter) -> bool:
    """ "will visit next week. … He arrives on Sunday": the day before the week in which the stay was said to be."""
    if {a.status, b.status} != {"planned"} or a.date is None or b.date is None:
        return False
    (first, last), (day, end) = dates.bounds(a.date), dates.bounds(b.date)
    if first is None or last is None or day is None or (last - first).days != WEEK - 1:
        return False
    return day == end and (first - day).days == 1


def during(visit: Encounter, meeting: Encounter) -> bool:
    """ "flew to Bangkok on Monday and held talks a day later": a meeting told in the sentence of the visit."""
    if visit.kind != "visit" or meeting.kind != "meeting" or meeting.host_country is not None:
        return False
    return visit.draft.sentence is meeting.draft.sentence and visit.status == meeting.status == "held"


def one_stay(visit: Encounter, later: Encounter) -> bool:
    """ "arrived on Monday. … On Tuesday he is to meet the king": days of one stay that the text tells one by one."""
    if visit.kind != "visit" or later.kind == "call" or visit.entry or later.entry:
        return False
    if not {visit.status, later.status} <= {"held", "planned"}:
        return False
    if visit.date is None or later.date is None or dates.precision(later.date) != "day" or not of_days(visit.date):
        return False
    if dates.overlaps(visit.date, later.date):
        return visit.date != later.date and later.block - visit.block <= LINES  # one of its days
    ordered = after(visit.date, later.date) or arrived(visit, later)
    reach = STAY if ordered else 1  # "tags zuvor hatte sie ihn empfangen"
    begun = (visit if after(visit.date, later.date) else later).draft.frame in ("move", "stay")
    begun = begun and visit.status == later.status
    near = later.block - visit.block <= (LINES if begun else 1)
    return near and dates.gap_days(visit.date, later.date)[0] <= (ARRIVED if begun else reach)


def leaves(a: Encounter, b: Encounter) -> bool:
    """ "arrived on Sunday. … He will leave on Wednesday", or the other way round: beginning and end of one stay."""
    return _ends(a, b) or _ends(b, a) and b.draft.frame == "move"


def _ends(visit: Encounter, later: Encounter) -> bool:
    if visit.kind != "visit" or later.draft.frame != "return" or visit.entry or later.entry:
        return False
    if visit.status == "cancelled" or visit.date is None or later.date is None:
        return False
    return dates.gap_days(visit.date, later.date)[0] <= WEEK and not after(later.date, visit.date)


def arrived(visit: Encounter, later: Encounter) -> bool:
    """ "X was to meet Y on Thursday. X, who arrived on Wednesday, …": of what is planned the stay has begun."""
    return visit.status == "planned" and later.status == "held" and later.kind == "visit"


def kept_late(a: Encounter, b: Encounter) -> bool:
    """ "arrived on Wednesday. He had been due on Tuesday": a plan that was not kept, and what came of it."""
    if a.kind != b.kind or a.entry or b.entry or a.date is None or b.date is None:
        return False
    plan = next((e for e in (a, b) if e.status in ("planned", "cancelled") and overtaken(e.draft.clause)), None)
    return plan is not None and "held" in (a.status, b.status) and dates.gap_days(a.date, b.date)[0] <= WEEK


def after(first: str, second: str) -> bool:
    return dates.sort_key(first) < dates.sort_key(second)


def whole(visit: Encounter, later: Encounter) -> str | None:
    """The days of a stay of which a further statement tells another one; None where that says nothing of its length.

    "arrived on Monday. … On Tuesday she met the king": Monday and Tuesday.
    """
    if not (one_stay(visit, later) or leaves(visit, later)) or kept_late(visit, later):
        return None
    if not (visit.own_date and later.own_date) or visit.on_way:
        return None
    first, last = sorted((str(visit.date), str(later.date)), key=dates.sort_key)
    days = of_days(first) and of_days(last) and not dates.overlaps(first, last)
    return dates.interval(first, last) if days else None


def of_days(value: str) -> bool:
    """Whether a date is a day, or some days in a row, and not a week or month in which there was one."""
    first, last = dates.bounds(value)
    sure = not dates.qualifier(value) and first is not None and last is not None
    return sure and (last - first).days < WEEK - 1  # type: ignore[operator]
