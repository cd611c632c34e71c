"""Reading errors on purpose: the hand-made reports of `merging/*.toml` as a reader with faults would tell them.

A perfect reader's reports merge almost without loss, so what a real record loses it loses to reading errors. Here those
are made at the rates that the reader shows on texts nobody tuned it on, and the merging is measured as
`score_record.py` measures it: pairs of reports that belong together, and encounters without a fault.
"""

import itertools
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from summitry.dates import bounds
from summitry.model import Encounter, Participation, Place, Quote, Report
from summitry.resolve import Merged, Statement, merged_value
from summitry.resolve.statement import short_id

WORLDS = Path(__file__).parent / "merging"
# How often a report goes wrong in a slot, of those that are found at all.
RATES = {
    "missed": 0.30, "date": 0.20, "name": 0.15, "place": 0.10, "status": 0.08, "host": 0.08, "kind": 0.05,
    "lost": 0.05, "added": 0.03, "turned": 0.01, "twice": 0.05,
}  # fmt: skip
# What a wrong date is: none at all, some days off, the day of publication, another day of its month or year, another year.
DATES = {"none": 50, "days": 15, "published": 8, "finer": 15, "year": 12}


class Told(NamedTuple):
    """A statement and the encounter that it is truly of; `again` if the same article tells it a second time."""

    statement: Statement
    truth: int
    again: bool = False


class World(NamedTuple):
    """Encounters as they were, and what a perfect reader reads of them."""

    encounters: list[Encounter]
    told: list[Told]


class Figures(NamedTuple):
    """F1 of pairs and of clean encounters, and how many clusters hold reports of several encounters."""

    pairs: float
    clean: float
    mixed: float


def load(name: str) -> World:
    """The world of `merging/<name>.toml`."""
    data = tomllib.loads((WORLDS / f"{name}.toml").read_text("utf-8"))
    encounters, told = [], []
    for number, one in enumerate(data["encounter"]):
        rows = [_told(one, line.split(), data, number) for line in one["told"]]
        told += rows
        encounters.append(_encounter(one, data, rows))
    return World(encounters, told)


def _encounter(one: dict[str, Any], data: dict[str, Any], rows: Sequence[Told]) -> Encounter:
    report = rows[0].statement.report
    return Encounter(
        f"t{rows[0].truth}", report.kind, "held", report.guests, report.hosts, host_country=one.get("host")
    )


def _told(one: dict[str, Any], words: list[str], data: dict[str, Any], number: int) -> Told:
    tag, published, status, *printed = words
    when = (printed[0] if printed != ["-"] else None) if printed else one.get("date")
    town = data["towns"][one["place"]][tag] if "place" in one else None
    report = Report(
        kind=one["kind"],
        status=status,  # type: ignore[arg-type]
        guests=tuple(_person(data["people"][key], tag) for key in one["guests"]),
        hosts=tuple(_person(data["people"][key], tag) for key in one.get("hosts", ())),
        evidence=(Quote(number, number + 1, "x"),),
        date=when,
        host_country=one.get("host"),
        place=Place(town, town, one.get("host")) if town else None,
        delegation=one.get("delegation"),
    )
    key = f"{tag}-{published}"
    return Told(Statement(short_id(f"{key}:{number}"), key, key, report, 0, published), number)


def _person(entry: dict[str, Any], tag: str) -> Participation:
    name = entry["names"].get(tag)
    known = f"p-{entry['names']['en'].lower().replace(' ', '-')}" if entry.get("known") else None
    return Participation(entry["country"], name, None, entry["level"], known)


def perturbed(world: World, seed: int, rates: dict[str, float] = RATES) -> list[Told]:
    """The reports of the world with reading errors at these rates; the same seed makes the same."""
    chance = random.Random(seed)
    found = [one for one in world.told if chance.random() >= rates["missed"]]
    rows = []
    for one in found:
        rows.append(one._replace(statement=_wrong(one.statement, world, chance, rates)))
        if chance.random() < rates["twice"]:
            again = _wrong(one.statement, world, chance, {slot: min(1.0, 2 * rate) for slot, rate in rates.items()})
            report = replace(again.report, evidence=(Quote(500 + one.truth, 501 + one.truth, "x"),))
            rows.append(Told(replace(again, id=short_id(f"{again.id}:again"), report=report), one.truth, True))
    return rows


def _wrong(said: Statement, world: World, chance: random.Random, rates: dict[str, float]) -> Statement:
    """One statement as read: every slot goes wrong on its own."""
    report = said.report

    def hit(slot: str) -> bool:
        return chance.random() < rates[slot]

    if hit("date"):
        report = replace(report, date=_wrong_date(report, said.published or "", chance))
    guests = tuple(_unnamed(person) if hit("name") else person for person in report.guests)
    hosts = tuple(_unnamed(person) if hit("name") else person for person in report.hosts)
    if hit("lost"):
        guests, hosts = (guests[1:], hosts) if len(guests) > 1 else (guests, hosts[1:])
    if hit("added"):
        guests += (chance.choice(world.told).statement.report.guests[0],)
    if hit("turned") and report.kind == "visit" and hosts:
        guests, hosts = hosts, guests
        report = replace(report, host_country=hosts[0].country, place=None)
    report = replace(report, guests=guests, hosts=hosts)
    if hit("place"):
        report = replace(report, place=None)
    if hit("host"):
        other = chance.choice(world.told).statement.report.host_country if chance.random() < 0.25 else None
        report = replace(report, host_country=other, place=None)
    if hit("kind") and report.kind != "call":
        report = replace(report, kind="meeting" if report.kind == "visit" else "visit")
    if hit("status"):
        report = replace(report, status=chance.choice(("planned", "held", "cancelled", "proposed")))
    return replace(said, report=report)


def _unnamed(person: Participation) -> Participation:
    """A leader is still known by office."""
    return replace(person, name=None, person=person.person if person.level == "leader" else None)


def _wrong_date(report: Report, published: str, chance: random.Random) -> str | None:
    how = chance.choices(list(DATES), list(DATES.values()))[0]
    if how == "published":
        return published
    if how == "none" or report.date is None:
        return None
    first, last = bounds(report.date)
    assert first and last
    if how == "year":
        return str(first.year - chance.choice((1, 2, 5)))
    if how == "days":
        return (first + timedelta(days=chance.choice((-7, -3, -2, -1, 1, 2, 3, 7)))).isoformat()
    if last - first > timedelta(days=20):
        return date(first.year, first.month, chance.randint(1, 28)).isoformat()
    return (last + timedelta(days=chance.randint(0, 3))).isoformat()


def figures(world: World, told: Sequence[Told], merged: Merged) -> Figures:
    """How well the clusters fit the truth, by the rules of `score_record.py`; an article counts once in a cluster."""
    truth = {one.statement.id: one for one in told}
    held: list[list[Told]] = []  # of every cluster what it holds, an article's second report of it left out
    for cluster in merged.clusters:
        rows = sorted((truth[row.id] for row in cluster.statements), key=lambda one: one.again)
        unique = {(one.statement.article, one.truth): one for one in reversed(rows)}
        held.append(list(unique.values()))
    places = [(at, one) for at, rows in enumerate(held) for one in rows if not one.again]
    both = ours = wanted = 0
    for (p, a), (q, b) in itertools.combinations(places, 2):
        ours += p == q
        wanted += a.truth == b.truth
        both += p == q and a.truth == b.truth
    spread = Counter(number for rows in held for number in {one.truth for one in rows if not one.again})
    clean = sum(
        len({one.truth for one in rows}) == 1
        and not any(one.again for one in rows)
        and spread[rows[0].truth] == 1
        and _right(merged_value(cluster), world.encounters[rows[0].truth])
        for cluster, rows in zip(merged.clusters, held, strict=True)
    )
    mixed = sum(len({one.truth for one in rows}) > 1 for rows in held)
    return Figures(_f1(both, ours, wanted), _f1(clean, len(held), len(spread)), mixed)


def _f1(right: int, said: int, wanted: int) -> float:
    return 2 * right / (said + wanted) if said + wanted else 1.0


def _right(value: Encounter, true: Encounter) -> bool:
    """Whether the sides are right; of a visit also its direction."""
    both = value.kind == true.kind == "visit"
    return _sides(value, both) == _sides(true, both) and (not both or value.host_country == true.host_country)


def _sides(one: Encounter, directed: bool) -> set[str | None]:
    if directed:
        return {person.country for person in one.guests}
    visited = {one.host_country} - {None} if one.kind == "visit" else set()
    return {person.country for person in (*one.guests, *one.hosts)} | visited


def averaged(every: Iterable[Figures]) -> Figures:
    """The mean of several measurements."""
    columns: dict[str, list[float]] = defaultdict(list)
    for one in every:
        for name, value in one._asdict().items():
            columns[name].append(value)
    return Figures(*(sum(values) / len(values) for values in columns.values()))
