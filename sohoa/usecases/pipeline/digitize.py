"""The way of one scan: intake, recognise, screen, describe, seal, store, index.

Text stays in memory until it was screened. Every step may be killed and repeated: a record counts as
written only when its manifest is there, and everything after that is derived from the archive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sohoa.domain.archive.as_json import words_json
from sohoa.domain.archive.record import Record, SealJson
from sohoa.domain.archive.record_document import (
    Provenance,
    SourceFacts,
    build_record,
)
from sohoa.domain.archive.records import Description, Reading
from sohoa.domain.archive.versions import sha256_hex
from sohoa.domain.errors import Unavailable, worker_faults_fail_the_document
from sohoa.domain.inbox.keys import file_name
from sohoa.domain.inbox.states import InboxObject, Outcome, State
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.secrecy import screen
from sohoa.ports import Sealed
from sohoa.usecases.archive.history import first_history
from sohoa.usecases.archive.line_up import line_up
from sohoa.usecases.archive.sealing import seal, with_seal
from sohoa.usecases.archive.store import first_files, load, loaded, store_first_version
from sohoa.usecases.evidence.description import described
from sohoa.usecases.pipeline.intake import Taken, intake
from sohoa.usecases.pipeline.originals import read_originals
from sohoa.usecases.pipeline.services import DocumentPolicy, DocumentServices


def digitize(reader: Reader, services: DocumentServices, item: InboxObject, path: Path) -> Outcome:
    """Take one inbox object, whose bytes are at ``path``, all the way; returns its final state."""
    taken = intake(services, item, path)
    return (
        taken if isinstance(taken, Outcome) else archive(reader, services, item, taken, file_name(item.key))
    )


def archive(
    reader: Reader,
    services: DocumentServices,
    item: InboxObject,
    taken: Taken,
    name: str,
    doubts: Sequence[str] = (),
) -> Outcome:
    """Make the record of what was taken; ``item`` carries its state, ``name`` is the document's own.

    ``doubts`` say where a folder document and its manifest differ. A record that is in the archive already
    is only brought in line.
    """
    known = load(services, taken.agency, taken.record_id)
    if known is not None:
        return line_up(services, known)
    until = services.clock.now() + timedelta(seconds=services.policy.document_seconds)
    with worker_faults_fail_the_document("page_unreadable"):
        reading = read_originals(
            services.recogniser, taken.originals, services.workers, lambda: services.clock.now() > until
        )
    hit = screen(reading.pages, services.marks, taken.released, reading.attached, item.key)
    if hit is not None:
        return Outcome(State.QUARANTINED, hit.reason, hit.detail, taken.sha256, pages=len(reading.pages))
    reading, description = described(services, taken.agency, taken.key, reading, name, doubts)
    at = services.clock.now()
    with worker_faults_fail_the_document("worker_crashed"):
        sealed, section = _sealed(services, taken, reading, description)
    record = _record(services.policy, services.codes, taken, reading, description, section, at)
    record = with_seal(record, sealed, section)
    events = first_history(reader, services.policy.settings_sha256, record, sha256_hex(sealed.pdf), at)
    words = [words_json(page) for page in reading.pages]
    files = first_files(record, sealed.pdf, reading.pages, words, events)
    if not services.states.claim(item.key, item.etag, services.owner):
        raise Unavailable("another worker took the object over, as this one was not heard of")
    originals = {file.stored: (file.source.path, file.entry) for file in taken.originals.files}
    store_first_version(services, taken.agency, taken.record_id, originals, files)
    return line_up(services, loaded(services, taken.agency, taken.record_id))


def _sealed(
    services: DocumentServices, taken: Taken, reading: Reading, description: Description
) -> tuple[Sealed, SealJson]:
    subject = description.fields.get("subject")
    return seal(
        services.sealer,
        services.agencies,
        taken.agency,
        taken.record_id,
        taken.sha256,
        subject.value if subject else None,
        [file.source for file in taken.originals.files],
        reading.pages,
        services.clock,
    )


def _record(
    policy: DocumentPolicy,
    codes: PersonalCodes,
    taken: Taken,
    reading: Reading,
    description: Description,
    section: SealJson,
    at: datetime,
) -> Record:
    original = taken.originals
    pages = [file.to_json() for file in original.files] if original.is_folder else []
    source = SourceFacts(taken.key, taken.sha256, original.size_bytes, original.kind, original.place, pages)
    made_by = Provenance(policy.profile, dict(policy.tools), sorted(mark.detail for mark in taken.released))
    return build_record(
        taken.record_id,
        taken.agency,
        source,
        reading,
        description,
        section,
        made_by,
        at,
        codes,
    )
