"""Search: encounters by words in any script, people by any spelling, countries by name."""

import itertools
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask, territories
from summitry.ask import Query as Wanted
from summitry.model import Person
from summitry.publish import tables
from summitry.publish.formats.common import titles
from summitry.publish.places import country_name
from summitry.record.folding import fold_name
from summitry.web.query import Text, address
from summitry.web.site import Site, everybody
from summitry.web.views import language_of, page

router = APIRouter()
SHOWN = 30


class Words(BaseModel):
    """What to look for."""

    model_config = ConfigDict(extra="forbid")
    q: Text = None


@router.get("/search")
def search(request: Request, words: Annotated[Words, Query()]) -> Response:
    """Everything that the words may mean."""
    site: Site = request.app.state.site
    text, lang = (words.q or "").strip()[:200], language_of(request)
    if not text:
        return page(request, "search.html", q="", people=[], countries=[], lines=[], total=0, more=None)
    query = Wanted(text=text)
    number = ask.total(site.record, query)
    found = ask.find(site.record, Wanted(text=text, limit=SHOWN, back=True))
    said = titles(found, site.options(lang, found))
    lines = [(said[one.id], one) for one in reversed(found)]
    return page(
        request, "search.html", q=text, people=_people(site, text), countries=_countries(lang, text), lines=lines,
        total=number, more=address("/encounters", [("q", text)]),
    )  # fmt: skip


def _people(site: Site, text: str) -> list[Person]:
    fold = fold_name(text)
    names = site.overview(
        "names", lambda: [(one, "\n".join(map(fold_name, (one.caption, *one.names)))) for one in everybody(site)]
    )
    return list(itertools.islice((one for one, spellings in names if fold in spellings), SHOWN)) if fold else []


def _countries(lang: str, text: str) -> list[str]:
    language, fold = tables.load(lang), text.casefold()
    codes = [*territories.territories(), *territories.organizations()]
    return [
        one
        for one in codes
        if fold == one.casefold() or (len(fold) > 2 and fold in country_name(language, one).casefold())
    ][:8]
