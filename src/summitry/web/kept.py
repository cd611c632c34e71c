"""Figures that are worked out once and shown to many, and how old they may be.

What belongs to one list (`exact`) is worked out anew as soon as the record has changed, at most every few seconds while
somebody keeps writing to it. What is about the whole record (`overview`) takes longer: readers get the figures of a
moment ago while one thread works out the present ones, and the longer that takes the less often it is done. Nobody
waits for an overview unless there is none yet, or it is older than a minute and quickly made. Many who ask for the same
thing at once wait for one answer.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple, TypeVar

T = TypeVar("T")
STALE: Final = 5.0  # seconds for which figures may lag behind while the record is being written to
OLDEST: Final = 60.0  # seconds after which nobody is shown an overview that no longer fits
QUICK: Final = 1.0  # seconds for which somebody may be made to wait for a better one
SHARE: Final = 0.05  # of one processor, spent on keeping one overview up to date
MOST: Final = 1000  # lists whose figures are kept; the oldest go first


class _Made(NamedTuple):
    value: Any
    version: Any
    time: float
    cost: float


class Kept:
    """What is known of the record as it stands; `version` says in which state that is."""

    def __init__(self, version: Callable[[], Any], most: int = MOST) -> None:
        self._version, self._most = version, most
        self._guard = threading.Lock()
        self._busy: dict[Any, threading.Lock] = {}
        self._exact: dict[Any, _Made] = {}
        self._overviews: dict[Any, _Made] = {}
        self._coming: set[Any] = set()
        self._worker = ThreadPoolExecutor(1, "overviews")

    def close(self) -> None:
        """Let the thread end."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def exact(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives for the present state of the record."""
        found = self._exact.get(key)
        if found is None or not self._holds(found, STALE):
            found = self._once(self._exact, key, make, lambda one: self._holds(one, STALE))
        value: T = found.value
        return value

    def overview(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gave a moment ago; it is worked out anew in the background if the record has changed since."""
        found = self._overviews.get(key)
        if found is None or (found.cost < QUICK and not self._holds(found, OLDEST)):
            found = self._once(self._overviews, key, make, lambda one: self._holds(one, OLDEST))
        elif not self._holds(found, max(STALE, found.cost / SHARE)):
            self._refresh(key, make)
        value: T = found.value
        return value

    def ready(self, key: Any, make: Callable[[], T]) -> T | None:
        """An overview if it has been worked out before; else nothing yet, and the thread in the background begins with it."""
        if key not in self._overviews:
            self._refresh(key, make)
            return None
        return self.overview(key, make)

    def forget(self) -> None:
        """The record was written to by this server: whoever wrote must see it at once, also in an overview."""
        with self._guard:
            self._exact.clear()
            self._overviews = {
                key: one._replace(version=None) for key, one in self._overviews.items() if one.cost > STALE * SHARE
            }

    def _holds(self, made: _Made, age: float) -> bool:
        return time.monotonic() - made.time < age or made.version == self._version()

    def _once(
        self, where: dict[Any, _Made], key: Any, make: Callable[[], Any], holds: Callable[[_Made], bool]
    ) -> _Made:
        """Work it out, unless somebody else has just done so."""
        with self._guard:
            busy = self._busy.setdefault(key, threading.Lock())
        with busy:
            found = where.get(key)
            if found is not None and holds(found):
                return found
            return self._make(where, key, make)

    def _make(self, where: dict[Any, _Made], key: Any, make: Callable[[], Any]) -> _Made:
        version, start = self._version(), time.monotonic()
        value = make()
        made = _Made(value, version, time.monotonic(), time.monotonic() - start)
        with self._guard:
            where.pop(key, None)
            while len(where) >= self._most:
                del where[next(iter(where))]
            where[key] = made
            self._busy.pop(key, None)
        return made

    def _refresh(self, key: Any, make: Callable[[], Any]) -> None:
        with self._guard:
            if key in self._coming:
                return
            self._coming.add(key)
        self._worker.submit(self._renew, key, make)

    def _renew(self, key: Any, make: Callable[[], Any]) -> None:
        try:
            self._make(self._overviews, key, make)
        finally:
            self._coming.discard(key)
