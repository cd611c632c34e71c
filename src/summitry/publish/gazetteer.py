"""Cities of the frozen gazetteer (data/cities.tsv, from GeoNames, CC BY 4.0) by name in any language.

A place of a report is a word; here it becomes a point and gets its usual name in the language of the text.
"""

import functools
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import NamedTuple

from summitry.model import Encounter


class City(NamedTuple):
    """A city: where, and its names by language, the usual one first; a language without names uses the first one's."""

    country: str
    point: tuple[float, float]  # latitude, longitude
    names: Mapping[str, tuple[str, ...]]

    @property
    def key(self) -> str:
        """What names the city in an address: its first name."""
        return next(iter(self.names.values()))[0]

    def name(self, lang: str) -> str:
        """The usual name in a language."""
        return (self.names.get(lang) or next(iter(self.names.values())))[0]


def find(name: str, country: str | None) -> City | None:
    """The city of that name in `country`; where the country is not known, the largest of that name."""
    if country is not None:
        return _cities().get((country, name))
    return _anywhere().get(name)


def coordinates(encounters: Iterable[Encounter]) -> dict[str, tuple[float, float]]:
    """Place as recorded -> latitude and longitude, of the places that the gazetteer knows."""
    return {name: city.point for name, city in _known(encounters).items()}


def usual_places(encounters: Iterable[Encounter], lang: str) -> dict[str, str]:
    """Place as recorded -> its usual name in `lang`, of the places that the gazetteer knows."""
    return {name: city.name(lang) for name, city in _known(encounters).items()}


def _known(encounters: Iterable[Encounter]) -> dict[str, City]:
    found = {}
    for place, host in sorted({(e.place, e.host_country) for e in encounters if e.place}, key=repr):
        city = find(place.name, place.country or host)
        if city is not None:
            found[place.name] = city
    return found


@functools.cache
def _cities() -> Mapping[tuple[str, str], City]:
    """By country and every spelling; of several cities that share one the largest, which the file has first."""
    lines = (resources.files("summitry") / "data" / "cities.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    header = rows[0]
    tags = header[header.index("capital") + 1 :]
    found: dict[tuple[str, str], City] = {}
    for row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        names = {tag: tuple(cells[tag].split("|")) for tag in tags if cells.get(tag)}
        city = City(cells["country"], (float(cells["lat"]), float(cells["lon"])), names)
        for name in {name for own in names.values() for name in own}:
            found.setdefault((city.country, name), city)
    return found


@functools.cache
def _anywhere() -> Mapping[str, City]:
    found: dict[str, City] = {}
    for (_, name), city in _cities().items():
        found.setdefault(name, city)
    return found
