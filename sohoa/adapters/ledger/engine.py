"""The connections to each kind of database, with their limits; forks never share one."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from sohoa.domain.errors import Misconfigured

BUSY_S = 30
IMMEDIATE = "sohoa_writes"
"""Execution option: the transaction will write."""
_INHERITED: list[Any] = []
# A transaction of ours takes milliseconds: what lasts longer is stuck, and must not hold others up.
_LIMITS_MS = {
    "statement_timeout": 60_000,
    "lock_timeout": 30_000,
    "idle_in_transaction_session_timeout": 60_000,
}
_POSTGRESQL: dict[str, Any] = {
    "application_name": "sohoa",
    "connect_timeout": 5,
    # A server that vanished without a word is noticed within half a minute.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
    "options": " ".join(f"-c {name}={value}" for name, value in _LIMITS_MS.items()),
}


def open_engine(url: str, password: str) -> Engine:
    """An engine that connects when first used; raises ``Misconfigured`` for an address of no use."""
    try:
        location = make_url(url)
        engine = _engine(location.set(password=password) if password else location)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise Misconfigured(f"the ledger's address cannot be used: {error}") from error
    event.listen(engine, "checkout", _leave_to_parent)
    return engine


def _engine(location: URL) -> Engine:
    if location.get_backend_name() == "sqlite":
        return _sqlite(location)
    engine = create_engine(
        location,
        connect_args=_POSTGRESQL,
        pool_pre_ping=True,
        pool_timeout=BUSY_S,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
    )
    event.listen(engine, "connect", _remember_process)
    return engine


def _sqlite(location: URL) -> Engine:
    folder = Path(location.database or "").parent
    if not folder.is_dir():
        raise Misconfigured(f"{folder} does not exist: run `sohoa init`")
    engine = create_engine(location, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _remember_process)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _remember_process(_: Any, entry: ConnectionPoolEntry) -> None:
    entry.info["pid"] = os.getpid()


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    # The driver would begin transactions too late, and end them at schema changes: ``_begin`` does it.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    # Changing to WAL does not wait for other connections by itself.
    deadline = time.monotonic() + BUSY_S
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
    immediate = connection.get_execution_options().get(IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _leave_to_parent(connection: Any, entry: Any, proxy: Any) -> None:
    """A forked process opens its own connection and does not even close its parent's."""
    if entry.info.get("pid") != os.getpid():
        _INHERITED.append(connection)
        entry.dbapi_connection = proxy.dbapi_connection = None
        raise DisconnectionError("connection of the parent process")
