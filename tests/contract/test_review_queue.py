"""What every ledger does with the review queue and assignments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from sohoa.adapters.ledger import SqlLedger, open_ledger
from sohoa.adapters.ledger.database import Database
from sohoa.adapters.processes import may_live
from sohoa.domain.review.queue import Assignment, ReviewItem, Step
from tests.support.moments import NOON

ITEM = ReviewItem("r1", "H1", ("missing_subject", "doubtful_issued_date"), NOON)
WORK = Assignment("r1", Step.FIRST_CHECK, "Lê Lan", "person:Mai", NOON)


def test_an_item_comes_back_and_is_replaced(ledger: SqlLedger) -> None:
    """What was put into the queue is read as it was; putting it again replaces it."""
    for item in (ITEM, replace(ITEM, doubts=("draft",), since=None)):
        ledger.queue.enqueue(item)
        assert ledger.queue.item("r1") == item
        assert list(ledger.queue.waiting()) == [item]
    assert ledger.queue.item("r2") is None


def test_the_queue_is_sorted_and_may_be_of_one_agency(ledger: SqlLedger) -> None:
    """All waiting records come, sorted by id, of one agency if wanted."""
    items = [replace(ITEM, record_id=f"x{n:02}", agency=f"H{n % 2}") for n in range(20)]
    for item in reversed(items):
        ledger.queue.enqueue(item)
    assert list(ledger.queue.waiting()) == items
    assert list(ledger.queue.waiting(agency="H1")) == [item for item in items if item.agency == "H1"]


def test_a_record_leaves_the_queue(ledger: SqlLedger) -> None:
    """Taken out it does not wait any more; taking it out again is harmless."""
    ledger.queue.enqueue(ITEM)
    for _ in range(2):
        ledger.queue.dequeue("r1")
        assert list(ledger.queue.waiting()) == []


def test_a_step_belongs_to_one_person(ledger: SqlLedger) -> None:
    """Assigning a step again replaces its person; other steps of the record stay."""
    ledger.queue.assign(WORK)
    ledger.queue.assign(replace(WORK, step=Step.ENTRY, person="An"))
    ledger.queue.assign(replace(WORK, person="Bình"))
    found = ledger.queue.assignments(record_id="r1")
    assert [(work.step, work.person) for work in found] == [(Step.ENTRY, "An"), (Step.FIRST_CHECK, "Bình")]
    assert ledger.queue.assignments(person="Lê Lan") == []
    assert ledger.queue.assignments(person="An") == [replace(WORK, step=Step.ENTRY, person="An")]
    assert list(ledger.queue.assignments()) == list(found)


def test_a_step_is_done_until_it_is_assigned_anew(ledger: SqlLedger) -> None:
    """The time of its end is kept; a new assignment is open again; an unknown one is a no-op."""
    ledger.queue.assign(WORK)
    done = NOON + timedelta(hours=1)
    ledger.queue.finish("r1", Step.FIRST_CHECK, done)
    ledger.queue.finish("r2", Step.ENTRY, done)
    assert list(ledger.queue.assignments()) == [replace(WORK, done_at=done)]
    ledger.queue.assign(WORK)
    assert list(ledger.queue.assignments()) == [WORK]


_OLD = (
    "INSERT INTO objects (key, etag, size_bytes, state, reason, detail, sha256, record_id, pages, attempts,"
    " replaced, removed_by) VALUES ('H1/a', 'e', 7, 'needs_review', 'missing_subject', '', 'ab', 'r1', 1, 0,"
    " false, '')",
    "INSERT INTO records (record_id, agency, sha256, holder_key, holder_etag, version, pages, sheets_a4,"
    " searchable, signed, complete, draft, code, manifest_sha256, withdrawn, archived_at) VALUES ('r1', 'H1',"
    " 'ab', 'H1/a', 'e', 1, 1, 1, true, true, false, false, '', '', '', '2024-05-01T05:00:00.000250+00:00')",
)


def test_what_waited_before_the_queue_existed_waits_in_it(ledger_url: str) -> None:
    """An upgrade of an older ledger puts its doubtful records into the queue."""
    database = Database(ledger_url)
    config = Config()
    config.set_main_option("script_location", "sohoa.adapters.ledger:migrations")
    with database.writing() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        for statement in _OLD:
            connection.execute(text(statement))
    database.close()
    ledger = open_ledger(ledger_url, may_live)
    assert list(ledger.queue.waiting()) == [ReviewItem("r1", "H1", ("missing_subject",), NOON)]
    ledger.close()
