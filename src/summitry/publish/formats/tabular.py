"""A tabular data package: tables that join, as CSV in a zip, described for people and for programs.

Files: encounters.csv (one row each), participants.csv (a row per person or delegation and encounter), evidence.csv (a row per
quotation, with the document and the offsets), sources.csv (a row per document); datapackage.json (Frictionless Data Package
1.0) and csv-metadata.json (W3C CSV on the Web) say what every column holds and how the tables join. Several values in a cell
stand with "; " between them, which CSVW calls a separator. A cell that a spreadsheet would run as a formula begins with an
apostrophe. The zip holds the same bytes for the same input.
Checked with frictionless 5 (validate) and csvw 4 (types, keys and references), see tests.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from summitry.model import Encounter, Participation, Source
from summitry.publish.formats.common import Context, Export, bounds, people, person_id, sentences, to_json, web
from summitry.publish.formats.table import cell
from summitry.publish.lead import headline
from summitry.publish.tables import load


class Column(NamedTuple):
    """A column: its name, what it holds, its type (string, date, integer, list), whether it may be empty."""

    name: str
    about: str
    type: str = "string"
    required: bool = False


class Sheet(NamedTuple):
    """A table: its columns, its key, and (column, other table) for what refers to another."""

    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[str, str], ...] = ()


SHEETS: Mapping[str, Sheet] = {
    "encounters": Sheet((
        Column("id", "Identifier of the encounter", required=True),
        Column("kind", "visit, meeting or call", required=True),
        Column("status", "held, planned, proposed, cancelled or disputed", required=True),
        Column("date", "When, in EDTF level 1, as fine as the sources say"),
        Column("date_min", "First day that the date may mean", "date"),
        Column("date_max", "Last day that the date may mean", "date"),
        Column("guest_country", "Countries of the guests, ISO 3166-1 alpha-2 or an organisation", "list"),
        Column("host_country", "Country where it took place"),
        Column("place", "Place as the sources name it"),
        Column("delegation", "Sector of a delegation, in English"),
        Column("activities", "What was done, in English", "list"),
        Column("topics", "What was talked about, in English", "list"),
        Column("outcomes", "What came of it", "list"),
        Column("parent", "The encounter that this one is a part of"),
        Column("sentence", "The encounter in one sentence", required=True),
    ), ("id",)),
    "participants": Sheet((
        Column("encounter", "The encounter", required=True),
        Column("number", "Order within the encounter, from 1", "integer", required=True),
        Column("role", "guest, host or participant", required=True),
        Column("country", "On whose behalf"),
        Column("person", "Identifier of the person"),
        Column("name", "Name; empty for a delegation without a named head"),
        Column("office", "Office as reported"),
        Column("level", "Level of the office"),
        Column("capacity", "Other than by office: candidate, former president"),
    ), ("encounter", "number"), (("encounter", "encounters"),)),
    "evidence": Sheet((
        Column("encounter", "The encounter", required=True),
        Column("source", "The document", required=True),
        Column("number", "Order within the document, from 1", "integer", required=True),
        Column("start", "First character in the text of the document, from 0", "integer", required=True),
        Column("end", "First character after it", "integer", required=True),
        Column("quote", "What stands there", required=True),
    ), ("encounter", "source", "number"), (("encounter", "encounters"), ("source", "sources"))),
    "sources": Sheet((
        Column("id", "Digest of the text of the document", required=True),
        Column("key", "Its name in the record", required=True),
        Column("url", "Its address on the web"),
    ), ("id",)),
}  # fmt: skip
Row = dict[str, Any]


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The zip archive."""
    return Export(archive(files(encounters, context), context))


def files(encounters: Sequence[Encounter], context: Context) -> dict[str, bytes]:
    """The files of the package by name."""
    rows = _rows(encounters, context)
    title = headline(load(context.options.lang), encounters, context.options)
    made = {f"{name}.csv": _csv(SHEETS[name], rows[name]) for name in SHEETS}
    made["datapackage.json"] = to_json(_datapackage(title, context, rows))
    made["csv-metadata.json"] = to_json(_csvw(title, context))
    return made


def archive(content: Mapping[str, bytes], context: Context) -> bytes:
    """A zip whose time stamps are those of the context, so that equal files give equal archives."""
    moment = dt.datetime.fromisoformat(context.now).astimezone(dt.UTC)
    stamp = max(moment, dt.datetime(1980, 1, 1, tzinfo=dt.UTC)).timetuple()[:6]  # what a zip can say begins in 1980
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(content):
            packed.writestr(zipfile.ZipInfo(name, stamp), content[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _rows(encounters: Sequence[Encounter], context: Context) -> dict[str, list[Row]]:
    said = sentences(encounters, context)
    documents = {source.article: source for e in encounters for source in e.sources}
    return {
        "encounters": [_encounter(e, said[e.id]) for e in encounters],
        "participants": [row for e in encounters for row in _participants(e)],
        "evidence": [row for e in encounters for row in _evidence(e)],
        "sources": [{"id": s.article, "key": s.key, "url": web(s.url)} for s in documents.values()],
    }


def _encounter(encounter: Encounter, sentence: str) -> Row:
    first, last = bounds(encounter)
    plain = ("id", "kind", "status", "date", "host_country", "delegation", "parent")
    return {name: getattr(encounter, name) for name in plain} | {
        "date_min": first, "date_max": last, "sentence": sentence,
        "guest_country": list(dict.fromkeys(w.country for w in encounter.guests if w.country)),
        "place": encounter.place.name if encounter.place else None, "activities": list(encounter.activities),
        "topics": list(encounter.topics), "outcomes": list(encounter.outcomes),
    }  # fmt: skip


def _participants(encounter: Encounter) -> Iterable[Row]:
    for number, (role, who) in enumerate(people(encounter), 1):
        yield {"encounter": encounter.id, "number": number, "role": role} | _who(who)


def _who(who: Participation) -> Row:
    return {"country": who.country, "person": person_id(who), "name": who.name, "office": who.role,
            "level": who.level, "capacity": who.capacity}  # fmt: skip


def _evidence(encounter: Encounter) -> Iterable[Row]:
    by_article: dict[str, list[Source]] = {}
    for source in encounter.sources:
        by_article.setdefault(source.article, []).append(source)
    for article, found in by_article.items():
        every = dict.fromkeys(quote for source in found for quote in source.report.evidence)
        for number, quote in enumerate(every, 1):
            yield {"encounter": encounter.id, "source": article, "number": number,
                   "start": quote.start, "end": quote.end, "quote": quote.exact}  # fmt: skip


def _csv(sheet: Sheet, rows: Iterable[Row]) -> bytes:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [column.name for column in sheet.columns])
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(value) for name, value in row.items()})
    return buffer.getvalue().encode()


def _datapackage(title: str, context: Context, rows: Mapping[str, list[Row]]) -> Row:
    """The descriptor of Data Package 1.0: https://specs.frictionlessdata.io/."""
    package: Row = {
        "profile": "tabular-data-package", "name": "summitry-encounters", "title": title, "created": context.now,
        "resources": [
            {"name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "format": "csv",
             "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"lineTerminator": "\r\n"}, "schema": _schema(sheet),
             "rowcount": len(rows[name])}
            for name, sheet in SHEETS.items()
        ],
    }  # fmt: skip
    return package | ({"licenses": [{"path": context.licence}]} if context.licence else {})


def _schema(sheet: Sheet) -> Row:
    fields = [
        {"name": c.name, "description": c.about, "type": "string" if c.type == "list" else c.type}
        | ({"constraints": {"required": True}} if c.required else {}) for c in sheet.columns
    ]  # fmt: skip
    foreign = [{"fields": column, "reference": {"resource": other, "fields": "id"}} for column, other in sheet.refers]
    return {"fields": fields, "primaryKey": list(sheet.key)} | ({"foreignKeys": foreign} if foreign else {})


def _csvw(title: str, context: Context) -> Row:
    """The metadata document of the Tabular Metadata vocabulary: https://www.w3.org/TR/tabular-metadata/."""
    group: Row = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": context.options.lang}], "dc:title": title,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n", "\n"]},
        "tables": [{"url": f"{name}.csv", "tableSchema": _table_schema(sheet)} for name, sheet in SHEETS.items()],
    }  # fmt: skip
    return group | ({"dc:license": {"@id": context.licence}} if context.licence else {})


def _table_schema(sheet: Sheet) -> Row:
    columns = [
        {"name": c.name, "titles": c.name, "dc:description": c.about, "datatype": "string" if c.type == "list" else c.type}
        | ({"separator": "; "} if c.type == "list" else {}) | ({"required": True} if c.required else {})
        for c in sheet.columns
    ]  # fmt: skip
    foreign = [
        {"columnReference": column, "reference": {"resource": f"{other}.csv", "columnReference": "id"}}
        for column, other in sheet.refers
    ]
    return {"columns": columns, "primaryKey": list(sheet.key)} | ({"foreignKeys": foreign} if foreign else {})
