"""When each record was last checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    Index,
    Integer,
    Table,
    case,
    func,
    nulls_first,
    select,
)

from sohoa.adapters.ledger.columns import METADATA, UtcTime, text_column
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.paging import batches
from sohoa.adapters.ledger.tables import RECORDS
from sohoa.ports import FixityState

FIXITY = Table(
    "fixity",
    METADATA,
    Column("record_id", text_column(), primary_key=True),
    Column("checked_at", UtcTime, nullable=False),
    Column("faults", Integer, nullable=False),
    Index("fixity_checked", "checked_at"),
)
_ALL = RECORDS.outerjoin(FIXITY, FIXITY.c.record_id == RECORDS.c.record_id)
_FAULTY = func.coalesce(FIXITY.c.faults, 0) > 0


class SqlFixity:
    """The ``FixityLog`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, faults: Mapping[str, int], at: datetime) -> None:
        """These records were checked at that moment, each with so many faults."""
        for batch in batches(faults.items()):
            with self._database.writing() as connection:
                for record_id, count in batch:
                    row = {"record_id": record_id, "checked_at": at, "faults": count}
                    self._database.upsert(FIXITY, connection, row)

    def due(self, most: int) -> Sequence[str]:
        """Records last found faulty, then those checked longest ago or never."""
        query = select(RECORDS.c.record_id).select_from(_ALL).where(RECORDS.c.version >= 1)
        order = case((_FAULTY, 0), else_=1), nulls_first(FIXITY.c.checked_at), RECORDS.c.record_id
        with self._database.reading() as connection:
            return list(connection.execute(query.order_by(*order).limit(most)).scalars())

    def state(self, since: datetime) -> FixityState:
        """How the archive stands."""
        last = func.coalesce(FIXITY.c.checked_at, RECORDS.c.archived_at, "")
        query = select(
            func.count().label("records"),
            func.coalesce(func.sum(case((last < since, 1), else_=0)), 0).label("overdue"),
            func.coalesce(func.sum(case((_FAULTY, 1), else_=0)), 0).label("faulty"),
        )
        with self._database.reading() as connection:
            row = connection.execute(query.select_from(_ALL).where(RECORDS.c.version >= 1)).one()
        return FixityState(row.records, row.overdue, row.faulty)
