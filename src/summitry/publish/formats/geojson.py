"""GeoJSON (RFC 7946): a Feature per encounter, a Point where it took place.

Mapping: id -> id; everything else -> properties (title, kind, status, date, date_min, date_max, guests, hosts, countries,
place, delegation, activities, sources). Longitude comes before latitude. A place without known coordinates and an
encounter without a place have a null geometry: no dot is put on a capital that the source does not name.
Checked with the geojson package 3 (`is_valid`) and by assertions that follow RFC 7946 sections 3.1.2, 3.2 and 3.3.
"""

from collections.abc import Sequence
from typing import Any

from summitry import territories
from summitry.model import Encounter
from summitry.publish.formats.common import Context, Export, bounds, counted, sentences, sources, to_json
from summitry.publish.formats.records import record
from summitry.publish.places import is_capital

KEPT = (
    "kind",
    "status",
    "date",
    "guests",
    "hosts",
    "host_country",
    "place",
    "activities",
    "topics",
    "outcomes",
    "delegation",
)


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The collection; `lost` counts what has no coordinates."""
    said = sentences(encounters, context)
    features = [_feature(e, said[e.id], context) for e in encounters]
    missing = sum(feature["geometry"] is None for feature in features)
    lost = counted(missing, "{n} encounters have no place with known coordinates; their geometry is null.")
    return Export(to_json({"type": "FeatureCollection", "features": features}), lost)


def _feature(encounter: Encounter, title: str, context: Context) -> dict[str, Any]:
    first, last = bounds(encounter)
    where = point(encounter, context)
    kept = {name: value for name, value in record(encounter).items() if name in KEPT}
    properties = {"title": title, "date_min": first, "date_max": last, **kept, "sources": sources(encounter)}
    geometry = {"type": "Point", "coordinates": [where[1], where[0]]} if where else None
    return {"type": "Feature", "id": encounter.id, "geometry": geometry, "properties": properties}


def point(encounter: Encounter, context: Context) -> tuple[float, float] | None:
    """Latitude and longitude of the place named by the sources, None if it is not known."""
    place = encounter.place
    if place is None:
        return None
    if place.name in context.coordinates:
        return context.coordinates[place.name]
    code = place.country or encounter.host_country
    if code and is_capital(code, place.name) and code in territories.territories():
        return territories.territories()[code].point
    return None
