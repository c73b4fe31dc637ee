"""The ledger's database: transactions, translated errors, schema upgrades."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, inspect, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sohoa.adapters.ledger.engine import IMMEDIATE, open_engine
from sohoa.adapters.ledger.errors import translated
from sohoa.adapters.ledger.tables import REVISION
from sohoa.domain.errors import InvalidRequest, Misconfigured, Unavailable

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

_MIGRATION_LOCK = 7_402_137
_MIGRATION_LIMIT = "15min"


class Database:
    """Short transactions on one database; threads, forks and several processes may use it at once."""

    def __init__(self, url: str, password: str = "") -> None:
        self._engine = open_engine(url, password)
        self.is_server = self._engine.dialect.name == "postgresql"
        location = self._engine.url.render_as_string(hide_password=True)
        self.name = f"{self._engine.dialect.name} ledger {location}"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with self._errors(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; on SQLite it waits here until it is the only one."""
        with self._errors(), self._engine.connect() as connection:
            connection.execution_options(**{IMMEDIATE: True})
            with connection.begin():
                yield connection

    def wait_for_turn(self, connection: Connection, name: str) -> None:
        """Let only one transaction at a time go on with that name; to be asked before it writes anything.

        On SQLite a transaction that writes is the only one anyway.
        """
        if self.is_server:
            connection.execute(
                text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name}
            )

    def take_time(self, connection: Connection) -> None:
        """Let statements of this transaction run for half an hour: those of the night count all."""
        if self.is_server:
            connection.execute(text("SET LOCAL statement_timeout = '30min'"))

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
        with self.reading() as connection:
            if self._is_current(connection):
                return
        with self.writing() as connection:
            if self.is_server:
                _wait_for_migration(connection)
            if not self._is_current(connection):
                _migrate(connection)

    def _is_current(self, connection: Connection) -> bool:
        found = _revision(connection)
        if found > REVISION:
            raise Misconfigured(
                f"the ledger was made by a newer version (schema {found}, here {REVISION}): update sohoa"
            )
        return found == REVISION

    def ping(self) -> str:
        """One line that names database and schema; raises ``Unavailable`` or ``Misconfigured``."""
        with self.reading() as connection:
            return f"{self.name}, schema {_revision(connection)}"

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def _insert(self, target: Table) -> sqlite.Insert | postgresql.Insert:
        if not self.is_server:
            return sqlite.insert(target)
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(target)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise translated(error, self.name if self.is_server else "ledger") from error
        except UnicodeEncodeError:
            raise InvalidRequest("usage", "a text that is not valid Unicode is not in the ledger") from None
        except PoolTimeout as error:
            raise Unavailable(f"{self.name}: no free connection; try again") from error
        except DisconnectionError as error:
            raise Unavailable(f"{self.name}: the connection was lost; try again") from error


def _wait_for_migration(connection: Connection) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise Misconfigured(f"the ledger's database has encoding {encoding}: make it anew with UTF8")
    for name in ("lock_timeout", "statement_timeout"):
        connection.execute(text(f"SET LOCAL {name} = '{_MIGRATION_LIMIT}'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:id)"), {"id": _MIGRATION_LOCK})


def _migrate(connection: Connection) -> None:
    # Loaded only when needed: it would double the start-up time of every command.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sohoa.adapters.ledger:migrations")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() or "")
