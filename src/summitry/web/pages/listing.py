"""The heart of most pages: a list of encounters as a chronicle, with its number, its months and its filters."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace
from starlette.requests import Request

from summitry import ask
from summitry.ask import Query
from summitry.kinds import KINDS, LEVELS, STATUSES
from summitry.model import Encounter
from summitry.publish import Chronicle, chronicle
from summitry.publish.pictures import Look, bars, bars_table
from summitry.web.query import PAGE, Filters
from summitry.web.site import Site
from summitry.web.views import language_of

YEARS = 48  # months from which on there is a bar for each year instead
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


class Numbers(NamedTuple):
    """The numbers of a list: in all, those that took place, by month and year, by the values of the filters."""

    total: int
    held: int
    months: dict[str | None, int]
    years: dict[str | None, int]
    choices: dict[str, list[Choice]]


def listing(request: Request, filters: Filters, path: str, **fixed: Any) -> dict[str, Any]:
    """What the list at `path` shows; `fixed` narrows it beyond the parameters. Raises UsageError."""
    site: Site = request.app.state.site
    query = filters.query(**fixed)
    numbers = site.kept(("numbers", query), lambda: _numbers(site, query, fixed))
    pages = max(1, -(-numbers.total // PAGE))
    at = min(filters.page or pages, pages)
    lang = language_of(request)
    found, written = site.lists.exact((lang, query, at), lambda: _written(site, _part(query, at, numbers.total), lang))
    drawn = site.lists.exact((lang, filters.link(path)), lambda: _bars(lang, numbers, filters, path))
    pair = pages == 1 and len(fixed.get("between", ())) == 2
    return {
        "filters": filters, "list_path": path, "total": numbers.total, "held": numbers.held,
        "undated": numbers.months.get(None, 0), "months": _months(site, written.sections, found),
        "lead": written.lead if pair else (), "at": at, "pages": pages, "choices": numbers.choices, "levels": LEVELS,
        "headline": written.headline, "forms": FORMS, "bars": drawn,
    }  # fmt: skip


def _part(query: Query, at: int, total: int) -> Query:
    """One page of the list, counted from the end that is nearer."""
    first, last = (at - 1) * PAGE, min(at * PAGE, total)
    if first > total - last:
        return replace(query, limit=last - first, offset=total - last, back=True)
    return replace(query, limit=PAGE, offset=first)


def _written(site: Site, query: Query, lang: str) -> tuple[list[Encounter], Chronicle]:
    """The encounters of one page, and the chronicle of them."""
    found = ask.find(site.record, query)
    options = site.options(lang, found, between=query.between[:2], start=query.start, end=query.end, fold=False)
    return found, chronicle(found, options)


def _numbers(site: Site, query: Query, fixed: dict[str, Any]) -> Numbers:
    """All numbers of a list, each the length of the list that it leads to."""
    directed = bool(query.guest or query.host)  # then the kinds are not alternatives: such a list is of visits
    every = ask.tally(site.record, replace(query, kind=query.kind if directed else (), status=()))
    chosen = {key: number for key, number in every.items() if query.kind == () or key[0] in query.kind}
    found = {
        "status": [_choice(one, query.status, _sum(chosen, 1, (one,))) for one in STATUSES],
        "kind": [_choice(one, query.kind, _sum(_narrow(every, query.status), 0, (one,))) for one in KINDS],
    }
    months = ask.histogram(site.record, query, "month")
    years = ask.histogram(site.record, query, "year") if _months_between(months) >= YEARS else {}
    return Numbers(
        total=sum(_narrow(chosen, query.status).values()), held=_sum(chosen, 1, ("held",)), months=months, years=years,
        choices=found | _directions(site, query, fixed),
    )  # fmt: skip


def _narrow(every: dict[tuple[str, str], int], statuses: Sequence[str]) -> dict[tuple[str, str], int]:
    return {key: number for key, number in every.items() if not statuses or key[1] in statuses}


def _sum(every: dict[tuple[str, str], int], at: int, values: Sequence[str]) -> int:
    return sum(number for key, number in every.items() if key[at] in values)


def _choice(value: str, chosen: Sequence[str], number: int) -> Choice:
    return Choice(value, number, value in chosen)


def _directions(site: Site, query: Query, fixed: dict[str, Any]) -> dict[str, list[Choice]]:
    between = tuple(fixed.get("between", ()))
    if len(between) != 2:
        return {}
    open_ = replace(query, guest=(), host=())
    return {"direction": [
        Choice("-".join(pair), ask.total(site.record, replace(open_, guest=pair[:1], host=pair[1:])),
               (query.guest, query.host) == (pair[:1], pair[1:]))
        for pair in (between, between[::-1])
    ]}  # fmt: skip


def _months(site: Site, sections: Sequence[Any], found: Sequence[Encounter]) -> list[Month]:
    known = {one.id: one for one in found}
    reviewed = site.decided([one.id for one in found])
    return [
        Month(
            section.heading,
            [Line(one.text, known[one.encounters[0]], one.encounters[0] in reviewed) for one in section.entries],
        )
        for section in sections
    ]


def _bars(lang: str, numbers: Numbers, filters: Filters, path: str) -> dict[str, Any] | None:
    """Bars of months (of years where they are many), each leading to its part of the list."""
    counts = {key: number for key, number in (numbers.years or numbers.months).items() if key}
    if len(counts) < 2:
        return None
    look = Look(lang=lang, id="months", link=lambda key: filters.link(path, from_=key, to=key))
    return {"svg": bars(counts, look), "table": bars_table(counts, look)}


def _months_between(months: dict[str | None, int]) -> int:
    """How many months lie between the first and the last."""
    dated = [int(key[:4]) * 12 + int(key[5:]) for key in months if key]
    return max(dated) - min(dated) if dated else 0
