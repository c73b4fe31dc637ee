"""Makes the unsigned archive copy; runs in a limited worker process.

First gently: content and image streams as they are. What PDF/A-2b refuses is drawn as an image, page by
page; a file that cannot be taken apart is drawn as a whole.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
from pikepdf import Pdf

from ocr.page import Page, Source
from sohoa.adapters.pdf import conformance, document, sizes
from sohoa.adapters.pdf.appearance import Appearance, appearances, place
from sohoa.adapters.pdf.images import BrokenImage, image_pdf, pixels_pdf, plain_image_pdf
from sohoa.adapters.pdf.layers import TextLayers
from sohoa.adapters.pdf.likeness import unlike
from sohoa.adapters.pdf.merging import merge
from sohoa.adapters.pdf.old_text import strip_invisible_text
from sohoa.adapters.pdf.placing import make_room
from sohoa.adapters.pdf.render import Renderer, Unrenderable, rendering
from sohoa.adapters.pdf.untold import Untold
from sohoa.adapters.pdf.values import Derived, DeriveOptions, PdfSource
from sohoa.domain.errors import Rejected

_MIN_DPI, _MAX_DPI = 200, 300


def derive(sources: Sequence[PdfSource], pages: Sequence[Page], options: DeriveOptions) -> Derived:
    """The PDF/A-2b copy of a document's files; ``pages`` are all their pages as read, numbered through.

    Raises ``Rejected`` (broken, no_copy) when no library can draw the files.
    """
    try:
        if len(sources) > 1:
            return _compared(sources, _of_sources(sources, pages, options))
        if sources[0].kind == "pdf":
            return _compared(sources, _Copy(sources[0].path, pages, options).of_pdf())
        return _of_image(sources[0], pages, options)
    except (Unrenderable, BrokenImage) as error:
        raise Rejected("broken", f"no archive copy can be drawn ({type(error).__name__})") from error
    except MemoryError:
        raise
    except Exception as error:  # hostile structure raises anything
        raise Rejected("no_copy", type(error).__name__) from error


def _of_sources(sources: Sequence[PdfSource], pages: Sequence[Page], options: DeriveOptions) -> Derived:
    merged = merge(sources, pages)
    return _Copy(merged.pdf, pages, options, merged.notes, merged.marks).of_pdf()


def _compared(sources: Sequence[PdfSource], derived: Derived) -> Derived:
    """With the pages that do not look as they should."""
    return replace(derived, unlike=unlike(sources, derived.pdf, strip=derived.block == "strip"))


def _of_image(image: PdfSource, pages: Sequence[Page], options: DeriveOptions) -> Derived:
    derived = _of_own_bytes(image.path, pages, options)
    compared = _compared([image], derived) if derived else None
    if compared is not None and not compared.unlike:
        return compared
    notes = ["file: pixels stored anew without colour profile"]
    source = plain_image_pdf(image.path, pages, notes)
    anew = _Copy(source, pages, options, notes).gently() or _Copy(source, pages, options, notes).drawn("")
    return _compared([image], anew)


def _of_own_bytes(path: Path, pages: Sequence[Page], options: DeriveOptions) -> Derived | None:
    """The image's own compressed bytes as they are; None where PDF/A or a library refuses them."""
    notes: list[str] = []
    try:
        source = image_pdf(path, pages, notes)
        return _Copy(source, pages, options, notes).gently()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - what one library refuses is drawn anew
        return None


class _Copy:
    """One attempt after the other at a copy of a PDF, given as a path or as bytes."""

    def __init__(
        self,
        source: Path | bytes,
        pages: Sequence[Page],
        options: DeriveOptions,
        notes: Sequence[str] = (),
        marks: Sequence[Appearance] = (),
    ) -> None:
        self._source = source
        self._marks = marks
        self._pages = pages
        self._options = options
        self._notes = list(notes)

    def of_pdf(self) -> Derived:
        """Gently, else with single pages drawn, else drawn as a whole."""
        try:
            derived = self.gently() or self._with_pages_drawn()
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - hostile structure raises anything; a picture is left
            return self.drawn(type(error).__name__)
        return derived or self.drawn("no page-wise repair")

    def gently(self) -> Derived | None:
        """Content untouched; None when that is not PDF/A-2b."""
        with self._opened() as pdf:
            notes = self._prepare(pdf)
            layers = TextLayers(pdf)
            for page, read in zip(pdf.pages, self._pages, strict=True):
                if _has_new_words(read):
                    layers.add(page, read)
            return self._finished(pdf, layers, notes)

    def _with_pages_drawn(self) -> Derived | None:
        with self._opened() as pdf, rendering(self._source) as renderer:
            notes = self._prepare(pdf)
            layers = TextLayers(pdf)
            for read in self._pages:
                faults = conformance.page_faults(pdf, read.number)
                if faults:
                    notes.append(f"page {read.number}: drawn as an image ({', '.join(faults)})")
                    self._draw(pdf, renderer, read)
                if faults or _has_new_words(read):
                    layers.add(pdf.pages[read.number - 1], read)
            return self._finished(pdf, layers, notes)

    def drawn(self, reason: str) -> Derived:
        """Every page as an image."""
        with Pdf.new() as pdf, rendering(self._source) as renderer:
            if renderer.pages != len(self._pages):
                raise Unrenderable("page count differs")
            layers = TextLayers(pdf)
            for read in self._pages:
                pdf.add_blank_page(page_size=(72, 72))
                self._draw(pdf, renderer, read)
                layers.add(pdf.pages[-1], read)
            notes = [*self._notes, f"file: all pages drawn as images ({reason})"]
            derived = self._finished(pdf, layers, notes)
        if derived is None:
            raise Unrenderable("drawn pages do not conform")
        return derived

    def _opened(self) -> Pdf:
        return pikepdf.open(self._source if isinstance(self._source, Path) else io.BytesIO(self._source))

    def _prepare(self, pdf: Pdf) -> list[str]:
        """Clean the document, flatten what was put on it, remove former and wrong text; returns notes."""
        if len(pdf.pages) != len(self._pages):
            raise ValueError("page count differs")
        if document.hides_content(pdf):
            raise ValueError("hidden layers")
        notes = list(self._notes)
        found = appearances(self._source) if isinstance(self._source, Path) else self._marks
        document.clean(pdf)
        untold = Untold(pdf)
        for page, read in zip(pdf.pages, self._pages, strict=True):
            if read.source is Source.OCR and strip_invisible_text(pdf, page):
                notes.append(f"page {read.number}: former invisible text replaced")
            elif read.source is not Source.OCR and _has_new_words(read):
                untold.apply(page)
                notes.append(f"page {read.number}: what its fonts tell replaced")
            self._flatten(pdf, page, [mark for mark in found if mark.page_number == read.number], notes)
        return notes

    def _flatten(self, pdf: Pdf, page: pikepdf.Page, marks: list[Appearance], notes: list[str]) -> None:
        if marks:
            place(pdf, page, marks)
            notes.append(f"page {marks[0].page_number}: annotations flattened")

    def _draw(self, pdf: Pdf, renderer: Renderer, read: Page) -> None:
        """Replace a page by its picture, as large as it was shown."""
        dpi = min(_MAX_DPI, max(_MIN_DPI, read.dpi))
        unit = document.user_unit(pdf.pages[read.number - 1].obj)
        shown = renderer.size(read.number)
        drawn = renderer.page(read.number, sizes.dots_per_inch(shown, read, dpi))
        picture = pixels_pdf(drawn, sizes.believed((shown[0] * unit, shown[1] * unit), read))
        with pikepdf.open(io.BytesIO(picture)) as single:
            pdf.pages[read.number - 1] = single.pages[0]

    def _finished(self, pdf: Pdf, layers: TextLayers, notes: list[str]) -> Derived | None:
        layers.finish()
        for page, read in zip(pdf.pages, self._pages, strict=True):
            if sizes.fit(pdf, page, read):
                notes.append(f"page {read.number}: made as large as its paper")
        block, placement = make_room(pdf.pages[0].obj, self._source, self._options)
        written = conformance.write(pdf, self._options)
        if conformance.faults(written):
            return None
        return Derived(written, block, placement, tuple(notes))


def _has_new_words(read: Page) -> bool:
    """Whether the page's words are not those that its own text has: read from the pixels, or mended."""
    return read.source is Source.OCR or any(word.raw for word in read.words)
