"""How much faster the pooled recogniser is than a bare Tesseract that reads page after page.

usage: python bench/recognition.py [--pages 8]

Both read the same synthetic scans at 300 dpi. The bare side renders and recognises only; ours also
inspects, cleans, looks for stamps, levels and orders the lines. Prints one JSON object to standard
output: seconds of both sides, and their ratio (above 1: the pool is faster). Progress goes to standard
error. It is a measurement, not a test: nothing fails because of a figure.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ocr.engines.tesserocr import TesserocrEngine
from ocr.image import transform
from ocr.process.pool import WorkerPool, default_size
from ocr.read_page import ReadOptions
from ocr.source.files import Limits
from ocr.source.pdf import sheets
from sohoa.adapters.recogniser import OcrRecogniser

DPI = 300
FONT = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
WORDING = """
thực hiện kế hoạch trồng cây xanh năm nay các thôn xóm tổ chức vệ sinh đường làng ngõ xóm báo cáo kết
quả về văn phòng trước ngày cuối tháng để tổng hợp trình lãnh đạo xem xét quyết định khen thưởng
"""


def main() -> None:
    """Make the scan, read it both ways, print the ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=8)
    pages = parser.parse_args().pages
    if (
        "OMP_THREAD_LIMIT" not in os.environ
    ):  # one thread for either side, or the bare one would take all cores
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "OMP_THREAD_LIMIT": "1"})  # noqa: S606 - itself, no shell
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scan.pdf"
        first, *rest = (_page(seed) for seed in range(pages))
        first.save(path, resolution=DPI, save_all=True, append_images=rest)
        bare = _timed("bare tesserocr", lambda: _bare(path, pages))
        pooled = _timed("pooled recogniser", lambda: _pooled(path))
    figures = {"pages": pages, "workers": default_size(), "bare_s": bare, "pooled_s": pooled}
    print(json.dumps({**figures, "ratio": round(bare / pooled, 2)}))  # noqa: T201 - the result


def _page(seed: int) -> Image.Image:
    """A full page of text with paper noise, one per seed."""
    chance = np.random.default_rng(seed)
    picture = Image.new("L", (2480, 3508), 255)
    letters = ImageFont.truetype(FONT, round(13.5 * DPI / 72))
    draw = ImageDraw.Draw(picture)
    for row in range(40):
        draw.text((320, 300 + 72 * row), " ".join(chance.choice(WORDING.split(), 14)), fill=30, font=letters)
    noisy = np.asarray(picture) + chance.normal(0, 6, (3508, 2480))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).convert("RGB")


def _bare(path: Path, pages: int) -> None:
    engine = TesserocrEngine("vie")
    for number in range(1, pages + 1):
        raster = sheets.sheet(path, number, 120_000_000).raster
        engine.recognise(transform.gray(raster.pixels), raster.dpi)


def _pooled(path: Path) -> None:
    with WorkerPool(default_size(), 3072) as pool:
        recogniser = OcrRecogniser(pool, limits=Limits(), options=ReadOptions())
        recogniser.read(path, recogniser.inspect(path))


def _timed(name: str, work: Callable[[], None]) -> float:
    print(f"{name} …", file=sys.stderr)  # noqa: T201 - progress
    start = time.perf_counter()
    work()
    return round(time.perf_counter() - start, 2)


if __name__ == "__main__":
    main()
