"""Who may sign in: names, roles and tokens, in one small file.

A token is 32 random bytes; only its SHA-256 is kept, which is enough for a secret that nobody can guess (a password
would need a slow hash). The file is written anew as a whole, readable by its
owner alone, and read again as soon as it has changed: who is taken out of it is out at once.
"""

import hashlib
import os
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from summitry.dates import validate
from summitry.errors import UsageError

ROLES: Final = ("reader", "reviewer", "editor", "admin")  # each may do what those before it may


class Token(msgspec.Struct, frozen=True):
    """A secret by which somebody, or a program of theirs, is known; `scope` is the most that it may be used for."""

    id: str  # by which it is revoked; says nothing of the secret
    digest: str
    made: str
    scope: str
    expires: str | None = None  # the last day on which it is valid
    note: str = ""


class Account(msgspec.Struct, frozen=True):
    """Somebody who may sign in."""

    name: str
    role: str
    tokens: tuple[Token, ...] = ()

    def may(self, role: str) -> bool:
        """Whether this account has at least that role."""
        return ROLES.index(self.role) >= ROLES.index(role)


class _File(msgspec.Struct, frozen=True):
    secret: str  # signs sessions; a new one signs everybody out
    accounts: tuple[Account, ...] = ()


class Accounts:
    """The accounts in a file; without one nobody can sign in."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._guard = threading.Lock()
        self._content = _load(path) if path else _File(secrets.token_hex(32))
        self._read = _state(path)

    def _now(self) -> _File:
        with self._guard:
            state = _state(self.path)
            if self.path and state != self._read:
                kept = _load(self.path)
                # A file that is made only now keeps the secret that sessions are signed with already.
                self._content, self._read = kept if state else replace(kept, secret=self._content.secret), state
            return self._content

    @property
    def secret(self) -> str:
        """What sessions are signed with."""
        return self._now().secret

    def __bool__(self) -> bool:
        return bool(self._now().accounts)

    def by_token(self, token: str) -> Account | None:
        """Whose token this is, with that token and no more rights than it has; None if it is nobody's or too old."""
        digest = _digest(token)
        return self._holding(lambda one: secrets.compare_digest(one.digest, digest))

    def by_session(self, identifier: str) -> Account | None:
        """The same for the token, named by its id, with which somebody signed in."""
        return self._holding(lambda one: one.id == identifier)

    def _holding(self, wanted: Callable[[Token], bool]) -> Account | None:
        today = _today()
        for account in self._now().accounts:
            for one in account.tokens:
                if wanted(one) and (one.expires is None or today <= one.expires):
                    return replace(account, role=min(account.role, one.scope, key=ROLES.index), tokens=(one,))
        return None


def add(
    path: Path, name: str, role: str, *, scope: str | None = None, expires: str | None = None, note: str = ""
) -> str:
    """Give somebody a role and a new token; returns the token, which nobody can read again.

    The account is made if there is none of that name, else it gets the role and keeps its other tokens. `scope` narrows
    what the token may be used for to that of another role, `expires` is its last day. Raises UsageError.
    """
    if role not in ROLES or (scope or role) not in ROLES or not name.strip():
        raise UsageError(f"An account needs a name and a role; the roles are {', '.join(ROLES)}.")
    if expires is not None and not (validate(expires) and len(expires) == len("2024-06-20")):
        raise UsageError(f"{expires!r} is no day; write it like 2024-06-20.")
    content = _load(path)
    secret = secrets.token_urlsafe(32)
    token = Token(secrets.token_hex(4), _digest(secret), _now_text(), scope or role, expires, note)
    known = next((one for one in content.accounts if one.name == name), Account(name, role))
    _save(path, _with(content, replace(known, role=role, tokens=(*known.tokens, token))))
    return secret


def listed(path: Path) -> tuple[Account, ...]:
    """The accounts in a file."""
    return _load(path).accounts


def remove(path: Path, name: str) -> None:
    """Take an account out of the file, with all its tokens. Raises UsageError if there is none."""
    content = _load(path)
    _named(content, name, path)
    _save(path, replace(content, accounts=tuple(one for one in content.accounts if one.name != name)))


def revoke(path: Path, identifier: str) -> None:
    """Make a token worthless; its account stays. Raises UsageError if there is none with that id."""
    content = _load(path)
    for account in content.accounts:
        left = tuple(one for one in account.tokens if one.id != identifier)
        if len(left) < len(account.tokens):
            _save(path, _with(content, replace(account, tokens=left)))
            return
    raise UsageError(f"There is no token {identifier!r} in {path}; `account list` shows them.")


def _named(content: _File, name: str, path: Path) -> Account:
    found = next((one for one in content.accounts if one.name == name), None)
    if found is None:
        raise UsageError(f"There is no account {name!r} in {path}.")
    return found


def _with(content: _File, account: Account) -> _File:
    others = [one for one in content.accounts if one.name != account.name]
    return replace(content, accounts=tuple(sorted([*others, account], key=lambda one: one.name)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _now_text() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _state(path: Path | None) -> tuple[int, int] | None:
    try:
        found = path.stat() if path else None
    except FileNotFoundError:
        return None
    return (found.st_mtime_ns, found.st_ino) if found else None


def _load(path: Path) -> _File:
    if not path.is_file():
        return _File(secrets.token_hex(32))
    try:
        return msgspec.json.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(f"The accounts in {path} cannot be read: {error}.") from error


def _save(path: Path, content: _File) -> None:
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


__all__ = ["ROLES", "Account", "Accounts", "Token", "add", "listed", "remove", "revoke"]
