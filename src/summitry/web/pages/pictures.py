"""The matrix of who travels to whom, and the map; each with a table that says the same."""

from collections import Counter
from typing import Annotated, Final, NamedTuple

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask, territories
from summitry.ask import Query as Wanted
from summitry.kinds import STATUSES
from summitry.model import CountingRule
from summitry.publish.formats.common import titles
from summitry.publish.pictures import Look, Places, Spot, Trip, map_table, places, world_map
from summitry.web.assets import address
from summitry.web.pages.overview import directions
from summitry.web.query import Filters, Text
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()
NOWHERE: Final = "none"
TRIPS: Final = 120  # lines on the map, the busiest; more would hide each other
SIDES: Final = 30  # countries in the rows and columns of the matrix; what is beyond is summed up
SHADES: Final = 5
LISTED: Final = 200  # encounters of one spot
GUESTS: Final = 4  # countries named beside a spot in the table
Ways = dict[tuple[str, str], int]


class Cell(NamedTuple):
    """A number of the matrix: how dark, and where its list is."""

    number: int
    shade: int
    link: str | None


class Row(NamedTuple):
    """One guest's country (None: all that have no row of their own) with its cells and their sum."""

    country: str | None
    cells: list[Cell]
    total: int


@router.get("/matrix")
def matrix(request: Request, filters: Annotated[Filters, Query()]) -> Response:
    """Guests in rows, hosts in columns; every number leads to its list."""
    site: Site = request.app.state.site
    query = filters.query()
    counts = site.kept(("ways", query), lambda: _narrowed(site, query)) if filters.narrowed else directions(site)
    hosts, rows = _table(counts, filters)
    return page(
        request, "matrix.html", hosts=hosts, rows=rows, filters=filters, list_path="/matrix", total=sum(counts.values())
    )


def _narrowed(site: Site, query: Wanted) -> Ways:
    """The same of a part of the record; words to look for narrow nothing here, as no table is made by words."""
    fields = {name: getattr(query, name) for name in CountingRule.__struct_fields__}
    rule = CountingRule(**fields | {"kind": ("visit",), "status": query.status or tuple(STATUSES)})
    groups = ask.count_by(site.record, rule, "direction")
    ways = {
        (guest, host): len(one.count.encounters)
        for one in groups
        if one.key
        for guest, _, host in [one.key.partition("-")]
    }
    return {way: number for way, number in ways.items() if way[0] != way[1]}


def _table(counts: Ways, filters: Filters) -> tuple[list[str | None], list[Row]]:
    """The hosts, the busiest first, and a row for each guest's country."""
    guests, hosts = _busiest(counts, 0), _busiest(counts, 1)
    shown: Counter[tuple[str | None, str | None]] = Counter()
    for (guest, host), number in counts.items():
        shown[guest if guest in guests else None, host if host in hosts else None] += number
    most = max((number for (guest, host), number in shown.items() if guest and host), default=1)

    def cell(guest: str | None, host: str | None) -> Cell:
        number = shown[guest, host]
        link = filters.link("/encounters", direction=f"{guest}-{host}") if guest and host and number else None
        return Cell(number, -(-SHADES * number // most) if link else 0, link)

    rows = []
    for side in guests:
        cells = [cell(side, host) for host in hosts]
        rows.append(Row(side, cells, sum(one.number for one in cells)))
    return hosts, rows


def _busiest(counts: Ways, side: int) -> list[str | None]:
    """The countries on one side; None stands for all beyond."""
    sums: Counter[str] = Counter()
    for way, number in counts.items():
        sums[way[side]] += number
    names: list[str | None] = [name for name, _ in sorted(sums.items(), key=lambda one: (-one[1], one[0]))]
    return names if len(names) <= SIDES else [*names[:SIDES], None]


class Spots(Filters):
    """Which encounters to draw, and of which spot to show the list."""

    spot: Text = Field(None, description="A spot of the map: RU/Perm, RU for the country alone, none for no place.")


@router.get("/map")
def world(request: Request, filters: Annotated[Spots, Query()]) -> Response:
    """Where encounters took place, and the list of one spot."""
    site: Site = request.app.state.site
    lang = language_of(request)
    query = filters.query()
    keep = site.kept if filters.narrowed else site.overview
    found = keep(("map", lang, query), lambda: _sorted(site, query, lang))
    drawn = found.places._replace(trips=found.places.trips[:TRIPS])

    def link(spot: str) -> str:
        return filters.link("/map", spot=spot or NOWHERE) + "#list"

    look = Look(lang=lang, id="map", link=link, outline=address("lands.svg"))
    ids = ask.on_grounds(site.record, query, found.samples.get(filters.spot, [])) if filters.spot else []
    here = site.record.encounters(ids[-LISTED:])
    return page(
        request, "map.html", svg=world_map(drawn, look) if drawn.spots else None, table=map_table(_few_each(found.places), look),
        filters=filters, list_path="/map", trips=len(found.places.trips), drawn=len(drawn.trips), here=here, number=len(ids),
        sentences=titles(here, site.options(lang, here)) if here else {},
    )  # fmt: skip


class Sorted(NamedTuple):
    """What the map shows, and for each spot one encounter of every place that is drawn there."""

    places: Places
    samples: dict[str, list[str]]


def _sorted(site: Site, query: Wanted, lang: str) -> Sorted:
    """The spots with their numbers, from one encounter of each place."""
    grounds = ask.grounds(site.record, query)
    known = {one.id: one for one in site.record.encounters([one.sample for one in grounds], sources=False)}
    spots: dict[str, Spot] = {}
    trips: Counter[tuple[str, str]] = Counter()
    samples: dict[str, list[str]] = {}
    for one in grounds:
        placed = places([known[one.sample]], lang).spots
        key = placed[0].key if placed else NOWHERE
        samples.setdefault(key, []).append(one.sample)
        if placed:
            spots[key] = placed[0]._replace(number=one.number + (spots[key].number if key in spots else 0))
            trips.update(
                {(guest, key): number for guest, number in one.visits.items() if guest in territories.territories()}
            )
    shown = Places(
        tuple(sorted(spots.values(), key=lambda one: (-one.number, one.key))),
        tuple(Trip(guest, key, number) for (guest, key), number in sorted(trips.items(), key=lambda one: (-one[1], one[0]))),
        sum(one.number for one in grounds if one.sample in samples.get(NOWHERE, ())),
    )  # fmt: skip
    return Sorted(shown, samples)


def _few_each(shown: Places) -> Places:
    """With the most frequent guests of each spot, as a table can hold no more."""
    listed: Counter[str] = Counter()
    trips = []
    for trip in shown.trips:
        listed[trip.spot] += 1
        trips += [trip] if listed[trip.spot] <= GUESTS else []
    return shown._replace(trips=tuple(trips))
