"""Are two reports of the same encounter? By structure alone: who, which way, when, where, what kind (DESIGN §4).

The wording is never looked at: reports of two visits of one person are written alike, and reports of one visit in six
languages are not. Every slot adds its weight for or against (`data/merging.toml`), in the manner of Fellegi and Sunter
("A theory for record linkage", 1969): a reader errs in any slot, so one that deviates can be made up for by the others.
"""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from summitry.model import Participation, Report
from summitry.resolve.closeness import Part, days_between, when
from summitry.resolve.compare import COMPATIBLE, SAME, Score, compare_names, share_family
from summitry.resolve.facts import FINE, Facts, countries, everyone, named_sides
from summitry.resolve.weights import WEIGHTS

NEVER: Final = -math.inf  # what no other evidence makes up for
_TRIP: Final = 3  # days between two stages of one trip
_VAGUE: Final = frozenset({"delegation", "official", None})  # levels that many people of a country share
_HIGH: Final = frozenset({"leader", "minister", "vice-minister"})  # levels at which a surname is seldom borne twice


class Likeness(NamedTuple):
    """The evidence that two reports are of one encounter: its sum, from 0 on enough to join them, and its parts."""

    total: float
    detail: str

    @property
    def score(self) -> Score:
        """The same from 0 to 1, with the reasons."""
        return Score(round(1 / (1 + math.exp(-max(self.total, -99.0))), 3), self.detail)


def compare_reports(a: Facts, b: Facts) -> Likeness:
    """How surely two statements are of one encounter, and why; the same whichever comes first."""
    if b.statement.id < a.statement.id:
        a, b = b, a
    reason = _excluded(a, b)
    if reason:
        return Likeness(NEVER, reason)
    where = _where(a, b)
    parts = [_who(a, b), _sides(a, b), when(a, b, one_town=_one_town(a.report, b.report)), where, _how(a, b)]
    total = WEIGHTS.start.prior + sum(part.weight for part in parts)
    return Likeness(round(total, 3), "; ".join(f"{part.detail} {part.weight:+.1f}" for part in parts if part.detail))


def _excluded(a: Facts, b: Facts) -> str | None:
    """Why it cannot be: a call and no call, or two rows of one table, each of which is an encounter of its own."""
    x, y = a.report, b.report
    if "call" in (x.kind, y.kind) and x.kind != y.kind:
        return "a call and no call"
    if a.articles & b.articles and x.origin == y.origin and x.origin.startswith("table:"):
        return "two rows of one table"
    if x.delegation and y.delegation and x.delegation.casefold() != y.delegation.casefold() and not _share(x, y):
        return "another delegation"
    return None


def _share(x: Report, y: Report) -> bool:
    """Whether the guests (of a meeting: all) have a named person in common."""
    least = WEIGHTS.who.surname
    return any(_match(p, q).weight >= least for p in x.guests if p.name for q in y.guests if q.name)


def _how(a: Facts, b: Facts) -> Part:
    """Kind, status, and whether one article tells them apart."""
    w, x, y = WEIGHTS.how, a.report, b.report
    weight = w.kind if x.kind == y.kind else w.kinds
    if "held" in (x.status, y.status) and {x.status, y.status} & {"proposed", "cancelled"}:
        weight += w.unreal
    if a.articles & b.articles and not _said_twice(a, b):
        return Part(weight + w.article, "told apart by one article")
    return Part(weight, f"{x.kind}, {y.kind}" if x.kind != y.kind else x.kind)


def _said_twice(a: Facts, b: Facts) -> bool:
    """One article tells the same encounter twice: same kind, named guest and host country, and dates that meet.

    For a trip a few days apart will do, and one day of it may be past and the next to come.
    """
    x, y = a.report, b.report
    if x.kind != y.kind or x.host_country != y.host_country or not _share(x, y):
        return False
    if a.span is None or b.span is None:
        return x.status == y.status
    gap = days_between(a.span, b.span)
    if x.kind == "visit" and {x.status, y.status} <= {"held", "planned"}:
        return gap <= (_TRIP if max(a.grain, b.grain) <= FINE else 0)
    return gap == 0 and x.status == y.status


def _sides(a: Facts, b: Facts) -> Part:
    """How well the countries fit. A meeting of two is no meeting of three: summits have bilaterals beside them."""
    w, x, y = WEIGHTS.sides, a.report, b.report
    if x.kind == y.kind == "visit":
        ours, theirs = _travelling(x), _travelling(y)
        if ours & theirs:
            return Part(w.same, "") if ours == theirs else Part(w.travelling, "more guests")
        turned = ours <= b.sides and theirs <= a.sides
        return Part(w.turned, "the other way round") if turned else Part(w.other, "other sides")
    ours, theirs = named_sides(x), named_sides(y)
    if x.kind != y.kind and ours != theirs:
        ours, theirs = set(a.sides), set(b.sides)
    if ours == theirs:
        return Part(w.same, "")
    shared = len(ours & theirs)
    if min(len(ours), len(theirs)) >= 3 and (ours <= theirs or theirs <= ours or shared >= 0.6 * len(ours | theirs)):
        return Part(w.most, "most sides")
    if ours <= theirs or theirs <= ours:
        alone = min(len(ours), len(theirs)) == 1
        return Part(w.alone if alone else w.missing, "one side only" if alone else "one side less")
    return Part(w.other, "other sides")


def _travelling(report: Report) -> set[str]:
    return countries(report.guests) - {report.host_country}


def _who(a: Facts, b: Facts) -> Part:
    """Guests decide on a visit, both sides on a meeting or call; a host may receive one guest as well as another."""
    w, x, y = WEIGHTS.who, a.report, b.report
    if "visit" not in (x.kind, y.kind):
        return _who_met(x, y)
    visit, other = (x, y) if x.kind == "visit" else (y, x)
    both = other.kind == "visit"
    across = other.guests if both else everyone(other)
    found = [_side(visit.guests, across, country) for country in sorted(_travelling(visit) & countries(across))]
    best = max(found, default=Part(w.nobody, "nobody"))
    if x.delegation and y.delegation and best.weight < w.delegation:
        best = Part(w.delegation, f"delegations of {x.delegation}")
    hosts = [_side(visit.hosts, everyone(other), country) for country in sorted(countries(visit.hosts))]
    met = best.weight > w.nobody and any(host.weight >= w.surname for host in hosts)
    return Part(best.weight + (w.host if met else 0.0), best.detail)


def _who_met(x: Report, y: Report) -> Part:
    """The mean of the sides that fit, less those with other people: each of few sides, one in three of a summit.

    Reports often differ in one minister's rank; of two sides that parts them, of more it weighs a share.
    """
    w = WEIGHTS.who
    found = [_side(everyone(x), everyone(y), country) for country in sorted(named_sides(x) & named_sides(y))]
    fitting = [side for side in found if side.weight > w.other_rank]
    others = [side for side in found if side.weight <= w.other]
    ranks = [side for side in found if w.other < side.weight <= w.other_rank]
    weight = sum(side.weight for side in fitting) / len(fitting) if fitting else w.nobody
    weight += w.other * max(0, len(others) - (len(found) // 3 if len(found) > 3 else 0))
    weight += w.other_rank * len(ranks) / (len(found) if len(found) > 2 else 1)
    return Part(weight, (others or ranks or found)[0].detail if found else "nobody")


def _side(x: Sequence[Participation], y: Sequence[Participation], country: str) -> Part:
    """How well the people of one country in two reports fit: the best of all pairs."""
    ours, theirs = ([p for p in people if p.country == country] for people in (x, y))
    if not ours or not theirs:
        return Part(WEIGHTS.who.nobody, f"{country}: nobody named")
    if any(p.name for p in ours) and any(p.name for p in theirs):
        ours, theirs = ([p for p in people if p.name] for people in (ours, theirs))
    return max(_match(p, q) for p in ours for q in theirs)


def _match(p: Participation, q: Participation) -> Part:
    """How well two participations of one country fit one person."""
    w = WEIGHTS.who
    if p.person and q.person:
        who = p.name or p.role or p.person
        known = p.person == q.person
        return Part(w.known, f"{who} known") if known else Part(w.other, f"{p.person} is not {q.person}")
    if p.name and q.name:
        score = compare_names(*sorted((p.name, q.name)))
        if score.value >= COMPATIBLE:
            weight = w.known if score.value >= 0.95 else w.name if score.value >= SAME else w.surname
            return Part(weight, f"{p.name} = {q.name} ({score.detail})")
        if p.level == q.level and p.level in _HIGH and share_family(p.name, q.name):
            return Part(w.family, f"{p.name}, {q.name}: one surname and rank")  # a short form of the given name
        return Part(w.other, f"{p.name} is not {q.name} ({score.detail})")
    if p.level and q.level and p.level != q.level and not {p.level, q.level} & _VAGUE:
        return Part(w.other_rank, f"another rank: {p.level} is not {q.level}")
    if p.role and q.role and p.role.casefold() == q.role.casefold():
        return Part(w.office, f"{p.role}, unnamed")
    if p.level == q.level and p.level not in _VAGUE:
        return Part(w.leader if p.level == "leader" else w.rank, f"{p.level}, unnamed")
    return Part(w.unknown, "people unknown")


def _one_town(x: Report, y: Report) -> bool:
    if not (x.place and y.place) or (x.place.country and y.place.country and x.place.country != y.place.country):
        return False
    names = ((p, q) for p in (x.place.text, x.place.name) for q in (y.place.text, y.place.name))
    return max(compare_names(p, q).value for p, q in names) > 0.7


def _where(a: Facts, b: Facts) -> Part:
    """The same country and town speak for one encounter; others against it, unless they are stages of a trip."""
    w, x, y = WEIGHTS.where, a.report, b.report
    hosts = bool(x.host_country and y.host_country)
    weight = (w.country if x.host_country == y.host_country else _abroad(x, y)) if hosts else 0.0
    if (
        weight > 0
        and x.kind == y.kind == "meeting"
        and named_sides(x) == named_sides(y) != {x.host_country} | named_sides(y)
    ):
        weight += w.third
    if not (x.place and y.place):
        return Part(
            weight, ("same host country" if weight > 0 else "another host country") if hosts else "place unknown"
        )
    if _one_town(x, y):
        return Part(weight + w.town, f"in {x.place.name}")
    if x.place.country and y.place.country and x.place.country != y.place.country:
        return Part(_abroad(x, y), "places in two countries")
    if x.kind == y.kind == "visit" or ("visit" in (x.kind, y.kind) and _one_country(x, y)):
        return Part(weight + w.stages, "two places of one trip")
    return Part(weight + w.elsewhere, f"{x.place.name} is not {y.place.name}")


def _abroad(x: Report, y: Report) -> float:
    """Two host countries are two stages of a tour, unless the people met tell that one of them was misread."""
    shared = (countries(x.hosts) | {x.host_country}) & (countries(y.hosts) | {y.host_country})
    return WEIGHTS.where.misread if shared and x.kind == y.kind == "visit" else WEIGHTS.where.abroad


def _one_country(x: Report, y: Report) -> bool:
    """Whether both are known to have been in one country; a meeting in a town of none is no part of a visit elsewhere."""
    first, second = ((report.place and report.place.country) or report.host_country for report in (x, y))
    return first is not None and first == second
