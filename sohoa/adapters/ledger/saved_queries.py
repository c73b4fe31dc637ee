"""Questions that people keep."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, delete, func, select

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.tables import SAVED_QUERIES as SAVED
from sohoa.domain.people.saved_query import SavedQuery


class SqlSavedQueries:
    """The ``SavedQueries`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self, login: str) -> Sequence[SavedQuery]:
        """What the person keeps, sorted by name."""
        query = select(SAVED).where(SAVED.c.login == login).order_by(SAVED.c.name)
        with self._database.reading() as connection:
            return [SavedQuery(*row) for row in connection.execute(query)]

    def keep(self, query: SavedQuery, most: int) -> bool:
        """Keep it, in the place of one of the same name; False where the person has ``most`` others."""
        others = select(func.count()).where(SAVED.c.login == query.login, SAVED.c.name != query.name)
        row = {"login": query.login, "name": query.name, "question": query.question}
        with self._database.writing() as connection:
            if connection.execute(others).scalar_one() >= most:
                return False
            self._database.upsert(SAVED, connection, row | {"saved_at": query.saved_at})
            return True

    def forget(self, login: str, name: str) -> None:
        """Keep it no longer; one that is not there is a no-op."""
        with self._database.writing() as connection:
            connection.execute(delete(SAVED).where(and_(SAVED.c.login == login, SAVED.c.name == name)))
