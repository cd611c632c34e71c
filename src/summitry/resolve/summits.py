"""A summit and its bilaterals are parent and children: same country, same days, sides among the summit's sides."""

from collections.abc import Iterable

from summitry.dates import gap_days
from summitry.model import Encounter

_NEAR = 1  # days between a summit and what belongs to it


def countries(encounter: Encounter) -> frozenset[str]:
    """The sides of an encounter; of a visit also the country visited."""
    named = {person.country for person in encounter.guests + encounter.hosts if person.country}
    visited = {encounter.host_country} if encounter.kind == "visit" and encounter.host_country else set()
    return frozenset(named | visited)


def is_summit(encounter: Encounter) -> bool:
    """A meeting of three sides or more."""
    return encounter.kind == "meeting" and len(countries(encounter)) > 2


def parent_of(child: Encounter, candidates: Iterable[Encounter]) -> str | None:
    """The id of the summit that an encounter is part of, `None` if there is none.

    Of several the one with the fewest sides, then the lowest id, is taken. Exact to about a month only: an encounter
    dated by the year belongs to nothing.
    """
    sides = countries(child)
    fitting = [
        (len(countries(summit)), summit.id)
        for summit in candidates
        if summit.id != child.id and is_summit(summit) and sides < countries(summit) and _together(child, summit)
    ]
    return min(fitting)[1] if fitting and child.kind != "call" else None


def _together(a: Encounter, b: Encounter) -> bool:
    if not (a.date and b.date and a.host_country) or a.host_country != b.host_country:
        return False
    least, greatest = gap_days(a.date, b.date)
    return least <= _NEAR and greatest is not None and greatest <= 45


def parents(encounters: Iterable[Encounter]) -> dict[str, str]:
    """Child -> parent for a set of encounters that holds all of the countries and days in question."""
    every = list(encounters)
    summits: dict[str | None, list[Encounter]] = {}
    for encounter in every:
        if is_summit(encounter):
            summits.setdefault(encounter.host_country, []).append(encounter)
    found = ((child.id, parent_of(child, summits.get(child.host_country, ()))) for child in every)
    return {child: parent for child, parent in found if parent}
