"""Turn values into pages: the templates, and what all of them need to know of the visitor and the language."""

import functools
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from summitry import __version__
from summitry.ask.sentences import words as sentences
from summitry.model import Encounter, Occupancy, Participation, Quote
from summitry.publish import tables
from summitry.publish.offices import identify, known_here, office_words
from summitry.publish.people import sector_words
from summitry.publish.pictures import direction
from summitry.publish.places import country_name
from summitry.publish.render import clean, web_or_local
from summitry.web import i18n
from summitry.web.assets import address
from summitry.web.editing import printed
from summitry.web.labels import LABELS
from summitry.web.query import of_rule
from summitry.web.security import account
from summitry.web.site import Site

THEMES = ("auto", "light", "dark")
_HOLDERS: Final = "en"  # in which the list of office holders gives titles


# The entry of the menu under which a page stands, by the first part of its address.
_SECTIONS: Final = {
    "c": "/encounters", "e": "/encounters", "countries": "/pairs", "country": "/pairs", "p": "/people", "check": "/claims",
    "claim": "/claims", "count": "/claims", "d": "/sources",
}  # fmt: skip


def section(path: str) -> str:
    """The address of the menu's entry that a page belongs to.

    >>> section("/e/e0123"), section("/data/api")
    ('/encounters', '/data')
    """
    first = path.split("/")[1]
    return _SECTIONS.get(first, f"/{first}")


@functools.cache
def environment(tag: str) -> Environment:
    """The templates in one language; everything that is put into them is escaped."""
    made = Environment(
        loader=PackageLoader("summitry.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, extensions=["jinja2.ext.i18n"],
    )  # fmt: skip
    words = i18n.functions(tag)
    language, locale = tables.load(tag), tables.load(tag).locale
    made.install_gettext_callables(  # type: ignore[attr-defined]
        words["gettext"], functools.partial(_counted, words["ngettext"], locale), newstyle=True
    )
    made.globals |= {
        "lang": tag, "languages": i18n.offered(), "version": __version__, "themes": THEMES, "asset": address,
        "label": functools.partial(_label, words["gettext"]), "labels": LABELS, "of_rule": of_rule, "section": section, "way_of": way_of, "printed": printed,
    }  # fmt: skip
    made.filters |= {
        "clean": clean,
        "country": lambda code: country_name(language, code) if code else "?",
        "date": sentences(tag).date,
        "date_or_open": lambda text: sentences(tag).date(text) if text not in ("", "..") else "…",
        "moment": lambda text: format_datetime(datetime.fromisoformat(text), "medium", locale=locale) + " UTC",
        "language": lambda code: locale.languages.get(code, code),
        "sector": functools.partial(_sector, language),
        "widest": widest,
        "number": lambda value: format_decimal(value, locale=locale),
        "percent": lambda value: format_percent(value, locale=locale),
        "direction": direction,
        "who": functools.partial(_who, language),
        "office": functools.partial(_office, language),
        "held": functools.partial(_held, language),
        "segment": lambda text: quote(str(text), safe=""),
        "web": lambda url: url if url and web_or_local(url) and url.startswith(("http://", "https://")) else None,
        "pair": pair_address,
        "safe_picture": markup,
    }
    return made


def _counted(ngettext: Callable[[str, str, int], str], locale: Locale, one: str, many: str, number: int) -> str:
    """The words for so many, with the number as the language writes it: "140,310 visits"."""
    return ngettext(one, many, number).replace("%(num)d", format_decimal(number, locale=locale))


def _label(gettext: Callable[[str], str], group: str, code: str | None) -> str:
    found = LABELS[group].get(code or "")
    return gettext(found) if found else code or ""


def _office(language: tables.Language, who: Participation) -> str:
    """The office as this language calls it, as it is printed where it has no word for it."""
    if who.role is None or known_here(language, who.role):
        return clean(who.role or "")
    return clean(office_words(language, who) or who.role)


def _held(language: tables.Language, held: Occupancy) -> tuple[str, str | None]:
    """The same of an office in the list of office holders, and the language of that list where it stays as it is there."""
    if identify(held.title, held.country) is None:
        return clean(held.title), _HOLDERS
    return _office(language, Participation(country=held.country, role=held.title)), None


def _who(language: tables.Language, who: Participation) -> str:
    """Name and office, else the country."""
    parts = [part for part in (who.name, _office(language, who)) if part]
    return clean(", ".join(parts)) or (country_name(language, who.country) if who.country else "?")


def pair_address(encounter: Encounter) -> str | None:
    """The chronicle of the two countries of an encounter; None where it has not two."""
    codes = {who.country for who in (*encounter.guests, *encounter.hosts)} | {encounter.host_country}
    sides = sorted(code for code in codes if code)
    return f"/c/{'-'.join(sides).lower()}" if len(sides) == 2 else None


def _sector(language: tables.Language, code: str | None) -> str:
    """What a delegation is about, in the language of the page."""
    found = sector_words(language, code) if code else None
    return found[1] if found else code or ""


def widest(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes that lie in no other one."""
    return [one for one in quotes if not any(
        other != one and other.start <= one.start and one.end <= other.end for other in quotes)]  # fmt: skip


def way_of(encounter: Encounter) -> str:
    """The colour of a visit's direction: by the order of the two countries' codes, so the same on every page."""
    guest = next((who.country for who in encounter.guests if who.country), None)
    if encounter.kind != "visit" or not guest or not encounter.host_country:
        return ""
    return "first-way" if guest < encounter.host_country else "second-way"


def language_of(request: Request) -> str:
    """The language to answer in."""
    return i18n.chosen(request.cookies.get("lang"), request.headers.get("accept-language", ""))


def gettext_of(request: Request) -> Callable[[str], str]:
    """The translating function for the visitor's language."""
    found: Callable[[str], str] = i18n.functions(language_of(request))["gettext"]
    return found


def page(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page from a template in the visitor's language and theme."""
    tag = language_of(request)
    site: Site = request.app.state.site
    theme = request.cookies.get("theme", THEMES[0])
    context = {
        "request": request, "theme": theme if theme in THEMES else THEMES[0], "account": account(request),
        "settings": site.settings, "path": request.url.path, "here": str(request.url.path)
        + (f"?{request.url.query}" if request.url.query and request.method == "GET" else ""),
    }  # fmt: skip
    body = environment(tag).get_template(template).render(context | values)
    return HTMLResponse(body, status, headers={"Vary": "Accept-Language, Cookie", "Content-Language": tag})


def markup(svg: str) -> Markup:
    """A picture that `publish` made, whose text is escaped already."""
    return Markup(svg)  # noqa: S704
