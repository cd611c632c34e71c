"""The audit log for admins: a page, and the same as data."""

import csv
import io
import itertools
from collections.abc import Iterator
from typing import Annotated, Final

import msgspec
from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from summitry.dates import validate
from summitry.publish.formats.table import cell
from summitry.web.audit import EVENTS, Line
from summitry.web.query import Text, address, chosen
from summitry.web.security import ensure
from summitry.web.site import Site
from summitry.web.views import page

router = APIRouter()
SHOWN: Final = 200
ROLE: Final = "admin"


class Wanted(BaseModel):
    """Which lines."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    who: Text = None
    event: Text = None
    from_: Text = Field(None, alias="from")
    to: Text = None

    def link(self, path: str) -> str:
        """The address of the same lines in another form."""
        given = self.model_dump(by_alias=True, exclude_none=True)
        return address(path, list(given.items()))

    def lines(self, site: Site) -> Iterator[Line]:
        """The lines, the latest first. Raises UsageError for an event that there is not, DateError for no date."""
        if self.event:
            chosen("event", [self.event], EVENTS)
        start, end = (validate(day) if day else "" for day in (self.from_, self.to))
        for one in site.audit.latest():
            if start and one.time < start:
                return
            if (
                (not end or one.time[: len(end)] <= end)
                and self.who in (None, one.who)
                and self.event in (None, one.event)
            ):
                yield one


@router.get("/audit")
def shown(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
    """The latest lines."""
    ensure(request, ROLE)
    found = list(itertools.islice(wanted.lines(request.app.state.site), SHOWN + 1))
    return page(request, "audit.html", lines=found[:SHOWN], more=len(found) > SHOWN, filters=wanted, events=EVENTS)


@router.get("/audit.json")
def as_json(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
    """The lines as JSON."""
    ensure(request, ROLE)
    lines = list(wanted.lines(request.app.state.site))
    return Response(msgspec.json.encode({"lines": lines}), media_type="application/json")


@router.get("/audit.csv")
def as_csv(request: Request, wanted: Annotated[Wanted, Query()]) -> Response:
    """The lines as a table; no cell is run as a formula."""
    ensure(request, ROLE)
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(Line.__struct_fields__)
    for one in wanted.lines(request.app.state.site):
        table.writerow([cell(value) for value in msgspec.structs.astuple(one)])
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8")


@router.get("/audit.jsonl")
def whole(request: Request) -> Response:
    """The whole file, the oldest line first."""
    ensure(request, ROLE)
    path = request.app.state.site.audit.path
    if path is None or not path.is_file():
        return Response(b"", media_type="application/x-ndjson")
    return FileResponse(path, media_type="application/x-ndjson", filename=path.name)
