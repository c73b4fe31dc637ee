"""Round seals on scans without colours: found by their ring, their ink taken out, the print left."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.image.raster import Gray
from ocr.page import Box
from ocr.stamps.gray_seals import lifted

_DPI = 200
_MIDDLE, _RADIUS = (800, 1500), 140
_PRINT, _PALE = 20, 120


def _page(ink: int, name: bool = True) -> Gray:
    """A page with lines of print, a round seal in an ink of that brightness, and a bar of print across it."""
    page = np.full((2339, 1654), 240, dtype=np.uint8)
    for y in range(300, 1200, 60):
        for x in range(150, 1500, 40):
            cv2.rectangle(page, (x, y), (x + 22, y + 24), _PRINT, -1)
    for radius in (_RADIUS, _RADIUS - 8, _RADIUS // 2):
        cv2.circle(page, _MIDDLE, radius, ink, 4)
    if name:
        cv2.rectangle(page, (850, 1590), (1200, 1620), _PRINT, -1)
    return page


def _around(box: Box) -> tuple[int, int]:
    return round(box.middle[0]), round(box.middle[1])


def test_a_pale_seal_is_taken_out_and_the_print_across_it_stays() -> None:
    page = _page(_PALE)
    clear, (seal,) = lifted(page, _DPI)
    assert np.allclose(_around(seal), _MIDDLE, atol=3)
    assert seal.w == pytest.approx(2 * _RADIUS, abs=8)
    assert (clear[1500 - _RADIUS - 4 : 1580, 800 - _RADIUS - 4 : 800 + _RADIUS] > 200).all()
    assert (clear[1594:1616, 856:1190] < 128).all()


def test_a_seal_as_dark_as_the_print_loses_its_rings() -> None:
    page = np.where(_page(_PRINT) < 128, 0, 255).astype(np.uint8)
    clear, seals = lifted(page, _DPI)
    assert len(seals) == 1
    ring = np.s_[1500, 800 - _RADIUS - 3 : 800 - _RADIUS + 3]
    assert (page[ring] == 0).sum() >= 3
    assert (clear[ring] == 0).sum() < (page[ring] == 0).sum()
    assert (clear[1600, 1000:1190] == 0).all()


@pytest.mark.parametrize("dpi", [100, 200])
def test_print_alone_is_no_seal(dpi: int) -> None:
    page = _page(240, name=False)
    same, seals = lifted(page, dpi)
    assert seals == ()
    assert same is page


def test_the_page_given_is_not_changed() -> None:
    page = _page(_PALE)
    before = page.copy()
    lifted(page, _DPI)
    assert (page == before).all()


@pytest.mark.parametrize("shape", [(1, 1), (40, 3), (3, 40), (400, 400)])
def test_pages_of_any_size_are_taken(shape: tuple[int, int]) -> None:
    assert lifted(np.full(shape, 255, dtype=np.uint8), _DPI)[1] == ()


def test_print_on_dark_paper_is_no_seal_and_stays() -> None:
    page = np.minimum(_page(240, name=False), 175)
    assert lifted(page, _DPI)[1] == ()


def test_a_filled_disc_is_no_seal() -> None:
    page = _page(240, name=False)
    cv2.circle(page, _MIDDLE, _RADIUS, 60, -1)
    clear, seals = lifted(page, _DPI)
    assert seals == ()
    assert clear is page


def test_a_worn_outer_ring_is_still_the_seals_and_no_thing_beside_it() -> None:
    """A seal has a thin ring close inside the thick one; the thin one may be drawn more completely."""
    mm, page = _DPI / 25.4, np.full((1200, 1000), 255, dtype=np.uint8)
    ys, xs = np.ogrid[:1200, :1000]
    away, turn = np.hypot(xs - 500, ys - 700) / mm, np.arctan2(ys - 700, xs - 500)
    page[(abs(away - 18.3) < 0.4) & (turn < 0.4 * np.pi)] = 120
    page[abs(away - 17.1) < 0.15] = 120
    _, (seal,) = lifted(page, _DPI)
    assert seal.w / mm == pytest.approx(37, abs=1)
