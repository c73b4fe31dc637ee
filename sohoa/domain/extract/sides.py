"""The pages that the rules are made for: upright; and the way back to the pages of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ocr.page import Page
from sohoa.domain.archive.records import Description, DocumentPart, Evidence, Field, Reading


def upright(reading: Reading) -> Reading:
    """The reading with every page as a person holds it."""
    return replace(reading, pages=tuple(page.upright for page in reading.pages))


def on_file(described: Description, pages: Sequence[Page]) -> Description:
    """What was found on the upright pages, with its evidence where it stands on the file's own."""
    if not any(page.turned_deg for page in pages):
        return described
    own = {page.number: page for page in pages}
    return replace(described, documents=tuple(_part(part, own) for part in described.documents))


def _part(part: DocumentPart, own: dict[int, Page]) -> DocumentPart:
    fields = {name: _field(field, own) for name, field in part.fields.items()}
    return replace(part, fields=fields)


def _field(field: Field, own: dict[int, Page]) -> Field:
    return replace(field, evidence=tuple(_evidence(seen, own) for seen in field.evidence))


def _evidence(seen: Evidence, own: dict[int, Page]) -> Evidence:
    page = own.get(seen.page) if seen.page is not None else None
    if seen.box is None or page is None or not page.turned_deg:
        return seen
    return replace(seen, box=page.own(seen.box))
