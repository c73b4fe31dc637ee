"""What every ledger does with records."""

from dataclasses import replace

import pytest

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.archive.actions import Action
from sohoa.domain.inbox.states import ObjectInfo, Outcome, State
from sohoa.ports import NewEvent, RecordRow
from tests.support.moments import NOON
from tests.support.processes import results, start

SHA = "ab" * 32
FULL = RecordRow(
    "r1", "H1", SHA, "H1/a", version=2, year=2024, pages=3, sheets_a4=4, searchable=True, signed=True,
    complete=True, draft=False, code="5/QĐ-UBND", manifest_sha256="cd" * 32, archived_at=NOON,
)  # fmt: skip


def hold(ledger: SqlLedger, key: str) -> str:
    return ledger.records.hold("r1", "H1", SHA, key)


def held_by_a(ledger: SqlLedger) -> None:
    """Two objects of the same bytes; the first holds the record."""
    ledger.states.observe([ObjectInfo("H1/a", 1, "e1"), ObjectInfo("H1/b", 1, "e1")])
    assert hold(ledger, "H1/a") == "H1/a"


def test_the_first_key_holds(ledger: SqlLedger) -> None:
    """The first key to ask holds the record, also when it asks again; the next one learns whose it is."""
    held_by_a(ledger)
    assert (hold(ledger, "H1/b"), hold(ledger, "H1/a")) == ("H1/a", "H1/a")
    assert ledger.records.record("r1") == RecordRow("r1", "H1", SHA, "H1/a")


@pytest.mark.parametrize("state", [State.PENDING, State.ARCHIVED, State.NEEDS_REVIEW, State.QUARANTINED])
def test_a_good_holder_stays(ledger: SqlLedger, state: State) -> None:
    """A holder that is at work, archived or in quarantine keeps the record."""
    held_by_a(ledger)
    ledger.states.settle("H1/a", "e1", Outcome(state), NOON)
    assert hold(ledger, "H1/b") == "H1/a"


@pytest.mark.parametrize("state", [State.REJECTED, State.FAILED])
def test_a_lost_holder_gives_way(ledger: SqlLedger, state: State) -> None:
    """A holder that was rejected or failed gives way, and does not come back by itself."""
    held_by_a(ledger)
    ledger.states.settle("H1/a", "e1", Outcome(state), NOON)
    assert (hold(ledger, "H1/b"), hold(ledger, "H1/a")) == ("H1/b", "H1/b")


def test_a_removed_holder_gives_way(ledger: SqlLedger) -> None:
    """A quarantined object that a person removed holds nothing."""
    held_by_a(ledger)
    ledger.states.settle("H1/a", "e1", Outcome(State.QUARANTINED), NOON)
    removed = NewEvent("lan", Action.REMOVED, {})
    ledger.states.mark_removed("H1/a", "e1", "lan", NOON, removed)
    assert hold(ledger, "H1/b") == "H1/b"


def test_a_replaced_holder_gives_way(ledger: SqlLedger) -> None:
    """The new object under the holder's key has other bytes and no right to the record."""
    held_by_a(ledger)
    ledger.states.observe([ObjectInfo("H1/a", 1, "e2")])
    assert hold(ledger, "H1/b") == "H1/b"


def test_a_touched_holder_stays(ledger: SqlLedger) -> None:
    """The same bytes under a new etag take the record over from the old etag of the key."""
    held_by_a(ledger)
    ledger.states.observe([ObjectInfo("H1/a", 1, "e2")])
    assert (hold(ledger, "H1/a"), hold(ledger, "H1/b")) == ("H1/a", "H1/a")


RACE = """
records = open_ledger(place, alive).records
print(" ".join(records.hold(f"r{n}", "H1", "ab", "H1/" + new_owner("w").split(":")[1]) for n in range(60)))
"""


def test_racing_processes_agree_on_the_holder(ledger: SqlLedger, ledger_url: str) -> None:
    """Whoever asks, and whenever, everybody gets the same answer for a record."""
    first, second, third = (text.split() for text in results([start(RACE, ledger_url) for _ in range(3)]))
    assert first == second == third
    assert len(first) == 60


def test_a_summary_comes_back(ledger: SqlLedger) -> None:
    """A saved row is read as it was saved; saving again replaces it."""
    hold(ledger, "H1/a")
    for row in (FULL, replace(FULL, year=None, withdrawn="sai cơ quan", version=3)):
        ledger.records.save(row, NOON)
        assert ledger.records.record("r1") == row
    assert ledger.records.record("r2") is None


def test_only_archived_records_are_listed(ledger: SqlLedger) -> None:
    """Held records are not in the list; the others come sorted, of one agency if wanted."""
    hold(ledger, "H1/a")
    rows = [replace(FULL, record_id=f"x{n:04}", agency=f"H{n % 2}") for n in range(1500)]
    for row in reversed(rows[:30]):
        ledger.records.save(row, NOON)
    assert list(ledger.records.records()) == rows[:30]
    assert list(ledger.records.records(agency="H1")) == [row for row in rows[:30] if row.agency == "H1"]


def test_records_are_listed_by_place_and_year(ledger: SqlLedger) -> None:
    """Only those of objects below a key, and of these years or of no known one, if wanted."""
    places = {"a": ("H1/lo/x/1.pdf", 2023), "b": ("H1/lo/2.pdf", None), "c": ("H1/lo-2/3.pdf", 2024)}
    for name, (key, year) in places.items():
        ledger.records.save(replace(FULL, record_id=name, holder_key=key, year=year), NOON)

    def listed(held_below: str = "", years: set[int] | None = None) -> str:
        return "".join(row.record_id for row in ledger.records.records(held_below=held_below, years=years))

    assert [listed("H1/lo/"), listed("H1/lo"), listed("H1/lo/x/"), listed("H2/")] == ["ab", "abc", "a", ""]
    assert [listed(years={2024}), listed(years={2023, 2024}), listed(years=set())] == ["bc", "abc", "b"]
    assert listed("H1/lo/", {2024}) == "b"


def test_same_number(ledger: SqlLedger) -> None:
    """Another archived record with the same agency, year and code is named; withdrawn ones are not."""
    others = {
        "same": {},
        "year": {"year": 2023},
        "agency": {"agency": "H2"},
        "code": {"code": "6/QĐ-UBND"},
        "held": {"version": 0},
        "gone": {"withdrawn": "x"},
    }
    for name, change in others.items():
        ledger.records.save(replace(FULL, record_id=name, **change), NOON)  # type: ignore[arg-type]  # fields of RecordRow
    assert list(ledger.records.same_number(FULL)) == ["same"]
    assert list(ledger.records.same_number(replace(FULL, code=""))) == []
    assert list(ledger.records.same_number(replace(FULL, year=None))) == []
