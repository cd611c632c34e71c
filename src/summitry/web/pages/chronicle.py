"""The chronicle of two countries, of one country or organisation, and of everything."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry.errors import UsageError
from summitry.publish import FORMATS
from summitry.web.lists import as_data, split
from summitry.web.pages.listing import listing
from summitry.web.query import Filters, code
from summitry.web.views import page

router = APIRouter()


@router.get("/c/{name}")
def chronicle_of(request: Request, name: str, filters: Annotated[Filters, Query()]) -> Response:
    """The chronicle of "kp-ru" or "kp", as a page or as data."""
    stem, form = split(name)
    codes = tuple(dict.fromkeys(code(one) for one in stem.split("-")))
    if len(codes) > 2:
        raise UsageError("A chronicle is about one or two countries; use /encounters?between=… for more.")
    usual = "-".join(sorted(codes)).lower()
    if usual != stem:
        there = filters.link(f"/c/{usual}{name.removeprefix(stem)}")
        return RedirectResponse(there, 308)
    if form:
        return as_data(request, filters.query(between=codes), form, name=stem)
    return _page(request, filters, f"/c/{stem}", codes=sorted(codes), between=tuple(sorted(codes)))


@router.get("/encounters")
def everything(request: Request, filters: Annotated[Filters, Query()]) -> Response:
    """All encounters."""
    return _page(request, filters, "/encounters", codes=())


@router.get("/encounters.{extension}")
def everything_as_data(request: Request, extension: str, filters: Annotated[Filters, Query()]) -> Response:
    """The same as data."""
    form = split(f"encounters.{extension}")[1]
    if form is None:
        raise UsageError(f"There is no format {extension!r}; there are {', '.join(FORMATS)}.")
    return as_data(request, filters.query(), form, name="encounters")


def _page(request: Request, filters: Filters, path: str, *, codes: Any, **fixed: Any) -> Response:
    return page(request, "chronicle.html", codes=codes, **listing(request, filters, path, **fixed))
