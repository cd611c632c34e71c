"""Bring a claim before the record: the rule it means, whom its names stand for, and what is stated to be complete."""

from typing import Final

from msgspec.structs import replace
from sqlalchemy import Connection, select

from summitry.ask import covers
from summitry.ask.case import Case
from summitry.ask.offices import identities_of, in_office, in_office_during, office
from summitry.ask.people import identities, named
from summitry.ask.rules import rule_of, window
from summitry.ask.sentences import Words
from summitry.dates import bounds
from summitry.model import Claim, CountingRule, Coverage
from summitry.record import Record
from summitry.record.schema import participations

IN_OFFICE: Final = "in office"  # the capacity of "during his term": whatever office it was


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
    day = bounds(published)[1] if published else None
    return Case(record, claim, rule, day, tuple(covers.applicable(stated, rule)), words, stated), clear


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
