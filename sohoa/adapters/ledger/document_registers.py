"""Registers of outgoing and incoming documents."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, select

from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.paging import batches
from sohoa.adapters.ledger.tables import REGISTER_ENTRIES as ENTRIES
from sohoa.domain.archive.event_chain import canonical_json
from sohoa.domain.evidence.document_register import Direction, RegisterEntry
from sohoa.ports import Entered

_ENTRY = select(*(ENTRIES.c[name] for name in ("agency", "direction", "identity", "entry_values", "source")))


class SqlRegisters:
    """The ``DocumentRegisters`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def enter(self, entries: Sequence[RegisterEntry], at: datetime) -> Entered:
        """Store the lines, all or none; one of a known identity is replaced where it says something else."""
        new = changed = 0
        with self._database.writing() as connection:
            for batch in batches(entries):
                known = _known(connection, batch)
                for entry in batch:
                    row = _columns(entry, at)
                    before = known.get((entry.agency, entry.direction, entry.identity))
                    if before == row["entry_values"]:
                        continue
                    new, changed = new + (before is None), changed + (before is not None)
                    self._database.upsert(ENTRIES, connection, row)
        return Entered(new, changed, len(entries) - new - changed)

    def numbered(self, agency: str, number: str) -> Sequence[RegisterEntry]:
        """Lines of the agency with that document number, without noughts in front."""
        return self._found(and_(ENTRIES.c.agency == agency, ENTRIES.c.number == number)) if number else []

    def issued_on(self, agency: str, issued_date: str) -> Sequence[RegisterEntry]:
        """Lines of the agency with that document date (ISO)."""
        same_day = and_(ENTRIES.c.agency == agency, ENTRIES.c.issued_date == issued_date)
        return self._found(same_day) if issued_date else []

    def _found(self, which: ColumnElement[bool]) -> Sequence[RegisterEntry]:
        query = _ENTRY.where(which).order_by(ENTRIES.c.direction, ENTRIES.c.identity)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(query)]


def _known(connection: Connection, batch: Sequence[RegisterEntry]) -> dict[tuple[str, str, str], str]:
    query = select(ENTRIES.c.agency, ENTRIES.c.direction, ENTRIES.c.identity, ENTRIES.c.entry_values)
    names = [entry.identity for entry in batch]
    rows = connection.execute(query.where(ENTRIES.c.identity.in_(names)))
    return {(row.agency, row.direction, row.identity): row.entry_values for row in rows}


def _columns(entry: RegisterEntry, at: datetime) -> dict[str, Any]:
    return {
        "agency": entry.agency,
        "direction": str(entry.direction),
        "identity": entry.identity,
        "number": entry.number,
        "issued_date": entry.issued_date,
        "entry_values": canonical_json(dict(entry.values)),
        "source": entry.source,
        "entered_at": at,
    }


def _entry(row: Row[Any]) -> RegisterEntry:
    values = json.loads(row.entry_values)
    return RegisterEntry(row.agency, Direction(row.direction), row.identity, values, row.source)
