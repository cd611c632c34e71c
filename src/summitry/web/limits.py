"""How often one visitor may ask for what is expensive: a bucket of a minute per address, in memory."""

import threading
import time
from typing import Final

_ADDRESSES: Final = 10_000  # remembered at most; the longest silent are forgotten first


class Rates:
    """Counts what each visitor asked for."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: dict[str, tuple[float, float]] = {}
        self._guard = threading.Lock()

    def allow(self, who: str, cost: float = 1.0) -> bool:
        """Whether `who` may go on; what is used up comes back evenly within a minute."""
        now = time.monotonic()
        with self._guard:
            left, since = self._left.pop(who, (float(self.per_minute), now))
            left = min(self.per_minute, left + (now - since) * self.per_minute / 60)
            allowed = left >= cost
            self._left[who] = (left - cost if allowed else left), now
            while len(self._left) > _ADDRESSES:
                del self._left[next(iter(self._left))]
        return allowed
