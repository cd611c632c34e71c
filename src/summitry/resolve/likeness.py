"""Are two reports of the same encounter? By structure alone: who, which way, when, where, what kind (DESIGN §4).

The wording is never looked at: reports of two visits of one person are written alike, and reports of one visit in six
languages are not. A contradiction in structure is a veto (`value` 0 and the reason); otherwise who counts half, when
three tenths and where two tenths. Weights and thresholds were set on hand-made cases and the development corpus.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Final, NamedTuple

from summitry.model import Participation, Report
from summitry.resolve.compare import COMPATIBLE, SAME, Score, compare_names, share_family
from summitry.resolve.statement import FUTURE, Statement, reach, said, sides

SAME_ENCOUNTER: Final = 0.62  # from here two reports may be joined
DOUBTFUL: Final = 0.45  # from here a person should look at them
FINE: Final = 16  # days; a date up to here is exact, what is coarser never decides alone
_TRIP: Final = 3  # days between two stages of one trip
_UNCERTAIN: Final = 0.2  # a value of time below which nobody but a person may join two reports
_OTHER_RANK: Final = "another rank: "
_VAGUE: Final = frozenset({"delegation", "official", None})  # levels that many people of a country share
_HIGH: Final = frozenset({"leader", "minister", "vice-minister"})  # levels at which a surname is seldom borne twice
# An undated report fits what lies at most so many days from its publication; the nearest tier with a fit decides.
_TIERS: Final = {"held": (7, 45), "future": (14, 60, 366), "cancelled": (45, 366)}
_RECALLED: Final = 400  # the same for a meeting recalled with its town: few meet in Camp David twice


class Facts(NamedTuple):
    """What is compared of a statement, taken apart once."""

    statement: Statement
    sides: frozenset[str]
    span: tuple[int, int] | None  # days on which it may have been
    grain: int  # days that its date leaves open as printed; 0 where it has none
    said: tuple[int, int] | None
    articles: frozenset[str]  # that say this, word by word alike

    @property
    def report(self) -> Report:
        return self.statement.report

    @property
    def rank(self) -> int:
        """The finer the date, the earlier the statement is placed: 0 exact … 5 undated, 6 without any anchor."""
        if self.span is None:
            return 5 if self.said else 6
        return next((rank for rank, days in enumerate((FINE, 31, 100, 366)) if self.grain <= days), 4)


def facts(statement: Statement) -> Facts:
    """Take a statement apart for comparison."""
    span, published = reach(statement), said(statement)
    printed = reach(Statement("", "", "", statement.report)) if span else None
    grain = printed[1] - printed[0] + 1 if printed else 0
    return Facts(statement, sides(statement.report), span, grain, published, frozenset({statement.article}))


def content(one: Facts) -> Hashable:
    """All that is compared of a statement: two with the same content differ in nothing but their articles."""
    x = one.report
    who = (x.kind, x.status, frozenset(x.guests), frozenset(x.hosts), x.host_country, x.place, x.delegation)
    return who, one.span, one.grain, one.said if one.span is None else None


def compare_reports(a: Facts, b: Facts) -> Score:
    """How surely two statements are of one encounter, and why; 0 where something contradicts.

    The parts of `detail` are who, when and where, each with its own value.
    """
    reason = _contradiction(a, b)
    if reason:
        return Score(0.0, reason)
    who, when, where = _who(a, b), _when(a, b), _where(a, b)
    for part in (who, when, where):
        if part.value == 0.0:
            return part
    value = 0.5 * who.value + 0.3 * when.value + 0.2 * where.value - _estranged(a.report, b.report)
    if when.value < _UNCERTAIN:
        value = min(value, DOUBTFUL if a.span and b.span else DOUBTFUL - 0.01)
    return Score(round(value, 3), "; ".join(f"{part.detail} {part.value:.2f}" for part in (who, when, where)))


def _estranged(x: Report, y: Report) -> float:
    """What took place is seldom what was only offered or called off."""
    return 0.1 if "held" in (x.status, y.status) and {x.status, y.status} & {"proposed", "cancelled"} else 0.0


def _contradiction(a: Facts, b: Facts) -> str | None:
    """Why kinds, sides, directions or sources exclude that both are one encounter."""
    x, y = a.report, b.report
    if ("call" in (x.kind, y.kind)) and x.kind != y.kind:
        return "a call and no call"
    if len(a.sides) < 3 or len(b.sides) < 3:
        if a.sides != b.sides:
            return "other sides"
    elif not (a.sides <= b.sides or b.sides <= a.sides or len(a.sides & b.sides) >= 0.6 * len(a.sides | b.sides)):
        return "other sides of a summit"
    if x.host_country and y.host_country and x.host_country != y.host_country:
        return "another host country"
    if x.kind == y.kind == "visit" and not _countries(x.guests) & _countries(y.guests):
        return "the other way round"
    if x.delegation and y.delegation and x.delegation.casefold() != y.delegation.casefold() and not _share(x, y):
        return "another delegation"
    if a.articles & b.articles and not _said_twice(a, b):
        return "told apart by one article"
    return None


def _said_twice(a: Facts, b: Facts) -> bool:
    """One article tells the same encounter twice: same kind, named guest and host country, and dates that meet.

    For a trip a few days apart will do, and one day of it may be past and the next to come.
    """
    x, y = a.report, b.report
    if x.origin == y.origin and x.origin.startswith("table:"):
        return False  # every row of a table is an encounter of its own
    if x.kind != y.kind or x.host_country != y.host_country or not _share(x, y):
        return False
    if a.span is None or b.span is None:
        return x.status == y.status
    gap = max(a.span[0] - b.span[1], b.span[0] - a.span[1], 0)
    if x.kind == "visit" and max(a.grain, b.grain) <= FINE and {x.status, y.status} <= {"held", "planned"}:
        return gap <= _TRIP
    return gap == 0 and x.status == y.status


def _countries(people: Iterable[Participation]) -> set[str]:
    return {person.country for person in people if person.country}


def _share(x: Report, y: Report) -> bool:
    """Whether the guests (of a meeting: all) have a named person in common."""
    return any(_match(p, q).value > 0.8 for p in x.guests if p.name for q in y.guests if q.name)


def _who(a: Facts, b: Facts) -> Score:
    """Guests decide on a visit, both sides on a meeting or call; a host may receive one guest as well as another."""
    x, y = a.report, b.report
    if "visit" in (x.kind, y.kind):
        visit, other = (x, y) if x.kind == "visit" else (y, x)
        travelling = _countries(visit.guests) - {visit.host_country}
        across = _everyone(other) if other.kind != "visit" else other.guests
        found = [_side(visit.guests, across, country) for country in sorted(travelling)]
        best = max(found, default=Score(0.4, "nobody"))
        hosts = [_side(visit.hosts, _everyone(other), country) for country in sorted(_countries(visit.hosts))]
        bonus = 0.1 if best.value and any(host.value > 0.8 for host in hosts) else 0.0
        return Score(min(1.0, best.value + bonus), best.detail)
    found = [_side(_everyone(x), _everyone(y), country) for country in sorted(a.sides & b.sides)]
    clashes = [side for side in found if side.value == 0.0]
    ranks = all(side.detail.startswith(_OTHER_RANK) for side in clashes)  # reports often differ in one minister's rank
    if len(clashes) > (len(found) // 2 if len(found) > 3 else len(found) // 3 if ranks else 0):
        return clashes[0]
    return Score(sum(side.value for side in found) / max(1, len(found)), found[0].detail if found else "nobody")


def _everyone(report: Report) -> tuple[Participation, ...]:
    return report.guests + report.hosts


def _side(x: Sequence[Participation], y: Sequence[Participation], country: str) -> Score:
    """How well the people of one country in two reports fit; 0 where they are different ones."""
    ours, theirs = ([p for p in people if p.country == country] for people in (x, y))
    if not ours or not theirs:
        return Score(0.4, f"{country}: nobody named")
    if any(p.name for p in ours) and any(p.name for p in theirs):
        ours, theirs = ([p for p in people if p.name] for people in (ours, theirs))
    return max((_match(p, q) for p in ours for q in theirs), key=lambda score: (score.value, score.detail))


def _match(p: Participation, q: Participation) -> Score:
    """How well two participations of one country fit one person; 0 where they are two."""
    if p.person and q.person:
        who = p.name or p.role or p.person
        return Score(1.0, f"{who} known") if p.person == q.person else Score(0.0, f"{p.person} is not {q.person}")
    if p.name and q.name:
        score = compare_names(*sorted((p.name, q.name)))
        if score.value >= COMPATIBLE:
            return Score(1.0 if score.value >= SAME else 0.9, f"{p.name} = {q.name} ({score.detail})")
        if p.level == q.level and p.level in _HIGH and share_family(p.name, q.name):
            return Score(0.6, f"{p.name}, {q.name}: one surname and rank")  # a short form of the given name
        return Score(0.0, f"{p.name} is not {q.name} ({score.detail})")
    if p.level and q.level and p.level != q.level and not {p.level, q.level} & _VAGUE:
        return Score(0.0, f"{_OTHER_RANK}{p.level} is not {q.level}")
    if p.role and q.role and p.role.casefold() == q.role.casefold():
        return Score(0.7, f"{p.role}, unnamed")
    if p.level == q.level and p.level not in _VAGUE:
        return Score(0.7 if p.level == "leader" else 0.6, f"{p.level}, unnamed")  # a country has one or two leaders
    return Score(0.45, "people unknown")


def _when(a: Facts, b: Facts) -> Score:
    """How well the dates fit; dates that cannot meet are a veto, except for a few days between exact ones."""
    if a.span is None or b.span is None:
        if tier(a, b) is not None:
            return Score(0.55, "undated")
        return Score(0.0 if a.span or b.span else 0.1, "too far from its publication")
    gap = max(a.span[0] - b.span[1], b.span[0] - a.span[1], 0)
    if gap:
        if gap == 1 and a.report.kind == b.report.kind == "meeting" and a.report.status == b.report.status == "held":
            return Score(0.1, "two days running")  # one meeting seen from two time zones, or two
        return Score(0.6 if gap <= _tolerance(a, b) else 0.0, f"{gap} days apart")
    coarse = max(a.grain, b.grain)
    if coarse <= FINE:
        return Score(1.0, "same days")
    if coarse <= 31:
        return Score(0.85 if min(a.grain, b.grain) <= FINE else 0.75, "same month")
    return Score(0.65 if coarse <= 100 else 0.6 if coarse <= 366 else 0.5, "dates meet")


def _tolerance(a: Facts, b: Facts) -> int:
    """Days between exact dates of one encounter: stages of a trip, time zones, plans that slip."""
    if max(a.grain, b.grain) > FINE:
        return 0
    kinds = {a.report.kind, b.report.kind}
    slipping = (a.report.status in FUTURE) != (b.report.status in FUTURE)
    if kinds == {"visit"}:
        return 7 if slipping else _TRIP
    return 3 if slipping and "call" not in kinds else 1


def tier(a: Facts, b: Facts) -> int | None:
    """How near the encounter lies to the publication of an undated report: 0 nearest; `None` where it does not fit."""
    if a.span is not None:
        a, b = b, a
    if a.said is None:
        return 0
    status = a.report.status
    tiers: tuple[int, ...] = _TIERS.get("future" if status in FUTURE else status, _TIERS["held"])
    if status in FUTURE and not a.report.host_country and a.report.kind != "call":
        tiers = tiers[:1]  # "they will meet": nobody says where, so it is one of the next days, or any
    if status == "held" and a.report.kind == b.report.kind == "meeting" and _where(a, b).value == 1.0:
        tiers = (*tiers, _RECALLED)
    distance = _distance(a, b)
    return next((at for at, days in enumerate(tiers) if distance <= days), None) if distance is not None else None


def _distance(a: Facts, b: Facts) -> int | None:
    """Days from the publication of the undated `a` to the encounter of `b`, `None` on the wrong side of it."""
    if a.said is None:
        return 0
    if b.span is None:
        if b.said is None:
            return 0
        apart = max(a.said[0] - b.said[1], b.said[0] - a.said[1], 0)
        return apart if apart <= (60 if {a.report.status, b.report.status} & FUTURE else 5) else None
    before, after = a.said[0] - b.span[1], b.span[0] - a.said[1]
    if a.report.status in FUTURE:
        return max(after, 0) if b.span[1] >= a.said[0] else None
    if a.report.status == "held":
        return max(before, 0) if after <= 1 else None
    return max(before, after, 0)


def _where(a: Facts, b: Facts) -> Score:
    """The same town speaks for one encounter; another one against it, unless it is a trip."""
    x, y = a.report, b.report
    if x.place and y.place:
        if x.place.country and y.place.country and x.place.country != y.place.country:
            return Score(0.2 if x.kind == y.kind == "visit" else 0.0, "places in two countries")
        if (
            max(compare_names(p, q).value for p in (x.place.text, x.place.name) for q in (y.place.text, y.place.name))
            > 0.7
        ):
            return Score(1.0, f"in {x.place.name}")
        coarse = max(a.grain or 400, b.grain or 400) > FINE
        if x.kind == y.kind == "visit" or ("visit" in (x.kind, y.kind) and _one_country(x, y)):
            return Score(0.6, "two places of one trip")
        return Score(0.0 if coarse else 0.2, f"{x.place.name} is not {y.place.name}")
    return Score(0.7, "same host country") if x.host_country and y.host_country else Score(0.5, "place unknown")


def _one_country(x: Report, y: Report) -> bool:
    """Whether both are known to have been in one country; a meeting in a town of none is no part of a visit elsewhere."""
    first, second = ((report.place and report.place.country) or report.host_country for report in (x, y))
    return first is not None and first == second
