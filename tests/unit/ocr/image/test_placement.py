"""Boxes find back to the page whatever turn it took to read it."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.image import clean, transform
from ocr.image.placement import Placement
from ocr.page import Box


@pytest.mark.parametrize("angle", [-4.0, -0.6, 0.0, 1.5, 5.0])
@pytest.mark.parametrize("scale", [0.5, 1.0, 1.6])
def test_levelling_and_scaling_are_undone(angle: float, scale: float) -> None:
    """A mark on a turned and scaled page is mapped back to within two pixels."""
    page = np.full((900, 640), 255, dtype=np.uint8)
    page[700:712, 100:112] = 0
    read = transform.levelled(transform.scaled(page, scale), angle)
    ys, xs = np.nonzero(read < 128)
    seen = Box(int(xs.min()), int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1)
    back = Placement(640, 900, angle, scale).on_page(seen)
    assert back.middle == pytest.approx((106, 706), abs=2.5)


@pytest.mark.parametrize("angle", [-3.0, -0.8, 0.0, 2.0])
def test_skew_is_measured(angle: float) -> None:
    """Rows of dark blocks turned by an angle are levelled by its opposite."""
    page = np.full((1400, 1000), 255, dtype=np.uint8)
    for row in range(100, 1300, 40):
        page[row : row + 14, 100:900] = 0
    turned = transform.levelled(page, angle) if angle else page
    assert clean.skew_deg(turned, 150) == pytest.approx(-angle, abs=0.15)


def test_blank_page_has_no_skew() -> None:
    """Where there is nothing to level, nothing is turned."""
    assert clean.skew_deg(np.full((500, 400), 255, dtype=np.uint8), 150) == 0.0
