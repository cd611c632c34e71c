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
    at = _places().get((country, name))
    return None if at is None else _city(at)


def usual_tags() -> tuple[str, ...]:
    """The languages of the gazetteer, the one first whose names others take where they have none."""
    return tuple(_city(0).names)


@functools.cache
def every() -> tuple[City, ...]:
    """All cities, of those that share a name the largest first."""
    return tuple(map(_city, range(len(_rows()) - 1)))


@functools.cache
def _rows() -> list[list[str]]:
    """The cells of the table, the header first."""
    lines = (resources.files("summitry") / "data" / "cities.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@functools.cache
def _city(at: int) -> City:
    header, row = _rows()[0], _rows()[at + 1]
    cells = dict(zip(header, row, strict=False))
    names = {tag: tuple(cells[tag].split("|")) for tag in header[_first_name() :] if cells.get(tag)}
    return City(cells["country"], (float(cells["lat"]), float(cells["lon"])), names)


def _first_name() -> int:
    return _rows()[0].index("capital") + 1


@functools.cache
def _places() -> dict[tuple[str | None, str], int]:
    """Which city, by country and every spelling, and by the spelling alone (None); the largest of those that share one.

    Only numbers, because whoever reads one document looks up a few of thousands.
    """
    header, *rows = _rows()
    country, first = header.index("country"), _first_name()
    found: dict[tuple[str | None, str], int] = {}
    for at, row in enumerate(rows):
        own = row[country]
        for name in "|".join(filter(None, row[first:])).split("|"):
            found.setdefault((own, name), at)
            found.setdefault((None, name), at)
    return found


__all__ = ["City", "every", "find", "usual_tags"]
