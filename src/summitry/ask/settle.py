"""Bring a claim before the record: the rule it means, whom its names stand for, and what is stated to be complete."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection, select

from summitry.ask import covers
from summitry.ask.case import Case
from summitry.ask.offices import home, identities_of, in_office, in_office_during, office, office_of, span
from summitry.ask.people import identities, named
from summitry.ask.rules import rule_of, window
from summitry.ask.selection import seen
from summitry.ask.sentences import Words
from summitry.dates import bounds
from summitry.kinds import IN_OFFICE
from summitry.model import Claim, CountingRule, Coverage, Scope
from summitry.record import Record
from summitry.record.schema import participations

_JANUARY: Final = 1937  # since when presidents of the United States take office in January


def brought(
    connection: Connection,
    record: Record,
    claim: Claim,
    published: str | None,
    stated: tuple[Coverage, ...],
    words: Words,
) -> tuple[Case, bool]:
    """The claim on trial, and whether it is clear whom its names stand for."""
    rule, clear = _settled(connection, rule_of(claim, published), claim)
    if IN_OFFICE in rule.capacity and len(rule.people) == 1 and (title := in_office(rule.people[0])):
        rule = replace(rule, capacity=(title,))
    if claim.scope.title and not rule.capacity and (title := _held(rule, claim.scope.title)):
        rule = replace(rule, capacity=(title,))
    if claim.scope.stretch:
        rule = _cut(rule, claim.scope.stretch)
    if claim.scope.under:
        rule = _in_time_of(rule, claim.scope.under)
    if claim.scope.since_person and (since := _last_of(connection, rule, claim.scope)):
        claim = replace(claim, scope=replace(claim.scope, since=since))
    day = bounds(published)[1] if published else covers.horizon(stated, rule)
    if not published and day and not rule.end:  # what bears no date is judged as of the day that the record goes to
        rule = replace(rule, end=day.isoformat())
    found = tuple(covers.applicable(stated, rule))
    return Case(record, claim, rule, day, found, words, stated, undated=published is None), clear


def _settled(connection: Connection, rule: CountingRule, claim: Claim) -> tuple[CountingRule, bool]:
    """The rule with a name that fits several people settled on the one in office then; and whether that is clear."""
    with_ = [identities(connection, name) for name in rule.also]
    if any(len(found) > 1 for found in with_):
        return rule, False
    rule = replace(rule, also=tuple(next(iter(found), name) for found, name in zip(with_, rule.also, strict=True)))
    if not named(connection, rule.people).many:
        return replace(rule, people=tuple(_known(connection, name) for name in rule.people)), True
    scope = claim.scope
    first = bounds(scope.on or scope.start or "..")[0] if scope.on or scope.start else None
    last = window(rule)[1]
    settled = []
    for name in rule.people:
        found = identities(connection, name)
        fitting = sorted(found) if len(found) == 1 else in_office_during(found, first, last) if first else []
        fitting = fitting or _travelled(connection, found, rule)
        settled += fitting if len(fitting) == 1 else [name]
    clear = not named(connection, settled).many
    return (replace(rule, people=tuple(settled)), True) if clear else (rule, False)


def _held(rule: CountingRule, title: str) -> str | None:
    """The title before a name, if it is of an office that the authority knows the person to have held."""
    held = office_of(title, rule.guest[0]) if rule.guest and len(rule.people) == 1 else None
    who = identities_of(rule.people[0]) if held else frozenset()
    return title if held and any(row.person in who for row in held.holders) else None


def _cut(rule: CountingRule, part: str) -> CountingRule:
    """The rule for a part of the time in which its one person had the office it names; as it was if that is not known."""
    country = rule.guest[0] if rule.guest else None
    held = office_of(rule.capacity[0], country) if country and rule.capacity and len(rule.people) == 1 else None
    who = identities_of(rule.people[0]) if held else frozenset()
    spans = sorted({span(row) for row in held.holders if row.person in who}) if held else []
    if part[0] == "T":
        terms = [term for begin, end in spans for term in _terms(begin, end)] if country == "US" else []
        first, last = terms[int(part[1:]) - 1] if int(part[1:]) <= len(terms) else (None, None)
    else:
        first = spans[0][0] if spans else None
        last = _later(first, part) if first else None
    if first is None or last is None:
        return rule
    return replace(rule, start=first.isoformat(), end=min(last.isoformat(), rule.end or last.isoformat()))


def _in_time_of(rule: CountingRule, name: str) -> CountingRule:
    """The rule for the time in which `name` had the highest office they ever had; without a beginning if that is open."""
    title, country = in_office(name), home(name)
    held = office_of(title, country) if title and country else None
    who = identities_of(name) if held else frozenset()
    last = window(rule)[1] or date.max
    spans = sorted({span(row) for row in held.holders if row.person in who}) if held else []
    spans = [one for one in spans if one[0] <= last]
    if len(spans) != 1:  # not known, or twice in office
        return replace(rule, start=None)
    begin, end = (day.isoformat() for day in spans[0])
    return replace(rule, start=max(begin, rule.start or begin), end=min(end, rule.end or end))


def _terms(begin: date, end: date) -> Iterator[tuple[date, date]]:
    """The terms of a president of the United States: from inauguration (4 March, since 1937 20 January) to the next."""
    while begin < end and begin.year < date.max.year - 8:  # who is in office has no end
        year = begin.year + (1 - begin.year) % 4
        turns = (date(one, 1, 20) if one >= _JANUARY else date(one, 3, 4) for one in (year, year + 4))
        turn = next(day for day in turns if day > begin)
        yield begin, min(turn, end)
        begin = turn


def _later(day: date, duration: str) -> date:
    """The last day of so many years or months (P1Y, P3M) that begin with `day`."""
    months = int(duration[1:-1]) * (12 if duration[-1] == "Y" else 1)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28)) - timedelta(days=1)


def _last_of(connection: Connection, rule: CountingRule, scope: Scope) -> str | None:
    """When somebody was last there before the encounter that a claim speaks of: "the first president since Nixon"."""
    capacity = (rule.people[0].partition(" ")[2],) if scope.office and rule.people else ()
    own = replace(rule, people=(str(scope.since_person),), capacity=capacity, start=None, end=scope.on or rule.end)
    found = [one for one in seen(connection, own) if one.sure]
    return found[-1].date if found else None


def _travelled(connection: Connection, found: set[str], rule: CountingRule) -> list[str]:
    """Those of `found` who are guests of the rule's country anywhere in the record."""
    p = participations.c
    query = select(p.person).where(p.person.in_(found), p.side == "guest", p.country.in_(rule.guest)).distinct()
    return [str(one) for one in connection.execute(query).scalars()]


def _known(connection: Connection, name: str) -> str:
    """The name, or the identity behind a spelling that the record knows and the authority does not."""
    found = set() if office(name) or identities_of(name) else identities(connection, name)
    return next((one for one in found if identities_of(one)), name)


__all__ = ["brought"]
