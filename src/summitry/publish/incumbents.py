"""Offices that no report names: whoever is known by name alone is introduced by the office held at the time."""

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from summitry.authority import Authority
from summitry.kinds import LEVELS
from summitry.model import Encounter, Participation
from summitry.publish.offices import identify

_RANKS = list(LEVELS)


def held_offices(encounters: Iterable[Encounter], authority: Authority) -> dict[str, dict[str, str]]:
    """Encounter -> person -> the title that the authority has for them then, of those whose office is never printed.

    Only an office that all languages have a word for, held throughout the days on which the encounter may have been;
    the highest of several, and never one held for another country than the person appears for.
    """
    people = [(one, who) for one in encounters for who in (*one.guests, *one.hosts) if who.person]
    printed = {who.person for _, who in people if who.role}
    found: dict[str, dict[str, str]] = {}
    for one, who in people:
        if who.person and who.person not in printed and not who.capacity and one.date:
            title = _title(who, who.person, one.date, authority)
            if title:
                found.setdefault(one.id, {})[who.person] = title
    return found


def _title(who: Participation, person: str, on: str, authority: Authority) -> str | None:
    held = [one for one in authority.held_throughout(person, on) if one.country == who.country]
    known = [one for one in held if identify(one.title, one.country)]
    highest = sorted(known, key=lambda one: _RANKS.index(one.level))
    return highest[0].title if highest else None


def with_offices(encounters: Iterable[Encounter], offices: Mapping[str, Mapping[str, str]]) -> list[Encounter]:
    """The encounters as they are told: with the offices of `held_offices` where none is printed."""
    return [_introduced(one, offices[one.id]) if one.id in offices else one for one in encounters]


def _introduced(encounter: Encounter, held: Mapping[str, str]) -> Encounter:
    def told(side: tuple[Participation, ...]) -> tuple[Participation, ...]:
        return tuple(replace(who, role=who.role or held.get(who.person or "")) for who in side)

    return replace(encounter, guests=told(encounter.guests), hosts=told(encounter.hosts))
