"""Notes written by pen in blue are marks where they stand; print, stamps and pictures in blue are none."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.engines.opening import open_engine
from ocr.page import Mark, MarkKind
from ocr.stamps import read_stamps
from tests.support.drawn import BLUE, PROSE, RED, millimetres, page, pixels, stamp, write

ENGINE = open_engine("tesserocr", "vie")
DPI = 200


def _scribble(picture: Image.Image, at_mm: tuple[float, float], size_mm: tuple[float, float]) -> None:
    """Strokes as of a hurried hand, 0.6 mm broad."""
    steps = np.linspace(0, 1, 400)
    across = steps + 0.03 * np.sin(90 * steps)
    down = 0.5 + 0.3 * np.sin(60 * steps) + 0.2 * np.sin(37 * steps + 1)
    points = [
        (millimetres(at_mm[0] + size_mm[0] * x, DPI), millimetres(at_mm[1] + size_mm[1] * y, DPI))
        for x, y in zip(across, down, strict=True)
    ]
    ImageDraw.Draw(picture).line(points, fill=BLUE, width=millimetres(0.6, DPI))


def _marks(picture: Image.Image) -> tuple[Mark, ...]:
    return read_stamps.read(pixels(picture), DPI, ENGINE).marks


def test_a_note_by_hand_is_a_mark_without_text() -> None:
    """Its box is where it stands."""
    picture = page()
    _scribble(picture, (30, 100), (45, 10))
    (mark,) = _marks(picture)
    assert (mark.kind, mark.text) == (MarkKind.HANDWRITING, "")
    assert mark.box.holds((millimetres(52, DPI), millimetres(105, DPI)))


@pytest.mark.parametrize(
    ("at_mm", "size_mm", "why"),
    [
        ((120, 220), (50, 20), "a signature"),
        ((60, 30), (8, 5), "a number filled in"),
        ((30, 100), (60, 2), "a line under a word"),
    ],
)
def test_other_strokes_are_no_notes(
    at_mm: tuple[float, float], size_mm: tuple[float, float], why: str
) -> None:
    """Small ones, and those in the lower part of the page."""
    picture = page()
    _scribble(picture, at_mm, size_mm)
    assert _marks(picture) == (), why


def test_a_signature_that_a_seal_covers_is_no_note() -> None:
    """Also where the text is short, and the signature stands in the middle of the page."""
    picture = page()
    _scribble(picture, (120, 120), (50, 15))
    left, top, side = (millimetres(value, DPI) for value in (95, 110, 38))
    ImageDraw.Draw(picture).ellipse((left, top, left + side, top + side), outline=RED, width=14)
    assert [mark.kind for mark in _marks(picture)] == [MarkKind.INK_SEAL]


def test_a_stamp_with_a_frame_is_a_stamp() -> None:
    """It is read as such."""
    picture = page()
    stamp(picture, "CÔNG VĂN ĐẾN", 1, (50, 20), ink=BLUE, at_mm=(30, 120))
    assert [mark.kind for mark in _marks(picture)] == [MarkKind.STAMP]


def test_print_in_blue_is_no_note() -> None:
    """Neither a heading in blue nor a page printed in blue."""
    heading, printed = page(), page(())
    for row in range(3):
        write(heading, "TRƯỜNG CAO ĐẲNG SÔNG LAM", (30, 100 + 7 * row), DPI, BLUE)
    for row, text in enumerate(PROSE):
        write(printed, text, (30, 40 + 9 * row), DPI, BLUE)
    _scribble(printed, (30, 100), (45, 10))
    assert _marks(heading) == ()
    assert _marks(printed) == ()


def test_a_picture_in_blue_is_no_note() -> None:
    """A logo has areas that no pen draws."""
    picture = page()
    left, top, side = (millimetres(value, DPI) for value in (30, 100, 25))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((left, top, left + side, top + side), outline=BLUE, width=millimetres(0.6, DPI))
    draw.rectangle((left + side // 3, top + side // 3, left + side // 2, top + side // 2), fill=BLUE)
    assert _marks(picture) == ()
