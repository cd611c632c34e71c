"""People: all of them, and the page of one: names in all scripts, offices in time, whom they met."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry import ask
from summitry.model import Encounter, Person
from summitry.record.folding import fold_name
from summitry.web.lists import as_data, split
from summitry.web.pages.listing import listing
from summitry.web.query import Filters, Nothing
from summitry.web.site import Site, everybody
from summitry.web.views import page

router = APIRouter()
SHOWN, PARTNERS = 200, 30


@router.get("/people")
def people(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Those who took part most often."""
    site: Site = request.app.state.site
    known = site.overview("people", lambda: _people(site))
    spelled = any(set(one.names) - {one.caption} for one, _ in known[:SHOWN])
    return page(request, "people.html", people=known[:SHOWN], total=len(known), spelled=spelled)


def _people(site: Site) -> list[tuple[Person, int]]:
    often = ask.per_person(site.record)
    return sorted(
        ((one, often.get(one.id, 0)) for one in site.record.people()), key=lambda one: (-one[1], one[0].caption)
    )


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
    alike = [other for other in _by_surname(site).get(_surname(one), ()) if other.id != one.id]
    return page(
        request, "person.html", person=one, offices=holder.occupancies if holder else (), alike=alike,
        partners=site.kept(("partners", identity), lambda: _partners(site, identity)), **shown,
    )  # fmt: skip


def _by_name(request: Request, site: Site, text: str) -> Response:
    """An address with a name instead of an id leads to the person of that name, if there is one."""
    fold = fold_name(text)
    named = [one for one in everybody(site) if fold in {fold_name(name) for name in (one.caption, *one.names)}]
    if len(named) == 1:
        return RedirectResponse(f"/p/{named[0].id}", 307)
    return page(request, "error.html", 404, code=404, sentence="")


def _by_surname(site: Site) -> dict[str, list[Person]]:
    return site.overview("surnames", lambda: _gathered(site))


def _gathered(site: Site) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for one in everybody(site):
        found.setdefault(_surname(one), []).append(one)
    return found


def _surname(person: Person) -> str:
    """The word of the name by which two people could be taken for each other."""
    return fold_name(person.caption).rpartition(" ")[2]


def _partners(site: Site, identity: str) -> list[tuple[Person, int, Encounter, Encounter]]:
    """With whom somebody met, how often, and when first and last."""
    met = ask.met_with(site.record, identity, PARTNERS)
    people = {one.id: one for one in site.record.people([one.person for one in met])}
    ids = [end for one in met for end in (one.first, one.last)]
    ends = {one.id: one for one in site.record.encounters(ids, sources=False)}
    return [(people[one.person], one.number, ends[one.first], ends[one.last]) for one in met if one.person in people]
