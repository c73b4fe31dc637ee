"""Intake: may this object become a record? Hash, agency, type by content, limits, duplicates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa.domain.archive.disposal import DISPOSED
from sohoa.domain.archive.records import record_id
from sohoa.domain.errors import Rejected, worker_faults_fail_the_document
from sohoa.domain.inbox.folder_documents import MANIFEST_NAME
from sohoa.domain.inbox.keys import agency_of, file_name, is_companion
from sohoa.domain.inbox.states import InboxObject, Outcome, State
from sohoa.domain.protection.secrecy import NoticedMark
from sohoa.ports import DocumentStates
from sohoa.usecases.archive.releases import released_marks
from sohoa.usecases.digests import file_sha256
from sohoa.usecases.evidence.given import manifest_faults
from sohoa.usecases.pipeline.originals import Originals, one_file, page_files
from sohoa.usecases.pipeline.services import IntakeServices

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Taken:
    """A document that is to become a record; ``key`` is the object that carries its state.

    ``released`` are the secrecy marks that a person let pass for these very bytes.
    """

    record_id: str
    agency: str
    key: str
    originals: Originals
    released: frozenset[NoticedMark]

    @property
    def sha256(self) -> str:
        """The digest of the original."""
        return self.originals.sha256


def intake(services: IntakeServices, item: InboxObject, path: Path) -> Taken | Outcome:
    """Decide on the object whose bytes are at ``path``: taken, or its final state with the reason."""
    sha256 = file_sha256(path)
    if is_companion(item.key):
        return companion(item.key, path, sha256)
    if item.size_bytes == 0 and services.agencies.knows(agency_of(item.key)):
        return Outcome(State.REJECTED, "empty", sha256=sha256)
    name = file_name(item.key)
    return _taken(services, item.key, sha256, lambda: one_file(services.recogniser, name, path, sha256))


def companion(key: str, path: Path, sha256: str) -> Outcome:
    """What belongs to other objects; a manifest says which of its lines cannot be used."""
    faults = manifest_faults(path) if file_name(key) == MANIFEST_NAME else ()
    if not faults:
        return Outcome(State.COMPANION, "companion", sha256=sha256)
    more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return Outcome(State.COMPANION, "manifest_faults", "; ".join(faults[:_SHOWN]) + more, sha256)


def intake_folder(services: IntakeServices, key: str, named: Sequence[tuple[str, Path]]) -> Taken | Outcome:
    """Decide on a folder document whose state ``key`` carries; ``named`` are its files in order."""
    policy = services.policy

    def look() -> Originals:
        return page_files(
            services.recogniser,
            named,
            max_bytes=policy.max_bytes,
            max_pages=policy.max_pages,
            width=services.workers,
        )

    return _taken(services, key, "", look)


def _taken(services: IntakeServices, key: str, sha256: str, look: Callable[[], Originals]) -> Taken | Outcome:
    """What becomes of a document that ``look`` looks into; ``sha256`` is its digest where it is known."""
    agency = agency_of(key)
    if not services.agencies.knows(agency):
        return Outcome(State.REJECTED, "unknown_agency", agency, sha256)
    try:
        with worker_faults_fail_the_document("worker_crashed"):
            originals = look()
    except Rejected as error:
        return Outcome(State.REJECTED, error.code, error.detail, sha256)
    identity = record_id(agency, originals.sha256)
    known = services.records.record(identity)
    if known is not None and known.withdrawn.startswith(DISPOSED):
        return Outcome(State.REJECTED, "withdrawn", known.withdrawn, originals.sha256, identity)
    holder = services.records.hold(identity, agency, originals.sha256, key)
    if holder != key:
        return _second(services.states, holder, originals.sha256, identity)
    return Taken(identity, agency, key, originals, released_marks(services.events, key, originals.sha256))


def _second(states: DocumentStates, holder: str, sha256: str, identity: str) -> Outcome:
    """The same bytes under another key: a duplicate, unless the first was found to be secret."""
    first = next((row for row in states.find(holder) if not row.replaced), None)
    if first is not None and first.state is State.QUARANTINED:
        return Outcome(State.QUARANTINED, first.reason, sha256=sha256)
    return Outcome(State.DUPLICATE, "same_bytes", holder, sha256, identity)
