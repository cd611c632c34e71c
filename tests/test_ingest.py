"""Inputs of every kind, good and bad: what comes out as an article, and the sentence where nothing does."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from summitry.errors import InputError
from summitry.ingest import Failure, Options, articles
from summitry.ingest.pages import read_page
from summitry.ingest.texts import decode, text_id
from summitry.model import Article

FACT_BOX = Path(__file__).parents[1].parent / "shared" / "gold" / "documents" / "factbox-de.txt"
PARAGRAPHS = [
    "The two countries have stepped up their exchanges in recent months, officials in both capitals say.",
    "May 2031",
    "- The foreign minister of Ruritania visited Strelsau and held talks with her counterpart for two days.",
    "- A delegation of Grand Fenwick's vintners travelled to Ruritania to look at its cellars and fields.",
    "June 2031",
    "- The president received the prime minister of Grand Fenwick, the first such visit in forty years.",
    "The foreign ministry would not say whether a further meeting is planned before the end of the year.",
]


def one(source: Path | str, options: Options | None = None) -> Article:
    (outcome,) = articles([source], options)
    assert isinstance(outcome, Article), outcome
    return outcome


def failure(source: Path | str, options: Options | None = None) -> str:
    (outcome,) = articles([source], options)
    assert isinstance(outcome, Failure), outcome
    return str(outcome.error)


def test_a_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    text = "  Erste Zeile\r\n\r\nzweite – mit Gedankenstrich\n\t"
    path.write_bytes(text.encode())
    article = one(path, Options(published="2024-06-20"))
    assert article.text == text
    assert (article.id, article.key, article.source) == (text_id(text), "news", str(path))
    assert (article.published, article.lang) == ("2024-06-20", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    text = "Der Präsident besuchte Österreich – zum „ersten“ Mal.\n"
    assert decode(text.encode(encoding), "x") == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00", "binary"),
        (bytes(range(256)) * 20, "text"),
        ("Лавров посетил Пхеньян".encode("cp1251"), "encoding"),
        ("라브로프 장관이 평양을 방문했다".encode("euc-kr"), "encoding"),
        ("Der Präsident reist nach Österreich.".encode()[:40] + b"\xff" + "für Gespräche".encode(), "UTF-8"),
        (b"\xff\xfea\x00\x00\xd8b\x00", "damaged UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as error:
        decode(data, "news.txt")
    assert str(error.value).startswith("news.txt is ")
    assert str(error.value).count(". ") == 0


def test_missing_too_large_and_old_files(tmp_path: Path) -> None:
    assert "There is no file" in failure(tmp_path / "nothing.txt")
    large = tmp_path / "large.txt"
    large.write_bytes(b"word " * 300_000)
    assert "larger than 1 MB" in failure(large, Options(limit=1_000_000))
    assert len(one(large).text) == 1_500_000
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0rest")
    assert "old Word format" in failure(tmp_path / "old.doc")
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04rest")
    assert "archive" in failure(tmp_path / "a.zip")


def test_lines_of_json_go_on_after_a_bad_one(tmp_path: Path) -> None:
    (tmp_path / "beside.txt").write_text("Beside.", "utf-8")
    lines = [
        json.dumps({"id": "n1", "text": "One.", "url": "https://example.org/1", "published": "2024-05-10T12:00:00Z"}),
        "{broken",
        json.dumps({"id": "n2", "file": "beside.txt", "lang": "en", "published": "2024-05", "title": "T"}),
        json.dumps({"id": "n3", "file": "gone.txt"}),
        json.dumps({"id": "n4"}),
        json.dumps({"id": "n5", "text": "Five.", "published": "yesterday"}),
        "",
        json.dumps({"text": "Six."}),
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    found = list(articles([path]))
    good = [outcome for outcome in found if isinstance(outcome, Article)]
    bad = [outcome for outcome in found if isinstance(outcome, Failure)]
    assert [(a.key, a.text, a.published, a.lang, a.title) for a in good] == [
        ("n1", "One.", "2024-05-10", None, None), ("n2", "Beside.", "2024-05", "en", "T"), (None, "Six.", None, None, None)
    ]  # fmt: skip
    assert [f.source.rpartition(" ")[2] for f in bad] == ["2", "4", "5", "6"]
    assert good[0].url == "https://example.org/1"


def test_a_folder_is_read_once_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("B", "utf-8")
    (tmp_path / "a.txt").write_text("A", "utf-8")
    (tmp_path / "listed.txt").write_text("L", "utf-8")
    (tmp_path / "list.jsonl").write_text(json.dumps({"id": "x", "file": "listed.txt"}), "utf-8")
    (tmp_path / ".hidden.txt").write_text("H", "utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    assert [outcome.key for outcome in articles([tmp_path]) if isinstance(outcome, Article)] == ["a", "b", "x"]
    (tmp_path / "empty").mkdir()
    assert "holds no text" in failure(tmp_path / "empty")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("Täglich".encode())))
    article = one("-")
    assert (article.text, article.source, article.key) == ("Täglich", "-", None)


def page(body: str, head: str = "") -> str:
    navigation = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/politics'>Politics</a></li></ul></nav>"
    return (
        f"<!doctype html><html><head><title>Contacts</title>{head}</head><body><header>{navigation}</header><main>"
        f"<article><h1>Contacts</h1>{body}</article></main><footer><p>Imprint</p></footer></body></html>"
    )


def marked_up(paragraphs: list[str], kind: str) -> str:
    """The paragraphs as a page would mark them: every line alike, or real lists under headings."""
    if kind == "br":
        return "<p>" + "<br><br>".join(paragraphs) + "</p>"
    if kind in ("p", "div"):
        return "".join(f"<{kind}>{text}</{kind}>" for text in paragraphs)
    before, after = {"li": ("", ""), "li p": ("<p>", "</p>"), "li span": ("<span>", "</span>")}[kind]
    body = ""
    for text in paragraphs:
        if text.startswith("- "):
            body += f"<ul><li>{before}{text[2:]}{after}</li></ul>"
        else:
            body += f"<h2>{text}</h2>" if len(text) < 20 else f"<p>{text}</p>"
    return body.replace("</ul><ul>", "")


@pytest.mark.parametrize("kind", ["p", "div", "br", "li", "li p", "li span"])
def test_a_page_keeps_every_heading_and_bullet_in_order(kind: str) -> None:
    paragraphs = PARAGRAPHS
    if FACT_BOX.exists():
        paragraphs = [line for line in FACT_BOX.read_text("utf-8").splitlines() if line.strip()]
    lines = read_page(page(marked_up(paragraphs, kind)), "x").text.splitlines()
    kept = [line for line in lines if line in paragraphs]
    assert kept == paragraphs
    assert not {"Home", "Politics", "Imprint"} & set(lines)


def test_a_page_tells_its_date_and_title_or_nothing(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2021-06-20T08:00:00Z">'
    path = tmp_path / "page.html"
    path.write_text(page(marked_up(PARAGRAPHS, "p"), head), "utf-8")
    article = one(path)
    assert (article.published, article.title, article.key) == ("2021-06-20", "Contacts", "page")
    assert one(path, Options(published="2021-06-21")).published == "2021-06-21"
    path.write_text(page(marked_up(PARAGRAPHS, "p") + "<p>© 2019 The Strelsau Courier</p>"), "utf-8")
    assert one(path).published is None
    path.write_text("<html><body></body></html>", "utf-8")
    assert "without the text" in failure(path)


def test_word_files_keep_lists_and_tables(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.core_properties.title = "Contacts"
    document.add_heading("May 2031")
    document.add_paragraph("The minister visited Strelsau.", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "June", "The president came."
    document.save(str(tmp_path / "a.docx"))
    article = one(tmp_path / "a.docx")
    assert article.text == "May 2031\n\n- The minister visited Strelsau.\n\nJune\tThe president came.\n"
    assert (article.title, article.published) == ("Contacts", None)
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04word/nonsense")
    assert "no Word file" in failure(tmp_path / "bad.docx")


def pdf(text: str) -> bytes:
    """A PDF of one page with one line, written by hand."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]  # fmt: skip
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return data + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table, len(data),
    )  # fmt: skip


def test_pdf(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("The minister visited Strelsau."))
    assert one(tmp_path / "a.pdf").text.strip() == "The minister visited Strelsau."
    (tmp_path / "scan.pdf").write_bytes(pdf(""))
    assert "without text" in failure(tmp_path / "scan.pdf")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nonsense")
    assert "damaged PDF" in failure(tmp_path / "bad.pdf")


def test_a_feed_on_disk_is_read_without_the_network(tmp_path: Path) -> None:
    body = " ".join(PARAGRAPHS)
    path = tmp_path / "feed.xml"
    path.write_text(
        f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
        <item><title>Visit</title><link>https://example.org/1</link><pubDate>Mon, 20 Jun 2031 08:00:00 GMT</pubDate>
        <description>{body}</description></item>
        <item><title>Nothing</title><link>https://example.org/2</link></item></channel></rss>""",
        "utf-8",
    )
    first, second = articles([path])
    assert isinstance(first, Article) and isinstance(second, Failure)
    assert (first.url, first.published, first.title) == ("https://example.org/1", "2031-06-20", "Visit")
    assert "vintners travelled" in first.text
    path.write_text("<a>no feed</a>", "utf-8")
    assert "no RSS or Atom feed" in failure(path)


def test_a_text_file_needs_no_heavy_library(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Hello.", "utf-8")
    code = (
        "import sys; from summitry.ingest import articles; list(articles([sys.argv[1]]));"
        "print([m for m in ('trafilatura', 'lxml', 'pypdf', 'docx', 'httpx2', 'feedparser') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "a.txt")], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "[]"
