"""Which statements are of one encounter: clusters that do not depend on the order in which articles came.

The rule, in the order of how exactly statements are dated:

1. Exact dates first. Pairs are joined from the surest to the least sure, never against a contradiction between any
   two members, so a chain of near dates cannot glue two visits together.
2. Then month, season, year, undated: each joins the one cluster that fits it. Where several fit it joins none, unless
   one fits better by a clear margin (for an undated one: lies nearer to its publication). What fits none founds its
   own cluster with its like.
3. A person's judgement comes before all: "same" joins, "different" parts, and the later of two on one pair holds.

Only statements linked by a possible fit (`DOUBTFUL` or better) influence each other, so a record grows by working out
the linked components of the new statements alone (`extend`), with the same result as working out everything.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from summitry.model import Judgement
from summitry.resolve.closeness import tier
from summitry.resolve.compare import Score
from summitry.resolve.facts import Facts, content, facts
from summitry.resolve.likeness import NEVER, Likeness, compare_reports
from summitry.resolve.statement import Statement, filed_under, long_id, looked_up
from summitry.resolve.weights import WEIGHTS

_UNDATED: Final = 5
_MOST: Final = 6.0  # that one pair of statements can say for or against two clusters

Fetch = Callable[[frozenset[str]], Iterable[Statement]]  # keys -> the statements filed under any of them


class Cluster(NamedTuple):
    """The statements of one encounter, the earliest first; its id is that of the earliest."""

    id: str
    statements: tuple[Statement, ...]


class Proposal(NamedTuple):
    """Two clusters that may be one encounter: for a person to decide."""

    first: str
    second: str
    score: Score


class Merged(NamedTuple):
    """All clusters in the order of their ids, and the doubtful pairs among them."""

    clusters: tuple[Cluster, ...]
    proposals: tuple[Proposal, ...]


class Unit:
    """Statements that belong together so far."""

    __slots__ = ("members",)

    def __init__(self, members: list[Facts]) -> None:
        self.members = members

    @property
    def rank(self) -> int:
        return min(member.rank for member in self.members)

    @property
    def order(self) -> tuple[str, str, str, int, int]:
        return min(member.statement.order for member in self.members)


class Decisions(NamedTuple):
    """What persons decided, by pairs of statement ids."""

    same: tuple[frozenset[str], ...]  # in the order of time
    different: frozenset[frozenset[str]]
    settled: frozenset[frozenset[str]]  # judged in any way: not proposed again


def merge(statements: Iterable[Statement], judgements: Iterable[Judgement] = ()) -> Merged:
    """Clusters and proposals for a whole record; independent of the order of `statements`, and idempotent."""
    unique = {statement.id: statement for statement in statements}
    ordered = sorted(unique.values(), key=lambda statement: statement.order)
    decisions = decided(judgements)
    bundles = _bundled([facts(statement) for statement in ordered], {id for pair in decisions.settled for id in pair})
    links = Links([one for one, _ in bundles], decisions)
    units = [unit for component in links.components() for unit in _settle(component, links)]
    clusters = _named(units, {one.statement.id: members for one, members in bundles})
    return Merged(clusters, _proposals(clusters, links))


def _bundled(every: Sequence[Facts], judged: set[str]) -> list[tuple[Facts, list[Statement]]]:
    """Statements of different articles that say the very same, if that suffices to join them, as one: a thousand
    papers report a great event, and comparing each with each would take a million comparisons."""
    bundles: dict[Hashable, list[Facts]] = {}
    for one in every:
        alone = one.statement.id in judged
        same = bundles.setdefault(one.statement.id if alone else content(one), [])
        if same and any(one.articles & other.articles for other in same):
            bundles[one.statement.id] = [one]
        else:
            same.append(one)
    found = []
    for members in bundles.values():
        enough = len(members) > 1 and compare_reports(members[0], members[1]).total >= 0
        for group in [members] if enough else [[member] for member in members]:
            articles = frozenset().union(*(member.articles for member in group))
            found.append((group[0]._replace(articles=articles), [member.statement for member in group]))
    return found


def extend(
    new: Iterable[Statement], fetch: Fetch, judgements: Sequence[Judgement] = (), gone: Iterable[Statement] = ()
) -> Merged:
    """The clusters of every component that `new` statements are linked to, or that `gone` ones were linked to.

    `fetch` gives the stored statements that are filed (`filed_under`) under any of some keys; the caller replaces every
    encounter that holds a statement of the result. Equals what `merge` would give for the whole record.
    """
    left_out = {statement.id for statement in gone}
    known = {statement.id: statement for statement in (*new, *gone)}
    partners: dict[str, set[str]] = defaultdict(set)
    for pair in decided(judgements).same:
        for one in pair:
            partners[one] |= pair - {one}
    frontier = list(known.values())
    while frontier:
        keys = frozenset().union(*(looked_up(statement) for statement in frontier))
        keys |= {f"#{partner}" for statement in frontier for partner in partners[statement.id]}
        found = {statement.id: statement for statement in fetch(keys) if statement.id not in known}
        frontier = _linked(frontier, list(found.values()), partners)
        known.update((statement.id, statement) for statement in frontier)
    return merge((statement for id, statement in known.items() if id not in left_out), judgements)


def _linked(seeds: list[Statement], found: list[Statement], partners: Mapping[str, set[str]]) -> list[Statement]:
    """Those of `found` that may be of one encounter with some seed, or were judged to be."""
    by_key = defaultdict(list)
    for seed in map(facts, seeds):
        for key in looked_up(seed.statement):
            by_key[key].append(seed)
    ids = {seed.id for seed in seeds}
    linked = []
    for other in map(facts, found):
        near = {id(seed): seed for key in filed_under(other.statement) for seed in by_key[key]}
        judged = partners.get(other.statement.id, set()) & ids
        if judged or any(compare_reports(other, seed).total >= WEIGHTS.start.doubtful for seed in near.values()):
            linked.append(other.statement)
    return linked


def decided(judgements: Iterable[Judgement]) -> Decisions:
    """The judgements that hold, the latest of each pair."""
    latest: dict[frozenset[str], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.time, j.id)):
        if judgement.object and not judgement.invalidated and judgement.verdict in ("same", "different", "unsure"):
            pair = frozenset({judgement.subject, judgement.object})
            latest.pop(pair, None)
            latest[pair] = judgement
    same = tuple(pair for pair, judgement in latest.items() if judgement.verdict == "same")
    different = frozenset(pair for pair, judgement in latest.items() if judgement.verdict == "different")
    return Decisions(same, different, frozenset(latest))


class Links:
    """The statements at hand with every pair that may be one encounter; compares each pair once at most."""

    def __init__(self, statements: Sequence[Facts], decisions: Decisions) -> None:
        self.statements = statements
        self.decisions = decisions
        self._parted = {id for pair in decisions.different for id in pair}
        self._scores: dict[tuple[str, str], Likeness] = {}
        self.pairs = self._candidates()

    def likeness(self, a: Facts, b: Facts) -> Likeness:
        """How surely two statements are of one encounter, with "different" as a veto."""
        first, second = a.statement.id, b.statement.id
        key = (first, second) if first < second else (second, first)
        if key not in self._scores:
            apart = first in self._parted and frozenset(key) in self.decisions.different
            self._scores[key] = Likeness(NEVER, "judged different") if apart else compare_reports(a, b)
        return self._scores[key]

    def _candidates(self) -> dict[str, list[Facts]]:
        """For every statement the others that may be of its encounter, found by blocking."""
        filed = defaultdict(list)
        for at, one in enumerate(self.statements):
            for key in filed_under(one.statement):
                filed[key].append(at)
        near: list[set[int]] = [set() for _ in self.statements]
        for at, one in enumerate(self.statements):
            for other in {other for key in looked_up(one.statement) for other in filed.get(key, ()) if other != at}:
                near[at].add(other)
                near[other].add(at)
        pairs: dict[str, list[Facts]] = {}
        for one, found in zip(self.statements, near, strict=True):
            others = (self.statements[other] for other in sorted(found))
            pairs[one.statement.id] = [
                other for other in others if self.likeness(one, other).total >= WEIGHTS.start.doubtful
            ]
        return pairs

    def components(self) -> list[list[Unit]]:
        """The statements in linked components, as units of one, or of those that a person judged the same."""
        leader = {one.statement.id: one.statement.id for one in self.statements}
        units = {one.statement.id: Unit([one]) for one in self.statements}
        for pair in self.decisions.same:
            _join_judged(pair, leader, units, self.decisions.different)
        reached: set[str] = set()
        found = []
        for start in units:
            if start not in reached:
                component, waiting = [], [start]
                reached.add(start)
                while waiting:
                    unit = units[waiting.pop()]
                    component.append(unit)
                    near = {_root(leader, o.statement.id) for m in unit.members for o in self.pairs[m.statement.id]}
                    waiting += sorted(near - reached)
                    reached |= near
                found.append(sorted(component, key=lambda unit: unit.order))
        return found


def _root(leader: dict[str, str], id: str) -> str:
    while leader[id] != id:
        id = leader[id]
    return id


def _join_judged(
    pair: frozenset[str], leader: dict[str, str], units: dict[str, Unit], different: frozenset[frozenset[str]]
) -> None:
    """Join the units of a pair judged the same, unless members of them were judged different."""
    if not pair <= leader.keys() or len(pair) != 2:
        return  # one of them is not in the record (any more): the judgement waits
    one, two = sorted(_root(leader, id) for id in pair)
    if one == two:
        return
    ids = ([m.statement.id for m in units[at].members] for at in (one, two))
    first, second = ids
    if not any(frozenset({a, b}) in different for a in first for b in second):
        units[one].members += units.pop(two).members
        leader[two] = one


def _settle(component: list[Unit], links: Links) -> list[Unit]:
    """Place the units of one component, the exactly dated first."""
    placed: list[Unit] = []
    for rank in sorted({unit.rank for unit in component}):
        arriving = [unit for unit in component if unit.rank == rank]
        left = _join_existing(arriving, placed, links) if placed else arriving
        placed = sorted(placed + _agglomerate(left, links), key=lambda unit: unit.order)
    return placed


def _join_existing(arriving: list[Unit], placed: list[Unit], links: Links) -> list[Unit]:
    """Put each unit into the one cluster that fits; the rest is given back. All choose before the first is put."""
    choices = []
    for unit in arriving:
        fitting = [(fit, target) for target in placed if (fit := _fit(unit, target, links)) is not None]
        chosen = _choose(unit, fitting)
        if chosen:
            choices.append((-chosen[0], unit.order, unit, chosen[1]))
    joined = set()
    for _, _, unit, target in sorted(choices, key=lambda choice: choice[:2]):
        if _fit(unit, target, links) is not None:  # no contradiction to what was put there before it
            target.members += unit.members
            joined.add(id(unit))
    return [unit for unit in arriving if id(unit) not in joined]


def _fit(unit: Unit, target: Unit, links: Links) -> float | None:
    """The mean evidence between two units, so that one misread member does not part them; `None` if it is not enough."""
    pairs = [links.likeness(one, other).total for one in unit.members for other in target.members]
    mean = sum(max(-_MOST, min(_MOST, total)) if total != NEVER else NEVER for total in pairs) / len(pairs)
    return mean if mean >= 0 else None


def _choose(unit: Unit, fitting: list[tuple[float, Unit]]) -> tuple[float, Unit] | None:
    """The only fitting cluster, or the one that fits clearly best; `None` where several fit alike."""
    if unit.rank >= _UNDATED:
        near = [(_nearness(unit, target), fit, target) for fit, target in fitting]
        first = min((tier for tier, _, _ in near), default=0)
        fitting = [(fit, target) for tier, fit, target in near if tier == first]
    ranked = sorted(fitting, key=lambda choice: (-choice[0], choice[1].order))
    if not ranked or (len(ranked) > 1 and ranked[0][0] - ranked[1][0] < WEIGHTS.start.margin):
        return None
    return ranked[0]


def _nearness(unit: Unit, target: Unit) -> int:
    tiers = [tier(one, other, one_town=False) for one in unit.members for other in target.members]
    return min((at for at in tiers if at is not None), default=9)


def _agglomerate(units: list[Unit], links: Links) -> list[Unit]:
    """Join units of one rank from the surest pair to the least sure, never against a contradiction."""
    home = {member.statement.id: unit for unit in units for member in unit.members}
    ranked = []
    for unit in units:
        for one in unit.members:
            for other in links.pairs[one.statement.id]:
                total = links.likeness(one, other).total
                if total >= 0 and home.get(other.statement.id, unit) is not unit:
                    first, second = sorted((one, other), key=lambda member: member.statement.order)
                    ranked.append((-total, first.statement.order, second.statement.order, first, second))
    for _, _, _, first, second in sorted(ranked, key=lambda pair: pair[:3]):
        target, joining = home[first.statement.id], home[second.statement.id]
        if target is not joining and _fit(target, joining, links) is not None:
            target.members += joining.members
            for member in joining.members:
                home[member.statement.id] = target
    return list({id(unit): unit for unit in home.values()}.values())


def _named(units: Iterable[Unit], bundles: Mapping[str, list[Statement]]) -> tuple[Cluster, ...]:
    """Units as clusters, each under the id of its first statement; of two equal ids the later one is lengthened."""
    named: dict[str, Cluster] = {}
    for unit in sorted(units, key=lambda unit: unit.order):
        every = (statement for member in unit.members for statement in bundles[member.statement.id])
        ordered = tuple(sorted(every, key=lambda statement: statement.order))
        id = ordered[0].id if ordered[0].id not in named else long_id(ordered[0])
        named[id] = Cluster(id, ordered)
    return tuple(named[id] for id in sorted(named))


def _proposals(clusters: Sequence[Cluster], links: Links) -> tuple[Proposal, ...]:
    """The pairs of clusters that may be one, the surest first; what a person has judged is not asked again."""
    home = {statement.id: cluster for cluster in clusters for statement in cluster.statements}
    best: dict[tuple[str, str], Score] = {}
    for one in links.statements:
        for other in links.pairs[one.statement.id]:
            first, second = home[one.statement.id], home[other.statement.id]
            judged = frozenset({one.statement.id, other.statement.id}) in links.decisions.settled
            if first.id < second.id and not judged:
                score = links.likeness(one, other).score
                best[first.id, second.id] = max(best.get((first.id, second.id), score), score)
    settled = {tuple(sorted(home[id].id for id in pair)) for pair in links.decisions.settled if pair <= home.keys()}
    ranked = sorted(best.items(), key=lambda item: (-item[1].value, item[0]))
    return tuple(Proposal(*pair, score) for pair, score in ranked if pair not in settled)
