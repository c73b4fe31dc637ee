"""What the use cases need from outside, in domain words. One Protocol per need, small.

Every adapter translates its vendor's errors into ``domain.errors`` at its edge: a service that does
not answer is ``Unavailable``, a full disk ``NoSpace``, wrong credentials ``Misconfigured``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from ocr.page import Box, Page
from sohoa.domain.access import Access
from sohoa.domain.correspondence import RegisterEntry
from sohoa.domain.coverage import CoverageReport
from sohoa.domain.files import FileEntry, FileMember
from sohoa.domain.query import Query
from sohoa.domain.records import Reading
from sohoa.domain.review_queue import Assignment, ReviewItem
from sohoa.domain.states import InboxObject, ObjectInfo, Outcome


class Clock(Protocol):
    """The time; an argument, so that runs can be repeated."""

    def now(self) -> datetime:
        """The present moment, timezone-aware."""
        ...


class ObjectStore(Protocol):
    """Buckets of immutable-looking objects: the inbox is only read, the archive written once."""

    def list(self, bucket: str, prefix: str = "") -> Iterator[ObjectInfo]:
        """All objects below a prefix, sorted by the UTF-8 bytes of the key; streaming."""
        ...

    def stat(self, bucket: str, key: str) -> ObjectInfo | None:
        """The object, or None."""
        ...

    def get(self, bucket: str, key: str) -> bytes:
        """The whole object; raises ``Corrupt`` when it does not exist."""
        ...

    def fetch(self, bucket: str, key: str) -> AbstractContextManager[Path]:
        """The object as a readable local file that must not be changed, for the length of the block."""
        ...

    def fetch_all(self, bucket: str, keys: Sequence[str]) -> AbstractContextManager[Sequence[Path]]:
        """Several objects as ``fetch`` gives one, in the order of the keys; any number of them."""
        ...

    def put(self, bucket: str, key: str, data: bytes | Path, *, replace: bool = False) -> ObjectInfo:
        """Write atomically and durably.

        The same bytes again are a no-op; other bytes under an existing key raise ``Corrupt`` unless
        ``replace`` (only for debris: files of a version without manifest).
        """
        ...

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object; removing one that does not exist is a no-op."""
        ...

    def free_bytes(self) -> int | None:
        """Room left, or None where the store cannot say."""
        ...

    def ping(self) -> str:
        """One line that names service and version; raises ``Unavailable`` or ``Misconfigured``."""
        ...


@dataclass(frozen=True, slots=True)
class RecordRow:
    """The ledger's summary of one record: what coverage, verify and search need to count.

    ``holder_key`` is the inbox object that the record was made of. ``year`` is the issue year or None.
    ``withdrawn`` is the reason given by a person, empty otherwise. ``complete`` says that the required
    fields are there, ``counted`` that it is neither draft nor withdrawn.
    """

    record_id: str
    agency: str
    sha256: str
    holder_key: str
    version: int = 0
    year: int | None = None
    pages: int = 0
    sheets_a4: int = 0
    searchable: bool = False
    signed: bool = False
    complete: bool = False
    draft: bool = False
    code: str = ""
    manifest_sha256: str = ""
    withdrawn: str = ""
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One action in a record's (or object's) history; ``hash`` chains over ``previous``."""

    subject: str
    at: datetime
    actor: str
    action: str
    details: Mapping[str, Any]
    previous: str = ""
    hash: str = ""


class DocumentStates(Protocol):
    """State and claims of inbox objects: the ledger's truth."""

    def observe(self, objects: Iterable[ObjectInfo]) -> None:
        """Note listed objects: unknown (key, etag) become pending; other etags of a key are ``replaced``."""
        ...

    def objects(self, *, prefix: str = "", states: Sequence[str] = ()) -> Iterator[InboxObject]:
        """Rows sorted by the UTF-8 bytes of the key, then etag; streaming."""
        ...

    def find(self, text: str) -> Sequence[InboxObject]:
        """Rows whose key, SHA-256 or record id equals the text."""
        ...

    def claim(self, key: str, etag: str, owner: str) -> bool:
        """Take the object for work; False while a live owner other than this one has it."""
        ...

    def release(self, key: str, etag: str, owner: str) -> None:
        """Give the claim back; a no-op when it is not this owner's."""
        ...

    def live_claims(self) -> int:
        """How many objects are claimed by workers that are alive."""
        ...

    def settle(self, key: str, etag: str, outcome: Outcome, at: datetime, *, attempt: bool = False) -> None:
        """Store what became of the object; ``attempt`` counts one more failed try."""
        ...

    def retry(self, keys: Sequence[str], reason: str, at: datetime) -> int:
        """Set rejected and failed objects of these keys (or all of a reason code) back to pending."""
        ...

    def mark_removed(self, key: str, etag: str, by: str, at: datetime) -> None:
        """Leave the tombstone of a quarantined object that a named person removed."""
        ...

    def ping(self) -> str:
        """One line that names database and schema version; raises ``Unavailable`` or ``Misconfigured``."""
        ...


class RecordRegister(Protocol):
    """The records that exist, who holds them, and their countable summary."""

    def hold(self, record_id: str, agency: str, sha256: str, key: str) -> str:
        """Reserve the record for an inbox key, atomically; returns the key that holds it.

        A holder whose object was rejected, failed or is replaced gives way to the new key.
        """
        ...

    def save(self, row: RecordRow) -> None:
        """Store the summary of a record's newest version."""
        ...

    def record(self, record_id: str) -> RecordRow | None:
        """The row, or None; rows of version 0 are only held, not archived yet."""
        ...

    def records(self, *, agency: str = "") -> Iterator[RecordRow]:
        """Archived records (version 1 and up) sorted by id; streaming."""
        ...

    def same_number(self, row: RecordRow) -> Sequence[str]:
        """Ids of other records with the same agency, year and code (number and notation)."""
        ...


@dataclass(frozen=True, slots=True)
class Entered:
    """How many lines of a register were new, were corrected, and were there already as they are."""

    new: int
    changed: int
    same: int


class DocumentRegisters(Protocol):
    """The agencies' registers of outgoing and incoming documents."""

    def enter(self, entries: Sequence[RegisterEntry], at: datetime) -> Entered:
        """Store the lines, all or none; one of a known identity is replaced where it says something else."""
        ...

    def numbered(self, agency: str, number: str) -> Sequence[RegisterEntry]:
        """Lines of the agency with that document number, without noughts in front; in a fixed order."""
        ...

    def issued_on(self, agency: str, issued_date: str) -> Sequence[RegisterEntry]:
        """Lines of the agency with that document date (ISO); in a fixed order."""
        ...


class FileRegister(Protocol):
    """The agencies' files (hồ sơ) and which records are in them."""

    def enter_files(self, entries: Sequence[FileEntry], at: datetime) -> Entered:
        """Store the files, all or none; one that is there is replaced where the list says something else."""
        ...

    def files(self, *, agency: str = "", code: str = "") -> Iterator[FileEntry]:
        """Files of the lists, sorted by agency and code; of one agency or one code if wanted."""
        ...

    def members(self, *, agency: str = "", code: str = "") -> Iterator[FileMember]:
        """Records in files, sorted by agency, code and record; of one agency or one code if wanted."""
        ...

    def files_of(self, record_id: str) -> Sequence[FileMember]:
        """The files that a record is in, sorted."""
        ...

    def belongs(self, record_id: str, members: Sequence[FileMember]) -> None:
        """From now on the record is in exactly these files."""
        ...


class EventLog(Protocol):
    """Append-only history with a hash chain per subject (record id, or inbox key)."""

    def append(
        self, subject: str, actor: str, action: str, details: Mapping[str, Any], at: datetime
    ) -> Event:
        """Add an event; returns it with its chain hashes."""
        ...

    def extend(self, events: Sequence[Event]) -> None:
        """Take over one subject's events that were chained elsewhere (in the archive).

        Those already there are skipped; raises ``Corrupt`` when they do not continue or repeat the chain.
        """
        ...

    def events(self, subject: str) -> Sequence[Event]:
        """The subject's events, oldest first."""
        ...


class ReviewQueue(Protocol):
    """The records that wait for a person, and who is to work on which of them."""

    def enqueue(self, item: ReviewItem) -> None:
        """Put the record into the queue, or replace what is known of it there."""
        ...

    def dequeue(self, record_id: str) -> None:
        """Take the record out; one that does not wait is a no-op."""
        ...

    def item(self, record_id: str) -> ReviewItem | None:
        """What is known of a waiting record; None for one that does not wait."""
        ...

    def waiting(self, *, agency: str = "") -> Iterator[ReviewItem]:
        """Records in the queue sorted by id; streaming."""
        ...

    def assign(self, work: Assignment) -> None:
        """Give a step of a record to a person, in the place of whoever had it."""
        ...

    def finish(self, record_id: str, step: str, at: datetime) -> None:
        """Note that an assigned step was done; one that was not assigned is a no-op."""
        ...

    def assignments(self, *, record_id: str = "", person: str = "") -> Sequence[Assignment]:
        """Assignments of a record, of a person, or all, sorted by record id and step."""
        ...


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the index holds of one record; ``body`` is the text as printed, personal data in it masked.

    ``fields`` are field values by name, for display and filters, masked as well; ``body`` never
    travels with hits.
    """

    record_id: str
    agency: str
    mode: str
    fields: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One search hit; highlights mark the found words in the original spelling."""

    record_id: str
    score: float
    fields: Mapping[str, str]
    highlights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits of one page of results; ``total`` and ``facets`` cover all of them."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    next_page: str = ""


class SearchIndex(Protocol):
    """A projection of the archive: may be dropped and rebuilt. Access is part of every question."""

    def add(self, entries: Iterable[IndexEntry]) -> Sequence[str]:
        """Add or replace; returns the ids that are now searchable."""
        ...

    def remove(self, record_ids: Sequence[str]) -> None:
        """Take records out; unknown ids are ignored."""
        ...

    def search(self, query: Query, access: Access, *, size: int = 10, page: str = "") -> SearchResult:
        """Hits that the reader may see; ``page`` is a former result's ``next_page``."""
        ...

    def ids(self, access: Access) -> Iterator[str]:
        """Ids of all records in the index that the reader may see, sorted."""
        ...

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Fill a new index beside the serving one, then swap; returns the count.

        Interrupted, the old one goes on serving.
        """
        ...

    def ping(self) -> str:
        """One line that names service and version."""
        ...


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What intake learned of a file without reading its text.

    ``kind`` is pdf, tiff, jpeg or png; ``extension`` the one its original is stored under; ``typed`` are
    the numbers of pages that bear text and no scan.
    """

    kind: str
    extension: str
    pages: int
    typed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A local file of a document, with what intake learned of it."""

    path: Path
    facts: FileFacts


class Recogniser(Protocol):
    """Looks into untrusted files, in limited worker processes."""

    def inspect(self, path: Path) -> FileFacts:
        """Type by content and page count, within the limits; raises ``Rejected``."""
        ...

    def read(self, path: Path, facts: FileFacts) -> Reading:
        """All pages, signatures and scan-quality findings; raises ``Rejected`` or ``Unavailable``."""
        ...


class PageViewer(Protocol):
    """Shows and cuts out single pages of untrusted files, in limited worker processes."""

    def picture(self, path: Path, kind: str, page: int, box: Box | None) -> bytes:
        """The page around the box as PNG, its head where there is no box; boxes as in ``ocr.page``.

        Raises ``Rejected`` for a file that cannot be drawn, ``Unavailable`` when the worker died.
        """
        ...

    def cut(self, path: Path, kind: str, first: int, last: int) -> AbstractContextManager[Path]:
        """These pages of the file (1-based, inclusive) as a PDF, a temporary file for the block.

        Raises ``Rejected`` for a file that cannot be taken apart, ``Unavailable`` when the worker died.
        """
        ...


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What the sealed archive copy must show and carry.

    ``organ_name`` and ``signing_time`` go into the visible block; ``metadata`` into XMP (title, record
    id, sha256 of the original, tool versions: the "distinct sign" of the law on e-transactions, art. 12).
    """

    agency: str
    organ_name: str
    record_id: str
    original_sha256: str
    title: str
    signing_time: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed PDF/A-2b; ``block`` is ``margin``, ``strip`` or ``invisible``; ``notes`` are findings.

    ``signer`` names the certificate; ``test_key`` is True for the local test key.
    """

    pdf: bytes
    block: str
    signer: str
    test_key: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealCheck:
    """Validation of our own signature: ``valid`` only when intact, whole-file and from a trusted key."""

    valid: bool
    problem: str
    signer: str


class Sealer(Protocol):
    """Makes the signed PDF/A copy and validates it."""

    def seal(self, files: Sequence[SourceFile], pages: Sequence[Page], request: SealRequest) -> Sealed:
        """PDF/A-2b with an invisible text layer, then one PAdES B-B signature; the input is not changed.

        ``files`` are the document's files in order (one, except of folder documents), ``pages`` all their
        pages as read, numbered through.
        """
        ...

    def check(self, pdf: bytes) -> SealCheck:
        """Validate the signature of an archive copy."""
        ...


class Reports(Protocol):
    """Renders reports and puts them where people and other systems take them."""

    def render(self, report: CoverageReport, kind: str) -> bytes:
        """The report as ``json``, ``csv``, ``xlsx``, ``html`` or ``table``; ValueError for other kinds."""
        ...

    def read(self, name: str) -> bytes | None:
        """The report of that plain file name, or None."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Put the report under that plain file name, atomically; an older one of the name is replaced."""
        ...
