"""What every ledger does with registers of documents."""

from dataclasses import replace

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.evidence.document_register import Direction, RegisterEntry
from sohoa.ports import Entered
from tests.support.moments import NOON

VALUES = {
    "code_number": "047",
    "code_notation": "QĐ-UBND",
    "issued_date": "2024-03-05",
    "subject": "Đất \U0001f4dc",
}
ENTRY = RegisterEntry("H1", Direction.OUT, "a", VALUES, "so.csv:2")


def test_lines_come_back_by_number_and_by_day(ledger: SqlLedger) -> None:
    """As they were entered, those of the agency only, noughts in front of the number left out."""
    other = replace(ENTRY, agency="H2")
    incoming = replace(ENTRY, direction=Direction.IN, values={"issued_date": "2024-03-06", "subject": "x"})
    assert ledger.registers.enter([ENTRY, other, incoming], NOON) == Entered(3, 0, 0)
    assert ledger.registers.numbered("H1", "47") == [ENTRY]
    assert ledger.registers.issued_on("H1", "2024-03-05") == [ENTRY]
    assert ledger.registers.issued_on("H1", "2024-03-06") == [incoming]
    assert list(ledger.registers.numbered("H1", "047")) == list(ledger.registers.numbered("H1", "")) == []
    assert list(ledger.registers.issued_on("H1", "")) == []


def test_entering_again(ledger: SqlLedger) -> None:
    """The same line changes nothing, a corrected one takes its place."""
    many = [replace(ENTRY, identity=f"{n:05}") for n in range(1200)]
    assert ledger.registers.enter(many, NOON) == Entered(1200, 0, 0)
    assert ledger.registers.enter(many, NOON) == Entered(0, 0, 1200)
    corrected = replace(many[7], values={**VALUES, "subject": "Nhà"}, source="so2.csv:9")
    assert ledger.registers.enter([corrected, *many[8:10]], NOON) == Entered(0, 1, 2)
    found = {entry.identity: entry for entry in ledger.registers.numbered("H1", "47")}
    assert found["00007"] == corrected
    assert len(found) == 1200
