from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sohoa.adapters.coverage_report import render
from tests.support.coverage import report

CHROMIUM = shutil.which("chromium")
GOOD, EDGE = (31, 122, 77), (47, 93, 138)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def browsed(page: Path, *arguments: str) -> None:
    """Run the browser on the page without its network and without a profile that outlives the test."""
    command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    profile = f"--user-data-dir={page.parent / 'profile'}"
    subprocess.run(
        [*command, profile, *arguments, page.as_uri()], check=True, capture_output=True, timeout=120
    )


def is_colour(picture: np.ndarray, colour: tuple[int, int, int]) -> np.ndarray:
    """Where the picture has that colour, up to rounding."""
    return np.asarray((np.abs(picture.astype(int) - colour) <= 2).all(axis=-1))


@pytest.mark.slow
def test_the_bar_is_as_long_as_the_ratio(tmp_path: Path) -> None:
    """In a real browser, under the page's own policy, 80 % reaches one seventh beyond the mark of 70 %."""
    page = tmp_path / "coverage.html"
    page.write_bytes(render(report(), "html"))
    shot = tmp_path / "coverage.png"
    browsed(page, "--window-size=1100,1200", f"--screenshot={shot}")
    picture = np.asarray(Image.open(shot).convert("RGB"))
    row = picture[is_colour(picture, GOOD).sum(axis=1).argmax()]
    mark = np.flatnonzero(is_colour(row, EDGE))
    good = np.flatnonzero(is_colour(row, GOOD))
    # The badge behind the bar has the same colour: a gap wider than the mark ends the bar.
    bar = np.split(good, np.flatnonzero(np.diff(good) > 5) + 1)[0]
    assert (bar[-1] - bar[0]) / (mark[0] - bar[0]) == pytest.approx(0.8 / 0.7, rel=0.02)


@pytest.mark.slow
def test_the_page_prints_on_landscape_a4(tmp_path: Path) -> None:
    """Printed, the report is a PDF of A4 pages that lie on their side."""
    page = tmp_path / "coverage.html"
    page.write_bytes(render(report(), "html"))
    browsed(page, "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'coverage.pdf'}")
    info = subprocess.run(["pdfinfo", tmp_path / "coverage.pdf"], check=True, capture_output=True, text=True)
    assert "841.92 x 594.96" in info.stdout.replace("842.88", "841.92").replace("595.92", "594.96")
