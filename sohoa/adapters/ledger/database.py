"""The ledger's connection: transactions, translated errors, schema upgrades."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, DisconnectionError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from sohoa.adapters.ledger.tables import REVISION
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, SohoaError, Unavailable

_BUSY_S = 30
_MIGRATION_LOCK = 7_402_137
_IMMEDIATE = "sohoa_writes"
_INHERITED: list[Any] = []


class Database:
    """Short transactions on one database; threads, forks and several processes may use it at once."""

    def __init__(self, url: str) -> None:
        try:
            location = make_url(url)
            self._sqlite = location.get_backend_name() == "sqlite"
            arguments = {"timeout": _BUSY_S} if self._sqlite else {}
            self._engine = create_engine(location, connect_args=arguments, pool_pre_ping=not self._sqlite)
        except (ArgumentError, NoSuchModuleError, ImportError) as error:
            raise Misconfigured(f"the ledger's address cannot be used: {error}") from error
        self.name = f"{self._engine.dialect.name} ledger {location.render_as_string(hide_password=True)}"
        event.listen(self._engine, "connect", self._on_connect)
        event.listen(self._engine, "checkout", _leave_to_parent)
        if self._sqlite:
            event.listen(self._engine, "begin", _begin)
            _check_folder(location.database)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with _errors(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; on SQLite it waits here until it is the only one."""
        with _errors(), self._engine.connect() as connection:
            connection.execution_options(**{_IMMEDIATE: True})
            with connection.begin():
                yield connection

    def insert_missing(
        self, target: Table, connection: Connection, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Insert rows whose primary key is not there yet; the others stay as they are."""
        if rows:
            connection.execute(self._insert(target).on_conflict_do_nothing(), rows)

    def upsert(self, target: Table, connection: Connection, row: Mapping[str, Any]) -> None:
        """Insert the row, or set these columns of the row that has its primary key."""
        keys = [column.name for column in target.primary_key]
        changed = {name: value for name, value in row.items() if name not in keys}
        statement = self._insert(target).values(row)
        connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))

    def upgrade(self) -> None:
        """Bring the schema to ``REVISION``; of several processes at once one does it, the others wait."""
        with self.writing() as connection:
            if not self._sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _MIGRATION_LOCK})
            found = _revision(connection)
            if found > REVISION:
                raise Misconfigured(
                    f"the ledger was made by a newer version (schema {found}, here {REVISION}): update sohoa"
                )
            if found != REVISION:
                _migrate(connection)

    def ping(self) -> str:
        """One line that names database and schema; raises ``Unavailable`` or ``Misconfigured``."""
        with self.reading() as connection:
            return f"{self.name}, schema {_revision(connection)}"

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _insert(self, target: Table) -> sqlite.Insert | postgresql.Insert:
        return sqlite.insert(target) if self._sqlite else postgresql.insert(target)

    def _on_connect(self, connection: Any, entry: ConnectionPoolEntry) -> None:
        entry.info["pid"] = os.getpid()
        if self._sqlite:
            _prepare_sqlite(connection)


def _migrate(connection: Connection) -> None:
    # Loaded only when needed: it would double the start-up time of every command.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sohoa.adapters.ledger:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _prepare_sqlite(connection: Any) -> None:
    # The driver would begin transactions too late, and end them at schema changes: ``_begin`` does it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    # Changing to WAL does not wait for other connections by itself.
    deadline = time.monotonic() + _BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except Exception as error:
            busy = getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
            if not busy or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get(_IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _leave_to_parent(connection: Any, entry: Any, proxy: Any) -> None:
    """A forked process opens its own connection and does not even close its parent's."""
    if entry.info.get("pid") != os.getpid():
        _INHERITED.append(connection)
        entry.dbapi_connection = proxy.dbapi_connection = None
        raise DisconnectionError("connection of the parent process")


def _check_folder(database: str | None) -> None:
    if database and not Path(database).parent.is_dir():
        raise Misconfigured(f"{Path(database).parent} does not exist: run `sohoa init`")


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")


@contextmanager
def _errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise translated(error) from error
    except PoolTimeout as error:
        raise Unavailable("the ledger has no free connection") from error


def translated(error: DBAPIError) -> SohoaError | DBAPIError:
    """The domain error for a database error; errors of our own making are returned as they are.

    The text of the statement and its parameters, which may name secret objects, is left out.
    """
    name = getattr(error.orig, "sqlite_errorname", "") or getattr(error.orig, "sqlstate", "") or ""
    for prefixes, kind, advice in _MEANINGS:
        if name.startswith(prefixes):
            return kind(f"ledger: {error.orig}: {advice}")
    if error.connection_invalidated:
        return Unavailable(f"ledger: {error.orig}")
    return error


_MEANINGS: tuple[tuple[tuple[str, ...], type[SohoaError], str], ...] = (
    (
        ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"),
        Unavailable,
        "another process is writing; try again",
    ),
    (("SQLITE_FULL", "53100"), NoSpace, "make room on its disk"),
    (("SQLITE_CANTOPEN",), Misconfigured, "run `sohoa init`, or mend the folder's owner and mode"),
    (("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_AUTH"), Misconfigured, "mend the file's owner and mode"),
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), Corrupt, "restore the file from a backup"),
    (("SQLITE_IOERR", "SQLITE_NOMEM"), Unavailable, "check disk and memory of this machine"),
    (("28", "3D", "42501"), Misconfigured, "mend address, user or password"),
    (("08", "40", "53", "55P03", "57", "58"), Unavailable, "try again"),
)
