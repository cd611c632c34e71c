"""Encounters that were filed but whose people and summits are not settled yet, so that a killed process loses nothing."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    key = sa.String().with_variant(postgresql.VARCHAR(collation="C"), "postgresql")
    op.create_table("unsettled", sa.Column("encounter", key, primary_key=True))
