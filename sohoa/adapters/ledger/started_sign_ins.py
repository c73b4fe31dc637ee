"""Sign-ins that were begun at another service."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import delete, insert

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.tables import STARTED_SIGN_INS
from sohoa.domain.people.identity import StartedSignIn

_T = STARTED_SIGN_INS.c


class SqlStartedSignIns:
    """The ``StartedSignIns`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, started: StartedSignIn, at: datetime) -> None:
        """Keep it until it is taken or its time is over; those that are over by then are removed."""
        row = {
            "state_hash": _hash(started.state),
            "nonce": started.nonce,
            "verifier": started.verifier,
            "wanted": started.wanted,
            "until": started.until,
        }
        with self._database.writing() as connection:
            connection.execute(delete(STARTED_SIGN_INS).where(_T.until <= at))
            connection.execute(insert(STARTED_SIGN_INS).values(row))

    def take(self, state: str, at: datetime) -> StartedSignIn | None:
        """The one of that state, which is gone after this; None where none is, or it is too late."""
        taken = delete(STARTED_SIGN_INS).where(_T.state_hash == _hash(state))
        with self._database.writing() as connection:
            query = taken.returning(_T.nonce, _T.verifier, _T.wanted, _T.until)
            row = connection.execute(query).one_or_none()
        if row is None or row.until <= at:
            return None
        return StartedSignIn(state, row.nonce, row.verifier, row.wanted, row.until)


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()
