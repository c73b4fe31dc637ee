"""Requests to see restricted records."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.events import append_made, append_with
from sohoa.adapters.ledger.tables import ACCESS_REQUESTS
from sohoa.domain.errors import NotFound
from sohoa.domain.people.access_request import AccessRequest
from sohoa.domain.people.account import subject_of
from sohoa.ports import NewEvent

_REQUEST = select(*(ACCESS_REQUESTS.c[field.name] for field in fields(AccessRequest)))
_NEWEST = (ACCESS_REQUESTS.c.asked_at.desc(), ACCESS_REQUESTS.c.request_id)


class SqlAccessRequests:
    """The ``AccessRequests`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fresh_id(self) -> str:
        """An id that nobody can guess."""
        return secrets.token_hex(8)

    def of(self, login: str) -> Sequence[AccessRequest]:
        """The requests of an account, the newest first."""
        return self._read(_REQUEST.where(ACCESS_REQUESTS.c.login == login))

    def waiting(self) -> Sequence[AccessRequest]:
        """Those that nobody has decided, the newest first."""
        return self._read(_REQUEST.where(ACCESS_REQUESTS.c.decided_at.is_(None)))

    def listed(self) -> Sequence[AccessRequest]:
        """All of them, the newest first."""
        return self._read(_REQUEST)

    def open_records(self, login: str, at: datetime) -> frozenset[str]:
        """The records that are granted to an account at that moment."""
        query = select(ACCESS_REQUESTS.c.record_id).where(
            ACCESS_REQUESTS.c.login == login, ACCESS_REQUESTS.c.until > at
        )
        with self._database.reading() as connection:
            return frozenset(connection.execute(query).scalars())

    def ask(self, request: AccessRequest, new: NewEvent) -> None:
        """Add a request, in one step with its event."""

        def write(connection: Connection) -> None:
            connection.execute(insert(ACCESS_REQUESTS).values(asdict(request)))

        append_with(self._database, subject_of(request.login), new, request.asked_at, write)

    def change(
        self,
        asked: AccessRequest,
        change: Callable[[AccessRequest], tuple[AccessRequest, NewEvent]],
        at: datetime,
    ) -> AccessRequest:
        """Decide a request in one step with its event; raises ``NotFound`` where it is gone."""
        mine = ACCESS_REQUESTS.c.request_id == asked.request_id
        then: list[AccessRequest] = []

        def make(connection: Connection) -> NewEvent:
            row = connection.execute(_REQUEST.where(mine).with_for_update()).one_or_none()
            if row is None:
                raise NotFound("request", "there is no such request")
            request, new = change(_request(row))
            connection.execute(update(ACCESS_REQUESTS).where(mine).values(asdict(request)))
            then[:] = [request]
            return new

        append_made(self._database, subject_of(asked.login), make, at)
        return then[0]

    def _read(self, query: Any) -> Sequence[AccessRequest]:
        with self._database.reading() as connection:
            return [_request(row) for row in connection.execute(query.order_by(*_NEWEST))]


def _request(row: Row[Any]) -> AccessRequest:
    return AccessRequest(**row._mapping)
