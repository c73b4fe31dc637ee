"""Since when a record counts as it does: a span for every change of what coverage counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from sohoa.adapters.ledger.coverage_tables import RECORD_SPANS as SPANS
from sohoa.adapters.ledger.coverage_tables import TOUCHED
from sohoa.adapters.ledger.database import Database
from sohoa.ports import RecordRow

_FACTS = "agency", "year", "searchable", "signed", "complete", "draft"
_COUNTED = *_FACTS, "sheets", "confidence", "originally_signed"


def follow(database: Database, connection: Connection, row: RecordRow, at: datetime) -> None:
    """End the record's span and begin the next one where its facts changed; its cells are to be counted anew.

    A withdrawn record has none.
    """
    still = (SPANS.c.record_id == row.record_id) & SPANS.c.ended.is_(None)
    known = connection.execute(select(*(SPANS.c[name] for name in _COUNTED)).where(still)).one_or_none()
    before = dict(known._mapping) if known else None
    after = _counted(row)
    if before == after:
        return
    if before is not None:
        connection.execute(update(SPANS).where(still).values(ended=at))
    if after is not None:
        connection.execute(insert(SPANS).values(record_id=row.record_id, started=at, **after))
    cells = {(facts["agency"], facts["year"]) for facts in (before, after) if facts is not None}
    for agency, year in sorted(cells):
        database.upsert(TOUCHED, connection, {"agency": agency, "year": year, "at": at})


def _counted(row: RecordRow) -> dict[str, Any] | None:
    """What of the record coverage counts; None for one that is only held, or withdrawn."""
    if row.version < 1 or row.withdrawn:
        return None
    facts = row.agency, row.year or 0, row.searchable, row.signed, row.complete, row.draft
    values = *facts, row.sheets_a4, row.confidence, row.originally_signed
    return dict(zip(_COUNTED, values, strict=True))
