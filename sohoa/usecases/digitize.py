"""The way of one scan: intake, recognise, screen, describe, seal, store, index.

Text stays in memory until it was screened. Every step may be killed and repeated: a record counts as
written only when its manifest is there, and everything after that is derived from the archive.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sohoa.domain.as_json import words_json
from sohoa.domain.correspondence import evidence_of
from sohoa.domain.errors import Corrupt, Unavailable
from sohoa.domain.extract import Context, describe
from sohoa.domain.extract.fusion import Given
from sohoa.domain.inbox import file_name
from sohoa.domain.layout import json_bytes, sha256_hex
from sohoa.domain.manifest import sheets_doubt
from sohoa.domain.record_document import SourceFacts, build_record, field_values, is_complete, issue_year
from sohoa.domain.records import Description, Finding, Reading
from sohoa.domain.secrecy import screen
from sohoa.domain.states import InboxObject, Outcome, State
from sohoa.ports import RecordRow, Sealed, SealRequest
from sohoa.usecases.enter_register import registered
from sohoa.usecases.files import put_in_order
from sohoa.usecases.given import said_of
from sohoa.usecases.history import events_from, first_history
from sohoa.usecases.index import index, load_entry, record_path
from sohoa.usecases.intake import Taken, intake, the_documents_own
from sohoa.usecases.originals import read_originals
from sohoa.usecases.services import Services
from sohoa.usecases.store import newest_manifest, read_file, store_first_version


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
    hit = screen(reading.pages)
    if hit is not None:
        detail = f"rule {hit.rule}, page {hit.page}"
        return Outcome(State.QUARANTINED, hit.reason, detail, taken.sha256, pages=len(reading.pages))
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
    at = services.clock.now()
    with the_documents_own("worker_crashed"):
        sealed = seal(services, taken, reading, description, at)
    files = _version_files(services, taken, reading, description, sealed, at)
    if not services.states.claim(item.key, item.etag, services.owner):
        raise Unavailable("another worker took the object over, as this one was not heard of")
    originals = {file.stored: (file.source.path, file.entry) for file in taken.originals.files}
    store_first_version(services, taken.agency, taken.record_id, originals, files)
    return register(services, taken.agency, taken.record_id)


def _described(services: Services, agency: str, reading: Reading, context: Context) -> Description:
    """The description, once more where a register knows the document that was found."""
    description = describe(reading, context)
    entry = registered(services, agency, description.fields)
    if entry is None:
        return description
    given = {name: tuple(said) for name, said in context.given.items()}
    for name, said in evidence_of(entry).items():
        given[name] = (*given.get(name, ()), *said)
    return describe(reading, replace(context, given=given))


def context_of(services: Services, agency: str, name: str, given: Given) -> Context:
    """What the rules may know beside the pages: agency, file name, today, what others say."""
    return Context(
        agency_name=services.agencies.name(agency),
        file_name=name,
        today=services.clock.now().date(),
        review_below=services.policy.review_below,
        types=services.types,
        given=given,
    )


def register(services: Services, agency: str, record_id: str) -> Outcome:
    """Bring index and ledger in line with an archived record; repeating it changes nothing."""
    newest = newest_manifest(services, agency, record_id)
    if newest is None:
        raise Corrupt(f"record {agency}/{record_id} has no manifest although it was just written")
    manifest, manifest_sha256 = newest
    record = json.loads(read_file(services, agency, manifest, record_path(manifest)))
    sha256, pages = record["source"]["sha256"], len(record["pages"])
    known = services.records.record(record_id)
    if known is not None and known.withdrawn:
        return Outcome(State.REJECTED, "withdrawn", known.withdrawn, sha256, record_id, pages)
    index(services, load_entry(services, agency, manifest))
    services.events.extend(events_from(read_file(services, agency, manifest, "v1/events.jsonl")))
    services.records.save(row_of(record, manifest.version, manifest_sha256))
    put_in_order(services, record)
    review = record["review"]
    state = State.NEEDS_REVIEW if review else State.ARCHIVED
    return Outcome(state, review[0] if review else "", "", sha256, record_id, pages)


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
    history = first_history(services, record, sha256_hex(sealed.pdf), at)
    return {
        "v1/archive.pdf": sealed.pdf,
        "v1/text/body.txt": "\n\f\n".join(page.text for page in reading.pages).encode(),
        "v1/text/words.json": json_bytes([words_json(page) for page in reading.pages]),
        "v1/record.json": json_bytes(record),
        "v1/events.jsonl": history,
    }
