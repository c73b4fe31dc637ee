"""Negatives are turned to positive before anything is read; dark photographs are left alone."""

from __future__ import annotations

import functools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from ocr.image import negative
from ocr.image.raster import Pixels
from ocr.read_page import ReadOptions, read_page
from ocr.source.files import Kind
from sohoa.domain.protection.secrecy import screen
from tests.support.marks import MARKS
from tests.support.scanmaker import (
    CLEAN,
    GOOD,
    POOR,
    Ageing,
    as_bilevel_pdf,
    as_pdf,
    load_document,
    render_document,
)


@functools.cache
def scan(name: str = "qd_47", ageing: Ageing = GOOD, dpi: int = 150) -> Image.Image:
    return render_document(load_document(name), ageing, dpi, 7)[0]


def array(picture: Image.Image) -> Pixels:
    return np.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("ageing", [CLEAN, GOOD, POOR])
@pytest.mark.parametrize("dpi", [100, 200])
@pytest.mark.parametrize("mode", ["1", "L", "RGB"])
def test_a_negative_becomes_positive(ageing: Ageing, dpi: int, mode: str) -> None:
    """Black and white, grey or in colours, fresh or worn, upright or not."""
    page = scan("bc_secret", ageing, dpi).convert(mode)
    turned = ImageOps.invert(page.convert("RGB")).rotate(90 if dpi == 100 else 0, expand=True)
    expected = array(page.rotate(90 if dpi == 100 else 0, expand=True))
    assert np.array_equal(negative.positive(array(turned)), expected)


def test_a_negative_on_a_white_sheet_becomes_positive() -> None:
    """A picture that is a negative is found though the page around it is white."""
    page = Image.new("RGB", (1240, 1754), "white")
    page.paste(ImageOps.invert(scan().resize((1000, 1414))), (120, 170))
    found = negative.positive(array(page))
    assert np.median(found[200:1500, 200:1000]) > 200
    assert (found[:100] == 255).all()


@pytest.mark.parametrize("ageing", [CLEAN, POOR])
def test_a_positive_stays_as_it_is(ageing: Ageing) -> None:
    """No pixel of an ordinary page is touched, worn or with a black rim around it."""
    page = array(scan("qd_47", ageing))
    assert negative.positive(page) is page
    rim = np.zeros((2200, 1900, 3), dtype=np.uint8)
    rim[200 : 200 + page.shape[0], 300 : 300 + page.shape[1]] = page
    assert negative.positive(rim) is rim


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_dark_photograph_stays_as_it_is(seed: int) -> None:
    """Shadows, lights and grain at night are no print; nor is a photograph above a paragraph."""
    rng = np.random.default_rng(seed)
    coarse = Image.fromarray(rng.integers(0, 150, (12, 9)).astype(np.uint8))
    photo = np.asarray(coarse.resize((1240, 1754), Image.Resampling.BICUBIC), dtype=np.int16)
    photo = photo + rng.integers(-12, 13, photo.shape)
    for _ in range(25):
        x, y, side = (int(value) for value in rng.integers((0, 0, 8), (1200, 1700, 60)))
        photo[y : y + side, x : x + side] += 120
    page = np.repeat(np.clip(photo, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
    assert negative.positive(page) is page
    page[1000:] = 255
    page[1000:] = array(scan())[200:954]
    assert negative.positive(page) is page


@pytest.mark.parametrize("bilevel", [False, True])
def test_a_secret_negative_is_stopped(tmp_path: Path, *, bilevel: bool) -> None:
    """The mark is seen on the positive, which is what is read: its text is that of the page itself."""
    path = tmp_path / "film.pdf"
    pages = {name: ImageOps.invert(scan(name, CLEAN, 200).convert("L")) for name in ("bc_secret", "qd_47")}
    read = {}
    for name, page in pages.items():
        path.write_bytes(as_bilevel_pdf([page], 200, threshold=80) if bilevel else as_pdf([page], 200, 80))
        read[name] = read_page(path, Kind.PDF, 1, ReadOptions())[0]
    assert screen([read["bc_secret"]], MARKS) is not None
    assert screen([read["qd_47"]], MARKS) is None
    assert load_document("qd_47").organ_name.upper().split()[-1] in read["qd_47"].text.upper()
