"""Write and load merged encounters; an id that once named an encounter leads to its successor for ever."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from summitry.errors import UsageError
from summitry.model import Encounter, Noun, Source
from summitry.record import articles as reading
from summitry.record import history, judgements
from summitry.record.clock import now
from summitry.record.rows import Backing, Entry, body_row, encounter_row, pair_rows, participation_rows, text_row
from summitry.record.schema import (
    CHUNK,
    articles,
    bodies,
    encounters,
    pairs,
    participations,
    proposals,
    redirects,
    reports,
    texts,
)

_ENCOUNTER: Final = msgspec.json.Decoder(Encounter)
Group = tuple[Encounter, Sequence[str]]  # a merged value, and the ids of its reports


class Proposed(Noun, frozen=True):
    """Two encounters that may be one, how likely that is, and why."""

    first: str
    second: str
    score: float
    detail: str


def save(connection: Connection, groups: Sequence[Group], *, gone: Iterable[str] = ()) -> dict[str, str | None]:
    """Make `groups` the merged state of their reports; see `Record.save_encounters`."""
    members = {report: value.id for value, ids in groups for report in ids}
    if len(members) != sum(len(ids) for _, ids in groups) or not all(ids for _, ids in groups):
        raise UsageError("Each encounter needs reports, and each report goes into one encounter.")
    behind = backing(connection, members)
    former = _former(connection, members, gone)
    _refuse_halves(members, former)
    lost = _lost(former, members)
    moment = now()
    _redirect(connection, lost, set(members.values()), moment)
    verdicts = judgements.effects(connection)
    entries = []
    for value, ids in groups:
        merged = msgspec.structs.replace(value, sources=())
        entries.append(judgements.judged(merged, tuple(behind[one] for one in sorted(ids)), verdicts))
    _replace(connection, entries, lost, moment)
    reading.assign(connection, list(members.items()))
    return lost


def backing(connection: Connection, wanted: Iterable[str]) -> dict[str, Backing]:
    """What rows need to know of the reports `wanted`. Raises UsageError for one that the record does not hold."""
    found: dict[str, Backing] = {}
    ids, r = sorted(wanted), reports.c
    for at in range(0, len(ids), CHUNK):
        query = (
            select(r.id, r.status, articles.c.published, r.article, r.start, r.number)
            .join(articles, articles.c.id == r.article)
            .where(r.id.in_(ids[at : at + CHUNK]))
        )
        found |= {row.id: Backing(*row) for row in connection.execute(query)}
    missing = [one for one in ids if one not in found]
    if missing:
        raise UsageError(f"The record holds no report {missing[0]}; add its article first.")
    return found


def _former(connection: Connection, members: Iterable[str], gone: Iterable[str]) -> dict[str, set[str]]:
    """Encounters as they stand that the new groups touch, each with those of its reports that still exist."""
    ids, touched = sorted(members), set(gone)
    for at in range(0, len(ids), CHUNK):
        query = select(reports.c.encounter).where(reports.c.id.in_(ids[at : at + CHUNK])).distinct()
        touched |= {row.encounter for row in connection.execute(query) if row.encounter}
    former: dict[str, set[str]] = {}
    olds = sorted(touched)
    for at in range(0, len(olds), CHUNK):
        part = olds[at : at + CHUNK]
        there = connection.execute(select(encounters.c.id).where(encounters.c.id.in_(part)))
        former |= {row.id: set() for row in there}
        for row in connection.execute(select(reports.c.id, reports.c.encounter).where(reports.c.encounter.in_(part))):
            former.setdefault(row.encounter, set()).add(row.id)
    return former


def _refuse_halves(members: Mapping[str, str], former: Mapping[str, set[str]]) -> None:
    for old, ids in former.items():
        left = sorted(ids - members.keys())
        if left:
            raise UsageError(f"Encounter {old} would lose its report {left[0]}; merge all its reports anew, or none.")


def _lost(former: Mapping[str, set[str]], members: Mapping[str, str]) -> dict[str, str | None]:
    """Former encounters that are no more, each with the one that took most of its reports."""
    kept = set(members.values())
    lost: dict[str, str | None] = {}
    for old, ids in former.items():
        if old not in kept:
            counts = Counter(members[report] for report in ids)
            lost[old] = min(counts, key=lambda new: (-counts[new], new)) if counts else None
    return lost


def _redirect(connection: Connection, lost: Mapping[str, str | None], kept: set[str], moment: str) -> None:
    """Let the ids in `lost` lead to their successors; an id that names an encounter again leads nowhere else."""
    names = sorted(kept)
    for at in range(0, len(names), CHUNK):
        connection.execute(delete(redirects).where(redirects.c.old.in_(names[at : at + CHUNK])))
    for old, new in lost.items():
        if new:
            connection.execute(update(redirects).where(redirects.c.new == old).values(new=new))
            connection.execute(insert(redirects).values(old=old, new=new, time=moment))


def _replace(connection: Connection, entries: Sequence[Entry], lost: Mapping[str, str | None], moment: str) -> None:
    before = history.standing(connection, [entry.value.id for entry in entries])
    changed = [entry for entry in entries if before.get(entry.value.id) != history.state(entry)]
    remove(connection, [entry.value.id for entry in changed] + list(lost))
    insert_entries(connection, changed)
    history.note(connection, changed, before, lost, moment)


def remove(connection: Connection, ids: Sequence[str]) -> None:
    """Take away the rows of some encounters."""
    for at in range(0, len(ids), CHUNK):
        part = ids[at : at + CHUNK]
        for table in (bodies, participations, pairs, texts):
            connection.execute(delete(table).where(table.c.encounter.in_(part)))
        connection.execute(delete(encounters).where(encounters.c.id.in_(part)))


def insert_entries(connection: Connection, entries: Sequence[Entry]) -> None:
    """Write the rows of encounters that are not there."""
    if not entries:
        return
    connection.execute(insert(encounters), [encounter_row(entry) for entry in entries])
    connection.execute(insert(bodies), [body_row(entry) for entry in entries])
    connection.execute(insert(texts), [text_row(entry) for entry in entries])
    for table, make in ((participations, participation_rows), (pairs, pair_rows)):
        rows = [row for entry in entries for row in make(entry)]
        if rows:
            connection.execute(insert(table), rows)


def current(connection: Connection, identity: str) -> str | None:
    """The id of the encounter that `identity` (an encounter, a merged one, a report) stands for now."""
    for query in (
        select(encounters.c.id).where(encounters.c.id == identity),
        select(redirects.c.new).where(redirects.c.old == identity),
        select(reports.c.encounter).where(reports.c.id == identity),
    ):
        found = connection.execute(query).scalar()
        if found:
            return str(found)
    return None


def rejudge(connection: Connection, ids: Iterable[str]) -> None:
    """Write some encounters again after a judgement on them was made or undone."""
    verdicts = judgements.effects(connection)
    entries = []
    for row in connection.execute(select(bodies).where(bodies.c.encounter.in_(sorted(ids)))).all():
        merged = _ENCOUNTER.decode(row.merged or row.body)
        members = connection.execute(select(reports.c.id).where(reports.c.encounter == row.encounter)).scalars()
        behind = backing(connection, members)
        entries.append(judgements.judged(merged, tuple(behind[one] for one in sorted(behind)), verdicts))
    _replace(connection, entries, {}, now())


def load(connection: Connection, ids: Sequence[str] | None = None, *, sources: bool = True) -> list[Encounter]:
    """Encounters in chronological order, those with these ids or all that are not withdrawn."""
    rows = []
    base = select(encounters.c.id, encounters.c.sort, bodies.c.body).join(bodies, bodies.c.encounter == encounters.c.id)
    if ids is None:
        rows = list(connection.execute(base.where(encounters.c.withdrawn == 0)))
    else:
        wanted = sorted(set(ids))
        for at in range(0, len(wanted), CHUNK):
            rows += connection.execute(base.where(encounters.c.id.in_(wanted[at : at + CHUNK]))).all()
    rows.sort(key=lambda row: str(row.sort))
    found = [_ENCOUNTER.decode(row.body) for row in rows]
    if not sources:
        return found
    told = _sources(connection, None if ids is None else [one.id for one in found])
    return [msgspec.structs.replace(one, sources=tuple(told.get(one.id, ()))) for one in found]


def _sources(connection: Connection, ids: Sequence[str] | None) -> dict[str, list[Source]]:
    stored = reading.load_reports(connection, encounters=ids)
    told: dict[str, list[Source]] = {}
    for one in sorted(stored, key=lambda one: (one.published or "9", one.article)):
        if one.encounter:
            told.setdefault(one.encounter, []).append(one.source)
    return told


def save_proposals(connection: Connection, found: Sequence[Proposed], about: Sequence[str]) -> None:
    """Make `found` all that is proposed about the encounters `about`."""
    for at in range(0, len(about), CHUNK):
        part = about[at : at + CHUNK]
        connection.execute(delete(proposals).where(proposals.c.first.in_(part) | proposals.c.second.in_(part)))
    if found:
        connection.execute(insert(proposals), [msgspec.structs.asdict(one) for one in found])


def load_proposals(connection: Connection, limit: int | None) -> list[Proposed]:
    """Pairs for a person to decide, the likeliest first; those of encounters that are no more are left out."""
    there = select(encounters.c.id)
    query = (
        select(proposals)
        .where(proposals.c.first.in_(there), proposals.c.second.in_(there))
        .order_by(proposals.c.score.desc(), proposals.c.first, proposals.c.second)
        .limit(limit)
    )
    return [Proposed(*row) for row in connection.execute(query)]
