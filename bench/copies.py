"""Archive copies of a folder of real files: ``python -m bench.copies FOLDER [PART_OF_PATH...]``.

For each file: kind, pages, route, size of the original and of the unsigned copy, processor seconds to make
and compare it, and to compare it once more, pages that look otherwise than the original's. Then copies by
route, pages that differ, and scans whose copy is larger than the original and a tenth. Nothing is read: every
page has a layer of 300 invented words.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2

from ocr.errors import Unreadable
from ocr.image import decode
from ocr.page import Box, Line, Page, Source, Word
from ocr.source.files import inspect
from sohoa.adapters.pdf.derive import derive
from sohoa.adapters.pdf.likeness import unlike
from sohoa.adapters.pdf.render import MAX_PIXELS, Unrenderable, rendering
from sohoa.adapters.pdf.values import Derived, DeriveOptions, PdfSource
from sohoa.domain.errors import Rejected
from tests.support.scanmaker import load_document, text_of
from tests.support.sealing import AT, ORGAN

_KINDS = ("pdf", "tiff", "jpeg", "png")
_DPI, _LINES, _WORDS_A_LINE = 200, 30, 10
_OPTIONS = DeriveOptions(
    "Thử", ORGAN, "abcdefghijklmnop", "0f" * 32, AT, test_key=True, tools="", block_width=150, block_height=36
)


@dataclass(frozen=True)
class _Copy:
    name: str
    source: PdfSource
    scan: bool
    derived: Derived
    made_s: float
    compared_s: float

    @property
    def route(self) -> str:
        notes = " ".join(self.derived.notes)
        if "all pages drawn" in notes:
            return "all drawn"
        return "pages drawn" if "drawn as an image" in notes else "gentle"

    @property
    def original_bytes(self) -> int:
        return self.source.path.stat().st_size

    @property
    def is_larger(self) -> bool:
        return len(self.derived.pdf) > 1.1 * self.original_bytes

    def line(self) -> str:
        size = f"{self.original_bytes} {len(self.derived.pdf)}"
        times = f"{self.made_s:.2f} {self.compared_s:.2f}"
        kind = f"{'scan' if self.scan else 'other'} {self.source.kind} {self.source.pages}"
        return f"{self.name}: {kind}; {self.route}; {size}; {times}; {list(self.derived.unlike) or ''}\n"


def main(folder: Path, parts: Sequence[str]) -> None:
    """Measure and print."""
    cv2.setNumThreads(1)
    copies = list[_Copy]()
    for copy in _copies(folder, parts):
        sys.stdout.write(copy.line())
        sys.stdout.flush()
        copies.append(copy)
    pages = sum(copy.source.pages for copy in copies)
    scans = [copy for copy in copies if copy.scan]
    sys.stdout.write(f"{len(copies)} copies, {pages} pages: {dict(Counter(copy.route for copy in copies))}\n")
    sys.stdout.write(f"pages that differ: {sum(len(copy.derived.unlike) for copy in copies)}\n")
    sys.stdout.write(f"seconds a page to compare: {sum(copy.compared_s for copy in copies) / pages:.3f}\n")
    larger = [copy.name for copy in scans if copy.is_larger]
    sys.stdout.write(f"of {len(scans)} scans larger than the original and a tenth: {larger}\n")


def _copies(folder: Path, parts: Sequence[str]) -> Iterator[_Copy]:
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or (parts and not any(part in str(path) for part in parts)):
            continue
        try:
            facts = inspect(path)
            if str(facts.kind) in _KINDS:
                name = str(path.relative_to(folder))
                scan = not facts.born_digital
                yield _copy(name, PdfSource(path, str(facts.kind), facts.pages), scan=scan)
        except (Unreadable, Rejected, Unrenderable):
            continue


def _copy(name: str, source: PdfSource, *, scan: bool) -> _Copy:
    pages = [_page(number, *size) for number, size in enumerate(_sizes(source), start=1)]
    start = time.process_time()
    derived = derive([source], pages, _OPTIONS)
    made = time.process_time()
    unlike([source], derived.pdf, strip=derived.block == "strip")
    return _Copy(name, source, scan, derived, made - start, time.process_time() - made)


def _sizes(source: PdfSource) -> Iterator[tuple[int, int, int]]:
    """Width and height in pixels, and dots per inch, as the pages would be read."""
    if source.kind != "pdf":
        for number in range(1, source.pages + 1):
            raster = decode.rasterise(source.path, number, MAX_PIXELS)
            yield raster.pixels.shape[1], raster.pixels.shape[0], raster.dpi
        return
    with rendering(source.path) as renderer:
        for number in range(1, source.pages + 1):
            width, height = (max(1, round(side * _DPI / 72)) for side in renderer.size(number))
            yield width, height, _DPI


def _page(number: int, width: int, height: int, dpi: int) -> Page:
    chance = random.Random(number)  # noqa: S311  invented words
    known = [word for text in text_of(load_document("bc_58_digital")) for word in text.split()]
    lines = []
    for row in range(_LINES):
        words, x = [], width // 10
        for word in chance.sample(known, _WORDS_A_LINE):
            wide = max(1, round(len(word) * width / 110))
            y = round(height * (0.1 + row * 0.8 / _LINES)) + chance.randint(0, 3)
            words.append(Word(word, Box(x, y, wide, max(1, height // 60)), 0.9))
            x += wide + max(1, width // 200)
        lines.append(Line(tuple(words)))
    return Page(number, width, height, dpi, Source.OCR, tuple(lines))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
