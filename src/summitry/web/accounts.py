"""Who may sign in: names, roles and the digests of their tokens, in one small file.

A token is 32 random bytes; only its SHA-256 is kept, which is enough for a secret that nobody can guess (a password
would need a slow hash). The file is written anew as a whole, readable by its owner alone.
"""

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

import msgspec

from summitry.errors import UsageError

ROLES: Final = ("reader", "reviewer", "editor", "admin")  # each may do what those before it may


class Account(msgspec.Struct, frozen=True):
    """Somebody who may sign in, or a program with a token."""

    name: str
    role: str
    digest: str

    def may(self, role: str) -> bool:
        """Whether this account has at least that role."""
        return ROLES.index(self.role) >= ROLES.index(role)


class _File(msgspec.Struct):
    secret: str  # signs sessions; a new one signs everybody out
    accounts: list[Account] = []


class Accounts:
    """The accounts in a file; without one nobody can sign in."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._content = _load(path) if path else _File(secrets.token_hex(32))

    @property
    def secret(self) -> str:
        """What sessions are signed with."""
        return self._content.secret

    def __bool__(self) -> bool:
        return bool(self._content.accounts)

    def by_token(self, token: str) -> Account | None:
        """Whose token this is."""
        digest = _digest(token)
        found = [one for one in self._content.accounts if secrets.compare_digest(one.digest, digest)]
        return found[0] if found else None

    def by_name(self, name: str) -> Account | None:
        """The account of that name."""
        return next((one for one in self._content.accounts if one.name == name), None)


def add(path: Path, name: str, role: str) -> str:
    """Write an account into the file, made if it is not there; returns its token, which nobody can read again.

    Raises UsageError for an unknown role or an empty name. An account of the same name is replaced.
    """
    if role not in ROLES or not name.strip():
        raise UsageError(f"An account needs a name and a role; the roles are {', '.join(ROLES)}.")
    content = _load(path)
    token = secrets.token_urlsafe(32)
    others = [one for one in content.accounts if one.name != name]
    _save(path, _File(content.secret, [*others, Account(name, role, _digest(token))]))
    return token


def remove(path: Path, name: str) -> None:
    """Take an account out of the file. Raises UsageError if there is none of that name."""
    content = _load(path)
    others = [one for one in content.accounts if one.name != name]
    if len(others) == len(content.accounts):
        raise UsageError(f"There is no account {name!r} in {path}.")
    _save(path, _File(content.secret, others))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


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
