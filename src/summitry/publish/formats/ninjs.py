"""ninjs 3.1 (IPTC, News in JSON): the chronicle as a text item, its encounters as associated events.

Mapping: headline -> title, headlines[main]; chronicle -> bodies (plain text and HTML); advisory -> edNote; genre ->
"Chronology"; encounter -> association of type event: sentence -> title and name, date -> eventDetails.dates
.expectedStartDate (the one that may be truncated), people with rel guest, host or participant, place -> places, kind,
status, sector, activities and topics -> subjects with that rel, sources -> infoSources. digitalSourceType is dataDrivenMedia:
rules made the text from data. eventStatus is not written: the codes of its vocabulary could not be verified.
Checked by reading ninjs-schema_3.1.json against the output: uri is required, `name` and `uri` in associations, no further
properties; `datesObjectType` asks for a start, so undated events have no `dates`. Not run through a validator yet.
"""

from collections.abc import Sequence
from typing import Any

from summitry.model import Encounter
from summitry.publish.chronicle import Chronicle, chronicle
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
from summitry.publish.places import country_name
from summitry.publish.render import to_html, to_text
from summitry.publish.tables import load

CODES = "http://cv.iptc.org/newscodes"


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """One item. `lost` says what ninjs has no place for."""
    result = chronicle(encounters, context.options)
    said = sentences(encounters, context)
    item = _item(result, context) | {"associations": [_event(e, said[e.id], context) for e in encounters]}
    lost = ("Levels of office, outcomes and the text positions of the evidence are not carried.",)
    return Export(to_json(item), lost + result.warnings)


def _item(result: Chronicle, context: Context) -> dict[str, Any]:
    text = to_text(result)
    item: dict[str, Any] = {
        "standard": {"name": "ninjs", "version": "3.1", "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"},
        "uri": f"{context.base}chronicle", "type": "text", "representationType": "full", "versionCreated": context.now,
        "pubStatus": "usable", "language": result.lang, "title": result.headline,
        "headlines": [{"role": "main", "value": result.headline}],
        "bodies": [
            {"role": "main", "contentType": "text/plain", "charCount": len(text), "wordCount": len(text.split()), "value": text},
            {"role": "main", "contentType": "text/html", "value": to_html(result)},
        ],
        "genres": [{"name": "Chronology"}],
        "digitalSourceType": {"uri": f"{CODES}/digitalsourcetype/dataDrivenMedia"},
    }  # fmt: skip
    return item | ({"edNote": result.advisory} if result.advisory else {})


def _event(encounter: Encounter, sentence: str, context: Context) -> dict[str, Any]:
    start, end = reduced(encounter)
    moments = {"expectedStartDate": start, "expectedEndDate": end if start else None}
    dated = {name: value for name, value in moments.items() if value}
    words = [("kind", encounter.kind), ("status", encounter.status), ("delegation", encounter.delegation)]
    words += [("activity", word) for word in encounter.activities] + [("topic", word) for word in encounter.topics]
    event = {
        "name": sentence, "title": sentence, "uri": f"{context.base}{encounter.id}", "type": "event",
        "rel": "event", "eventDetails": {"dates": dated} if dated else {}, "places": _places(encounter, context),
        "people": [
            {"name": who.name, "rel": role, "uri": f"{context.base}person:{person_id(who)}", **_literal(who.role)}
            for role, who in people(encounter) if who.name
        ],
        "subjects": [{"name": word, "rel": rel} for rel, word in words if word],
        "infoSources": [_source(d) for d in sources(encounter)],
    }  # fmt: skip
    return {name: value for name, value in event.items() if value not in ([], {})}


def _literal(role: str | None) -> dict[str, str]:
    return {"literal": role} if role else {}


def _places(encounter: Encounter, context: Context) -> list[dict[str, Any]]:
    code = (encounter.place.country if encounter.place else None) or encounter.host_country
    address: dict[str, Any] = {"country": country_name(load(context.options.lang), code)} if code else {}
    if encounter.place is None:
        return [{"name": address["country"], "literal": code}] if code else []
    address["locality"] = encounter.place.name
    return [{"name": encounter.place.name, "contactInfo": [{"type": "physical", "address": address}]}]


def _source(document: dict[str, Any]) -> dict[str, Any]:
    address = web(document["url"])
    return {"literal": document["id"], **({"uri": address} if address else {})}
