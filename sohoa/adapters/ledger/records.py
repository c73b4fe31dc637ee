"""The records that exist, who holds them, and their countable summary."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.paging import paged
from sohoa.adapters.ledger.spans import follow
from sohoa.adapters.ledger.tables import OBJECTS, RECORDS, below
from sohoa.domain.errors import Unavailable
from sohoa.domain.inbox.states import State
from sohoa.ports import RecordRow

_NAMES = tuple(field.name for field in fields(RecordRow))
_RECORD = select(*(RECORDS.c[name] for name in _NAMES))
_GIVES_WAY = (State.REJECTED, State.FAILED)
_TRIES = 20


def _row(row: Row[Any]) -> RecordRow:
    return RecordRow(**dict(zip(_NAMES, row, strict=True)))


class SqlRecords:
    """The ``RecordRegister`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def hold(self, record_id: str, agency: str, sha256: str, key: str) -> str:
        """Reserve the record for an inbox key, atomically; returns the key that holds it.

        The object that holds is the one that was under the key at that time: it gives way once it is
        rejected, failed, replaced or removed.
        """
        for _ in range(_TRIES):
            with self._database.writing() as connection:
                etag = _present_etag(connection, key)
                first = {"record_id": record_id, "agency": agency, "sha256": sha256}
                held = {**first, "holder_key": key, "holder_etag": etag}
                self._database.insert_missing(RECORDS, connection, [held])
                query = select(RECORDS.c.holder_key, RECORDS.c.holder_etag)
                holder = connection.execute(query.where(RECORDS.c.record_id == record_id)).one()
                if holder.holder_key != key and _stands(connection, *holder):
                    return str(holder.holder_key)
                if _take(connection, record_id, tuple(holder), (key, etag)):
                    return key
        raise Unavailable("the ledger could not decide who holds a record; try again")

    def save(self, row: RecordRow, at: datetime) -> None:
        """Store the summary of a record's newest version, and since when it counts so."""
        with self._database.writing() as connection:
            version = select(RECORDS.c.version).where(RECORDS.c.record_id == row.record_id)
            known = connection.execute(version).scalar_one_or_none() or 0
            self._database.upsert(RECORDS, connection, asdict(row))
            since = at if known else row.archived_at or at
            follow(self._database, connection, row, since)

    def record(self, record_id: str) -> RecordRow | None:
        """The row, or None; rows of version 0 are only held, not archived yet."""
        with self._database.reading() as connection:
            row = connection.execute(_RECORD.where(RECORDS.c.record_id == record_id)).one_or_none()
        return _row(row) if row else None

    def records(
        self, *, agency: str = "", held_below: str = "", years: Collection[int] | None = None
    ) -> Iterator[RecordRow]:
        """Archived records (version 1 and up) sorted by id; streaming."""
        query = _RECORD.where(RECORDS.c.version >= 1)
        if agency:
            query = query.where(RECORDS.c.agency == agency)
        if held_below:
            query = query.where(below(RECORDS.c.holder_key, held_below))
        if years is not None:
            query = query.where(or_(RECORDS.c.year.in_(years), RECORDS.c.year.is_(None)))
        return map(_row, paged(self._database, query, RECORDS.c.record_id))

    def same_number(self, row: RecordRow) -> Sequence[str]:
        """Ids of other archived records, not withdrawn, with the same agency, year and code."""
        if not row.code or row.year is None:
            return []
        query = select(RECORDS.c.record_id).where(
            RECORDS.c.agency == row.agency,
            RECORDS.c.year == row.year,
            RECORDS.c.code == row.code,
            RECORDS.c.record_id != row.record_id,
            RECORDS.c.version >= 1,
            RECORDS.c.withdrawn == "",
        )
        with self._database.reading() as connection:
            return list(connection.execute(query.order_by(RECORDS.c.record_id)).scalars())


def _present_etag(connection: Connection, key: str) -> str:
    present = select(OBJECTS.c.etag).where(OBJECTS.c.key == key, OBJECTS.c.replaced.is_(False))
    return connection.execute(present.limit(1)).scalar_one_or_none() or ""


def _stands(connection: Connection, key: str, etag: str) -> bool:
    """Whether the holding object still has a right to the record; unknown objects have."""
    query = select(OBJECTS.c.state, OBJECTS.c.replaced, OBJECTS.c.removed_by)
    holder = connection.execute(query.where(OBJECTS.c.key == key, OBJECTS.c.etag == etag)).one_or_none()
    if holder is None:
        return True
    return holder.state not in _GIVES_WAY and not holder.replaced and not holder.removed_by


def _take(connection: Connection, record_id: str, old: tuple[str, ...], new: tuple[str, str]) -> bool:
    held = and_(
        RECORDS.c.record_id == record_id, RECORDS.c.holder_key == old[0], RECORDS.c.holder_etag == old[1]
    )
    values = {"holder_key": new[0], "holder_etag": new[1]}
    return connection.execute(update(RECORDS).where(held).values(values)).rowcount == 1
