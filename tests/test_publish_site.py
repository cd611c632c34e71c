"""The static site: every link leads somewhere, every number has its list, nothing comes from elsewhere."""

import json
import re
from html.parser import HTMLParser
from posixpath import dirname, normpath
from urllib.parse import unquote, urldefrag

import msgspec
import pytest

from summitry.model import Encounter, Participation, Place, Quote, Report, Source
from summitry.publish import Context, Options, languages
from summitry.publish.site import site
from summitry.publish.site.names import Addresses

REPORT = Report("visit", "held", (), (), (Quote(0, 5, "<i>quoted</i> & so"),))
SOURCES = (
    Source("sha256:1", "doc <1>", "https://example.org/?a=1&b=2", REPORT),
    Source("sha256:2", "notes", "/home/x/notes", REPORT),
)


def visit(
    ident: str, date: str | None = "2031-05", guest: str = "RU", host: str = "KP", **changes: object
) -> Encounter:
    person = Participation(guest, "Anton Below", "Außenminister", "minister")
    made = Encounter(ident, "visit", "held", (person,), (), date, host, Place("Perm", "Perm", host), sources=SOURCES)
    return msgspec.structs.replace(made, **changes)


def record() -> list[Encounter]:
    han = Participation("KP", "Han Kwang Ho", "Führer", "leader")
    meeting = Encounter(
        "m 1/../x", "meeting", "planned", (han, Participation("US", "Mary Collins", "president")), (), "2032"
    )
    return [
        visit("a1", hosts=(han,)), visit("a2", "2031-07-03"), visit("A2", None, "KP", "RU", guests=(Participation("KP"),), delegation="sport"),
        meeting, visit("evil\"><script>", guests=(Participation("RU", "<script>alert(1)</script>", "=x"),)),
    ]  # fmt: skip


def made(lang: str = "en", encounters: list[Encounter] | None = None) -> dict[str, bytes]:
    context = Context(options=Options(lang=lang, as_of="2032-02-01"), now="2032-02-01T00:00:00Z")
    return site(record() if encounters is None else encounters, context)


class Parser(HTMLParser):
    """Collects what the tests ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append((tag, found))
        self.links += [found[name] or "" for name in ("href", "src") if name in found]
        self.ids += [found["id"] or ""] if "id" in found else []
        if tag not in ("meta", "link", "br", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def parsed(content: bytes) -> Parser:
    parser = Parser()
    parser.feed(content.decode())
    parser.close()
    assert parser.open == []
    return parser


@pytest.mark.parametrize("lang", languages())
def test_every_link_leads_to_a_file_of_the_site(lang: str) -> None:
    files = made(lang)
    ids = {name: set(parsed(content).ids) for name, content in files.items() if name.endswith(".html")}
    for name in ids:
        for link in parsed(files[name]).links:
            if link.startswith("https://"):
                continue
            path, part = urldefrag(link)
            target = normpath(f"{dirname(name)}/{unquote(path)}" if dirname(name) else unquote(path)) if path else name
            assert target in files, (name, link)
            assert not part or part in ids[target], (name, link)


def test_a_page_for_every_encounter_person_and_pair() -> None:
    files = made()
    assert len([n for n in files if n.startswith("e/")]) == 5
    assert len([n for n in files if n.startswith("p/")]) == 4
    assert {n for n in files if n.startswith("pairs/")} == {"pairs/kp-ru.html", "pairs/kp-us.html"}
    assert next(iter(files)) == "index.html"
    names = [name.casefold() for name in files]
    assert len(names) == len(set(names)) and all(
        re.fullmatch(r"[a-z0-9._/-]+", name) and ".." not in name for name in files
    )


def test_pages_are_well_formed_and_run_nothing() -> None:
    for name, content in made().items():
        if not name.endswith(".html") or name.startswith("data/"):
            continue
        parser = parsed(content)
        assert len(parser.ids) == len(set(parser.ids)), name
        for tag, attributes in parser.tags:
            assert tag not in ("script", "style", "iframe", "img"), name
            assert "style" not in attributes and not any(key.startswith("on") for key in attributes), name
        assert b"<script>alert" not in content and b"<i>quoted" not in content and b"/home/x" not in content
        assert [tag for tag, _ in parser.tags].count("h1") == 1 and b'<html lang="en">' in content


def test_numbers_equal_the_lists_they_lead_to() -> None:
    files = made()
    rows = re.findall(r'<a href="(pairs/[^"]+)">[^<]+</a></th><td>(\d+)</td>', files["pairs.html"].decode())
    assert rows and all(files[link].decode().count('<p class="facts">') == int(number) for link, number in rows)
    for link, number in re.findall(r'<a href="(p/[^"]+)">[^<]+</a></th><td>(\d+)</td>', files["people.html"].decode()):
        assert len(set(re.findall(r'<li><a href="\.\./e/([^"]+)"', files[link].decode()))) == int(number)
    cells = re.findall(r'<td><a href="(pairs/[^"]+)">(\d+)</a>', files["matrix.html"].decode())
    assert sorted(int(n) for _, n in cells) == [1, 1, 1, 3]


def test_evidence_stands_on_the_page_of_its_encounter() -> None:
    page = next(content.decode() for name, content in made().items() if name == "e/a1.html")
    assert "&lt;i&gt;quoted&lt;/i&gt; &amp; so" in page and 'href="https://example.org/?a=1&amp;b=2"' in page
    assert "doc &lt;1&gt;" in page and ">notes<" not in page.replace("Source: notes", "")
    assert "Han Kwang Ho, leader (North Korea)" in page and "Anton Below, foreign minister (Russia)" in page


def test_data_can_be_downloaded_and_checked() -> None:
    files = made()
    assert len(json.loads(files["data/encounters.json"])["encounters"]) == 5
    assert files["data/encounters.crate.zip"].startswith(b"PK")
    assert files["data.html"].decode().count("download>") == len([n for n in files if n.startswith("data/")])


def test_the_same_record_gives_the_same_bytes() -> None:
    assert made() == made()


def test_an_empty_record_is_a_site_too() -> None:
    files = made(encounters=[])
    assert {"index.html", "map.html", "matrix.html", "data.html", "style.css"} <= set(files)


def test_words_of_the_site_are_those_of_its_language() -> None:
    for lang, word in (
        ("de", "Länderpaare"),
        ("fr", "Paires de pays"),
        ("es", "Pares de países"),
        ("ru", "Пары стран"),
        ("ko", "국가별 조합"),
    ):
        assert word in made(lang)["index.html"].decode()


def test_addresses_are_safe_and_apart() -> None:
    given = Addresses()
    names = [given.of(i) for i in ("a2", "A2", "../a2", "a2/", "김정은", "김정일", "x" * 200, "x" * 201)]
    assert len(set(names)) == len(names) and all(re.fullmatch(r"[a-z0-9._-]{1,80}", n) and ".." not in n for n in names)
    assert given.of("A2") == names[1]


def test_three_hundred_encounters_have_a_page_each() -> None:
    many = [visit(f"a{n}", f"20{n % 30 + 10}-0{n % 9 + 1}", guest=("RU", "CN", "US")[n % 3]) for n in range(300)]
    assert len(made(encounters=many)) > 300


@pytest.mark.parametrize("lang", languages())
def test_what_is_not_in_a_file_is_said_in_the_language_of_the_site(lang: str) -> None:
    rare = [
        visit("c1", "2031~", status="cancelled"), visit("c2", "2031-08~", place=Place("Nirgends", "Nirgends", "KP")),
        visit("c3", None), visit("c4", "2031-09-01", guests=(Participation("RU", None, None, "delegation"),)),
    ]  # fmt: skip
    cells = re.findall(r"<td>(<span.*?)</td>", made(lang, [*record(), *rare])["data.html"].decode())
    told = [
        (lang_ or lang, text)
        for cell in cells
        for lang_, text in re.findall(r'<span(?: lang="(\w+)")?>(.*?)</span>', cell)
    ]
    own = [text for tongue, text in told if tongue == lang]
    assert len(own) >= 12 and not any("{n}" in text for text in own)
    assert [text for tongue, text in told if tongue != lang and not text.startswith("No words in ")] == []
