"""Fetches pages and feeds politely: obeys robots.txt, takes its time, backs off, asks "has it changed?" first."""

import ipaddress
import socket
import time
import urllib.robotparser
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Final, Self
from urllib.parse import urljoin, urlsplit

import httpx2
import msgspec

from summitry import __version__
from summitry.errors import InputError
from summitry.ingest.feeds import Entry, entries
from summitry.ingest.formats import check_size, from_bytes
from summitry.ingest.options import Failure, Options, Seen
from summitry.ingest.pages import read_page
from summitry.model import Article

NAME: Final = "summitry"
USER_AGENT: Final = f"{NAME}/{__version__} (reads news articles that its user asks for; obeys robots.txt)"
_REDIRECTS: Final = 5
_BUSY: Final = frozenset({429, 502, 503, 504})
_LONGEST_WAIT: Final = 60.0


class Page(msgspec.Struct, frozen=True):
    """What a server sent: the address it came from in the end, its kind and its bytes."""

    url: str
    kind: str
    data: bytes


def from_url(url: str, options: Options) -> Iterator[Article | Failure]:
    """The article of a page, or the articles of a feed; nothing where it has not changed since it was last seen.

    Raises InputError if the address cannot be fetched, may not be, or holds nothing to read.
    """
    with Fetcher(options) as fetcher:
        page = fetcher.get(url)
        if page is None:
            return
        if not _is_feed(page):
            yield _article(page, options)
            return
        for entry in entries(page.data, url):
            outcome = _follow(entry, fetcher, options)
            if outcome is not None:
                yield outcome


def _is_feed(page: Page) -> bool:
    head = page.data[:2000].lstrip().lower()
    marked = any(tag in head for tag in (b"<rss", b"<feed", b"<rdf"))
    return "html" not in page.kind and head.startswith(b"<") and marked


def _follow(entry: Entry, fetcher: "Fetcher", options: Options) -> Article | Failure | None:
    """The page of an entry, else what the feed itself tells."""
    try:
        if not (options.follow_feeds and entry.url):
            return entry.article(options)
        page = fetcher.get(entry.url)
        return entry.described(_article(page, options), options) if page else None
    except InputError as error:
        return Failure(entry.source, error)


def _article(page: Page, options: Options) -> Article:
    if "html" in page.kind:
        made = read_page(page.data, page.url, page.url)
    else:
        made = from_bytes(page.data, page.url, None, options)
    published = options.published or made.published
    return msgspec.structs.replace(made, url=page.url, key=page.url, lang=options.lang, published=published)


class Fetcher:
    """One session with the web: connections, robots.txt and the time of the last request, by host."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._client = httpx2.Client(
            headers={"User-Agent": USER_AGENT}, timeout=options.timeout, follow_redirects=False
        )
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, url: str) -> Page | None:
        """What is at `url`, `None` where it has not changed. Raises InputError where it cannot be or may not be had."""
        address = url
        for _ in range(_REDIRECTS + 1):
            if not self._robots_of(address).can_fetch(NAME, address):
                raise InputError(f"{address} may not be fetched by programs, says its robots.txt; save it yourself.")
            response, data = self._request(address, self._conditions(url))
            if response.status_code == 304:
                return None
            if not response.is_redirect:
                self._check(response, address)
                self._remember(url, response)
                return Page(address, response.headers.get("content-type", "").lower(), data)
            address = urljoin(address, response.headers["location"])
        raise InputError(f"{url} redirects more than {_REDIRECTS} times.")

    def _conditions(self, url: str) -> dict[str, str]:
        seen = (self._options.seen or {}).get(url)
        stated = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified} if seen else {}
        return {name: value for name, value in stated.items() if value}

    def _remember(self, url: str, response: httpx2.Response) -> None:
        if self._options.seen is not None:
            self._options.seen[url] = Seen(response.headers.get("etag"), response.headers.get("last-modified"))

    def _check(self, response: httpx2.Response, address: str) -> None:
        if response.status_code >= 400:
            raise InputError(f"{address} answers {response.status_code} {response.reason_phrase}.")

    def _request(self, address: str, headers: dict[str, str]) -> tuple[httpx2.Response, bytes]:
        """One answer with its body, waiting and asking again where the server is busy."""
        if urlsplit(address).scheme not in ("http", "https"):
            raise InputError(f"{address} is no web address.")
        host = urlsplit(address).netloc
        for attempt in range(1, self._options.tries + 1):
            if self._options.refuse_private:
                refuse_private(address)
            self._wait(host)
            try:
                with self._client.stream("GET", address, headers=headers) as response:
                    data = b"" if response.is_redirect else self._body(response, address)
            except (httpx2.HTTPError, httpx2.InvalidURL) as error:
                raise InputError(f"{address} cannot be fetched: {error}.") from error
            if response.status_code not in _BUSY or attempt == self._options.tries:
                break
            time.sleep(retry_after(response.headers.get("retry-after"), 2.0**attempt))
        return response, data

    def _wait(self, host: str) -> None:
        """Leave a host alone for a moment between two requests."""
        due = self._last.get(host, 0.0) + self._options.pause
        time.sleep(max(0.0, due - time.monotonic()))
        self._last[host] = time.monotonic()

    def _body(self, response: httpx2.Response, address: str) -> bytes:
        data = bytearray()
        for part in response.iter_bytes():
            data += part
            check_size(data, address, self._options)
        return bytes(data)

    def _robots_of(self, address: str) -> urllib.robotparser.RobotFileParser:
        """The rules of the host; a missing robots.txt allows, one that cannot be had forbids (RFC 9309, 2.3.1)."""
        parts = urlsplit(address)
        root = f"{parts.scheme}://{parts.netloc}"
        if root not in self._robots:
            rules = urllib.robotparser.RobotFileParser()
            response, data = self._request(f"{root}/robots.txt", {})
            if response.status_code >= 500:
                rules.parse(["User-agent: *", "Disallow: /"])
            else:
                rules.parse(data.decode("utf-8", "replace").splitlines() if response.status_code < 300 else [])
            self._robots[root] = rules
        return self._robots[root]


def retry_after(stated: str | None, otherwise: float) -> float:
    """Seconds to wait: what the server says (RFC 9110, 10.2.3), else `otherwise`; never more than a minute."""
    if stated and stated.isdigit():
        return min(float(stated), _LONGEST_WAIT)
    if stated:
        try:
            return min(max(parsedate_to_datetime(stated).timestamp() - time.time(), 0.0), _LONGEST_WAIT)
        except ValueError:
            pass  # neither seconds nor a date: as if nothing was said
    return min(otherwise, _LONGEST_WAIT)


def refuse_private(address: str) -> None:
    """Raises InputError if any address of the host is not one of the public internet."""
    host = urlsplit(address).hostname or ""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except OSError as error:
        raise InputError(f"{address} cannot be fetched: there is no host {host!r}.") from error
    if any(not ipaddress.ip_address(str(ip).partition("%")[0]).is_global for ip in found):
        raise InputError(f"{address} is in a private network and is not fetched from here.")
