"""What people decided: never deleted, only invalidated, and stronger than anything that is read or merged.

`same`, `different` and `unsure` are for merging to heed; `correct` and `withdraw` are applied here, on whatever
encounter their subject (an encounter, or better a report, whose id any record of the article shares) stands for.
`accept`, `reject` and `later` only say who has looked at what.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, get_type_hints

import msgspec
from sqlalchemy import Connection, insert, select, update

from summitry.dates import bounds
from summitry.errors import DateError, UsageError
from summitry.model import Encounter, Judgement
from summitry.record.clock import now
from summitry.record.rows import Backing, Entry
from summitry.record.schema import judgements, redirects

VERDICTS: Final = ("same", "different", "unsure", "correct", "withdraw", "accept", "reject", "later")
CORRECTABLE: Final = (
    "kind", "status", "date", "host_country", "place", "delegation", "guests", "hosts", "activities", "topics",
    "outcomes", "parent",
)  # fmt: skip
Effects = Mapping[str, Sequence[Judgement]]


def add(connection: Connection, judgement: Judgement) -> Judgement:
    """Write a judgement; one without id or time gets them. The same judgement twice is written once.

    One that arrives undone is undone here as well.
    """
    _check(judgement)
    if not judgement.time:
        judgement = msgspec.structs.replace(judgement, time=now())
    if not judgement.id:
        judgement = msgspec.structs.replace(judgement, id=_identity(judgement))
    there = connection.execute(select(judgements.c.invalidated).where(judgements.c.id == judgement.id)).first()
    if there is not None and judgement.invalidated and there.invalidated is None:
        undone = update(judgements).where(judgements.c.id == judgement.id).values(invalidated=judgement.invalidated)
        connection.execute(undone)
    if there is None:
        row = msgspec.structs.asdict(judgement) | {"value": msgspec.json.encode(judgement.value).decode()}
        connection.execute(insert(judgements).values(**row))
    return judgement


def _identity(judgement: Judgement) -> str:
    content = msgspec.structs.replace(judgement, invalidated=None)
    return "j" + hashlib.sha256(msgspec.json.encode(content)).hexdigest()[:16]


def _check(judgement: Judgement) -> None:
    if judgement.verdict not in VERDICTS:
        raise UsageError(f"Unknown judgement {judgement.verdict!r}; it is one of {', '.join(VERDICTS)}.")
    if judgement.verdict in ("same", "different", "unsure") and not judgement.object:
        raise UsageError(f"The judgement {judgement.verdict!r} compares two things; name the second one.")
    if judgement.object == judgement.subject:
        raise UsageError(f"The judgement {judgement.verdict!r} compares two things; both are {judgement.subject}.")
    if judgement.verdict == "correct":
        if judgement.field not in CORRECTABLE:
            raise UsageError(f"The field {judgement.field!r} cannot be corrected; these can: {', '.join(CORRECTABLE)}.")
        _value_of(judgement)


def _value_of(judgement: Judgement) -> Any:
    field = str(judgement.field)
    try:
        value = msgspec.convert(judgement.value, get_type_hints(Encounter)[field])
        if field == "date" and value is not None:
            bounds(value)
    except (msgspec.ValidationError, DateError) as error:
        raise UsageError(f"{judgement.value!r} is no value for the field {field!r}: {error}") from error
    return value


def invalidate(connection: Connection, identity: str) -> Judgement:
    """Undo a judgement; it stays readable with the time at which it ceased to hold."""
    found = load(connection, ids=[identity])
    if not found:
        raise UsageError(f"There is no judgement {identity}.")
    if found[0].invalidated is None:
        change = update(judgements).where(judgements.c.id == identity).values(invalidated=now())
        connection.execute(change)
    return load(connection, ids=[identity])[0]


def load(
    connection: Connection,
    *,
    active: bool = False,
    subject: str | None = None,
    subjects: Iterable[str] | None = None,
    author: str | None = None,
    ids: Iterable[str] | None = None,
) -> list[Judgement]:
    """Judgements, oldest first: all, those still valid, those that name `subject` on either side, about some, by author or id."""
    query = select(judgements).order_by(judgements.c.time, judgements.c.id)
    if active:
        query = query.where(judgements.c.invalidated.is_(None))
    if subject is not None:
        query = query.where((judgements.c.subject == subject) | (judgements.c.object == subject))
    if subjects is not None:
        query = query.where(judgements.c.subject.in_(list(subjects)))
    if author is not None:
        query = query.where(judgements.c.author == author)
    if ids is not None:
        query = query.where(judgements.c.id.in_(list(ids)))
    return [
        Judgement(**(dict(row._mapping) | {"value": msgspec.json.decode(row.value) if row.value else None}))
        for row in connection.execute(query)
    ]


def to_lines(found: Iterable[Judgement]) -> list[str]:
    """One JSON line per judgement, for a file that can be kept under version control."""
    return [msgspec.json.encode(one).decode() for one in found]


def from_lines(lines: Iterable[str]) -> list[Judgement]:
    """The judgements in `lines`, empty ones skipped. Raises UsageError with the number of a line that is none."""
    found = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=Judgement))
            except msgspec.DecodeError as error:
                raise UsageError(f"Line {number} is no judgement: {error}.") from error
    return found


def effects(connection: Connection) -> Effects:
    """Valid corrections and withdrawals by the id they name; a merged id counts as the one it became."""
    moved = {row.old: row.new for row in connection.execute(select(redirects.c.old, redirects.c.new))}
    found: dict[str, list[Judgement]] = {}
    for one in load(connection, active=True):
        if one.verdict in ("correct", "withdraw"):
            found.setdefault(moved.get(one.subject, one.subject), []).append(one)
    return found


def judged(merged: Encounter, backing: tuple[Backing, ...], verdicts: Effects) -> Entry:
    """The entry for a merged value once the judgements on it or on a report behind it are applied, oldest first."""
    concerned = [one for name in (merged.id, *(b.id for b in backing)) for one in verdicts.get(name, ())]
    value, withdrawn = merged, False
    for one in sorted(concerned, key=lambda one: (one.time, one.id)):
        if one.verdict == "withdraw":
            withdrawn = True
        else:
            value = msgspec.structs.replace(value, **{str(one.field): _value_of(one)})
    return Entry(value=value, merged=merged, backing=backing, withdrawn=withdrawn)
