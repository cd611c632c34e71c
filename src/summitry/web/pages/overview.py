"""Who meets whom how often: all pairs, all countries, and the page of one country."""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask
from summitry.ask import Query as Wanted
from summitry.kinds import STATUSES
from summitry.model import CountingRule
from summitry.web.pages.listing import listing
from summitry.web.query import Filters, Nothing, code
from summitry.web.site import Site
from summitry.web.views import page

router = APIRouter()
SHOWN = 100


class Pair(NamedTuple):
    """Two countries: how many encounters in all, and how many visits each way."""

    codes: tuple[str, str]
    total: int
    there: int
    back: int

    @property
    def path(self) -> str:
        """Their chronicle."""
        return f"/c/{'-'.join(self.codes).lower()}"


def busiest(site: Site) -> list[Pair]:
    """The pairs with the most encounters."""
    return site.kept("pairs", lambda: _pairs(site))


def directions(site: Site) -> dict[tuple[str, str], int]:
    """Guest and host country -> how many visits the record may have."""
    return site.kept("directions", lambda: _directions(site))


def _directions(site: Site) -> dict[tuple[str, str], int]:
    groups = ask.count_by(site.record, CountingRule(kind=("visit",), status=tuple(STATUSES)), "direction")
    found = {tuple(one.key.split("-", 1)): len(one.count.encounters) for one in groups if one.key}
    return {(pair[0], pair[1]): number for pair, number in found.items() if pair[0] != pair[1]}


def _pairs(site: Site) -> list[Pair]:
    ways = directions(site)
    met = ask.count_by(site.record, CountingRule(status=tuple(STATUSES)), "country")
    codes = [str(one.key) for one in met if one.key]
    likely = {tuple(sorted(way)): 0 for way in ways}
    for way, number in ways.items():
        likely[tuple(sorted(way))] += number
    known = {(a, b): likely.get((a, b), 0) for a in codes for b in codes if a < b and (a, b) in likely}
    top = sorted(known, key=lambda pair: (-known[pair], pair))[:SHOWN]
    pairs = [
        Pair(pair, ask.total(site.record, Wanted(between=pair)), ways.get(pair, 0), ways.get((pair[1], pair[0]), 0))
        for pair in top
    ]
    return sorted(pairs, key=lambda one: (-one.total, one.codes))


@router.get("/pairs")
def pairs(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """All pairs of countries, the busiest first."""
    return page(request, "pairs.html", pairs=busiest(request.app.state.site), shown=SHOWN)


@router.get("/countries")
def countries(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """All countries and organisations."""
    site: Site = request.app.state.site
    return page(request, "countries.html", countries=site.kept("countries", lambda: _countries(site)))


def _countries(site: Site) -> list[tuple[str, int]]:
    met = ask.count_by(site.record, CountingRule(status=tuple(STATUSES)), "country")
    found = [(one.key, ask.total(site.record, Wanted(between=(one.key,)))) for one in met if one.key]
    return sorted(found, key=lambda one: (-one[1], one[0]))


@router.get("/country/{name}")
def country(request: Request, name: str, filters: Annotated[Filters, Query()]) -> Response:
    """One country: with whom, who of it, and its chronicle."""
    site: Site = request.app.state.site
    own = code(name)
    partners = site.kept(("partners", own), lambda: _partners(site, own))
    people = [one for one in site.record.people() if one.country == own]
    shown = listing(request, filters, f"/country/{own.lower()}", between=(own,))
    return page(request, "country.html", code=own, partners=partners, people=people, **shown)


def _partners(site: Site, own: str) -> list[tuple[str, int]]:
    """The countries it met, with the number behind each chronicle."""
    met = ask.count_by(site.record, CountingRule(between=(own,), status=tuple(STATUSES)), "country")
    found = [(one.key, ask.total(site.record, Wanted(between=(own, one.key)))) for one in met if one.key]
    return sorted(found, key=lambda one: (-one[1], one[0]))[:SHOWN]
