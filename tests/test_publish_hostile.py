"""Every format with names, offices, places, quotes and addresses as somebody would write them who means harm.

Nothing of it may run, break a file, or hide in it: no formula in a cell, no element or script in a page, no line of a
calendar that a name began, no control or bidirectional character.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from summitry.model import Encounter, Participation, Place, Quote, Report, Source
from summitry.publish import FORMATS, Context, Options

HOSTILE = (
    '=HYPERLINK("http://x.invalid","y")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1:A9)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1",
    "<script>alert(1)</script>", "</title><img src=x onerror=alert(1)>", "\"'><svg/onload=alert(1)>", "]]>&lt;&amp;<!--", "<?xml?>",
    "A\x00B\x07C\x1b[31mD\x7f\x85", "\u202eevil\u202c \u2066x\u2069\u200f\u200e", "Zerowidth\ufeff", "lone \udcff".encode("utf-8", "replace").decode(),
    "Name\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a;b,c\\d:e", "[click](javascript:alert(1))", "# heading\n* item `code` _x_ **b**",
    "{subject} {0} %s $1 \\1 [x]", "שלום עולם", "محمد", "ü" * 300, "\U0001f600" * 40, "..", "../../etc/passwd", "a\u2028b\u2029c", "\ufffe\uffff",
)  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)",
    "data:text/html,<b>",
    "file:///etc/passwd",
    'https://x.invalid/"><script>',
    "https://x.invalid/\r\nX: y",
)
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)


def hostile() -> list[Encounter]:
    found = []
    for at, text in enumerate(HOSTILE):
        who = Participation("RU", text, text, "minister")
        place = Place(text, text, "KP")
        url = ADDRESSES[at % len(ADDRESSES)]
        report = Report("visit", "held", (who,), (), (Quote(0, len(text), text),), topics=(text,), outcomes=(text,))
        source = Source(f"sha256:{at}", text, url, report)
        found.append(
            Encounter(
                f"e{at}",
                "visit",
                "held",
                (who,),
                (Participation("KP", f"{text} 2", None, "leader"),),
                "2031-05-07",
                "KP",
                place,
                ("talks", text),
                topics=(text,),
                outcomes=(text,),
                delegation=text if at % 2 else None,
                sources=(source,),
            )  # fmt: skip
        )
    return found


def written(name: str, lang: str = "en") -> bytes:
    if FORMATS[name].extra:
        pytest.importorskip({"docx": "docx", "parquet": "pyarrow"}[name])
    options = Options(lang=lang, sources="footnotes")
    return FORMATS[name].write(hostile(), Context(options=options, now="2031-06-01T12:00:00Z")).content


def strings(value: object) -> Iterator[str]:
    """All keys and texts of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


class Elements(HTMLParser):
    """The elements and attributes that a browser would find."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def harmless(page: str) -> None:
    """No element that runs or loads, no handler, no address but on the web."""
    for tag, attributes in Elements(page).found:
        assert tag not in ("script", "img", "svg", "iframe", "object", "link", "base", "form"), tag
        assert not [name for name in attributes if name.startswith("on")]
        for name in ("href", "src", "xlink:href"):
            assert re.match("(?:https?://|#|$)", attributes.get(name) or ""), attributes


def parts(name: str) -> dict[str, bytes]:
    """The files inside an archive, or the one file that a format writes."""
    content = written(name)
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {name: content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {inner: archive.read(inner) for inner in archive.namelist()}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_nothing_hides_in_a_file(name: str) -> None:
    if name == "parquet":
        pytest.skip("its values are those of the record; test_parquet_keeps_its_columns looks at them")
    for inner, content in parts(name).items():
        assert not inner.startswith(("/", "..")) and ".." not in inner.split("/")
        if inner.endswith((".jpeg", ".jpg", ".png")):
            continue  # what python-docx puts into every file
        text = content.decode("utf-8")
        if inner.endswith("json") or name in ("json", "geojson", "ninjs", "jsonld", "popolo", "timelinejs"):
            text = "\n".join(strings(json.loads(text)))
        elif inner in ("jsonl", "ftm", "plover"):
            text = "\n".join(one for line in text.split("\n")[:-1] for one in strings(json.loads(line)))
        elif inner.endswith((".xml", ".rels")) or name == "atom":
            text = "".join(ET.fromstring(content).itertext())
        if (
            name not in ("json", "jsonl") and inner != "encounters.json"
        ):  # the record itself, for programs: what was read, character by character
            assert not FORBIDDEN.findall(text), inner


@pytest.mark.parametrize("lang", ["de", "en", "fr", "es", "ru", "ko"])
def test_pages_hold_no_element_that_a_name_brought(lang: str) -> None:
    harmless(written("html", lang).decode())


def test_markdown_runs_nothing_once_rendered() -> None:
    markdown = pytest.importorskip("markdown_it")
    page = markdown.MarkdownIt("commonmark").render(written("md").decode())
    harmless(page)
    headings = [tag for tag, _ in Elements(page).found if tag in ("h1", "h2", "h3", "code", "strong")]
    assert headings.count("h1") == 1 and "code" not in headings and "strong" not in headings


@pytest.mark.parametrize("name", ["csv", "colt", "datapackage", "rocrate"])
def test_no_cell_is_a_formula(name: str) -> None:
    tables = {
        inner: content for inner, content in parts(name).items() if inner in ("csv", "colt") or inner.endswith(".csv")
    }
    assert tables
    for inner, content in tables.items():
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        assert len({len(row) for row in rows}) == 1, inner
        for row in rows[1:]:
            for value in row:
                bad = value.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")) or value.startswith(
                    ("\t", "\r", "\n")
                )
                assert not bad or re.fullmatch(r"-?\d+(\.\d+)?", value), (inner, value)


def test_a_calendar_has_the_lines_that_were_written() -> None:
    icalendar = pytest.importorskip("icalendar")
    content = written("ics")
    lines = content.decode("utf-8").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines) and not re.search("[\r\n]", "".join(lines))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(HOSTILE)
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert len(events) == len(HOSTILE) and not any(one.errors for one in events)


def test_a_feed_and_a_word_file_are_well_formed() -> None:
    feed = ET.fromstring(written("atom"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{atom}entry")) == len(HOSTILE)
    assert all(re.match("https?://|urn:", link.get("href", "")) for link in feed.iter(f"{atom}link"))
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(written("docx")))
    assert sum(p.style.name == "List Bullet" for p in document.paragraphs) >= 1
    outside = [r.target_ref for r in document.part.rels.values() if r.is_external]
    assert all(re.match("https?://", target) for target in outside)


def test_slides_hold_text_and_no_markup_of_a_name() -> None:
    """TimelineJS prints `text` as HTML."""
    for slide in json.loads(written("timelinejs"))["events"]:
        harmless(slide["text"]["text"] + slide["text"]["headline"])


def test_parquet_keeps_its_columns() -> None:
    pyarrow = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.read_table(io.BytesIO(written("parquet")))
    assert table.num_rows == len(HOSTILE)
