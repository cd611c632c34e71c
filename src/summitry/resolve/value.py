"""What the record says of an encounter when its sources differ: one value by a stated rule, all statements beside it.

Values (kind, host country, place, date, delegation): the one that most independent sources state, of equals the more
precise, of equals the earlier stated. Near copies of one text are one source. A side that one source of three or more
tells of alone is left out. For a date a source also speaks for
every finer date inside its own, and where anything was reported as held, only those reports date it.

Status, with "last" by date of publication: any "disputed" is disputed. Held beats planned and proposed; held and
cancelled is held if the last cancellation came before the first report of its being held (it was called off and took
place after all), else disputed: both are said. Never held: cancelled, unless planned anew after the last
cancellation; else planned if ever planned, else proposed.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

import msgspec

from summitry.dates import contains, sort_key
from summitry.model import Encounter, Kind, Participation, Place, Report, Source, Status
from summitry.resolve.compare import compare_names
from summitry.resolve.copies import origins
from summitry.resolve.merge import Cluster
from summitry.resolve.participants import merge_people, printed_names
from summitry.resolve.statement import Statement, reach

_SEVERAL = 3  # independent sources, of which one alone is outvoted
Value = TypeVar("Value", bound=Hashable)


def merged_value(cluster: Cluster) -> Encounter:
    """The encounter that a cluster of statements describes, under the id of its earliest statement."""
    rows = cluster.statements
    source_of = origins([(row.article, row.signature) for row in rows])
    kind = _kind(rows, source_of)
    host_country = _stated(rows, source_of, lambda report: report.host_country)
    guests, hosts = _sides(rows, source_of, kind, host_country)
    reports = [row.report for row in rows]
    return Encounter(
        id=cluster.id,
        kind=kind,
        status=final_status(rows),
        guests=guests,
        hosts=hosts,
        date=_date(rows, source_of),
        host_country=host_country,
        place=_place(rows, source_of, host_country),
        activities=_union(report.activities for report in reports),
        topics=_union(report.topics for report in reports),
        outcomes=_union(report.outcomes for report in reports),
        delegation=_stated(rows, source_of, lambda report: report.delegation),
        names=printed_names(reports),
        sources=tuple(Source(row.article, row.key, row.url, row.report) for row in rows),
        copies=tuple(article for article, original in source_of.items() if article != original),
    )


def final_status(rows: Sequence[Statement]) -> Status:
    """The status by the rule of this module; what has no date of publication is taken for published last."""
    when: dict[Status, list[str]] = defaultdict(list)
    for row in rows:
        when[row.report.status].append(row.published or "9999")
    if when["disputed"]:
        return "disputed"
    if when["held"]:
        late = when["cancelled"] and max(when["cancelled"]) >= min(when["held"])
        return "disputed" if late else "held"
    if when["cancelled"]:
        anew = when["planned"] and "9999" > max(when["planned"]) > max(when["cancelled"])
        return "planned" if anew else "cancelled"
    return "planned" if when["planned"] else "proposed"


def _votes(
    rows: Sequence[Statement], source_of: dict[str, str], get: Callable[[Report], Value | None]
) -> dict[Value, set[str]]:
    """Each value with the independent sources that state it, in the order of first statement."""
    votes: dict[Value, set[str]] = {}
    for row in rows:
        value = get(row.report)
        if value is not None:
            votes.setdefault(value, set()).add(source_of[row.article])
    return votes


def _stated(
    rows: Sequence[Statement], source_of: dict[str, str], get: Callable[[Report], Value | None]
) -> Value | None:
    """What most independent sources state; of equals the first."""
    votes = _votes(rows, source_of, get)
    return max(votes, key=lambda value: len(votes[value])) if votes else None


def _kind(rows: Sequence[Statement], source_of: dict[str, str]) -> Kind:
    """A visit where as many sources say so as say meeting: it says more."""
    votes: dict[Kind, set[str]] = _votes(rows, source_of, lambda report: report.kind)
    return max(votes, key=lambda kind: (len(votes[kind]), kind == "visit"))


def _date(rows: Sequence[Statement], source_of: dict[str, str]) -> str | None:
    # A date that could not be known when it was told counts no vote.
    dated = [row for row in rows if reach(row)] or rows
    held = [row for row in dated if row.report.status == "held" and row.report.date]
    votes = _votes(held or dated, source_of, lambda report: report.date)
    support = {date: set().union(*(votes[other] for other in votes if contains(other, date))) for date in votes}
    return min(votes, key=lambda date: (-len(support[date]), _length(date)), default=None)


def _length(date: str) -> int:
    _, low, high = sort_key(date)
    return high - low


def _place(rows: Sequence[Statement], source_of: dict[str, str], host_country: str | None) -> Place | None:
    """The place most sources name, in whatever spelling, inside the host country chosen."""
    votes = _votes(rows, source_of, lambda report: report.place)
    inside = [p for p in votes if not (host_country and p.country and p.country != host_country)] or list(votes)

    def support(place: Place) -> int:
        same = (other for other in inside if compare_names(place.name, other.name).value > 0.7)
        return len(set().union(*(votes[other] for other in same)))

    return max(inside, key=support, default=None)


def _sides(
    rows: Sequence[Statement], source_of: dict[str, str], kind: Kind, host_country: str | None
) -> tuple[tuple[Participation, ...], tuple[Participation, ...]]:
    """Guests and hosts; of a visit, reports of a meeting or of another host country are divided by country."""
    guests: list[Participation] = []
    hosts: list[Participation] = []
    odd = _odd_sides(rows, source_of)
    for row in rows:
        report = row.report
        everyone = [person for person in report.guests + report.hosts if person.country not in odd]
        if kind != "visit":
            guests += everyone
        elif report.kind == "visit" and report.host_country in (host_country, None):
            guests += [person for person in report.guests if person.country not in odd]
            hosts += [person for person in report.hosts if person.country not in odd]
        else:
            guests += [person for person in everyone if person.country != host_country]
            hosts += [person for person in everyone if person.country == host_country]
    return merge_people(guests), merge_people(hosts)


def _odd_sides(rows: Sequence[Statement], source_of: dict[str, str]) -> set[str | None]:
    """Countries that one source alone counts among the sides, where three or more independent ones tell of it."""
    told: dict[str | None, set[str]] = defaultdict(set)
    for row in rows:
        for person in row.report.guests + row.report.hosts:
            told[person.country].add(source_of[row.article])
        told[row.report.host_country].add(source_of[row.article])
    enough = len({source_of[row.article] for row in rows}) >= _SEVERAL
    return {country for country, sources in told.items() if country and len(sources) == 1} if enough else set()


def _union(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for value in values for item in value))


def with_parent(encounter: Encounter, parent: str | None) -> Encounter:
    """The encounter as part of the summit `parent`."""
    return msgspec.structs.replace(encounter, parent=parent)
