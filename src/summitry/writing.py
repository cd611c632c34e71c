"""What the record knows that makes its text better: how a language spells its people and places, and what came before.

`publish` writes from values alone; this module gets those values out of a record.
"""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import NamedTuple

from msgspec.structs import replace

from summitry import publish as published
from summitry.ask import find, there_before
from summitry.authority import Authority, load
from summitry.model import CountingRule, Encounter, Person
from summitry.publish import Chronicle, Options, Remark, chronicle, languages
from summitry.record import Record

_MANY = 500  # people


def write(record: Record, query: CountingRule, options: Options, authority: Authority | None = None) -> Chronicle:
    """The chronicle of what `query` finds. Raises UsageError for a query that makes no sense, LanguageError."""
    found = find(record, query)
    return chronicle(found, informed(record, found, options, authority or load()))


def informed(record: Record, encounters: Sequence[Encounter], options: Options, authority: Authority) -> Options:
    """The options with all that the record and the authority know of these encounters' names, places and precedents."""
    names = published.house_names(encounters, options.lang, authority) | house_names(record, encounters, options.lang)
    return replace(
        options,
        names=names | dict(options.names),
        family=family_names(names, authority) | dict(options.family),
        places=usual_places(encounters, options.lang) | dict(options.places),
        remarks=remarks(record, encounters) | dict(options.remarks),
        articles=_articles_in(record, options.lang, encounters) | options.articles,
    )


def house_names(record: Record, encounters: Sequence[Encounter], lang: str) -> dict[str, str]:
    """Person -> the spelling that articles in `lang` print most often, the fullest of equals."""
    people = {(who.country, name): who.id for who in _people(record, encounters) for name in who.names}
    ours = _articles_in(record, lang, encounters)
    printed: dict[str, Counter[str]] = {}
    for encounter in encounters:
        for source in encounter.sources:
            if source.article in ours:
                for who in (*source.report.guests, *source.report.hosts):
                    person = people.get((who.country, who.name or "")) or who.person
                    if who.name and person:
                        printed.setdefault(person, Counter())[who.name] += 1
    return {person: max(names, key=lambda n: (len(n.split()) > 1, names[n], n)) for person, names in printed.items()}


def _people(record: Record, encounters: Sequence[Encounter]) -> list[Person]:
    """Those who took part; everybody where that is quicker than to ask for them by name."""
    ids = {who.person for one in encounters for who in (*one.guests, *one.hosts) if who.person}
    return record.people(sorted(ids) if len(ids) < _MANY else None)


def _articles_in(record: Record, lang: str, encounters: Iterable[Encounter]) -> frozenset[str]:
    ids = sorted({source.article for encounter in encounters for source in encounter.sources})
    return frozenset(article.id for article in record.articles(ids) if article.lang == lang)


def family_names(names: Mapping[str, str], authority: Authority) -> dict[str, str]:
    """Full name -> family name, of people whose family name the authority knows in that spelling."""
    found = {}
    for person, name in names.items():
        holder = authority.by_id.get(person)
        if holder and holder.family in name:
            found[name] = holder.family
    return found


def usual_places(encounters: Iterable[Encounter], lang: str) -> dict[str, str]:
    """Place as recorded -> its usual name in `lang`, of cities that the gazetteer knows."""
    return {name: city.name(lang) for name, city in _known_places(encounters)}


def coordinates(encounters: Iterable[Encounter]) -> dict[str, tuple[float, float]]:
    """Place as recorded -> latitude and longitude, of cities that the gazetteer knows."""
    return {name: (city.latitude, city.longitude) for name, city in _known_places(encounters)}


def _known_places(encounters: Iterable[Encounter]) -> Iterator[tuple[str, "City"]]:
    places = sorted({(place.country or "", place.name) for place in (one.place for one in encounters) if place})
    for key in places:
        if city := _cities().get(key):
            yield key[1], city


class City(NamedTuple):
    """A city of the gazetteer with its names by language, the usual one first; none where they are the first one's."""

    latitude: float
    longitude: float
    names: Mapping[str, tuple[str, ...]]

    def name(self, lang: str) -> str:
        """The usual name in a language."""
        return (self.names.get(lang) or next(iter(self.names.values())))[0]


def usual_language() -> str:
    """What to write in if nobody says: the language that the gazetteer takes its names from where others have none."""
    written = languages()
    city = next(iter(_cities().values()))
    return next(tag for tag in (*city.names, *written) if tag in written)


@functools.cache
def _cities() -> Mapping[tuple[str, str], City]:
    """The cities by country and every spelling; of several that share one the largest."""
    lines = (resources.files("summitry") / "data" / "cities.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    header = rows[0]
    tags = header[header.index("capital") + 1 :]
    found: dict[tuple[str, str], City] = {}
    for row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        names = {tag: tuple(cells[tag].split("|")) for tag in tags if cells.get(tag)}
        city = City(float(cells["lat"]), float(cells["lon"]), names)
        for name in (name for own in names.values() for name in own):
            found.setdefault((cells["country"], name), city)
    return found


def remarks(record: Record, encounters: Sequence[Encounter]) -> dict[str, list[Remark]]:
    """What the record supports saying of a visit of a named guest: that it was not the first one to that place.

    Further visits are a fact, whatever the record covers; firsts would need coverage and are left to `check`.
    """
    visits = [one for one in encounters if one.kind == "visit" and one.status == "held"]
    return {one: [Remark("again")] for one in sorted(there_before(record, visits))}


__all__ = [
    "City",
    "coordinates",
    "family_names",
    "house_names",
    "informed",
    "remarks",
    "usual_language",
    "usual_places",
    "write",
]
