"""What stands on the record's shelf, without opening it: documents by their heads, and their claims a page at a time."""

import msgspec
from sqlalchemy import ColumnElement, func, select

from summitry.model import Claim, Noun
from summitry.record import Record
from summitry.record.schema import articles, claims

_CLAIM = msgspec.json.Decoder(Claim)


class Document(Noun, frozen=True):
    """An article without its text; `key` is its name in its source."""

    id: str
    key: str
    title: str | None
    lang: str | None
    published: str | None
    url: str | None


class Claimed(Noun, frozen=True):
    """A claim and the document that makes it."""

    claim: Claim
    number: int  # among the claims of the document
    document: Document


_HEAD = tuple(
    func.coalesce(articles.c.key, articles.c.source).label(name) if name == "key" else articles.c[name]
    for name in Document.__struct_fields__
)
_AGE = (func.coalesce(articles.c.published, "").desc(), _HEAD[1].desc())


def documents(record: Record) -> list[Document]:
    """All documents, the latest first."""
    with record.reading() as connection:
        return [Document(*row) for row in connection.execute(select(*_HEAD).order_by(*_AGE))]


def claimed(record: Record, limit: int, offset: int = 0) -> list[Claimed]:
    """Claims of all documents: the latest documents first, those of one document in its order."""
    query = select(*_HEAD, claims.c.number, claims.c.body).join(claims, claims.c.article == articles.c.id)
    query = query.order_by(*_AGE, articles.c.id, claims.c.number).limit(limit).offset(offset)
    with record.reading() as connection:
        rows = connection.execute(query).all()
    return [Claimed(_CLAIM.decode(body), number, Document(*head)) for *head, number, body in rows]


def claimed_where(record: Record, condition: ColumnElement[bool], limit: int) -> list[Claimed]:
    """Claims that fulfil a condition on the table of claims, those of the latest documents first."""
    query = select(*_HEAD, claims.c.number, claims.c.body).join(claims, claims.c.article == articles.c.id)
    with record.reading() as connection:
        rows = connection.execute(query.where(condition).order_by(*_AGE, claims.c.number).limit(limit)).all()
    return [Claimed(_CLAIM.decode(body), number, Document(*head)) for *head, number, body in rows]


def claims_in_all(record: Record) -> int:
    """How many claims there are."""
    with record.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(claims)).scalar_one())
