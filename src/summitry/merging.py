"""From readings to a record: file what was read, merge it with what is there, name the people, find the summits.

What the record holds afterwards depends on its articles and judgements alone, not on the order in which they came.
`pipeline` is the way in; this module is apart because only what changes a record needs it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from summitry.ask import Query, find_ids
from summitry.authority import Authority
from summitry.dates import bounds
from summitry.model import Encounter, Judgement, Noun, Participation, Person, Reading
from summitry.record import Filing, Proposed, Record, StoredReport
from summitry.resolve import (
    Cluster,
    Identifier,
    Merged,
    People,
    Printed,
    Statement,
    extend,
    filed_under,
    merge,
    merged_value,
    parents,
    register,
    signature,
    statements,
    with_parent,
)

_AROUND = timedelta(days=46)  # how far a summit and its bilaterals may lie apart where days are unknown
_Name = tuple[str | None, str]


class Prepared(NamedTuple):
    """A reading with its statements, identified and ready to be filed."""

    reading: Reading
    statements: tuple[Statement, ...]
    signature: bytes


class Changes(Noun, frozen=True):
    """What a rebuild did: ids of encounters that came, went or differ, and of articles whose reading changed."""

    articles: int
    reports: int
    created: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def prepare(reading: Reading, identifier: Identifier) -> Prepared:
    """What filing a reading needs; pure and slow, so done before the record is locked."""
    mark = signature(reading.article.text)
    made = tuple(identifier.identify(one)[0] for one in statements(reading, mark))
    told = replace(reading, reports=tuple(one.report for one in made))
    return Prepared(told, made, mark)


def file(record: Record, batch: Sequence[Prepared]) -> tuple[int, set[str]]:
    """Archive a batch and merge it, all or nothing: how many articles were new, and the encounters touched."""
    with record.transaction():
        new = [one for one in batch if _archive(record, one)]
        told = [statement for one in new for statement in one.statements]
        touched = _merge_in(record, told)
        record.leave_unsettled(touched)
    return len(new), touched


def _archive(record: Record, one: Prepared) -> bool:
    said = one.reading
    return record.add_article(said.article, said.reports, said.claims, filing=_filing(one), signature=one.signature)


def _filing(one: Prepared) -> list[Filing]:
    return [Filing(statement.id, tuple(filed_under(statement))) for statement in one.statements]


def _merge_in(record: Record, told: Sequence[Statement]) -> set[str]:
    """Merge new statements, and save what they touch; the ids of the encounters saved."""
    if not told:
        return set()
    merged = extend(told, lambda keys: map(_statement, record.filed(keys)), record.judgements(active=True))
    return _save(record, merged)


def _save(record: Record, merged: Merged, gone: Iterable[str] = ()) -> set[str]:
    groups = [_group(cluster) for cluster in merged.clusters]
    record.save_encounters(groups, gone=gone)
    ids = {cluster.id for cluster in merged.clusters}
    found = [Proposed(one.first, one.second, one.score.value, one.score.detail) for one in merged.proposals]
    record.save_proposals(found, sorted(ids))
    return ids


def _group(cluster: Cluster) -> tuple[Encounter, list[str]]:
    return merged_value(cluster), [statement.id for statement in cluster.statements]


def _statement(stored: StoredReport) -> Statement:
    return Statement(
        id=stored.id,
        article=stored.article,
        key=stored.key,
        report=stored.report,
        number=stored.number,
        published=stored.published,
        url=stored.url,
        signature=stored.signature,
    )


def settle(record: Record, authority: Authority) -> None:
    """Give people their one spelling and summits their bilaterals, wherever what was filed since bears on them.

    A caption depends on every spelling in the record and a parent on all encounters of those days, so both come last.
    What is still to be done is in the record: if a process is killed, the next one does it.
    """
    _settle(record, record.unsettled(), authority)


def _settle(record: Record, touched: Sequence[str], authority: Authority) -> None:
    """Read first and write at the end, so that the record is locked shortly."""
    ids = {one for one in touched if record.current(one) == one}
    if not ids:
        record.settled(touched)
        return
    concerned = record.encounters(sorted(ids), sources=False)
    stored = _of_same_countries(record, concerned)
    before = _spellings(record.people())
    people = register(_printed(stored), authority)
    changed = {key for key, person in people.by_name.items() if before.get(key) != (person.id, person.caption)}
    changed |= before.keys() & {key for one in stored for key in _names(one)} - people.by_name.keys()
    ids |= {str(one.encounter) for one in stored if not changed.isdisjoint(_names(one))}
    summits = _summits(record, concerned)
    with record.transaction():
        record.save_people(people.everyone)
        _save_again(record, ids | summits.keys(), people, summits)
        record.settled(touched)


def _of_same_countries(record: Record, concerned: Iterable[Encounter]) -> list[StoredReport]:
    """The reports of every encounter of the countries whose people the concerned ones name."""
    countries = {who.country for one in concerned for who in (*one.guests, *one.hosts) if who.name and who.country}
    related = {one.id for one in concerned}
    for country in sorted(countries):
        related |= set(find_ids(record, Query(between=(country,))))
    return record.reports(encounters=related)


def _names(stored: StoredReport) -> Iterator[_Name]:
    report = stored.report
    return ((who.country, who.name) for who in (*report.guests, *report.hosts) if who.name)


def _spellings(known: Iterable[Person]) -> dict[_Name, tuple[str, str]]:
    return {(one.country, name): (one.id, one.caption) for one in known for name in one.names}


def _printed(stored: Iterable[StoredReport]) -> list[Printed]:
    """Every spelling with how often it is printed."""
    times = Counter(
        (who.country, who.name, who.person)
        for one in stored
        for who in (*one.report.guests, *one.report.hosts)
        if who.name
    )
    return [Printed(country, str(name), n, person) for (country, name, person), n in times.items()]


def _summits(record: Record, concerned: Iterable[Encounter]) -> dict[str, str | None]:
    """The parent, or None, of every encounter near the concerned ones whose parent is now another."""
    found: dict[str, str | None] = {}
    for first, last in _spans(concerned):
        inner = set(find_ids(record, _within(first - _AROUND, last + _AROUND)))
        outer = find_ids(record, _within(first - 2 * _AROUND, last + 2 * _AROUND))
        candidates = record.encounters(outer, sources=False)
        parent = parents(candidates)
        moved = (one.id for one in candidates if one.id in inner and parent.get(one.id) != one.parent)
        found |= {id: parent.get(id) for id in moved}
    return found


def _within(first: date, last: date) -> Query:
    return Query(start=first.isoformat(), end=last.isoformat())


def _spans(concerned: Iterable[Encounter]) -> list[tuple[date, date]]:
    """The days of encounters, those near each other as one span; what is coarser than a summit's reach has no part."""
    days = sorted(
        (first, last)
        for first, last in (bounds(one.date) for one in concerned if one.date and one.host_country)
        if first and last and last - first <= _AROUND and _AROUND < first - date.min and _AROUND < date.max - last
    )
    spans: list[tuple[date, date]] = []
    for first, last in days:
        if spans and first - spans[-1][1] <= _AROUND:
            spans[-1] = spans[-1][0], max(last, spans[-1][1])
        else:
            spans.append((first, last))
    return spans


def _save_again(record: Record, ids: Iterable[str], people: People, summits: Mapping[str, str | None]) -> None:
    """Work the values of encounters out anew from their reports; what comes out the same is not written."""
    wanted = sorted(ids)
    parent_of = {one.id: one.parent for one in record.encounters(wanted, sources=False)} | dict(summits)
    members: dict[str, list[Statement]] = {}
    for stored in record.reports(encounters=wanted):
        members.setdefault(str(stored.encounter), []).append(_statement(stored))
    captions = {one.id: one.caption for one in (*record.people(), *people.everyone)}
    groups = []
    for id, rows in members.items():
        value, reports = _group(Cluster(id, tuple(sorted(rows, key=lambda one: one.order))))
        groups.append((with_parent(_named(value, people.by_name, captions), parent_of.get(id)), reports))
    record.save_encounters(groups)


def _named(value: Encounter, by_name: Mapping[_Name, Person], captions: Mapping[str, str]) -> Encounter:
    """The encounter with everybody under their caption and identity."""
    guests = tuple(_under_caption(who, by_name, captions) for who in value.guests)
    hosts = tuple(_under_caption(who, by_name, captions) for who in value.hosts)
    return replace(value, guests=guests, hosts=hosts)


def _under_caption(who: Participation, by_name: Mapping[_Name, Person], captions: Mapping[str, str]) -> Participation:
    person = by_name.get((who.country, who.name)) if who.name else None
    if person:
        return replace(who, person=person.id, name=person.caption)
    caption = captions.get(who.person) if who.name and who.person else None
    return replace(who, name=caption) if caption else who


def rebuild(record: Record, readings: Iterable[Prepared], authority: Authority) -> Changes:
    """Make the record anew from readings of all its articles and its judgements, all or nothing."""
    before = {one.id: one for one in record.encounters(sources=False)}
    told: list[Statement] = []
    articles = 0
    with record.transaction():
        for one in readings:
            record.reread(one.reading.article.id, one.reading.reports, one.reading.claims, filing=_filing(one))
            told += one.statements
            articles += 1
        _save(record, merge(told, record.judgements(active=True)), gone=before)
        _settle(record, [one.id for one in record.encounters(sources=False)], authority)
        after = {one.id: one for one in record.encounters(sources=False)}
    return Changes(
        articles=articles,
        reports=len(told),
        created=tuple(sorted(after.keys() - before.keys())),
        gone=tuple(sorted(before.keys() - after.keys())),
        changed=tuple(sorted(id for id in after.keys() & before.keys() if after[id] != before[id])),
    )


def judge(record: Record, judgement: Judgement, authority: Authority) -> Judgement:
    """Write a decision; "same" and "different" take effect on the encounters concerned at once."""
    with record.transaction():
        made = record.judge(judgement)[0]
        _merge_anew(record, made, authority)
    return made


def undo(record: Record, identity: str, authority: Authority) -> Judgement:
    """Take a decision back, and what it did. Raises UsageError if there is none."""
    with record.transaction():
        undone = record.undo(identity)
        _merge_anew(record, undone, authority)
    return undone


def _merge_anew(record: Record, judgement: Judgement, authority: Authority) -> None:
    """Merge all encounters that a judgement is about once more."""
    if judgement.verdict not in ("same", "different", "unsure"):
        return
    about = {record.current(one) for one in (judgement.subject, judgement.object) if one}
    stored = record.reports(encounters=[one for one in about if one])
    _settle(record, sorted(_merge_in(record, [_statement(one) for one in stored])), authority)


__all__ = ["Changes", "Prepared", "file", "judge", "prepare", "rebuild", "settle", "undo"]
