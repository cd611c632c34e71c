"""Where a journey leads that a sentence takes apart: "his tour, which included stops in Chile and Peru"."""

from collections.abc import Sequence

from summitry.read.clause import Clause
from summitry.read.drafts import GEO, Draft
from summitry.read.phrase import Phrase

JOURNEYS = ("visit", "move", "stay", "stops")


def take_apart(found: Sequence[Draft], clauses: Sequence[Clause]) -> None:
    """Give the drafts of journeys the stops that a verb of including names, and those who make them."""
    for clause in clauses:
        if clause.main is None or clause.main.frame != "belong" or clause.negated:
            continue
        at = clause.main.at
        places = [p for p in clause.phrases if p.kind in GEO - {"organization"} and not p.prep and p.start > at]
        own = [d for d in found if d.clause is clause and d.trigger_noun is not None and _journey(d.trigger_noun)]
        for draft in own:
            draft.destinations += [p for p in places if p not in draft.destinations and p.start > draft.trigger]
            if draft.destinations:
                draft.frame = "stops"
                draft.guests = draft.guests or _travellers(clause)
        above = [d for d in found if d.clause is clause.parent and not d.destinations]
        for draft in above if not own else ():
            nouns = [*draft.events, *([draft.trigger_noun] if draft.trigger_noun is not None else [])]
            if any(_journey(p) and p.end <= at for p in nouns):
                draft.destinations += places


def _journey(phrase: Phrase) -> bool:
    return phrase.kind == "noun" and phrase.frame in JOURNEYS


def _travellers(clause: Clause) -> list[Phrase]:
    """Whose journey it is: the owner of the noun that includes the stops, or the subject of the clause above."""
    owners = [p.owner for p in clause.subject if _journey(p) and p.owner is not None and p.owner.actor]
    above = clause.parent
    if owners or above is None or clause.kind not in ("participle", "relative"):
        return owners
    owners = [p.owner for p in above.phrases if _journey(p) and p.owner is not None and p.owner.actor]
    return owners or [p for p in above.subject if p.kind in ("person", "office")]
