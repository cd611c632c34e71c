"""The pages of a static site, each made of the contents by one template."""

import functools
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec.structs import replace

from summitry.model import Encounter, Participation
from summitry.publish import lead as leads
from summitry.publish import pictures, when
from summitry.publish.chronicle import chronicle
from summitry.publish.formats.common import people, web
from summitry.publish.offices import office_words
from summitry.publish.people import key_of, sector_words
from summitry.publish.pictures.words import name as country
from summitry.publish.render import clean
from summitry.publish.site.model import Contents, Person, latest, pair_page

BUSIEST = 40  # pairs on the first page; all of them are on their own

Page = tuple[str, str]


def pages(site: Contents) -> Iterator[Page]:
    """All pages but the one of the data: (address, HTML)."""
    yield "index.html", _home(site)
    yield "pairs.html", _listed(site, "pairs.html", "pairs", _pair_rows(site))
    yield "people.html", _listed(site, "people.html", "people", _people_rows(site))
    yield "map.html", _map(site)
    yield "matrix.html", _matrix(site)
    for pair in site.pairs:
        yield pair_page(pair), _pair(site, pair)
    for encounter in site.encounters:
        yield site.encounter_page(encounter.id), _encounter(site, encounter)
    for person in site.people.values():
        yield f"p/{site.addresses.of(person.key)}.html", _person(site, person)


def stylesheet() -> str:
    """The one stylesheet of the site."""
    own = (resources.files("summitry.publish.site") / "site.css").read_text("utf-8")
    return own + "\n" + pictures.stylesheet()


@functools.cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("summitry.publish.site"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined,
    )  # fmt: skip
    made.filters["clean"] = clean
    return made


def page(site: Contents, template: str, address: str, **values: Any) -> str:
    """A page of the site by its template; `root` leads back to the first page from any depth."""
    as_of = site.context.options.as_of
    words = site.language["site"]
    common = {
        "lang": site.context.options.lang, "words": words, "pictures": site.language["pictures"], "address": address,
        "root": "../" * address.count("/"), "as_of": when.after(site.language, as_of) if as_of else None,
        "map_credit": pictures.credit(),
    }  # fmt: skip
    return _environment().get_template(template).render(common | values) + "\n"


def _look(site: Contents, name: str, link: Callable[[str], str | None] | None = None) -> pictures.Look:
    return pictures.Look(lang=site.context.options.lang, id=name, link=link)


def _figure(picture: str, table: pictures.Table) -> dict[str, str]:
    """A picture and its table; both escape what they are made of."""
    return {"name": table.caption, "svg": Markup(picture), "table": Markup(pictures.table_html(table))}


def _bars(
    site: Contents, encounters: Iterable[Encounter], link: Callable[[str], str | None] | None = None
) -> dict[str, str]:
    counts = pictures.tally(encounters)
    look = _look(site, "bars", link)
    return _figure(pictures.bars(counts, look), pictures.bars_table(counts, look))


def _home(site: Contents) -> str:
    lead = leads.lead(site.language, site.encounters, site.context.options)
    title = leads.headline(site.language, site.encounters, site.context.options)
    return page(site, "home.html.jinja", "index.html", title=title, lead=lead, bars=_bars(site, site.encounters),
                rows=_pair_rows(site)[:BUSIEST], more=len(site.pairs) > BUSIEST)  # fmt: skip


def _pair_rows(site: Contents) -> list[dict[str, Any]]:
    rows = sorted(site.pairs.items(), key=lambda item: (-len(item[1]), item[0]))
    return [{"name": f"{country(site.language, a)} – {country(site.language, b)}", "link": pair_page((a, b)),
             "number": len(members), "last": latest(members, site.language)} for (a, b), members in rows]  # fmt: skip


def _people_rows(site: Contents) -> list[dict[str, Any]]:
    rows = sorted(site.people.values(), key=lambda p: (-len(p.every), p.name))
    return [
        {"name": f"{p.name} ({country(site.language, p.country)})" if p.country else p.name,
         "link": f"p/{site.addresses.of(p.key)}.html", "number": len(p.every), "last": latest(p.every, site.language)}
        for p in rows
    ]  # fmt: skip


def _listed(site: Contents, address: str, name: str, rows: list[dict[str, Any]]) -> str:
    return page(site, "list.html.jinja", address, title=site.language["site"][name], rows=rows)


def _pair(site: Contents, pair: tuple[str, str]) -> str:
    members = site.pairs[pair]
    told = chronicle(members, replace(site.context.options, between=pair, fold=False))
    known = {e.id: e for e in members}
    first: dict[str, str] = {}  # month or year -> where its entries begin
    for at, section in enumerate(told.sections):
        start = when.month_of(known[section.entries[0].encounters[0]].date) or ""
        for period in (start, start[:4]):
            first.setdefault(period, f"#s{at}")
    sections = [
        {"id": f"s{at}", "heading": section.heading, "entries": [
            {"text": entry.text, "date": entry.date, "side": _side(known[entry.encounters[0]], pair), "link": site.encounter_page(entry.encounters[0]),
             "direction": pictures.direction(known[entry.encounters[0]]), "sources": len(known[entry.encounters[0]].sources)}
            for entry in section.entries]}
        for at, section in enumerate(told.sections)
    ]  # fmt: skip
    look = _look(site, "timeline", lambda key: "../" + site.encounter_page(key))
    line = _figure(
        pictures.timeline(members, look, site.sentences), pictures.timeline_table(members, look, site.sentences)
    )
    return page(site, "pair.html.jinja", pair_page(pair), title=told.headline, lead=told.lead, sections=sections,
                colon=told.colon, bars=_bars(site, members, first.get), timeline=line)  # fmt: skip


def _side(encounter: Encounter, pair: tuple[str, str]) -> str:
    """Which of the two travelled: "one", "other", or "both" for a meeting."""
    if encounter.kind != "visit":
        return "both"
    return "one" if any(who.country == pair[0] for who in encounter.guests) else "other"


def _encounter(site: Contents, encounter: Encounter) -> str:
    before, after = site.neighbours.get(encounter.id, (None, None))
    address = site.encounter_page(encounter.id)
    evidence = [
        {"quotes": [q.exact for q in s.report.evidence], "key": s.key, "url": web(s.url)} for s in encounter.sources
    ]
    return page(
        site, "encounter.html.jinja", address, title=site.sentences[encounter.id].rstrip("."), encounter=encounter,
        fields=list(_fields(site, encounter)), evidence=evidence,
        around=[(word, site.sentences[e.id], site.encounter_page(e.id)) for word, e in (("previous", before), ("next", after)) if e],
    )  # fmt: skip


def _fields(site: Contents, encounter: Encounter) -> Iterator[tuple[str, list[tuple[str, str | None]]]]:
    """(name of the field, its values with where they lead) for every field that is known."""
    words, language = site.language["site"], site.language
    yield words["kind"], [(words["kinds"][encounter.kind], None)]
    yield words["status"], [(words["statuses"][encounter.status], None)]
    if encounter.date:
        said = when.phrase(language, encounter.date)
        yield words["date"], [(said[:1].upper() + said[1:], None), (encounter.date, None)]
    for role, name in (("guest", "guests"), ("host", "hosts"), ("participant", "participants")):
        found = [_person_field(site, who) for r, who in people(encounter) if r == role]
        if found:
            yield words[name], found
    if encounter.host_country:
        yield words["host_country"], [(country(language, encounter.host_country), None)]
    if encounter.place:
        place = site.context.options.places.get(encounter.place.name, encounter.place.name)
        yield words["place"], [(place, None)]
    for name, keys in (("delegation", [encounter.delegation]), ("topics", encounter.topics)):
        said_ = [(found_[1], None) for found_ in (sector_words(language, key) for key in keys) if found_]
        if said_:
            yield words[name], [(text, None) for text, _ in said_]


def _person_field(site: Contents, who: Participation) -> tuple[str, str | None]:
    address = site.person_page(who)
    place = country(site.language, who.country) if who.country else None
    office = office_words(site.language, who)
    if address is None:
        return ", ".join(part for part in (office, place) if part) or country(site.language, None), None
    person = site.people[key_of(who) or ""]
    return ", ".join(part for part in (person.name, office) if part) + (f" ({place})" if place else ""), address


def _person(site: Contents, person: Person) -> str:
    words = site.language["site"]
    groups = [
        (words[word], [(site.sentences[e.id], site.encounter_page(e.id)) for e in person.encounters[role]])
        for role, word in (("guest", "as_guest"), ("host", "as_host"), ("participant", "as_participant"))
        if role in person.encounters
    ]  # fmt: skip
    place = country(site.language, person.country) if person.country else None
    return page(site, "person.html.jinja", f"p/{site.addresses.of(person.key)}.html", title=person.name, country=place,
                person=person, groups=groups, bars=_bars(site, person.every))  # fmt: skip


def _map(site: Contents) -> str:
    shown = pictures.places(site.encounters, site.context.options.lang)
    look = _look(site, "map")
    title = site.language["pictures"]["map"]
    return page(site, "figure.html.jinja", "map.html", title=title, figure=_figure(pictures.world_map(shown, look),
                pictures.map_table(shown, look)), open=False)  # fmt: skip


def _matrix(site: Contents) -> str:
    counts = pictures.pairs(site.encounters)
    known = {"-".join(order): pair_page(pair) for pair in site.pairs for order in (pair, pair[::-1])}
    look = _look(site, "matrix", known.get)
    title = site.language["pictures"]["matrix"]
    return page(site, "figure.html.jinja", "matrix.html", title=title, figure=_figure(pictures.matrix(counts, look),
                pictures.matrix_table(counts, look)), open=True)  # fmt: skip
