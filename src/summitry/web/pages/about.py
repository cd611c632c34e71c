"""What the record claims to cover, what its numbers mean, how it reads, and what it cannot do."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask, detection
from summitry.web.query import Nothing, of_rule
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()


@router.get("/about")
def about(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """About the record and its rules."""
    site: Site = request.app.state.site
    lang = language_of(request)
    rules = [(*one.said(lang), of_rule("/count", one.rule)) for one in ask.named_rules().values()]
    return page(
        request,
        "about.html",
        coverage=site.record.coverage(),
        rules=rules,
        units=ask.UNITS,
        reads=list(detection.names()),
    )
