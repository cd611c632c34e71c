"""Judge claims about each of several: "every year between 2017 and 2019", "every US president since Truman".

What is listed for each of them bears the claim out; for the one that lacks it the record must be complete.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from msgspec.structs import replace

from summitry.ask.case import Case
from summitry.ask.count import count
from summitry.ask.group import count_by
from summitry.ask.offices import identities_of, office, span
from summitry.ask.rules import window
from summitry.dates import bounds
from summitry.model import Comparison, Count, Verdict

EACH: Final = ("each-year", "each-holder")


class _One(NamedTuple):
    """A year or a holder: how it is called, when it was, and what the record lists for it."""

    name: str
    begin: date
    end: date
    found: Count
    edge: bool = False  # whether it is meant as well is open


def each(case: Case, comparison: Comparison) -> Verdict:
    """The verdict on a claim that there was at least one for each year, or for each holder of an office."""
    every = _years(case) if comparison.among == "each-year" else _holders(case, comparison)
    if every is None:
        return case.says("not-checkable", "no-office")
    listed = tuple(dict.fromkeys(one for each_ in every for one in each_.found.encounters))
    missing = [one for one in every if not one.found.high]
    open_ = [one for one in every if not one.found.low and one.found.high]
    if not every or not listed:
        return case.says("not-checkable", "nothing-known")
    if not missing and not open_:
        return case.says("supported", "each-supported", encounters=listed, which=_names(every))
    plain = [one for one in missing if not one.edge]
    if any(case.covered(one.begin, one.end) for one in plain):
        lacking = [one for one in plain if case.covered(one.begin, one.end)]
        return case.says("contradicted", "each-missing", encounters=listed, which=_names(lacking))
    if plain:
        return case.says("not-checkable", "each-uncovered", encounters=listed, which=_names(plain))
    if open_:
        return case.says("possible", "each-possible", encounters=listed, which=_names(open_))
    return case.says("depends-on-rule", "each-edge", encounters=listed, which=_names(missing))


def _names(some: Iterable[_One]) -> str:
    return ", ".join(one.name for one in some)


def _years(case: Case) -> list[_One] | None:
    """Every year of the window; of the first and the last perhaps only a part is meant."""
    first, last = window(case.rule)
    last = last or case.published
    if first is None or last is None:
        return None
    groups = {group.key: group.count for group in count_by(case.record, case.rule, "year") if group.key}
    found = []
    for year in range(first.year, last.year + 1):
        begin, end = date(year, 1, 1), date(year, 12, 31)
        number = groups.get(str(year)) or Count(0, 0, case.rule, ())
        found.append(_One(str(year), begin, end, number, edge=begin < first or end > last))
    return found


def _holders(case: Case, comparison: Comparison) -> list[_One] | None:
    """Everybody who came into the office since the one that is named, or was in it since a day."""
    name = case.rule.people[0] if case.rule.people else ""
    held = office(name)
    last = case.published or date.max
    if held is None:
        return None
    spans: dict[str, tuple[date, date]] = {}
    called: dict[str, str] = {}
    for row in held.holders:
        begin, end = span(row)
        old = spans.get(row.person, (begin, end))
        spans[row.person] = (min(old[0], begin), max(old[1], end))
        called[row.person] = row.name
    whose = identities_of(comparison.person) if comparison.person else frozenset()
    first = min((spans[one][0] for one in whose if one in spans), default=None)
    since = bounds(comparison.start)[0] if comparison.start else None
    if comparison.person and first is None:
        return None
    found = []
    for person, (begin, end) in sorted(spans.items(), key=lambda one: one[1]):
        if begin > last or (first and begin < first) or (since and end < since):
            continue
        rule = replace(case.rule, people=(person,), capacity=(name.partition(" ")[2],))
        edge = person in whose or (since is not None and begin < since)
        found.append(_One(called[person], begin, min(end, last), count(case.record, rule), edge))
    return found


__all__ = ["EACH", "each"]
