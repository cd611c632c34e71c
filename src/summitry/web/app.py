"""Build the application: pages, data and API over one record, and what is said when something goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import quote

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from summitry import __version__
from summitry.errors import InputError, RecordError, SummitryError, UsageError
from summitry.web import api, reconcile, views
from summitry.web.assets import serve_asset
from summitry.web.lists import split
from summitry.web.mistakes import translated
from summitry.web.pages import (
    about,
    auditing,
    chronicle,
    claims,
    data,
    encounter,
    home,
    managing,
    overview,
    own,
    people,
    pictures,
    reading,
    review,
    search,
    signing,
    sources,
)
from summitry.web.security import Forbidden, Guard, TooMany, within_limits
from summitry.web.settings import Settings
from summitry.web.site import Site
from summitry.web.warming import warm

_PAGES: Final = (
    home, chronicle, encounter, people, overview, pictures, search, sources, claims, reading, review, signing, own,
    managing, auditing, data, about,
)  # fmt: skip
_STATUS: Final[tuple[tuple[type[SummitryError], int], ...]] = (
    (Forbidden, 403), (TooMany, 429), (RecordError, 503), (UsageError, 400), (InputError, 400), (SummitryError, 400),
)  # fmt: skip


class Draft(NamedTuple):
    """What somebody pasted to have it read, or else checked."""

    text: str
    published: str
    reads: bool


def create_app(record_location: str | Path | None, settings: Settings | None = None) -> FastAPI:
    """The application over the record at `record_location`. Raises RecordError if that cannot be opened."""
    site = Site(record_location, settings or Settings())

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        warming = asyncio.create_task(warm(app, site)) if site.settings.warm else None
        yield
        if warming:
            warming.cancel()
        site.close()

    app = FastAPI(
        title="Summitry", version=__version__, docs_url=None, redoc_url=None, lifespan=running,
        summary="The record of who met whom.", dependencies=[Depends(within_limits)], openapi_tags=[{"name": "api", "description": "The record as JSON."}],
    )  # fmt: skip
    app.state.site = site
    app.add_middleware(Guard, settings=site.settings)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)
    app.include_router(api.router)
    app.include_router(reconcile.router)
    for module in _PAGES:
        app.include_router(module.router, include_in_schema=False)
    app.router.routes.append(Route("/static/{name}", serve_asset))
    app.add_exception_handler(SummitryError, _sentence)
    app.add_exception_handler(RequestValidationError, _misused)
    app.add_exception_handler(HTTPException, _http)
    return app


def wants_json(request: Request) -> bool:
    """Whether the answer goes to a program: the API, a list as data, or somebody who asks for JSON."""
    path = request.url.path
    if path.startswith("/api/") or split(path)[1] is not None:
        return True
    if path in ("/audit.json", "/audit.csv", "/audit.jsonl"):
        return True
    return "text/html" not in request.headers.get("accept", "text/html") and "json" in request.headers.get("accept", "")


def failed(request: Request, status: int, sentence: str, wait: int = 5, draft: Draft | None = None) -> Response:
    """The page or the JSON that says what is wrong; for 429 and 503 with the seconds after which to try again."""
    headers = {"Retry-After": str(wait)} if status in (429, 503) else {}
    if wants_json(request):
        return JSONResponse({"error": sentence, "status": status}, status, headers)
    said = translated(sentence, views.gettext_of(request))
    answer = views.page(request, "error.html", status, code=status, sentence=said, draft=draft)
    answer.headers.update(headers)
    return answer


async def _sentence(request: Request, error: Exception) -> Response:
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if isinstance(error, Forbidden) and not error.signed_in and not wants_json(request):
        return RedirectResponse(f"/sign-in?back={quote(request.url.path)}", 303)
    if isinstance(error, Forbidden) and not error.signed_in:
        status = 401
    wait = error.seconds if isinstance(error, TooMany) else 5
    return failed(request, status, str(error), wait, await _draft(request))


async def _misused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    said = _said(error.errors()[0])
    return failed(request, 400, said, draft=await _draft(request))


async def _draft(request: Request) -> Draft | None:
    """The text that somebody pasted and would lose by a mistake in the form."""
    if request.method != "POST" or request.url.path not in ("/read", "/check"):
        return None
    given = await request.form()
    text, published = (str(given.get(name) or "") for name in ("text", "published"))
    return Draft(text, published, request.url.path == "/read")


def _said(one: dict[str, Any]) -> str:
    name = one["loc"][-1] if one["loc"] else "?"
    match one["type"]:
        case "extra_forbidden":
            return f"There is no parameter {name!r} here."
        case "missing":
            return f"The field {name!r} is missing."
        case "int_parsing" | "int_type" | "int_from_float":
            return f"The field {name!r} takes a whole number."
        case "greater_than_equal":
            return f"The field {name!r} takes a number from {one['ctx']['ge']} on."
    return f"The field {name!r} is not understood: {one['msg']}"


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return failed(request, error.status_code, str(error.detail))
