"""The chronicle: encounters in, a headline, a computed lead and grouped lines out, as an agency desk would file it.

Conventions follow what agencies print: one tense, present by default; office and full name at first mention; the date
only as fine as the source. Nothing here reads the record: the caller hands over the encounters and vouches for remarks.
"""

import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from summitry import dates
from summitry.errors import UsageError
from summitry.model import Encounter, Participation
from summitry.publish import lead as leads
from summitry.publish import when
from summitry.publish.grammar import plural, polish
from summitry.publish.incumbents import with_offices
from summitry.publish.people import Cast, key_of
from summitry.publish.places import country_name
from summitry.publish.sentence import Remark, Sentences, Style
from summitry.publish.tables import Language, load


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What the caller decides. Mappings are optional knowledge: they sharpen the text, none is needed."""

    lang: str
    style: str = "plain"
    tense: str = "present"  # or past
    group: str = "month"  # or year, person, country
    fold: bool = True
    sources: str = "none"  # or notes, footnotes
    between: tuple[str, ...] = ()  # the countries in the headline, in that order
    start: str | None = None  # the window of the chronicle, EDTF
    end: str | None = None
    as_of: str | None = None
    names: Mapping[str, str] = {}  # person id or name -> house spelling
    family: Mapping[str, str] = {}  # full name as printed -> family name
    genders: Mapping[str, str] = {}  # person id or name -> m | f
    places: Mapping[str, str] = {}  # place as recorded -> its usual name in the language
    offices: Mapping[
        str, Mapping[str, str]
    ] = {}  # encounter id -> person -> the office held then, where none is printed
    remarks: Mapping[str, Sequence[Remark]] = {}  # encounter id -> what the record supports saying
    previous: Sequence[Encounter] | None = None  # what the last published version held
    articles: frozenset[str] = frozenset()  # those in the language, whose own words for topics and outcomes are printed
    dateline: str | None = None  # the place from which it is filed; the style says how it stands before the lead


class SourceNote(msgspec.Struct, frozen=True):
    """One source of an entry: the number of its footnote, its name, its address."""

    number: int
    key: str
    url: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """One line: the encounters it tells of (several where sister delegations are folded) and their sources."""

    text: str
    encounters: tuple[str, ...]
    sources: tuple[SourceNote, ...] = ()
    date: str = ""  # the day in the way of the style, where it gives it apart from the sentence


class Section(msgspec.Struct, frozen=True):
    """A heading and the lines below it."""

    heading: str
    entries: tuple[Entry, ...]


class Chronicle(msgspec.Struct, frozen=True):
    """The whole text in parts; `lost` names what could not be said, `warnings` what an agency would refuse."""

    lang: str
    headline: str
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    advisory: str | None = None
    sources: tuple[SourceNote, ...] = ()
    source_style: str = "none"
    source_heading: str = ""
    lost: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    colon: str = ": "  # between a date and what happened
    dates: str = ""  # where an entry's date stands: "before" it, "above" it, or "" in the sentence


def chronicle(encounters: Sequence[Encounter], options: Options) -> Chronicle:
    """Write `encounters` as a chronicle. Raises LanguageError for a language we do not write, UsageError for options."""
    language = load(options.lang)
    _check(language, options)
    ordered = sorted(with_offices(encounters, options.offices), key=lambda e: dates.sort_key(e.date))
    notes = _number_sources(ordered) if options.sources != "none" else {}
    cast = Cast(language, ordered, options.names, options.family, options.genders)
    rules = language["styles"][options.style]
    heading = options.group if options.group in ("month", "year") else None
    writer = Sentences(
        language, cast, Style(options.tense, options.places, heading, not rules.get("dates"), options.articles)
    )
    sections = tuple(_sections(language, ordered, options, writer, notes))
    result = Chronicle(
        lang=options.lang,
        headline=leads.headline(language, ordered, options),
        lead=_datelined(language, leads.lead(language, ordered, options), options),
        dates=str(rules.get("dates", "")),
        colon=str(language["dates"].get("colon", ": ")),
        sections=sections,
        advisory=advisory(language, ordered, options.previous) if options.previous is not None else None,
        sources=tuple(dict.fromkeys(note for found in notes.values() for note in found)),
        source_style=options.sources,
        source_heading=language["sources"]["heading"],
        lost=(*writer.lost, *(f"the name {name}" for name in cast.foreign)),
    )
    return msgspec.structs.replace(result, warnings=_warnings(language, result, options.style))


def _datelined(language: Language, lead: tuple[str, ...], options: Options) -> tuple[str, ...]:
    """The lead with the place, and in some styles the day, from which it is filed."""
    template = language["styles"][options.style].get("dateline", "{place} – ")
    if not options.dateline:
        return lead
    day = when.line(language, options.as_of, "year") if options.as_of else ""
    start = re.sub(r"\{(\w+)\}", lambda m: {"place": options.dateline or "", "date": day}[m[1]],
                   re.sub(r"\[([^\]]*)\]", lambda m: m[1] if day else "", template))  # fmt: skip
    return (start + lead[0], *lead[1:])


def _check(language: Language, options: Options) -> None:
    allowed = {
        "style": tuple(language["styles"]), "tense": ("present", "past"),
        "group": ("month", "year", "person", "country"), "sources": ("none", "notes", "footnotes"),
    }  # fmt: skip
    for name, values in allowed.items():
        if getattr(options, name) not in values:
            raise UsageError(f"Unknown {name} {getattr(options, name)!r}; choose {', '.join(values)}.")
    for date in (options.start, options.end, options.as_of):
        if date is not None:
            dates.validate(date)


def _sections(
    language: Language, ordered: Sequence[Encounter], options: Options, writer: Sentences,
    notes: Mapping[str, tuple[SourceNote, ...]],
) -> list[Section]:  # fmt: skip
    groups: dict[str | None, list[Encounter]] = {}
    for encounter in ordered:
        groups.setdefault(GROUPS[options.group](encounter), []).append(encounter)
    sections = []
    by_date = options.group in ("month", "year")  # what is dated to the year comes before the months of that year
    for key, members in sorted(groups.items(), key=lambda item: (item[0] is None, (item[0] or "") if by_date else "")):
        entries = []
        if options.group in ("person", "country"):
            writer.cast.introduced.clear()  # such a section is read for itself
        members = _below_no_date(language, members, writer, options)
        for folded in fold(members) if options.fold else [[e] for e in members]:
            remarks = options.remarks.get(folded[0].id, ()) if len(folded) == 1 else ()
            sources = tuple(dict.fromkeys(note for e in folded for note in notes.get(e.id, ())))
            day = writer.dated(folded[0]) or (_undated(language, folded[0], options) if not by_date else "")
            entries.append(Entry(writer.write(folded, remarks), tuple(e.id for e in folded), sources, day))
        sections.append(Section(_heading(language, writer.cast, options.group, key), tuple(entries)))
    return sections


def _below_no_date(
    language: Language, members: list[Encounter], writer: Sentences, options: Options
) -> list[Encounter]:
    """In styles that print dates as lines of their own, what has none first: it would seem to belong to the line above."""
    if language["styles"][options.style].get("dates") != "above":
        return members
    return sorted(members, key=lambda e: bool(writer.dated(e) or writer.saying(e)))


def _undated(language: Language, encounter: Encounter, options: Options) -> str:
    """The word for an unknown date where dates are lines of their own, and no heading has it."""
    above = language["styles"][options.style].get("dates") == "above"
    return when.bare(language, None) if above and encounter.date is None else ""


def _first_guest(encounter: Encounter) -> Participation | None:
    return encounter.guests[0] if encounter.guests else None


def _person(encounter: Encounter) -> str | None:
    guest = next((who for who in encounter.guests if who.name), None)
    return key_of(guest) if guest else None


def _country(encounter: Encounter) -> str | None:
    guest = _first_guest(encounter)
    return guest.country if guest else None


def _year(encounter: Encounter) -> str | None:
    return (when.month_of(encounter.date) or "")[:4] or None


GROUPS: Mapping[str, Callable[[Encounter], str | None]] = {
    "month": lambda e: when.month_of(e.date),
    "year": _year,
    "person": _person,
    "country": _country,
}


def _heading(language: Language, cast: Cast, group: str, key: str | None) -> str:
    if group in ("month", "year"):
        heading = when.bare(language, key)
        return heading[:1].upper() + heading[1:]
    if key is None:
        return str(language["headline"]["others"])
    return country_name(language, key) if group == "country" else cast.spelling.get(key, key)


def fold(encounters: Sequence[Encounter]) -> list[list[Encounter]]:
    """Sister delegations together, everything else alone; the place of the first decides the order."""
    lines: list[list[Encounter]] = []
    by_key: dict[tuple[object, ...], list[Encounter]] = {}
    for encounter in encounters:
        key = _fold_key(encounter)
        line = by_key.get(key) if key else None
        if key is None or line is None or any(e.delegation == encounter.delegation for e in line):
            line = []
            lines.append(line)
            if key is not None:
                by_key.setdefault(key, line)
        line.append(encounter)
    return lines


def _fold_key(encounter: Encounter) -> tuple[object, ...] | None:
    """What sister delegations share; None for an encounter that stands alone: a named guest, hosts, its own outcome."""
    unnamed = all(who.name is None and who.role is None for who in encounter.guests)
    alone = not unnamed or encounter.hosts or encounter.outcomes or encounter.activities or encounter.topics
    if encounter.kind != "visit" or not encounter.delegation or alone or len(encounter.guests) != 1:
        return None
    place = encounter.place.name if encounter.place else None
    return encounter.guests[0].country, encounter.host_country, encounter.date, encounter.status, place


def _number_sources(encounters: Sequence[Encounter]) -> dict[str, tuple[SourceNote, ...]]:
    """Footnotes by encounter, one number per article in the order of appearance."""
    numbers: dict[str, SourceNote] = {}
    notes: dict[str, tuple[SourceNote, ...]] = {}
    for encounter in encounters:
        for source in encounter.sources:
            numbers.setdefault(source.article, SourceNote(len(numbers) + 1, source.key, source.url))
        notes[encounter.id] = tuple(dict.fromkeys(numbers[s.article] for s in encounter.sources))
    return notes


def advisory(language: Language, now: Sequence[Encounter], before: Sequence[Encounter]) -> str | None:
    """The line that tells what changed since the last version, None if nothing did.

    Sources are no part of the text, so a further source alone is no change.
    """
    new, old = ({e.id: msgspec.structs.replace(e, sources=(), names=()) for e in side} for side in (now, before))
    counts = {
        "added": len(new.keys() - old.keys()),
        "changed": sum(new[i] != old[i] for i in new.keys() & old.keys()),
        "removed": len(old.keys() - new.keys()),
    }
    table = language["advisory"]
    said = [
        plural(language, table[name], n).replace("{n}", when.number_word(language, n))
        for name, n in counts.items()
        if n
    ]
    return f"({polish(language, '; '.join(said))})" if said else None


def _warnings(language: Language, result: Chronicle, style: str) -> tuple[str, ...]:
    """Where the text is longer than the agency of this style takes it."""
    rules = language["styles"][style]
    length = len(result.headline) + sum(map(len, result.lead))
    length += sum(len(s.heading) + sum(len(e.text) + len(e.date) for e in s.entries) for s in result.sections)
    found = []
    for key, limit, size in (
        ("headline", rules["headline"], len(result.headline)),
        ("too_long", rules["length"], length),
    ):
        if limit and size > limit:
            found.append(language["warnings"][key].replace("{n}", str(size)).replace("{limit}", str(limit)))
    return tuple(found)
