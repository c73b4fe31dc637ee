"""Every ledger counts the same: kept cells, a full count, and any past day agree with the rows one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from sohoa.adapters.ledger import SqlLedger
from sohoa.domain.archive.actions import Action
from sohoa.domain.coverage.activity import Arrivals, Waiting
from sohoa.domain.coverage.tallies import Tally
from sohoa.domain.errors import Conflict
from sohoa.domain.inbox.states import ObjectInfo, Outcome, State
from sohoa.ports import NewEvent, RecordRow, Snapshot
from tests.support.coverage import rows, tallied
from tests.support.moments import NOON

DAY = timedelta(days=1)


def saved(ledger: SqlLedger, *records: RecordRow, at: Any = NOON) -> None:
    for row in records:
        ledger.records.hold(row.record_id, row.agency, row.sha256, row.holder_key)
        ledger.records.save(replace(row, archived_at=row.archived_at or at), at)


def ordered(tallies: Any) -> list[Tally]:
    return sorted(tallies, key=repr)


def test_counts_are_those_of_the_rows_before_and_after_cells_are_kept(ledger: SqlLedger) -> None:
    """Whether cells are touched, counted or counted in full, the answer is the same; unknown years, too."""
    many = [*rows("H1", 2024, 3), *rows("H1", None, 2, signed=False), *rows("H2", 2024, 1)]
    saved(ledger, *many)
    assert ordered(ledger.coverage.records(None, None)) == ordered(tallied(many))
    assert ledger.coverage.refresh() == 3
    assert ledger.coverage.refresh() == 0
    assert ordered(ledger.coverage.records(None, None)) == ordered(tallied(many))
    assert ledger.coverage.recount() == []
    moved = replace(many[0], year=2023, sheets_a4=7)
    saved(ledger, moved, at=NOON + DAY)
    assert ordered(ledger.coverage.records(["H1"], None)) == ordered(tallied([moved, *many[1:5]]))
    assert ledger.coverage.refresh() == 2
    assert ordered(ledger.coverage.records(None, None)) == ordered(tallied([moved, *many[1:]]))


def test_what_is_counted_is_listed_one_by_one_of_any_day(ledger: SqlLedger) -> None:
    """Ids of a year, of an unknown one, behind another id, before and after a record moved; objects, too."""
    many = [*rows("H1", 2024, 3), *rows("H1", None, 2, signed=False), *rows("H2", 2024, 1)]
    saved(ledger, *many)
    saved(ledger, replace(many[0], year=2023), at=NOON + DAY)

    def listed(*asked: Any) -> list[str]:
        return [name for name, _ in ledger.coverage.counted(*asked)]

    first, second, third, *unknown, other = (row.record_id for row in many)
    assert listed(["H1"], 2024, None) == [second, third]
    assert listed(["H1"], 2024, NOON + DAY) == [first, second, third]
    assert listed(["H1"], 2024, NOON + DAY, first) == [second, third]
    assert listed(["H1"], 0, None) == sorted(unknown)
    assert listed(None, None, None) == sorted([first, second, third, *unknown, other])
    ledger.states.observe([ObjectInfo(f"H1/{name}.pdf", 1, "e") for name in "ab"])
    found = ledger.coverage.counted_objects(["H1"], [State.PENDING], None, frozenset())
    assert [(each.key, each.state) for each in found] == [(f"H1/{n}.pdf", State.PENDING) for n in "ab"]


@pytest.mark.parametrize("many", [0, 2000])
def test_many_touched_cells_are_counted_as_few_are(
    ledger: SqlLedger, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """In one pass over everything or each by itself: cells whose last record went are gone, too."""
    monkeypatch.setattr("sohoa.adapters.ledger.coverage._MANY", many)
    first, second = rows("H1", 2024, 1) + rows("H2", None, 1)
    saved(ledger, first, second)
    ledger.coverage.refresh()
    saved(ledger, replace(first, year=2020), at=NOON + DAY)
    assert ledger.coverage.refresh() == 2
    assert ordered(ledger.coverage.records(None, None)) == ordered(
        tallied([replace(first, year=2020), second])
    )
    assert ledger.coverage.recount() == []


def test_a_past_day_is_as_it_was(ledger: SqlLedger) -> None:
    """Withdrawn, corrected and held records: each moment has its own count."""
    first, second = rows("H1", 2024, 2)
    saved(ledger, first, second)
    ledger.records.hold("h-only", "H1", "", "H1/x")
    saved(ledger, replace(first, signed=False), at=NOON + DAY)
    ledger.records.save(replace(second, withdrawn="nhầm", archived_at=NOON), NOON + 2 * DAY)
    saved(ledger, replace(first, signed=False), at=NOON + 3 * DAY)
    counts = [ledger.coverage.records(None, NOON + n * DAY) for n in range(4)]
    assert [sum(t.records for t in found) for found in counts] == [0, 2, 2, 1]
    assert [sum(t.records for t in found if t.signed) for found in counts] == [0, 2, 1, 0]
    changes = list(ledger.coverage.changed(NOON + DAY, NOON + 3 * DAY))
    assert [(c.record_id, c.after is None) for c in changes] == [
        (first.record_id, False),
        (second.record_id, True),
    ]
    assert list(ledger.coverage.changed(NOON + 3 * DAY, NOON + 9 * DAY)) == []


def test_a_cell_that_was_changed_by_hand_is_found_and_mended(ledger: SqlLedger) -> None:
    """The nightly full count names the cell."""
    saved(ledger, *rows("H1", 2024, 3), *rows("H2", 2023, 1))
    ledger.coverage.refresh()
    with ledger.coverage._database.writing() as connection:
        connection.execute(text("UPDATE coverage_cells SET records = 99 WHERE agency = 'H1'"))
    assert ledger.coverage.recount() == [("H1", 2024)]
    assert sum(t.records for t in ledger.coverage.records(None, None)) == 4
    assert ledger.coverage.recount() == []


def test_objects_are_counted_by_agency_and_state_now_and_then(ledger: SqlLedger) -> None:
    """Waiting, settled, replaced and retried objects; reasons that stand for no paper are left out."""
    ledger.states.observe(
        [ObjectInfo(f"H1/b/{n}.pdf", 1, "e") for n in range(3)] + [ObjectInfo("stray", 1, "e")]
    )
    ledger.states.settle("H1/b/0.pdf", "e", Outcome(State.QUARANTINED, "secrecy_mark"), NOON)
    ledger.states.settle("H1/b/1.pdf", "e", Outcome(State.REJECTED, "withdrawn"), NOON)
    found = sorted(ledger.coverage.objects(None, None, {"withdrawn"}))
    assert found == [("H1", State.PENDING, 1), ("H1", State.QUARANTINED, 1), ("stray", State.PENDING, 1)]
    ledger.states.settle("H1/b/0.pdf", "e", Outcome(State.FAILED, "x"), NOON + DAY)
    assert ledger.states.retry(["H1/b/0.pdf"], "", NOON + 2 * DAY) == 1
    then = [
        {state: number for _, state, number in ledger.coverage.objects(["H1"], NOON + n * DAY, ())}
        for n in (0, 1, 2)
    ]
    assert then == [{}, {State.QUARANTINED: 1, State.REJECTED: 1}, {State.FAILED: 1, State.REJECTED: 1}]
    ledger.states.observe([ObjectInfo("H1/b/2.pdf", 2, "e2")])
    assert sorted(ledger.coverage.objects(["H1"], None, ())) == [
        ("H1", State.PENDING, 2),
        ("H1", State.REJECTED, 1),
    ]


def test_a_snapshot_is_made_once(ledger: SqlLedger) -> None:
    """It comes back byte for byte, with an event; a second one of the day is refused."""
    kept = Snapshot(date(2026, 6, 30), "{“é”}\n".encode(), "ab")
    event = NewEvent("lan", Action.SNAPSHOT_MADE, {"sha256": "ab"})
    assert (ledger.snapshots.newest(), ledger.snapshots.snapshot(kept.day)) == (None, None)
    ledger.snapshots.add(kept, NOON, event)
    with pytest.raises(Conflict, match="made before"):
        ledger.snapshots.add(replace(kept, data=b"{}"), NOON, event)
    assert ledger.snapshots.snapshot(kept.day) == kept
    assert (ledger.snapshots.days(), ledger.snapshots.newest()) == ([kept.day], kept.day)
    assert len(ledger.events.events("snapshots")) == 1


def test_arrivals_are_counted_once_by_hour(ledger: SqlLedger) -> None:
    """A record arrives when it is archived first: neither a correction nor a return is an arrival."""
    first, second = rows("H1", 2024, 2)
    (other,) = rows("H2", 2024, 1)
    saved(ledger, replace(first, sheets_a4=3), other)
    saved(ledger, second, at=NOON + DAY)
    saved(ledger, replace(first, withdrawn="nhầm", archived_at=NOON), at=NOON + DAY)
    saved(ledger, replace(first, archived_at=NOON, signed=False), at=NOON + 2 * DAY)
    hour = NOON.replace(minute=0, second=0, microsecond=0)
    found = sorted(ledger.work.arrivals(None, NOON - DAY, None), key=repr)
    assert found == [Arrivals("H1", hour, 1, 3), Arrivals("H1", hour + DAY, 1, 0), Arrivals("H2", hour, 1, 0)]
    assert ledger.work.arrivals(["H1"], NOON + DAY, NOON + 2 * DAY) == [Arrivals("H1", hour + DAY, 1, 0)]
    assert (ledger.work.began(), ledger.work.arrivals(["H3"], NOON, None)) == (NOON, [])


def test_movements_lead_from_one_moment_to_the_next(ledger: SqlLedger) -> None:
    """The counts of a moment and the changes after it are the counts of the next, withdrawals among them."""
    first, second, third = rows("H1", 2024, 3)
    saved(ledger, first)
    saved(ledger, second, at=NOON + DAY)
    saved(ledger, replace(first, withdrawn="nhầm", archived_at=NOON), at=NOON + 2 * DAY)
    saved(ledger, third, at=NOON + 3 * DAY)
    moments = [NOON + n * DAY for n in range(4)]
    changes = [0, 0, 0]
    for place, change in ledger.work.movements(["H1"], moments, moments[-1]):
        changes[place] += change.counts.covered
    assert changes == [1, 1, -1]
    late = ledger.work.movements(None, moments, None)
    assert sum(change.counts.covered for place, change in late if place == 2) == 0


def test_what_waits_is_told_by_age_and_reason(ledger: SqlLedger) -> None:
    """In review since it came there, whatever the reasons were meanwhile; failures by their reason."""
    ledger.states.observe([ObjectInfo(f"H1/b/{n}.pdf", 1, "e") for n in range(3)])
    for days, reason in ((0, "number"), (20, "date")):
        ledger.states.settle("H1/b/0.pdf", "e", Outcome(State.NEEDS_REVIEW, reason), NOON + days * DAY)
    ledger.states.settle("H1/b/1.pdf", "e", Outcome(State.FAILED, "unreadable"), NOON)
    ledger.states.settle("H1/b/2.pdf", "e", Outcome(State.REJECTED, "withdrawn"), NOON)
    at = NOON + 25 * DAY
    found = sorted(ledger.work.waiting(None, at, at, {"withdrawn"}), key=repr)
    assert found == [
        Waiting("H1", State.FAILED, "unreadable", 1, 1, NOON),
        Waiting("H1", State.NEEDS_REVIEW, "date", 1, 1, NOON),
    ]
