"""Paste and see: the encounters found in a text, marked in it, each value explained; they may be kept in the record."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, UploadFile
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry import detection, merging, pipeline
from summitry.errors import InputError, UsageError
from summitry.ingest import Failure, Options
from summitry.model import Encounter, Reading, Report
from summitry.publish.formats.common import titles
from summitry.web.claiming import claim_address
from summitry.web.editing import printed
from summitry.web.marking import Span, pieces
from summitry.web.pages.claims import read
from summitry.web.pages.encounter import FIELDS
from summitry.web.pages.sources import short
from summitry.web.query import Nothing, edtf
from summitry.web.security import account, ensure, note, spend
from summitry.web.site import Site
from summitry.web.views import language_of, page, widest

router = APIRouter()


@router.get("/read")
def form(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Where a text is pasted or a file is chosen."""
    return page(request, "read.html")


@router.post("/read")
def seen(
    request: Request,
    text: Annotated[str, Form()] = "",
    published: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    file: UploadFile | None = None,
) -> Response:
    """What was found in the text, the file or the page at an address."""
    site: Site = request.app.state.site
    spend(request)
    if file is not None and file.size:
        text = _decoded(file.file.read())
    if url.strip():
        who = account(request)
        note(request, "fetch", who.name if who else None, url.strip())
    reading = _fetched(site, url.strip(), published) if url.strip() else read(site, text, published)
    reading = merging.prepare(reading, pipeline.identifier(site.authority)).reading
    lang = language_of(request)
    found = [_as_encounter(number, one) for number, one in enumerate(reading.reports, start=1)]
    spans = [
        Span(quote.start, quote.end, f"encounter {one.status}", f"#r{number}", str(number))
        for number, one in enumerate(reading.reports, start=1) for quote in widest(one.evidence)
    ]  # fmt: skip
    spans += [Span(one.start, one.end, "claim") for one in reading.claims]
    allowed = account(request)
    return page(
        request, "seen.html", reading=reading, pieces=pieces(reading.article.text, spans), doubts=pipeline.unbelievable(reading),
        found=list(zip(found, reading.reports, strict=True)), sentences=titles(found, site.options(lang, found)),
        fields=FIELDS, reads=list(detection.names()), printed=printed, may_keep=allowed is not None and allowed.may("editor"),
        claims=[(one, claim_address(one, reading.article.published, reading.article.lang)) for one in reading.claims],
    )  # fmt: skip


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("The file is no text in UTF-8; paste its text instead.") from error


def _fetched(site: Site, url: str, published: str) -> Reading:
    """The reading of a page; `ingest` refuses addresses that are not public."""
    if not site.settings.fetch:
        raise UsageError("This server fetches no pages; paste the text instead.")
    outcome = next(iter(pipeline.readings([url], Options(published=edtf(published) or None), site.authority)))
    if isinstance(outcome, Failure):
        raise outcome.error
    return outcome


def _as_encounter(number: int, report: Report) -> Encounter:
    """A report as an encounter, so that it can be said in a sentence."""
    names = (
        "kind",
        "status",
        "guests",
        "hosts",
        "date",
        "host_country",
        "place",
        "activities",
        "topics",
        "outcomes",
        "delegation",
    )
    return Encounter(id=f"r{number}", **{name: getattr(report, name) for name in names})


@router.post("/read/keep")
def keep(
    request: Request,
    text: Annotated[str, Form()],
    published: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    source: Annotated[str, Form()] = "",
) -> Response:
    """Put the text and what was read in it into the record."""
    site: Site = request.app.state.site
    who = ensure(request, "editor")
    reading = read(site, text, published)
    named = replace(reading.article, title=title.strip() or None, key=source.strip() or None, url=_web(source))
    keep_reading(site, replace(reading, article=named))
    note(request, "keep", who.name, short(named.id), title.strip())
    return RedirectResponse(f"/d/{short(named.id)}", 303)


def _web(text: str) -> str | None:
    return text.strip() if text.strip().startswith(("http://", "https://")) else None


def keep_reading(site: Site, reading: Reading) -> None:
    """File a reading as `add` would; the same text twice changes nothing."""
    prepared = merging.prepare(reading, pipeline.identifier(site.authority))
    merging.file(site.record, [prepared])
    merging.settle(site.record, site.authority)
    site.forget()
