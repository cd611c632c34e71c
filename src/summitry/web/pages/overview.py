"""Who meets whom how often: all pairs, all countries, and the page of one country."""

from typing import Annotated, NamedTuple

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask
from summitry.kinds import STATUSES
from summitry.model import CountingRule
from summitry.web.pages.listing import listing
from summitry.web.query import Filters, Nothing, code
from summitry.web.site import Site, everybody
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
    return site.overview("pairs", lambda: _pairs(site))


def directions(site: Site) -> dict[tuple[str, str], int]:
    """Guest and host country -> how many visits the record may have."""
    return site.overview("directions", lambda: _directions(site))


def _directions(site: Site) -> dict[tuple[str, str], int]:
    groups = ask.count_by(site.record, CountingRule(kind=("visit",), status=tuple(STATUSES)), "direction")
    found = {tuple(one.key.split("-", 1)): len(one.count.encounters) for one in groups if one.key}
    return {(pair[0], pair[1]): number for pair, number in found.items() if pair[0] != pair[1]}


def _pairs(site: Site) -> list[Pair]:
    ways = directions(site)
    found = sorted(ask.per_pair(site.record).items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
    return [Pair((a, b), number, ways.get((a, b), 0), ways.get((b, a), 0)) for (a, b), number in found]


@router.get("/pairs")
def pairs(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """All pairs of countries, the busiest first."""
    return page(request, "pairs.html", pairs=busiest(request.app.state.site), shown=SHOWN)


@router.get("/countries")
def countries(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """All countries and organisations."""
    site: Site = request.app.state.site
    return page(request, "countries.html", countries=site.overview("countries", lambda: _countries(site)))


def _countries(site: Site) -> list[tuple[str, int]]:
    return sorted(ask.per_country(site.record).items(), key=lambda one: (-one[1], one[0]))


@router.get("/country/{name}")
def country(request: Request, name: str, filters: Annotated[Filters, Query()]) -> Response:
    """One country: with whom, who of it, and its chronicle."""
    site: Site = request.app.state.site
    own = code(name)
    partners = site.kept(("partners", own), lambda: _partners(site, own))
    people = [one for one in everybody(site) if one.country == own]
    shown = listing(request, filters, f"/country/{own.lower()}", between=(own,))
    return page(request, "country.html", code=own, partners=partners, people=people, **shown)


def _partners(site: Site, own: str) -> list[tuple[str, int]]:
    """The countries it met, with the number behind each chronicle."""
    met = {(b if a == own else a): number for (a, b), number in ask.per_pair(site.record, own).items()}
    return sorted(met.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
