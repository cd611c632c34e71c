"""A report as the merging sees it: who says it, when it was said, and where it is looked for (blocking).

A statement's id is also the id of the encounter that it founds: an encounter is known by its first statement, so the
record has the same ids whenever it is rebuilt, and a judgement on an encounter holds as long as that statement exists.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from summitry.dates import bounds
from summitry.model import Noun, Participation, Reading, Report
from summitry.resolve.names import block

SHORT, LONG = 9, 20  # letters of an id: 45 bits, and 100 where two ids collide
FUTURE: Final = frozenset({"planned", "proposed"})
_AFTER: Final = 366  # days after publication in which an undated plan may come true
_BEFORE: Final = 400  # days before publication that an undated report may look back to
_SLACK: Final = 7  # days by which dates of one encounter may differ
_NEXT_DAY: Final = 1  # by which time zones and evening papers shift a day
_LATELY, _SOON = 45, 60  # days before and after publication in which an undated encounter is looked for by its people
_LONG: Final = 750  # days; what spans more is not filed by month


class Statement(Noun, frozen=True, gc=False):
    """One report of one article; `signature` (see `copies`) tells near-identical articles."""

    id: str
    article: str
    key: str
    report: Report
    number: int = 0  # among the article's reports that begin at the same character
    published: str | None = None
    url: str | None = None
    signature: bytes | None = None

    @property
    def order(self) -> tuple[str, str, str, int, int]:
        """By publication; what has no date of publication comes last."""
        return self.published or "9999", self.key, self.article, _start(self.report), self.number


def statements(reading: Reading, signature: bytes | None = None) -> tuple[Statement, ...]:
    """Everything that an article states, with ids that depend on article and place of the evidence alone."""
    article, seen = reading.article, Counter[int]()
    found = []
    for report in reading.reports:
        start = _start(report)
        name = f"{article.id}:{start}:{seen[start]}"
        key = article.key or article.source
        found.append(
            Statement(short_id(name), article.id, key, report, seen[start], article.published, article.url, signature)
        )
        seen[start] += 1
    return tuple(found)


def short_id(name: str, length: int = SHORT) -> str:
    """An opaque id of lower-case letters and digits for whatever `name` names."""
    digest = hashlib.sha256(name.encode()).digest()
    return "e" + base64.b32encode(digest).decode().lower()[:length]


def long_id(statement: Statement) -> str:
    """The id for an encounter whose short one is taken."""
    return short_id(f"{statement.article}:{_start(statement.report)}:{statement.number}", LONG)


def _start(report: Report) -> int:
    return min((quote.start for quote in report.evidence), default=0)


def sides(report: Report) -> frozenset[str]:
    """The countries that took part; of a visit also the one visited."""
    everyone: tuple[Participation, ...] = report.guests + report.hosts
    named = {person.country for person in everyone if person.country}
    visited = report.host_country if report.kind == "visit" or len(named) < 2 and report.kind != "call" else None
    return frozenset(named | {visited} if visited else named)


def said(statement: Statement) -> tuple[int, int] | None:
    """First and last possible day of publication, as ordinals."""
    return _ordinals(statement.published) if statement.published else None


def reach(statement: Statement) -> tuple[int, int] | None:
    """The days on which the encounter may have been, as ordinals; `None` where there is no date.

    What was held was held before it was reported, and what is planned comes after; that narrows coarse dates. A date on
    the wrong side was misread, and says nothing.
    """
    report, published = statement.report, said(statement)
    if report.date is None:
        return None
    low, high = _ordinals(report.date)
    if published and report.status == "held" and low > published[1] + _NEXT_DAY:
        return None
    if published and report.status in FUTURE and high < published[0] - _NEXT_DAY:
        return None
    if published and report.status == "held" and low <= published[1] < high:
        high = published[1]
    if published and report.status in FUTURE and low < published[0] <= high:
        low = published[0]
    return low, high


def _ordinals(edtf: str) -> tuple[int, int]:
    first, last = bounds(edtf)
    return (first or date.min).toordinal(), (last or date.max).toordinal()


def window(statement: Statement) -> tuple[int, int] | None:
    """Where in time its encounter is looked for: `reach`, else what publication allows; `None`: anywhere."""
    found, published = reach(statement), said(statement)
    if found or not published:
        return found
    past = 0 if statement.report.status in FUTURE else _BEFORE
    future = _AFTER if statement.report.status != "held" else 1
    return published[0] - past, published[1] + future


def filed_under(statement: Statement) -> frozenset[str]:
    """The keys under which a store files a statement: countries and months, people and months, and its id."""
    span, groups = window(statement), tuple(_groups(statement.report))
    if span is None or span[1] - span[0] > _LONG:
        return frozenset({f"#{statement.id}", *(f"{group}@?" for group in groups), *(f"{g}@*" for g in groups)})
    months = {f"{group}@{month}" for group in groups for month in _months(*span)}
    return frozenset({f"#{statement.id}", *months, *(f"{group}@*" for group in groups), *_by_person(statement, 0)})


def looked_up(statement: Statement) -> frozenset[str]:
    """The keys under which the statements are filed that may be of the same encounter."""
    span, groups = window(statement), tuple(_groups(statement.report))
    if span is None or span[1] - span[0] > _LONG:
        return frozenset(f"{group}@*" for group in groups)
    months = {f"{group}@{month}" for group in groups for month in _months(span[0] - _SLACK, span[1] + _SLACK)}
    return frozenset(months | {f"{group}@?" for group in groups} | _by_person(statement, _SLACK))


def _by_person(statement: Statement, slack: int) -> set[str]:
    """Who took part (of a visit: who travelled) in which months: so that a side misread does not hide an encounter."""
    span, published, report = reach(statement), said(statement), statement.report
    if span is None and published:
        ahead = _SOON if report.status in FUTURE else _NEXT_DAY
        span = published[0] - _LATELY, published[1] + ahead
    if span is None or span[1] - span[0] > _LATELY + _SOON + 31:
        return set()
    people = report.guests if report.kind == "visit" else report.guests + report.hosts
    names = {name for person in people for name in _filed_as(person)}
    prefix = "call:" if report.kind == "call" else ""
    return {f"{prefix}{name}@{month}" for name in names for month in _months(span[0] - slack, span[1] + slack)}


def _filed_as(person: Participation) -> Iterable[str]:
    if person.person:
        return (f"~{person.person}",)
    return (f"~{person.country}:{part}" for part in block(person.name)) if person.name and person.country else ()


def _groups(report: Report) -> Iterator[str]:
    """Two sides are filed as a pair, more under each country, since reports name few of many."""
    countries = sorted(sides(report))
    prefix = "call:" if report.kind == "call" else ""
    if len(countries) == 2:
        yield prefix + "-".join(countries)
    elif len(countries) == 1:
        yield f"{prefix}{countries[0]}-"
    else:
        yield from (f"{prefix}many:{country}" for country in countries)


def _months(low: int, high: int) -> Iterator[str]:
    first = date.fromordinal(max(low, 1))
    last = date.fromordinal(min(max(high, 1), date.max.toordinal()))
    for index in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{index // 12}-{index % 12 + 1:02}"
