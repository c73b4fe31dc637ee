"""The way of one scan: intake, recognise, screen, describe, seal, store, index.

Text stays in memory until it was screened. Every step may be killed and repeated: a record counts as
written only when its manifest is there, and everything after that is derived from the archive.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sohoa.domain.archive.as_json import words_json
from sohoa.domain.archive.record_document import (
    SourceFacts,
    build_record,
    field_values,
    is_complete,
    issue_year,
    superseded_by,
)
from sohoa.domain.archive.records import Description, Finding, Reading
from sohoa.domain.archive.versions import json_bytes, sha256_hex
from sohoa.domain.errors import Corrupt, Unavailable
from sohoa.domain.evidence.document_register import evidence_of
from sohoa.domain.evidence.shop_manifest import sheets_doubt
from sohoa.domain.extract.describe import Context, describe
from sohoa.domain.extract.fusion import Given, together
from sohoa.domain.inbox.keys import file_name
from sohoa.domain.inbox.states import InboxObject, Outcome, State
from sohoa.domain.protection.secrecy import Hit, screen
from sohoa.domain.review.queue import ReviewItem
from sohoa.ports import RecordRow, Sealed, SealRequest
from sohoa.usecases.archive.history import events_from, first_history
from sohoa.usecases.archive.index import PAGE_BREAK, events_path, index, load_entry, load_record
from sohoa.usecases.archive.standing import SUPERSEDED, doubts_of, outcome_of_file
from sohoa.usecases.archive.store import newest_manifest, read_file, store_first_version
from sohoa.usecases.dossiers.lists import put_in_order
from sohoa.usecases.evidence.document_register import registered
from sohoa.usecases.evidence.given import said_of
from sohoa.usecases.pipeline.intake import Taken, intake, the_documents_own
from sohoa.usecases.pipeline.originals import read_originals
from sohoa.usecases.pipeline.release import released_marks
from sohoa.usecases.services import Services


def digitize(services: Services, item: InboxObject, path: Path) -> Outcome:
    """Take one inbox object, whose bytes are at ``path``, all the way; returns its final state."""
    taken = intake(services, item, path)
    return taken if isinstance(taken, Outcome) else archive(services, item, taken, file_name(item.key))


def archive(
    services: Services, item: InboxObject, taken: Taken, name: str, doubts: Sequence[str] = ()
) -> Outcome:
    """Make the record of what was taken; ``item`` carries its state, ``name`` is the document's own.

    ``doubts`` say where a folder document and its manifest differ. A record that is in the archive already
    is only brought in line.
    """
    if newest_manifest(services, taken.agency, taken.record_id) is not None:
        return register(services, taken.agency, taken.record_id)
    with the_documents_own("page_unreadable"):
        reading = read_originals(services.recogniser, taken.originals, services.workers)
    released = released_marks(services, item.key, taken.sha256)
    hit = screen(reading.pages, released)
    if hit is not None:
        return Outcome(State.QUARANTINED, hit.reason, hit.detail, taken.sha256, pages=len(reading.pages))
    reading, description = _with_what_others_say(services, taken, reading, name, doubts)
    at = services.clock.now()
    with the_documents_own("worker_crashed"):
        sealed = seal(services, taken, reading, description, at)
    files = _version_files(services, taken, reading, description, sealed, released, at)
    if not services.states.claim(item.key, item.etag, services.owner):
        raise Unavailable("another worker took the object over, as this one was not heard of")
    originals = {file.stored: (file.source.path, file.entry) for file in taken.originals.files}
    store_first_version(services, taken.agency, taken.record_id, originals, files)
    return register(services, taken.agency, taken.record_id)


def _with_what_others_say(
    services: Services, taken: Taken, reading: Reading, name: str, doubts: Sequence[str]
) -> tuple[Reading, Description]:
    """The description with the shop's manifest and the register as evidence, and what is odd in them."""
    said = said_of(services, taken.key)
    description = _described(
        services, taken.agency, reading, context_of(services, taken.agency, name, said.given)
    )
    if doubts:
        description = replace(description, review=(*description.review, "manifest_differs"))
    sheets = sheets_doubt(said.given, len(reading.pages))
    found = (
        *said.findings,
        *(Finding("manifest_pages", detail=doubt) for doubt in (*doubts, sheets) if doubt),
    )
    reading = replace(reading, findings=(*reading.findings, *found))
    return reading, description


def _described(services: Services, agency: str, reading: Reading, context: Context) -> Description:
    """The description, once more where a register knows the document that was found."""
    description = describe(reading, context)
    entry = registered(services, agency, description.fields)
    if entry is None:
        return description
    return describe(reading, replace(context, given=together(context.given, evidence_of(entry))))


def context_of(services: Services, agency: str, name: str, given: Given) -> Context:
    """What the rules may know beside the pages: agency, file name, today, what others say."""
    return Context(
        agency_name=services.agencies.name(agency),
        file_name=name,
        today=services.clock.today(),
        review_below=services.policy.review_below,
        types=services.types,
        given=given,
        agencies=services.agencies,
        vocabularies=services.vocabularies,
    )


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


def seal(
    services: Services, taken: Taken, reading: Reading, description: Description, at: datetime
) -> Sealed:
    """The signed archive copy, in the name of the agency whose paper it is."""
    subject = description.fields.get("subject")
    request = SealRequest(
        agency=taken.agency,
        organ_name=services.agencies.name(taken.agency),
        record_id=taken.record_id,
        original_sha256=taken.sha256,
        title=subject.value if subject else taken.record_id,
        signing_time=at,
    )
    sources = [file.source for file in taken.originals.files]
    return services.sealer.seal(sources, reading.pages, request)


def _version_files(
    services: Services,
    taken: Taken,
    reading: Reading,
    description: Description,
    sealed: Sealed,
    released: Set[Hit],
    at: datetime,
) -> dict[str, bytes]:
    """All files of version 1 but its manifest."""
    seal = {
        "block": sealed.block,
        "signer": sealed.signer,
        "test_key": sealed.test_key,
        "signing_time": at.isoformat(),
        "notes": list(sealed.notes),
    }
    original = taken.originals
    pages = [file.to_json() for file in original.files] if original.is_folder else []
    source = SourceFacts(taken.key, taken.sha256, original.size_bytes, original.kind, original.place, pages)
    policy = {"profile": services.policy.profile, "tools": dict(services.policy.tools)}
    record = build_record(taken.record_id, taken.agency, source, reading, description, seal, policy, at)
    record["released"] = sorted(hit.detail for hit in released)
    history = first_history(services, record, sha256_hex(sealed.pdf), at)
    return {
        "v1/archive.pdf": sealed.pdf,
        "v1/text/body.txt": PAGE_BREAK.join(page.text for page in reading.pages).encode(),
        "v1/text/words.json": json_bytes([words_json(page) for page in reading.pages]),
        "v1/record.json": json_bytes(record),
        "v1/events.jsonl": history,
    }
