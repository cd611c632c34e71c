"""How Alembic runs our migrations: on the connection it is given, in the transaction that is already open."""

from alembic import context

from summitry.record.schema import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
