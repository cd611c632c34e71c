"""Say in SQL where something took place: in a country, on its ground when that was another state's, in a region."""

import functools
from typing import Final

from sqlalchemy import ColumnElement, and_, false, literal, or_, select

from summitry import cities, lexicon, territories
from summitry.kinds import Kind
from summitry.model import CountingRule
from summitry.record.folding import fold_words
from summitry.record.schema import encounters, participations

Condition = ColumnElement[bool]
_CITIES: Final = 60  # names of places by which the ground of a former state is told apart


@functools.lru_cache(200)
def hosted_by(codes: tuple[str, ...], kinds: tuple[Kind, ...]) -> tuple[Condition, Condition]:
    """That one of the countries was host: possibly, surely.

    Surely also where the host was the same state in law under another name (Russia continues the Soviet Union), and
    where the place lies in a territory that is no state of its own: Greenland, Hong Kong. Possibly where the place lies in the country today but belonged to another state then: Kingston before 1962.
    """
    p, e = participations.c, encounters.c
    same = {code for code in territories.territories() if any(territories.same_state(code, one) for one in codes)}
    same |= set(codes)
    own = select(p.encounter).where(p.country.in_(sorted(same)), p.side != "guest")
    surely = or_(e.host_country.in_(sorted(same)), and_(e.host_country.is_(None), e.id.in_(own)))
    if kinds != ("visit",):  # who hosts a meeting in a third country is not that country
        surely = e.id.in_(own)
    territories_ = [code for code in codes if territories.state_of(code) != code]
    if territories_:
        surely = or_(surely, e.place_country.in_(territories_))
    abroad = and_(e.place_country.in_(codes), e.host_country.not_in(sorted(same)))
    return or_(surely, abroad, *(_once(code, same) for code in codes)), surely


def _once(code: str, same: set[str]) -> Condition:
    """That the host was a former state of which the country was a part, and the place may lie in it."""
    former = (
        [one for one in territories.predecessors(code) if one not in same] if code in territories.territories() else []
    )
    if not former:
        return false()
    place = encounters.c.place
    here = [place.contains(city, autoescape=True) for city in _cities(code)]
    return and_(encounters.c.host_country.in_(former), or_(place.is_(None), *here))


@functools.cache
def _cities(code: str) -> tuple[str, ...]:
    """Names of places in a country, in all languages that can be read, folded as the record folds them."""
    found: dict[str, None] = {}
    for tag in lexicon.languages():
        for first, entries in lexicon.load(tag).index.items():
            for entry in entries:
                if entry.kind == "place" and entry.value == code and not entry.extra.endswith("|gen"):
                    found[fold_words(" ".join((first, *entry.rest)))] = None
    return tuple(name for name in found if len(name) > 2)[:_CITIES]


def in_region(names: tuple[str, ...]) -> Condition:
    """That the host country lies in one of the UN M49 regions or subregions."""
    codes = [code for code, one in territories.territories().items() if not set(names).isdisjoint(one.regions)]
    return encounters.c.host_country.in_(codes)


def at_place(rule: CountingRule) -> tuple[Condition, Condition]:
    """That it was in the place the rule gives, alone or among others: possibly, surely.

    Possibly where the rule names the host as well and no place is known: a visit to Egypt may have been to Cairo.
    """
    place = encounters.c.place
    padded = literal(" ") + place + " "
    surely = or_(*(padded.contains(f" {name} ", autoescape=True) for name in spellings(rule.place or "")))
    return (or_(place.is_(None), surely) if rule.host else surely), surely


@functools.cache
def spellings(name: str) -> tuple[str, ...]:
    """A city's names in all our languages, folded as the record folds them; the name alone where we know no such city."""
    city = next((one for one in cities.every() if fold_words(name) in map(fold_words, one.spellings)), None)
    return tuple(sorted({fold_words(one) for one in city.spellings})) if city else (fold_words(name),)
