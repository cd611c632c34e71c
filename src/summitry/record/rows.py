"""Turn a merged encounter into the rows it is found by: pure, so that what is indexed can be tested by itself."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any, Final

import msgspec

from summitry.dates import precision
from summitry.kinds import LEVELS, Level
from summitry.model import Encounter, Noun, Participation
from summitry.record.clock import days
from summitry.record.folding import fold_name, fold_words
from summitry.record.schema import EVER, NEVER

RANK: Final[dict[Level, int]] = {level: rank for rank, level in enumerate(LEVELS)}
_ENCODE: Final = msgspec.json.encode


class Backing(Noun, frozen=True):
    """What the rows of an encounter need to know of a report behind it."""

    id: str
    status: str
    published: str | None
    article: str
    start: int
    number: int

    @property
    def place(self) -> tuple[str, str, int, int]:
        """Where it stands among all reports, whenever they were added: by publication, article, place in it."""
        return self.published or NEVER, self.article, self.start, self.number


class Entry(Noun, frozen=True):
    """An encounter ready to be written: its final value, the value before corrections, and what stands behind it."""

    value: Encounter
    merged: Encounter
    backing: tuple[Backing, ...]
    withdrawn: bool = False


def window(entry: Entry) -> tuple[str, str]:
    """First and last day on which it may have happened.

    What an article reports as held happened no later than the article appeared: "June 2024" read on 20 June ends
    on 20 June. A publication date that contradicts the date itself bounds nothing.
    """
    earliest, latest = days(entry.value.date)
    if entry.value.status == "held":
        seen = [days(one.published)[1] for one in entry.backing if one.status == "held" and one.published]
        bound = min(seen, default=NEVER)
        if earliest <= bound < latest:
            latest = bound
    return earliest, latest


def sides_of(value: Encounter) -> set[str]:
    """The countries that took part. The country a visit goes to is a side even where nobody is named for it."""
    named = {one.country for one in (*value.guests, *value.hosts)}
    if value.kind == "visit":
        named.add(value.host_country)
    return {country for country in named if country}


def encounter_row(entry: Entry) -> dict[str, Any]:
    """The row of `encounters`."""
    value = entry.value
    earliest, latest = window(entry)
    first = min(entry.backing, key=lambda one: one.place)
    leading = [one for one in _leading(value) if not one.capacity]  # a president-elect has no level, known or unknown
    ranks = [RANK[one.level] for one in leading if one.level]
    return {
        "id": value.id,
        "sort": _sort_key(value, first),
        "kind": value.kind,
        "status": value.status,
        "date": value.date,
        "earliest": earliest,
        "latest": latest,
        "host_country": value.host_country,
        "level": min(ranks, default=None),
        "unlevelled": len(leading) - len(ranks),
        "sides": len(sides_of(value)),
        "place": fold_words(value.place.name) if value.place else None,
        "place_country": value.place.country if value.place else None,
        "sector": fold_words(value.delegation) if value.delegation else None,
        "marks": "".join(f"|{one}" for one in value.activities) + "|",
        "item": f"{first.article[-16:]}@{first.start}",
        "parent": value.parent,
        "withdrawn": int(entry.withdrawn),
    }


def body_row(entry: Entry) -> dict[str, Any]:
    """The row of `bodies`."""
    body, merged = encoded(entry.value), encoded(entry.merged)
    return {"encounter": entry.value.id, "body": body, "merged": None if merged == body else merged}


def encoded(value: Encounter) -> str:
    """The encounter as JSON without its sources: those are kept once, as reports."""
    return _ENCODE(msgspec.structs.replace(value, sources=())).decode()


def _leading(value: Encounter) -> Sequence[Participation]:
    return value.guests if value.kind == "visit" else (*value.guests, *value.hosts)


def _sort_key(value: Encounter, first: Backing) -> str:
    earliest, latest = days(value.date)
    if (earliest, latest) == (EVER, NEVER):
        earliest = NEVER  # undated encounters end a chronicle, they do not begin it
    published, article, start, number = first.place
    return f"{earliest}|{latest}|{published}|{article[-16:]}|{start:09d}|{number:04d}"


def _is_day(end: str) -> bool:
    return end not in ("", "..") and precision(end) == "day"


def _next_day(day: str) -> str:
    return day if day in (EVER, NEVER) else (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def participation_rows(entry: Entry) -> list[dict[str, Any]]:
    """The rows of `participations`: everybody who took part, and the host country itself if nobody is named for it."""
    value = entry.value
    if entry.withdrawn:
        return []  # kept and shown under its id, but nobody finds or counts it
    earliest, latest = window(entry)
    sort = _sort_key(value, min(entry.backing, key=lambda one: one.place))
    exact = bool(value.date) and all(_is_day(end) for end in str(value.date).split("/"))
    people = [("guest", one) for one in value.guests] + [("host", one) for one in value.hosts]
    if value.kind == "visit" and value.host_country and value.host_country not in {one.country for one in value.hosts}:
        people.append(("seat", Participation(country=value.host_country)))
    return [
        {
            "encounter": value.id,
            "number": number,
            "side": side,
            "country": one.country,
            "person": one.person,
            "name": one.name,
            "folded": fold_name(one.name) if one.name else None,
            "who": one.person or (fold_name(one.name) if one.name else None),
            "role": one.role,
            "level": RANK[one.level] if one.level else None,
            "capacity": one.capacity,
            "kind": value.kind,
            "status": value.status,
            "host_country": value.host_country,
            "earliest": earliest,
            "latest": latest,
            "after": _next_day(latest),
            "exact": int(exact),
            "sort": sort,
        }
        for number, (side, one) in enumerate(people)
    ]


def pair_rows(entry: Entry) -> list[dict[str, Any]]:
    """The rows of `pairs`."""
    value = entry.value
    if entry.withdrawn:
        return []
    earliest, latest = window(entry)
    same = {"encounter": value.id, "kind": value.kind, "status": value.status, "earliest": earliest, "latest": latest}
    return [{"pair": f"{a}|{b}"} | same for a, b in combinations(sorted(sides_of(value)), 2)]


def text_row(entry: Entry) -> dict[str, Any]:
    """The row of `texts`: names, offices, place and content, folded, in their own script and in Latin letters."""
    value = entry.value
    people = (*value.guests, *value.hosts)
    words = [word for one in people for word in (one.name, one.role) if word]
    words += [*value.names, *value.topics, *value.outcomes, *value.activities]
    words += [value.delegation] if value.delegation else []
    words += [value.place.name, value.place.text] if value.place else []
    own = [fold_words(word) for word in words]
    latin = [fold_name(word) for word in words]
    return {"encounter": value.id, "text": " | ".join(dict.fromkeys([*own, *latin]))}
