"""The first page: what is in the record, what came last, and a box to try it."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry import ask
from summitry.ask import Query as Wanted
from summitry.web import i18n
from summitry.web.pages.overview import busiest
from summitry.web.pages.signing import local
from summitry.web.query import Nothing
from summitry.web.site import Site
from summitry.web.views import THEMES, language_of, page

router = APIRouter()
LATEST = 8


@router.get("/")
def home(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """The first page."""
    site: Site = request.app.state.site
    lang = language_of(request)
    figures = site.overview("figures", lambda: _figures(site))
    latest = site.overview(("latest", lang), lambda: _latest(site, lang))
    return page(
        request, "home.html", figures=figures, latest=latest, pairs=busiest(site)[:8], coverage=site.record.coverage()
    )  # fmt: skip


def _figures(site: Site) -> dict[str, int]:
    held = ask.total(site.record, Wanted(status=("held",)))
    return site.record.size() | {"held": held, "total": ask.total(site.record, Wanted())}


def _latest(site: Site, lang: str) -> list[tuple[str, Any]]:
    from summitry.publish.formats.common import titles

    last = ask.latest(site.record, LATEST)
    said = titles(last, site.options(lang, last))
    return [(said[one.id], one) for one in reversed(last)]


@router.post("/preferences")
def prefer(
    request: Request,
    back: Annotated[str, Form()] = "/",
    lang: Annotated[str | None, Form()] = None,
    theme: Annotated[str | None, Form()] = None,
) -> Response:
    """Remember the visitor's language or theme."""
    answer = RedirectResponse(local(back), 303)
    for name, value, known in (("lang", lang, i18n.offered()), ("theme", theme, THEMES)):
        if value in known:
            answer.set_cookie(name, str(value), max_age=365 * 24 * 3600, httponly=True, samesite="lax")
    return answer
