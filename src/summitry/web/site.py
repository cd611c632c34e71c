"""What all pages share: the record, who holds which office, settings, and figures that are worked out once.

Figures over the whole record (how many per pair, per person) are kept until the record changes, and for a few seconds
while somebody keeps writing to it: an overview may be that old, a list or a count that is opened never is.
"""

import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from summitry import authority
from summitry.model import Encounter
from summitry.publish import Options
from summitry.record import Record
from summitry.web.accounts import Accounts
from summitry.web.limits import Rates
from summitry.web.locks import Locks
from summitry.web.settings import Settings
from summitry.writing import family_names, house_names, remarks, usual_places

T = TypeVar("T")
STALE: Final = 5.0  # seconds for which an overview may lag behind while the record is being written to
MOST: Final = 1000  # figures kept at a time; the oldest go first
FULLY: Final = 60  # encounters on a page up to which each is compared with what came before it


class Site:
    """The state of a running server."""

    def __init__(self, location: str | Path | None, settings: Settings) -> None:
        self.settings = settings
        self.record = Record.open(location)
        self.authority = authority.load(settings.office_holders)
        self.accounts = Accounts(settings.accounts)
        self.locks = Locks()
        self.rates = Rates(settings.per_minute)
        self._known: dict[Any, Any] = {}
        self._seen: tuple[Any, float] = (None, 0.0)
        self._guard = threading.Lock()

    def close(self) -> None:
        """Let go of the record."""
        self.record.close()

    def version(self) -> tuple[Any, ...]:
        """Something that differs whenever the record has been written to; for a server's database every few seconds."""
        files = [Path(self.record.where), Path(self.record.where + "-wal")]
        stats = [one.stat() for one in files if one.is_file()]
        if not stats:
            return (int(time.monotonic() / STALE),)
        return tuple((one.st_mtime_ns, one.st_size) for one in stats)

    def kept(self, key: Any, make: Callable[[], T]) -> T:
        """What `make` gives, worked out once for the present state of the record."""
        version, now = self.version(), time.monotonic()
        with self._guard:
            if version != self._seen[0] and now - self._seen[1] > STALE:
                self._known.clear()
                self._seen = version, now
            if key in self._known:
                found: T = self._known[key]
                return found
        made = make()
        with self._guard:
            while len(self._known) >= MOST:
                del self._known[next(iter(self._known))]
            self._known[key] = made
        return made

    def forget(self) -> None:
        """Work everything out anew: the record was written to by this server."""
        with self._guard:
            self._known.clear()
            self._seen = self.version(), time.monotonic()

    def options(self, lang: str, encounters: Sequence[Encounter], **more: Any) -> Options:
        """How to write `encounters` in `lang`: with the spellings the record knows."""
        told = self.kept(("told", lang, tuple(encounters)), lambda: self._told(lang, encounters))
        return Options(lang=lang, **told, **more)

    def _told(self, lang: str, encounters: Sequence[Encounter]) -> dict[str, Any]:
        names = house_names(self.record, encounters, lang)
        known = [one for one in encounters if one.guests and one.guests[0].person]  # a name alone is slow to look up
        return {
            "names": names, "family": family_names(names, self.authority), "places": usual_places(encounters, lang),
            "remarks": remarks(self.record, known) if len(known) <= FULLY else {},
        }  # fmt: skip

    def reviewed(self) -> dict[str, str]:
        """Encounters that a person has decided on, each with the last word said: accept, correct, withdraw, unsure."""
        return self.kept("reviewed", self._reviewed)

    def _reviewed(self) -> dict[str, str]:
        decided = self.record.judgements(active=True)
        return {one.subject: one.verdict for one in decided if one.verdict not in ("same", "different")}


def unique(items: Iterable[T]) -> list[T]:
    """The items in their order, each once."""
    return list(dict.fromkeys(items))
