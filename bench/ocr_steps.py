"""What each step of reading earns: errors and recall on transcribed pages with it and without it.

usage: python -m bench.ocr_steps DATA TRANSCRIPTS
       python -m bench.ocr_steps --made KIND,KIND [--each 3] [--seed 7] [--steps STEP,STEP]

``--made`` takes hard pages of the scan maker instead (``bench.hard_pages``).
Prints a table: the whole way first, then the same without one step; CPU seconds are of the run itself and
noisy. A step whose line is not worse than the first has to go. It is a measurement, not a test.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from unittest import mock

from bench import hard_pages
from bench.scans import MOST_PIXELS, Scan, character_errors, scans
from ocr import read_page as reading
from ocr.handwriting import head_numbers
from ocr.image import clean, curvature, transform
from ocr.layout import zones
from ocr.page import Line
from ocr.read_page import ReadOptions, read_page
from ocr.recognition import missed, second_reading
from ocr.source import files
from ocr.source.pdf import sheets
from ocr.stamps import arrival_frames, gray_seals


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("transcripts", type=Path, nargs="?")
    parser.add_argument("--made", default="")
    parser.add_argument("--each", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--steps", default=",".join(_STEPS))
    given = parser.parse_args()
    _line("step left out", "CER", "recall", "precision", "CPU s")
    with tempfile.TemporaryDirectory() as folder:
        if given.made:
            kinds = given.made.split(",")
            pages = [page for kind in kinds for page in _made(kind, given.each, given.seed, Path(folder))]
        else:
            pages = list(scans(given.data, given.transcripts, 100))
        pages = [page for page in pages if page.text]
        for name in ("none", *given.steps.split(",")):
            figures = _measured(pages, _STEPS.get(name))
            _line(name, *(f"{share:.2%}" for share in figures[:3]), f"{figures[3]:.1f}")


@dataclass(frozen=True)
class _Step:
    """A name in a module, and what stands in for it when the step is left out."""

    module: Any
    name: str
    instead: Any


def _first(value: Any, *_: Any) -> Any:
    return value


def _as_read(lines: Any, *_: Any) -> tuple[Any, ...]:
    return tuple(Line(tuple(words)) for words in lines)


_STEPS: Mapping[str, _Step] = {
    "coloured inks out": _Step(clean, "bleached", lambda pixels, *_: transform.gray(pixels)),
    "seals without colour out": _Step(gray_seals, "lifted", lambda page, _: (page, ())),
    "shadow is no rim": _Step(clean, "_RIM_PRINT", 1.0),
    "skew of faint print": _Step(clean, "_PRINT_SHARE", (0.0, 1.0)),
    "bent lines": _Step(curvature, "found", lambda *_: None),
    "levelling": _Step(clean, "skew_deg", lambda *_: 0.0),
    "even background": _Step(clean, "flattened", _first),
    "smaller to 200 dpi": _Step(clean, "READ_DPI", 300),
    "unread ink": _Step(missed, "read", lambda *_: ()),
    "black stamps": _Step(arrival_frames, "lift", lambda _page, _dpi, lines: (list(lines), ())),
    "second reading": _Step(second_reading, "improved", lambda lines, *_: tuple(lines)),
    "tone marks": _Step(reading, "_mended", tuple),
    "handwritten digits": _Step(head_numbers, "fill", lambda lines, *_: (tuple(lines), ())),
    "reading order": _Step(zones, "arrange", _as_read),
}


def _made(kind: str, each: int, seed: int, folder: Path) -> Iterator[Scan]:
    """Pages of hard papers with their text, each file written to the folder."""
    for index, paper in enumerate(islice(hard_pages.easy_papers(seed), each)):
        made = hard_pages.made(kind, paper, seed, index)
        path = folder / f"{kind}-{index}.pdf"
        path.write_bytes(made.pdf())
        for number, text in enumerate(made.texts, start=1):
            yield Scan(path, number, sheets.sheet(path, number, MOST_PIXELS).raster, text)


def _measured(pages: list[Scan], step: _Step | None) -> tuple[float, float, float, float]:
    """Mean error rate, recall and precision of the pages, and CPU seconds."""
    started, totals = time.process_time(), [0.0, 0.0, 0.0]
    for page in pages:
        kind = files.inspect(page.path).kind
        if step is None:
            read = read_page(page.path, kind, page.number, ReadOptions())[0].text
        else:
            with mock.patch.object(step.module, step.name, step.instead):
                read = read_page(page.path, kind, page.number, ReadOptions())[0].text
        got, wanted = _words(read), _words(page.text)
        common = sum((got & wanted).values())
        figures = (character_errors(read, page.text), common / wanted.total(), common / max(1, got.total()))
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
    cer, recall, precision = (total / len(pages) for total in totals)
    return cer, recall, precision, time.process_time() - started


def _words(text: str) -> Counter[str]:
    flat = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    return Counter(re.sub(r"(?<=\d) (?=/)", "", flat).split())


def _line(name: str, *figures: str) -> None:
    sys.stdout.write(f"{name:22}" + "".join(f"{figure:>11}" for figure in figures) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
