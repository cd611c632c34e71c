"""Records filled from tables, one encounter per row, for the tests of counting and checking."""

import csv
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from summitry import authority, merging
from summitry.ingest.mapping import load_mapping
from summitry.ingest.tables import Table, read_table, table_article
from summitry.model import Encounter, Person
from summitry.record import Filing, Record
from summitry.resolve import Identifier

DATA = Path(__file__).parents[1].parent / "shared" / "data"
TABLES = ("us-president-travels", "us-secretary-travels", "us-visits-by-foreign-leaders")
_SHARED = ("kind", "status", "guests", "hosts", "date", "host_country", "place", "activities", "delegation")


def load(name: str) -> Table:
    return read_table(table_article(DATA / f"{name}.csv", load_mapping(name)))


def plain_sql() -> sqlite3.Connection:
    """The three tables as they are, in memory: p(residents), s(ecretaries), v(isits); to tell the truth by plain SQL."""
    base = sqlite3.connect(":memory:")
    for short, name in zip("psv", TABLES, strict=True):
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        base.execute(f"create table {short} ({', '.join(f'[{column}]' for column in header)})")
        base.executemany(f"insert into {short} values ({','.join('?' * len(header))})", rows)
    return base


def fill(record: Record, tables: Iterable[Table]) -> None:
    """Save every report as an encounter of its own, its people identified by the authority, with the coverage."""
    known = authority.load()
    identifier = Identifier(known)
    seen: dict[str, set[str]] = {}
    with record.transaction():
        for table in tables:
            told = merging.prepare(table.reading, identifier)
            record.add_article(table.reading.article, told.reading.reports, (),
                               filing=[Filing(one.id) for one in told.statements])  # fmt: skip
            groups = []
            for one in told.statements:
                fields = {name: getattr(one.report, name) for name in _SHARED}
                groups.append((Encounter(id=one.id, **fields), [one.id]))
                for guest in one.report.guests:
                    if guest.person and guest.name:
                        seen.setdefault(guest.person, set()).add(guest.name)
            record.save_encounters(groups)
            for stated in table.coverage:
                record.state_coverage(stated)
        people = [known.by_id[one] for one in sorted(seen)]
        record.save_people([Person(p.id, p.caption, (*p.aliases, *sorted(seen[p.id])), p.country) for p in people])
