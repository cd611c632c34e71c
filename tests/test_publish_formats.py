"""Every export format: well-formed by its own rules, escaped, and honest about what it left out."""

import csv
import datetime as dt
import hashlib
import io
import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from summitry.model import Encounter, Participation, Place, Quote, Report, Source
from summitry.publish import FORMATS, Context, Options
from summitry.publish.formats.icalendar import fold, text
from summitry.publish.formats.table import cell
from summitry.publish.places import is_capital

NOW = "2031-06-01T12:00:00Z"


def context(**changes: object) -> Context:
    return Context(options=Options(lang="en"), now=NOW, coordinates={"Perm": (58.0, 56.25)}, **changes)  # type: ignore[arg-type]


def source(number: int, url: str | None) -> Source:
    report = Report("visit", "held", (), (), (Quote(5, 20, "“Below”; came, <b>saw</b>\nleft\\"),))
    return Source(f"sha256:{number}", f"doc{number}", url, report)


def cases() -> list[Encounter]:
    below = Participation("RU", "Anton Below", "Außenminister", "minister", "p1")
    han = Participation("KP", "Han Kwang Ho", "Führer", "leader")
    place = Place("Pjöngjang", "Pjöngjang", "KP")
    return [
        Encounter("a", "visit", "held", (below,), (han,), "2031-05-07/2031-05-09", "KP", place, ("talks", "signing"),
                  sources=(source(1, "https://example.org/?a=1&b=2"), source(2, "/home/x/notes.txt"))),
        Encounter("b", "visit", "held", (Participation("KP"),), (), "2031-05", "RU", Place("Perm", "Perm", "RU"),
                  delegation="sport"),
        Encounter("c", "meeting", "planned", (below, Participation("EU", "Anna von der Heide", "Präsidentin")), (),
                  "2031-06~", "KZ"),
        Encounter("d", "call", "cancelled", (below, han), (), "2031-05-20", topics=("trade",)),
        Encounter("e", "visit", "disputed", (Participation("NL", None, "=cmd()|' /C calc'!A0", "minister"),), (), None, "UA"),
        Encounter("f", "visit", "proposed", (below,), (), "2031-21", "IR", parent="a"),
    ]  # fmt: skip


def written(name: str, **changes: object) -> tuple[bytes, tuple[str, ...]]:
    export = FORMATS[name].write(cases(), context(**changes))
    return export.content, export.lost


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_reproducible_and_takes_an_empty_record(name: str) -> None:
    if FORMATS[name].extra:
        pytest.importorskip({"docx": "docx", "parquet": "pyarrow"}[name])
    if name != "docx":  # a zip archive holds the time it was packed
        assert written(name) == written(name)
    assert FORMATS[name].write([], context()).content or name in ("jsonl", "ftm", "plover")  # no line for no encounter
    assert all(line[0].isupper() or line[0].isdigit() for line in written(name)[1])


@pytest.mark.parametrize(
    "name", [n for n in FORMATS if n not in ("docx", "parquet", "text", "md", "csv", "datapackage", "rocrate")]
)
def test_no_path_of_a_machine_becomes_a_link(name: str) -> None:
    content = written(name)[0].decode()
    assert name in ("json", "jsonl", "geojson", "plover") or "/home/x" not in content


def test_json_is_the_record() -> None:
    rows = json.loads(written("json")[0])["encounters"]
    assert [json.loads(line) for line in written("jsonl")[0].splitlines()] == rows
    first = rows[0]
    assert first["guests"][0] == {
        "country": "RU", "name": "Anton Below", "role": "Außenminister", "level": "minister", "person": "p1", "capacity": None,
    }  # fmt: skip
    assert first["place"] == {"text": "Pjöngjang", "name": "Pjöngjang", "country": "KP"}
    assert first["reports"][0]["document"] == {
        "id": "doc1",
        "source": "sha256:1",
        "url": "https://example.org/?a=1&b=2",
    }
    assert first["reports"][0]["evidence"][0]["start"] == 5
    assert first["evidence"] == first["reports"][0]["evidence"]
    for row, encounter in zip(rows, cases(), strict=True):
        back = msgspec.convert({k: v for k, v in row.items() if k in Encounter.__struct_fields__}, Encounter)
        assert back == msgspec.structs.replace(encounter, sources=())


def test_csv_has_a_row_each_and_runs_no_formula() -> None:
    content, lost = written("csv")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert [row["id"] for row in rows] == list("abcdef")
    assert rows[0]["guests"] == "Anton Below (Außenminister)" and rows[0]["activities"] == "talks; signing"
    assert (rows[1]["date_min"], rows[1]["date_max"]) == ("2031-05-01", "2031-05-31")
    assert lost == ("1 encounters have several reports; what each of them says is in the JSON export only.",)
    assert b"\r\n" in content
    assert [cell(v) for v in ("=1+1", "+1", "-1", "@x", "a=b", None, ["=x", "y"])] == [
        "'=1+1", "'+1", "'-1", "'@x", "a=b", "", "'=x; y",
    ]  # fmt: skip


def test_parquet_has_the_same_rows_with_types() -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(written("parquet")[0]))
    rows = table.to_pylist()
    assert [row["id"] for row in rows] == list("abcdef")
    assert rows[0]["activities"] == ["talks", "signing"] and rows[1]["date_max"] == dt.date(2031, 5, 31)


def test_docx_opens_again() -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(written("docx")[0]))
    paragraphs = [p.text for p in document.paragraphs]
    assert paragraphs[0] == "High-level encounters since 2031"
    assert any(p.style.name == "List Bullet" and "Below visits Pyongyang" in p.text for p in document.paragraphs)


def test_icalendar_lines() -> None:
    content, lost = written("ics")
    assert lost == ("4 encounters are not dated to the day and are left out of the calendar.",)
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines) and b"\n" not in content.replace(b"\r\n", b"")
    whole = content.decode().replace("\r\n ", "").split("\r\n")
    assert "DTSTART;VALUE=DATE:20310507" in whole and "DTEND;VALUE=DATE:20310510" in whole
    assert "STATUS:CANCELLED" in whole and "X-SUMMITRY-EDTF:2031-05-07/2031-05-09" in whole
    assert "URL:https://example.org/?a=1&b=2" in whole
    assert len(re.findall("BEGIN:VEVENT", written("ics", imprecise=True)[0].decode())) == 5


def test_icalendar_text_and_folding() -> None:
    assert text("a;b,c\\d\ne\u202ef\x07") == "a\\;b\\,c\\\\d\\nef"
    folded = fold("SUMMARY:" + "ü" * 100)
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert folded.replace("\r\n ", "") == "SUMMARY:" + "ü" * 100 + "\r\n"


def test_icalendar_by_the_icalendar_package() -> None:
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical(written("ics", imprecise=True)[0])
    events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
    assert set(events) == {f"{i}@summitry" for i in "abcdf"}
    assert events["a@summitry"].decoded("DTEND") == dt.date(2031, 5, 10)
    assert str(events["a@summitry"]["DESCRIPTION"]).startswith("““Below”; came, <b>saw</b>\nleft\\”")
    assert not any(e.errors for e in events.values())


def test_atom_is_a_feed() -> None:
    root = ET.fromstring(written("atom")[0])
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert [e.findtext(f"{atom}id") for e in entries] == [f"urn:summitry:{i}" for i in "abcdef"]
    assert root.findtext(f"{atom}updated") == NOW
    links = [link.get("href") for link in entries[0].findall(f"{atom}link")]
    assert links == ["https://example.org/?a=1&b=2"]
    feedparser = pytest.importorskip("feedparser")
    parsed = feedparser.parse(written("atom")[0])
    assert not parsed.bozo and len(parsed.entries) == 6


def test_geojson_puts_no_dot_where_no_place_is_named() -> None:
    content, lost = written("geojson")
    collection = json.loads(content)
    assert collection["type"] == "FeatureCollection"
    points = {f["id"]: f["geometry"] and f["geometry"]["coordinates"] for f in collection["features"]}
    assert points["b"] == [56.25, 58.0]
    assert points["a"] == pytest.approx([125.75, 39.02], abs=0.1)
    assert [points[i] for i in "cdef"] == [None] * 4
    assert lost == ("4 encounters have no place with known coordinates; their geometry is null.",)
    assert is_capital("KP", "Pjöngjang") and not is_capital("RU", "Perm")


def test_ftm_entities_refer_to_entities_that_are_there() -> None:
    entities = [json.loads(line) for line in written("ftm")[0].splitlines()]
    by_id = {e["id"]: e for e in entities}
    assert len(by_id) == len(entities)
    events = [e for e in entities if e["schema"] == "Event"]
    assert len(events) == 6 and all(e["properties"]["name"] for e in events)
    for event in events:
        for name, schemata in (
            ("involved", {"Person", "PublicBody"}),
            ("organizer", {"Person"}),
            ("proof", {"Article"}),
        ):
            assert all(by_id[i]["schema"] in schemata for i in event["properties"].get(name, ()))
    assert [e["properties"].get("startDate") for e in events] == [
        ["2031-05-07"], ["2031-05"], ["2031-06"], ["2031-05-20"], None, ["2031"],
    ]  # fmt: skip
    assert all(
        isinstance(v, list) and all(isinstance(x, str) for x in v) for e in entities for v in e["properties"].values()
    )


def test_popolo_dates_match_the_pattern_of_the_schema() -> None:
    content = json.loads(written("popolo")[0])
    pattern = re.compile(
        r"^[0-9]{4}((-[0-9]{2}){0,2}|(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){0,2}(Z|[+-][0-9]{2}(:[0-9]{2})?))$"
    )
    events = content["events"]
    assert all(pattern.match(e[k]) for e in events for k in ("start_date", "end_date") if k in e)
    known = {p["id"] for p in content["persons"]} | {o["id"] for o in content["organizations"]}
    assert all(a["id"] in known for e in events for a in e.get("attendees", ()))
    assert all(e["organization_id"] in known for e in events if "organization_id" in e)
    assert events[5]["parent_id"] == "a"


def test_jsonld_events() -> None:
    graph = json.loads(written("jsonld")[0])["@graph"]
    assert graph[0]["attendee"][0]["name"] == "Anton Below" and graph[0]["organizer"][0]["name"] == "Han Kwang Ho"
    assert graph[0]["eventStatus"] == "https://schema.org/EventScheduled" and graph[3]["eventStatus"].endswith(
        "Cancelled"
    )
    assert graph[3]["location"] == {"@type": "VirtualLocation"}
    assert [g.get("startDate") for g in graph] == ["2031-05-07", "2031-05", "2031-06", "2031-05-20", None, "2031"]


# What schema.org lets an Event have of what we write; rdflib knows the terms, but not which belongs where.
EVENT = {
    "about", "attendee", "endDate", "eventStatus", "identifier", "inLanguage", "keywords", "location", "name", "organizer",
    "startDate", "subjectOf", "superEvent", "url",
}  # fmt: skip


def test_jsonld_uses_the_terms_of_schema_org() -> None:
    sdo = pytest.importorskip("rdflib").SDO

    def check(value: object) -> None:
        if isinstance(value, list):
            for one in value:
                check(one)
        elif isinstance(value, dict):
            for name, one in value.items():
                terms = [one] if name == "@type" else [] if name.startswith("@") else [name]
                assert all(term in sdo for term in terms), terms
                check(one)

    graph = json.loads(written("jsonld")[0])["@graph"]
    check(graph)
    assert all({name for name in event if not name.startswith("@")} <= EVENT for event in graph)
    assert all(event["eventStatus"].removeprefix("https://schema.org/") in sdo for event in graph)


def test_ninjs_has_what_the_schema_requires() -> None:
    item = json.loads(written("ninjs")[0])
    assert item["uri"] and item["type"] == "text" and item["bodies"][0]["charCount"] == len(item["bodies"][0]["value"])
    truncated = re.compile(r"^\d{4}(-(1[0-2]|0[1-9])(-(3[01]|0[1-9]|[12][0-9]))?)?$")
    for event in item["associations"]:
        assert event["name"] and event["uri"] and event["type"] == "event"
        moments = event.get("eventDetails", {}).get("dates")
        assert moments is None or truncated.match(moments["expectedStartDate"])
    assert "eventDetails" not in item["associations"][4]
    assert {"name": "disputed", "rel": "status"} in item["associations"][4]["subjects"]


def test_plover_future_is_agreement_and_refusal_is_left_out() -> None:
    content, lost = written("plover")
    rows = {row["id"]: row for row in map(json.loads, content.splitlines())}
    assert {i: (r["event_type"], r["event_mode"]) for i, r in rows.items()} == {
        "a": ("CONSULT", "visit"), "b": ("CONSULT", "visit"), "c": ("AGREE", ""), "f": ("AGREE", ""),
    }  # fmt: skip
    assert rows["a"]["actor"][0]["code"] == "RUS" and rows["a"]["recipient"][0]["code"] == "PRK"
    assert rows["b"]["recipient"] == [{"code": "RUS", "sector": None, "text": None, "role": None}]
    assert rows["c"]["recipient"] == [] and rows["b"]["date"] == "2031-05-01"
    assert lost == (
        "1 undated encounters are left out; PLOVER needs a day.",
        "1 cancelled or disputed encounters are left out; who refused is not recorded.",
    )


def test_colt_holds_leaders_and_ministers_only() -> None:
    content, lost = written("colt")
    rows = list(csv.DictReader(io.StringIO(content.decode(), newline="")))
    assert [row["TripID"] for row in rows] == ["a"]
    row = rows[0]
    assert (row["LeaderCountryISO"], row["CountryVisitedISO"], row["TripDuration"]) == ("RUS", "PRK", "3")
    assert (row["MetHostHoGS"], row["HostHOGSName"], row["SignedAgreement"]) == ("Yes", "Han Kwang Ho", "Yes")
    assert (row["PublicAddress"], row["Confidence(1-5)"], row["SourceLink2"]) == ("", "", "")
    assert lost[0].startswith("5 encounters are outside COLT")


def test_timelinejs_slides() -> None:
    content, lost = written("timelinejs")
    slides = {s["unique_id"]: s for s in json.loads(content)["events"]}
    assert slides["a"]["start_date"] == {"year": 2031, "month": 5, "day": 7} and slides["a"]["end_date"]["day"] == 9
    assert slides["b"]["start_date"] == {"year": 2031, "month": 5} and slides["b"]["display_date"] == "In May 2031"
    assert slides["f"]["start_date"] == {"year": 2031}
    assert "<b>" not in slides["a"]["text"]["text"] and "&lt;b&gt;" in slides["a"]["text"]["text"]
    assert lost == ("1 undated encounters are left out; a slide needs a year.",)


def test_every_format_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "reference" / "formats.md").read_text("utf-8")
    assert {name for name in FORMATS if f"`{name}`" in text} == set(FORMATS)


def unpacked(name: str, folder: Path) -> Path:
    with zipfile.ZipFile(
        io.BytesIO(written(name, licence="https://creativecommons.org/licenses/by/4.0/")[0])
    ) as packed:
        assert packed.testzip() is None
        packed.extractall(folder)
    return folder


def test_the_data_package_by_frictionless(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    folder = unpacked("datapackage", tmp_path)
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    assert {task.name: task.stats["rows"] for task in report.tasks} == {
        "encounters": 6, "participants": 9, "evidence": 2, "sources": 2,
    }  # fmt: skip
    (folder / "participants.csv").write_bytes(
        (folder / "participants.csv").read_bytes().replace(b"\r\na,1", b"\r\nzz,1")
    )
    assert not frictionless.Package(str(folder / "datapackage.json")).validate().valid


def test_the_data_package_by_csvw(tmp_path: Path) -> None:
    csvw = pytest.importorskip("csvw")
    group = csvw.TableGroup.from_file(unpacked("datapackage", tmp_path) / "csv-metadata.json")
    group.check_referential_integrity()
    tables = {str(table.url): list(table) for table in group.tables}
    first = tables["encounters.csv"][0]
    assert first["activities"] == ["talks", "signing"] and first["date_min"].year == 2031
    assert tables["evidence.csv"][0]["start"] == 5
    assert all(table.check_primary_key() for table in group.tables)


def test_the_crate_by_rocrate(tmp_path: Path) -> None:
    rocrate = pytest.importorskip("rocrate.rocrate")
    folder = unpacked("rocrate", tmp_path)
    for line in (folder / "sha256sums.txt").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    crate = rocrate.ROCrate(str(folder))
    assert crate.name == "High-level encounters since 2031" and crate.license.id.endswith("/by/4.0/")
    described = {entity.id for entity in crate.data_entities}
    assert described | {"ro-crate-metadata.json", "sha256sums.txt"} == {p.name for p in folder.iterdir()}
    assert json.loads((folder / "encounters.json").read_text("utf-8"))["encounters"][0]["id"] == "a"


def test_citation_and_datacite(tmp_path: Path) -> None:
    yaml = pytest.importorskip("yaml")
    folder = unpacked("rocrate", tmp_path)
    cited = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert cited["title"] == "High-level encounters since 2031" and cited["authors"] == [{"name": "Summitry"}]
    assert json.loads((folder / "datacite.json").read_text("utf-8"))["publicationYear"] == 2031


def test_geojson_by_the_geojson_package() -> None:
    geojson = pytest.importorskip("geojson")
    collection = geojson.loads(written("geojson")[0])
    assert collection.is_valid, collection.errors()


def test_ftm_by_the_followthemoney_package() -> None:
    model = pytest.importorskip("followthemoney").model
    entities = [model.get_proxy(json.loads(line), cleaned=False) for line in written("ftm")[0].splitlines()]
    assert len(entities) == len({e.id for e in entities})
    for entity in entities:
        entity.schema.validate(entity.to_dict())
    event = next(e for e in entities if e.schema.name == "Event")
    assert event.first("startDate") == "2031-05-07" and event.caption.startswith("Russian Foreign Minister")
    raw = [json.loads(line) for line in written("ftm")[0].splitlines()]
    for data, entity in zip(raw, entities, strict=True):  # nothing that the schema does not know, nothing it threw away
        assert {name: sorted(values) for name, values in data["properties"].items()} == {
            name: sorted(values) for name, values in entity.to_dict()["properties"].items()
        }
