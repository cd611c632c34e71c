"""What the tests of the web share: a record with the fact box where it is there, and a client of it."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from summitry import Record, add
from summitry.ingest import Options
from summitry.web import Settings, create_app

ROOT = Path(__file__).parents[1]
FACT_BOX = ROOT.parent / "shared" / "gold" / "documents" / "factbox-de.txt"  # development document; not in the package
PAGES = (
    "/", "/c/kp-ru", "/encounters?from=1500&to=1501", "/pairs", "/countries", "/country/ru", "/people", "/p/ru-vladimir-putin",
    "/matrix", "/map?spot=KP", "/search?q=Putin", "/sources", "/check", "/claim", "/claims", "/count?between=KP,RU&unit=delegation",
    "/data", "/data/api", "/about", "/read", "/sign-in", "/account", "/accounts", "/audit", "/review/stats", "/review/overruled", "/review", "/nowhere",
)  # fmt: skip
NEWS = """Der russische Präsident Wladimir Putin besuchte am 18. Juni 2024 Pjöngjang und traf Kim Jong Un.

Der russische Außenminister Sergej Lawrow besuchte im Oktober 2023 Pjöngjang. Kim Jong Un reiste im September 2023 nach Wladiwostok und traf Putin. Beide Länder haben 2024 mindestens eine Delegation ausgetauscht.
"""


def build(path: Path, sample: Path) -> Path:
    """A record of the bundled articles, a text on two more countries, and the fact box where it is there."""
    news = path.with_name("news.txt")
    news.write_text(NEWS, "utf-8")
    with Record.open(path) as record:
        add(record, [sample / "articles.jsonl"])
        add(record, [news, *([FACT_BOX] if FACT_BOX.is_file() else [])], Options(published="2024-06-20"))
    return path


def addresses(path: Path) -> list[str]:
    """All pages, and those of one encounter, one document and one claim."""
    with Record.open(path) as record:
        encounter, article = record.encounters()[-1].id, next(record.articles()).id
    return [
        *PAGES,
        f"/e/{encounter}",
        f"/d/{article.rpartition(':')[2]}",
        "/claim?type=count&value=2&between=KP,RU&from=2024&to=2024",
    ]


def many_visits(path: Path, folder: Path, n: int) -> None:
    """Add `n` visits, each by somebody else, so that a queue does not run dry."""
    first, last = "Anna Erik Maja Jonas Ida Lars Vera Nils".split(), "Holm Lindqvist Berg Dahl Ekman Falk Sund".split()
    named = [f"{a} {b}" for a in first for b in last][:n]
    assert len(named) == n
    lines = [
        f"Schwedens Ministerin {name} besuchte am {i % 28 + 1}. {('März', 'Mai')[i // 28]} 2022 Helsinki."
        for i, name in enumerate(named)
    ]
    visits = folder / "visits.txt"
    visits.write_text("\n".join(lines) + "\n", "utf-8")
    with Record.open(path) as record:
        add(record, [visits], Options(published="2022-07-01"))


def client(path: Path, language: str = "en", **settings: object) -> TestClient:
    """A client of the application over the record at `path`, as a browser on this machine."""
    given = {"loopback": True, "hosts": ("testserver",)} | settings
    headers = {"Accept-Language": language, "Accept": "text/html"}
    return TestClient(create_app(path, Settings(**given)), headers=headers, follow_redirects=False)  # type: ignore[arg-type]


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(path: Path, port: int | None = None, **settings: object) -> Iterator[str]:
    """A server of the record on a port of this machine, a free one if none is given; gives its address."""
    port = port or free_port()
    given = {"loopback": True} | settings
    app = create_app(path, Settings(**given))  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


def copy(path: Path, folder: Path) -> Path:
    """A copy for a test that changes it."""
    return Path(shutil.copy(path, folder / "copy.db"))


def needs(path: str) -> object:
    """A mark for tests that need a program."""
    return pytest.mark.skipif(shutil.which(path) is None, reason=f"{path} is not installed")
