"""Who did what, when and from where: one JSON line for each, appended to a file beside the accounts.

Signing in and failing to, decisions, what was kept or fetched, and what changed about accounts; not who read what. The
file may be moved away at any time, for keeping elsewhere or for good: the next line begins a new one.
"""

import os
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec

from summitry.errors import RecordError

EVENTS: Final = (
    "sign-in", "sign-in-failed", "sign-out", "decision", "bulk", "undo", "correction", "keep", "fetch", "account",
    "account-removed", "token", "token-revoked", "passkey",
)  # fmt: skip
_MOST: Final = 2_000_000  # bytes that are read back for a page


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody (None: nobody known) did something from an address (None: on the server's machine)."""

    time: str
    event: str
    who: str | None = None
    about: str = ""  # the item, document, account or token
    note: str = ""  # the verdict, the way of signing in, why it failed
    address: str | None = None


class Audit:
    """The file; without accounts there is none and nothing is noted, as everybody is the owner of the machine."""

    def __init__(self, accounts: Path | None) -> None:
        self.path = accounts.with_name(accounts.name + ".audit.jsonl") if accounts else None
        self._guard = threading.Lock()

    def note(self, event: str, who: str | None, about: str = "", note: str = "", address: str | None = None) -> None:
        """Append a line. Raises RecordError if that fails: what cannot be noted must not look done."""
        if self.path is None:
            return
        now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line = msgspec.json.encode(Line(now, event, who, about[:500], note[:500], address)) + b"\n"
        try:
            with self._guard:
                descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
                with os.fdopen(descriptor, "ab") as file:
                    file.write(line)
        except OSError as error:
            raise RecordError(f"The audit log {self.path} cannot be written: {error.strerror}.") from error

    def latest(self) -> Iterator[Line]:
        """The lines, the latest first, as far back as a page reaches."""
        if self.path is None or not self.path.is_file():
            return
        with self.path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _MOST))
            whole = file.read().split(b"\n")[0 if size <= _MOST else 1 :]
        for one in reversed(whole):
            if one:
                yield msgspec.json.decode(one, type=Line)


__all__ = ["EVENTS", "Audit", "Line"]
