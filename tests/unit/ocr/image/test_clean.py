"""The derivative for reading: coloured ink out, paper white, black print kept."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.image import clean, inks, transform
from tests.support.drawn import BLACK, BLUE, RED, page, pixels, write
from tests.support.scanmaker import hard_pages, load_document


def test_inks_are_told_apart() -> None:
    """Red and blue writing are found where they are, black print is neither."""
    picture = page(())
    for row, ink in enumerate((RED, BLUE, BLACK)):
        write(picture, "Mẫu chữ viết", (30, 40 + 20 * row), 200, ink)
    found = inks.separate(pixels(picture))
    bands = [slice(315 + 157 * row, 400 + 157 * row) for row in range(3)]
    assert [bool(found.red[band].any()) for band in bands] == [True, False, False]
    assert [bool(found.blue[band].any()) for band in bands] == [False, True, False]


def test_tinted_paper_is_no_ink() -> None:
    """A page on blue or yellow paper has no coloured ink."""
    for tint in ((205, 215, 255), (255, 240, 200)):
        paper = (pixels(page()).astype(np.float32) / 255 * np.array(tint)).astype(np.uint8)
        found = inks.separate(paper)
        assert found.red.mean() < 0.001
        assert found.blue.mean() < 0.001


@pytest.mark.parametrize("coarseness", [1, 2])
def test_print_below_a_seal_stays(coarseness: int) -> None:
    """Bleaching red ink whitens it, and leaves what was printed in black below it."""
    colours = np.full((200, 200, 3), 255, dtype=np.uint8)
    colours[50:150, 50:150] = RED
    colours[90:100, 20:180] = (20, 5, 5)
    ink = inks.separate(colours).red[::coarseness, ::coarseness]
    read = clean.bleached(colours, ink)
    assert read[95, 100] < 60
    assert read[60:85, 60:140].min() == 255


def test_uneven_paper_becomes_white() -> None:
    """A page that darkens towards one side is white everywhere, its print still dark."""
    light = np.tile(np.linspace(255, 120, 800, dtype=np.float32), (600, 1))
    light[300:310, ::4] *= 0.2
    read = clean.flattened(light.astype(np.uint8), 200)
    assert read[100:250].min() > 235
    assert read[305, ::4].max() < 80


@pytest.mark.parametrize("shape", [(1, 1), (7, 900), (900, 7), (33, 41)])
def test_any_size_is_cleaned(shape: tuple[int, int]) -> None:
    """Pages of odd sizes keep their shape."""
    gray = np.full(shape, 200, dtype=np.uint8)
    assert clean.flattened(gray, 200).shape == shape
    colours = np.full((*shape, 3), 200, dtype=np.uint8)
    assert clean.bleached(colours, np.ones(shape, dtype=bool)).shape == shape


def test_a_scanners_black_rim_becomes_white_and_print_stays() -> None:
    """Rims on all four sides go; a line of print near the edge is no rim."""
    page = np.full((800, 600), 255, dtype=np.uint8)
    page[:20], page[-12:], page[:, :16], page[:, -8:] = 10, 10, 10, 10
    page[60:70, 40:560] = 0
    inner = clean.without_border(page)
    assert (inner[60:70, 40:560] == 0).all()
    inner[60:70, 40:560] = 255
    assert (inner[4:-4, 4:-4] == 255).all()


def test_a_page_without_a_rim_is_left_as_it_is() -> None:
    """Print alone is no rim, a black page is more than a rim."""
    page = np.full((800, 600), 255, dtype=np.uint8)
    page[100:110, 40:560] = 0
    assert clean.without_border(page) is page
    assert (clean.without_border(np.zeros((800, 600), dtype=np.uint8))[100:-100, 100:-100] == 0).all()


def test_blue_print_beside_a_red_seal_stays() -> None:
    """Only what is red goes with a seal; a name stamped or typed in blue is print."""
    colours = np.full((300, 300, 3), 250, dtype=np.uint8)
    colours[100:110, 50:250] = (215, 60, 70)
    colours[120:140, 50:250] = (50, 70, 170)
    colours[112:114, 50:250] = (235, 190, 195)
    ink = np.zeros((300, 300), dtype=bool)
    ink[100:110, 50:250] = True
    read = clean.bleached(colours, ink)
    assert (read[120:140, 60:240] < 100).all()
    assert (read[100:116, 60:240] > 200).all()


def test_a_black_rim_goes() -> None:
    """What a scanner leaves around smaller paper becomes white."""
    gray = np.full((900, 600), 250, dtype=np.uint8)
    gray[:40], gray[:, 560:] = 30, 30
    assert (clean.without_border(gray) == 250).mean() > 0.8
    assert clean.without_border(gray).min() == 250


def test_the_head_of_a_page_in_shadow_stays() -> None:
    """Shaded paper with print is no rim: a photographed page keeps its first lines and their marks."""
    picture = page()
    write(picture, "Dòng chữ ở đầu trang", (30, 12), 200)
    lit = transform.gray(pixels(picture))
    shaded = lit.copy()
    shaded[: 2 * lit.shape[0] // 5] = lit[: 2 * lit.shape[0] // 5] // 3
    head = np.s_[: lit.shape[0] // 10, 200:1400]
    assert np.array_equal(clean.without_border(shaded)[head], shaded[head])


@pytest.mark.parametrize("kind", ["carbon_copy", "shadow"])
def test_skew_is_found_below_faint_print_and_shadow(kind: str) -> None:
    """A page turned by a known angle is levelled though no print is dark, or much of its paper is."""
    image = hard_pages(kind, load_document("tb_21"), 3).pages[0]
    turned = transform.gray(np.asarray(image.rotate(1.5, fillcolor=(235, 230, 220))))
    straight = clean.skew_deg(transform.gray(np.asarray(image)), 200)
    assert clean.skew_deg(turned, 200) == pytest.approx(straight - 1.5, abs=0.25)
