"""Intake: may this object become a record? Hash, agency, type by content, limits, duplicates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sohoa.domain.errors import DocumentFailed, NoSpace, Rejected, Unavailable
from sohoa.domain.inbox import agency_of, is_companion
from sohoa.domain.records import record_id
from sohoa.domain.states import InboxObject, Outcome, State
from sohoa.ports import FileFacts
from sohoa.usecases.services import Services


@dataclass(frozen=True, slots=True)
class Taken:
    """An object that is to become a record."""

    record_id: str
    agency: str
    sha256: str
    facts: FileFacts


def file_sha256(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def intake(services: Services, item: InboxObject, path: Path) -> Taken | Outcome:
    """Decide on the object whose bytes are at ``path``: taken, or its final state with the reason."""
    if is_companion(item.key):
        return Outcome(State.COMPANION, "companion")
    sha256 = file_sha256(path)
    agency = agency_of(item.key)
    if not services.agencies.knows(agency):
        return Outcome(State.REJECTED, "unknown_agency", agency, sha256)
    if item.size_bytes == 0:
        return Outcome(State.REJECTED, "empty", sha256=sha256)
    try:
        with the_documents_own("worker_crashed"):
            facts = services.recogniser.inspect(path)
    except Rejected as error:
        return Outcome(State.REJECTED, error.code, error.detail, sha256)
    identity = record_id(agency, sha256)
    holder = services.records.hold(identity, agency, sha256, item.key)
    if holder != item.key:
        return _second(services, holder, sha256, identity)
    return Taken(identity, agency, sha256, facts)


@contextmanager
def the_documents_own(code: str) -> Iterator[None]:
    """Trouble of a worker inside this block is the document's, not the infrastructure's."""
    try:
        yield
    except NoSpace:
        raise
    except Unavailable as error:
        raise DocumentFailed(code, str(error)) from error


def _second(services: Services, holder: str, sha256: str, identity: str) -> Outcome:
    """The same bytes under another key: a duplicate, unless the first was found to be secret."""
    first = next((row for row in services.states.find(holder) if not row.replaced), None)
    if first is not None and first.state is State.QUARANTINED:
        return Outcome(State.QUARANTINED, first.reason, sha256=sha256)
    return Outcome(State.DUPLICATE, "same_bytes", holder, sha256, identity)
