"""Two pages on one landscape sheet are told from one page, however they lie; tables and columns are one."""

from __future__ import annotations

import functools
from itertools import product

import numpy as np
import pytest
from PIL import Image

from ocr.image import gutter, transform
from ocr.image.raster import Gray
from tests.support.scanmaker import CLEAN, GOOD, POOR, Ageing, load_document, render_document
from tests.support.scanmaker.ageing import aged
from tests.support.scanmaker.landscape import Layout, landscape
from tests.support.scanmaker.two_up import Crease, Joint, two_up

_DPI = 100
_NAMES = ("qd_47", "kh_212", "cv_3088_urgent", "tb_21", "ttr_33")
_JOINTS = [
    Joint(apart, crease, skew) for crease, apart, skew in product(Crease, (0.0, -8.0, 10.0), (0.0, -1.0, 1.5))
]


@functools.cache
def _page(name: str, ageing: Ageing = GOOD, dpi: int = _DPI) -> Image.Image:
    return render_document(load_document(name), ageing, dpi, 7)[0]


def _gray(picture: Image.Image) -> Gray:
    return transform.gray(np.asarray(picture.convert("RGB")))


@pytest.mark.parametrize(("joint", "seed"), [(joint, seed) for seed, joint in enumerate(_JOINTS)])
def test_two_pages_are_parted_between_them(joint: Joint, seed: int) -> None:
    """Far apart or close, with a shadow, a line or nothing between, fresh or worn, turned a little."""
    ageing = (CLEAN, GOOD, POOR)[seed % 3]
    left, right = _page(_NAMES[seed % 5], ageing), _page(_NAMES[(seed * 3 + 1) % 5], ageing)
    sheet = two_up(left, right, _DPI, joint)
    assert gutter.find(_gray(sheet)) == pytest.approx(sheet.width / 2, abs=sheet.width / 20)


@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("side", [0, 1])
def test_one_of_the_pages_may_be_blank(name: str, side: int) -> None:
    """What matters is where the page ends that bears print."""
    page = _page(name)
    sheet = two_up(page, None, _DPI, Joint()) if side else two_up(None, page, _DPI, Joint())
    assert gutter.find(_gray(sheet)) == pytest.approx(sheet.width / 2, abs=sheet.width / 20)


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_two_small_pages_on_a_small_sheet_are_parted(dpi: int) -> None:
    """A5 beside A5 on A4, at any resolution."""
    pages = _page("qd_47", GOOD, dpi), _page("tb_21", GOOD, dpi)
    sheet = two_up(*pages, dpi, Joint(half=True, crease=Crease.SHADOW))
    assert gutter.find(_gray(sheet)) == pytest.approx(sheet.width / 2, abs=sheet.width / 20)


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("ageing", [CLEAN, GOOD, POOR])
@pytest.mark.parametrize("dpi", [100, 200])
def test_one_landscape_page_stays_one(layout: Layout, ageing: Ageing, dpi: int) -> None:
    """Tables with and without rules, heads of two columns, newspapers, texts in two languages."""
    sheet = aged(landscape(layout, dpi), ageing, dpi, np.random.default_rng(3))
    assert gutter.find(_gray(sheet)) == 0


def test_an_upright_page_and_one_on_its_side_are_one() -> None:
    """Also one on its side whose print ends in the middle."""
    page = _page("qd_47")
    assert gutter.find(_gray(page)) == 0
    assert gutter.find(_gray(page.rotate(90, expand=True))) == 0
    short = Image.new("RGB", page.size, "white")
    short.paste(page.crop((0, page.height // 2, page.width, page.height - 200)), (0, 100))
    for turn in (90, 270):
        assert gutter.find(_gray(short.rotate(turn, expand=True))) == 0


@pytest.mark.parametrize("rows", [(300, 420), (300, 620)])
def test_a_cutting_of_some_lines_is_no_sheet(rows: tuple[int, int]) -> None:
    """Lines cut out of a head have a gap in their middle, too."""
    page = _page("qd_47", GOOD, 200)
    assert gutter.find(_gray(page.crop((100, *rows[:1], page.width - 100, rows[1])))) == 0
