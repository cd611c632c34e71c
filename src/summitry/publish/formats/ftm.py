"""FollowTheMoney entities, one JSON object a line (schemata Event, Person, PublicBody, Article of followthemoney 3/4).

Mapping: encounter -> Event (name, summary, startDate, endDate, country, location, keywords, notes = quotes); named people
-> Person with `position` and `country`; a delegation without names -> PublicBody; guests and participants -> involved; hosts
-> organizer; documents -> Article through `proof`. Dates keep their precision ("2023-07"), as FtM allows.
`involved` and `organizer` take LegalEntity only, so a country is a value, never an entity. Checked with followthemoney 4.11:
every entity validates and no value is dropped (the test is skipped where that package, which compiles ICU, is missing).
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from summitry import territories
from summitry.model import Encounter, Participation
from summitry.publish.formats.common import (
    Context,
    Export,
    counted,
    json_lines,
    people,
    person_id,
    quotes,
    reduced,
    sentences,
    web,
)
from summitry.publish.places import country_name
from summitry.publish.tables import load


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """Entities, every one once, those that others refer to first."""
    said = sentences(encounters, context)
    entities: dict[str, dict[str, Any]] = {}
    for encounter in encounters:
        for entity in _entities(encounter, said[encounter.id], context):
            known = entities.setdefault(entity["id"], entity)
            for name, values in entity["properties"].items():
                known["properties"][name] = list(dict.fromkeys([*known["properties"].get(name, ()), *values]))
    vague = sum(e.date is not None and any(mark in e.date for mark in "~?%") for e in encounters)
    lost = counted(vague, "{n} dates are marked as uncertain or approximate, which FollowTheMoney cannot say.")
    return Export(json_lines(entities.values()), lost)


def _entities(encounter: Encounter, sentence: str, context: Context) -> list[dict[str, Any]]:
    sides: dict[str, list[str]] = {"involved": [], "organizer": []}
    found = []
    for role, who in people(encounter):
        entity = _participant(encounter, who, context)
        found.append(entity)
        sides["organizer" if role == "host" else "involved"].append(entity["id"])
    articles = [_article(s.article, s.key, s.url) for s in encounter.sources]
    start, end = reduced(encounter)
    properties: dict[str, Sequence[str | None]] = {
        "name": [sentence], "startDate": [start], "endDate": [end],
        "country": _countries([encounter.host_country, *(who.country for _, who in people(encounter))]),
        "location": [encounter.place.name if encounter.place else None],
        "keywords": [encounter.kind, encounter.status, encounter.delegation, *encounter.activities, *encounter.topics],
        "summary": list(encounter.outcomes), "notes": quotes(encounter), "proof": [a["id"] for a in articles], **sides,
    }  # fmt: skip
    return [*found, *articles, _entity(_id("event", encounter.id), "Event", properties)]


def _participant(encounter: Encounter, who: Participation, context: Context) -> dict[str, Any]:
    countries = _countries([who.country])
    key = person_id(who)
    if key is not None:
        values = {"name": [who.name], "position": [who.role], "country": countries}
        return _entity(_id("person", key), "Person", values)
    language = load(context.options.lang)
    parts = [country_name(language, who.country) if who.country else None, who.role or encounter.delegation]
    name = ", ".join(part for part in parts if part) or "?"
    return _entity(_id("body", encounter.id, name), "PublicBody", {"name": [name], "country": countries})


def _article(article: str, key: str, url: str | None) -> dict[str, Any]:
    return _entity(_id("article", article), "Article", {"title": [key], "sourceUrl": [web(url)]})


def _countries(codes: Sequence[str | None]) -> list[str | None]:
    """FtM writes ISO codes in lower case; organisations are no countries there, except the EU."""
    known = territories.territories()
    return [code.lower() for code in dict.fromkeys(codes) if code and (code in known or code == "EU")]


def _entity(identity: str, schema: str, properties: Mapping[str, Sequence[str | None]]) -> dict[str, Any]:
    kept = {name: [v for v in values if v] for name, values in properties.items()}
    return {"id": identity, "schema": schema, "properties": {name: values for name, values in kept.items() if values}}


def _id(*parts: str) -> str:
    return f"summitry-{parts[0]}-{hashlib.sha1(' '.join(parts).encode(), usedforsecurity=False).hexdigest()[:20]}"
