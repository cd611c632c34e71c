"""Cities of the frozen gazetteer (data/cities.tsv, from GeoNames, CC BY 4.0) by name in any language."""

import functools
from collections.abc import Mapping
from importlib import resources
from typing import NamedTuple


class City(NamedTuple):
    """A city: where, and its names by language, the usual one first; a language without names uses the first one's."""

    country: str
    point: tuple[float, float]  # latitude, longitude
    names: Mapping[str, tuple[str, ...]]

    @property
    def spellings(self) -> frozenset[str]:
        """Its names in all languages."""
        return frozenset(name for own in self.names.values() for name in own)

    @property
    def key(self) -> str:
        """What names the city in an address: its first name."""
        return next(iter(self.names.values()))[0]

    def name(self, lang: str) -> str:
        """The usual name in a language."""
        return (self.names.get(lang) or next(iter(self.names.values())))[0]


def find(name: str, country: str | None) -> City | None:
    """The city of that name in `country`; where the country is not known, the largest of that name."""
    return _cities().get((country, name))


def usual_tags() -> tuple[str, ...]:
    """The languages of the gazetteer, the one first whose names others take where they have none."""
    return tuple(every()[0].names)


@functools.cache
def every() -> tuple[City, ...]:
    """All cities, of those that share a name the largest first."""
    lines = (resources.files("summitry") / "data" / "cities.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    header = rows[0]
    tags = header[header.index("capital") + 1 :]
    found = []
    for row in rows[1:]:
        cells = dict(zip(header, row, strict=False))
        names = {tag: tuple(cells[tag].split("|")) for tag in tags if cells.get(tag)}
        found.append(City(cells["country"], (float(cells["lat"]), float(cells["lon"])), names))
    return tuple(found)


@functools.cache
def _cities() -> Mapping[tuple[str | None, str], City]:
    """By country and every spelling, and by the spelling alone (None); the largest of those that share one."""
    found: dict[tuple[str | None, str], City] = {}
    for city in every():
        for name in city.spellings:
            found.setdefault((city.country, name), city)
            found.setdefault((None, name), city)
    return found


__all__ = ["City", "every", "find", "usual_tags"]
