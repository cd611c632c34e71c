"""A full-text index of SQLite beside what a free search looks through, with numbers by which it finds the rows again."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

KEY = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
PUT = "INSERT INTO texts_index (rowid, text) VALUES (new.number, new.text);"
TAKE = "INSERT INTO texts_index (texts_index, rowid, text) VALUES ('delete', old.number, old.text);"
KIND = "fts5(text, content='texts', content_rowid='number', tokenize='trigram', detail='none')"
INDEXED = (
    "DROP TABLE IF EXISTS texts_index",
    f"CREATE VIRTUAL TABLE texts_index USING {KIND}",
    "INSERT INTO texts_index (texts_index) VALUES ('rebuild')",
    f"CREATE TRIGGER texts_come AFTER INSERT ON texts BEGIN {PUT} END",
    f"CREATE TRIGGER texts_go AFTER DELETE ON texts BEGIN {TAKE} END",
    f"CREATE TRIGGER texts_change AFTER UPDATE ON texts BEGIN {TAKE} {PUT} END",
)


def upgrade() -> None:
    """Number the rows, which VACUUM would else be free to do anew, and index them where the engine is SQLite."""
    op.execute("CREATE TABLE texts_before AS SELECT encounter, text FROM texts")
    op.drop_table("texts")
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("encounter", KEY, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.execute("INSERT INTO texts (encounter, text) SELECT encounter, text FROM texts_before ORDER BY encounter")
    op.drop_table("texts_before")
    op.create_index(op.f("ix_texts_encounter"), "texts", ["encounter"], unique=True)
    if op.get_bind().dialect.name == "sqlite":
        for statement in INDEXED:
            op.execute(statement)
