"""A record to measure pages with: invented encounters of real office holders, the same for every seed.

As in a real record few pairs of countries meet often and many seldom, a quarter of the dates is coarse, a tenth of the
encounters has several sources, and every article holds a handful of reports with their words.
"""

import hashlib
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from summitry import Record, authority
from summitry.model import Article, Claim, Encounter, Occupancy, Participation, Person, Place, Quote, Report, Scope
from summitry.record import Filing

FIRST, LAST = 1995, 2024
PER_ARTICLE = 5
LEVELS = (
    "leader",
    "leader",
    "minister",
    "minister",
    "minister",
    "vice-minister",
    "agency-head",
    "official",
    "delegation",
)
TOWNS = {"DE": "Berlin", "FR": "Paris", "RU": "Moscow", "US": "Washington", "CN": "Beijing", "JP": "Tokyo", "GB": "London",
         "KP": "Pyongyang", "PL": "Warsaw", "IN": "Delhi", "TR": "Ankara", "IT": "Rome"}  # fmt: skip
FIELDS = ("kind", "status", "guests", "hosts", "date", "host_country", "place", "activities", "delegation")


class Told(NamedTuple):
    """One encounter and the sentence that reports it."""

    report: Report
    sentence: str


def build(path: Path, number: int, seed: int = 11) -> None:
    """Write a record with `number` encounters to `path`. Raises RecordError if something else is there."""
    chance = random.Random(seed)
    rows = [row for held in authority.load().by_country.values() for row in held]
    holders = _holders(rows)
    with Record.open(path) as record:
        record.save_people(_people(rows))
        batch: list[Told] = []
        for at, told in enumerate(_told(chance, holders, number), start=1):
            batch.append(told)
            if len(batch) == PER_ARTICLE * 400 or at == number:
                _file(record, batch, at - len(batch))
                batch = []


def _holders(rows: list[Occupancy]) -> dict[str, list[Occupancy]]:
    found: dict[str, list[Occupancy]] = {}
    for row in rows:
        if len(row.country) == 2 and (row.end is None or row.end[:4].isdigit() and int(row.end[:4]) >= FIRST):
            found.setdefault(row.country, []).append(row)
    return found


def _people(rows: list[Occupancy]) -> list[Person]:
    return list({row.person: Person(row.person, row.name, (row.name,), row.country) for row in rows}.values())


def _told(chance: random.Random, holders: dict[str, list[Occupancy]], number: int) -> Iterator[Told]:
    countries = sorted(holders, key=lambda code: (code not in TOWNS, code))
    weights = [1 / (rank + 3) for rank in range(len(countries))]
    for _ in range(number):
        guest, host = chance.choices(countries, weights, k=2)
        while host == guest:
            host = chance.choices(countries, weights)[0]
        yield _one(chance, _who(chance, holders[guest], guest), _who(chance, holders[host], host), host)


def _who(chance: random.Random, rows: list[Occupancy], country: str) -> Participation:
    level = chance.choice(LEVELS)
    if level == "delegation":
        return Participation(country=country, level="delegation")
    row = chance.choice(rows)
    return Participation(country=country, name=row.name, role=row.title, level=row.level, person=row.person)


def _one(chance: random.Random, guest: Participation, host: Participation, where: str) -> Told:
    date = _date(chance)
    town = TOWNS.get(where)
    place = Place(town, town, where) if town and chance.random() < 0.7 else None
    status = chance.choices(("held", "planned", "cancelled", "proposed"), (90, 6, 3, 1))[0]
    kind = chance.choices(("visit", "meeting", "call"), (70, 20, 10))[0]
    report = Report(
        kind=kind, status=status, guests=(guest,), hosts=(host,), evidence=(), date=date, host_country=where,
        place=place, activities=("talks",) if chance.random() < 0.5 else (), rule="visit-verb",
        delegation="culture" if guest.level == "delegation" else None,
    )  # fmt: skip
    words = f"{guest.name or 'A delegation'} met {host.name or 'officials'} in {town or where}, it was said ({date})."
    return Told(report, words)


def _date(chance: random.Random) -> str | None:
    year, month, day = chance.randint(FIRST, LAST), chance.randint(1, 12), chance.randint(1, 28)
    return chance.choices((f"{year}-{month:02}-{day:02}", f"{year}-{month:02}", f"{year}", None), (75, 17, 5, 3))[0]


def _file(record: Record, batch: list[Told], first: int) -> None:
    groups = []
    with record.transaction():
        for at in range(0, len(batch), PER_ARTICLE):
            article, reports = _article(batch[at : at + PER_ARTICLE], first + at)
            names = [f"r{first + at + number:07}" for number in range(len(reports))]
            record.add_article(article, reports, _claims(article, first + at), filing=[Filing(one) for one in names])
            for name, report in zip(names, reports, strict=True):
                fields = {field: getattr(report, field) for field in FIELDS}
                groups.append((Encounter(id=f"e{name[1:]}", **fields), [name]))
        record.save_encounters(groups)


def _article(batch: list[Told], number: int) -> tuple[Article, list[Report]]:
    text, reports = f"Report {number}\n\n", []
    for one in batch:
        quote = Quote(len(text), len(text) + len(one.sentence), one.sentence)
        fields = {name: getattr(one.report, name) for name in Report.__struct_fields__} | {"evidence": (quote,)}
        reports.append(Report(**fields))
        text += one.sentence + "\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    day = f"{FIRST + number % (LAST - FIRST + 1)}-06-20"
    name = f"report-{number}"
    return Article(f"sha256:{digest}", text, f"{name}.txt", "en", day, f"Report {number}", None, name), reports


def _claims(article: Article, number: int) -> list[Claim]:
    if number % 50:
        return []
    scope = Scope(countries=("DE", "FR"), start="2024-01-01", end="2024-12-31")
    return [Claim(article.text[:6], 0, 6, "count", 18, "=", scope)]


if __name__ == "__main__":
    build(Path(sys.argv[1]), int(sys.argv[2]))
