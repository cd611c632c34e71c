"""What all export formats share: the call, the answer, and the small conversions that several of them need.

A writer gets encounters and a `Context` and returns an `Export`: the bytes and, in words, what did not fit. It reads no
clock, no record and no network; whatever it needs to know of the world is in the context.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from summitry import dates, territories
from summitry.model import Encounter, Participation
from summitry.publish.chronicle import Options
from summitry.publish.incumbents import with_offices
from summitry.publish.people import Cast, key_of
from summitry.publish.render import clean
from summitry.publish.sentence import Sentences, Style
from summitry.publish.tables import load


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What a writer may need besides the encounters."""

    options: Options
    now: str = "1970-01-01T00:00:00Z"  # when this version was made, RFC 3339; the caller's clock
    base: str = "urn:summitry:"  # what an id is appended to, to make it a URI
    coordinates: Mapping[str, tuple[float, float]] = {}  # place as recorded -> latitude, longitude
    licence: str | None = None  # address of the licence of the data, None where its publisher has not chosen one
    publisher: str = "Summitry"  # who is cited
    sentences: Mapping[str, str] = {}  # encounter -> its sentence, where they have been written already
    imprecise: bool = False  # give dates of a month or a year as if they were spans of days, where a format can


class Export(msgspec.Struct, frozen=True):
    """The file, and one sentence for everything it could not carry."""

    content: bytes
    lost: tuple[str, ...] = ()


def titles(encounters: Sequence[Encounter], options: Options) -> dict[str, str]:
    """A sentence for every encounter that is understood alone: names and offices in full, the whole date."""
    language = load(options.lang)
    told = with_offices(encounters, options.offices)
    cast = Cast(language, told, options.names, options.family, options.genders)
    writer = Sentences(language, cast, Style(options.tense, options.places, None))
    said = {}
    for encounter in told:
        cast.introduced.clear()
        said[encounter.id] = clean(writer.write([encounter], options.remarks.get(encounter.id, ())))
    return said


def sentences(encounters: Sequence[Encounter], context: Context) -> Mapping[str, str]:
    """What `titles` says of every encounter, taken from the context where it has been written before."""
    if all(e.id in context.sentences for e in encounters):
        return context.sentences
    return titles(encounters, context.options)


def days(encounter: Encounter) -> tuple[dt.date, dt.date] | None:
    """First and last day, if the date says both to the day."""
    if encounter.date is None or any(len(dates.bare(end)) < 10 or "X" in end for end in encounter.date.split("/")):
        return None
    first, last = dates.bounds(encounter.date)
    return (first, last) if first and last else None


def bounds(encounter: Encounter) -> tuple[str | None, str | None]:
    """The first and last day that the date may mean, as ISO dates."""
    first, last = dates.bounds(encounter.date) if encounter.date else (None, None)
    return first.isoformat() if first else None, last.isoformat() if last else None


def reduced(encounter: Encounter) -> tuple[str | None, str | None]:
    """Start and end as ISO 8601 dates of reduced precision ("2023-07"): no mark of doubt, no season, no open end."""
    ends = []
    for end in (encounter.date or "").partition("/")[::2]:
        text = dates.bare(end).replace("-XX", "")
        ends.append(text[:4] if len(text) == 7 and text[5] == "2" else text if text[:4].isdigit() else None)
    return ends[0], ends[1]


def people(encounter: Encounter) -> list[tuple[str, Participation]]:
    """Everybody with their role: guest and host of a visit, participant otherwise."""
    if encounter.kind != "visit":
        return [("participant", who) for who in (*encounter.guests, *encounter.hosts)]
    return [("guest", who) for who in encounter.guests] + [("host", who) for who in encounter.hosts]


def person_id(who: Participation) -> str | None:
    """An id for a named person: the record's own, else one made of country and name."""
    key = key_of(who)
    return None if key is None else who.person or "-".join(key.split())


def alpha3(code: str | None) -> str | None:
    """ISO 3166-1 alpha-3 for our code; None for an organisation, which has none."""
    found = territories.territories().get(code or "")
    return found.alpha3 if found else None


def sources(encounter: Encounter) -> list[dict[str, Any]]:
    """The documents behind an encounter, each once: `{"id", "url"}`."""
    found = {s.article: {"id": s.key, "url": s.url} for s in encounter.sources}
    return list(found.values())


def quotes(encounter: Encounter) -> list[str]:
    """What the sources say, verbatim, each text once."""
    return list(dict.fromkeys(q.exact for s in encounter.sources for q in s.report.evidence))


def web(url: str | None) -> str | None:
    """`url` if it is an address on the web, in one piece; a path on somebody's machine is not published."""
    return url if url and re.fullmatch(r"https?://[^\s\x00-\x20\x7f]+", url) else None


def counted(number: int, sentence: str) -> tuple[str, ...]:
    """A sentence about `number` encounters that lost something, nothing if there are none; `{n}` is the number."""
    return (sentence.replace("{n}", str(number)),) if number else ()


def cleaned(value: Any) -> Any:
    """A JSON value whose texts are without control and bidirectional characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {cleaned(key): cleaned(one) for key, one in value.items()}
    return [cleaned(one) for one in value] if isinstance(value, list | tuple) else value


def to_json(value: object, *, indent: bool = True, verbatim: bool = False) -> bytes:
    """JSON in UTF-8, indented for people, with a final newline; `verbatim` keeps every character of the record."""
    encoded = msgspec.json.encode(value if verbatim else cleaned(value))
    return (msgspec.json.format(encoded, indent=2) if indent else encoded) + b"\n"


def json_lines(rows: Iterable[object], *, verbatim: bool = False) -> bytes:
    """One JSON value a line, in the way of `to_json`."""
    return b"".join(msgspec.json.encode(row if verbatim else cleaned(row)) + b"\n" for row in rows)
