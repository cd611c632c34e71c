"""Fetching, against a server of our own on this machine: robots.txt, conditions, back-off, redirects, feeds."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from summitry.errors import InputError
from summitry.ingest import Failure, Options, articles
from summitry.ingest.options import Seen
from summitry.ingest.web import refuse_private, retry_after
from summitry.model import Article

STORY = (
    "<p>" + "The foreign minister of Ruritania arrived in Strelsau for two days of talks with her host. " * 5 + "</p>"
)
PAGE = f"<!doctype html><html><head><title>Visit</title></head><body><article><h1>Visit</h1>{STORY}</article></body></html>"


class Handler(BaseHTTPRequestHandler):
    """A small newspaper. It keeps what it was asked in `server.asked`."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        answer = getattr(self, "on_" + self.path.strip("/").partition(".")[0], None)
        if answer:
            answer()
        else:
            self.send(404, "text/plain", "gone")

    def send(self, status: int, kind: str, body: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body.encode())

    def on_robots(self) -> None:
        self.send(200, "text/plain", "User-agent: *\nDisallow: /secret\n")

    def on_story(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.send(304, "text/html", "")
        else:
            self.send(200, "text/html; charset=utf-8", PAGE, ETag='"v1"')

    def on_moved(self) -> None:
        self.send(301, "text/html", "", Location="/story.html")

    def on_loop(self) -> None:
        self.send(302, "text/html", "", Location="/loop")

    def on_busy(self) -> None:
        asked = [path for path, _ in self.server.asked if path == self.path]  # type: ignore[attr-defined]
        if len(asked) < 2:
            self.send(503, "text/plain", "later", Retry_After="0")
        else:
            self.send(200, "text/plain", "At last.")

    def on_feed(self) -> None:
        host = self.headers["Host"]
        items = "".join(
            f"<item><title>{p}</title><link>http://{host}/{p}</link></item>" for p in ("story.html", "none")
        )
        self.send(200, "application/rss+xml", f'<rss version="2.0"><channel><title>N</title>{items}</channel></rss>')

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()


def fetch(server: ThreadingHTTPServer, path: str, options: Options | None = None) -> list[Article | Failure]:
    return list(articles([f"http://127.0.0.1:{server.server_port}/{path}"], options or Options(pause=0.0)))


def said(outcomes: list[Article | Failure]) -> str:
    (outcome,) = outcomes
    assert isinstance(outcome, Failure)
    return str(outcome.error)


def test_a_page_is_fetched_by_a_named_program_that_asks_for_robots_first(server: ThreadingHTTPServer) -> None:
    (article,) = fetch(server, "moved")
    assert isinstance(article, Article)
    assert article.url is not None and article.url.endswith("/story.html")
    assert article.key == article.url
    assert "arrived in Strelsau" in article.text
    asked = server.asked  # type: ignore[attr-defined]
    assert [path for path, _ in asked] == ["/robots.txt", "/moved", "/story.html"]
    assert all(headers["User-Agent"].startswith("summitry/") for _, headers in asked)


def test_what_robots_txt_forbids_is_not_fetched(server: ThreadingHTTPServer) -> None:
    assert "robots.txt" in said(fetch(server, "secret/plan.html"))
    assert [path for path, _ in server.asked] == ["/robots.txt"]  # type: ignore[attr-defined]


def test_an_unchanged_page_gives_nothing(server: ThreadingHTTPServer) -> None:
    seen: dict[str, Seen] = {}
    options = Options(pause=0.0, seen=seen)
    assert len(fetch(server, "story.html", options)) == 1
    assert [entry.etag for entry in seen.values()] == ['"v1"']
    assert fetch(server, "story.html", options) == []


def test_a_busy_server_is_asked_again(server: ThreadingHTTPServer) -> None:
    (article,) = fetch(server, "busy")
    assert isinstance(article, Article) and article.text == "At last."


def test_errors_are_told_in_a_sentence(server: ThreadingHTTPServer) -> None:
    assert "answers 404" in said(fetch(server, "none"))
    assert "redirects more than" in said(fetch(server, "loop"))
    assert "larger than" in said(fetch(server, "story.html", Options(pause=0.0, limit=100)))
    assert "private network" in said(fetch(server, "story.html", Options(pause=0.0, refuse_private=True)))
    assert "cannot be fetched" in said(list(articles(["http://127.0.0.1:9/"], Options(pause=0.0, timeout=2))))


def test_a_feed_gives_its_pages_and_goes_on_after_a_bad_one(server: ThreadingHTTPServer) -> None:
    first, second = fetch(server, "feed")
    assert isinstance(first, Article) and "arrived in Strelsau" in first.text
    assert isinstance(second, Failure) and "404" in str(second.error)


@pytest.mark.parametrize("host", ["localhost", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "0.0.0.0"])
def test_private_addresses(host: str) -> None:
    with pytest.raises(InputError, match="private network"):
        refuse_private(f"http://{host}/")


def test_retry_after() -> None:
    assert retry_after("7", 2.0) == 7.0
    assert retry_after("99999", 2.0) == 60.0
    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT", 2.0) == 0.0
    assert retry_after("soon", 2.0) == 2.0
    assert retry_after(None, 4.0) == 4.0
