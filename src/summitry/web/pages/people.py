"""People: all of them, and the page of one: names in all scripts, offices in time, whom they met."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry import ask
from summitry.ask import Query as Wanted
from summitry.kinds import STATUSES
from summitry.model import CountingRule, Person
from summitry.record.folding import fold_name
from summitry.web.lists import as_data, split
from summitry.web.pages.listing import listing
from summitry.web.query import Filters, Nothing
from summitry.web.site import Site
from summitry.web.views import page

router = APIRouter()
SHOWN = 200


@router.get("/people")
def everybody(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Those who took part most often."""
    site: Site = request.app.state.site
    people = site.kept("people", lambda: _people(site))
    return page(request, "people.html", people=people[:SHOWN], total=len(people))


def _people(site: Site) -> list[tuple[Person, int]]:
    groups = ask.count_by(site.record, CountingRule(status=tuple(STATUSES)), "person")
    often = {str(one.key): len(one.count.encounters) for one in groups}
    known = [(one, often.get(one.id, 0)) for one in site.record.people()]
    known.sort(key=lambda one: (-one[1], one[0].caption))
    exact = [(one, ask.total(site.record, Wanted(people=(one.id,)))) for one, _ in known[:SHOWN]]
    return sorted(exact, key=lambda one: (-one[1], one[0].caption)) + known[SHOWN:]


@router.get("/p/{name}")
def person(request: Request, name: str, filters: Annotated[Filters, Query()]) -> Response:
    """One person; a list of their encounters as data with a format behind the address."""
    site: Site = request.app.state.site
    identity, form = split(name)
    found = site.record.people([identity])
    if not found:
        return _by_name(request, site, identity)
    if form:
        return as_data(request, filters.query(people=(identity,)), form, name=identity)
    one = found[0]
    holder = site.authority.by_id.get(identity)
    shown = listing(request, filters, f"/p/{identity}", people=(identity,))
    alike = [other for other in site.record.people() if other.id != one.id and _surname(other) == _surname(one)]
    return page(
        request, "person.html", person=one, offices=holder.occupancies if holder else (), alike=alike,
        partners=_partners(site, identity), **shown,
    )  # fmt: skip


def _by_name(request: Request, site: Site, text: str) -> Response:
    """An address with a name instead of an id leads to the person of that name, if there is one."""
    fold = fold_name(text)
    named = [one for one in site.record.people() if fold in {fold_name(name) for name in (one.caption, *one.names)}]
    if len(named) == 1:
        return RedirectResponse(f"/p/{named[0].id}", 307)
    return page(request, "error.html", 404, code=404, sentence="")


def _surname(person: Person) -> tuple[str, ...]:
    """Words of the name by which two people could be taken for each other."""
    return tuple(sorted(fold_name(person.caption).split()[-1:]))


def _partners(site: Site, identity: str) -> list[tuple[Any, int, Any, Any]]:
    """With whom somebody met, how often, and when first and last."""
    met: dict[str, list[Any]] = {}
    names: dict[str, Any] = {}
    for one in site.record.encounters(ask.find_ids(site.record, Wanted(people=(identity,))), sources=False):
        for who in (*one.guests, *one.hosts):
            if who.person and who.person != identity:
                met.setdefault(who.person, []).append(one)
                names[who.person] = who
    rows = [(names[key], len(each), each[0], each[-1]) for key, each in met.items()]
    return sorted(rows, key=lambda row: (-row[1], row[0].name or ""))[:30]
