"""Whether two workers read twice as much as one, beside what bare engine processes give.

usage: python -m bench.ocr_linear DATA TRANSCRIPTS [--pages 12]

Prints one JSON object: pages a second of one and of all workers for our reading and for recognition alone,
how each grows, and our growth over the bare one's (1: nothing is lost between the workers).
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.scans import MOST_PIXELS, scans
from ocr.engines.opening import open_engine
from ocr.image import transform
from ocr.image.raster import Gray
from ocr.process.pool import WorkerPool
from ocr.read_page import ReadOptions
from ocr.source import files
from ocr.source.files import Kind
from ocr.source.pdf import sheets

_Job = tuple[Path, Kind, int]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--pages", type=int, default=12)
    given = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    pages = scans(given.data, given.transcripts, given.pages)
    jobs = [(page.path, files.inspect(page.path).kind, page.number) for page in pages]
    figures: dict[str, float] = {"pages": len(jobs), "cores": cores}
    for name, function in (("ours", "ocr.read_page:read_page"), ("bare", "bench.ocr_linear:bare")):
        one, every = _rate(function, jobs, 1), _rate(function, jobs, cores)
        figures |= {f"{name}_1": one, f"{name}_{cores}": every, f"{name}_growth": every / one}
    figures["ours_over_bare"] = figures["ours_growth"] / figures["bare_growth"]
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))  # noqa: T201 - the result


def bare(path: Path, kind: Kind, number: int, options: ReadOptions) -> int:
    """Recognition alone of a page that was rendered before: how many lines it found."""
    if kind is not Kind.PDF:
        raise ValueError(f"{kind} is no PDF")
    return len(open_engine(options.engine, options.language).recognise(*_gray(path, number)))


@functools.cache
def _gray(path: Path, number: int) -> tuple[Gray, int]:
    raster = sheets.sheet(path, number, MOST_PIXELS).raster
    return transform.gray(raster.pixels), raster.dpi


def _rate(function: str, jobs: Sequence[_Job], workers: int) -> float:
    """Pages a second of so many workers that are warm."""
    options = ReadOptions(max_page_pixels=MOST_PIXELS)
    with WorkerPool(workers, 3072) as pool, ThreadPoolExecutor(workers) as threads:

        def read(job: _Job) -> object:
            return pool.call(function, *job, options, timeout_s=600)

        list(threads.map(read, [*jobs[:workers], *jobs[:workers]]))
        started = time.monotonic()
        list(threads.map(read, jobs))
        rate = len(jobs) / (time.monotonic() - started)
    sys.stderr.write(f"{function}, {workers} workers: {rate:.2f} pages a second\n")
    return rate


if __name__ == "__main__":
    main()
