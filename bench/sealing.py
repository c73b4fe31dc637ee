"""How much longer sealing takes than plain img2pdf: ``python -m bench.sealing [PAGES]`` prints ratios.

The scan is drawn noise on white paper, JPEG at 200 dpi, with 400 words a page; one worker, no OCR.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # ships no types
import numpy as np
from PIL import Image

from ocr.page import Box, Line, Page, Source, Word
from ocr.process.pool import WorkerPool
from sohoa.domain.local_time import VIETNAM
from sohoa.ports import FileFacts, SealRequest, SourceFile
from tests.support.sealing import sealer_with_test_key

_SIZE, _DPI = (1654, 2339), 200
_REPEATS = 3


def main(pages: int) -> None:
    """Measure and print."""
    jpeg = _jpeg()
    with tempfile.TemporaryDirectory() as folder, WorkerPool(1, 3072) as pool:
        path = Path(folder) / "scan.pdf"
        plain_s = _seconds(lambda: path.write_bytes(img2pdf.convert([jpeg] * pages)))
        sealer = sealer_with_test_key(pool, Path(folder) / "pki")
        read = [_page(number) for number in range(1, pages + 1)]
        request = SealRequest("Z99.01", "Cơ quan mẫu", "abc", "0" * 64, "Mẫu", lambda: datetime.now(VIETNAM))
        files = [SourceFile(path, FileFacts("pdf", "pdf", pages))]
        sealed = sealer.seal(files, read, request)
        seal_s = _seconds(lambda: sealer.seal(files, read, request))
        check_s = _seconds(lambda: sealer.check(sealed.pdf))
        _print("seal / img2pdf, time", seal_s / plain_s)
        _print("check / seal, time", check_s / seal_s)
        _print("sealed / plain, bytes", len(sealed.pdf) / path.stat().st_size)
        _print("seconds a page", seal_s / pages)


def _print(name: str, value: float) -> None:
    sys.stdout.write(f"{name}: {value:.3f}\n")


def _seconds(work: Callable[[], object]) -> float:
    """The best of several runs."""
    times = []
    for _ in range(_REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def _jpeg() -> bytes:
    rng = np.random.default_rng(1)
    paper = rng.normal(245, 4, (_SIZE[1], _SIZE[0], 3)).clip(0, 255).astype(np.uint8)
    paper[300::40, 200:1500] = 30
    buffer = io.BytesIO()
    Image.fromarray(paper).save(buffer, "JPEG", quality=80, dpi=(_DPI, _DPI))
    return buffer.getvalue()


def _page(number: int) -> Page:
    rows = [
        tuple(Word("chữ", Box(200 + 130 * n, 300 + 45 * y, 110, 30), 0.9) for n in range(10))
        for y in range(40)
    ]
    return Page(number, *_SIZE, _DPI, Source.OCR, tuple(Line(words) for words in rows))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
