"""One row per encounter: CSV for spreadsheets, and the columns that Parquet uses as well.

Several people, activities or sources stand in one cell, separated by "; "; a role follows its name in brackets. Cells that
a spreadsheet would run as a formula get a leading apostrophe (OWASP, "CSV Injection"). Lines end in CRLF (RFC 4180).
Checked by reading the file back with the csv module and comparing every cell.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

from summitry.model import Encounter, Participation
from summitry.publish.formats.common import Context, Export, bounds, counted, quotes, sentences, sources
from summitry.publish.render import clean

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones run in spreadsheets of East Asia
COLUMNS = ("id", "kind", "status", "date", "date_min", "date_max", "guest_country", "guests", "guest_level", "delegation",
           "host_country", "hosts", "place", "place_country", "activities", "topics", "outcomes", "parent", "sentence",
           "quotes", "sources", "urls")  # fmt: skip


def rows(encounters: Sequence[Encounter], context: Context) -> list[dict[str, Any]]:
    """The cells of every encounter; lists stay lists."""
    said = sentences(encounters, context)
    return [_row(e, said[e.id]) for e in encounters]


def _row(encounter: Encounter, sentence: str) -> dict[str, Any]:
    first, last = bounds(encounter)
    documents = sources(encounter)
    place = encounter.place
    return {
        "id": encounter.id, "kind": encounter.kind, "status": encounter.status, "date": encounter.date,
        "date_min": first, "date_max": last,
        "guest_country": _countries(encounter.guests), "guests": [_who(w) for w in encounter.guests],
        "guest_level": [w.level for w in encounter.guests if w.level], "delegation": encounter.delegation,
        "host_country": encounter.host_country, "hosts": [_who(w) for w in encounter.hosts],
        "place": place.name if place else None, "place_country": place.country if place else None,
        "activities": list(encounter.activities), "topics": list(encounter.topics), "outcomes": list(encounter.outcomes),
        "parent": encounter.parent, "sentence": sentence, "quotes": quotes(encounter),
        "sources": [d["id"] for d in documents], "urls": [d["url"] for d in documents if d["url"]],
    }  # fmt: skip


def _countries(side: Sequence[Participation]) -> list[str]:
    return list(dict.fromkeys(w.country for w in side if w.country))


def _who(who: Participation) -> str:
    parts = [who.name or "", f"({who.role})" if who.role else ""]
    return " ".join(part for part in parts if part) or who.country or "?"


def write_csv(encounters: Sequence[Encounter], context: Context) -> Export:
    """CSV in UTF-8 with a header."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    for row in rows(encounters, context):
        writer.writerow({name: cell(value) for name, value in row.items()})
    several = sum(len(e.sources) > 1 for e in encounters)
    lost = counted(several, "{n} encounters have several reports; what each of them says is in the JSON export only.")
    return Export(buffer.getvalue().encode(), lost)


def cell(value: Any) -> str:
    """A value as one harmless cell."""
    text = "; ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    text = clean(" ".join(text.splitlines()))
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text
