"""The first tables: what was said, what it comes to, what people decided, and the history of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

KEY = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")


def upgrade() -> None:
    """Make all tables."""
    _said()
    _merged()
    _decided()


def _said() -> None:
    """What articles say."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("time", KEY, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
    )
    op.create_table(
        "articles",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("key", sa.Text()),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("lang", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary()),
        sa.Column("added", KEY, nullable=False),
    )
    op.create_index(op.f("ix_articles_key"), "articles", ["key"])
    op.create_index(op.f("ix_articles_url"), "articles", ["url"])
    op.create_table(
        "reports",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("article", KEY, sa.ForeignKey("articles.id"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("host_country", KEY),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("encounter", KEY),
    )
    op.create_index(op.f("ix_reports_article_place"), "reports", ["article", "place"])
    op.create_index(op.f("ix_reports_encounter"), "reports", ["encounter"])
    op.create_table(
        "filed",
        sa.Column("key", KEY, primary_key=True),
        sa.Column("report", KEY, sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_filed_report"), "filed", ["report"])
    op.create_table(
        "claims",
        sa.Column("article", KEY, sa.ForeignKey("articles.id"), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
    )


def _merged() -> None:
    """What it comes to."""
    op.create_table(
        "encounters",
        sa.Column("sort", KEY, primary_key=True),
        sa.Column("id", KEY, primary_key=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("status", KEY, nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("earliest", KEY, nullable=False),
        sa.Column("latest", KEY, nullable=False),
        sa.Column("host_country", KEY),
        sa.Column("level", sa.Integer()),
        sa.Column("unlevelled", sa.Integer(), nullable=False),
        sa.Column("sides", sa.Integer(), nullable=False),
        sa.Column("place", KEY),
        sa.Column("place_country", KEY),
        sa.Column("sector", KEY),
        sa.Column("marks", KEY, nullable=False),
        sa.Column("item", KEY, nullable=False),
        sa.Column("parent", KEY),
        sa.Column("withdrawn", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_encounters_id"), "encounters", ["id"], unique=True)
    op.create_index(op.f("ix_encounters_parent"), "encounters", ["parent"])
    op.create_table(
        "bodies",
        sa.Column("encounter", KEY, primary_key=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("merged", sa.Text()),
    )
    op.create_table(
        "participations",
        sa.Column("encounter", KEY, primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("side", KEY, nullable=False),
        sa.Column("country", KEY),
        sa.Column("person", KEY),
        sa.Column("name", sa.Text()),
        sa.Column("folded", KEY),
        sa.Column("who", KEY),
        sa.Column("role", sa.Text()),
        sa.Column("level", sa.Integer()),
        sa.Column("capacity", KEY),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("status", KEY, nullable=False),
        sa.Column("host_country", KEY),
        sa.Column("earliest", KEY, nullable=False),
        sa.Column("latest", KEY, nullable=False),
        sa.Column("after", KEY, nullable=False),
        sa.Column("exact", sa.Integer(), nullable=False),
        sa.Column("sort", KEY, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_participations_country_side_earliest_latest_encounter"),
        "participations",
        ["country", "side", "earliest", "latest", "encounter"],
    )
    op.create_index(
        op.f("ix_participations_person_folded_encounter"),
        "participations",
        ["person", "folded", "encounter"],
    )
    travel = ["side", "country", "who", "earliest", "latest", "after", "exact", "kind", "status", "encounter", "number"]
    op.create_index("ix_participations_travel", "participations", [*travel, "host_country"])
    ways = ["side", "country", "host_country", "sort", "encounter", "kind", "status", "earliest", "latest"]
    op.create_index("ix_participations_ways", "participations", ways)
    sides = ["country", "sort", "encounter", "kind", "status", "earliest", "latest"]
    op.create_index("ix_participations_sides", "participations", sides)
    op.create_table(
        "pairs",
        sa.Column("pair", KEY, primary_key=True),
        sa.Column("encounter", KEY, primary_key=True),
        sa.Column("kind", KEY, nullable=False),
        sa.Column("status", KEY, nullable=False),
        sa.Column("earliest", KEY, nullable=False),
        sa.Column("latest", KEY, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_pairs_encounter"), "pairs", ["encounter"])
    op.create_table(
        "texts",
        sa.Column("encounter", KEY, primary_key=True),
        sa.Column("text", sa.Text(), nullable=False),
    )
    op.create_table(
        "redirects",
        sa.Column("old", KEY, primary_key=True),
        sa.Column("new", KEY, nullable=False),
        sa.Column("time", KEY, nullable=False),
    )
    op.create_index(op.f("ix_redirects_new"), "redirects", ["new"])
    op.create_table(
        "proposals",
        sa.Column("first", KEY, primary_key=True),
        sa.Column("second", KEY, primary_key=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
    )
    op.create_index(op.f("ix_proposals_score"), "proposals", ["score"])
    op.create_index(op.f("ix_proposals_second"), "proposals", ["second"])


def _decided() -> None:
    """Identities, decisions and history."""
    op.create_table(
        "people",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("country", KEY),
    )
    op.create_index(op.f("ix_people_country"), "people", ["country"])
    op.create_table(
        "person_names",
        sa.Column("person", KEY, sa.ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("name", KEY, primary_key=True),
        sa.Column("folded", KEY, nullable=False),
    )
    op.create_index(op.f("ix_person_names_folded"), "person_names", ["folded"])
    op.create_table(
        "judgements",
        sa.Column("id", KEY, primary_key=True),
        sa.Column("subject", KEY, nullable=False),
        sa.Column("object", KEY),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("time", KEY, nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("invalidated", KEY),
    )
    op.create_index(op.f("ix_judgements_object"), "judgements", ["object"])
    op.create_index(op.f("ix_judgements_subject"), "judgements", ["subject"])
    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("time", KEY, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("invalidated", KEY),
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("encounter", KEY, nullable=False),
        sa.Column("time", KEY, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("other", KEY),
        sa.Column("body", sa.Text()),
        sa.Column("reports", sa.Text()),
        sa.Column("run", sa.Integer()),
    )
    op.create_index(op.f("ix_changes_encounter_id"), "changes", ["encounter", "id"])
    op.create_index(op.f("ix_changes_time"), "changes", ["time"])
