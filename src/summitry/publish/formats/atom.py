"""Atom feed (RFC 4287): an entry per encounter, for subscribers.

Mapping: base + id -> atom:id; sentence -> title and summary; time of this version -> updated; kind, status and countries ->
category; sources on the web -> link rel="via" (section 4.2.7.2). The date of the encounter is no publication date, so
it stands in the sentence only. Checked with feedparser (no bozo flag).
"""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from summitry.model import Encounter
from summitry.publish.formats.common import Context, Export, people, sentences, sources, web
from summitry.publish.lead import headline
from summitry.publish.render import clean
from summitry.publish.tables import load

NAMESPACE = "http://www.w3.org/2005/Atom"


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The feed, in the order given. Participants and activities are in the sentence, not in elements of their own."""
    ET.register_namespace("", NAMESPACE)
    language = load(context.options.lang)
    feed = ET.Element(f"{{{NAMESPACE}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": context.options.lang})
    _add(feed, "id", f"{context.base}feed")
    _add(feed, "title", headline(language, encounters, context.options))
    _add(feed, "updated", context.now)
    _add(_add(feed, "author"), "name", "Summitry")
    said = sentences(encounters, context)
    for encounter in encounters:
        _entry(feed, encounter, said[encounter.id], context)
    ET.indent(feed)
    lost = ("Atom holds a sentence per encounter; the values behind it are in the JSON export.",)
    return Export(ET.tostring(feed, "utf-8", xml_declaration=True) + b"\n", lost)


def _entry(feed: ET.Element, encounter: Encounter, sentence: str, context: Context) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"{context.base}{encounter.id}")
    _add(entry, "title", sentence)
    _add(entry, "updated", context.now)
    _add(entry, "summary", sentence)
    countries = [who.country for _, who in people(encounter) if who.country]
    for term in dict.fromkeys([encounter.kind, encounter.status, *countries]):
        _add(entry, "category", term=term)
    for document in sources(encounter):
        address = web(document["url"])
        if address:
            _add(entry, "link", rel="via", href=clean(address))


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
    element.text = clean(text) if text is not None else None
    return element
