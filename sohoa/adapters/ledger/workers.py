"""Which owners of claims still work: a process that can be seen, or a lease that is renewed.

Embedded, every worker runs on this machine and its process is looked at. On a server, workers of other
machines and containers renew a lease, by the server's clock; see docs/decisions/0006-claims-are-leased.md.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable
from datetime import timedelta

from sqlalchemy import delete, func, select

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.tables import WORKERS
from sohoa.domain.errors import SohoaError

log = logging.getLogger("sohoa.ledger")
HEARTBEAT_S = 10.0
LEASE = timedelta(seconds=30)
_FORGOTTEN = timedelta(days=1)


class Leases:
    """Leases of this process's owners, renewed by a thread until ``close``, and a look at all others."""

    def __init__(self, database: Database, may_live: Callable[[str], bool]) -> None:
        self._database = database
        self._may_live = may_live
        self._owners: set[str] = set()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._pid = os.getpid()
        self._lock = threading.Lock()

    def enter(self, owner: str) -> None:
        """Begin the owner's lease, or renew it; embedded there is none."""
        if not self._database.is_server:
            return
        with self._lock:
            if self._pid != os.getpid():  # threads do not survive a fork
                self._owners, self._thread, self._pid = set(), None, os.getpid()
                self._ended = threading.Event()
            new = owner not in self._owners
            self._owners.add(owner)
        self._renew([owner], forget=new)
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._beat, name="ledger-lease", daemon=True)
                self._thread.start()

    def living(self, owners: Iterable[str]) -> set[str]:
        """Those of the owners who are at work."""
        seen = {owner for owner in owners if self._may_live(owner)}
        if not seen or not self._database.is_server:
            return seen
        fresh = WORKERS.c.seen_at > func.clock_timestamp() - LEASE
        with self._database.reading() as connection:
            query = select(WORKERS.c.owner).where(fresh, WORKERS.c.owner.in_(seen))
            return set(connection.execute(query).scalars())

    def close(self) -> None:
        """Give up the leases of this process: its claims are dead from now on."""
        if self._pid != os.getpid() or self._thread is None:
            return
        self._ended.set()
        self._thread.join()
        try:
            with self._database.writing() as connection:
                connection.execute(delete(WORKERS).where(WORKERS.c.owner.in_(self._owners)))
        except SohoaError as error:
            log.warning("the lease ends by itself in %s: %s", LEASE, error)

    def _beat(self) -> None:
        while not self._ended.wait(HEARTBEAT_S):
            with self._lock:
                owners = sorted(self._owners)
            try:
                self._renew(owners)
            except SohoaError as error:
                log.warning("the lease was not renewed: %s", error)

    def _renew(self, owners: Iterable[str], *, forget: bool = False) -> None:
        with self._database.writing() as connection:
            for owner in owners:
                self._database.upsert(
                    WORKERS, connection, {"owner": owner, "seen_at": func.clock_timestamp()}
                )
            if forget:
                old = WORKERS.c.seen_at < func.clock_timestamp() - _FORGOTTEN
                connection.execute(delete(WORKERS).where(old))
