"""What signatures and stamps draw on a page, apart from the page's own content."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types

from ocr.page import Mark, MarkKind
from ocr.source.pdf.opening import device_box

_HIDDEN = 0b10_0011  # invisible, hidden, no view (ISO 32000-1, table 165)
_MAX_PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class _Drawing:
    kind: MarkKind
    corners: tuple[float, float, float, float]
    document: bytes


def marks(path: Path, number: int, page: pdfium.PdfPage, dpi: int) -> tuple[Mark, ...]:
    """A mark for each signature field and stamp annotation that shows something, with its text."""
    try:
        drawings = list(_drawings(path, number))
    except Exception:  # noqa: BLE001 - pikepdf raises many classes; a damaged annotation is no text
        return ()
    return tuple(
        Mark(drawing.kind, _text(drawing.document), device_box(page, drawing.corners, dpi))
        for drawing in drawings
    )


def _drawings(path: Path, number: int) -> Iterator[_Drawing]:
    with pikepdf.open(path) as document:
        annotations: Any = document.pages[number - 1].obj.get("/Annots", [])
        for annotation in list(annotations)[:_MAX_PER_PAGE]:
            kind = _kind(annotation)
            drawn = annotation.get("/AP", {}).get("/N") if kind else None
            if not isinstance(drawn, pikepdf.Stream) or int(annotation.get("/F", 0)) & _HIDDEN:
                continue
            left, bottom, right, top = (float(side) for side in annotation.Rect)
            corners = min(left, right), min(bottom, top), max(left, right), max(bottom, top)
            if kind and corners[0] < corners[2] and corners[1] < corners[3]:
                yield _Drawing(kind, corners, _as_document(document, drawn))


def _kind(annotation: Any) -> MarkKind | None:
    subtype = annotation.get("/Subtype")
    if subtype == "/Stamp":
        return MarkKind.STAMP
    field = annotation.get("/FT") or annotation.get("/Parent", {}).get("/FT")
    return MarkKind.SIGNATURE_APPEARANCE if subtype == "/Widget" and field == "/Sig" else None


def _as_document(source: pikepdf.Pdf, drawn: pikepdf.Stream) -> bytes:
    """A PDF of one page that shows the drawing and nothing else."""
    with pikepdf.new() as document:
        form = document.copy_foreign(source.make_indirect(drawn))
        box = [float(side) for side in form.get("/BBox", [0, 0, 100, 100])]
        page = document.add_blank_page(page_size=(max(3.0, box[2] - box[0]), max(3.0, box[3] - box[1])))
        page.obj.MediaBox = pikepdf.Array(box)
        form.Subtype = pikepdf.Name.Form
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Drawing=form))
        page.obj.Contents = document.make_stream(b"/Drawing Do")
        buffer = io.BytesIO()
        document.save(buffer)
        return buffer.getvalue()


def _text(drawing: bytes) -> str:
    """The text of a drawing, NFC, one printed line a line."""
    try:
        document = pdfium.PdfDocument(drawing)
    except pdfium.PdfiumError:
        return ""
    try:
        page = document[0]
        layer = page.get_textpage()
        text = unicodedata.normalize("NFC", layer.get_text_range())
        layer.close()
        page.close()
    finally:
        document.close()
    lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
    return "\n".join(line for line in lines if line)
