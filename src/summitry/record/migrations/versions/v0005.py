"""What became part of an encounter is found by an index, and so are the words of a free search on PostgreSQL."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

OFFERED = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"
INDEXED = "CREATE INDEX IF NOT EXISTS texts_index ON texts USING gin (text gin_trgm_ops)"


def upgrade() -> None:
    """Make both; without the trigrams of PostgreSQL, which a server may not offer or allow, a search reads all texts."""
    told = sa.text("other IS NOT NULL")  # few changes are merges
    op.create_index(op.f("ix_changes_other"), "changes", ["other"], sqlite_where=told, postgresql_where=told)
    connection = op.get_bind()
    if connection.dialect.name == "postgresql" and connection.execute(sa.text(OFFERED)).first():
        try:
            with connection.begin_nested():
                op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except sa.exc.DBAPIError:  # who may not make extensions in this database can have it made, and index later
            return
        op.execute(INDEXED)
