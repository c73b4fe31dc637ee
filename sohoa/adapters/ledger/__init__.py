"""The ledger in a SQL database: SQLite embedded, PostgreSQL for a province."""

from __future__ import annotations

from collections.abc import Callable

from sohoa.adapters.ledger.access_requests import SqlAccessRequests
from sohoa.adapters.ledger.accounts import SqlAccounts
from sohoa.adapters.ledger.api_tokens import SqlApiTokens
from sohoa.adapters.ledger.coverage import SqlCoverage
from sohoa.adapters.ledger.coverage_work import SqlWork
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.deliveries import SqlDispatches
from sohoa.adapters.ledger.document_registers import SqlRegisters
from sohoa.adapters.ledger.dossiers import SqlDossiers
from sohoa.adapters.ledger.events import SqlEvents
from sohoa.adapters.ledger.fixity import SqlFixity
from sohoa.adapters.ledger.holdings import SqlHoldings
from sohoa.adapters.ledger.records import SqlRecords
from sohoa.adapters.ledger.reviews import SqlReviews
from sohoa.adapters.ledger.saved_queries import SqlSavedQueries
from sohoa.adapters.ledger.sessions import SqlSessions
from sohoa.adapters.ledger.snapshots import SqlSnapshots
from sohoa.adapters.ledger.started_sign_ins import SqlStartedSignIns
from sohoa.adapters.ledger.states import SqlStates
from sohoa.adapters.ledger.workers import Leases

__all__ = ["SqlLedger", "open_ledger"]


class SqlLedger:
    """One database and the ports over it, each an object of its own."""

    def __init__(self, database: Database, alive: Callable[[str], bool]) -> None:
        self._database = database
        self._workers = Leases(database, alive)
        self.states = SqlStates(database, self._workers)
        self.records = SqlRecords(database)
        self.events = SqlEvents(database)
        self.queue = SqlReviews(database)
        self.registers = SqlRegisters(database)
        self.dossiers = SqlDossiers(database)
        self.accounts = SqlAccounts(database)
        self.sessions = SqlSessions(database)
        self.started = SqlStartedSignIns(database)
        self.saved_queries = SqlSavedQueries(database)
        self.holdings = SqlHoldings(database)
        self.tokens = SqlApiTokens(database)
        self.requests = SqlAccessRequests(database)
        self.coverage = SqlCoverage(database)
        self.fixity = SqlFixity(database)
        self.work = SqlWork(database)
        self.snapshots = SqlSnapshots(database)
        self.dispatches = SqlDispatches(database, self._workers)

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
