"""What an index holds of one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.archive.stored_pages import PAGE_BREAK
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.personal_data import masked_pages, masked_values


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


def entry_of(record: Record, body: str, codes: PersonalCodes) -> IndexEntry:
    """What the index holds of a record: no engine is ever given the personal data in it."""
    pages = body.split(PAGE_BREAK)
    numbers = [page["number"] for page in record["pages"]]
    known = record.get("personal", ()) if len(pages) == len(numbers) else ()
    shown = PAGE_BREAK.join(masked_pages(pages, numbers, known, codes))
    fields = masked_values(field_values(record), codes)
    return IndexEntry(record["record_id"], record["agency"], record["mode"], fields, shown)
