"""How people prove who they are beside tokens: settings for an identity provider (OpenID Connect) and for passkeys.

A TOML file says so; what is not in it is switched off. What may be done follows from the account alone.
"""

import tomllib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from summitry.errors import UsageError
from summitry.web.accounts import ROLES
from summitry.web.settings import is_loopback


class Provider(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An identity provider, and which of its users have an account."""

    issuer: str  # its address, under which /.well-known/openid-configuration is
    client: str  # what it knows this server by
    secret: str | None = None  # what it knows it is this server by; none: a public client
    secret_file: str | None = None  # a file with the secret, beside this one
    name: str = "OpenID Connect"  # what people call it
    claim: str = "email"  # what it says of somebody that is the name of their account
    role: str | None = None  # that of those who have no account yet; none: they are refused


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    address: str  # under which people reach this server: https://record.example.org
    provider: Provider | None = None
    passkeys: bool = False

    @property
    def origin(self) -> str:
        """The address as browsers name it."""
        return self.address.rstrip("/")

    @property
    def host(self) -> str:
        """The name to which passkeys belong."""
        return urlsplit(self.address).hostname or ""


class Begun(NamedTuple):
    """What is remembered of somebody who was sent to the provider."""

    state: str
    nonce: str
    verifier: str


def load(path: Path) -> Identity:
    """The settings in a file, with the provider's secret. Raises UsageError for what they cannot be."""
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Identity)
        provider = found.provider
        if provider and provider.secret_file:
            secret = (path.parent / provider.secret_file).read_text("utf-8").strip()
            found = msgspec.structs.replace(found, provider=msgspec.structs.replace(provider, secret=secret))
    except (OSError, ValueError) as error:  # msgspec's errors are ValueErrors too
        raise UsageError(f"The settings for signing in, {path}, cannot be used: {error}.") from error
    for address in (found.address, *([found.provider.issuer] if found.provider else [])):
        parts = urlsplit(address)
        if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
            raise UsageError(f"{address!r} in {path} is no https address.")
    if urlsplit(found.address).path.strip("/"):
        raise UsageError(f"The address in {path} is that of the whole server, without a path.")
    if found.provider and found.provider.role not in (None, *ROLES):
        raise UsageError(f"Unknown role {found.provider.role!r} in {path}; the roles are {', '.join(ROLES)}.")
    return found


__all__ = ["Begun", "Identity", "Provider", "load"]
