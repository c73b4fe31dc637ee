"""Our CPU a page over that of recognition alone.

usage: python -m bench.ocr_floor DATA TRANSCRIPTS [--pages 14]

"calls" are the recognition calls that were made, second readings and the reader of handwriting among them;
"one pass" is the engine alone, once, on the page as it was scanned and at 200 dpi. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.scans import MOST_PIXELS, scans
from ocr.engines.opening import open_engine
from ocr.engines.tesserocr import TesserocrEngine
from ocr.handwriting.digit_reader import DigitReader, open_digit_reader
from ocr.image import transform
from ocr.read_page import ReadOptions, read_page
from ocr.source import files

_LOW_DPI = 200


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--pages", type=int, default=14)
    given = parser.parse_args()
    if "OMP_THREAD_LIMIT" not in os.environ:
        again = [sys.executable, "-m", "bench.ocr_floor", *sys.argv[1:]]
        os.execve(sys.executable, again, {**os.environ, "OMP_THREAD_LIMIT": "1"})  # noqa: S606 - itself, no shell
    pages = list(scans(given.data, given.transcripts, given.pages))
    options = ReadOptions(max_page_pixels=MOST_PIXELS)
    engine, _ = open_engine(options.engine, options.language), open_digit_reader()
    calls = _Clock()
    for method in ("recognise", "recognise_block", "recognise_line", "quarter_turns"):
        setattr(TesserocrEngine, method, calls.counting(getattr(TesserocrEngine, method)))
    setattr(DigitReader, "signs", calls.counting(DigitReader.signs))  # noqa: B010 - a measuring wrapper
    whole = alone = low = 0.0
    for page in pages:
        kind = files.inspect(page.path).kind
        whole += _seconds(partial(read_page, page.path, kind, page.number, options))
        gray, dpi = transform.gray(page.raster.pixels), page.raster.dpi
        small = transform.scaled(gray, min(1.0, _LOW_DPI / dpi))
        spent = calls.seconds
        alone += _seconds(partial(engine.recognise, gray, dpi))
        low += _seconds(partial(engine.recognise, small, min(dpi, _LOW_DPI)))
        calls.seconds = spent
    figures = {
        "pages": len(pages),
        "cpu_s_a_page": whole / len(pages),
        "over_calls": whole / calls.seconds,
        "over_one_pass": whole / alone,
        "over_one_pass_at_200_dpi": whole / low,
    }
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))  # noqa: T201 - the result


class _Clock:
    """CPU seconds spent in the calls that it counts; a call inside a call counts once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._inside = False

    def counting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any) -> Any:
            if self._inside:
                return function(*args)
            self._inside, started = True, time.process_time()
            try:
                return function(*args)
            finally:
                self._inside, self.seconds = False, self.seconds + time.process_time() - started

        return counted


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
