"""The people of one encounter out of the participants of all its reports: each person once, under the fullest name."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from summitry.kinds import LEVELS
from summitry.model import Participation, Report
from summitry.resolve.compare import COMPATIBLE, compare_names
from summitry.resolve.names import parse

_RANK = {level: at for at, level in enumerate(LEVELS)}


def merge_people(people: Iterable[Participation]) -> tuple[Participation, ...]:
    """Each person once, in the order of first mention of their country and name.

    Names are placed from the fullest to the barest, so that a surname finds its owner; one without a name is left out
    where somebody of that country and level is named.
    """
    given = list(people)
    named = sorted(
        (person for person in given if person.name), key=lambda p: (-len(parse(p.name or "").tokens), p.name or "")
    )
    groups: list[list[Participation]] = []
    for person in named:
        home = next((group for group in groups if _same(person, group)), None)
        if home is None:
            groups.append([person])
        else:
            home.append(person)
    unnamed: list[list[Participation]] = []
    for person in (p for p in given if not p.name):
        if any(_covers(group, person) for group in groups):
            continue
        home = next((group for group in unnamed if _alike(group[0], person)), None)
        if home is None:
            unnamed.append([person])
        else:
            home.append(person)
    order = {person: at for at, person in reversed(list(enumerate(given)))}
    ranked = sorted(groups + unnamed, key=lambda group: min(order[person] for person in group))
    return tuple(_one(group) for group in ranked)


def _same(person: Participation, group: Sequence[Participation]) -> bool:
    """Whether the person is the one of the group: by identity, else by country and name."""
    for other in group:
        if person.person and other.person:
            return person.person == other.person
    same_country = not (person.country and group[0].country) or person.country == group[0].country
    return same_country and compare_names(*sorted((person.name or "", group[0].name or ""))).value >= COMPATIBLE


def _covers(group: Sequence[Participation], unnamed: Participation) -> bool:
    """Whether an unnamed participant may be the person of the group."""
    if any(unnamed.person and unnamed.person == other.person for other in group):
        return True
    if unnamed.country != group[0].country:
        return False
    levels = {other.level for other in group if other.level}
    return not unnamed.level or not levels or unnamed.level in levels


def _alike(a: Participation, b: Participation) -> bool:
    return a.country == b.country and (a.level == b.level or not a.level or not b.level)


def _one(group: Sequence[Participation]) -> Participation:
    """One participant out of several mentions: fullest name, commonest role, highest level that was stated."""
    names = Counter(person.name for person in group if person.name)
    roles = Counter(person.role for person in group if person.role)
    levels = [person.level for person in group if person.level]
    name = min(names, key=lambda n: (-len(parse(n).tokens), -names[n], -len(n), n), default=None)
    role = min(roles, key=lambda r: (-roles[r], -len(r), r), default=None)
    return msgspec.structs.replace(
        group[0],
        country=next((person.country for person in group if person.country), None),
        name=name,
        role=role,
        level=min(levels, key=_RANK.__getitem__, default=None),
        person=next((person.person for person in group if person.person), None),
    )


def printed_names(reports: Iterable[Report]) -> tuple[str, ...]:
    """Every variant of a name that the reports print."""
    everyone = (person for report in reports for person in report.guests + report.hosts)
    return tuple(sorted({person.name for person in everyone if person.name}))
