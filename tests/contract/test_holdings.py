"""What every ledger does with declared holdings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.holdings import Declaration, Holding, Unit
from sohoa.ports import NewEvent
from tests.support.moments import NOON

FULL = Holding(
    agency="H1",
    fonds="P1",
    year=2024,
    unit=Unit.METRES,
    held=Decimal("12.375"),
    source="Biên bản 7",
    as_of=date(2025, 12, 31),
    row="so.csv:2",
    retention="Vĩnh viễn",
    kind="Hành chính",
    bounds=(Decimal("11.1375"), Decimal("13.6125")),
    valid_to=date(2026, 12, 31),
)
PLAIN = Holding("H2", "P2", None, Unit.DOCUMENTS, Decimal(1_000_000_000), "B", date(2020, 1, 1))
EVENT = NewEvent("lan", Action.HOLDINGS_DECLARED, {"file": "so.csv"})


def test_declarations_come_back_whole_and_in_their_order(ledger: SqlLedger) -> None:
    """Exact numbers, estimates, an unknown year; none replaces another; each declaring is an event."""
    ledger.holdings.declare([FULL, PLAIN], "lan", NOON, date.min, EVENT)
    corrected = replace(FULL, held=Decimal(13), bounds=None, valid_to=None)
    ledger.holdings.declare([corrected], "minh", NOON, date(2026, 7, 1), EVENT)
    assert list(ledger.holdings.declarations()) == [
        Declaration(1, FULL, "lan", NOON, date(2025, 12, 31)),
        Declaration(2, PLAIN, "lan", NOON, date(2020, 1, 1)),
        Declaration(3, corrected, "minh", NOON, date(2026, 7, 1)),
    ]
    assert [d.number for d in ledger.holdings.declarations(agency="H1")] == [1, 3]
    assert [event.action for event in ledger.events.events("holdings")] == ["holdings_declared"] * 2


def test_many_declarations_at_once(ledger: SqlLedger) -> None:
    """More rows than one statement takes are numbered through."""
    many = [replace(PLAIN, fonds=f"P{n}") for n in range(2500)]
    ledger.holdings.declare(many, "lan", NOON, date.min, EVENT)
    assert [d.number for d in ledger.holdings.declarations()] == list(range(1, 2501))
