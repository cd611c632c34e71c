"""The matrix of who travels to whom, and the map; each with a table that says the same."""

from typing import Annotated

from fastapi import APIRouter, Query
from msgspec.structs import replace
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask
from summitry.model import Encounter
from summitry.publish import pictures
from summitry.publish.formats.common import titles
from summitry.publish.pictures import Look, map_table, matrix_table, places, world_map
from summitry.web.pages.overview import directions
from summitry.web.query import Filters, Text, address
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()
NOWHERE = "none"
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


class Spots(Filters):
    """Which encounters to draw, and of which spot to show the list."""

    spot: Text = Field(None, description="A spot of the map: RU/Perm, RU for the country alone, none for no place.")


@router.get("/map")
def world(request: Request, filters: Annotated[Spots, Query()]) -> Response:
    """Where encounters took place, and the list of one spot."""
    site: Site = request.app.state.site
    lang = language_of(request)
    ids = ask.find_ids(site.record, filters.query())
    key = ("map", lang, address("", filters.pairs({"spot": None})))
    shown = site.kept(key, lambda: places(site.record.encounters(ids[-ON_THE_MAP:], sources=False), lang))

    def link(spot: str) -> str:
        return filters.link("/map", spot=spot or NOWHERE) + "#list"

    look = Look(lang=lang, id="map", link=link)
    here = _here(site, ids[-ON_THE_MAP:], filters.spot, lang) if filters.spot else []
    return page(
        request, "map.html", svg=world_map(shown, look) if shown.spots else None, table=map_table(shown, look),
        filters=filters, list_path="/map", total=len(ids), drawn=min(len(ids), ON_THE_MAP), here=here,
        sentences=titles(here, site.options(lang, here)) if here else {},
    )  # fmt: skip


def _here(site: Site, ids: list[str], spot: str, lang: str) -> list[Encounter]:
    """The encounters behind a spot, as the map itself places them."""
    wanted = "" if spot == NOWHERE else spot
    found = []
    for one in site.record.encounters(ids, sources=False):
        placed = places([one], lang)
        if (placed.missing and not wanted) or any(each.key == wanted for each in placed.spots):
            found.append(one.id)
    return site.record.encounters(found)
