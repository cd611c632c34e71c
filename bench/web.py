"""Pages over a large record: the server time and weight of each, by itself or with fifty readers and one reviewer.

    python bench/web.py [--encounters 20000] [--record FILE] [--times 20]
    python bench/web.py --readers 50 [--seconds 60]

Without readers every page is asked for in process, one request after the other: first with nothing worked out yet, then
`--times` times, before every fifth of which the record counts as written to. Processor time is measured, which other
programs on the machine hardly change. With readers a server is started: a reader
opens a page, looks at it for a while (`--pause`, 5 s on average) and opens the next, as people do; the writer decides on
an item of the review queue every second, and what is measured is the time from sending a request to having the whole
answer, on the same two cores that the server has. Weights are of pages as they are, before compression.
"""

import argparse
import asyncio
import http.client
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from records import build

from summitry import Record
from summitry.web import Settings, create_app

PAGES = (
    "/", "/c/de-fr", "/c/de-fr?from=2020&status=held", "/c/cn-ru?page=1", "/encounters", "/encounters?q=Merkel", "/pairs",
    "/countries", "/country/de", "/people", "/p/de-angela-merkel", "/p/ru-vladimir-putin?from=2015", "/matrix",
    "/matrix?from=2020", "/map", "/map?between=DE,FR", "/search?q=Putin", "/search?q=%D0%9F%D1%83%D1%82%D0%B8%D0%BD", "/sources", "/sources?q=report-77",
    "/check", "/claims", "/count?between=DE,FR&unit=trip&from=2015", "/read", "/data", "/data/api", "/about",
    "/api/v1/encounters?limit=100", "/api/v1/count?between=DE,FR", "/c/de-fr.csv", "/c/de-fr.atom", "/sign-in", "{e}", "{d}",
    "/claim?type=count&value=18&between=DE,FR&from=2024&to=2024",
)  # fmt: skip
MEDIAN, P99, WEIGHT = 150.0, 400.0, 150_000  # milliseconds and bytes: the targets


def main() -> None:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--encounters", type=int, default=20_000)
    options.add_argument("--readers", type=int, default=0)
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--pause", type=float, default=5)
    options.add_argument("--record", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "record.db"
        if not path.exists():
            _say(f"building {given.encounters:,} encounters")
            build(path, given.encounters)
        pages = [one.format(e=_some(path, "e"), d=_some(path, "d")) for one in PAGES]
        if given.readers:
            with _serving(path) as port:
                _show(_together(port, pages, given), {})
        else:
            _show(*asyncio.run(_alone(path, pages, given.times)))


def _say(what: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {what}", file=sys.stderr, flush=True)


class _serving:
    """The server as a process of its own."""

    def __init__(self, path: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        command = [sys.executable, "-m", "summitry", "-R", str(path), "serve", "--no-browser", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)

    def __enter__(self) -> int:
        for _ in range(600):
            try:
                _ask(self.port, "GET", "/sign-in")
                return self.port
            except OSError:
                time.sleep(0.1)
        raise SystemExit("bench: the server does not start")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(20)


def _some(path: Path, what: str) -> str:
    with Record.open(path) as record:
        if what == "e":
            return f"/e/{record.encounters(['e0000123'])[0].id}"
        return f"/d/{record.reports(ids=['r0000123'])[0].article.rpartition(':')[2]}"


def _ask(port: int, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        headers = {"Accept": "text/html", "Accept-Language": "en"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form).encode() if form is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.getheader("Location", "")
    finally:
        connection.close()


def _timed(times: dict[str, list[float]], name: str, job: Callable[[], tuple[int, bytes, str]]) -> str:
    start = time.perf_counter()
    status, _, location = job()
    times.setdefault(name, []).append((time.perf_counter() - start) * 1000)
    if status >= 400:
        sys.exit(f"bench: {name} answers {status}")
    return location


async def _alone(path: Path, pages: list[str], times: int) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Server time of each page, and its weight."""
    app = create_app(path, Settings(loopback=True, warm=False))
    found: dict[str, list[float]] = {}
    weights: dict[str, int] = {}
    await _visited(app, "/sign-in")  # templates and words
    for number, page in enumerate(pages, start=1):
        _say(f"{number}/{len(pages)} {page}")
        first, weights[page] = await _visited(app, page)
        found[f"{page} (first)"] = [first]
        for at in range(times):
            if at % 5 == 4:
                app.state.site.forget()
            found.setdefault(page, []).append((await _visited(app, page))[0])
    return found, weights


async def _visited(app: Any, page: str) -> tuple[float, int]:
    """Milliseconds of the processor, and bytes, of one answer."""
    name, _, query = page.partition("?")
    headers = [(b"host", b"localhost"), (b"accept", b"text/html"), (b"accept-language", b"en")]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": unquote(name), "raw_path": name.encode(), "query_string": query.encode(), "root_path": "",
        "headers": headers, "client": ("127.0.0.1", 0), "server": ("localhost", 80),
    }  # fmt: skip
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    start = time.process_time()
    await app(scope, receive, send)
    took = (time.process_time() - start) * 1000
    if sent[0]["status"] >= 400:
        sys.exit(f"bench: {page} answers {sent[0]['status']}")
    return took, sum(len(message.get("body", b"")) for message in sent)


def _together(port: int, pages: list[str], given: argparse.Namespace) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {}
    until = time.monotonic() + given.seconds

    def read(seed: int) -> None:
        chance = random.Random(seed)
        time.sleep(chance.random() * given.pause)
        while time.monotonic() < until:
            page = chance.choice(pages)
            _timed(times, page, partial(_ask, port, "GET", page))
            time.sleep(chance.random() * 2 * given.pause)

    def write() -> None:
        while time.monotonic() < until:
            item = _timed(times, "writer: next item", partial(_ask, port, "GET", "/review"))
            _timed(times, "writer: item", partial(_ask, port, "GET", item))
            verdict = "different" if "~" in item else "accept"
            _timed(times, "writer: decide", partial(_ask, port, "POST", item, {"verdict": verdict}))
            time.sleep(1)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(given.readers)]
    threads.append(threading.Thread(target=write))
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return times


def _show(times: dict[str, list[float]], weights: dict[str, int]) -> None:
    def part(values: list[float], share: float) -> float:
        return sorted(values)[min(len(values) - 1, int(share * len(values)))]

    print(f"{'page':76} {'n':>4} {'median':>8} {'p99':>8} ms {'kB':>6}")
    for name, values in sorted(times.items(), key=lambda one: -part(one[1], 0.5)):
        median, worst, weight = part(values, 0.5), part(values, 0.99), weights.get(name, 0)
        over = not name.endswith("(first)") and (median > MEDIAN or worst > P99 or weight > WEIGHT)
        print(
            f"{name[:76]:76} {len(values):4} {median:8.1f} {worst:8.1f}    {weight / 1000:6.1f}{'  *' if over else ''}"
        )
    every = [one for name, values in times.items() if not name.endswith("(first)") for one in values]
    print(f"{'all':76} {len(every):4} {part(every, 0.5):8.1f} {part(every, 0.99):8.1f}      "
          f"(* above {MEDIAN:.0f} / {P99:.0f} ms or {WEIGHT / 1000:.0f} kB)")  # fmt: skip


if __name__ == "__main__":
    main()
