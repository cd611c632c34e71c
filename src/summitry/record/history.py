"""What changed when: one row per change with the value from then on, so that the record can be seen as it stood."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, func, insert, select

from summitry.model import Encounter, Noun
from summitry.record.rows import Entry, body_row, encoded, encounter_row
from summitry.record.schema import CHUNK, bodies, changes, encounters, reports, runs

_ENCOUNTER: Final = msgspec.json.Decoder(Encounter)


class Change(Noun, frozen=True):
    """One line of an encounter's history; `value` is how it stood from then on, None once it was gone."""

    encounter: str
    time: str
    what: str  # created | changed | merged | vanished | withdrawn | restored
    other: str | None = None
    value: Encounter | None = None
    reports: tuple[str, ...] = ()
    run: int | None = None


class State(Noun, frozen=True):
    """How an encounter is written down, and which reports are behind it."""

    row: Mapping[str, Any]
    body: Mapping[str, Any]
    reports: tuple[str, ...]

    @property
    def told(self) -> tuple[object, ...]:
        """The part whose change is worth a line in the history."""
        return self.body["body"], self.row["withdrawn"], self.reports


def state(entry: Entry) -> State:
    """The state that an entry would bring about."""
    return State(encounter_row(entry), body_row(entry), tuple(one.id for one in entry.backing))


def standing(connection: Connection, ids: Sequence[str]) -> dict[str, State]:
    """The state of those encounters that exist."""
    found: dict[str, State] = {}
    for at in range(0, len(ids), CHUNK):
        part = ids[at : at + CHUNK]
        behind: dict[str, list[str]] = {}
        members = select(reports.c.encounter, reports.c.id).where(reports.c.encounter.in_(part)).order_by(reports.c.id)
        for encounter, report in connection.execute(members):
            behind.setdefault(encounter, []).append(report)
        written = connection.execute(select(bodies).where(bodies.c.encounter.in_(part)))
        told = {row.encounter: dict(row._mapping) for row in written}
        for row in connection.execute(select(encounters).where(encounters.c.id.in_(part))):
            found[row.id] = State(dict(row._mapping), told[row.id], tuple(behind.get(row.id, ())))
    return found


def note(
    connection: Connection,
    changed: Sequence[Entry],
    before: Mapping[str, State],
    lost: Mapping[str, str | None],
    moment: str,
) -> None:
    """Write a line for each encounter that was created, changed, withdrawn, merged or lost."""
    run = connection.execute(select(func.max(runs.c.id))).scalar()
    empty: dict[str, object] = {"other": None, "body": None, "reports": None, "run": run, "time": moment}
    lines = [
        empty
        | {
            "encounter": entry.value.id,
            "what": _what(entry, before.get(entry.value.id)),
            "body": encoded(entry.value),
            "reports": "\n".join(one.id for one in entry.backing),
        }
        for entry in changed
        if entry.value.id not in before or before[entry.value.id].told != state(entry).told
    ]
    lines += [
        empty | {"encounter": old, "what": "merged" if new else "vanished", "other": new} for old, new in lost.items()
    ]
    if lines:
        connection.execute(insert(changes), lines)


def _what(entry: Entry, before: State | None) -> str:
    if before is None:
        return "created"
    if entry.withdrawn != bool(before.row["withdrawn"]):
        return "withdrawn" if entry.withdrawn else "restored"
    return "changed"


def load(connection: Connection, encounter: str) -> list[Change]:
    """The history of one encounter, oldest first, with those that became part of it."""
    return [_change(row._mapping) for row in connection.execute(changes_of(encounter))]


def changes_of(encounter: str) -> Select[Any]:
    """Asks for the changes of one encounter, oldest first, and of those that became part of it."""
    query = select(changes).where((changes.c.encounter == encounter) | (changes.c.other == encounter))
    return query.order_by(changes.c.id)


def standing_at(connection: Connection, moment: str) -> list[Change]:
    """For each encounter that stood at `moment`, the last change before."""
    last = select(func.max(changes.c.id)).where(changes.c.time <= moment).group_by(changes.c.encounter)
    query = select(changes).where(changes.c.id.in_(last), changes.c.body.is_not(None), changes.c.what != "withdrawn")
    return [_change(row._mapping) for row in connection.execute(query)]


def _change(row: Mapping[Any, Any]) -> Change:
    return Change(
        encounter=row["encounter"],
        time=row["time"],
        what=row["what"],
        other=row["other"],
        value=_ENCOUNTER.decode(row["body"]) if row["body"] else None,
        reports=tuple(row["reports"].split("\n")) if row["reports"] else (),
        run=row["run"],
    )
