"""What the record claims to be complete for: without it, absence proves nothing (DESIGN §3, law 6)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, cast

from msgspec.structs import replace

from summitry.ask.offices import (
    Office,
    capacity,
    home,
    identities_of,
    office,
    office_of,
    span,
    tenures,
)
from summitry.ask.rules import kinds_of
from summitry.dates import bounds
from summitry.kinds import Level, levels_from
from summitry.model import CountingRule, Coverage
from summitry.record.folding import fold_name
from summitry.territories import state_of

OPEN: Final = ("", "..")  # from the beginning, until today


def applicable(stated: Iterable[Coverage], rule: CountingRule) -> list[Coverage]:
    """The statements that speak about everything `rule` counts, each cut to the time for which it does.

    A statement about two countries covers what they have to do with each other; one about one country, all of its
    encounters; one about guests or hosts, visits that way; one about people or an office, theirs alone; one about a
    level, only rules that count no lower level. Of a person, a statement about an office or a level speaks for the
    calendar years in which the authority has the person in it.
    """
    return [cut for one in stated if _speaks(one, rule) for cut in _narrowed(one, rule)]


def horizon(stated: Iterable[Coverage], rule: CountingRule) -> date | None:
    """The last day of the statements that speak about what `rule` counts; None where none does, or one has no end."""
    last = max((_span(one)[1] for one in stated if _speaks(one, rule) and _narrowed(one, rule)), default=date.max)
    return None if last == date.max else last


def _speaks(one: Coverage, rule: CountingRule) -> bool:
    """Whether a statement is about the sides and the kinds that a rule counts."""
    return _same_sides(one, rule) and (not one.kind or set(kinds_of(rule)) <= set(one.kind) != set())


def _same_sides(one: Coverage, rule: CountingRule) -> bool:
    guests = {*rule.guest} or {code for name in rule.people if (code := home(name))}
    countries = {*rule.between, *rule.guest, *rule.host} | guests
    if not set(one.countries) <= countries:
        return False
    if any(state_of(host) in guests for host in rule.host):
        return False  # who travels abroad is not listed at home, nor in a territory of the own state
    travelling = "visit" in kinds_of(rule) and not rule.between
    if one.guest and not (travelling and guests and guests <= set(one.guest)):
        return False
    return not one.host or bool(travelling and rule.host and set(rule.host) <= set(one.host))


def _narrowed(one: Coverage, rule: CountingRule) -> list[Coverage]:
    """The statement for the time in which it speaks of the rule's people and levels; nothing where it does not."""
    if one.level and rule.level and levels_from(rule.level) <= levels_from(one.level):
        return [one]
    if one.people and not any(office(name) for name in one.people) and not one.level:
        named = {fold_name(name) for name in one.people}
        return [one] if rule.people and {fold_name(name) for name in rule.people} <= named else []
    if not one.people and not one.level:
        return [one]
    held = next((found for name in one.people if (found := office(name))), None)
    if len(rule.people) != 1:
        return []
    return _in_office(one, rule, held)


def terms(rule: CountingRule) -> list[tuple[date, date]]:
    """From when to when the one person of a rule had the office that the rule names; [] where it names none."""
    if len(rule.people) != 1 or not rule.capacity or office(rule.people[0]):
        return []
    asked = _asked(rule)
    if asked is None:
        return []
    spans = [span(row) for row in asked.holders if row.person in identities_of(rule.people[0])]
    return [(min(begin for begin, _ in spans), max(end for _, end in spans))] if spans else []


def _asked(rule: CountingRule) -> Office | None:
    """The office that a rule about one person is about: the person's capacity."""
    country = home(rule.people[0])
    offices = [_capacity(said, country) for said in rule.capacity] if country else []
    return next((found for found in offices if found), None)


def _in_office(one: Coverage, rule: CountingRule, held: Office | None) -> list[Coverage]:
    """A statement about an office, or about a level, for a rule about one office or one person."""
    name = rule.people[0]
    asked = office(name) or _asked(rule)
    if asked:
        if held:
            return [one] if _covers_posts(held, asked) else []
        levels = {row.level for row in asked.holders}
        return [one] if one.level and levels and levels <= levels_from(one.level) else []
    if rule.capacity:
        return []
    level = cast("Level | None", one.level.removesuffix("+") if one.level else None)
    return [cut for begin, end in tenures(name, held, level) if (cut := _cut(one, begin, end))]


def _capacity(said: str, country: str) -> Office | None:
    return None if capacity(said) else office_of(said, country)


def _covers_posts(stated: Office, asked: Office) -> bool:
    """Whether who holds the office asked about holds the one stated."""
    return stated.country == asked.country and set(asked.holders) <= set(stated.holders) | {
        row for row in asked.holders if row.post in stated.posts
    }


def _cut(one: Coverage, begin: date, end: date) -> Coverage | None:
    first, last = _span(one)
    first, last = max(first, begin), min(last, end)
    return replace(one, start=first.isoformat(), end=last.isoformat()) if first <= last else None


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
