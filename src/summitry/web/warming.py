"""Look at every overview once before anybody else does: templates, words and figures are then at hand.

The pages are asked for as a visitor would, in every language, one after the other, while the server answers already.
"""

import asyncio
from typing import Any, Final

from starlette.types import ASGIApp, Message

from summitry import detection, pipeline
from summitry.errors import SummitryError
from summitry.web import i18n
from summitry.web.pages.overview import busiest
from summitry.web.site import Site

PAGES: Final = (
    "/", "/encounters", "/check", "/pairs", "/people", "/sources", "/countries", "/matrix", "/map", "/data", "/data/api",
    "/about", "/search?q=a", "/sign-in", "/read", "/claim", "/claims",
)  # fmt: skip


async def warm(app: ASGIApp, site: Site) -> None:
    """Visit the pages; what goes wrong with one of them is told to whoever asks for it."""
    await asyncio.to_thread(_read, site)
    pairs = [one.path for one in await asyncio.to_thread(busiest, site)][:1]
    for path in (*PAGES, *pairs):
        for tag in i18n.offered():
            await visit(app, path, tag, next(iter(site.settings.hosts), "localhost"))


def _read(site: Site) -> None:
    """Load what reading needs."""
    for tag in detection.names():
        try:
            pipeline.check(site.record, pipeline.read_text(".", lang=tag))
        except SummitryError:
            continue


async def visit(app: ASGIApp, path: str, tag: str, host: str = "localhost") -> int:
    """Ask for a page as a browser on this machine does; returns the status."""
    name, _, query = path.partition("?")
    headers = [(b"host", host.encode()), (b"accept", b"text/html"), (b"accept-language", tag.encode())]
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": name,
        "raw_path": name.encode(), "query_string": query.encode(), "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 0), "server": ("localhost", 80),
    }  # fmt: skip
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            statuses.append(int(message["status"]))

    await app(scope, receive, send)
    return statuses[0]
