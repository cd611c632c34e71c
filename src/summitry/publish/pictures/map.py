"""Where encounters took place: dots by number, thin arcs in the direction of travel, on the frozen outline.

Dots have an area by number (radius by its square root). A visit of which only the country is known is drawn at the
country's point with an open dot; what has no place at all is told, not dropped. Lines are no routes, and the picture
says so and whose borders it shows.
"""

import functools
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from typing import Any, NamedTuple

from summitry import cities, territories
from summitry.model import Encounter
from summitry.publish.pictures import words
from summitry.publish.pictures.projection import project
from summitry.publish.pictures.svg import GUEST, PAPER, SOFT, Cell, Look, Table, frame, linked, node, text
from summitry.publish.tables import Language, load

Point = tuple[float, float]
Area = tuple[float, float, float, float]  # left, top, right, bottom; of the sheet: left, top, width, height
LABELS = 24  # at most, the busiest first
LARGEST = 26.0  # pixels of the largest dot's radius, on a map a thousand wide
NARROWEST = 130.0  # units of the map: no closer than a continent's half


class Spot(NamedTuple):
    """A place on the map: key, name in the language, position, number of encounters; `exact` unless only the country is known."""

    key: str
    name: str
    at: Point
    number: int
    exact: bool


class Trip(NamedTuple):
    """Visits from the capital of one country to a spot."""

    guest: str
    spot: str
    number: int


class Places(NamedTuple):
    """What a map shows, and how many encounters could not be placed."""

    spots: tuple[Spot, ...]
    trips: tuple[Trip, ...]
    missing: int


def places(encounters: Iterable[Encounter], lang: str) -> Places:
    """The spots (the busiest first) and trips of `encounters`, named in `lang`; a call has no place."""
    language = load(lang)
    counts: Counter[str] = Counter()
    trips: Counter[tuple[str, str]] = Counter()
    found: dict[str, Spot] = {}
    missing = 0
    for encounter in encounters:
        if encounter.kind == "call":
            continue
        spot = _spot(language, encounter)
        if spot is None:
            missing += 1
            continue
        found[spot.key] = spot
        counts[spot.key] += 1
        if encounter.kind == "visit":
            trips.update((w, spot.key) for w in {w.country for w in encounter.guests if w.country})
    spots = [found[key]._replace(number=count) for key, count in sorted(counts.items(), key=lambda i: (-i[1], i[0]))]
    drawn = [Trip(guest, spot, n) for (guest, spot), n in sorted(trips.items()) if _home(guest)]
    return Places(tuple(spots), tuple(drawn), missing)


def _spot(language: Language, encounter: Encounter) -> Spot | None:
    place, host = encounter.place, encounter.host_country
    country = (place.country if place else None) or host
    city = cities.find(place.name, country) if place else None
    if city is not None:
        return Spot(f"{city.country}/{city.key}", city.name(language.tag), project(*city.point), 1, True)
    home = _home(country) if country else None
    return Spot(country, words.name(language, country), home, 1, False) if home and country else None


def _home(code: str) -> Point | None:
    territory = territories.territories().get(code)
    return project(*territory.point) if territory else None


def world_map(shown: Places, look: Look) -> str:
    """The map as SVG, cut to what is shown; `look.link` gets a spot's key ("RU/Perm", or "RU" for the country alone)."""
    language = load(look.lang)
    at = {spot.key: spot.at for spot in shown.spots}
    arcs = [(trip, start, at[trip.spot]) for trip in shown.trips if (start := _home(trip.guest))]
    box = _box([*at.values(), *(start for _, start, _ in arcs)])
    unit = box[2] / 1000  # one pixel where the map is a thousand wide
    sea = {"class": "sea", "x": box[0], "y": box[1], "width": box[2], "height": box[3], "fill": PAPER}
    drawn = [_arc(language, trip, start, end, unit) for trip, start, end in arcs if math.dist(start, end) > 6 * unit]
    grow = _growth(shown.spots)
    dots = [
        _dot(language, spot, (unit, grow), look) for spot in sorted(shown.spots, key=lambda s: (s.exact, -s.number))
    ]
    notes = (words.said(language, "no_routes"), _outline()["credit"])
    lines = [text(note, box[0] + 8 * unit, box[1] + box[3] - (24 - 16 * i) * unit, attributes=_halo(11 * unit))
             for i, note in enumerate(notes)]  # fmt: skip
    inside = node(
        "g", {"class": "lands", "fill": SOFT, "stroke": PAPER, "stroke-width": f"{0.8 * unit:.3f}"}, *_land(box, look)
    )
    return frame(look, box, "map", _told(language, shown), node("rect", sea), inside, *drawn, *dots,
                 *_labels(shown.spots, box, unit, grow), *lines, scale=1 / unit)  # fmt: skip


def outline() -> str:
    """The outline of all lands as an SVG file, for maps that show it from there (`Look.outline`)."""
    lands = [node("path", {"d": shape["path"]}) for shape in _outline()["shapes"].values()]
    return node("svg", {"xmlns": "http://www.w3.org/2000/svg"}, node("g", {"id": "lands"}, *lands))


def _land(box: Sequence[float], look: Look) -> list[str]:
    """The countries that the cut touches, or where they are kept."""
    if look.outline:
        return [node("use", {"class": "land", "href": f"{look.outline}#lands"})]
    left, top, right, bottom = box[0], box[1], box[0] + box[2], box[1] + box[3]
    return [
        node("path", {"class": "land", "d": shape["path"]}) for shape in _outline()["shapes"].values()
        if shape["box"][0] < right and shape["box"][2] > left and shape["box"][1] < bottom and shape["box"][3] > top
    ]  # fmt: skip


def _arc(language: Language, trip: Trip, start: Point, end: Point, unit: float) -> str:
    """A bow to the right of the way, so that there and back are two lines, with a tip at its end."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 + (y2 - y1) * 0.18, (y1 + y2) / 2 - (x2 - x1) * 0.18)
    turn = math.atan2(y2 - middle[1], x2 - middle[0])
    size = 9 * unit
    tip = [end, *((x2 - size * math.cos(turn + s * 0.4), y2 - size * math.sin(turn + s * 0.4)) for s in (-1, 1))]
    line = {"class": "arc", "fill": "none", "stroke": GUEST, "stroke-width": f"{unit * min(1 + math.sqrt(trip.number) / 2, 5):.3f}",
            "stroke-opacity": "0.6", "d": f"M{x1:.1f},{y1:.1f}Q{middle[0]:.1f},{middle[1]:.1f} {x2:.1f},{y2:.1f}"}  # fmt: skip
    head = {"class": "tip", "fill": GUEST, "points": " ".join(f"{x:.2f},{y:.2f}" for x, y in tip)}
    return linked(
        None,
        f"{words.name(language, trip.guest)} → {trip.spot}: {trip.number}",
        node("path", line),
        node("polygon", head),
    )


def _growth(spots: Sequence[Spot]) -> float:
    """By how much dots grow with the root of their number: less where many encounters would make them cover the land."""
    most = max((spot.number for spot in spots), default=1)
    return min(2.2, LARGEST / math.sqrt(most))


def _dot(language: Language, spot: Spot, scale: tuple[float, float], look: Look) -> str:
    unit, grow = scale
    circle = {"class": "dot" if spot.exact else "dot open", "cx": f"{spot.at[0]:.2f}", "cy": f"{spot.at[1]:.2f}",
              "r": f"{_radius(spot, grow) * unit:.3f}", "fill": GUEST if spot.exact else PAPER,
              "stroke": PAPER if spot.exact else GUEST, "stroke-width": f"{1.2 * unit:.3f}"}  # fmt: skip
    label = f"{spot.name}: {words.number(language, spot.number)}"
    return linked(look.to(spot.key), label, node("circle", circle))


def _labels(spots: Sequence[Spot], box: Area, unit: float, grow: float) -> list[str]:
    """Names beside dots, towns and the busiest first, where they are in nobody's way and not cut off."""
    order = sorted(spots, key=lambda s: not s.exact)
    sheet = (box[0], box[1], box[0] + box[2], box[1] + box[3])
    taken: list[tuple[str, Area]] = []  # dots that cover much and names, each of a spot
    for spot in order[:LABELS]:
        (x, y), r = spot.at, _radius(spot, grow) * unit
        taken.append((spot.key, (x - r, y - r, x + r, y + r)))
    drawn: list[str] = []
    for spot in order:
        for anchor, at, area in _beside(spot, unit, grow):
            inside = area[0] >= sheet[0] and area[1] >= sheet[1] and area[2] <= sheet[2] and area[3] <= sheet[3]
            if inside and len(drawn) < LABELS and not any(key != spot.key and _meet(area, one) for key, one in taken):
                taken.append(("", area))
                drawn.append(text(spot.name, round(at[0], 2), round(at[1], 2), anchor, _halo(15 * unit)))
                break
    return drawn


def _beside(spot: Spot, unit: float, grow: float) -> Iterator[tuple[str, Point, Area]]:
    """Where the name of a spot may stand, the best place first: anchor, point and the area it takes."""
    wide, high = 9.2 * unit * len(spot.name), 18 * unit
    away = (_radius(spot, grow) + 3) * unit
    x, y = spot.at
    for anchor, left, base in (
        ("start", x + away, y + 5 * unit), ("end", x - away - wide, y + 5 * unit),
        ("middle", x - wide / 2, y + away + 13 * unit), ("middle", x - wide / 2, y - away - 2 * unit),
        ("start", x + away, y + 22 * unit), ("start", x + away, y - 12 * unit),
    ):  # fmt: skip
        point = (left + {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * wide, base)
        yield anchor, point, (left, base - high + 4 * unit, left + wide, base + 4 * unit)


def _meet(one: Area, other: Area) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _radius(spot: Spot, grow: float) -> float:
    """In pixels of a map a thousand wide."""
    return 3 + grow * math.sqrt(spot.number)


def _halo(size: float) -> dict[str, object]:
    """Text with an edge in the colour of the paper, readable on lines and land."""
    return {"class": "halo", "font-size": f"{size:.3f}", "stroke": PAPER, "stroke-width": f"{size / 4:.3f}",
            "paint-order": "stroke", "stroke-linejoin": "round"}  # fmt: skip


def _box(points: Sequence[Point]) -> Area:
    """The part of the world to show: all points with a margin, twice as wide as high, inside the sheet."""
    width, height = float(_outline()["width"]), float(_outline()["height"])
    if not points:
        return 0.0, 0.0, width, height
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide = min(max((max(xs) - min(xs)) * 1.35, (max(ys) - min(ys)) * 2.7, NARROWEST), width)
    high = min(wide * 0.55, height)
    left = min(max((min(xs) + max(xs) - wide) / 2, 0), width - wide)
    top = min(max((min(ys) + max(ys) - high) / 2, 0), height - high)
    return round(left, 1), round(top, 1), round(wide, 1), round(high, 1)


def map_table(shown: Places, look: Look) -> Table:
    """The same as a table: places by number, then what could not be placed."""
    language = load(look.lang)
    guests: dict[str, list[str]] = {}
    for trip in sorted(shown.trips, key=lambda t: -t.number):
        guests.setdefault(trip.spot, []).append(f"{words.name(language, trip.guest)} ({trip.number})")
    rows = [
        (Cell(spot.name if spot.exact else words.said(language, "country_only", country=spot.name)),
         Cell(str(spot.number), look.to(spot.key)), Cell(", ".join(guests.get(spot.key, ())))) for spot in shown.spots
    ]  # fmt: skip
    if shown.missing:
        rows.append((Cell(words.said(language, "no_place")), Cell(str(shown.missing), look.to("")), Cell("")))
    head = words.said(language, "place"), words.said(language, "number"), words.said(language, "guests")
    return Table(words.said(language, "map"), head, tuple(rows))


def _told(language: Language, shown: Places) -> tuple[str, str]:
    busiest = ", ".join(f"{spot.name} ({spot.number})" for spot in shown.spots[:5])
    told = (
        words.said(language, "map_desc", n=str(len(shown.spots)), list=busiest)
        if shown.spots
        else words.said(language, "nothing")
    )
    if shown.missing:
        told += " " + words.said(language, "placeless", n=words.number(language, shown.missing))
    return words.said(language, "map"), told


def credit() -> str:
    """Whose outline and borders the map shows."""
    return str(_outline()["credit"])


@functools.cache
def _outline() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((resources.files("summitry") / "data" / "map.json").read_text("utf-8"))
    return data
