"""Tokens of the API."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.events import append_with
from sohoa.adapters.ledger.tables import API_TOKENS
from sohoa.domain.errors import NotFound
from sohoa.domain.people.account import subject_of
from sohoa.domain.people.api_token import ApiToken
from sohoa.ports import NewEvent

_SECRET_BYTES = 32
_PREFIX = "sohoa_"
_TOKEN = select(API_TOKENS)


class SqlApiTokens:
    """The ``ApiTokens`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def fresh(self) -> str:
        """A new token; the beginning tells programs that look for lost secrets what it is."""
        return _PREFIX + secrets.token_urlsafe(_SECRET_BYTES)

    def find(self, sha256: str) -> ApiToken | None:
        """The token of that digest, or None."""
        with self._database.reading() as connection:
            row = connection.execute(_TOKEN.where(API_TOKENS.c.sha256 == sha256)).one_or_none()
        return _token(row) if row else None

    def listed(self) -> Sequence[ApiToken]:
        """All tokens, by login and age."""
        query = _TOKEN.order_by(API_TOKENS.c.login, API_TOKENS.c.made_at, API_TOKENS.c.sha256)
        with self._database.reading() as connection:
            return [_token(row) for row in connection.execute(query)]

    def add(self, token: ApiToken, new: NewEvent, at: datetime) -> None:
        """Add a token, in one step with its event."""
        row = {
            "sha256": token.sha256,
            "login": token.login,
            "scopes": " ".join(sorted(token.scopes)),
            "made_at": token.made_at,
            "until": token.until,
        }

        def write(connection: Connection) -> None:
            connection.execute(insert(API_TOKENS).values(row))

        append_with(self._database, subject_of(token.login), new, at, write)

    def remove(self, token: ApiToken, new: NewEvent, at: datetime) -> None:
        """Remove a token, in one step with its event; raises ``NotFound`` for one that is gone."""

        def write(connection: Connection) -> None:
            gone = delete(API_TOKENS).where(API_TOKENS.c.sha256 == token.sha256)
            if not connection.execute(gone).rowcount:
                raise NotFound("token", f"there is no token {token.token_id!r}")

        append_with(self._database, subject_of(token.login), new, at, write)


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(row.sha256, row.login, frozenset(row.scopes.split()), row.made_at, row.until)
