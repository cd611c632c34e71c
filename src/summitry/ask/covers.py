"""What the record claims to be complete for: without it, absence proves nothing (DESIGN §3, law 6)."""

from collections.abc import Iterable
from datetime import date, timedelta

from summitry.dates import bounds
from summitry.kinds import levels_from
from summitry.model import CountingRule, Coverage
from summitry.record.folding import fold_name

OPEN = ("", "..")  # from the beginning, until today


def applicable(stated: Iterable[Coverage], rule: CountingRule) -> list[Coverage]:
    """The statements that speak about everything `rule` counts.

    A statement about two countries covers what they have to do with each other; one about one country, all of its
    encounters; one about people, theirs alone; one about a level, only rules that count no lower level.
    """
    countries = {*rule.between, *rule.guest, *rule.host}
    people = {fold_name(name) for name in rule.people}
    found = []
    for one in stated:
        levels = levels_from(rule.level) if rule.level else None
        if not set(one.countries) <= countries:
            continue
        if one.people and not (people and people <= {fold_name(name) for name in one.people}):
            continue
        if one.level and not (levels and levels <= levels_from(one.level)):
            continue
        found.append(one)
    return found


def covers(stated: Iterable[Coverage], first: date | None, last: date | None) -> bool:
    """Whether the periods of `stated` together leave no day open from `first` (None: the beginning) to `last`.

    `last` None means: as far as anything is known, which only a coverage with an open end fulfils.
    """
    reached = date.min if first is None else first
    until = last or date.max
    spans = sorted(_span(one) for one in stated)
    for begin, end in spans:
        if begin <= reached and end >= reached:
            if end >= until:
                return True
            reached = end + timedelta(days=1)
    return False


def since(stated: Iterable[Coverage]) -> date | None:
    """The first covered day; None if nothing is covered, or everything from the beginning."""
    first = min((_span(one)[0] for one in stated), default=date.min)
    return None if first == date.min else first


def _span(one: Coverage) -> tuple[date, date]:
    begin = None if one.start in OPEN else bounds(one.start)[0]
    end = None if one.end in OPEN else bounds(one.end)[1]
    return begin or date.min, end or date.max
