"""Which claims of the documents count an encounter: what an editor changes in it may change what is said of these."""

from typing import Final

from sqlalchemy import Connection, and_, or_, select

from summitry.ask.people import named
from summitry.ask.rules import rule_of, window
from summitry.ask.selection import matching
from summitry.ask.sentences import tags, words
from summitry.ask.settle import brought
from summitry.ask.shelf import Claimed, claimed_where
from summitry.dates import bounds
from summitry.model import Claim, Encounter
from summitry.record import Record
from summitry.record.folding import fold_name
from summitry.record.schema import claims, encounters

_LOOKED_AT: Final = 200  # claims about the countries of an encounter, the latest first


def counting(record: Record, encounter: Encounter, most: int = 20) -> list[Claimed]:
    """Claims whose rule may count `encounter`, the latest documents first; those that are not understood are left out."""
    codes = {who.country for who in (*encounter.guests, *encounter.hosts) if who.country}
    codes |= {encounter.host_country} if encounter.host_country else set()
    about = or_(*(claims.c.body.contains(f'"{code}"') for code in sorted(codes)))
    found: list[Claimed] = []
    for one in claimed_where(record, about, _LOOKED_AT) if codes else ():
        scope = one.claim.scope
        sides = {code for code in (scope.guest_country, scope.host_country, *scope.countries) if code}
        if sides and sides <= codes and not scope.unread and _may(one, encounter):
            with record.reading() as connection:
                if _counts(connection, record, one, encounter.id):
                    found.append(one)
        if len(found) == most:
            break
    return found


def _may(one: Claimed, encounter: Encounter) -> bool:
    """Whether the window and the person leave it possible; cheap, for asking the record takes milliseconds a claim."""
    first, last = window(rule_of(one.claim, one.document.published))
    begin, end = bounds(encounter.date) if encounter.date else (None, None)
    if (first and end and end < first) or (last and begin and begin > last):
        return False
    person = one.claim.scope.person
    if not person or one.claim.scope.office:
        return True
    names = (who.name for who in (*encounter.guests, *encounter.hosts) if who.name)
    initials = {word[0] for name in (*names, *encounter.names) for word in fold_name(name).split()}
    return any(word[0] in initials for word in fold_name(person).split()[-1:])


def _counts(connection: Connection, record: Record, one: Claimed, identity: str) -> bool:
    claim: Claim = one.claim
    case, clear = brought(connection, record, claim, one.document.published, (), words(tags()[0]))
    rule = case.rule
    if not clear or not (rule.between or rule.guest or rule.host or rule.people):
        return False
    may = matching(rule, named(connection, rule.people)).may
    return connection.execute(select(encounters.c.id).where(and_(encounters.c.id == identity, may))).first() is not None


__all__ = ["counting"]
