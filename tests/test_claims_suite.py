"""Sentences that claim something of the US Historian's tables, read, scoped and judged; the truth is told by plain SQL.

Every sentence is made from the tables by a fixed chance, about half of them false. A verdict that is sure and wrong is
the one thing that must not happen; where the reader does not understand all of a claim, it is not-checkable.
"""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from table_records import DATA, TABLES, fill, load, plain_sql

from summitry import pipeline
from summitry.record import Record

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the tables are not beside the repository")

COUNTRIES = {
    "egypt": ("Egypt", "Ägypten"), "israel": ("Israel", "Israel"), "france": ("France", "Frankreich"),
    "japan": ("Japan", "Japan"), "china": ("China", "China"), "mexico": ("Mexico", "Mexiko"),
    "india": ("India", "Indien"), "pakistan": ("Pakistan", "Pakistan"), "poland": ("Poland", "Polen"),
    "italy": ("Italy", "Italien"), "vietnam": ("Vietnam", "Vietnam"), "cuba": ("Cuba", "Kuba"),
    "kenya": ("Kenya", "Kenia"), "brazil": ("Brazil", "Brasilien"), "peru": ("Peru", "Peru"),
    "jordan": ("Jordan", "Jordanien"), "greece": ("Greece", "Griechenland"), "ghana": ("Ghana", "Ghana"),
    "norway": ("Norway", "Norwegen"), "bhutan": ("Bhutan", "Bhutan"), "nepal": ("Nepal", "Nepal"),
    "australia": ("Australia", "Australien"), "argentina": ("Argentina", "Argentinien"),
}  # fmt: skip
PEOPLE = {
    "s": {
        "John Forbes Kerry": "John Kerry", "Hillary Rodham Clinton": "Hillary Clinton",
        "Condoleezza Rice": "Condoleezza Rice", "Colin Luther Powell": "Colin Powell",
        "Antony John Blinken": "Antony Blinken", "Madeleine Korbel Albright": "Madeleine Albright",
    },
    "p": {
        "Barack Obama": "Barack Obama", "George W. Bush": "George W. Bush", "William J. Clinton": "Bill Clinton",
        "Ronald Reagan": "Ronald Reagan", "Richard M. Nixon": "Richard Nixon", "Joseph R. Biden": "Joe Biden",
        "Jimmy Carter": "Jimmy Carter", "Gerald R. Ford": "Gerald Ford",
    },
}  # fmt: skip
TIMES = (
    {1: "once", 2: "twice", 3: "three times", 4: "four times"},
    {1: "einmal", 2: "zweimal", 3: "dreimal", 4: "viermal"},
)
COUNTED = (
    ("{who} visited {c} {times} in {y}.", "{who} besuchte {c} {y} {times}."),
    ("In {y}, {who} travelled to {c} {times}.", "Im Jahr {y} reiste {who} {times} nach {c}."),
    ("{who} was in {c} {times} in {y}.", "{who} war {y} {times} in {c}."),
    ("Between January and December {y}, {who} visited {c} {times}.", "{who} hat {c} im Jahr {y} {times} besucht."),
)
COMPARED = {
    ">": ("more than", "mehr als"), ">=": ("at least", "mindestens"),
    "<": ("fewer than", "weniger als"), "<=": ("no more than", "nicht mehr als"),
}  # fmt: skip
NEVER = (
    ("No US president has ever visited {c}.", "Noch nie hat ein US-Präsident {c} besucht."),
    ("US presidents have never visited {c}.", "US-Präsidenten haben {c} noch nie besucht."),
)
FIRST = (
    ("{who} was the first US president to visit {c}.", "{who} war der erste US-Präsident, der {c} besuchte."),
    ("In {y}, {who} became the first US president to visit {c}.", "{who} besuchte {c} {y} als erster US-Präsident."),
)
SINCE = (
    ("No US president has visited {c} since {y}.", "Seit {y} hat kein US-Präsident {c} besucht."),
    ("No American president has been to {c} since {y}.", "Seit {y} war kein US-Präsident mehr in {c}."),
)
TODAY = "2024-06-01"
ELECT = "remarks NOT LIKE '%made as President-elect%'"  # they were no presidents yet


class Told(NamedTuple):
    """A sentence, in German (1) or English (0), and whether it is true."""

    text: str
    lang: int
    true: bool


@pytest.fixture(scope="module")
def sql() -> sqlite3.Connection:
    return plain_sql()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("tables") / "record.db") as made:
        fill(made, [load(name) for name in TABLES])
        yield made


def counts(sql: sqlite3.Connection, chance: random.Random) -> Iterator[Told]:
    """How often somebody was somewhere in a year, and over some years."""
    for table, people in PEOPLE.items():
        for name, who in people.items():
            for slug in chance.sample(sorted(COUNTRIES), 6):
                query = f"SELECT start_date FROM {table} WHERE name = ? AND country_id = ? AND {ELECT}"  # noqa: S608
                years = [day[:4] for (day,) in sql.execute(query, (name, slug)) if day < TODAY]
                if not years:
                    continue
                year, lang = chance.choice(years), chance.randrange(2)
                said = max(1, min(4, years.count(year) + chance.choice([0, 0, 1, -1])))
                words = {"who": who, "c": COUNTRIES[slug][lang], "times": TIMES[lang][said], "y": year}
                yield Told(chance.choice(COUNTED)[lang].format(**words), lang, years.count(year) == said)
                low, high, said = min(years), max(years), max(2, len(years) + chance.choice([-1, 0, 1]))
                sign = chance.choice(sorted(COMPARED))
                holds = {
                    "<": len(years) < said,
                    "<=": len(years) <= said,
                    ">": len(years) > said,
                    ">=": len(years) >= said,
                }
                frame = ("{} visited {} {} {} times between {} and {}.", "{} besuchte {} {} {} Mal zwischen {} und {}.")
                told = frame[lang].format(who, COUNTRIES[slug][lang], COMPARED[sign][lang], said, low, high)
                yield Told(told, lang, holds[sign])


def firsts(sql: sqlite3.Connection, chance: random.Random) -> Iterator[Told]:
    """Who was there first, who never, and who not since."""
    query = f"SELECT name, country_id, start_date FROM p WHERE {ELECT} ORDER BY start_date"  # noqa: S608
    rows = [row for row in sql.execute(query) if row[2] < TODAY]
    for slug, names in COUNTRIES.items():
        visits = [(name, day[:4]) for name, country, day in rows if country == slug]
        lang = chance.randrange(2)
        yield Told(chance.choice(NEVER)[lang].format(c=names[lang]), lang, not visits)
        for name, who in PEOPLE["p"].items():
            own = [year for other, year in visits if other == name]
            if own and (visits[0][0] == name or chance.random() < 0.3):
                text = chance.choice(FIRST)[lang].format(who=who, c=names[lang], y=own[0])
                yield Told(text, lang, visits[0][0] == name)
        if visits:
            last = int(visits[-1][1])
            for year in (last, last - chance.randint(4, 9)):
                yield Told(chance.choice(SINCE)[lang].format(c=names[lang], y=year), lang, year == last)


def test_no_verdict_is_sure_and_wrong(record: Record, sql: sqlite3.Connection) -> None:
    chance = random.Random(1866)
    claims = [*counts(sql, chance), *firsts(sql, chance)]
    tally: Counter[tuple[bool, str]] = Counter()
    wrong, unsure = [], []
    for one in claims:
        reading = pipeline.read_text(one.text, published=TODAY, lang=("en", "de")[one.lang])
        verdicts = pipeline.check(record, reading)
        verdict = verdicts[0].verdict if verdicts else "not read"
        tally[one.true, verdict] += 1
        if verdict in ("supported", "contradicted") and (verdict == "supported") != one.true:
            wrong.append(f"{verdict}: {one.text} {verdicts[0].why}")
        elif verdict not in ("supported", "contradicted"):
            unsure.append(f"{verdict}: {one.text}")
    assert len(claims) >= 150 and 0.35 < sum(one.true for one in claims) / len(claims) < 0.65
    assert not wrong, "\n".join(wrong)
    assert len(unsure) <= 0.1 * len(claims), "\n".join([str(tally), *unsure])
