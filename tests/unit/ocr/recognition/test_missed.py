"""Ink that the engine passed over is read again, and only what is surely print is taken."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.engines.engine import EngineLine
from ocr.engines.opening import open_engine
from ocr.image.raster import Gray
from ocr.page import Box, Word
from ocr.recognition.missed import read
from tests.support.scanmaker.typeface import Face, font


def _page(ink: int = 0) -> Gray:
    picture = Image.new("L", (1654, 1200), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((200, 200), "Kế hoạch trồng cây xanh", font=font(Face.REGULAR, 38), fill=ink)
    draw.text((900, 700), "Trần Văn Hùng", font=font(Face.BOLD, 38), fill=ink)
    return np.asarray(picture)


def _first_line() -> EngineLine:
    return (Word("Kế", Box(195, 195, 480, 60), 0.9),)


@pytest.mark.parametrize("ink", [0, 150])
def test_a_line_without_words_is_found_where_it_stands(ink: int) -> None:
    """Also where all print is faint, as that of a carbon copy."""
    lines = read(_page(ink), 200, [_first_line()], open_engine("tesserocr", "vie"))
    assert [" ".join(word.text for word in line) for line in lines] == ["Trần Văn Hùng"]
    assert abs(lines[0][0].box.x - 900) < 12
    assert abs(lines[0][0].box.y - 708) < 14


def test_a_page_whose_ink_is_all_read_is_left_alone() -> None:
    second: EngineLine = (Word("Trần", Box(895, 695, 300, 60), 0.9),)
    assert read(_page(), 200, [_first_line(), second], open_engine("tesserocr", "vie")) == ()


def test_strokes_of_a_pen_are_no_print() -> None:
    picture = Image.new("L", (1654, 1200), 255)
    ImageDraw.Draw(picture).line([(300, 300), (500, 360), (420, 280), (700, 330)], fill=0, width=6)
    assert read(np.asarray(picture), 200, [], open_engine("tesserocr", "vie")) == ()


def test_a_frame_around_the_page_does_not_read_it_twice() -> None:
    page = _page().copy()
    page[:12], page[-12:], page[:, :12], page[:, -12:] = 0, 0, 0, 0
    engine = open_engine("tesserocr", "vie")
    lines = engine.recognise(page, 200)
    assert read(page, 200, lines, engine) == ()
