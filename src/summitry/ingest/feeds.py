"""RSS and Atom feeds: their entries, each with the text that the feed itself brings."""

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import feedparser  # type: ignore[import-untyped]
import msgspec

from summitry.errors import InputError
from summitry.ingest.options import Options
from summitry.ingest.pages import read_page
from summitry.model import Article


class Entry(NamedTuple):
    """One entry of a feed."""

    source: str
    url: str | None
    title: str | None
    published: str | None
    html: str

    def article(self, options: Options) -> Article:
        """The entry as far as the feed tells it. Raises InputError if it brings no text."""
        if not self.html.strip():
            raise InputError(f"{self.source} brings no text; add the page it leads to.")
        page = f"<html><body><article><h1>{self.title or ''}</h1><p>{self.html}</p></article></body></html>"
        return self.described(read_page(page, self.source), options)

    def described(self, found: Article, options: Options) -> Article:
        """An article of this entry with what the feed says of it."""
        return msgspec.structs.replace(
            found,
            url=self.url,
            key=self.url,
            title=found.title or self.title,
            published=self.published or found.published or options.published,
            lang=found.lang or options.lang,
        )


def entries(data: bytes, source: str) -> Iterator[Entry]:
    """The entries of a feed in its order. Raises InputError if `data` is no feed."""
    parsed: Any = feedparser.parse(data)
    if not parsed.version:
        raise InputError(f"{source} is no RSS or Atom feed.")
    for number, entry in enumerate(parsed.entries, 1):
        bodies = [content.get("value", "") for content in entry.get("content", ())]
        stamp = entry.get("published_parsed") or entry.get("updated_parsed")
        yield Entry(
            entry.get("link") or f"{source}, entry {number}",
            entry.get("link"),
            entry.get("title"),
            time.strftime("%Y-%m-%d", stamp) if stamp else None,
            max([*bodies, entry.get("summary", "")], key=len),
        )
