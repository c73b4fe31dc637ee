"""Declared holdings, in the order in which they were declared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from sohoa.adapters.ledger.coverage_tables import HOLDINGS
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.ledger.events import append_with
from sohoa.adapters.ledger.paging import batches, paged
from sohoa.domain.coverage.holdings import Declaration, Holding, Unit
from sohoa.ports import NewEvent

SUBJECT = "holdings"


class SqlHoldings:
    """The ``HoldingRegister`` port."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def declarations(self, *, agency: str = "") -> Sequence[Declaration]:
        """All declarations in their order, of one agency if wanted."""
        query = select(HOLDINGS)
        query = query.where(HOLDINGS.c.agency == agency) if agency else query
        return [_declaration(row) for row in paged(self._database, query, HOLDINGS.c.number)]

    def declare(
        self, holdings: Sequence[Holding], by: str, at: datetime, counts_from: date, event: NewEvent
    ) -> None:
        """Add declarations and their event, all or none."""

        def write(connection: Connection) -> None:
            first = (connection.execute(select(func.max(HOLDINGS.c.number))).scalar() or 0) + 1
            for batch in batches(enumerate(holdings, start=first)):
                made = {"declared_by": by, "declared_at": at}
                rows = [_row(number, holding, counts_from) | made for number, holding in batch]
                connection.execute(insert(HOLDINGS), rows)

        append_with(self._database, SUBJECT, event, at, write)


def _row(number: int, holding: Holding, counts_from: date) -> dict[str, Any]:
    low, high = holding.bounds or (None, None)
    return {
        "number": number,
        "agency": holding.agency,
        "fonds": holding.fonds,
        "year": holding.year,
        "unit": holding.unit.value,
        "retention": holding.retention,
        "kind": holding.kind,
        "held": f"{holding.held:f}",
        "low": None if low is None else f"{low:f}",
        "high": None if high is None else f"{high:f}",
        "source": holding.source,
        "as_of": holding.as_of.isoformat(),
        "valid_to": holding.valid_to.isoformat() if holding.valid_to else None,
        "place": holding.row,
        "counts_from": max(holding.as_of, counts_from).isoformat(),
    }


def _declaration(row: Row[Any]) -> Declaration:
    holding = Holding(
        agency=row.agency,
        fonds=row.fonds,
        year=row.year,
        unit=Unit(row.unit),
        held=Decimal(row.held),
        source=row.source,
        as_of=date.fromisoformat(row.as_of),
        row=row.place,
        retention=row.retention,
        kind=row.kind,
        bounds=None if row.low is None else (Decimal(row.low), Decimal(row.high)),
        valid_to=date.fromisoformat(row.valid_to) if row.valid_to else None,
    )
    day = date.fromisoformat(row.counts_from)
    return Declaration(row.number, holding, row.declared_by, row.declared_at, day)
