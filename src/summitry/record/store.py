"""The record: the only state of Summitry, and the only thing other stages need to know about where it is kept.

    with Record.open("record.db") as record:            # or None (the user's own), ":memory:", "postgresql://…"
        record.add_article(article, reports, claims, filing=…)   # True if new; the same text twice changes nothing
        record.reread(article_id, reports, claims, filing=…)     # replace a reading; ids and judgements survive
        record.articles()                               # all texts in stable order: what a rebuild starts from
        record.reports(encounters=[…])                  # StoredReport: id, article, published, report, encounter
        record.filed(keys)                              # reports that merging filed under any of these keys
        record.save_encounters([(encounter, report_ids), …], gone=…)    # merged state; ids that go redirect
        record.save_proposals(…)       record.proposals()       # pairs for a person to decide
        record.encounters(ids)                          # model.Encounter with sources, in chronological order
        record.save_people(people)     record.people()
        record.judge(judgement)        record.undo(id)  record.judgements(active=True)
        record.state_coverage(stated)  record.coverage()
        record.history(id)             record.as_of("2024-06-30")
    with record.transaction(): …                        # several of these at once: all of it or nothing

Whoever merges names the reports (`Filing`: an id that does not change when the article is read again, and keys to look
them up by) and the encounters, and writes groups: a merged `Encounter` and the ids of its reports. All reports of every
encounter that is touched belong into the groups. All methods raise RecordError when the database is busy, full,
damaged or gone; what a method returned for is on the disk.
"""

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Engine, func, insert, select

from summitry.model import Article, Claim, Coverage, Encounter, Judgement, Person, Report
from summitry.record import articles as reading
from summitry.record import encounters as merging
from summitry.record import history, judgements, people, schema, settling
from summitry.record.articles import Filing, StoredReport
from summitry.record.clock import end_of, now
from summitry.record.encounters import Group, Proposed
from summitry.record.engine import MEMORY, open_engine, plainly
from summitry.record.people import Known
from summitry.record.rows import Entry
from summitry.record.settling import Spelling, Unsettled

_SOME: Final = 200  # articles in memory at once


class Record:
    """An open record; use it as a context manager, or call `close`. Threads may share one."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.where = where  # how to name it to the user: a path, or a server's address without the password
        self._engine = engine
        self._open = threading.local()

    @classmethod
    def open(cls, location: str | Path | None = None, *, create: bool = True) -> Self:
        """Open the record at `location`, made on the spot if it is not there and `create` is true.

        `location` is a file, `:memory:`, a `postgresql://` URL, or None for the user's own record. Raises RecordError:
        no such place, not a database, not ours, of a newer version, busy, damaged, not writable, disk full.
        """
        return cls(*open_engine(location, create=create))

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read from, one consistent state for the whole block; for `ask`. Not to be written within."""
        running: Connection | None = getattr(self._open, "writer", None) or getattr(self._open, "reader", None)
        if running is not None:
            yield running
            return
        with plainly(self.where), self._engine.connect() as connection:
            self._open.reader = connection
            try:
                yield connection
            finally:
                self._open.reader = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """All that is written inside the block is kept together when it ends, or not at all if it fails."""
        running: Connection | None = getattr(self._open, "writer", None)
        if running is not None:
            yield running
            return
        fresh = self._engine.connect
        with plainly(self.where), fresh().execution_options(writes=True) as connection, connection.begin():
            self._open.writer = connection
            try:
                yield connection
            finally:
                self._open.writer = None

    def start_run(self, what: str, version: str) -> int:
        """Note that a command begins, with the version of the code; later changes point to it. Returns its number."""
        with self.transaction() as connection:
            row = insert(schema.runs).values(time=now(), what=what, version=version).returning(schema.runs.c.id)
            return int(connection.execute(row).scalar_one())

    def add_article(
        self,
        article: Article,
        reports: Sequence[Report],
        claims: Sequence[Claim] = (),
        *,
        filing: Sequence[Filing] | None = None,
        signature: bytes | None = None,
    ) -> bool:
        """Archive an article and its reading; False, and nothing changed, if the record has it already.

        `filing` names each report and says where merging will look for it; `signature` tells near-identical texts.
        """
        with self.transaction() as connection:
            if not reading.insert_article(connection, article, signature):
                return False
            reading.write_reading(connection, article.id, reports, claims, filing)
            return True

    def reread(
        self,
        article: str,
        reports: Sequence[Report],
        claims: Sequence[Claim] = (),
        *,
        filing: Sequence[Filing] | None = None,
    ) -> None:
        """Replace the reading of an article; reports of the same id keep their encounters."""
        with self.transaction() as connection:
            reading.write_reading(connection, article, reports, claims, filing)

    def articles(self, ids: Sequence[str] | None = None) -> Iterator[Article]:
        """Archived articles with their texts, ordered by id, whenever they were added.

        They are fetched a few at a time, so that the record can be written to between them.
        """
        if ids is None:
            with self.reading() as connection:
                ids = reading.article_ids(connection)
        ids = sorted(set(ids))
        for at in range(0, len(ids), _SOME):
            with self.reading() as connection:
                some = reading.load_articles(connection, ids[at : at + _SOME])
            yield from some

    def claims(self, article: str | None = None) -> list[tuple[str, Claim]]:
        """What the articles claim, each with the id of its article."""
        with self.reading() as connection:
            return reading.load_claims(connection, article)

    def reports(
        self,
        *,
        ids: Iterable[str] | None = None,
        articles: Iterable[str] | None = None,
        encounters: Iterable[str] | None = None,
    ) -> list[StoredReport]:
        """Reports by id, by article or by encounter, or all of them, in stable order."""
        with self.reading() as connection:
            return reading.load_reports(connection, ids=ids, articles_=articles, encounters=encounters)

    def filed(self, keys: Iterable[str]) -> list[StoredReport]:
        """The reports that were filed under any of `keys`, in stable order."""
        with self.reading() as connection:
            return reading.load_filed(connection, keys)

    def save_encounters(self, groups: Sequence[Group], *, gone: Iterable[str] = ()) -> dict[str, str | None]:
        """Make `groups` the merged state of their reports; returns the encounters that are no more.

        Each comes with the encounter that took most of its reports, to which its id leads from now on, or None.
        `gone` names encounters that have lost all reports by re-reading. Corrections and withdrawals are applied.
        Raises UsageError if a group takes some reports of an encounter and leaves others behind.
        """
        with self.transaction() as connection:
            return merging.save(connection, groups, gone=gone)

    def leave_unsettled(self, *, countries: Iterable[str] = (), encounters: Iterable[str] = ()) -> None:
        """Note what is filed, but whose people ("": of no country) or summits are still to be settled."""
        with self.transaction() as connection:
            settling.leave(connection, settling.PEOPLE, countries)
            settling.leave(connection, settling.ENCOUNTER, encounters)

    def unsettled(self) -> Unsettled:
        """What is so noted, also by a process that was killed since; reports note their countries by themselves."""
        with self.reading() as connection:
            return settling.load(connection)

    def settled(self, *, countries: Sequence[str] = (), encounters: Sequence[str] = ()) -> None:
        """Note that these are settled."""
        with self.transaction() as connection:
            settling.done(connection, settling.PEOPLE, countries)
            settling.done(connection, settling.ENCOUNTER, encounters)

    def spellings(self, country: str | None = None) -> list[Spelling]:
        """Every name as reports print it, and how often; of one country ("": of none) or of all."""
        with self.reading() as connection:
            return settling.spellings(connection, country)

    def mentioning(self, country: str, names: Iterable[str]) -> set[str]:
        """The encounters in whose reports one of `names` is printed for `country`."""
        with self.reading() as connection:
            return settling.mentioning(connection, country, names)

    def parts(self, of: Sequence[str]) -> list[str]:
        """The encounters whose parent is one of these."""
        with self.reading() as connection:
            return settling.children(connection, of)

    def near(self, country: str, first: date, last: date, *, summits: bool = False) -> list[str]:
        """The encounters in a country that begin in these days; with `summits`, those of three sides or more only."""
        with self.reading() as connection:
            return settling.near(connection, country, first.isoformat(), last.isoformat(), summits=summits)

    def save_proposals(self, found: Sequence[Proposed], about: Sequence[str]) -> None:
        """Make `found` all that is proposed about the encounters `about`."""
        with self.transaction() as connection:
            merging.save_proposals(connection, found, about)

    def proposals(self, limit: int | None = None) -> list[Proposed]:
        """Pairs of encounters for a person to decide, the likeliest first."""
        with self.reading() as connection:
            return merging.load_proposals(connection, limit)

    def encounters(self, ids: Sequence[str] | None = None, *, sources: bool = True) -> list[Encounter]:
        """Encounters in chronological order: all that are not withdrawn, or those with these ids."""
        with self.reading() as connection:
            return merging.load(connection, ids, sources=sources)

    def encounter(self, identity: str) -> Encounter | None:
        """The encounter that `identity` stands for: its id, the id of one merged into it, or a report's."""
        with self.reading() as connection:
            now_id = merging.current(connection, identity)
            found = merging.load(connection, [now_id]) if now_id else []
        return found[0] if found else None

    def current(self, identity: str) -> str | None:
        """The lasting id that `identity` stands for now, None if the record knows nothing of it."""
        with self.reading() as connection:
            return merging.current(connection, identity)

    def history(self, identity: str) -> list[history.Change]:
        """All changes of an encounter, oldest first."""
        with self.reading() as connection:
            return history.load(connection, merging.current(connection, identity) or identity)

    def as_of(self, moment: str) -> "Record":
        """The record as it stood at the end of a day ("2024-06-20") or at a moment, as a copy in memory."""
        with self.reading() as connection:
            stood = history.standing_at(connection, end_of(moment))
            copy = Record(*open_engine(MEMORY, create=True))
            with copy.transaction() as other:
                _copy(self, other, stood)
        return copy

    def save_people(self, persons: Sequence[Person]) -> None:
        """Write people; those known are replaced."""
        with self.transaction() as connection:
            people.save(connection, persons)

    def register(self, country: str, persons: Sequence[Person]) -> set[str]:
        """Make `persons` all who go by a name of `country` ("": of none); the names that now stand for others."""
        with self.transaction() as connection:
            return people.register(connection, country, persons)

    def known(self, names: Iterable[str], ids: Iterable[str] = ()) -> Known:
        """Whom names as printed stand for, and the captions of some identities."""
        with self.reading() as connection:
            return people.known(connection, names, ids)

    def named_countries(self) -> list[str]:
        """The countries of which the record knows a name, "" for names of none."""
        with self.reading() as connection:
            return people.countries(connection)

    def people(self, ids: Iterable[str] | None = None) -> list[Person]:
        """People by id, or all, ordered by caption."""
        with self.reading() as connection:
            return people.load(connection, ids)

    def judge(self, *decisions: Judgement) -> list[Judgement]:
        """Write decisions (id and time may be empty) and apply corrections and withdrawals at once."""
        with self.transaction() as connection:
            made = [judgements.add(connection, one) for one in decisions]
            self._rejudge(connection, made)
            return made

    def undo(self, identity: str) -> Judgement:
        """Invalidate a judgement and take back what it did. Raises UsageError if there is none."""
        with self.transaction() as connection:
            undone = judgements.invalidate(connection, identity)
            self._rejudge(connection, [undone])
            return undone

    @staticmethod
    def _rejudge(connection: Connection, made: Iterable[Judgement]) -> None:
        touched = {merging.current(connection, one.subject) for one in made if one.verdict in ("correct", "withdraw")}
        merging.rejudge(connection, [identity for identity in touched if identity])

    def judgements(
        self,
        *,
        active: bool = False,
        subject: str | None = None,
        subjects: Iterable[str] | None = None,
        author: str | None = None,
    ) -> list[Judgement]:
        """Decisions, oldest first; `active` leaves out those that were undone.

        `subject` also finds decisions that compare something with it, `subjects` only those about one of them, `author` only theirs.
        """
        with self.reading() as connection:
            return judgements.load(connection, active=active, subject=subject, subjects=subjects, author=author)

    def state_coverage(self, stated: Coverage) -> int:
        """Note for what the record claims to be complete. Returns the number of the statement."""
        with self.transaction() as connection:
            return people.state_coverage(connection, stated)

    def withdraw_coverage(self, number: int) -> None:
        """Take back a statement of coverage."""
        with self.transaction() as connection:
            people.withdraw_coverage(connection, number)

    def coverage(self) -> list[Coverage]:
        """For what the record claims to be complete."""
        with self.reading() as connection:
            return [stated for _, stated in people.load_coverage(connection)]

    def numbered_coverage(self) -> dict[int, Coverage]:
        """The same by the numbers under which they can be withdrawn."""
        with self.reading() as connection:
            return dict(people.load_coverage(connection))

    def size(self) -> dict[str, int]:
        """How many articles, reports, encounters, people and judgements there are."""
        tables = (schema.articles, schema.reports, schema.encounters, schema.people, schema.judgements)
        with self.reading() as connection:
            return {t.name: int(connection.execute(select(func.count()).select_from(t)).scalar_one()) for t in tables}


def _copy(record: Record, other: Connection, stood: Sequence[history.Change]) -> None:
    """Write encounters as they stood, with those of their reports that the record still has, into an empty record."""
    members = {report: one.encounter for one in stood for report in one.reports}
    stored = record.reports(ids=members)
    for article in record.articles(sorted({one.article for one in stored})):
        own = record.reports(articles=[article.id])
        said = [claim for _, claim in record.claims(article.id)]
        reading.insert_article(other, article)
        reading.write_reading(other, article.id, [one.report for one in own], said, [Filing(one.id) for one in own])
    backing = merging.backing(other, [one.id for one in stored])
    entries = []
    for change in stood:
        behind = tuple(backing[one] for one in change.reports if one in backing)
        if change.value and behind:
            entries.append(Entry(value=change.value, merged=change.value, backing=behind))
    merging.insert_entries(other, entries)
    reading.assign(other, [(report, to) for report, to in members.items() if report in backing])
    people.save(other, record.people())
    for stated in record.coverage():
        people.state_coverage(other, stated)


__all__ = ["Filing", "Known", "Proposed", "Record", "Spelling", "StoredReport", "Unsettled"]
