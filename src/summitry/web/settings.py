"""What whoever runs the server decides."""

import ipaddress
from pathlib import Path

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the record is served. `loopback` says that only this machine can reach the server."""

    loopback: bool = False
    public: bool = False  # anybody may read; nothing can be written without signing in
    accounts: Path | None = None  # who may sign in: a file that `accounts.add` writes
    identity: Path | None = None  # how else than by token: a file as `identity.load` reads it
    fetch: bool = False  # whether visitors may have pages fetched by their address
    hosts: tuple[str, ...] = ()  # names under which the server is reached; none: any (loopback: its own names)
    longest: int = 200_000  # characters of a text that a visitor may have read
    requests: int = 600  # that one address or one token may make in a minute; 0: any number
    per_minute: int = 30  # texts that one visitor may have read or checked in a minute
    warm: bool = False  # whether to look at every overview once when the server starts
    reviewers: int = 1  # how many people decide on each item of the review queue
    office_holders: Path | None = None  # the user's own, beside those that come with the package

    @property
    def open(self) -> bool:
        """Whether everybody who reaches the server may write: only the owner of this machine."""
        return self.loopback and not self.public and self.accounts is None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
