"""Whether the ledger says of a record what the archive says: summary, withdrawal, queue, releases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import superseded_by
from sohoa.domain.archive.versions import record_prefix
from sohoa.domain.review.decisions import SAME_NUMBER, open_doubts
from sohoa.ports import DocumentStates, Event, EventLog, RecordRow, ReviewQueue
from sohoa.usecases.archive.line_up import row_of
from sohoa.usecases.archive.releases import released_marks
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.standing import SUPERSEDED, holder_of, rivals
from sohoa.usecases.checks.faults import Fault, FaultKind
from sohoa.usecases.checks.stored_record import StoredRecord

_KNOWN_LATER = frozenset({"confidence", "originally_signed"})
"""What rows of an older version do not say."""
_TOLD_ELSEWHERE = frozenset({"withdrawn", "manifest_sha256"})


def summary_faults(stored: StoredRecord, record: Record, version: int) -> Iterator[Fault]:
    """The ledger's row is what follows from ``record.json``."""
    wanted = asdict(row_of(record, version, stored.manifest_sha256))
    found = asdict(stored.row)
    for name in sorted(wanted.keys() - _TOLD_ELSEWHERE):
        if found[name] != wanted[name] and not (found[name] is None and name in _KNOWN_LATER):
            yield Fault(
                stored.prefix, FaultKind.LEDGER_DIFFERS, f"{name}: {wanted[name]}", f"{name}: {found[name]}"
            )
    if record["version"] != version:
        yield Fault(stored.prefix, FaultKind.WRONG_VERSION, str(version), str(record["version"]))


def holder_faults(states: DocumentStates, row: RecordRow) -> Iterator[Fault]:
    """The ledger knows the inbox object that the record was made of."""
    if holder_of(states, row) is None:
        yield Fault(_place(row), FaultKind.LEDGER_DIFFERS, f"the object {row.holder_key}", "no object")


def withdrawal_faults(ledger: Sequence[Event], row: RecordRow, record: Record) -> Iterator[Fault]:
    """A record is out of the archive because a person withdrew it, or because others stand for it."""
    reasons = [event.details.get("reason") for event in ledger if event.action == Action.WITHDRAWN]
    others = superseded_by(record)
    wanted = str(reasons[-1]) if reasons else SUPERSEDED + ", ".join(others) if others else ""
    if row.withdrawn != wanted:
        yield Fault(
            _place(row), FaultKind.WITHDRAWAL, wanted or "not withdrawn", row.withdrawn or "not withdrawn"
        )


def queue_faults(services: Registered, queue: ReviewQueue, row: RecordRow, record: Record) -> Iterator[Fault]:
    """A record waits for a person exactly as long as it has doubts that nobody settled.

    Of records with an equal number it is enough that one waits because of it: the one that came later.
    """
    item = queue.item(row.record_id)
    waits = set(item.doubts) if item else set()
    doubts = set() if row.withdrawn else set(open_doubts(record)) - {SAME_NUMBER}
    others = () if row.withdrawn else rivals(services, row, record)
    if others and SAME_NUMBER not in waits:
        asked = (queue.item(name) for name in others)
        doubts |= set() if any(i and SAME_NUMBER in i.doubts for i in asked) else {SAME_NUMBER}
    elif others:
        doubts.add(SAME_NUMBER)
    if waits != doubts:
        wanted, found = (" ".join(sorted(codes)) or "no doubt" for codes in (doubts, waits))
        yield Fault(_place(row), FaultKind.QUEUE_DIFFERS, wanted, found)


def release_faults(events: EventLog, row: RecordRow, record: Record) -> Iterator[Fault]:
    """Every secrecy mark that was passed over was released by a person for these bytes."""
    passed = set(record.get("released", ()))
    if passed:
        passed -= {mark.detail for mark in released_marks(events, row.holder_key, row.sha256)}
    for mark in sorted(passed):
        yield Fault(_place(row), FaultKind.RELEASE, f"a release of {mark}", "none")


def _place(row: RecordRow) -> str:
    return record_prefix(row.agency, row.record_id)
