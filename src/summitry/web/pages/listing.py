"""The heart of most pages: a list of encounters as a chronicle, with its number, its months and its filters."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from starlette.requests import Request

from summitry import ask
from summitry.ask import Query
from summitry.kinds import KINDS, LEVELS, STATUSES
from summitry.model import CountingRule, Encounter
from summitry.publish import chronicle
from summitry.publish.pictures import Look, bars, bars_table
from summitry.web.query import PAGE, Filters
from summitry.web.site import Site
from summitry.web.views import language_of

FORMS = ("csv", "json", "docx", "md", "txt", "geojson")


class Line(NamedTuple):
    """One encounter of the list with its sentence, and whether a person has looked at it."""

    text: str
    encounter: Encounter
    reviewed: bool


class Month(NamedTuple):
    """A heading and its lines."""

    heading: str
    lines: list[Line]


class Choice(NamedTuple):
    """A value of a filter, how many encounters it would leave, and whether it is chosen."""

    value: str
    number: int | None
    chosen: bool


def listing(request: Request, filters: Filters, path: str, **fixed: Any) -> dict[str, Any]:
    """What the list at `path` shows; `fixed` narrows it beyond the parameters. Raises UsageError."""
    site: Site = request.app.state.site
    query = filters.query(**fixed)
    with site.record.reading():
        total = ask.total(site.record, query)
        pages = max(1, -(-total // PAGE))
        at = min(filters.page or pages, pages)
        found = ask.find(site.record, replace(query, limit=PAGE, offset=(at - 1) * PAGE))
        held = total if query.status == ("held",) else ask.total(site.record, replace(query, status=("held",)))
    months = (
        [] if query.text else site.kept(("months", query), lambda: ask.count_by(site.record, _rule(query), "month"))
    )
    choices = site.kept(("choices", query), lambda: _choices(site, query, fixed))
    lang = language_of(request)
    options = site.options(lang, found, between=query.between[:2], start=query.start, end=query.end, fold=False)
    written = chronicle(found, options)
    undated = next((len(one.count.encounters) for one in months if one.key is None), 0)
    return {
        "filters": filters, "list_path": path, "total": total, "held": held, "undated": undated,
        "months": _months(site, written.sections, found), "lead": written.lead if pages == 1 and len(fixed.get("between", ())) == 2 else (),
        "at": at, "pages": pages, "choices": choices, "levels": LEVELS, "headline": written.headline,
        "forms": FORMS, "bars": _bars(lang, months, filters, path),
    }  # fmt: skip


def _rule(query: Query) -> CountingRule:
    """The query as a rule for tables of counts, all statuses if none is named."""
    fields = {name: getattr(query, name) for name in CountingRule.__struct_fields__}
    return CountingRule(**fields | {"status": query.status or tuple(STATUSES)})


def _choices(site: Site, query: Query, fixed: dict[str, Any]) -> dict[str, list[Choice]]:
    """The values of the filters that are shown with their numbers."""
    found = {
        "status": [_choice(site, query, "status", one) for one in STATUSES],
        "kind": [_choice(site, query, "kind", one) for one in KINDS],
    }
    between = fixed.get("between", ())
    if len(between) == 2:
        open_ = replace(query, guest=(), host=())
        found["direction"] = [
            Choice("-".join(pair), ask.total(site.record, replace(open_, guest=pair[:1], host=pair[1:])),
                   (query.guest, query.host) == (pair[:1], pair[1:]))
            for pair in (tuple(between), tuple(between[::-1]))
        ]  # fmt: skip
    return found


def _choice(site: Site, query: Query, name: str, value: Any) -> Choice:
    number = ask.total(site.record, replace(query, **{name: (value,)}))
    return Choice(value, number, value in getattr(query, name))


def _months(site: Site, sections: Sequence[Any], found: Sequence[Encounter]) -> list[Month]:
    known = {one.id: one for one in found}
    reviewed = site.reviewed()
    return [
        Month(
            section.heading,
            [Line(one.text, known[one.encounters[0]], one.encounters[0] in reviewed) for one in section.entries],
        )
        for section in sections
    ]


def _bars(lang: str, months: Sequence[ask.Group], filters: Filters, path: str) -> dict[str, Any] | None:
    """Bars of months (of years where they are many), each leading to its part of the list."""
    counts = {one.key: len(one.count.encounters) for one in months if one.key}
    if len(counts) < 2:
        return None
    first, last = min(counts), max(counts)
    if (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) >= 48:
        years: dict[str, set[str]] = {}
        for one in months:
            if one.key:
                years.setdefault(one.key[:4], set()).update(one.count.encounters)
        counts = {year: len(ids) for year, ids in years.items()}
    look = Look(lang=lang, id="months", link=lambda key: filters.link(path, from_=key, to=key))
    return {"svg": bars(counts, look), "table": bars_table(counts, look)}
