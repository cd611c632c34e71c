"""Open the database behind a record: find it, see whether it is ours, bring its tables up to date.

Nothing is written to a file before it is known to be ours or empty. Every error of the engine leaves this
package as one RecordError that says what to do.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any, Final

import platformdirs
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import StaticPool

from summitry.errors import RecordError
from summitry.record import schema

MEMORY: Final = ":memory:"
BUSY_MS: Final = 15_000
_PRAGMAS: Final = (
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA foreign_keys=ON",
    "PRAGMA synchronous=FULL",  # what was said to be done is on the disk, also after a power cut
    "PRAGMA journal_size_limit=67108864",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)
_LOCK: Final = 0x73756D6D6974  # "summit": the advisory lock that writers of a PostgreSQL record take
_SAYINGS: Final[dict[int | str, str]] = {
    sqlite3.SQLITE_BUSY: "is busy: another program is writing to it. Wait for it to finish and try again",
    sqlite3.SQLITE_LOCKED: "is busy: another program is writing to it. Wait for it to finish and try again",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full. Make room and repeat the last step; nothing was lost",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk is full, at its limit or failing. What was "
    "reported done is kept; make room or look at the disk, then repeat the last step",
    sqlite3.SQLITE_CORRUPT: "is damaged. Restore it from a backup, or build it anew from its articles",
    sqlite3.SQLITE_NOTADB: "is no record: the file is not a database. Choose another file",
    sqlite3.SQLITE_READONLY: "cannot be written to. Check the permissions of the file and its directory",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened. Check that the directory exists and the permissions allow it",
    # PostgreSQL, appendix A of its manual: whole codes, then classes
    "55P03": "is busy: another program is writing to it. Wait for it to finish and try again",
    "3D000": "does not exist on the server. Make it with createdb, or name another database",
    "53100": "cannot grow: the server's disk is full. Make room and repeat the last step; nothing was lost",
    "53300": "cannot be reached: the server has too many connections. Try again later",
    "42501": "cannot be written to. Make the user of the address the owner of the database",
    "25006": "cannot be written to: the server or the database is read-only",
    "28": "cannot be opened: the server refuses the user or the password. Check the address",
    "40": "is busy: another program is writing to it. Wait for it to finish and try again",
    "57": "has gone: the server is being stopped. Try again when it runs; what was reported done is kept",
    "XX": "is damaged. Restore it from a backup, or build it anew from its articles",
}


def default_path() -> Path:
    """Where the record is kept when nobody says otherwise: the user's data directory."""
    return platformdirs.user_data_path("summitry") / "record.db"


@contextmanager
def plainly(where: str) -> Iterator[None]:
    """Turn the engine's errors inside the block into a RecordError about the record at `where`."""
    try:
        yield
    except DBAPIError as error:
        raise RecordError(f"The record {where} {_saying(error)}.") from error
    except ModuleNotFoundError as error:
        raise RecordError(f"The record {where} needs the package {error.name}; install it first.") from error


def _saying(error: DBAPIError) -> str:
    cause = error.orig
    code = getattr(cause, "sqlite_errorcode", None)
    state = getattr(cause, "sqlstate", None) or ""
    for known in (state, state[:2]) if code is None else (code & 0xFF,):
        if known in _SAYINGS:
            return _SAYINGS[known]
    said = " ".join(str(cause).strip().splitlines()[0].rstrip(".").rpartition("failed: ")[2].split())
    if error.connection_invalidated or (code is None and not state):
        return f"cannot be reached: {said}. Check that the server runs and the address is right"
    return f"cannot be used: {said}"


def open_engine(location: str | Path | None, *, create: bool) -> tuple[Engine, str]:
    """The engine of the record at `location` with its tables in place, and how to name it to the user.

    `location` is a path, a `postgresql://` URL, `:memory:`, or None for the user's own record. With `create`
    false a record that is not there is an error. Raises RecordError.
    """
    if isinstance(location, str) and "://" in location:
        engine = _server(location)
        where = engine.url.render_as_string().split("@")[-1].partition("?")[0]
    elif str(location) == MEMORY:
        engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
        where = MEMORY
    else:
        path = _place(default_path() if location is None else Path(location), make=location is None, create=create)
        engine, where = create_engine(f"sqlite:///{path}"), str(path)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    else:
        event.listen(engine, "begin", _begin_on_server)
    try:
        with plainly(where):
            _prepare(engine, where, create=create)
    except RecordError:
        engine.dispose()
        raise
    return engine, where


def _server(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() in ("postgresql", "postgres"):
            return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except (ArgumentError, ModuleNotFoundError, ValueError) as error:  # ValueError: a port that is no number
        raise RecordError(f"The record cannot be opened: {error}.") from error
    raise RecordError("A record is a file or a postgresql:// address; other databases are not supported.")


def _place(path: Path, *, make: bool, create: bool) -> Path:
    """Check what can be checked before the file is touched; `make` its directory only if the place is ours."""
    if path.is_dir():
        raise RecordError(f"The record {path} is a directory; name a file in it.")
    if not create and not path.exists():
        raise RecordError(f"There is no record at {path}; add articles first, or name another file.")
    if make and create:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise RecordError(f"The directory {path.parent} cannot be made: {error.strerror}.") from error
    if not path.parent.is_dir():
        raise RecordError(f"The directory {path.parent} does not exist; make it first, or name another file.")
    return path


def _set_pragmas(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say, see _begin
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    """Writers take their lock at once: two that read first and write later would block each other for good."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_on_server(connection: Connection) -> None:
    """Readers see one state throughout; writers come one after the other, and each sees what the one before did.

    Merging reads what it may join and writes what it joined. Two at a time would each miss what the other one adds.
    """
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {BUSY_MS}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _prepare(engine: Engine, where: str, *, create: bool) -> None:
    with engine.connect() as connection:
        version = _version(connection, where)
    if version == schema.REVISIONS[-1]:
        return
    if version is None and not create:
        raise RecordError(f"The record {where} is empty; add articles first, or name another place.")
    if engine.dialect.name == "sqlite" and where != MEMORY:
        _write_ahead(engine)
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if _version(connection, where) != schema.REVISIONS[-1]:  # another process may have been quicker
            _migrate(connection)


def _version(connection: Connection, where: str) -> str | None:
    """The version of the tables, None for an empty database. Raises RecordError if it is not ours or too new."""
    names = inspect(connection).get_table_names()
    if schema.VERSION_TABLE not in names:
        if names:
            raise RecordError(f"The database {where} is no record of ours; choose another file.")
        return None
    found = connection.execute(text(f"SELECT version_num FROM {schema.VERSION_TABLE}")).scalar()
    if found is not None and found not in schema.REVISIONS:
        raise RecordError(f"The record {where} was written by a newer version of Summitry; update Summitry to use it.")
    return found


def _write_ahead(engine: Engine) -> None:
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode=WAL")
    except sqlite3.Error as error:
        raise DBAPIError.instance("PRAGMA journal_mode", None, error, sqlite3.Error) from error
    finally:
        raw.close()


def _migrate(connection: Connection, version: str = "head") -> None:
    # Alembic costs as much start-up time as all the rest, and an up-to-date record never needs it.
    from alembic import command
    from alembic.config import Config

    with resources.as_file(resources.files("summitry.record") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, version)
