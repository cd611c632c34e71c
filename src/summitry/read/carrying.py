"""The date that an encounter without one of its own takes from what was told just before.

A story goes on: who landed on Monday and "then conferred with" somebody did so on Monday, and the further stops of a
journey lie in its month. Only what shares somebody with the encounter before goes on from it, and nothing that looks
back ("had last met", "previously").
"""

from collections.abc import Sequence

from summitry import dates
from summitry.read.clause import Clause
from summitry.read.joining import Encounter

AHEAD = ("planned", "proposed")
BACK = 3  # encounters at most that lie between


def carried(encounter: Encounter, told: Sequence[Encounter]) -> str | None:
    """The date of the encounter told before from which this one goes on; None if there is none."""
    if encounter.status not in ("held", *AHEAD) or encounter.entry or _looks_back(encounter):
        return None
    for last in reversed(told[-BACK:]):
        if encounter.draft.sentence.block - last.block > 1:
            return None
        if last.date is None or last.entry or (last.status in AHEAD) != (encounter.status in AHEAD):
            continue
        if last.status == "cancelled" or _before_that(encounter.draft.clause, last.draft.clause):
            continue
        if _shares_somebody(encounter, last) or _hangs_on(encounter, last):
            return last.date if _there(encounter, last) else month(last.date)
    return None


def month(value: str) -> str:
    """The month, or the year, that holds a date; the date itself if it lies in two."""
    low, high = dates.bounds(value)
    if low is None or high is None or dates.precision(value) == "year":
        return value
    return dates.cover(low.isoformat()[:7], high.isoformat()[:7]) or value


def _there(encounter: Encounter, last: Encounter) -> bool:
    return encounter.kind != "visit" and encounter.host_country is None or encounter.host_country == last.host_country


def _shares_somebody(a: Encounter, b: Encounter) -> bool:
    names = {s.name for s in (*a.guests, *a.hosts) if s.name}
    return any(s.name in names for s in (*b.guests, *b.hosts))


def _hangs_on(encounter: Encounter, last: Encounter) -> bool:
    """Whether its clause depends on that of the other: "spoke with X, while his colleague opened an embassy in Y"."""
    if encounter.draft.sentence is not last.draft.sentence or encounter.draft.clause.kind != "subordinate":
        return False
    return encounter.draft.clause.parent is last.draft.clause


def _looks_back(encounter: Encounter) -> bool:
    draft = encounter.draft
    spans = draft.clause.spans or [(draft.clause.start, draft.clause.end)]
    return any(t.has("word", "formerly") for a, b in spans for t in draft.sentence.tokens[a:b])


def _before_that(clause: Clause, other: Clause) -> bool:
    """Whether a clause tells what had been before the other: "He had met her in Oslo"."""
    return _pluperfect(clause) and not _pluperfect(other)


def _pluperfect(clause: Clause) -> bool:
    had = any(
        v.aux and v.form == "past" and (v.lemma == "have" or v.lemma == "be" and not clause.passive)
        for v in clause.verbs
    )
    return had and clause.main is not None and clause.main.form == "part"
