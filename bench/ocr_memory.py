"""Peak memory of one worker and of the process that asks it, for a short and for a long document.

usage: python -m bench.ocr_memory [--pages 10 1000]

The documents are colour scans of A4 at 300 dpi with a few lines of print and a seal. Prints one JSON object,
megabytes by number of pages. It is a measurement, not a test.
"""

from __future__ import annotations

import argparse
import io
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # ships no types

from ocr.process.pool import WorkerPool
from ocr.read_page import ReadOptions
from ocr.source.files import Limits
from sohoa.adapters.recogniser import OcrRecogniser
from tests.support.drawn import PROSE, page, stamp

_DPI = 300
_KB_PER_MB = 1024


def main() -> None:
    """Measure each document in a process of its own, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, nargs="+", default=[10, 1000])
    parser.add_argument("--document", type=Path, help="measure this one and print its figures")
    given = parser.parse_args()
    if given.document:
        print(json.dumps(_peaks(given.document)))  # noqa: T201 - the result
        return
    with tempfile.TemporaryDirectory() as folder:
        figures = {}
        for count in given.pages:
            path = Path(folder) / f"{count}.pdf"
            path.write_bytes(_scanned(count))
            command = [sys.executable, "-m", "bench.ocr_memory", "--document", str(path)]
            figures[count] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            sys.stderr.write(f"{count} pages: {figures[count]}\n")
    print(json.dumps(figures))  # noqa: T201 - the result


def _scanned(count: int) -> bytes:
    picture = page(PROSE, dpi=_DPI)
    stamp(picture, "SAO Y", 2, (30, 8), dpi=_DPI, at_mm=(40, 150))
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=85, dpi=(_DPI, _DPI))
    return bytes(img2pdf.convert([jpeg.getvalue()] * count))


def _peaks(path: Path) -> dict[str, float]:
    """Megabytes of the process, and of its largest child: the worker."""
    with WorkerPool(1, 3072) as pool:
        limits = Limits(max_pages=10_000)
        recogniser = OcrRecogniser(pool, limits=limits, options=ReadOptions())
        reading = recogniser.read(path, recogniser.inspect(path))
    status = Path("/proc/self/status").read_text(encoding="ascii")
    process = int(status.partition("VmHWM:")[2].split()[0])
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "pages": len(reading.pages),
        "process": round(process / _KB_PER_MB, 1),
        "worker": round(worker / _KB_PER_MB, 1),
    }


if __name__ == "__main__":
    main()
