"""Annotations and form fields of a page as they are stored: where they lie, what they draw and say."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

Corners = tuple[float, float, float, float]

_UNSEEN = 0b10_0011  # invisible, hidden, no view (ISO 32000-1, table 165)
_DRAWS_NOTHING = {pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP}
_MOST = 2_000
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_DEEPEST = 16


class Put(StrEnum):
    """What was put on the page: a signature's field, a stamp, text that was typed, or anything else."""

    SIGNATURE = "signature"
    STAMP = "stamp"
    TYPED = "typed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotation or form field.

    ``index`` is its place among the page's, ``corners`` are left, bottom, right, top in the page's own
    space, ``drawn`` is its drawing where it has one, ``said`` are its value and contents as texts.
    """

    index: int
    put: Put
    corners: Corners
    is_field: bool
    seen: bool
    drawn: pikepdf.Stream | None
    said: tuple[str, ...]


def has_any(page: pdfium.PdfPage) -> bool:
    """Whether anything but links is put on the page; found without parsing the file anew."""
    return any(_subtype(page, index) not in _DRAWS_NOTHING for index in range(_count(page)))


def hide(page: pdfium.PdfPage, indices: Iterable[int]) -> None:
    """Let annotations of these places not be drawn, in memory only."""
    for index in indices:
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            pdfium_c.FPDFAnnot_SetFlags(annotation, pdfium_c.FPDF_ANNOT_FLAG_HIDDEN)
            pdfium_c.FPDFPage_CloseAnnot(annotation)


def of_page(page: pikepdf.Page) -> list[Annotation]:
    """What is put on the page, links and what is damaged left out."""
    stored: Any = page.obj.get("/Annots", [])
    found = (_annotation(index, entry) for index, entry in enumerate(list(stored)[:_MOST]))
    return [each for each in found if each is not None]


def _annotation(index: int, entry: Any) -> Annotation | None:
    # pikepdf raises many classes; one damaged annotation must not cover up the others
    with suppress(Exception):
        if isinstance(entry, pikepdf.Dictionary) and entry.get("/Subtype") not in ("/Link", "/Popup"):
            corners, is_field = _corners(entry), entry.get("/Subtype") == "/Widget"
            seen = corners != _NOWHERE and _seen(entry)
            drawn = _drawing(entry) if corners != _NOWHERE else None
            return Annotation(index, _put(entry), corners, is_field, seen, drawn, _said(entry))
    return None


def _seen(entry: Any) -> bool:
    try:
        return not int(entry.get("/F", 0)) & _UNSEEN
    except (TypeError, ValueError):
        return True


def _count(page: pdfium.PdfPage) -> int:
    return min(int(pdfium_c.FPDFPage_GetAnnotCount(page)), _MOST)


def _subtype(page: pdfium.PdfPage, index: int) -> int:
    annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return int(pdfium_c.FPDF_ANNOT_UNKNOWN)
    subtype = int(pdfium_c.FPDFAnnot_GetSubtype(annotation))
    pdfium_c.FPDFPage_CloseAnnot(annotation)
    return subtype


def _put(entry: Any) -> Put:
    subtype = entry.get("/Subtype")
    if subtype == "/Stamp":
        return Put.STAMP
    if subtype == "/FreeText":
        return Put.TYPED
    field = _inherited(entry, "/FT") if subtype == "/Widget" else None
    return {"/Sig": Put.SIGNATURE, "/Tx": Put.TYPED, "/Ch": Put.TYPED}.get(str(field), Put.OTHER)


def _inherited(entry: Any, key: str) -> Any:
    """A field's attribute, its own or that of a field above it (ISO 32000-1, 12.7.3.1)."""
    for _ in range(_DEEPEST):
        if not isinstance(entry, pikepdf.Dictionary):
            return None
        if key in entry:
            return entry[key]
        entry = entry.get("/Parent")
    return None


def _corners(entry: Any) -> Corners:
    """The rectangle with its sides in order; that of no area where there is none."""
    try:
        x0, y0, x1, y1 = (float(side) for side in entry["/Rect"])
    except (KeyError, TypeError, ValueError):
        return _NOWHERE
    corners = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return corners if corners[0] < corners[2] and corners[1] < corners[3] else _NOWHERE


def _drawing(entry: Any) -> pikepdf.Stream | None:
    """The appearance that is shown: of several states the one that the annotation is in."""
    appearance = entry.get("/AP")
    drawn = appearance.get("/N") if isinstance(appearance, pikepdf.Dictionary) else None
    if isinstance(drawn, pikepdf.Dictionary) and not isinstance(drawn, pikepdf.Stream):
        drawn = drawn.get(str(entry.get("/AS", "/Off")))
    return drawn if isinstance(drawn, pikepdf.Stream) else None


def _said(entry: Any) -> tuple[str, ...]:
    """Value, contents and subject, NFC, as they were typed."""
    value = _inherited(entry, "/V") if entry.get("/Subtype") == "/Widget" else None
    texts = (
        str(text)
        for text in (value, entry.get("/Contents"), entry.get("/Subj"))
        if isinstance(text, pikepdf.String)
    )
    return tuple(unicodedata.normalize("NFC", text) for text in texts if text.strip())
