"""Articles and what was read in them: the first layer of the record, from which everything else can be rebuilt.

The functions work on an open connection and leave transactions to `store`.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    true,
    update,
)

from summitry.model import Article, Claim, Noun, Report, Source
from summitry.record import settling
from summitry.record.clock import now
from summitry.record.schema import CHUNK, articles, claims, filed, mentions, reports

_ENCODE: Final = msgspec.json.encode
_REPORT: Final = msgspec.json.Decoder(Report)
_CLAIM: Final = msgspec.json.Decoder(Claim)


class StoredReport(Noun, frozen=True):
    """A report as the record keeps it: its lasting id, its article, and the encounter it was merged into."""

    id: str
    article: str
    key: str
    url: str | None
    published: str | None
    signature: bytes | None
    number: int  # among the reports of the article whose evidence begins at the same character
    report: Report
    encounter: str | None = None

    @property
    def source(self) -> Source:
        """The same as a statement beside the merged value."""
        return Source(article=self.article, key=self.key, url=self.url, report=self.report)


class Filing(Noun, frozen=True):
    """How merging knows a report: its id, the same whenever the article is read again, and where to look for it."""

    id: str
    keys: tuple[str, ...] = ()


def filings(article: str, found: Sequence[Report]) -> list[Filing]:
    """Ids for reports that nobody has named: the article's digest and where the evidence begins."""
    digest = article.rpartition(":")[2][:16]
    return [Filing(f"{digest}@{start}.{number}") for start, number in _starts(found)]


def _starts(found: Sequence[Report]) -> list[tuple[int, int]]:
    seen: dict[int, int] = {}
    places = []
    for report in found:
        start = min((quote.start for quote in report.evidence), default=0)
        places.append((start, seen.get(start, 0)))
        seen[start] = seen.get(start, 0) + 1
    return places


def insert_article(connection: Connection, article: Article, signature: bytes | None = None) -> bool:
    """Archive an article; False if the record has it already."""
    if connection.execute(select(articles.c.id).where(articles.c.id == article.id)).first():
        return False
    row = msgspec.structs.asdict(article) | {"signature": signature, "added": now()}
    connection.execute(insert(articles).values(**row))
    return True


def write_reading(
    connection: Connection,
    article: str,
    found: Sequence[Report],
    said: Sequence[Claim],
    filing: Sequence[Filing] | None = None,
) -> None:
    """Make `found` and `said` the reading of `article`; reports that are read again keep their encounter."""
    names = filings(article, found) if filing is None else filing
    of_article = select(reports.c.id).where(reports.c.article == article)
    known = dict(
        connection.execute(select(reports.c.id, reports.c.encounter).where(reports.c.article == article)).all()
    )
    former = select(mentions.c.country).where(mentions.c.report.in_(of_article)).distinct()
    countries = set(connection.execute(former).scalars())
    connection.execute(delete(claims).where(claims.c.article == article))
    for table in (filed, mentions):
        connection.execute(delete(table).where(table.c.report.in_(of_article)))
    connection.execute(delete(reports).where(reports.c.article == article))
    rows = [
        _report_row(report, name.id) | {"article": article, "place": place, "start": start, "number": number}
        for place, (name, report, (start, number)) in enumerate(zip(names, found, _starts(found), strict=True))
    ]
    _insert(connection, reports, [row | {"encounter": known.get(str(row["id"]))} for row in rows])
    _insert(connection, filed, [{"key": key, "report": one.id} for one in names for key in sorted(set(one.keys))])
    named = [row for one, report in zip(names, found, strict=True) for row in _mention_rows(one.id, report)]
    _insert(connection, mentions, named)
    settling.leave(connection, settling.PEOPLE, countries | {str(row["country"]) for row in named})
    lines = [
        {"article": article, "number": number, "type": claim.type, "body": _ENCODE(claim).decode()}
        for number, claim in enumerate(said)
    ]
    _insert(connection, claims, lines)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _mention_rows(identity: str, report: Report) -> list[dict[str, Any]]:
    return [
        {"report": identity, "number": at, "country": who.country or "", "name": who.name, "person": who.person}
        for at, who in enumerate((*report.guests, *report.hosts))
        if who.name
    ]


def _report_row(report: Report, identity: str) -> dict[str, object]:
    return {
        "id": identity,
        "kind": report.kind,
        "status": report.status,
        "date": report.date,
        "host_country": report.host_country,
        "body": _ENCODE(report).decode(),
    }


def article_ids(connection: Connection) -> list[str]:
    """The ids of all articles, in their order, which does not depend on when they were added."""
    return [str(one) for one in connection.execute(select(articles.c.id).order_by(articles.c.id)).scalars()]


def load_articles(connection: Connection, ids: Sequence[str]) -> list[Article]:
    """The articles with these ids, in the order of the ids."""
    columns = [articles.c[name] for name in Article.__struct_fields__]
    query = select(*columns).where(articles.c.id.in_(ids)).order_by(articles.c.id)
    return [Article(**row._mapping) for row in connection.execute(query)]


def load_claims(connection: Connection, article: str | None = None) -> list[tuple[str, Claim]]:
    """The claims of one article or of all, each with the id of its article."""
    query = select(claims.c.article, claims.c.body).order_by(claims.c.article, claims.c.number)
    if article is not None:
        query = query.where(claims.c.article == article)
    return [(row.article, _CLAIM.decode(row.body)) for row in connection.execute(query)]


def _stored() -> Select[Any]:
    a, r = articles.c, reports.c
    columns = (
        r.id,
        r.article,
        func.coalesce(a.key, a.source).label("key"),
        a.url,
        a.published,
        a.signature,
        r.number,
        r.body,
        r.encounter,
    )
    return select(*columns).join(articles, a.id == r.article).order_by(r.article, r.place)


def _as_stored(row: Any) -> StoredReport:
    fields = dict(row._mapping)
    return StoredReport(report=_REPORT.decode(fields.pop("body")), **fields)


def load_reports(
    connection: Connection,
    *,
    ids: Iterable[str] | None = None,
    articles_: Iterable[str] | None = None,
    encounters: Iterable[str] | None = None,
) -> list[StoredReport]:
    """Stored reports: those with these ids, of these articles, behind these encounters, or all; in stable order."""
    column, values = reports.c.id, ids
    if articles_ is not None:
        column, values = reports.c.article, articles_
    elif encounters is not None:
        column, values = reports.c.encounter, encounters
    wanted = None if values is None else sorted(set(values))
    found = [_as_stored(row) for where in _chunks(column, wanted) for row in connection.execute(_stored().where(where))]
    return sorted(found, key=lambda one: one.article) if wanted and len(wanted) > CHUNK else found


def load_filed(connection: Connection, keys: Iterable[str]) -> list[StoredReport]:
    """The reports that are filed under any of these keys."""
    wanted = sorted(set(keys))
    ids: set[str] = set()
    for at in range(0, len(wanted), CHUNK):
        query = select(filed.c.report).where(filed.c.key.in_(wanted[at : at + CHUNK])).distinct()
        ids |= set(connection.execute(query).scalars())
    return load_reports(connection, ids=ids) if ids else []


def assign(connection: Connection, members: Sequence[tuple[str, str]]) -> None:
    """Note for each (report, encounter) that the report belongs to the encounter."""
    if members:
        change = update(reports).where(reports.c.id == bindparam("which")).values(encounter=bindparam("into"))
        connection.execute(change, [{"which": report, "into": encounter} for report, encounter in members])


def _chunks(column: ColumnElement[str], ids: Sequence[str] | None) -> Iterator[ColumnElement[bool]]:
    if ids is None:
        yield true()
        return
    for at in range(0, len(ids), CHUNK):
        yield column.in_(ids[at : at + CHUNK])
