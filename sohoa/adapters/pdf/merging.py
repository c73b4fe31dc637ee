"""The files of a folder document as one plain PDF, from which the archive copy is made."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from ocr.page import Page
from sohoa.adapters.pdf import document, sizes
from sohoa.adapters.pdf.appearance import Appearance, appearances
from sohoa.adapters.pdf.images import BrokenImage, image_pdf, pixels_pdf, plain_image_pdf
from sohoa.adapters.pdf.render import Unrenderable, rendering
from sohoa.adapters.pdf.values import PdfSource

_MIN_DPI, _MAX_DPI = 200, 300


@dataclass(frozen=True, slots=True)
class Merged:
    """All pages in one PDF; ``marks`` are the annotations that lie on them, ``notes`` what was changed."""

    pdf: bytes
    marks: tuple[Appearance, ...]
    notes: tuple[str, ...]


def merge(sources: Sequence[PdfSource], pages: Sequence[Page]) -> Merged:
    """One PDF of several files; ``pages`` are numbered through.

    A file that cannot be taken apart is drawn. Raises ``BrokenImage`` or ``Unrenderable`` when that fails.
    """
    notes, marks = list[str](), list[Appearance]()
    stream = io.BytesIO()
    with Pdf.new() as whole, ExitStack() as opened:
        for source in sources:
            before = len(whole.pages)
            own = [
                replace(page, number=page.number - before) for page in pages[before : before + source.pages]
            ]
            found, own_notes = list[Appearance](), list[str]()
            plain = opened.enter_context(pikepdf.open(io.BytesIO(_plain(source, own, found, own_notes))))
            whole.pages.extend(plain.pages)
            marks += [replace(mark, page_number=before + mark.page_number) for mark in found]
            notes += [f"file that begins at page {before + 1}: {note}" for note in own_notes]
        whole.save(stream)
    return Merged(stream.getvalue(), tuple(marks), tuple(notes))


def _plain(source: PdfSource, pages: Sequence[Page], marks: list[Appearance], notes: list[str]) -> bytes:
    """A PDF of one file whose pages can be copied as they are."""
    if source.kind != "pdf":
        return _of_image(source.path, pages, notes)
    try:
        with pikepdf.open(source.path) as pdf:
            whole = len(pdf.pages) == len(pages) and not document.hides_content(pdf)
        if whole:
            marks += appearances(source.path)
            return source.path.read_bytes()
    except (pikepdf.PdfError, Unrenderable, ValueError, RuntimeError) as error:
        notes.append(f"all pages drawn as images ({type(error).__name__})")
        return _drawn(source.path, pages)
    notes.append("all pages drawn as images (hidden layers or another page count)")
    return _drawn(source.path, pages)


def _of_image(path: Path, pages: Sequence[Page], notes: list[str]) -> bytes:
    try:
        return image_pdf(path, pages, notes)
    except BrokenImage:
        return plain_image_pdf(path, pages, notes)


def _drawn(path: Path, pages: Sequence[Page]) -> bytes:
    stream = io.BytesIO()
    with Pdf.new() as pdf, rendering(path) as renderer:
        if renderer.pages != len(pages):
            raise Unrenderable("page count differs")
        for page in pages:
            shown = renderer.size(page.number)
            dpi = min(_MAX_DPI, max(_MIN_DPI, page.dpi))
            pixels = renderer.page(page.number, sizes.dots_per_inch(shown, page, dpi))
            with pikepdf.open(io.BytesIO(pixels_pdf(pixels, sizes.believed(shown, page)))) as single:
                pdf.pages.extend(single.pages)
        pdf.save(stream)
    return stream.getvalue()
