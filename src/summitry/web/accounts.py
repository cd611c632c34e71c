"""Who may sign in: names, roles and tokens, in one small file.

A token is 32 random bytes; only its SHA-256 is kept, which is enough for a secret that nobody can guess (a password
would need a slow hash). Of a passkey the public half is kept. The file is written anew as a whole, readable by its
owner alone, by one program at a time, and read again as soon as it has changed: who is taken out of it is out at once.
"""

import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace

from summitry.dates import validate
from summitry.errors import UsageError

ROLES: Final = ("reader", "reviewer", "editor", "admin")  # each may do what those before it may
_PATIENCE: Final = 5.0  # seconds to wait for another program that writes the file


class Token(msgspec.Struct, frozen=True):
    """A secret by which somebody, or a program of theirs, is known; `scope` is the most that it may be used for."""

    id: str  # by which it is revoked; says nothing of the secret
    digest: str
    made: str
    scope: str
    expires: str | None = None  # the last day on which it is valid
    note: str = ""


class Passkey(msgspec.Struct, frozen=True):
    """The public half of a key that a device of somebody holds (WebAuthn)."""

    id: str  # that of the credential, in base64url
    key: str  # its public key (COSE), in base64url
    count: int  # how often it was used, where it counts; one that runs backwards was copied
    made: str
    note: str = ""


class Account(msgspec.Struct, frozen=True):
    """Somebody who may sign in."""

    name: str
    role: str
    tokens: tuple[Token, ...] = ()
    passkeys: tuple[Passkey, ...] = ()

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

    def by_name(self, name: str) -> Account | None:
        """The account of that name."""
        return next((one for one in self._now().accounts if one.name == name), None)

    def by_passkey(self, identifier: str) -> Account | None:
        """Whose passkey this is, with that passkey alone."""
        for account in self._now().accounts:
            for one in account.passkeys:
                if one.id == identifier:
                    return replace(account, passkeys=(one,))
        return None

    def by_session(self, session: str) -> Account | None:
        """Who signed in by what `session` names, if that still holds: see `security.session`."""
        way, _, what = session.partition(" ")
        if way == "token":
            return self._holding(lambda one: one.id == what)
        found = {"passkey": self.by_passkey, "provider": self.by_name}.get(way)
        return found(what) if found else None

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
    if role not in ROLES or not name.strip():
        raise UsageError(f"An account needs a name and a role; the roles are {', '.join(ROLES)}.")
    token, secret = _token(scope or role, expires, note)
    with _changing(path) as content:
        known = next((one for one in content.accounts if one.name == name), Account(name, role))
        _save(path, _with(content, replace(known, role=role, tokens=(*known.tokens, token))))
    return secret


def issue(path: Path, name: str, scope: str, *, expires: str | None = None, note: str = "") -> str:
    """One more token for somebody who has an account; the same as `add`, but the role stays. Raises UsageError."""
    token, secret = _token(scope, expires, note)
    with _changing(path) as content:
        known = _named(content, name, path)
        _save(path, _with(content, replace(known, tokens=(*known.tokens, token))))
    return secret


def _token(scope: str, expires: str | None, note: str) -> tuple[Token, str]:
    if scope not in ROLES:
        raise UsageError(f"A token may be used for what one of the roles {', '.join(ROLES)} may.")
    if expires is not None and not (validate(expires) and len(expires) == len("2024-06-20")):
        raise UsageError(f"{expires!r} is no day; write it like 2024-06-20.")
    secret = secrets.token_urlsafe(32)
    return Token(secrets.token_hex(4), _digest(secret), now(), scope, expires, note), secret


def change(path: Path, name: str, role: str) -> None:
    """Give somebody another role; their tokens may do no more than that. Raises UsageError."""
    if role not in ROLES:
        raise UsageError(f"An account needs a name and a role; the roles are {', '.join(ROLES)}.")
    with _changing(path) as content:
        _save(path, _with(content, replace(_named(content, name, path), role=role)))


def admit(path: Path, name: str, role: str) -> None:
    """Give somebody an account without a token, unless they have one: an identity provider vouches for them."""
    with _changing(path) as content:
        if all(one.name != name for one in content.accounts):
            _save(path, _with(content, Account(name, role)))


def listed(path: Path) -> tuple[Account, ...]:
    """The accounts in a file."""
    return _load(path).accounts


def remove(path: Path, name: str) -> None:
    """Take an account out of the file, with all its tokens. Raises UsageError if there is none."""
    with _changing(path) as content:
        _named(content, name, path)
        _save(path, replace(content, accounts=tuple(one for one in content.accounts if one.name != name)))


def revoke(path: Path, identifier: str) -> str:
    """Make a token or passkey worthless; its account, whose name is returned, stays. Raises UsageError if there is none."""
    with _changing(path) as content:
        for account in content.accounts:
            tokens = tuple(one for one in account.tokens if one.id != identifier)
            passkeys = tuple(one for one in account.passkeys if one.id != identifier)
            if (tokens, passkeys) != (account.tokens, account.passkeys):
                _save(path, _with(content, replace(account, tokens=tokens, passkeys=passkeys)))
                return account.name
    raise UsageError(f"There is no token {identifier!r} in {path}; `account list` shows them.")


def keep_passkey(path: Path, name: str, passkey: Passkey) -> None:
    """Add a passkey to an account, or put one with a new count in place of the old. Raises UsageError if there is none."""
    with _changing(path) as content:
        account = _named(content, name, path)
        others = [one for one in account.passkeys if one.id != passkey.id]
        _save(path, _with(content, replace(account, passkeys=(*others, passkey))))


def counted(passkey: Passkey, count: int) -> Passkey:
    """The passkey with another count."""
    return replace(passkey, count=count)


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


def now() -> str:
    """The time as it is written down."""
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


@contextmanager
def _changing(path: Path) -> Iterator[_File]:
    """The content of the file while nobody else writes it. Raises UsageError if somebody else does not come to an end."""
    lock = path.with_name(path.name + ".lock")
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.close(os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            break
        except FileExistsError:
            if time.monotonic() > until:
                raise UsageError(
                    f"{path} is being written by another program; if none is running, delete {lock}."
                ) from None
            time.sleep(0.02)
    try:
        yield _load(path)
    finally:
        lock.unlink(missing_ok=True)


def _save(path: Path, content: _File) -> None:
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


__all__ = [
    "ROLES", "Account", "Accounts", "Passkey", "Token", "add", "admit", "change", "counted", "issue", "keep_passkey", "listed", "now", "remove",
    "revoke",
]  # fmt: skip
