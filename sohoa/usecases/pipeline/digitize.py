"""The way of one scan: intake, recognise, screen, describe, seal, store, index.

Text stays in memory until it was screened. Every step may be killed and repeated: a record counts as
written only when its manifest is there, and everything after that is derived from the archive.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sohoa.domain.archive.as_json import words_json
from sohoa.domain.archive.record_document import (
    SourceFacts,
    build_record,
)
from sohoa.domain.archive.records import Description, Finding, Reading
from sohoa.domain.archive.versions import json_bytes, sha256_hex
from sohoa.domain.errors import Unavailable
from sohoa.domain.evidence.document_register import evidence_of
from sohoa.domain.evidence.shop_manifest import sheets_doubt
from sohoa.domain.extract.describe import Context, describe
from sohoa.domain.extract.fusion import Given, together
from sohoa.domain.inbox.keys import file_name
from sohoa.domain.inbox.states import InboxObject, Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.secrecy import NoticedMark, screen
from sohoa.ports import Sealed, SealRequest
from sohoa.usecases.archive.history import first_history
from sohoa.usecases.archive.index import PAGE_BREAK
from sohoa.usecases.archive.line_up import register
from sohoa.usecases.archive.store import newest_manifest, store_first_version
from sohoa.usecases.evidence.document_register import registered
from sohoa.usecases.evidence.given import evidence_for
from sohoa.usecases.pipeline.intake import Taken, intake, worker_faults_fail_the_document
from sohoa.usecases.pipeline.originals import read_originals
from sohoa.usecases.pipeline.release import released_marks
from sohoa.usecases.services import Services


def digitize(reader: Reader, services: Services, item: InboxObject, path: Path) -> Outcome:
    """Take one inbox object, whose bytes are at ``path``, all the way; returns its final state."""
    taken = intake(services, item, path)
    return (
        taken if isinstance(taken, Outcome) else archive(reader, services, item, taken, file_name(item.key))
    )


def archive(
    reader: Reader, services: Services, item: InboxObject, taken: Taken, name: str, doubts: Sequence[str] = ()
) -> Outcome:
    """Make the record of what was taken; ``item`` carries its state, ``name`` is the document's own.

    ``doubts`` say where a folder document and its manifest differ. A record that is in the archive already
    is only brought in line.
    """
    if newest_manifest(services, taken.agency, taken.record_id) is not None:
        return register(services, taken.agency, taken.record_id)
    with worker_faults_fail_the_document("page_unreadable"):
        reading = read_originals(services.recogniser, taken.originals, services.workers)
    released = released_marks(services, item.key, taken.sha256)
    hit = screen(reading.pages, released)
    if hit is not None:
        return Outcome(State.QUARANTINED, hit.reason, hit.detail, taken.sha256, pages=len(reading.pages))
    reading, description = _with_outside_evidence(services, taken, reading, name, doubts)
    at = services.clock.now()
    with worker_faults_fail_the_document("worker_crashed"):
        sealed = seal(services, taken, reading, description, at)
    files = _version_files(reader, services, taken, reading, description, sealed, released, at)
    if not services.states.claim(item.key, item.etag, services.owner):
        raise Unavailable("another worker took the object over, as this one was not heard of")
    originals = {file.stored: (file.source.path, file.entry) for file in taken.originals.files}
    store_first_version(services, taken.agency, taken.record_id, originals, files)
    return register(services, taken.agency, taken.record_id)


def _with_outside_evidence(
    services: Services, taken: Taken, reading: Reading, name: str, doubts: Sequence[str]
) -> tuple[Reading, Description]:
    """The description with the shop's manifest and the register as evidence, and what is odd in them."""
    said = evidence_for(services, taken.key)
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
    listed = evidence_of(entry, services.calibration.outside.register_line)
    return describe(reading, replace(context, given=together(context.given, listed)))


def context_of(services: Services, agency: str, name: str, given: Given) -> Context:
    """What the rules may know beside the pages: agency, file name, today, what others say."""
    return Context(
        agency_name=services.agencies.name(agency),
        file_name=name,
        today=services.clock.today(),
        review_below=services.policy.review_below,
        types=services.types,
        calibration=services.calibration,
        given=given,
        agencies=services.agencies,
        vocabularies=services.vocabularies,
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
    reader: Reader,
    services: Services,
    taken: Taken,
    reading: Reading,
    description: Description,
    sealed: Sealed,
    released: Set[NoticedMark],
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
    history = first_history(reader, services, record, sha256_hex(sealed.pdf), at)
    return {
        "v1/archive.pdf": sealed.pdf,
        "v1/text/body.txt": PAGE_BREAK.join(page.text for page in reading.pages).encode(),
        "v1/text/words.json": json_bytes([words_json(page) for page in reading.pages]),
        "v1/record.json": json_bytes(record),
        "v1/events.jsonl": history,
    }
