"""The API (`/api/v1`): the record as JSON, in the shapes that CONTRACT promises to other programs."""

import json
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from msgspec.structs import asdict, replace
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from summitry import answers, ask, pipeline
from summitry.dates import validate
from summitry.errors import InputError
from summitry.publish import FORMATS, Context, Options
from summitry.web.pages.sources import documents
from summitry.web.query import Filters, RuleFilters
from summitry.web.security import spend
from summitry.web.site import Site, everybody
from summitry.writing import usual_language

router = APIRouter(prefix="/api/v1", tags=["api"])
LARGEST = 1000


class Listed(Filters):
    """Which encounters, and which part of the list."""

    limit: int = Field(100, ge=1, le=LARGEST)
    offset: int = Field(0, ge=0)


class Part(BaseModel):
    """Which part of a list."""

    model_config = ConfigDict(extra="forbid")
    limit: int = Field(100, ge=1, le=LARGEST)
    offset: int = Field(0, ge=0)


class Given(BaseModel):
    """A text to read or to check."""

    model_config = ConfigDict(extra="forbid")
    text: str
    published: str | None = None
    lang: str | None = None


@router.get("/encounters", summary="List encounters in chronological order")
def encounters(request: Request, wanted: Annotated[Listed, Query()]) -> dict[str, Any]:
    """As many as `limit`, from `offset` on; `next` is the address of the following part, null at the end."""
    site: Site = request.app.state.site
    query = wanted.query()
    total = ask.total(site.record, query)
    found = ask.find(site.record, replace(query, limit=wanted.limit, offset=wanted.offset))
    lines = json.loads(FORMATS["json"].write(found, Context(options=Options(lang=usual_language()))).content)
    return {
        "encounters": lines["encounters"],
        "total": total,
        "next": _next(request, wanted.limit, wanted.offset, total),
    }


@router.get("/count", summary="Count encounters by a stated rule")
def count(request: Request, wanted: Annotated[RuleFilters, Query()]) -> dict[str, Any]:
    """`low` surely count, `high` at most; `encounters` are the ids behind `high`."""
    site: Site = request.app.state.site
    return answers.count_answer(ask.count(site.record, wanted.rule()))


@router.get("/people", summary="List people with their names")
def people(request: Request, wanted: Annotated[Part, Query()]) -> dict[str, Any]:
    """Everybody with an identity, ordered by name."""
    site: Site = request.app.state.site
    every = everybody(site)
    part = every[wanted.offset : wanted.offset + wanted.limit]
    rows = [{"id": one.id, "name": one.caption, "names": list(one.names), "country": one.country} for one in part]
    return {"people": rows, "total": len(every), "next": _next(request, wanted.limit, wanted.offset, len(every))}


@router.get("/sources", summary="List the documents of the record")
def sources(request: Request, wanted: Annotated[Part, Query()]) -> dict[str, Any]:
    """All documents, the latest first."""
    every = documents(request.app.state.site)
    part = every[wanted.offset : wanted.offset + wanted.limit]
    return {"sources": [asdict(one) for one in part], "total": len(every),
            "next": _next(request, wanted.limit, wanted.offset, len(every))}  # fmt: skip


@router.post("/check", summary="Check the claims of a text against the record")
def check(request: Request, given: Given) -> dict[str, Any]:
    """A verdict for every number, first or record that the text claims."""
    site: Site = request.app.state.site
    reading = _reading(request, given)
    return answers.verdicts_answer(pipeline.check(site.record, reading))


@router.post("/read", summary="Read the encounters in a text")
def read(request: Request, given: Given) -> dict[str, Any]:
    """What the text says of encounters, each with its evidence; nothing is kept."""
    return answers.reading_answer(_reading(request, given))


def _reading(request: Request, given: Given) -> Any:
    site: Site = request.app.state.site
    spend(request)
    if len(given.text) > site.settings.longest:
        raise InputError(f"The text has more than {site.settings.longest:,} characters; give it in parts.")
    day = validate(given.published) if given.published else None
    return pipeline.read_text(given.text, published=day, lang=given.lang)


def _next(request: Request, limit: int, offset: int, total: int) -> str | None:
    if offset + limit >= total:
        return None
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in ("limit", "offset")]
    return str(request.url.replace(query=urlencode([*kept, ("limit", limit), ("offset", offset + limit)])))
