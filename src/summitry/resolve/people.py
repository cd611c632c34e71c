"""The people of a record: one person for all spellings of a name, under one caption.

A function of the names that the record holds, and of nothing else: the same names give the same people in whatever
order they came. The caption is the usual English spelling: the authority's, else chosen among the printed ones.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

import msgspec
from anyascii import anyascii

from summitry.authority import Authority
from summitry.model import Person
from summitry.resolve import hangul
from summitry.resolve.compare import COMPATIBLE, SAME, compare_names
from summitry.resolve.names import block, parse
from summitry.resolve.statement import short_id

# Spellings that a name has in German, French, Spanish or a scholarly transliteration rather than in English.
_FOREIGN: Final = re.compile(
    r"sch|tsch|tch|dsch|[aeo]w\b|\bw(?=[^aeiouhr])|\bwl|(?<=[aeiou])w(?=[aeiou])|[^aeiou]j(?=[aeou])|[aeiou]j\b|[^\W\d_]ou\b"
    r"|ch(?=ov|ine|kin)|kine\b|[^\x00-\x7f]",
    re.IGNORECASE,
)
_ROMANISED: Final = ((re.compile(r"(?:iy|yy|ii)\b"), "y"), (re.compile(r"['’]"), ""))


class Printed(NamedTuple):
    """A name as it stands in the record: of which country, how often, and whom the authority knows it to be."""

    country: str | None
    name: str
    times: int = 1
    person: str | None = None


class People(NamedTuple):
    """All people, and who is meant by a name of a country."""

    everyone: tuple[Person, ...]
    by_name: Mapping[tuple[str | None, str], Person]


def register(printed: Iterable[Printed], authority: Authority) -> People:
    """The people behind the names of a record. A surname alone is somebody only where exactly one fits."""
    countries: dict[str | None, dict[str, Printed]] = defaultdict(dict)
    for row in printed:
        before = countries[row.country].get(row.name)
        total = row.times + (before.times if before else 0)
        known = row.person or (before.person if before else None)
        countries[row.country][row.name] = Printed(row.country, row.name, total, known)
    by_name: dict[tuple[str | None, str], Person] = {}
    for country in sorted(countries, key=str):
        by_name.update(_of_country(country, countries[country], authority))
    everyone: dict[str, Person] = {}
    for person in by_name.values():
        names = {*person.names, *(everyone[person.id].names if person.id in everyone else ())}
        everyone[person.id] = msgspec.structs.replace(person, names=tuple(sorted(names)))
    return People(tuple(everyone[id] for id in sorted(everyone)), by_name)


def _of_country(
    country: str | None, rows: Mapping[str, Printed], authority: Authority
) -> dict[tuple[str | None, str], Person]:
    groups: dict[str, list[Printed]] = defaultdict(list)
    full = [row for name, row in sorted(rows.items()) if row.person is None and _is_full(name)]
    for row in rows.values():
        if row.person:
            groups[row.person].append(row)
    taken: set[str] = set()
    for group in _grouped(full):
        id = _identity(country, group, taken)
        taken.add(id)
        groups[id] = group
    for row in rows.values():
        if not row.person and not _is_full(row.name):
            fitting = [id for id, group in groups.items() if _fits(row.name, group)]
            if len(fitting) == 1:
                groups[fitting[0]].append(row)
    people = {id: _person(id, country, group, authority) for id, group in groups.items()}
    return {(country, row.name): people[id] for id, group in groups.items() for row in group}


def _is_full(name: str) -> bool:
    """Whether a name has more than a surname."""
    parsed = parse(name)
    return len([token for token in parsed.tokens if not token.is_initial]) > 1 or len(parsed.syllables) > 1


def _fits(surname: str, group: Iterable[Printed]) -> bool:
    return any(compare_names(*sorted((surname, row.name))).value >= COMPATIBLE for row in group)


def _grouped(rows: list[Printed]) -> list[list[Printed]]:
    """Rows whose names are spellings of one name, linked through whatever spellings lie between."""
    leader = list(range(len(rows)))

    def root(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    blocks: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        for key in block(row.name):
            for other in blocks[key]:
                if root(other) != root(at) and compare_names(*sorted((row.name, rows[other].name))).value >= SAME:
                    first, second = sorted((root(other), root(at)))
                    leader[second] = first
            blocks[key].append(at)
    groups: dict[int, list[Printed]] = defaultdict(list)
    for at, row in enumerate(rows):
        groups[root(at)].append(row)
    return list(groups.values())


def _identity(country: str | None, group: list[Printed], taken: set[str]) -> str:
    """An id that most further spellings leave as it is: of the country and the barest skeleton; longer where taken."""
    skeletons = sorted("".join(sorted(t.skeletons[0] for t in parse(row.name).tokens)) for row in group)
    for seed in (f"{country}|{skeletons[0]}", f"{country}|{min(row.name for row in group)}"):
        id = "p" + short_id(seed)[1:]
        if id not in taken:
            return id
    return "p" + hashlib.sha256("|".join(sorted(row.name for row in group)).encode()).hexdigest()[:20]


def _person(id: str, country: str | None, group: list[Printed], authority: Authority) -> Person:
    names = Counter({row.name: row.times for row in group})
    known = authority.by_id.get(id)
    home = known.country if known else country  # who serves a union and a state has names of both, and one home
    return Person(id, known.caption if known else caption(names), tuple(sorted(names)), home)


def caption(names: Mapping[str, int]) -> str:
    """The usual English spelling among printed ones: English-looking first, then the fullest, then the commonest.

    Names printed in other scripts only are transliterated.

    >>> caption({"Sergej Lawrow": 9, "Sergey Lavrov": 2, "Лавров": 3})
    'Sergey Lavrov'
    """
    latin = {name: count for name, count in names.items() if anyascii(name[:1]).isalpha() and _is_latin(name)}
    if not latin:
        return romanise(max(names, key=lambda name: (len(parse(name).tokens), names[name], name)))

    def rank(name: str) -> tuple[bool, int, int, int, str]:
        tokens = sum(not token.is_initial for token in parse(name).tokens)
        return tokens > 1, -len(_FOREIGN.findall(name)), names[name], tokens, name

    return max(latin, key=rank)


def _is_latin(name: str) -> bool:
    return all(ord(char) < 0x250 or 0x1E00 <= ord(char) < 0x1F00 or not char.isalpha() for char in name)


def romanise(name: str) -> str:
    """A name of another script in Latin letters, roughly as the English-language press would write it.

    >>> romanise("Олег Кожемяко"), romanise("박진")
    ('Oleg Kozhemyako', 'Park Jin')
    """
    if all(hangul.is_hangul(word) for word in name.split()):
        return hangul.latin_name(name)
    text = anyascii(name)
    for pattern, replacement in _ROMANISED:
        text = pattern.sub(replacement, text)
    return text
