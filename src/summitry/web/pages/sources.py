"""The documents behind the record, and one of them with everything that was read in it."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask
from summitry.publish import tables
from summitry.publish.formats.common import titles
from summitry.web.claiming import claim_address
from summitry.web.marking import Span, pieces
from summitry.web.query import Nothing, Text
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()
PAGE = 100


class Pages(BaseModel):
    """Which page of the list."""

    model_config = ConfigDict(extra="forbid")
    page: int = Field(1, ge=1)
    q: Text = None


def documents(site: Site) -> list[ask.Document]:
    """All documents, the latest first."""
    return site.overview("documents", lambda: ask.documents(site.record))


def short(article: str) -> str:
    """The part of a document's id that stands in addresses."""
    return article.rpartition(":")[2]


@router.get("/sources")
def sources(request: Request, wanted: Annotated[Pages, Query()]) -> Response:
    """The list of documents."""
    every = documents(request.app.state.site)
    if wanted.q:
        words = wanted.q.casefold()
        every = [one for one in every if words in f"{one.title or ''} {one.key} {one.url or ''}".casefold()]
    pages = max(1, -(-len(every) // PAGE))
    at = min(wanted.page, pages)
    first = (at - 1) * PAGE
    return page(
        request, "sources.html", documents=every[first : first + PAGE], total=len(every), at=at,
        pages=pages, q=wanted.q or "", short=short,
    )  # fmt: skip


@router.get("/d/{digest}")
def document(request: Request, digest: str, _: Annotated[Nothing, Query()]) -> Response:
    """One document with its encounters and claims marked."""
    site: Site = request.app.state.site
    found = list(site.record.articles([f"sha256:{digest}"]))
    if not found:
        return page(request, "error.html", 404, code=404, sentence="")
    article = found[0]
    stored = site.record.reports(articles=[article.id])
    spans = [
        Span(quote.start, quote.end, f"encounter {one.report.status}", f"/e/{one.encounter}")
        for one in stored if one.encounter for quote in one.report.evidence
    ]  # fmt: skip
    claims = [
        (claim, claim_address(claim, article.published, article.lang)) for _, claim in site.record.claims(article.id)
    ]
    spans += [Span(claim.start, claim.end, "claim", link) for claim, link in claims]
    lang = language_of(request)
    behind = site.record.encounters(sorted({one.encounter for one in stored if one.encounter}))
    said = titles(behind, site.options(lang, behind))
    rtl = article.lang in tables.languages() and tables.load(article.lang).locale.text_direction == "rtl"
    return page(
        request, "document.html", article=article, pieces=pieces(article.text, spans), encounters=behind,
        sentences=said, claims=claims, rtl=rtl,
    )  # fmt: skip
