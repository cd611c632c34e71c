"""Popolo: `{"persons", "organizations", "events"}` in one JSON object.

Mapping: encounter -> Event (id, name, start_date, end_date, location, status, classification = kind, parent_id, sources,
attendees); named people -> Person, once each and embedded as attendees by `id` and `name`; the host country of a visit ->
Organization named in `organization_id`. Dates keep their precision, as the pattern of the schema allows.
Checked by reading schemas/event.json of popolo-project/popolo-spec, and by its date pattern in the tests.
"""

from collections.abc import Sequence
from typing import Any

from summitry.model import Encounter
from summitry.publish.formats.common import (
    Context,
    Export,
    counted,
    people,
    person_id,
    reduced,
    sentences,
    sources,
    to_json,
    web,
)
from summitry.publish.places import country_name
from summitry.publish.tables import Language, load


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The three lists; `lost` counts delegations without names, which Popolo cannot let attend."""
    language = load(context.options.lang)
    said = sentences(encounters, context)
    persons: dict[str, dict[str, Any]] = {}
    organizations: dict[str, dict[str, Any]] = {}
    for encounter in encounters:
        for _, who in people(encounter):
            key = person_id(who)
            if key is not None:
                persons.setdefault(key, {"id": key, "name": who.name})
        if encounter.host_country:
            organizations.setdefault(*_organization(language, encounter.host_country))
    events = [_event(e, said[e.id]) for e in encounters]
    unnamed = sum(any(who.name is None for _, who in people(e)) for e in encounters)
    lost = counted(unnamed, "{n} encounters have participants without a name; Popolo's attendees are people only.")
    content = {"persons": list(persons.values()), "organizations": list(organizations.values()), "events": events}
    return Export(
        to_json(content), (*lost, "Offices, guest and host roles, delegations, activities and quotes are not carried.")
    )


def _organization(language: Language, code: str) -> tuple[str, dict[str, Any]]:
    key = f"country-{code.lower()}"
    return key, {"id": key, "name": country_name(language, code), "classification": "country"}


def _event(encounter: Encounter, sentence: str) -> dict[str, Any]:
    start, end = reduced(encounter)
    attendees = {person_id(who): who.name for _, who in people(encounter) if who.name}
    host = encounter.host_country if encounter.kind == "visit" else None
    event = {
        "id": encounter.id, "name": sentence, "start_date": start, "end_date": end or start,
        "location": encounter.place.name if encounter.place else None, "status": encounter.status,
        "classification": encounter.kind, "parent_id": encounter.parent,
        "organization_id": f"country-{host.lower()}" if host else None,
        "attendees": [{"id": key, "name": name} for key, name in attendees.items()],
        "sources": [{"url": web(d["url"]), "note": d["id"]} for d in sources(encounter) if web(d["url"])],
    }  # fmt: skip
    return {name: value for name, value in event.items() if value not in (None, [])}
