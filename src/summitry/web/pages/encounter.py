"""One encounter: what it was, who says so and in which words, and how the record came to say it."""

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry import ask, cities, merging
from summitry.ask import Query as Wanted
from summitry.dates import bounds
from summitry.errors import UsageError
from summitry.model import Encounter, Judgement, Source
from summitry.publish import FORMATS, Context
from summitry.publish.formats.common import titles
from summitry.record.folding import fold_words
from summitry.web.claiming import claim_address
from summitry.web.editing import CORRECTABLE, printed, value_of
from summitry.web.lists import base_of, split
from summitry.web.marking import Piece, Span, excerpts
from summitry.web.query import Nothing
from summitry.web.security import ensure, note
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()
FIELDS = (
    "kind",
    "status",
    "date",
    "guests",
    "hosts",
    "host_country",
    "place",
    "delegation",
    "activities",
    "topics",
    "outcomes",
)


class Quoted(NamedTuple):
    """A source with its words in their surroundings."""

    source: Source
    title: str | None
    lang: str | None
    published: str | None
    excerpts: list[list[Piece]]
    copy: bool  # a near copy of an earlier one, so no source of its own


class Statement(NamedTuple):
    """What the record says in one field, what each source says where not all say the same, and whether they contradict."""

    field: str
    value: str
    said: list[tuple[str, str]]
    differ: bool = False


@router.get("/e/{name}")
def encounter(request: Request, name: str, _: Annotated[Nothing, Query()]) -> Response:
    """The page of an encounter; 308 to its successor if it was merged, 410 if it was withdrawn."""
    site: Site = request.app.state.site
    identity, form = split(name)
    now = site.record.current(identity)
    found = site.record.encounter(identity) if now else None
    if found is None or now is None:
        return _missing(request, site, identity)
    if now != identity:
        return RedirectResponse(f"/e/{now}{form.extension if form else ''}", 308)
    gone = withdrawal(site, now)
    if gone:
        return page(request, "error.html", 410, code=410, sentence=gone.reason or "", judgement=gone)
    lang = language_of(request)
    if form:
        context = Context(options=site.options(lang, [found]), base=f"{base_of(request)}/e/")
        return Response(form.write([found], context).content, media_type=form.media_type)
    return page(request, "encounter.html", **shown(site, found, lang))


def _missing(request: Request, site: Site, identity: str) -> Response:
    past = site.record.history(identity)
    if past:  # it was there once: re-reading its articles no longer gives it
        return page(request, "error.html", 410, code=410, sentence="")
    return page(request, "error.html", 404, code=404, sentence="")


def withdrawal(site: Site, identity: str) -> Judgement | None:
    """The decision by which an encounter is left out of the record."""
    behind = [one.id for one in site.record.reports(encounters=[identity])]
    for name in (identity, *behind):
        for one in site.record.judgements(active=True, subject=name):
            if one.verdict == "withdraw":
                return one
    return None


def shown(site: Site, found: Encounter, lang: str) -> dict[str, Any]:
    """Everything that is shown of an encounter."""
    children = ask.find(site.record, Wanted(parent=found.id))
    parent = site.record.encounter(found.parent) if found.parent else None
    related = [*children, *([parent] if parent else [])]
    options = site.options(lang, [found, *related])
    quoted = quotes(site, found)
    claims = site.kept(("counting", found.id), lambda: ask.counting(site.record, found))
    values = [found.date, *(one.report.date for one in found.sources)]
    return {
        "encounter": found, "sentences": titles([found, *related], options), "children": children, "parent": parent,
        "quoted": quoted, "statements": statements(found), "history": site.record.history(found.id),
        "decisions": [one for one in site.record.judgements(subject=found.id) if one.verdict != ask.LATER], "dates": values, "correctable": CORRECTABLE,
        "claims": [(one, claim_address(one.claim, one.document.published, one.document.lang)) for one in claims],
        "jsonld": FORMATS["jsonld"].extension,
    }  # fmt: skip


def quotes(site: Site, one: Encounter) -> list[Quoted]:
    """The sources of an encounter with their evidence where it stands, each article once."""
    sources = one.sources
    texts = {text.id: text for text in site.record.articles(sorted({said.article for said in sources}))}
    spans: dict[str, list[Span]] = {}
    for source in sources:
        spans.setdefault(source.article, []).extend(Span(q.start, q.end, "evidence") for q in source.report.evidence)
    found = []
    for source in {said.article: said for said in sources[:50]}.values():
        article = texts.get(source.article)
        if article:
            marked = excerpts(article.text, spans[article.id])
            found.append(
                Quoted(source, article.title, article.lang, article.published, marked, article.id in one.copies)
            )
    return found


def statements(found: Encounter) -> list[Statement]:
    """Field by field what is recorded and, where sources differ from it, what each of them says."""
    listed = []
    for field in FIELDS:
        value = printed(field, getattr(found, field))
        said = [(one.key, printed(field, getattr(one.report, field))) for one in found.sources]
        differing = len({text for _, text in said}) > 1
        if value or differing:
            listed.append(Statement(field, value, said if differing else [], _contradicted(field, found)))
    return listed


def _contradicted(field: str, found: Encounter) -> bool:
    """Whether two sources cannot both be right; of several people, topics or occasions one may name some, one others."""
    said = [value for one in found.sources if (value := getattr(one.report, field))]
    if field == "date":
        days = [bounds(one) for one in said]
        return any(a[0] > b[1] for a in days for b in days if a[0] and b[1])
    if field == "place":
        return (
            len({city.key if (city := cities.find(one.name, one.country)) else fold_words(one.name) for one in said})
            > 1
        )
    if field == "status":  # what was planned may have been held; what was held was not cancelled
        return "held" in said and bool({"cancelled", "disputed"} & set(said))
    return field in ("kind", "host_country") and len(set(said)) > 1


@router.post("/e/{identity}/correct")
def correct(
    request: Request,
    identity: str,
    field: Annotated[str, Form()],
    reason: Annotated[str, Form()],
    value: Annotated[str, Form()] = "",
) -> Response:
    """One correction: one field, with its reason."""
    site: Site = request.app.state.site
    author = ensure(request, "editor")
    found = site.record.encounter(identity)
    if found is None:
        raise UsageError(f"The record has no encounter {identity}.")
    if not reason.strip():
        raise UsageError("A correction needs a reason: the source that says so, or why the reading is wrong.")
    decision = Judgement(
        id="", subject=found.id, verdict="correct", author=author.name, time="", field=field,
        value=value_of(field, value, found), reason=reason.strip(),
    )  # fmt: skip
    merging.judge(site.record, decision, site.authority)
    note(request, "correction", author.name, found.id, field)
    site.forget()
    return RedirectResponse(f"/e/{found.id}", 303)


__all__ = ["Quoted", "quotes", "router", "shown", "statements", "withdrawal"]
