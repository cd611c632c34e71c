"""Codes of countries, former states and organisations, and what follows from a code alone.

Names, adjectives and capitals in each language are in the language files; here are facts that no language changes:
alpha-3, region, a point on the map, who succeeded whom, who belongs to which organisation since when. Codes are
ISO 3166-1 alpha-2, ISO 3166-3 for former states, XK for Kosovo, and for organisations the keys of
`data/organizations.toml`.
"""

import functools
import tomllib
from collections.abc import Iterable
from datetime import date
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

from summitry.errors import UsageError

SURROUNDED = MappingProxyType({"VA": "IT"})  # whose people, staying in the country around them, are on no visit


class Territory(NamedTuple):
    """One country, territory or former state; `start` to `end` are the first and last day of a former state."""

    code: str
    alpha3: str
    region: str
    subregion: str
    point: tuple[float, float]  # latitude, longitude of the capital
    capital: str  # in English, "" where there is none
    start: date | None = None
    end: date | None = None
    continued_by: str | None = None
    successors: tuple[str, ...] = ()

    @property
    def regions(self) -> tuple[str, ...]:
        """The names of all parts of the world in the UN's M49 that it lies in."""
        sahara = () if self.region != "Africa" or self.subregion == "Northern Africa" else ("Sub-Saharan Africa",)
        return (self.region, *sahara, self.subregion)


class Organization(NamedTuple):
    """One organisation: its kind, each member's first and last day in it (`None` where open or not recorded), its seats."""

    code: str
    kind: str  # union | alliance | forum | agency | movement
    members: tuple[tuple[str, date | None, date | None], ...]
    seats: tuple[str, ...] = ()  # countries where its officials receive


@functools.cache
def territories() -> MappingProxyType[str, Territory]:
    """All countries, territories and former states by their code."""
    table = _data("territories.toml")
    found: dict[str, Territory] = {}
    region_of: dict[str, str] = {}
    for region_name, subregions in table["places"].items():
        for subregion_name, places in subregions.items():
            region_of[subregion_name] = region_name
            for code, (alpha, lat, lon, city) in places.items():
                found[code] = Territory(code, alpha, region_name, subregion_name, (lat, lon), city)
    for code, row in table["former"].items():
        found[code] = Territory(
            code,
            row["alpha3"],
            region_of[row["subregion"]],
            row["subregion"],
            (row["point"][0], row["point"][1]),
            row["capital"],
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
            row.get("continued_by"),
            tuple(row["successors"]),
        )
    return MappingProxyType(found)


@functools.cache
def organizations() -> MappingProxyType[str, Organization]:
    """All organisations by their code."""
    return MappingProxyType({code: _organization(code, row) for code, row in _data("organizations.toml").items()})


def _organization(code: str, row: dict[str, Any]) -> Organization:
    dated = ((member, *_membership(span)) for member, span in row.get("joined", {}).items())
    undated = ((member, None, None) for member in row.get("members", ()))
    members = tuple(sorted((*dated, *undated), key=lambda member: member[0]))
    return Organization(code, row["kind"], members, tuple(row.get("seat", ())))


def _membership(span: str) -> tuple[date | None, date | None]:
    first, _, last = span.partition("/")
    return None if first == ".." else date.fromisoformat(first), date.fromisoformat(last) if last else None


@functools.cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("summitry") / "data" / name).read_text(encoding="utf-8"))


@functools.cache
def _dependent() -> MappingProxyType[str, str]:
    table: dict[str, list[str]] = _data("territories.toml")["dependent"]
    return MappingProxyType({code: state for state, codes in table.items() for code in codes})


def known(code: str) -> bool:
    """Whether `code` is a country, territory, former state or organisation."""
    return code in territories() or code in organizations()


def is_organization(code: str) -> bool:
    """Whether `code` is an organisation."""
    return code in organizations()


def seated(code: str | None, country: str | None) -> bool:
    """Whether `code` is an organisation with a seat in `country`."""
    found = organizations().get(code or "")
    return found is not None and country in found.seats


def seat_of_body(code: str) -> str:
    """The country of the first seat of an organisation; `code` itself if it has none."""
    found = organizations().get(code)
    return found.seats[0] if found is not None and found.seats else code


def territory(code: str) -> Territory:
    """The territory of a code; raises UsageError if there is none."""
    found = territories().get(code)
    if found is None:
        raise UsageError(f"Unknown country {code!r}; use the two capital letters of ISO 3166-1, such as DE or KP.")
    return found


def organization(code: str) -> Organization:
    """The organisation of a code; raises UsageError if there is none."""
    found = organizations().get(code)
    if found is None:
        raise UsageError(f"Unknown organisation {code!r}; use its usual abbreviation, such as EU or ASEAN.")
    return found


def alpha3(code: str) -> str:
    """The ISO 3166-1 alpha-3 code (XKX for Kosovo by custom); raises UsageError for an unknown code.

    >>> alpha3("KP")
    'PRK'
    """
    return territory(code).alpha3


def from_alpha3(alpha: str) -> str:
    """The code of an alpha-3 code; raises UsageError if there is none."""
    for code, place in territories().items():
        if place.alpha3 == alpha:
            return code
    raise UsageError(f"Unknown country {alpha!r}; use the three capital letters of ISO 3166-1, such as DEU or PRK.")


def region(code: str) -> str:
    """The UN M49 region in English ("Asia"); raises UsageError for an unknown code."""
    return territory(code).region


def subregion(code: str) -> str:
    """The UN M49 subregion in English ("Eastern Asia"); raises UsageError for an unknown code."""
    return territory(code).subregion


def point(code: str) -> tuple[float, float]:
    """Latitude and longitude of the capital, for maps; raises UsageError for an unknown code."""
    return territory(code).point


def capital(code: str) -> str:
    """The capital's English name, "" where there is none; raises UsageError for an unknown code."""
    return territory(code).capital


def state_of(code: str) -> str:
    """The state that a territory belongs to, itself for a state ("GL" belongs to "DK")."""
    return _dependent().get(code, code)


def successors(code: str) -> tuple[str, ...]:
    """The states of today on the ground of a former state; empty for a state that exists."""
    return territory(code).successors


def predecessors(code: str) -> tuple[str, ...]:
    """The former states that a state was part of, the latest first."""
    past = [place for place in territories().values() if code in place.successors]
    return tuple(place.code for place in sorted(past, key=lambda place: place.end or date.max, reverse=True))


def same_state(one: str, other: str) -> bool:
    """Whether both codes are one state in law: equal, or one continues the other (Russia the Soviet Union).

    >>> same_state("SU", "RU"), same_state("SU", "UA")
    (True, False)
    """
    return _today(one) == _today(other)


def _today(code: str) -> str:
    place = territories().get(code)
    return _today(place.continued_by) if place and place.continued_by else code


def members(organization_code: str, on: date | None = None) -> tuple[str, ...]:
    """The members of an organisation on a day, without a day those who never left, in alphabetical order of codes.

    Empty where members are not recorded; a member whose first day is not recorded counts from ever. Raises UsageError
    for an unknown organisation.
    """
    rows = organization(organization_code).members
    if on is None:
        return tuple(code for code, _, last in rows if last is None)
    return tuple(code for code, first, last in rows if (first or on) <= on <= (last or on))


def memberships(code: str, on: date | None = None, among: Iterable[str] | None = None) -> tuple[str, ...]:
    """The organisations that a country belongs to on a day (`members` for the meaning), among those given or all."""
    return tuple(name for name in (among or organizations()) if code in members(name, on))


__all__ = [
    "Organization",
    "Territory",
    "alpha3",
    "capital",
    "from_alpha3",
    "is_organization",
    "known",
    "members",
    "memberships",
    "organization",
    "organizations",
    "point",
    "predecessors",
    "region",
    "same_state",
    "state_of",
    "subregion",
    "successors",
    "territories",
    "territory",
]
