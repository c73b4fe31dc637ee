"""Bring ledger, index and review queue in line with what the archive holds of a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sohoa.domain.archive.record_document import (
    field_values,
    is_complete,
    issue_year,
    superseded_by,
)
from sohoa.domain.errors import Corrupt
from sohoa.domain.inbox.states import Outcome
from sohoa.domain.review.queue import ReviewItem
from sohoa.ports import RecordRow
from sohoa.usecases.archive.dossier_members import put_in_order
from sohoa.usecases.archive.history import events_from
from sohoa.usecases.archive.index import events_path, index, load_entry, load_record
from sohoa.usecases.archive.standing import SUPERSEDED, doubts_of, outcome_of_file
from sohoa.usecases.archive.store import newest_manifest, read_file
from sohoa.usecases.services import Services


def register(services: Services, agency: str, record_id: str) -> Outcome:
    """Bring index and ledger in line with an archived record; repeating it changes nothing."""
    newest = newest_manifest(services, agency, record_id)
    if newest is None:
        raise Corrupt(f"record {agency}/{record_id} has no manifest although it was just written")
    manifest, manifest_sha256 = newest
    record = load_record(services, agency, manifest)
    row = replace(row_of(record, manifest.version, manifest_sha256), withdrawn=_withdrawn(services, record))
    if not row.withdrawn:
        index(services, load_entry(services, agency, manifest))
    services.events.extend(events_from(read_file(services, agency, manifest, events_path(manifest))))
    services.records.save(row)
    put_in_order(services, record)
    _queue(services, row, record)
    for name in superseded_by(record):
        known = services.records.record(name)
        if known is None or known.version < 1:  # whoever split the record was killed before this
            register(services, agency, name)
    return outcome_of_file(services, agency, row.sha256)


def _withdrawn(services: Services, record: Mapping[str, Any]) -> str:
    """Why the record is out of index and counts: a person's reason, or the records that stand for it."""
    known = services.records.record(record["record_id"])
    if known is not None and known.withdrawn and not known.withdrawn.startswith(SUPERSEDED):
        return known.withdrawn
    others = superseded_by(record)
    return SUPERSEDED + ", ".join(others) if others else ""


def _queue(services: Services, row: RecordRow, record: Mapping[str, Any]) -> None:
    """Put a record with open doubts into the review queue, take any other out of queue and index."""
    doubts = () if row.withdrawn else doubts_of(services, row, record)
    if doubts:
        services.queue.enqueue(ReviewItem(row.record_id, row.agency, doubts, row.archived_at))
    else:
        services.queue.dequeue(row.record_id)
    if row.withdrawn:
        services.index.remove([row.record_id])


def row_of(record: dict[str, Any], version: int, manifest_sha256: str) -> RecordRow:
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
        signed=bool(record["seal"]),
        complete=is_complete(record),
        draft=record["draft"],
        code=values.get("code", ""),
        manifest_sha256=manifest_sha256,
        archived_at=datetime.fromisoformat(record["created_at"]),
    )
