"""Bring ledger, index and review queue in line with what the archive holds of a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sohoa.domain.archive.record import Record, is_sealed
from sohoa.domain.archive.record_document import (
    field_values,
    is_complete,
    issue_year,
    reading_confidence,
    superseded_by,
)
from sohoa.domain.dossiers.dossier import dossier_code, dossiers_of
from sohoa.domain.errors import Unavailable
from sohoa.domain.inbox.states import Outcome
from sohoa.domain.review.queue import ReviewItem
from sohoa.domain.search.entry import IndexEntry, entry_of
from sohoa.ports import Dossiers, RecordRegister, RecordRow
from sohoa.usecases.archive.history import events_from
from sohoa.usecases.archive.services import Filed, LineUpServices
from sohoa.usecases.archive.standing import SUPERSEDED, doubts_of, outcome_of_file
from sohoa.usecases.archive.store import Loaded, events_path, load_text, loaded, read_file


def line_up(services: LineUpServices, now: Loaded) -> Outcome:
    """Bring ledger, index and queue in line with a record of the archive; repeating it changes nothing.

    Returns the state of the inbox object that the record was made of.
    """
    record, manifest = now.record, now.manifest
    withdrawn = _withdrawn(services.records, record)
    row = replace(row_of(record, manifest.version, now.manifest_sha256), withdrawn=withdrawn)
    if not row.withdrawn:
        make_searchable(services, now)
    services.events.extend(events_from(read_file(services, now.agency, manifest, events_path(manifest))))
    services.records.save(row, services.clock.now())
    _put_into_dossiers(services.dossiers, record)
    _queue(services, row, record)
    for name in superseded_by(record):
        known = services.records.record(name)
        if known is None or known.version < 1:  # whoever split the record was killed before this
            line_up(services, loaded(services, now.agency, name))
    return outcome_of_file(services, now.agency, row.sha256, record)


def searchable(services: Filed, now: Loaded) -> IndexEntry:
    """What the index holds of a record of the archive, in the hồ sơ that the ledger has it in."""
    text = load_text(services, now.agency, now.manifest)
    known = services.dossiers.of_record(now.manifest.record_id)
    return entry_of(now.record, text, services.codes, dossier_code(now.record, known))


def make_searchable(services: LineUpServices, now: Loaded) -> None:
    """Give the record to the index; raises ``Unavailable`` where it does not take it."""
    entry = searchable(services, now)
    if entry.record_id not in services.index.add([entry]):
        raise Unavailable(f"the search index did not take record {entry.record_id}; the next run repeats it")


def _put_into_dossiers(dossiers: Dossiers, record: Record) -> None:
    known = dossiers.of_record(record["record_id"])
    wanted = dossiers_of(record, known)
    if list(wanted) != list(known):
        dossiers.belongs(record["record_id"], wanted)


def _withdrawn(records: RecordRegister, record: Record) -> str:
    """Why the record is out of index and counts: a person's reason, or the records that stand for it."""
    known = records.record(record["record_id"])
    if known is not None and known.withdrawn and not known.withdrawn.startswith(SUPERSEDED):
        return known.withdrawn
    others = superseded_by(record)
    return SUPERSEDED + ", ".join(others) if others else ""


def _queue(services: LineUpServices, row: RecordRow, record: Record) -> None:
    """Put a record with open doubts into the review queue, take any other out of queue and index."""
    doubts = () if row.withdrawn else doubts_of(services, row, record)
    if doubts:
        services.queue.enqueue(ReviewItem(row.record_id, row.agency, doubts, row.archived_at))
    else:
        services.queue.dequeue(row.record_id)
    if row.withdrawn:
        services.index.remove([row.record_id])


def row_of(record: Record, version: int, manifest_sha256: str) -> RecordRow:
    """The ledger's summary of an archived record."""
    values = field_values(record)
    return RecordRow(
        record_id=record["record_id"],
        agency=record["agency"],
        sha256=record["source"]["sha256"],
        holder_key=record["source"]["key"],
        version=version,
        year=issue_year(record),
        pages=len(record["pages"]),
        sheets_a4=record["sheets_a4"],
        searchable=record["has_text"],
        signed=is_sealed(record),
        complete=is_complete(record),
        draft=record["draft"],
        code=values.get("code", ""),
        manifest_sha256=manifest_sha256,
        archived_at=datetime.fromisoformat(record["created_at"]),
        confidence=reading_confidence(record),
        originally_signed=bool(record["signatures"]),
    )
