"""From readings to a record: file what was read, merge it with what is there, name the people, find the summits.

What the record holds afterwards depends on its articles and judgements alone, not on the order in which they came.
`pipeline` is the way in; this module is apart because only what changes a record needs it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from summitry.authority import Authority
from summitry.dates import bounds
from summitry.model import Encounter, Judgement, Noun, Participation, Reading
from summitry.record import Filing, Known, Proposed, Record, StoredReport
from summitry.resolve import (
    Cluster,
    Identifier,
    Merged,
    Printed,
    Statement,
    extend,
    filed_under,
    is_summit,
    merge,
    merged_value,
    parent_of,
    register,
    signature,
    statements,
    with_parent,
)

_AROUND = timedelta(days=46)  # how far a summit and its bilaterals may lie apart where days are unknown
_SOME = 500  # encounters whose summits are found while the record is locked


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
        touched = _merge_in(record, [statement for one in new for statement in one.statements])
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
    ids = {cluster.id for cluster in merged.clusters}
    lost = record.save_encounters(_groups(record, merged.clusters), gone=gone)
    found = [Proposed(one.first, one.second, one.score.value, one.score.detail) for one in merged.proposals]
    record.save_proposals(found, sorted(ids))
    record.leave_unsettled(encounters=ids | lost.keys())
    return ids


def _groups(
    record: Record, clusters: Sequence[Cluster], parents: Mapping[str, str | None] | None = None
) -> list[tuple[Encounter, list[str]]]:
    """The merged values of clusters, everybody under the caption that is known by now, with the reports behind them.

    Their parents are those of `parents`, else the ones that they have.
    """
    values = [merged_value(cluster) for cluster in clusters]
    everyone = [who for one in values for who in (*one.guests, *one.hosts) if who.name]
    known = record.known({str(who.name) for who in everyone}, {who.person for who in everyone if who.person})
    there = {one.id: one.parent for one in record.encounters([one.id for one in clusters], sources=False)}
    parent = there | dict(parents or {})
    return [
        (with_parent(_named(value, known), parent.get(value.id)), [statement.id for statement in cluster.statements])
        for value, cluster in zip(values, clusters, strict=True)
    ]


def _named(value: Encounter, known: Known) -> Encounter:
    """The encounter with everybody under their caption and identity."""
    guests = tuple(_under_caption(who, known) for who in value.guests)
    hosts = tuple(_under_caption(who, known) for who in value.hosts)
    return replace(value, guests=guests, hosts=hosts)


def _under_caption(who: Participation, known: Known) -> Participation:
    found = known.by_name.get((who.country, who.name)) if who.name else None
    if found:
        return replace(who, person=found[0], name=found[1])
    caption = known.captions.get(who.person) if who.name and who.person else None
    return replace(who, name=caption) if caption else who


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
    What is still to be done is in the record: if a process is killed, the next one does it. The record is locked for one
    country or some encounters at a time; what others file meanwhile they note again.
    """
    left = record.unsettled()
    for country in left.countries:
        with record.transaction():
            _tell_people(record, country, authority)
    for at in range(0, len(left.encounters), _SOME):
        with record.transaction():
            _find_summits(record, left.encounters[at : at + _SOME])


def _tell_people(record: Record, country: str, authority: Authority) -> None:
    """Tell the people of a country anew by all names printed, and name them so where that changes anything."""
    printed = [Printed(one.country, one.name, one.times, one.person) for one in record.spellings(country)]
    changed = record.register(country, register(printed, authority).everyone)
    _save_again(record, record.mentioning(country, changed))
    record.settled(countries=[country])


def _find_summits(record: Record, ids: Sequence[str]) -> None:
    """Give their parents to encounters, to the parts of those that are summits, and to those of summits that are gone."""
    there = record.encounters(ids, sources=False)
    around = set(record.parts(ids))
    for country, first, last in _spans(one for one in there if is_summit(one)):
        around |= set(record.near(country, first - _AROUND, last + _AROUND))
    every = {one.id: one for one in (*there, *record.encounters(sorted(around), sources=False))}
    summits: dict[str, list[Encounter]] = {}
    for country, first, last in _spans(every.values()):
        found = record.near(country, first - _AROUND, last + _AROUND, summits=True)
        summits.setdefault(country, []).extend(record.encounters(found, sources=False))
    parents = {one.id: parent_of(one, summits.get(one.host_country or "", ())) for one in every.values()}
    moved = {id: parent for id, parent in parents.items() if parent != every[id].parent}
    _save_again(record, moved, moved)
    record.settled(encounters=ids)


def _spans(concerned: Iterable[Encounter]) -> list[tuple[str, date, date]]:
    """Where and when encounters were, those near each other as one; what is coarser than a summit's reach has no part."""
    spans: list[tuple[str, date, date]] = []
    for country, first, last in sorted(_days(concerned)):
        if last - first > _AROUND or first - date.min <= _AROUND or date.max - last <= _AROUND:
            continue
        if spans and spans[-1][0] == country and first - spans[-1][2] <= _AROUND:
            spans[-1] = country, spans[-1][1], max(last, spans[-1][2])
        else:
            spans.append((country, first, last))
    return spans


def _days(concerned: Iterable[Encounter]) -> Iterator[tuple[str, date, date]]:
    for one in concerned:
        if one.date and one.host_country:
            first, last = bounds(one.date)
            yield one.host_country, first or date.min, last or date.max


def _save_again(record: Record, ids: Iterable[str], parents: Mapping[str, str | None] | None = None) -> None:
    """Work the values of encounters out anew from their reports; what comes out the same is not written."""
    members: dict[str, list[Statement]] = {}
    for stored in record.reports(encounters=sorted(ids)):
        members.setdefault(str(stored.encounter), []).append(_statement(stored))
    clusters = [Cluster(id, tuple(sorted(rows, key=lambda one: one.order))) for id, rows in members.items()]
    record.save_encounters(_groups(record, clusters, parents))


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
        record.leave_unsettled(countries=record.named_countries())  # also of people whom nobody names any more
        _save(record, merge(told, record.judgements(active=True)), gone=before)
        settle(record, authority)
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
    """Merge all encounters that a judgement is about once more; a value or a withdrawal can make or unmake a summit."""
    about = sorted(filter(None, {record.current(one) for one in (judgement.subject, judgement.object) if one}))
    if judgement.verdict in ("same", "different", "unsure"):
        _merge_in(record, [_statement(one) for one in record.reports(encounters=about)])
    else:
        record.leave_unsettled(encounters=about)
    settle(record, authority)


__all__ = ["Changes", "Prepared", "file", "judge", "prepare", "rebuild", "settle", "undo"]
