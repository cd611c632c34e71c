"""TimelineJS 3 (Knight Lab): a slide per encounter.

Mapping: id -> unique_id; date -> start_date and end_date as fine as known, in words as display_date; sentence ->
text.headline; quotes and links to the sources -> text.text; host country -> group; headline and lead -> title slide.
`text` is HTML there, so everything is escaped. Undated encounters are left out and counted: a slide needs a year.
Checked against the JSON format that Knight Lab documents (events, title, start_date, display_date, text, group, autolink,
unique_id), and loaded once into TimelineJS 3.9 by hand: all slides, no message.
"""

import html
from collections.abc import Sequence
from typing import Any

from summitry.model import Encounter
from summitry.publish import when
from summitry.publish.chronicle import chronicle
from summitry.publish.formats.common import Context, Export, counted, quotes, sentences, sources, to_json, web
from summitry.publish.places import country_name
from summitry.publish.render import clean
from summitry.publish.tables import load


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The whole timeline as one JSON object."""
    result = chronicle(encounters, context.options)
    said = sentences(encounters, context)
    slides = [_slide(e, said[e.id], context) for e in encounters if when.read(e.date)]
    lead = "".join(f"<p>{_escape(paragraph)}</p>" for paragraph in result.lead)
    content = {"title": {"text": {"headline": _escape(result.headline), "text": lead}}, "events": slides}
    undated = len(encounters) - len(slides)
    return Export(to_json(content), counted(undated, "{n} undated encounters are left out; a slide needs a year."))


def _slide(encounter: Encounter, sentence: str, context: Context) -> dict[str, Any]:
    moment = when.read(encounter.date)
    assert moment is not None  # the caller has left out the undated
    language = load(context.options.lang)
    words = when.phrase(language, encounter.date)
    slide = {
        "unique_id": encounter.id, "start_date": _date(moment.start), "display_date": words[:1].upper() + words[1:],
        "text": {"headline": _escape(sentence), "text": _body(encounter)}, "autolink": False,
    }  # fmt: skip
    if moment.end != moment.start:
        slide["end_date"] = _date(moment.end)
    if encounter.host_country:
        slide["group"] = country_name(language, encounter.host_country)
    return slide


def _date(part: tuple[int, int, int]) -> dict[str, int]:
    year, month, day = part
    if not 1 <= month <= 12:  # unknown, or a season
        return {"year": year}
    return {"year": year, "month": month, **({"day": day} if day else {})}


def _body(encounter: Encounter) -> str:
    lines = [f"<p>\u201c{_escape(quote)}\u201d</p>" for quote in quotes(encounter)]
    for document in sources(encounter):
        address, name = web(document["url"]), _escape(str(document["id"]))
        lines.append(f'<p><a href="{_escape(address)}">{name}</a></p>' if address else f"<p>{name}</p>")
    return "".join(lines)


def _escape(text: str) -> str:
    return html.escape(clean(text))
