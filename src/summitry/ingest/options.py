"""What the caller may say about inputs, and what comes out where one fails."""

from collections.abc import MutableMapping
from typing import NamedTuple

import msgspec

from summitry.errors import InputError

MEGABYTE = 1_000_000


class Failure(NamedTuple):
    """An input that gave no article: which one, and why in one sentence."""

    source: str
    error: InputError


class Seen(NamedTuple):
    """What a server said of a page when it was last fetched, to be asked whether it has changed (RFC 9110, 13.1)."""

    etag: str | None = None
    modified: str | None = None


class Options(msgspec.Struct, frozen=True):
    """How to ingest. `published` and `lang` are told of every input that does not say so itself."""

    published: str | None = None
    lang: str | None = None
    limit: int = 20 * MEGABYTE  # bytes of one document; more than any article, and read in linear time
    timeout: float = 20.0  # seconds for one request
    pause: float = 1.0  # seconds between two requests to one host
    tries: int = 3  # of a request that a busy server put off
    refuse_private: bool = False  # addresses of the local network: True where strangers may name URLs
    follow_feeds: bool = True  # fetch the page of a feed's entry instead of its summary
    seen: MutableMapping[str, Seen] | None = None  # url -> Seen; filled while fetching, kept by the caller
