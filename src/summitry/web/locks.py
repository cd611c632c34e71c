"""Who has which item of the review queue in front of them, so that two people never decide on the same one at once."""

import threading
import time
from typing import Final

HELD: Final = 600.0  # seconds after which an item that nobody decided on is free again


class Locks:
    """Soft locks in memory: they spare double work, what is decided is decided in the record."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}
        self._guard = threading.Lock()

    def take(self, item: str, who: str) -> bool:
        """Whether `who` has the item now: it was free, or theirs already."""
        now = time.monotonic()
        with self._guard:
            holder, since = self._held.get(item, (who, now))
            if holder != who and now - since < HELD:
                return False
            self._held[item] = who, now
            return True

    def release(self, item: str, who: str) -> None:
        """`who` is done with the item."""
        with self._guard:
            if self._held.get(item, (None,))[0] == who:
                del self._held[item]
