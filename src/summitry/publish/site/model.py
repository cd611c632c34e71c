"""What the pages of a static site show, worked out once from the encounters: pairs, people, sentences, order."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise

import msgspec

from summitry import dates
from summitry.model import Encounter, Participation
from summitry.publish import when
from summitry.publish.formats.common import Context, people, titles
from summitry.publish.people import key_of
from summitry.publish.site.names import Addresses, pair_address
from summitry.publish.tables import Language, load


class Person(msgspec.Struct):
    """Somebody with all encounters, by role, and what the sources printed."""

    key: str
    name: str
    country: str | None
    spellings: list[str] = []
    offices: list[str] = []
    encounters: dict[str, list[Encounter]] = {}

    @property
    def every(self) -> list[Encounter]:
        """All encounters once, in order."""
        found = {e.id: e for members in self.encounters.values() for e in members}
        return sorted(found.values(), key=lambda e: dates.sort_key(e.date))


class Contents(msgspec.Struct, frozen=True):
    """Everything that pages are made of. `neighbours` gives the encounters before and after of the same pair."""

    context: Context
    language: Language
    encounters: tuple[Encounter, ...]
    sentences: dict[str, str]
    pairs: dict[tuple[str, str], list[Encounter]]
    people: dict[str, Person]
    neighbours: dict[str, tuple[Encounter | None, Encounter | None]]
    addresses: Addresses

    def encounter_page(self, encounter: str) -> str:
        """The address of an encounter's page from the root of the site."""
        return f"e/{self.addresses.of(encounter)}.html"

    def person_page(self, who: Participation) -> str | None:
        """The address of the page of a named person, None for a delegation."""
        key = key_of(who)
        return f"p/{self.addresses.of(key)}.html" if key else None


def contents(encounters: Sequence[Encounter], context: Context) -> Contents:
    """Order, count and name everything that the site shows."""
    ordered = tuple(sorted(encounters, key=lambda e: dates.sort_key(e.date)))
    pairs: dict[tuple[str, str], list[Encounter]] = {}
    for encounter in ordered:
        for pair in sides(encounter):
            pairs.setdefault(pair, []).append(encounter)
    return Contents(
        context, load(context.options.lang), ordered, titles(ordered, context.options), pairs,
        _people(ordered, context), _neighbours(pairs), Addresses(),
    )  # fmt: skip


def sides(encounter: Encounter) -> list[tuple[str, str]]:
    """The pairs of countries that met: guests with hosts and the host country of a visit, else all with all."""
    guests = {w.country for w in encounter.guests if w.country}
    hosts = {w.country for w in encounter.hosts if w.country}
    if encounter.kind == "visit":
        hosts |= {encounter.host_country} if encounter.host_country else set()
        return sorted({_ordered(guest, host) for guest in guests for host in hosts if guest != host})
    return sorted(_ordered(one, other) for one, other in combinations(sorted(guests | hosts), 2))


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def pair_page(pair: tuple[str, str]) -> str:
    """The address of a pair's page from the root of the site."""
    return f"pairs/{pair_address(*pair)}.html"


def _neighbours(
    pairs: dict[tuple[str, str], list[Encounter]],
) -> dict[str, tuple[Encounter | None, Encounter | None]]:
    """The encounters before and after each one, of the busiest pair it belongs to."""
    found: dict[str, tuple[Encounter | None, Encounter | None]] = {}
    for _, members in sorted(pairs.items(), key=lambda item: len(item[1])):
        before = {later.id: earlier for earlier, later in pairwise(members)}
        after = {earlier.id: later for earlier, later in pairwise(members)}
        found |= {e.id: (before.get(e.id), after.get(e.id)) for e in members}
    return found


def _people(encounters: Sequence[Encounter], context: Context) -> dict[str, Person]:
    found: dict[str, Person] = {}
    names: dict[str, Counter[str]] = {}
    for encounter in encounters:
        for role, who in people(encounter):
            key = key_of(who)
            if key is None or who.name is None:
                continue
            house = context.options.names.get(key) or context.options.names.get(who.name)
            person = found.setdefault(key, Person(key, house or who.name, who.country, [], [], {}))
            if not house and len(who.name.split()) > len(person.name.split()):
                person.name = who.name
            names.setdefault(key, Counter())[who.name] += 1
            if who.role and who.role not in person.offices:
                person.offices.append(who.role)
            members = person.encounters.setdefault(role, [])
            if not members or members[-1].id != encounter.id:
                members.append(encounter)
    for key, person in found.items():
        person.spellings = [name for name, _ in names[key].most_common()]
    return found


def latest(encounters: Sequence[Encounter], language: Language) -> str:
    """The date of the last one that has any, in words."""
    dated = [e.date for e in encounters if e.date]
    return when.bare(language, dated[-1]) if dated else when.bare(language, None)
