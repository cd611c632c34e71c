"""Who held which office when: one TOML file per country or organisation, and one compiled copy of all of them.

The reader and the resolver need to know that "the Russian president" of March 2010 is Dmitry Medvedev and that
"Lawrow" and "Lavrov" are one person. The facts are public; each file names where they can be checked. A file holds
`country`, `sources`, `[[office]]` tables (`post`, `title`, `holders`, optionally `also`: further posts that come with
it, and `several = true` where more than one person holds it at a time) and `[names."Caption"]` tables (`family`,
`aliases`, `country`: the home of a person whom another country's or an organisation's file lists). A holder is
`"name | start | end"`, dates as EDTF day, month or year, an empty end meaning still in office; `| acting` may follow.
"""

import functools
import hashlib
import os
from collections.abc import Mapping
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Final

import msgspec
import platformdirs

from summitry.authority.files import (
    AuthorityError,
    Compiled,
    OfficeHolder,
    compile_drafts,
    fold,
    read_folder,
    with_rows,
)
from summitry.dates import bounds
from summitry.model import Occupancy

FOLDER: Final = Path(__file__).parent
SHORTEST: Final = 2  # letters of a family name; a single one is an initial
_FORMAT: Final = 2  # of `Compiled`; raise it when its fields change


class Index:
    """People by a name; who they are is looked up name by name, because a document holds few of the many thousands."""

    def __init__(self, people: tuple[OfficeHolder, ...], places: Mapping[str, tuple[int, ...]]) -> None:
        self._people = people
        self._places = places

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def __getitem__(self, name: str) -> tuple[OfficeHolder, ...]:
        return tuple(self._people[at] for at in self._places[name])

    def get(self, name: str, default: tuple[OfficeHolder, ...] = ()) -> tuple[OfficeHolder, ...]:
        """Everyone of that name; `default` where nobody is."""
        return self[name] if name in self._places else default


class Authority:
    """Who held which office when, and by which names people go. Immutable once built."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self.people: tuple[OfficeHolder, ...] = compiled.people

    @functools.cached_property
    def by_alias(self) -> "Index":
        """Caption or alias, folded by `fold` -> everyone who goes by it."""
        return Index(self.people, self._compiled.alias_index)

    @functools.cached_property
    def by_family(self) -> "Index":
        """Family name, folded, with and without its particle -> everyone of that name."""
        return Index(self.people, self._compiled.family_index)

    @functools.cached_property
    def by_id(self) -> dict[str, OfficeHolder]:
        """Identity ("ru-vladimir-putin") -> person."""
        return {person.id: person for person in self.people}

    @functools.cached_property
    def by_country(self) -> dict[str, tuple[Occupancy, ...]]:
        """Country or organisation -> every office held there, by start."""
        found: dict[str, list[Occupancy]] = {}
        for person in self.people:
            for occupancy in person.occupancies:
                found.setdefault(occupancy.country, []).append(occupancy)
        return {country: tuple(sorted(rows, key=lambda row: row.start or "")) for country, rows in found.items()}

    @functools.cached_property
    def leaders(self) -> frozenset[str]:
        """The family names, folded, of all who ever led a state or government, in every spelling known."""
        found = (p for p in self.people if any(row.level == "leader" for row in p.occupancies))
        names = (name for person in found for name in (person.family, *(a.split()[-1] for a in person.aliases if a)))
        return frozenset(fold(name) for name in names if len(name) >= SHORTEST)

    def find(self, name: str) -> tuple[OfficeHolder, ...]:
        """Everyone who goes by `name`: as caption or alias, else as family name; () where nobody does."""
        key = fold(name)
        return self.by_alias.get(key) or self.by_family.get(key, ())

    def occupancies(self, name_or_alias: str, on: str | None = None) -> tuple[Occupancy, ...]:
        """The offices of everyone who goes by that name, all or those that may have been held on EDTF date `on`."""
        window = _window(on) if on else None
        every = (occupancy for person in self.find(name_or_alias) for occupancy in person.occupancies)
        return tuple(occupancy for occupancy in every if window is None or _held(occupancy, window))

    def held_throughout(self, person: str, on: str) -> tuple[Occupancy, ...]:
        """The offices that somebody, by identity, surely held on every day that EDTF date `on` may mean."""
        holder, (first, last) = self.by_id.get(person), bounds(on)
        if holder is None or first is None or last is None:
            return ()
        return tuple(one for one in holder.occupancies if _throughout(one, first, last))

    def holders(self, country: str, post: str, on: str | None = None) -> tuple[OfficeHolder, ...]:
        """Who (may have) held `post` of `country` on `on`, in order of accession; without `on` everyone who ever did.

        Where a country has no office of head of government the head of state heads the government.
        """
        rows = self.in_country(country, on)
        people = [row.person for row in rows if row.post == post]
        if post == "head-of-government" and not any(row.post == post for row in self.by_country.get(country, ())):
            people = [row.person for row in rows if row.post == "head-of-state"]
        return tuple(self.by_id[person] for person in dict.fromkeys(people))

    def in_country(self, country: str, on: str | None = None) -> tuple[Occupancy, ...]:
        """Every office of `country` that was, or may have been, held on `on`; without `on` every one known."""
        rows = self.by_country.get(country, ())
        window = _window(on) if on else None
        return tuple(row for row in rows if window is None or _held(row, window))


def load(extra: Path | None = None) -> Authority:
    """The office holders that come with the package, with the user's own from `extra` on top; kept in memory.

    `extra` is a `.tsv` with a header line or a `.jsonl`, with the columns or keys `name`, `country`, `post`, `title`,
    `start`, `end`, `aliases` (in a .tsv parted by `|`, in a .jsonl a list); only the first three are required. A name
    that the package knows for that country gets the office and the aliases added; any other is a new person.
    Raises AuthorityError for a malformed file of the package, InputError for a malformed file of the user's.
    """
    if extra is None:
        return _packaged()
    return Authority(compile_drafts(with_rows(_packaged().people, extra)))


def compile_authority(folder: Path = FOLDER) -> bytes:
    """All TOML files of `folder` in one msgpack (see `Compiled`). Raises AuthorityError naming file and entry."""
    return msgspec.msgpack.encode(compile_drafts(read_folder(folder)))


@functools.cache
def _packaged() -> Authority:
    return Authority(msgspec.msgpack.decode(_cached(FOLDER), type=Compiled))


def _cached(folder: Path) -> bytes:
    """The compiled files, from the user's cache where it is current; a cache that cannot be written is no error."""
    stats = ((entry.name, entry.stat()) for entry in os.scandir(folder) if entry.name.endswith(".toml"))
    state = sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)
    key = hashlib.sha256(repr((metadata.version("summitry"), _FORMAT, state)).encode()).digest()
    path = Path(platformdirs.user_cache_dir("summitry")) / "authority.msgpack"
    try:
        cached = path.read_bytes()
    except OSError:
        cached = b""
    if cached.startswith(key):
        return cached[len(key) :]
    compiled = compile_authority(folder)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(key + compiled)
        fresh.replace(path)
    except OSError:
        pass  # a read-only home: parse again next time
    return compiled


def _window(on: str) -> tuple[str, str]:
    """First and last day that `on` may mean, as text; an open end reaches as far as text goes."""
    first, last = bounds(on)
    return first.isoformat() if first else "", last.isoformat() if last else "9999"


def _held(occupancy: Occupancy, window: tuple[str, str]) -> bool:
    """Whether the office may have been held on some day of `window`: coarse dates count from their first to last day."""
    return (occupancy.start or "") <= window[1] and (not occupancy.end or occupancy.end + "-99" >= window[0])


def _throughout(occupancy: Occupancy, first: date, last: date) -> bool:
    began = bounds(occupancy.start)[1] if occupancy.start else None
    ended = bounds(occupancy.end)[0] if occupancy.end else None
    return began is not None and began <= first and (not occupancy.end or (ended is not None and last <= ended))


__all__ = ["FOLDER", "Authority", "AuthorityError", "OfficeHolder", "compile_authority", "fold", "load"]
