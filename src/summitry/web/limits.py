"""How often one visitor may ask: a bucket of a minute per visitor, in memory."""

import ipaddress
import threading
import time
from typing import Final

_VISITORS: Final = 10_000  # remembered at most; the longest silent are forgotten first


class Rates:
    """Counts what each visitor asked for; `per_minute` 0 is no limit."""

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: dict[str, tuple[float, float]] = {}
        self._guard = threading.Lock()

    def wait(self, who: str, cost: float = 1.0) -> float:
        """The seconds that `who` must wait; 0: they may go on. What is used up comes back evenly within a minute."""
        if self.per_minute < 1:
            return 0.0
        now = time.monotonic()
        with self._guard:
            left, since = self._left.pop(who, (float(self.per_minute), now))
            left = min(self.per_minute, left + (now - since) * self.per_minute / 60)
            lacking = min(cost, self.per_minute) - left
            self._left[who] = (left if lacking > 0 else left - cost), now
            while len(self._left) > _VISITORS:
                del self._left[next(iter(self._left))]
        return max(0.0, lacking) * 60 / self.per_minute


def visitor(address: str) -> str:
    """Whose bucket an address is: of IPv6 a household or office has a whole network of 64 bits (RFC 6177)."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else address
