"""Claims: paste a draft and see which of its numbers hold; one claim with its verdict and facts; a number by own rule."""

import time
from itertools import groupby
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask, pipeline
from summitry.ask import EXCLUDED_LEVELS, SETTINGS, SIGNS, UNITS, check
from summitry.ask.sentences import tags, words
from summitry.dates import validate
from summitry.errors import InputError
from summitry.kinds import LEVELS
from summitry.model import Reading, Verdict
from summitry.publish.formats.common import titles
from summitry.web.claiming import OPERATORS, TYPES, Stated, claim_address
from summitry.web.marking import Span, pieces
from summitry.web.pages.sources import short
from summitry.web.query import Nothing, RuleFilters, edtf, of_rule
from summitry.web.security import spend
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()
LISTED = 200  # encounters listed behind a verdict; the number above them leads to all
STORED = 20  # claims of stored documents on one page
PATIENCE = 0.3  # seconds after which the verdicts on them that nobody has worked out yet are left for the next view


def spoken(lang: str | None, usual: str) -> str:
    """The language for a verdict's reason: the claim's own where verdicts can be said in it."""
    return lang if lang in tags() else usual


@router.get("/check")
def form(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Where a draft is pasted."""
    return page(request, "check.html", text="", published="")


@router.post("/check")
def checked(request: Request, text: Annotated[str, Form()], published: Annotated[str, Form()] = "") -> Response:
    """The draft with its claims underlined, and the verdicts beside it."""
    site: Site = request.app.state.site
    spend(request)
    reading = read(site, text, published)
    verdicts = pipeline.check(site.record, reading)
    lang = reading.article.lang
    links = [claim_address(one.claim, published.strip() or None, lang) for one in verdicts]
    spans = [
        Span(one.claim.start, one.claim.end, f"claim {one.verdict}", f"#c{number}", SIGNS[one.verdict])
        for number, one in enumerate(verdicts, start=1)
    ]
    return page(
        request, "checked.html", pieces=pieces(reading.article.text, spans), signs=SIGNS, text_lang=lang,
        verdicts=list(zip(verdicts, links, strict=True)), text=text, published=published.strip(),
    )  # fmt: skip


def read(site: Site, text: str, published: str) -> Reading:
    """The reading of what somebody pasted. Raises InputError if it is empty or too long, DateError for the date."""
    if len(text) > site.settings.longest:
        raise InputError(f"The text has more than {site.settings.longest:,} characters; give it in parts.")
    day = validate(edtf(published)) if published.strip() else None
    return pipeline.read_text(text.replace("\r\n", "\n"), published=day)


@router.get("/claim")
def claim(request: Request, stated: Annotated[Stated, Query()]) -> Response:
    """One claim: what was said, the verdict, the facts; and the form to state it otherwise."""
    site: Site = request.app.state.site
    lang = language_of(request)
    if stated.type is None:
        return page(request, "claim.html", stated=stated, verdict=None, **_choices())
    found = check(site.record, stated.claim(), lang=spoken(lang, lang), published=stated.published)
    return page(
        request, "claim.html", stated=stated, verdict=found, signs=SIGNS, **_facts(site, found, lang), **_choices()
    )


def _choices() -> dict[str, Any]:
    return {
        "types": TYPES,
        "operators": OPERATORS,
        "units": UNITS,
        "levels": LEVELS,
        "exclusions": (*EXCLUDED_LEVELS, *SETTINGS),
    }


def _facts(site: Site, verdict: Verdict, lang: str) -> dict[str, Any]:
    """The list behind a verdict, and the rules that would make the claim true with what they count."""
    listed = site.record.encounters(list(verdict.encounters[:LISTED]))
    said = titles(listed, site.options(lang, listed))
    fitting = [(rule, ask.count(site.record, rule), of_rule("/count", rule)) for rule in verdict.rules_that_fit]
    return {"listed": listed, "sentences": said, "fitting": fitting}


@router.get("/count")
def counted(request: Request, filters: Annotated[RuleFilters, Query()]) -> Response:
    """A number by a stated rule, with the list that it counts."""
    site: Site = request.app.state.site
    rule = filters.rule()
    found = ask.count(site.record, rule)
    lang = language_of(request)
    listed = site.record.encounters(list(found.encounters[:LISTED]))
    said = titles(listed, site.options(lang, listed))
    return page(
        request, "count.html", filters=filters, rule=rule, count=found, amount=words(spoken(lang, lang)).amount(found.low, found.high, rule.unit), listed=listed, sentences=said, **_choices()
    )  # fmt: skip


class Said(NamedTuple):
    """A claim of a document with its verdict, and where that is explained."""

    document: ask.Document
    text: str
    verdict: Verdict | None  # None while it is being worked out
    link: str


class Pages(BaseModel):
    """Which page of the claims."""

    model_config = ConfigDict(extra="forbid")
    page: int = Field(1, ge=1)


@router.get("/claims")
def claims(request: Request, wanted: Annotated[Pages, Query()]) -> Response:
    """What the documents of the record claim, the latest document first."""
    site: Site = request.app.state.site
    lang = language_of(request)
    total = site.kept("claims", lambda: ask.claims_in_all(site.record))
    pages = max(1, -(-total // STORED))
    at = min(wanted.page, pages)
    listed = ask.claimed(site.record, STORED, (at - 1) * STORED)
    deadline = time.monotonic() + PATIENCE
    said = [_said(site, one, lang, deadline) for one in listed]
    groups = [(head, list(group)) for head, group in groupby(said, key=lambda one: one.document)]
    return page(
        request, "claims.html", groups=groups, total=total, at=at, pages=pages,
        signs=SIGNS, short=short, pending=any(one.verdict is None for one in said),
    )  # fmt: skip


def _said(site: Site, one: ask.Claimed, lang: str, deadline: float) -> Said:
    """The verdict may be that of a moment ago, or still to come: to try all rules on a large record takes a while."""
    head, spoken_ = one.document, spoken(lang, lang)
    found = site.overview_by(
        deadline,
        ("claimed", head.id, one.claim, spoken_),
        lambda: check(site.record, one.claim, lang=spoken_, published=head.published),
    )
    return Said(head, one.claim.text, found, claim_address(one.claim, head.published, head.lang))


__all__ = ["read", "router", "spoken"]
