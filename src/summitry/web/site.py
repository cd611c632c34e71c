"""What all pages share: the record, who holds which office, settings, and figures that are worked out once."""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec

from summitry import ask, authority
from summitry.errors import UsageError
from summitry.model import Encounter, Person
from summitry.publish import Options
from summitry.record import Record
from summitry.web import identity
from summitry.web.accounts import Accounts
from summitry.web.audit import Audit
from summitry.web.identity import Identity
from summitry.web.kept import STALE, Kept
from summitry.web.limits import Rates
from summitry.web.locks import Locks
from summitry.web.settings import Settings
from summitry.writing import informed

if TYPE_CHECKING:  # they come with an extra
    from summitry.web.openid import OpenId
    from summitry.web.passkeys import Passkeys

T = TypeVar("T")
PAGES: Final = 200  # pages of lists that are kept written
_INSTALL: Final = "install it with: pip install 'summitry[sign-in]'"


class Site:
    """The state of a running server."""

    def __init__(self, location: str | Path | None, settings: Settings) -> None:
        self.settings = settings
        self.record = Record.open(location)
        self.authority = authority.load(settings.office_holders)
        self.accounts = Accounts(settings.accounts)
        self.audit = Audit(settings.accounts)
        self.identity = _identity(settings)
        self.provider = _provider(self.identity)
        self.passkeys = _passkeys(self.identity)
        self.locks = Locks()
        self.rates = Rates(settings.per_minute)
        self.requests = Rates(settings.requests)
        self.figures = Kept(self.version)
        self.lists = Kept(self.version, PAGES)  # what is written of the pages of lists, which takes more room

    def close(self) -> None:
        """Let go of the record."""
        self.figures.close()
        self.lists.close()
        self.record.close()

    def version(self) -> tuple[Any, ...]:
        """Something that differs whenever the record has been written to; for a server's database every few seconds."""
        files = [Path(self.record.where), Path(self.record.where + "-wal")]
        stats = [one.stat() for one in files if one.is_file()]
        if not stats:
            return (int(time.monotonic() / STALE),)
        return tuple((one.st_mtime_ns, one.st_size) for one in stats)

    def kept(self, key: Any, make: Callable[[], T]) -> T:
        """Figures of one list, for the present state of the record."""
        return self.figures.exact(key, make)

    def overview(self, key: Any, make: Callable[[], T]) -> T:
        """Figures of the whole record; they may be those of a moment ago."""
        return self.figures.overview(key, make)

    def overview_by(self, deadline: float, key: Any, make: Callable[[], T]) -> T | None:
        """The same; after `deadline` (of `time.monotonic`) only if it need not be waited for, else None for now."""
        return self.overview(key, make) if time.monotonic() < deadline else self.figures.ready(key, make)

    def forget(self) -> None:
        """Work everything out anew: the record was written to by this server."""
        self.figures.forget()
        self.lists.forget()

    def options(self, lang: str, encounters: Sequence[Encounter], **more: Any) -> Options:
        """How to write `encounters` in `lang`: with the spellings, offices and precedents that the record knows."""
        told = self.kept(
            ("told", lang, tuple(encounters)),
            lambda: informed(self.record, encounters, Options(lang=lang), self.authority),
        )
        return msgspec.structs.replace(told, **more)

    def decided(self, ids: Sequence[str]) -> dict[str, str]:
        """Those of the encounters that a person has decided on, each with the last word said: accept, correct, …"""
        said = self.record.judgements(active=True, subjects=ids)
        return {one.subject: one.verdict for one in said if one.verdict in ask.OPINIONS}


def _identity(settings: Settings) -> Identity | None:
    if settings.identity is None:
        return None
    if settings.accounts is None:
        raise UsageError("Whoever signs in needs an account: name the file of accounts too.")
    return identity.load(settings.identity)


def _provider(given: Identity | None) -> "OpenId | None":
    """The identity provider, if there is one; it is asked for nothing yet."""
    if given is None or given.provider is None:
        return None
    try:
        from summitry.web.openid import OpenId
    except ModuleNotFoundError as error:
        raise UsageError(f"An identity provider needs {error.name}: {_INSTALL}") from error
    return OpenId(given, given.provider)


def _passkeys(given: Identity | None) -> "Passkeys | None":
    if given is None or not given.passkeys:
        return None
    try:
        from summitry.web.passkeys import Passkeys
    except ModuleNotFoundError as error:
        raise UsageError(f"Passkeys need {error.name}: {_INSTALL}") from error
    return Passkeys(given)


def everybody(site: Site) -> list[Person]:
    """All people of the record, in the order of their names."""
    return site.overview("everybody", site.record.people)


def unique(items: Iterable[T]) -> list[T]:
    """The items in their order, each once."""
    return list(dict.fromkeys(items))
