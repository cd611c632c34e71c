"""Where the places of encounters are, and what they are usually called in the language of the text.

A place of a report is a word; the cities of the gazetteer make a point of it and give it its name in a language.
"""

from collections.abc import Iterable

from summitry import cities
from summitry.model import Encounter


def coordinates(encounters: Iterable[Encounter]) -> dict[str, tuple[float, float]]:
    """Place as recorded -> latitude and longitude, of the places that the gazetteer knows."""
    return {name: city.point for name, city in _known(encounters).items()}


def usual_places(encounters: Iterable[Encounter], lang: str) -> dict[str, str]:
    """Place as recorded -> its usual name in `lang`, of the places that the gazetteer knows."""
    return {name: city.name(lang) for name, city in _known(encounters).items()}


def _known(encounters: Iterable[Encounter]) -> dict[str, cities.City]:
    found = {}
    for place, host in sorted({(e.place, e.host_country) for e in encounters if e.place}, key=repr):
        city = cities.find(place.name, place.country or host)
        if city is not None:
            found[place.name] = city
    return found


__all__ = ["coordinates", "usual_places"]
