"""Pictures for reviewers."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ocr.page import Box
from ocr.source.crops import picture, png
from ocr.source.files import Kind

LIMIT = 10_000_000


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_png_holds_the_pixels(height: int, width: int, seed: int) -> None:
    """Any reader of PNG gets back exactly the pixels."""
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    with Image.open(io.BytesIO(png(pixels))) as image:
        assert np.array_equal(np.asarray(image), pixels)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A page at 100 dpi, white, with a black field of 30 x 20 pixels at (300, 400)."""
    pixels = np.full((1169, 827, 3), 255, dtype=np.uint8)
    pixels[400:420, 300:330] = 0
    Image.fromarray(pixels).save(tmp_path / "scan.png", dpi=(100, 100))
    return tmp_path / "scan.png"


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def test_the_neighbourhood_of_a_box_is_seen(scan: Path) -> None:
    """Half an inch on every side, so that a person sees what stands around the field."""
    seen = shown(picture(scan, Kind.PNG, 1, Box(300, 400, 30, 20), LIMIT))
    assert seen.size == (130, 120)
    assert seen.getpixel((65, 60)) == (0, 0, 0)


def test_a_box_at_the_edge_is_cut_there(scan: Path) -> None:
    """Nothing lies outside the page."""
    assert shown(picture(scan, Kind.PNG, 1, Box(0, 0, 10, 10), LIMIT)).size == (60, 60)


@pytest.mark.parametrize("box", [None, Box(5000, 5000, 10, 10)])
def test_without_a_place_the_head_of_the_page_is_shown(scan: Path, box: Box | None) -> None:
    """Where no box is known, or it lies elsewhere, the upper third helps."""
    assert shown(picture(scan, Kind.PNG, 1, box, LIMIT)).size == (827, 409)
