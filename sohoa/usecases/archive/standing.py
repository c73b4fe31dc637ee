"""What stands for one inbox object: its record, or the parts into which a person split it.

A record is superseded when a person split or merged it: it keeps its bytes and its history, but is out of
index, queue and counts. The object's state follows from the records that stand.
"""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import superseded_by
from sohoa.domain.archive.records import record_id
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.states import IN_ARCHIVE, InboxObject, Outcome, State
from sohoa.domain.review.decisions import SAME_NUMBER, decisions_of, open_doubts
from sohoa.ports import DocumentStates, RecordRow
from sohoa.usecases.archive.services import LineUpServices, Registered, StoredRecords, VersionServices
from sohoa.usecases.archive.store import load

SUPERSEDED = "superseded by "
"""How ``RecordRow.withdrawn`` begins for a record that others stand for."""


def newest_record(services: StoredRecords, agency: str, name: str) -> Record | None:
    """The newest ``record.json``, or None where there is no such record."""
    found = load(services, agency, name)
    return found.record if found else None


def standing_ids(
    services: StoredRecords, agency: str, sha256: str, known: Record | None = None
) -> tuple[str, ...]:
    """Ids of the records that stand for a file: the record of the whole file, or its parts in page order.

    ``known`` is a record of the file that is loaded already.
    """
    whole = record_id(agency, sha256)
    record = known if known and known["record_id"] == whole else newest_record(services, agency, whole)
    return (superseded_by(record) if record else ()) or (whole,)


def doubts_of(services: Registered, row: RecordRow, record: Record) -> tuple[str, ...]:
    """The record's open doubts; an equal number that nobody decided on is one, found in the register."""
    doubts = tuple(code for code in open_doubts(record) if code != SAME_NUMBER)
    return (*doubts, SAME_NUMBER) if rivals(services, row, record) else doubts


def rivals(services: Registered, row: RecordRow, record: Record) -> tuple[str, ...]:
    """Other records with the same number of which no person said that both are to be kept."""
    known = kept_with(record)
    others = (name for name in services.records.same_number(row) if name not in known)
    return tuple(name for name in others if row.record_id not in kept_with(_other(services, row, name)))


def _other(services: StoredRecords, row: RecordRow, name: str) -> Record | None:
    return newest_record(services, row.agency, name)


def kept_with(record: Record | None) -> Sequence[str]:
    """Records of the same number beside which a person said that this one is to be kept."""
    if record is None:
        return ()
    decided = decisions_of(record).get(SAME_NUMBER)
    return decided.get("others", ()) if decided else ()


def outcome_of_file(
    services: LineUpServices, agency: str, sha256: str, known_record: Record | None = None
) -> Outcome:
    """The state of the inbox object that the file's records were made of."""
    names = standing_ids(services, agency, sha256, known_record)
    rows = [services.records.record(name) for name in names]
    known = [row for row in rows if row is not None]
    if not known:
        raise Corrupt(f"no record of agency {agency} stands for the file {sha256}")
    alive = [row for row in known if not row.withdrawn]
    pages = sum(row.pages for row in known)
    if not alive:
        reason = known[0].withdrawn
        return Outcome(State.REJECTED, "withdrawn", reason, sha256, known[0].record_id, pages)
    waiting = [item for row in alive if (item := services.queue.item(row.record_id))]
    if not waiting:
        return Outcome(State.ARCHIVED, "", "", sha256, alive[0].record_id, pages)
    return Outcome(State.NEEDS_REVIEW, waiting[0].doubts[0], "", sha256, alive[0].record_id, pages)


def holder_of(states: DocumentStates, row: RecordRow) -> InboxObject | None:
    """The inbox object that holds the record's file; its present version where there are several."""
    found = [item for item in states.find(row.holder_key) if item.key == row.holder_key]
    same = [item for item in found if item.sha256 == row.sha256] or found
    return min(same, key=lambda item: item.replaced, default=None)


def settle_object(services: VersionServices, row: RecordRow, known: Record | None = None) -> None:
    """Bring the state of the record's inbox object in line with the records that stand for it.

    ``known`` is a record of the file that is loaded already.
    """
    item = holder_of(services.states, row)
    if item is not None and item.state in IN_ARCHIVE:
        outcome = outcome_of_file(services, row.agency, row.sha256, known)
        services.states.settle(item.key, item.etag, outcome, services.clock.now())
