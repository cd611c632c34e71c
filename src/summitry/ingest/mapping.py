"""What the columns of a table mean: a mapping, written in a few lines of TOML, turns rows into reports.

`docs/how-to/import-a-table.md` describes the form. Shipped mappings are in `data/mappings/`; a user's own is any file.
"""

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec

from summitry.errors import UsageError
from summitry.kinds import Kind, Level, Status, levels_from

_FOLDER: Final = resources.files("summitry") / "data" / "mappings"


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a mapping; a key that it does not know is an error, not a wish that goes unheard."""


class Value(_Part, frozen=True):
    """Where a value comes from: the first of `columns` that gives one, taken through `map`; or the constant `is`."""

    columns: tuple[str, ...] = ()
    is_: str | None = msgspec.field(name="is", default=None)
    map: dict[str, str] = {}


class Side(_Part, frozen=True):
    """Guests or hosts. `pattern` cuts one column into people: its groups `role` and `name`, parted by `between`."""

    country: Value = Value()
    name: Value = Value()
    role: Value = Value()
    level: Value = Value()
    people: str | None = None  # the column that holds offices and names
    pattern: str | None = None
    between: str | None = None
    levels: dict[str, Level] = {}  # office -> level
    other: Level | None = None  # the level of every office that `levels` does not name
    capacities: dict[str, str] = {}  # pattern in the office -> capacity


class When(_Part, frozen=True):
    """The columns of the first and last day; each takes the first that is filled. `formats` as in strptime."""

    start: tuple[str, ...]
    end: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("%Y-%m-%d",)


class Remark(_Part, frozen=True):
    """What a pattern found in some columns says of the row: a capacity of the guest, an activity, a status.

    The group `country` of a pattern names further countries in which the row was as well; an activity is then theirs.
    """

    columns: tuple[str, ...]
    pattern: str
    capacity: str | None = None
    activity: str | None = None
    status: Status | None = None


class Complete(_Part, frozen=True):
    """For what the table is complete, up to its last day (or `end`). `people` are names or an office ("US President")."""

    countries: tuple[str, ...]
    start: str = ""
    end: str | None = None
    guest: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    level: str | None = None
    note: dict[str, str] = {}  # language -> what the table leaves out by its own rules, in one sentence


class Mapping(_Part, frozen=True):
    """One kind of table."""

    name: str
    title: str
    credit: str
    guest: Side
    host: Side
    when: When
    language: str  # of the words in the table: how countries are called in it
    kind: Kind = "visit"
    status: Status = "held"
    encoding: str = "utf-8"
    delimiter: str = ","
    id: str | None = None  # the column by which the publisher knows a row
    place: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    countries: dict[str, str] = {}  # as the table writes them -> code
    remarks: tuple[Remark, ...] = ()
    coverage: tuple[Complete, ...] = ()


def shipped() -> tuple[str, ...]:
    """The names of the mappings that come with the package, in order."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml")))


def load_mapping(name: str | Path) -> Mapping:
    """The shipped mapping `name`, or the user's in a file. Raises UsageError if there is none or it is malformed."""
    if str(name) in shipped():
        return parse_mapping((_FOLDER / f"{name}.toml").read_text("utf-8"), str(name))
    path = Path(name)
    if not path.is_file():
        raise UsageError(f"There is no mapping {str(name)!r}; name a .toml file or one of {', '.join(shipped())}.")
    try:
        return parse_mapping(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The mapping {path} cannot be read: {error}.") from error


def parse_mapping(text: str, source: str) -> Mapping:
    """The mapping written in `text`. Raises UsageError, naming `source` and the key that is wrong."""
    try:
        found = msgspec.convert(tomllib.loads(text), Mapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UsageError(f"The mapping {source} is malformed: {error}.") from error
    for pattern in _patterns(found):
        try:
            re.compile(pattern)
        except re.error as error:
            raise UsageError(f"The mapping {source} holds a malformed pattern {pattern!r}: {error}.") from error
    for stated in found.coverage:
        if stated.level:
            levels_from(stated.level)
    return found


def write_mapping(mapping: Mapping) -> str:
    """The mapping as one line of JSON, by which a stored table can be read again without the user's file."""
    return msgspec.json.encode(mapping).decode()


def read_mapping(text: str) -> Mapping:
    """The inverse of `write_mapping`. Raises UsageError for anything else."""
    try:
        return msgspec.json.decode(text, type=Mapping)
    except msgspec.DecodeError as error:
        raise UsageError(f"The mapping stored with a table is malformed: {error}; import the table again.") from error


def columns_of(mapping: Mapping) -> set[str]:
    """Every column that the mapping names and a table must have."""
    sides = (mapping.guest, mapping.host)
    values = [value for side in sides for value in (side.country, side.name, side.role, side.level)]
    named: set[Any] = {column for value in values for column in value.columns}
    named |= {column for remark in mapping.remarks for column in remark.columns}
    named |= {*mapping.when.start, *mapping.when.end, *mapping.place, *mapping.topics}
    return named | {side.people for side in sides if side.people} | ({mapping.id} if mapping.id else set())


def _patterns(mapping: Mapping) -> list[str]:
    found = [remark.pattern for remark in mapping.remarks]
    for side in (mapping.guest, mapping.host):
        found += [pattern for pattern in (side.pattern, side.between) if pattern]
        found += list(side.capacities)
    return found


__all__ = [
    "Complete", "Mapping", "Remark", "Side", "Value", "When", "columns_of", "load_mapping", "parse_mapping",
    "read_mapping", "shipped", "write_mapping",
]  # fmt: skip
