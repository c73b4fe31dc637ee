"""The ledger in a SQL database: SQLite embedded, PostgreSQL for a province."""

from __future__ import annotations

from collections.abc import Callable

from sohoa.adapters.ledger.correspondence import SqlRegisters
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.events import SqlEvents
from sohoa.adapters.ledger.files import SqlFiles
from sohoa.adapters.ledger.register import SqlRecords
from sohoa.adapters.ledger.reviews import SqlReviews
from sohoa.adapters.ledger.states import SqlStates
from sohoa.adapters.ledger.workers import Leases

__all__ = ["SqlLedger", "open_ledger"]


class SqlLedger(SqlStates, SqlRecords, SqlEvents, SqlReviews, SqlRegisters, SqlFiles):
    """States and claims, records, events, review queue, registers, files: six ports over one database."""

    def __init__(self, database: Database, alive: Callable[[str], bool]) -> None:
        self._database = database
        self._workers = Leases(database, alive)
        self._claims = {}

    def ping(self) -> str:
        """One line that names database and schema; raises ``Unavailable`` or ``Misconfigured``."""
        return self._database.ping()

    def close(self) -> None:
        """Close all connections; on a server, claims that were not released are dead from now on."""
        self._workers.close()
        self._database.close()


def open_ledger(url: str, alive: Callable[[str], bool], password: str = "") -> SqlLedger:
    """Open the ledger and bring its schema up to date; safe for several processes at once.

    ``url`` is SQLAlchemy's, without the password. ``alive`` says whether the process that owns a claim
    still runs; on a server it must say True of those that it cannot see, whose lease decides then. Raises
    ``Misconfigured`` for an address that cannot be used and for a schema newer than this program.
    """
    database = Database(url, password)
    try:
        database.upgrade()
    except BaseException:
        database.close()
        raise
    return SqlLedger(database, alive)
