"""Find encounters: the list behind every number, and the one way to it for commands, pages and exports."""

from sqlalchemy import ColumnElement, Connection, func, or_, select

from summitry.ask.people import named
from summitry.ask.selection import matching
from summitry.model import CountingRule, Encounter
from summitry.record import Record
from summitry.record.folding import fold_name, fold_words
from summitry.record.schema import EVER, TRIGRAM, encounters, texts, texts_index


class Query(CountingRule, frozen=True):  # type: ignore[misc]  # CountingRule is frozen by its own base
    """A counting rule that also narrows by place and words, shows every status, and can be read in pages."""

    status: tuple[str, ...] = ()  # type: ignore[assignment]  # unlike a count, a list shows what is only planned
    place: str | None = None
    text: str | None = None
    parent: str | None = None  # the bilaterals of this summit
    limit: int | None = None
    offset: int = 0
    back: bool = False  # `limit` and `offset` count from the end, which is quicker for the last pages of a long list


def find(record: Record, query: CountingRule, *, sources: bool = True) -> list[Encounter]:
    """The encounters that may fit, in chronological order, undated ones last; with their sources, unless told not to.

    Without them a list takes a third of the time. Raises UsageError for a query that makes no sense.
    """
    return record.encounters(find_ids(record, query), sources=sources)


def find_ids(record: Record, query: CountingRule) -> list[str]:
    """The same as ids only, for those who load pages of the list themselves."""
    with record.reading() as connection:
        back = isinstance(query, Query) and query.back
        order = [one.desc() if back else one for one in (encounters.c.sort, encounters.c.id)]
        found = select(encounters.c.id).where(*conditions(connection, query)).order_by(*order)
        if isinstance(query, Query):
            found = found.limit(query.limit).offset(query.offset or None)
        # Joined by the engine: a hundred thousand rows one by one would take far longer.
        ids = connection.execute(select(func.aggregate_strings(found.subquery().c.id, " "))).scalar()
        listed = str(ids).split(" ") if ids else []
        return listed[::-1] if back else listed


def latest(record: Record, number: int) -> list[Encounter]:
    """The last held encounters whose date is known, in chronological order; those without a date tell of no time at all."""
    e = encounters.c
    dated = select(e.id).where(e.withdrawn == 0, e.status == "held", e.earliest != EVER)
    with record.reading() as connection:
        ids = connection.execute(dated.order_by(e.sort.desc(), e.id.desc()).limit(number)).scalars().all()
    return record.encounters(ids)


def total(record: Record, query: CountingRule) -> int:
    """How many encounters `find` would list without `limit`."""
    with record.reading() as connection:
        counted = select(func.count()).select_from(encounters).where(*conditions(connection, query))
        return int(connection.execute(counted).scalar_one())


def conditions(connection: Connection, query: CountingRule) -> list[ColumnElement[bool]]:
    """What makes an encounter one that `find` lists. Raises UsageError for a query that makes no sense."""
    indexed = connection.dialect.name == "sqlite"
    return [matching(query, named(connection, query.people)).may, *_words(query, indexed=indexed)]


def _words(query: CountingRule, *, indexed: bool) -> list[ColumnElement[bool]]:
    if not isinstance(query, Query):
        return []
    found: list[ColumnElement[bool]] = []
    if query.place:
        found.append(encounters.c.place.startswith(fold_words(query.place), autoescape=True))
    if query.parent:
        found.append(encounters.c.parent == query.parent)
    for word in (query.text or "").split():
        spellings = {fold_words(word), fold_name(word)} - {""}
        here = or_(*(_holds(spelling, indexed=indexed) for spelling in spellings))
        found.append(encounters.c.id.in_(select(texts.c.encounter).where(here)))
    return found


def _holds(spelling: str, *, indexed: bool) -> ColumnElement[bool]:
    """That a text holds the letters; by the index where there is one, which knows no escapes and no short words."""
    if not indexed or len(spelling) < TRIGRAM or "_" in spelling:
        return texts.c.text.contains(spelling, autoescape=True)
    return texts.c.number.in_(select(texts_index.c.rowid).where(texts_index.c.text.like(f"%{spelling}%")))
