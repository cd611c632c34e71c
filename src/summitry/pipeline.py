"""The one place where stages meet: read an article, add articles to a record, check what somebody claims.

Everything here takes and gives values; commands and pages call it and print. What only a record needs is imported
where it is used, so that reading one document starts quickly.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from summitry import __version__, detection, lexicon
from summitry import authority as authorities
from summitry.dates import bounds
from summitry.errors import InputError, LanguageError, UsageError
from summitry.ingest import Failure, Options, articles
from summitry.ingest.texts import article
from summitry.model import Article, Claim, Coverage, Noun, Reading, Verdict
from summitry.read.gate import Gate
from summitry.read.reader import read_article

if TYPE_CHECKING:
    from summitry.ingest.tables import Misfit
    from summitry.merging import Changes
    from summitry.record import Record
    from summitry.resolve import Identifier

LONGEST: Final = 1_000_000  # characters of one text: a long book; reading takes time in proportion
_FORESEEN: Final = timedelta(days=800)  # nobody announces a meeting for longer ahead
_BATCH: Final = 32  # articles that are filed together: a lock is held shortly, and an interruption costs little
Progress = Callable[[str], None]  # called with the source of every document that is done


class Added(Noun, frozen=True):
    """What `add` did: documents that are new and those the record had, and what could not be read."""

    new: int = 0
    known: int = 0
    reports: int = 0
    encounters: tuple[str, ...] = ()  # ids of those that are new or changed
    failures: tuple[Failure, ...] = ()


def read(article: Article, known: authorities.Authority | None = None, *, gated: bool = False) -> Reading:
    """Everything that `article` says of encounters. Its language is told from the text if it does not say.

    `gated` passes over articles without the words of an encounter, at once: for those who read many. Raises InputError
    for a text in none of our languages or longer than LONGEST, LanguageError for a language that we do not read.
    """
    if len(article.text) > LONGEST:
        raise InputError(f"{article.source} has more than {LONGEST:,} characters; no article has: split it.")
    tag = detection.known(article.lang) if article.lang else detection.detect(article.text, article.source)
    told = article if article.lang else msgspec.structs.replace(article, lang=tag)
    return read_article(told, lexicon.load(tag), known or authorities.load(), _gate(tag) if gated else None)


@functools.cache
def _gate(tag: str) -> Gate:
    return Gate(lexicon.load(tag), authorities.load().leaders)


def read_text(text: str, *, published: str | None = None, lang: str | None = None) -> Reading:
    """The same for a text that is no file. Raises InputError if it is empty, DateError for a bad date."""
    if not text.strip():
        raise InputError("The text is empty; there is nothing to read.")
    if published:
        bounds(published)
    return read(article(text, "the text", lang=lang, published=published))


def readings(
    inputs: Iterable[str | Path], options: Options | None = None, known: authorities.Authority | None = None
) -> Iterator[Reading | Failure]:
    """The reading of every article in `inputs`; a bad document comes out as a Failure and stops nothing."""
    for outcome in articles(inputs, options):
        yield outcome if isinstance(outcome, Failure) else _tried(outcome, known)


def _tried(article: Article, known: authorities.Authority | None, *, gated: bool = False) -> Reading | Failure:
    try:
        return read(article, known, gated=gated)
    except InputError as error:
        return Failure(article.source, error)
    except LanguageError as error:
        return Failure(article.source, InputError(str(error)))


def doubts(reading: Reading) -> list[str]:
    """What does not fit together in a reading, one sentence each: dates that nobody could know when it was published."""
    source, published = reading.article.source, reading.article.published
    return [
        f"{source}: an encounter on {date} is hard to believe in a text published on {published}; check the date of publication."
        for date in unbelievable(reading)
    ]


def unbelievable(reading: Reading) -> list[str]:
    """The dates of encounters that nobody could know when the text was published."""
    published = reading.article.published
    last = bounds(published)[1] if published else None
    found = []
    for report in reading.reports:
        first = bounds(report.date)[0] if report.date else None
        ahead = _FORESEEN if report.status in ("planned", "proposed", "cancelled") else timedelta()
        if last and first and report.date and first - last > ahead:
            found.append(report.date)
    return list(dict.fromkeys(found))


def add(
    record: "Record",
    inputs: Iterable[str | Path],
    options: Options | None = None,
    *,
    known: authorities.Authority | None = None,
    progress: Progress | None = None,
) -> Added:
    """Read every article of `inputs`, file it in `record` and merge it with what is there.

    Whatever `progress` was told of is on the disk. Articles that the record has change nothing; a bad document is
    named in `failures` and stops nothing. Raises RecordError if the record cannot be written to.
    """
    intake = _Intake(record, known or authorities.load())
    record.start_run("add", __version__)
    for batch in _batches(articles(inputs, options), _BATCH):
        intake.take(batch)
        for outcome in batch if progress else ():
            progress(outcome.source)  # type: ignore[misc]  # not None here
    intake.settle()  # whatever ends the loop early: the next run settles what is filed
    return intake.added


def identifier(authority: authorities.Authority) -> "Identifier":
    """What tells who is meant in a report: by names, and by offices in the words of any language."""
    from summitry.ask.offices import post_of
    from summitry.resolve import Identifier

    return Identifier(authority, post_of)


class _Intake:
    """Adds batch after batch, and knows what came of it so far."""

    def __init__(self, record: "Record", authority: authorities.Authority) -> None:
        self._record = record
        self._authority = authority
        self._identifier = identifier(authority)
        self.added = Added()

    def take(self, batch: Sequence[Article | Failure]) -> None:
        """Read and file a batch; what is reported of it is on the disk afterwards."""
        given = {one.id: one for one in batch if not isinstance(one, Failure)}
        there = {one.id for one in self._record.articles(sorted(given))}
        outcomes = [_tried(one, self._authority, gated=True) for id, one in given.items() if id not in there]
        new = self.file([one for one in outcomes if not isinstance(one, Failure)])
        so_far, failures = self.added, tuple(one for one in (*batch, *outcomes) if isinstance(one, Failure))
        self.added = msgspec.structs.replace(
            so_far,
            known=so_far.known + len(batch) - new - len(failures),
            failures=so_far.failures + failures,
        )

    def file(self, readings: Sequence[Reading]) -> int:
        """File readings, and merge them with what is there; how many were new."""
        from summitry import merging

        prepared = [merging.prepare(one, self._identifier) for one in readings]
        new, touched = merging.file(self._record, prepared)
        so_far = self.added
        self.added = msgspec.structs.replace(
            so_far,
            new=so_far.new + new,
            reports=so_far.reports + sum(len(one.statements) for one in prepared if new),
            encounters=tuple(sorted({*so_far.encounters, *touched})),
        )
        return new

    def settle(self) -> None:
        """Name the people and find the summits of what was filed."""
        from summitry import merging

        merging.settle(self._record, self._authority)


def _batches(items: Iterable[Article | Failure], size: int) -> Iterator[list[Article | Failure]]:
    batch: list[Article | Failure] = []
    for item in items:
        batch.append(item)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


def import_table(
    record: "Record", path: str | Path, mapping: str | Path, *, known: authorities.Authority | None = None
) -> tuple[Added, tuple["Misfit", ...]]:
    """Add the rows of a table as reports, by a shipped mapping or one in a file, and state its coverage.

    Rows that do not fit come back with the reason. The same table twice changes nothing. Raises InputError for a table
    that cannot be read, UsageError for a mapping that there is not or that does not fit.
    """
    from summitry.ingest.mapping import load_mapping
    from summitry.ingest.tables import read_table, table_article

    table = read_table(table_article(path, load_mapping(mapping)))
    intake = _Intake(record, known or authorities.load())
    record.start_run("import", __version__)
    with record.transaction():
        new = intake.file([table.reading])
        for stated in table.coverage:
            record.state_coverage(stated)
        intake.settle()
    return msgspec.structs.replace(intake.added, known=1 - new), table.misfits


def rebuild(
    record: "Record", *, known: authorities.Authority | None = None, progress: Progress | None = None
) -> "Changes":
    """Make the record anew from its articles, this version of the code and its judgements; says what changed.

    An article that can no longer be read (its language has gone) keeps no reports. Raises RecordError.
    """
    from summitry import merging

    authority = known or authorities.load()
    who_is_who = identifier(authority)
    record.start_run("rebuild", __version__)
    prepared = []
    for archived in record.articles():
        prepared.append(merging.prepare(_read_again(archived, authority), who_is_who))
        if progress:
            progress(archived.source)
    return merging.rebuild(record, prepared, authority)


def _read_again(archived: Article, authority: authorities.Authority) -> Reading:
    from summitry.ingest.tables import is_table, read_table

    if is_table(archived):
        return read_table(archived).reading
    outcome = _tried(archived, authority, gated=True)
    return Reading(archived, (), ()) if isinstance(outcome, Failure) else outcome


def check(record: "Record", reading: Reading, *, coverage: Sequence[Coverage] | None = None) -> list[Verdict]:
    """What the record says of every claim in a reading, in the order of the text; the reasons in its language."""
    from summitry.ask import check as judge

    lang, published = reading.article.lang, reading.article.published
    if lang is None:
        raise UsageError("The language of the claims is not known; say which it is.")
    said: dict[Claim, Verdict] = {}  # a draft may say the same more than once
    found = []
    for one in sorted(reading.claims, key=lambda claim: claim.start):
        bare = msgspec.structs.replace(one, text="", start=0, end=0)
        if bare not in said:
            said[bare] = judge(record, one, lang=lang, published=published, coverage=coverage)
        found.append(msgspec.structs.replace(said[bare], claim=one))
    return found


__all__ = [
    "LONGEST",
    "Added",
    "Progress",
    "add",
    "check",
    "doubts",
    "import_table",
    "read",
    "read_text",
    "readings",
    "rebuild",
]
