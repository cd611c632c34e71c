"""schema.org JSON-LD: a Dataset-like graph of Events for search engines and linked data.

Mapping: base + id -> @id; sentence -> name; date -> startDate, endDate (ISO 8601, reduced precision); status -> eventStatus;
guests and participants -> attendee, hosts -> organizer (Person with jobTitle and nationality, or Organization); place ->
location (Place with address, VirtualLocation for a call); sources -> subjectOf (NewsArticle); parent -> superEvent.
schema.org has no status for planned or proposed, so `about` keeps ours, as PropertyValue. There is no official
schema to validate with; the tests look every type and property up among the terms of schema.org that rdflib carries.
"""

from collections.abc import Sequence
from typing import Any

from summitry.kinds import SCHEMA_ORG_STATUS
from summitry.model import Encounter, Participation
from summitry.publish.formats.common import (
    Context,
    Export,
    people,
    person_id,
    reduced,
    sentences,
    sources,
    to_json,
    web,
)
from summitry.publish.formats.geojson import point
from summitry.publish.places import country_name
from summitry.publish.tables import load


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """One JSON-LD document with a graph."""
    said = sentences(encounters, context)
    graph = [event(e, said[e.id], context) for e in encounters]
    lost = ("Quotes and the text positions of the evidence are not carried; the articles are linked.",)
    return Export(to_json({"@context": "https://schema.org", "@graph": graph}), lost)


def event(encounter: Encounter, sentence: str, context: Context) -> dict[str, Any]:
    """One encounter as a schema.org Event (also for the page of that encounter)."""
    start, end = reduced(encounter)
    sides = [(role, _participant(encounter, who, context)) for role, who in people(encounter)]
    words = [encounter.delegation, *encounter.activities, *encounter.topics]
    value = {
        "@type": "Event", "@id": f"{context.base}{encounter.id}", "name": sentence, "inLanguage": context.options.lang,
        "startDate": start, "endDate": end, "eventStatus": SCHEMA_ORG_STATUS[encounter.status],
        "about": [
            {"@type": "PropertyValue", "name": name, "value": text}
            for name, text in (("status", encounter.status), ("kind", encounter.kind), ("edtf", encounter.date)) if text
        ],
        "attendee": [who for role, who in sides if role != "host"],
        "organizer": [who for role, who in sides if role == "host"],
        "location": _location(encounter, context), "keywords": [w for w in words if w],
        "subjectOf": [_article(d) for d in sources(encounter)],
        "superEvent": {"@id": f"{context.base}{encounter.parent}"} if encounter.parent else None,
    }  # fmt: skip
    return {name: part for name, part in value.items() if part not in (None, [])}


def _participant(encounter: Encounter, who: Participation, context: Context) -> dict[str, Any]:
    language = load(context.options.lang)
    country = country_name(language, who.country) if who.country else None
    if who.name is None:
        name = ", ".join(part for part in (country, who.role or encounter.delegation) if part)
        return {"@type": "GovernmentOrganization", "name": name or "?"}
    key = person_id(who)
    person: dict[str, Any] = {
        "@type": "Person",
        "@id": f"{context.base}person:{key}",
        "name": who.name,
        "jobTitle": who.role,
    }
    if country:
        person["nationality"] = {"@type": "Country", "name": country, "identifier": who.country}
    return {name: part for name, part in person.items() if part}


def _location(encounter: Encounter, context: Context) -> dict[str, Any] | None:
    if encounter.kind == "call":
        return {"@type": "VirtualLocation"}
    code = (encounter.place.country if encounter.place else None) or encounter.host_country
    if code is None and encounter.place is None:
        return None
    place: dict[str, Any] = {"@type": "Place" if encounter.place else "Country"}
    if encounter.place:
        place["name"] = encounter.place.name
    elif code:
        place["name"] = country_name(load(context.options.lang), code)
    if code:
        place["address"] = {"@type": "PostalAddress", "addressCountry": code}
    where = point(encounter, context)
    if where:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": where[0], "longitude": where[1]}
    return place


def _article(document: dict[str, Any]) -> dict[str, Any]:
    address = web(document["url"])
    return {"@type": "NewsArticle", "identifier": document["id"], **({"url": address} if address else {})}
