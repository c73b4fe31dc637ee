"""What annotations and form fields show on a page, apart from the page's own content."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.image.raster import Raster
from ocr.page import Box, Mark, MarkKind, Word
from ocr.source.pdf import hidden_text, text, unseen
from ocr.source.pdf.annotations import Annotation, Corners, Put, has_any, of_page
from ocr.source.pdf.opening import device_box
from ocr.source.pdf.scans import Scale

_MOST_MARKS = 50
_MARKS = {Put.SIGNATURE: MarkKind.SIGNATURE_APPEARANCE, Put.STAMP: MarkKind.STAMP}

Lines = tuple[tuple[Word, ...], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What is put on a page later.

    ``marks`` are its signatures and stamps with their text, ``typed`` the words of filled fields and of
    free text, ``said`` what any of them shows and says, seen or not. ``fields`` are the boxes of form
    fields and free text, ``signatures`` the places of signatures' fields among the page's annotations.
    Boxes are in pixels of the page. ``unseen`` are pictures of what the page holds beside what it shows.
    """

    marks: tuple[Mark, ...] = ()
    typed: Lines = ()
    said: tuple[str, ...] = ()
    fields: tuple[Box, ...] = ()
    signatures: tuple[int, ...] = ()
    unseen: tuple[Raster, ...] = ()


def shown(path: Path, number: int, page: pdfium.PdfPage, scale: Scale) -> Shown:
    """What the page's annotations show and say, and what its file hides of the page."""
    put = hidden = Shown()
    # pikepdf raises many classes; a damaged annotation is no text
    with suppress(Exception), pikepdf.open(path) as document:
        with suppress(Exception):
            if unseen.hides(document, number):
                hidden = _hidden(path, document, number, page.get_rotation(), scale)
        if has_any(page):
            put = _put_on(document, number, page, scale)
    return replace(put, said=(*put.said, *hidden.said), unseen=(*put.unseen, *hidden.unseen))


def _hidden(path: Path, document: pikepdf.Pdf, number: int, turn: int, scale: Scale) -> Shown:
    said: tuple[str, ...] = ()
    with suppress(Exception):  # pdfplumber raises many classes; what it cannot read is looked at as a picture
        said = hidden_text.lines(path, number)
    picture = unseen.of_page(document, number, turn, scale)
    return Shown(said=said, unseen=(picture,) if picture is not None else ())


def _put_on(document: pikepdf.Pdf, number: int, page: pdfium.PdfPage, scale: Scale) -> Shown:
    dpi, stored = scale.page_dpi, document.pages[number - 1]
    found = of_page(stored)
    typed = [each for each in found if each.put is Put.TYPED and each.seen]
    lines = (*_drawn(document, typed, page, dpi), *_undrawn(typed, page, dpi))
    said = (text for each in found for text in each.said)
    drawings = [each for each in found if each.drawn is not None and each.put is not Put.SIGNATURE]
    left, bottom, right, top = (float(side) for side in stored.mediabox)
    sheet = _alone(document, [drawings], (left, bottom, right, top), page.get_rotation())
    return Shown(
        tuple(_marks(document, found, page, dpi)),
        lines,
        (*(" ".join(word.text for word in line) for line in lines), *said),
        tuple(
            device_box(page, each.corners, dpi) for each in found if each.is_field or each.put is Put.TYPED
        ),
        tuple(each.index for each in found if each.put is Put.SIGNATURE),
        (unseen.of_annotations(sheet, scale),) if drawings else (),
    )


def _marks(
    document: pikepdf.Pdf, found: Sequence[Annotation], page: pdfium.PdfPage, dpi: float
) -> Iterator[Mark]:
    drawings = [each for each in found if each.put in _MARKS and each.seen and each.drawn is not None]
    for each in drawings[:_MOST_MARKS]:
        lines = _texts(_alone(document, [[each]], each.corners, 0), dpi)
        said = "\n".join(" ".join(word.text for word in line) for line in lines)
        yield Mark(_MARKS[each.put], said, device_box(page, each.corners, dpi))


def _drawn(document: pikepdf.Pdf, typed: Sequence[Annotation], page: pdfium.PdfPage, dpi: float) -> Lines:
    """Words of what was typed and is drawn, where they are on the page."""
    drawings = [each for each in typed if each.drawn is not None]
    if not drawings:
        return ()
    return _texts(_alone(document, [[each] for each in drawings], page.get_bbox(), page.get_rotation()), dpi)


def _undrawn(typed: Sequence[Annotation], page: pdfium.PdfPage, dpi: float) -> Lines:
    """Words of what has a text and no drawing; each viewer draws it by itself, somewhere in the box."""
    return tuple(
        line
        for each in typed
        if each.drawn is None
        for said in each.said[:1]
        for line in _spread(said, device_box(page, each.corners, dpi))
    )


def _spread(said: str, box: Box) -> Iterator[tuple[Word, ...]]:
    """The text's lines one below the other in the box, each from the left side to the right."""
    lines = [line.split() for line in said.splitlines() if line.strip()]
    high = box.h // max(1, len(lines))
    for row, words in enumerate(lines):
        letter = box.w / len(" ".join(words))
        starts = accumulate((len(word) + 1 for word in words), initial=0)
        yield tuple(
            Word(
                word,
                Box(box.x + round(start * letter), box.y + row * high, round(len(word) * letter), high),
                1.0,
            )
            for word, start in zip(words, starts, strict=False)
        )


def _alone(document: pikepdf.Pdf, groups: Sequence[Sequence[Annotation]], box: Corners, turn: int) -> bytes:
    """A PDF with a page of that box for each group, which shows its drawings and nothing else."""
    with pikepdf.new() as sheets:
        for group in groups:
            page = sheets.add_blank_page(page_size=(max(3.0, box[2] - box[0]), max(3.0, box[3] - box[1])))
            page.obj.MediaBox = pikepdf.Array(box)
            page.obj.Rotate = turn
            stamps = pikepdf.Array()
            for each in group:
                with suppress(Exception):  # damaged drawings are left out, the others shown
                    stamps.append(_stamp(document, sheets, each))
            page.obj.Annots = stamps
        buffer = io.BytesIO()
        sheets.save(buffer)
        return buffer.getvalue()


def _stamp(document: pikepdf.Pdf, onto: pikepdf.Pdf, each: Annotation) -> pikepdf.Dictionary:
    stamp = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp)
    stamp.Rect = pikepdf.Array(each.corners)
    if each.drawn is not None:
        stamp.AP = pikepdf.Dictionary(N=onto.copy_foreign(document.make_indirect(each.drawn)))
    return stamp


def _texts(drawings: bytes, dpi: float) -> Lines:
    """The words of pages that hold annotations only, one printed line a line."""
    try:
        document = pdfium.PdfDocument(drawings)
    except pdfium.PdfiumError:
        return ()
    try:
        return tuple(line for index in range(len(document)) for line in _flat(document, index, dpi))
    finally:
        document.close()


def _flat(document: pdfium.PdfDocument, index: int, dpi: float) -> Lines:
    """The words of one page after its annotations were made content."""
    page = document[index]
    pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
    page.close()
    page = document[index]
    lines = text.layer(page, dpi).lines
    page.close()
    return lines
