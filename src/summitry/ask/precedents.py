"""Which visits were not the first of their guest to that place, as far as the record knows."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from summitry import territories
from summitry.dates import bounds
from summitry.model import Encounter
from summitry.record import Record
from summitry.record.folding import fold_name, fold_words
from summitry.record.schema import NEVER, encounters, participations

_Lasts = dict[str | None, dict[str | None, str]]  # host country -> place (folded) -> end of the oldest visit there


def there_before(record: Record, visits: Sequence[Encounter]) -> set[str]:
    """The ids of those `visits` before which their first guest had been there: held, and over before they began.

    There is the same place or, where the visit names none, the same country.
    """
    dated = [one for one in visits if one.date and one.host_country and _traveller(one)]
    past = _past(record, dated)
    return {one.id for one in dated if _was_there(one, past.get(_traveller(one), {}))}


def _traveller(one: Encounter) -> str:
    """The identity, else the folded name, of the first guest."""
    guest = one.guests[0] if one.guests else None
    return (guest.person or fold_name(guest.name or "")) if guest else ""


def _past(record: Record, visits: Sequence[Encounter]) -> dict[str, _Lasts]:
    """Traveller -> when their oldest visit to each place was over."""
    e, p = encounters.c, participations.c
    first = [one.guests[0] for one in visits]
    known = sorted({who.person for who in first if who.person})
    named = sorted({fold_name(who.name) for who in first if who.name and not who.person})
    where = (p.person, p.folded, p.host_country, e.place)
    query = select(*where, func.min(p.latest)).join(encounters, and_(e.sort == p.sort, e.id == p.encounter))
    # Coalescing keeps the side from an index: who it was leads to far fewer rows than that they were a guest.
    held = (func.coalesce(p.side, "") == "guest", p.kind == "visit", p.status == "held", p.latest != NEVER)
    query = query.where(*held).group_by(*where)
    found: dict[str, _Lasts] = {}
    with record.reading() as connection:
        for names, condition in ((known, p.person.in_(known)), (named, and_(p.person.is_(None), p.folded.in_(named)))):
            for person, name, host, place, last in connection.execute(query.where(condition)) if names else ():
                lasts = found.setdefault(person or name, {}).setdefault(host, {})
                lasts[place] = min(last, lasts.get(place, last))
    return found


def _was_there(one: Encounter, past: _Lasts) -> bool:
    begins = bounds(str(one.date))[0]
    if begins is None:
        return False
    here = fold_words(one.place.name) if one.place else None
    return any(
        last < begins.isoformat()
        for host, lasts in past.items() if host and territories.same_state(host, str(one.host_country))
        for place, last in lasts.items() if here is None or place == here
    )  # fmt: skip
