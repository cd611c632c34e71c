"""iCalendar (RFC 5545): one all-day VEVENT per encounter that is dated to the day.

Mapping: id -> UID; sentence -> SUMMARY; quotes and sources -> DESCRIPTION; kind, sector, activities -> CATEGORIES; place ->
LOCATION, GEO; status -> STATUS (held, planned CONFIRMED; proposed, disputed TENTATIVE; cancelled CANCELLED); EDTF date ->
X-SUMMITRY-EDTF; first source on the web -> URL. DTEND is the day after the last day (section 3.6.1). Events of a month or a
year are left out and counted, or with `imprecise` given as long transparent events.
Checked with the icalendar package 7.3 (parsed without errors and compared, see tests), which is no dependency.
"""

import datetime as dt
from collections.abc import Sequence

from summitry import dates
from summitry.kinds import ICALENDAR_STATUS
from summitry.model import Encounter
from summitry.publish.formats.common import Context, Export, counted, days, quotes, sentences, sources, web
from summitry.publish.formats.geojson import point
from summitry.publish.lead import headline
from summitry.publish.render import clean
from summitry.publish.tables import load


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The calendar; encounters without a usable date are counted in `lost`."""
    name = headline(load(context.options.lang), encounters, context.options)
    said = sentences(encounters, context)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Summitry//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{text(name)}",
    ]
    left_out = 0
    for encounter in encounters:
        span = days(encounter) or (_wide(encounter) if context.imprecise else None)
        if span is None:
            left_out += 1
            continue
        lines += _event(encounter, span, said[encounter.id], context)
    lines.append("END:VCALENDAR")
    content = "".join(fold(line) for line in lines).encode()
    return Export(
        content, counted(left_out, "{n} encounters are not dated to the day and are left out of the calendar.")
    )


def _wide(encounter: Encounter) -> tuple[dt.date, dt.date] | None:
    first, last = dates.bounds(encounter.date) if encounter.date else (None, None)
    return (first, last) if first and last else None


def _event(encounter: Encounter, span: tuple[dt.date, dt.date], said: str, context: Context) -> list[str]:
    documents = sources(encounter)
    addresses = [url for url in (web(d["url"]) for d in documents) if url]
    description = "\n".join(
        [*(f"\u201c{quote}\u201d" for quote in quotes(encounter)), *(str(d["id"]) for d in documents)]
    )
    words = [encounter.kind, *([encounter.delegation] if encounter.delegation else []), *encounter.activities]
    stamp = dt.datetime.fromisoformat(context.now).astimezone(dt.UTC)
    where = point(encounter, context)
    fields = [
        ("BEGIN", "VEVENT"), ("UID", text(f"{encounter.id}@summitry")), ("DTSTAMP", f"{stamp:%Y%m%dT%H%M%SZ}"),
        ("DTSTART;VALUE=DATE", f"{span[0]:%Y%m%d}"), ("DTEND;VALUE=DATE", f"{span[1] + dt.timedelta(days=1):%Y%m%d}"),
        ("SUMMARY", text(said)), ("DESCRIPTION", text(description)), ("CATEGORIES", ",".join(map(text, words))),
        ("LOCATION", text(encounter.place.name) if encounter.place else ""),
        ("GEO", f"{where[0]:.6f};{where[1]:.6f}" if where else ""), ("STATUS", ICALENDAR_STATUS[encounter.status]),
        ("TRANSP", "TRANSPARENT"), ("URL", clean(addresses[0]) if addresses else ""),
        ("X-SUMMITRY-EDTF", text(encounter.date or "")), ("END", "VEVENT"),
    ]  # fmt: skip
    return [f"{name}:{value}" for name, value in fields if value]


def text(value: str) -> str:
    """A TEXT value (section 3.3.11): backslash, comma, semicolon and newline escaped, control characters dropped."""
    value = clean(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\n", "\\n")


def fold(line: str) -> str:
    """A content line folded to at most 75 octets without cutting a character (section 3.1), with CRLF."""
    pieces: list[str] = []
    size = 0
    for char in line:
        width = len(char.encode())
        if size + width > 75:
            pieces.append("\r\n ")
            size = 1
        pieces.append(char)
        size += width
    return "".join(pieces) + "\r\n"
