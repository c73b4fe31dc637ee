"""What an index holds of one record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sohoa.domain.archive.record import Record
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.archive.stored_pages import PAGE_BREAK
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.personal_data import masked_pages, masked_values

STATES = ("settled", "waits", "draft")
QUALITIES = ("good", "poor")
SIGNED = ("valid", "invalid", "unknown", "none")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What the index holds of one record; ``body`` is the text as printed, personal data in it masked.

    ``fields`` are field values by name, for display and filters, masked as well; ``body`` never
    travels with hits. ``state`` (of ``STATES``) is how far the record is, ``quality`` (of ``QUALITIES``)
    whether a finding says that the scan is below the profile, ``signed`` (of ``SIGNED``) the worst verdict on
    the original's own signatures, ``dossier`` the code of the hồ sơ that the record is in, or empty.
    """

    record_id: str
    agency: str
    mode: str
    fields: Mapping[str, str]
    body: str
    state: str = "settled"
    quality: str = "good"
    signed: str = "none"
    dossier: str = ""


def entry_of(record: Record, body: str, codes: PersonalCodes, dossier: str = "") -> IndexEntry:
    """What the index holds of a record that is in that hồ sơ: no engine is given the personal data in it."""
    pages = body.split(PAGE_BREAK)
    numbers = [page["number"] for page in record["pages"]]
    known = record.get("personal", ()) if len(pages) == len(numbers) else ()
    shown = PAGE_BREAK.join(masked_pages(pages, numbers, known, codes))
    fields = masked_values(field_values(record), codes)
    return IndexEntry(
        record["record_id"],
        record["agency"],
        record["mode"],
        fields,
        shown,
        _state(record),
        "poor" if record.get("findings") else "good",
        _signed(record),
        dossier,
    )


def _state(record: Record) -> str:
    if record.get("review"):
        return "waits"
    return "draft" if record.get("draft") else "settled"


def _signed(record: Record) -> str:
    verdicts = {signature["integrity"] for signature in record.get("signatures", ())}
    return next((verdict for verdict in ("invalid", "unknown", "valid") if verdict in verdicts), "none")
