"""The matrix of who travels to whom, and the map; each with a table that says the same."""

from typing import Annotated

from fastapi import APIRouter, Query
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask
from summitry.publish import pictures
from summitry.publish.pictures import Look, map_table, matrix_table, places, world_map
from summitry.web.pages.overview import directions
from summitry.web.query import Filters, address
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()
ON_THE_MAP = 20_000  # encounters; of more the latest are drawn


@router.get("/matrix")
def matrix(request: Request, filters: Annotated[Filters, Query()]) -> Response:
    """Guests in rows, hosts in columns; every number leads to its list."""
    site: Site = request.app.state.site
    query = filters.query()
    if filters.narrowed:
        fitting = site.record.encounters(ask.find_ids(site.record, replace(query, kind=("visit",))), sources=False)
        counts = dict(pictures.pairs(fitting))
    else:
        counts = directions(site)

    def link(key: str) -> str:
        return filters.link("/encounters", direction=key)

    look = Look(lang=language_of(request), id="matrix", link=link)
    svg = pictures.matrix(counts, look) if counts else None
    return page(request, "matrix.html", svg=svg, table=matrix_table(counts, look), filters=filters, list_path="/matrix")


@router.get("/map")
def world(request: Request, filters: Annotated[Filters, Query()]) -> Response:
    """Where encounters took place."""
    site: Site = request.app.state.site
    query, lang = filters.query(), language_of(request)
    ids = ask.find_ids(site.record, query)
    key = ("map", lang, address("", filters.pairs({})))
    shown = site.kept(key, lambda: places(site.record.encounters(ids[-ON_THE_MAP:], sources=False), lang))

    def link(spot: str) -> str | None:
        country, _, town = spot.partition("/")
        names = {one.key: one.name for one in shown.spots}
        return filters.link("/encounters", between=country, place=names[spot] if town else None) if spot else None

    look = Look(lang=lang, id="map", link=link)
    return page(
        request, "map.html", svg=world_map(shown, look) if shown.spots else None, table=map_table(shown, look),
        filters=filters, list_path="/map", total=len(ids), drawn=min(len(ids), ON_THE_MAP),
    )  # fmt: skip
