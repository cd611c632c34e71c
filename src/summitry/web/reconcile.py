"""Match names with the people of the record, for OpenRefine and its like: Reconciliation Service API 0.2.

One endpoint describes itself and answers batches of queries, by GET or as a form; beside it are what completes a name
while it is typed, and a small page for a frame. Programs ask from a server; what a browser asks from another site is
answered where the record is public or that site is on this machine (OpenRefine is).
"""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query
from msgspec.structs import asdict
from pydantic import BaseModel, ConfigDict, Field
from rapidfuzz import fuzz, process
from starlette.requests import Request
from starlette.responses import Response

from summitry import territories
from summitry.errors import InputError
from summitry.model import Person
from summitry.publish import tables
from summitry.publish.places import country_name
from summitry.record.folding import fold_name
from summitry.resolve.compare import compare_names
from summitry.web import i18n
from summitry.web.query import Text
from summitry.web.security import SHARED
from summitry.web.site import Site, everybody
from summitry.web.views import page

router = APIRouter(prefix=SHARED, tags=["api"])
PATH: Final = SHARED
TYPE: Final = {"id": "Person", "name": "Person"}
PROPERTY: Final = {"id": "country", "name": "Country"}
WIDTH, HEIGHT = 420, 260
USUAL, MOST, BATCH = 5, 20, 100  # candidates of a query, at most, queries of a batch
NEAR: Final = 60  # names that are looked at closely
FOREIGN: Final = 0.6  # what is left of a score if the country is another


class Asked(BaseModel):
    """One query."""

    model_config = ConfigDict(extra="forbid")
    query: str = ""
    type: str | list[str] | None = None
    type_strict: str | None = None
    limit: float = USUAL
    properties: list["Given"] = []


class Given(BaseModel):
    """A property that the candidates should have."""

    model_config = ConfigDict(extra="forbid")
    pid: str
    v: Any


class Batch(BaseModel):
    """Queries of OpenRefine."""

    model_config = ConfigDict(extra="forbid")
    queries: str | None = Field(None, description='{"q0": {"query": "Sergej Lawrow", "limit": 5}}')


class Typed(BaseModel):
    """The beginning of a name, and how many suggestions to leave out."""

    model_config = ConfigDict(extra="forbid")
    prefix: Text = None
    cursor: int = Field(0, ge=0)


class Named(BaseModel):
    """Somebody by id."""

    model_config = ConfigDict(extra="forbid")
    id: str


@router.get("", summary="Match names of people (Reconciliation Service API 0.2)")
def reconcile(request: Request, wanted: Annotated[Batch, Query()]) -> Response:
    """The service's description, or candidates for each query."""
    return _json(manifest(request) if wanted.queries is None else _answers(request, wanted.queries))


@router.post("", summary="The same with the queries in a form")
def reconcile_form(request: Request, queries: Annotated[str, Form()]) -> Response:
    """Candidates for each query."""
    return _json(_answers(request, queries))


def manifest(request: Request) -> dict[str, Any]:
    """What the service says of itself (chapter 4.1)."""
    base = str(request.base_url).rstrip("/")
    suggest = {
        what: {"service_url": base, "service_path": f"{PATH}/suggest/{what}"} for what in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"], "name": "Summitry", "identifierSpace": f"{base}/p/", "schemaSpace": "https://schema.org/",
        "documentation": f"{base}/data", "defaultTypes": [TYPE], "view": {"url": f"{base}/p/{{{{id}}}}"}, "suggest": suggest,
        "preview": {"url": f"{base}{PATH}/preview?id={{{{id}}}}", "width": WIDTH, "height": HEIGHT},
    }  # fmt: skip


def _answers(request: Request, text: str) -> dict[str, Any]:
    try:
        given = json.loads(text)
        asked = {str(key): Asked.model_validate(one) for key, one in given.items()}
    except (ValueError, AttributeError) as error:
        raise InputError("The queries are no JSON of the Reconciliation Service API 0.2.") from error
    if len(asked) > BATCH:
        raise InputError(f"A batch holds at most {BATCH} queries.")
    site: Site = request.app.state.site
    return {key: {"result": candidates(site, one)} for key, one in asked.items()}


def candidates(site: Site, asked: Asked) -> list[dict[str, Any]]:
    """The people who come nearest, the nearest first; a match if one alone is certain."""
    types = [asked.type] if isinstance(asked.type, str) else asked.type or [TYPE["id"]]
    if not fold_name(asked.query) or TYPE["id"] not in types:
        return []
    countries = {code for one in asked.properties if one.pid == PROPERTY["id"] for code in _codes(one.v)}
    found = []
    for person in near(site, asked.query):
        name = max(compare_names(asked.query, one).value for one in (person.caption, *person.names))
        here = not countries or person.country in countries
        found.append((name * (1 if here else FOREIGN), name, here, person))
    found = sorted((one for one in found if one[0] > 0.3), key=lambda one: (-one[0], one[3].id))
    certain = [one for one in found if one[0] > 0.95]
    listed = found[: max(1, min(int(asked.limit), MOST))]
    return [
        {"id": person.id, "name": person.caption, "description": _described(person), "score": round(100 * score, 1),
         "match": score > 0.95 and len(certain) == 1, "type": [TYPE],
         "features": [{"id": "name", "value": round(name, 3)}, *([{"id": "country", "value": here}] if countries else [])]}
        for score, name, here, person in listed
    ]  # fmt: skip


def near(site: Site, text: str) -> list[Person]:
    """Those with a name whose letters are about the same, whatever its script; they are few enough to be compared."""
    names = site.overview("spellings", lambda: _spellings(everybody(site)))
    close = process.extract(fold_name(text), [name for name, _ in names], scorer=fuzz.token_set_ratio, limit=NEAR)
    return list({names[at][1].id: names[at][1] for _, _, at in close}.values())


def _spellings(people: Sequence[Person]) -> list[tuple[str, Person]]:
    return [(fold_name(name), one) for one in people for name in dict.fromkeys((one.caption, *one.names))]


def _codes(value: Any) -> set[str]:
    """The countries that a property's value may mean: codes, or names in a language of the pages."""
    values = value if isinstance(value, list) else [value]
    words = {str(one.get("id", "") if isinstance(one, dict) else one).strip().casefold() for one in values}
    codes = {word.upper() for word in words if len(word) == 2}
    for tag in i18n.offered():
        language = tables.load(tag)
        codes |= {code for code in territories.territories() if country_name(language, code).casefold() in words}
    return codes


def _described(person: Person) -> str:
    others = [name for name in person.names if name != person.caption][:3]
    return " · ".join(filter(None, (person.country, ", ".join(others))))


@router.get("/suggest/{what}", summary="Complete a name that is being typed")
def suggest(request: Request, what: str, typed: Annotated[Typed, Query()]) -> Response:
    """People whose name has a word that begins like this; the one type and the one property there are."""
    if what not in ("entity", "property", "type"):
        raise InputError("Entities, properties and types can be suggested.")
    site: Site = request.app.state.site
    fold = fold_name(typed.prefix or "")
    if what != "entity":
        one = PROPERTY if what == "property" else TYPE
        return _json({"result": [one] if str(one["name"]).casefold().startswith(fold) else []})
    names = site.overview("spellings", lambda: _spellings(everybody(site)))
    found = {one.id: one for name, one in names if fold and f" {fold}" in f" {name}"}
    shown = list(found.values())[typed.cursor : typed.cursor + MOST]
    return _json({"result": [
        {"id": one.id, "name": one.caption, "description": _described(one), "notable": [TYPE]} for one in shown
    ]})  # fmt: skip


@router.get("/preview", summary="Somebody in short, as a page for a frame", include_in_schema=False)
def preview(request: Request, wanted: Annotated[Named, Query()]) -> Response:
    """Name, country, other names and the last office."""
    site: Site = request.app.state.site
    found = site.record.people([wanted.id])
    holder = site.authority.by_id.get(wanted.id)
    offices = [asdict(one) for one in holder.occupancies] if holder else []
    return page(
        request, "preview.html", 200 if found else 404, person=found[0] if found else None, offices=offices[-2:],
        base=str(request.base_url).rstrip("/"),
    )  # fmt: skip


def _json(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), media_type="application/json")


__all__ = ["PATH", "candidates", "manifest", "near", "router"]
