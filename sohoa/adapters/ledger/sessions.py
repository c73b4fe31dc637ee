"""Sessions of the people who are signed in."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, update

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.tables import SESSIONS
from sohoa.domain.people.session import IDLE, LONGEST, OpenSession

_TOKEN_BYTES = 32


class SqlSessions:
    """The ``Sessions`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open(self, login: str, at: datetime) -> str:
        """Begin a session; its token. Sessions that are over by then are removed."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        row = {"token_hash": _hash(token), "login": login, "opened_at": at, "seen_at": at}
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(_over(at)))
            connection.execute(insert(SESSIONS).values(row))
        return token

    def find(self, token: str) -> OpenSession | None:
        """The session of that token, or None."""
        query = select(SESSIONS.c.login, SESSIONS.c.opened_at, SESSIONS.c.seen_at).where(_of(token))
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return OpenSession(row.login, row.opened_at, row.seen_at) if row else None

    def seen(self, token: str, at: datetime) -> None:
        """Note that the session was used."""
        with self._database.writing() as connection:
            connection.execute(update(SESSIONS).where(_of(token)).values(seen_at=at))

    def end(self, token: str) -> None:
        """End the session; one that is not there is a no-op."""
        with self._database.writing() as connection:
            connection.execute(delete(SESSIONS).where(_of(token)))

    def end_all(self, login: str) -> int:
        """End all sessions of an account; how many there were."""
        with self._database.writing() as connection:
            return connection.execute(delete(SESSIONS).where(SESSIONS.c.login == login)).rowcount

    def count(self, at: datetime) -> Mapping[str, int]:
        """How many sessions are alive, by login."""
        query = select(SESSIONS.c.login, func.count().label("alive")).where(~_over(at))
        with self._database.reading() as connection:
            return {row.login: row.alive for row in connection.execute(query.group_by(SESSIONS.c.login))}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _of(token: str) -> ColumnElement[bool]:
    return SESSIONS.c.token_hash == _hash(token)


def _over(at: datetime) -> ColumnElement[bool]:
    return or_(SESSIONS.c.opened_at <= at - LONGEST, SESSIONS.c.seen_at <= at - IDLE)
