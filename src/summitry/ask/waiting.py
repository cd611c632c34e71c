"""Which encounters wait for a person: not decided by enough people, or decided differently.

An opinion is an active judgement on one encounter. `accept` and `correct` say yes to it, `reject` and `withdraw` say no;
`withdraw` takes effect at once, `reject` is a no that somebody else must share first. `unsure` is neither.
"""

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from summitry.record import Record
from summitry.record.schema import articles, encounters, judgements, reports

SECOND: Final = "second-person"  # what an encounter is compared with when a reviewer is unsure of it
ADJUDICATED: Final = "adjudication"  # … and by whoever decides between two reviewers
YES: Final = ("accept", "correct")
NO: Final = ("reject", "withdraw")
OPINIONS: Final = (*YES, *NO, "unsure")
LATER: Final = "later"  # no opinion: whoever says it is asked again when nothing else is left


def waiting(
    record: Record, who: str, need: int = 1, *, limit: int | None = None, among: Sequence[str] | None = None
) -> list[str]:
    """Encounters on which `who` has said nothing, not even "later", and fewer than `need` people have decided, the latest first.

    `among` leaves out all but some.
    """
    e = encounters.c
    query = _waiting(select(e.id), who, need).order_by(e.sort.desc(), e.id.desc()).limit(limit)
    with record.reading() as connection:
        return list(connection.execute(query.where(e.id.in_(among)) if among is not None else query).scalars())


def waiting_beside(record: Record, who: str, need: int, at: str, *, limit: int, back: bool = False) -> list[str]:
    """The same behind the encounter `at`, which need not wait itself; with `back` those in front of it, nearest first."""
    e = encounters.c
    query = _waiting(select(e.id), who, need).limit(limit)
    with record.reading() as connection:
        here = connection.execute(select(e.sort).where(e.id == at)).scalar()
        if here is None:
            return []
        query = query.where(e.sort > here if back else e.sort < here)
        return list(connection.execute(query.order_by(e.sort if back else e.sort.desc())).scalars())


def number_waiting(record: Record, who: str, need: int = 1) -> int:
    """How many `waiting` would list."""
    with record.reading() as connection:
        return int(connection.execute(_waiting(select(func.count()), who, need)).scalar_one())


def put_off(record: Record, who: str) -> dict[str, str]:
    """What `who` wanted to look at later: the item, and the judgement that says so."""
    j = judgements.c
    query = select(j.subject, j.id).where(j.author == who, j.verdict == LATER, j.invalidated.is_(None))
    with record.reading() as connection:
        return {row.subject: row.id for row in connection.execute(query.order_by(j.time, j.id))}


def disputed(record: Record) -> list[str]:
    """Encounters to which one person said yes and another no, and on which nobody has adjudicated; the latest first."""
    e = encounters.c
    query = select(e.id).where(
        e.withdrawn == 0, _said(YES), _said(NO), ~_said(OPINIONS, judgements.c.object == ADJUDICATED)
    )
    with record.reading() as connection:
        return list(connection.execute(query.order_by(e.sort.desc())).scalars())


def from_source(record: Record, key: str) -> list[str]:
    """The encounters that the articles with a key report."""
    query = select(reports.c.encounter).join(articles, articles.c.id == reports.c.article).where(articles.c.key == key)
    with record.reading() as connection:
        return sorted({one for one in connection.execute(query).scalars() if one})


def _waiting(query: Select[Any], who: str, need: int) -> Select[Any]:
    e, j = encounters.c, judgements.c
    query = query.select_from(encounters).where(e.withdrawn == 0, ~_said((*OPINIONS, LATER), j.author == who))
    if need == 1:
        return query.where(~_said((*YES, *NO)))
    decided = select(func.count(j.author.distinct())).where(_about(), j.verdict.in_((*YES, *NO)))
    return query.where(decided.correlate(encounters).scalar_subquery() < need)


def _about() -> ColumnElement[bool]:
    j = judgements.c
    own = or_(j.object.is_(None), j.object.in_((SECOND, ADJUDICATED)))
    return and_(j.subject == encounters.c.id, j.invalidated.is_(None), own)


def _said(verdicts: Sequence[str], *more: ColumnElement[bool]) -> ColumnElement[bool]:
    query = select(judgements.c.id).where(_about(), judgements.c.verdict.in_(verdicts), *more)
    return query.correlate(encounters).exists()
