"""The records that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class RecordRow:
    """The ledger's summary of one record: what coverage, verify and search need to count.

    ``holder_key`` is the inbox object that the record was made of. ``year`` is the issue year or None.
    ``withdrawn`` is the reason given by a person, empty otherwise. ``complete`` says that the required
    fields are there, ``counted`` that it is neither draft nor withdrawn. ``confidence`` of the reading is in
    percent, None without text; ``originally_signed``: the original bears digital signatures. Both are None of
    a row that an older version wrote.
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
    confidence: int | None = None
    originally_signed: bool | None = None


class RecordRegister(Protocol):
    """The records that exist, who holds them, and their countable summary."""

    def hold(self, record_id: str, agency: str, sha256: str, key: str) -> str:
        """Reserve the record for an inbox key, atomically; returns the key that holds it.

        A holder whose object was rejected, failed or is replaced gives way to the new key.
        """
        ...

    def save(self, row: RecordRow, at: datetime) -> None:
        """Store the summary of a record's newest version.

        From the moment ``at`` on coverage counts it so; the first time from when it was archived.
        """
        ...

    def record(self, record_id: str) -> RecordRow | None:
        """The row, or None; rows of version 0 are only held, not archived yet."""
        ...

    def records(
        self, *, agency: str = "", held_below: str = "", years: Collection[int] | None = None
    ) -> Iterator[RecordRow]:
        """Archived records (version 1 and up) sorted by id; streaming.

        If wanted only those of one agency, of objects whose key begins with ``held_below``, of these years
        or of no known one.
        """
        ...

    def same_number(self, row: RecordRow) -> Sequence[str]:
        """Ids of other records with the same agency, year and code (number and notation)."""
        ...
