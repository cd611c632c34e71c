"""Sentences as reporters, press offices and encyclopedias write them, over the US Historian's tables.

`tests/claims/*.txt` hold a language, a sentence and its truth in SQL a line; `p[…]`, `s[…]` and `v[…]` count the rows of
presidents, secretaries and foreign leaders for which a condition holds. They were written before anybody tried them.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from table_records import DATA, TABLES, fill, load, plain_sql

from summitry import pipeline
from summitry.record import Record

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the tables are not beside the repository")

TODAY = "2024-11-01"
JUDGED = {
    "first": 0.75,
    "second": 0.7,
    "third": 0.72,
    "fourth": 0.78,
    "fifth": 0.85,
    "sixth": 0.85,
}  # at least so many are judged, and rightly
FILES = sorted((Path(__file__).parent / "claims").glob("*.txt"))


@pytest.fixture(scope="module")
def sql() -> sqlite3.Connection:
    """The tables as p, s, v with short names of columns, up to the day of publication and without presidents-elect."""
    base = plain_sql()
    for table, name, place in (("p", "name", "locale"), ("s", "name", "locale"), ("v", "visitor", "''")):
        country, remarks = ("from_id", "description") if table == "v" else ("country_id", "remarks")
        base.execute(f"alter table {table} rename to rows_{table}")
        base.execute(
            f"create view {table} as select {name} name, {country} c, start_date d, {place} locale, "  # noqa: S608
            f"{remarks} r, cast(substr(start_date, 1, 4) as int) y from rows_{table} where start_date <= '{TODAY}'"
            f" and {remarks} not like '%made as President-elect%'"
        )
    return base


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("tables") / "record.db") as made:
        fill(made, [load(name) for name in TABLES])
        yield made


def true(sql: sqlite3.Connection, query: str) -> bool:
    named = re.sub(r"\bw'([^']*)'", r"name like '%\1%'", query)
    counted = re.sub(r"\b([psv])\[(.*?)\]", r"(select count(*) from \1 where \2)", named)
    return bool(sql.execute(f"select {counted}").fetchone()[0])


def said(record: Record, lang: str, text: str) -> bool | None:
    """True or False where all or one of the verdicts are sure; None where one is open, or none is read."""
    verdicts = {one.verdict for one in pipeline.check(record, pipeline.read_text(text, published=TODAY, lang=lang))}
    return False if "contradicted" in verdicts else True if verdicts == {"supported"} else None


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_no_verdict_is_sure_and_wrong_and_most_are_sure(file: Path, record: Record, sql: sqlite3.Connection) -> None:
    tally: Counter[str] = Counter()
    wrong, unsure = [], []
    for line in file.read_text("utf-8").splitlines():
        lang, text, query = line.split(" | ", 2)
        verdict, truth = said(record, lang, text), true(sql, query)
        tally["sure" if verdict is truth else "unsure" if verdict is None else "wrong"] += 1
        wrong += [f"{text} is {truth}"] if verdict is not None and verdict is not truth else []
        unsure += [text] if verdict is None else []
    assert not wrong, "\n".join(wrong)
    assert tally["sure"] >= JUDGED[file.stem] * sum(tally.values()), "\n".join([str(tally), *unsure])
