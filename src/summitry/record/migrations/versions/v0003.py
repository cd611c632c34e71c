"""Names as printed in a table of their own, and people by country, so that settling need not read all reports."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

KEY = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
_SOME = 2_000  # reports in memory at once


def upgrade() -> None:
    """Make the tables, and fill them from what is there; all people are to be settled anew."""
    connection = op.get_bind()
    _mentions(connection)
    op.create_index(op.f("ix_encounters_host_country_earliest"), "encounters", ["host_country", "earliest"])
    _person_names(connection)
    _unsettled(connection)


def _mentions(connection: sa.Connection) -> None:
    mentions = op.create_table(
        "mentions",
        sa.Column("report", KEY, sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("country", KEY, nullable=False),
        sa.Column("name", KEY, nullable=False),
        sa.Column("person", KEY),
        sqlite_with_rowid=False,
    )
    columns = ["country", "name", "person", "report"]
    op.create_index(op.f("ix_mentions_country_name_person_report"), "mentions", columns)
    ids = connection.execute(sa.text("SELECT id FROM reports ORDER BY id")).scalars().all()
    reports = sa.table("reports", sa.column("id"), sa.column("body"))
    for at in range(0, len(ids), _SOME):
        part = connection.execute(sa.select(reports).where(reports.c.id.in_(ids[at : at + _SOME]))).all()
        rows = [row for id, body in part for row in _named(id, json.loads(body))]
        if rows:
            connection.execute(sa.insert(mentions), rows)


def _named(report: str, body: dict[str, list[dict[str, str | None]]]) -> Iterator[dict[str, object]]:
    for number, who in enumerate((*body["guests"], *body["hosts"])):
        if who.get("name"):
            told = {"country": who.get("country") or "", "name": who["name"], "person": who.get("person")}
            yield {"report": report, "number": number} | told


def _person_names(connection: sa.Connection) -> None:
    known = connection.execute(
        sa.text(
            "SELECT person, name, coalesce(country, '') AS country, folded, 1 AS printed "
            "FROM person_names JOIN people ON people.id = person"
        )
    )
    rows = [dict(row._mapping) for row in known]
    op.drop_table("person_names")
    names = op.create_table(
        "person_names",
        sa.Column("person", KEY, sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", KEY, primary_key=True),
        sa.Column("country", KEY, primary_key=True),
        sa.Column("folded", KEY, nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
    )
    for column in ("folded", "name", "country"):
        op.create_index(op.f(f"ix_person_names_{column}"), "person_names", [column])
    if rows:
        connection.execute(sa.insert(names), rows)


def _unsettled(connection: sa.Connection) -> None:
    left = connection.execute(sa.text("SELECT encounter FROM unsettled")).scalars().all()
    countries = connection.execute(sa.text("SELECT DISTINCT country FROM mentions")).scalars().all()
    op.drop_table("unsettled")
    table = op.create_table(
        "unsettled",
        sa.Column("what", KEY, primary_key=True),
        sa.Column("key", KEY, primary_key=True),
        sqlite_with_rowid=False,
    )
    rows = [{"what": "people", "key": one} for one in countries] + [{"what": "encounter", "key": one} for one in left]
    if rows:
        connection.execute(sa.insert(table), rows)
