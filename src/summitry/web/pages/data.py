"""Data: every list as files, the API and its description, readable without a network."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from summitry.publish import FORMATS
from summitry.web.lists import base_of
from summitry.web.pages.overview import busiest
from summitry.web.query import Nothing
from summitry.web.site import Site
from summitry.web.views import page

router = APIRouter()
EXAMPLE = ("KP", "RU")  # of addresses, while the record is empty


@router.get("/data")
def data(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """What can be taken away."""
    site: Site = request.app.state.site
    pair = next((one.codes for one in busiest(site)), EXAMPLE)
    return page(request, "data.html", formats=FORMATS.values(), base=base_of(request), pair=pair)


@router.get("/data/api")
def described(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """The API's description as a page."""
    schema = request.app.openapi()
    calls = [
        (method.upper(), path, call, _parameters(call))
        for path, methods in schema["paths"].items() for method, call in methods.items()
    ]  # fmt: skip
    return page(
        request, "api.html", calls=calls, base=base_of(request), schemas=schema.get("components", {}).get("schemas", {})
    )


def _parameters(call: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, type and meaning of each parameter."""
    return [
        (one["name"], _type(one.get("schema", {})), one.get("description", "")) for one in call.get("parameters", ())
    ]


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(_type(one) for one in schema["anyOf"] if one.get("type") != "null")
    if schema.get("type") == "array":
        return f"{_type(schema.get('items', {}))}, …"
    return str(schema.get("type", ""))
