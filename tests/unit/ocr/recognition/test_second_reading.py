"""Doubtful lines read a second time: what the better of two readings is, and where its boxes lie."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.engines.opening import open_engine
from ocr.image.line_picture import Upright, cut
from ocr.image.raster import Gray
from ocr.page import Box, Line, Word
from ocr.recognition.second_reading import improved
from tests.support.scanmaker.typeface import Face, font

_TEXT = "Kế hoạch trồng cây xanh"


def _page(text: str, angle: float = 0.0) -> Gray:
    picture = Image.new("L", (1400, 400), 255)
    ImageDraw.Draw(picture).text((100, 150), text, font=font(Face.REGULAR, 40), fill=0)
    return np.asarray(picture.rotate(-angle, fillcolor=255, resample=Image.Resampling.BICUBIC))


def _line(text: str, confidence: float) -> Line:
    """The words of the text about where they are printed."""
    words, x = [], 100
    for word in text.split():
        width = round(font(Face.REGULAR, 40).getlength(word))
        words.append(Word(word, Box(x, 152, width, 44), confidence))
        x += width + 10
    return Line(tuple(words))


def test_a_doubtful_line_gets_the_more_credible_words() -> None:
    page = Upright(_page(_TEXT), 200, 0.0)
    lines = improved([_line("Kế hoqch tr0ng cây xanh", 0.4)], page, open_engine("tesserocr", "vie"))
    assert lines[0].text == _TEXT


def test_a_sure_line_is_not_read_again() -> None:
    page = Upright(_page("something else is printed here"), 200, 0.0)
    line = _line(_TEXT, 0.9)
    assert improved([line], page, open_engine("tesserocr", "vie")) == (line,)


def test_a_second_reading_that_finds_nothing_changes_nothing() -> None:
    page = Upright(np.full((400, 1400), 255, dtype=np.uint8), 200, 0.0)
    line = _line(_TEXT, 0.3)
    assert improved([line], page, open_engine("tesserocr", "vie")) == (line,)


@pytest.mark.parametrize("angle", [-2.0, 0.0, 2.0])
def test_words_of_the_second_reading_lie_where_they_are_printed(angle: float) -> None:
    page = Upright(_page(_TEXT, angle), 200, angle)
    (line,) = improved([_line("Kx hxxch trxng cxy xxnh", 0.3)], page, open_engine("tesserocr", "vie"))
    assert line.text.endswith("trồng cây xanh")
    for word, where in zip(line.words, _line(_TEXT, 1.0).words, strict=True):
        assert word.box.middle[0] == pytest.approx(where.box.middle[0], abs=30)
        assert word.box.middle[1] == pytest.approx(where.box.middle[1], abs=30)


def test_a_line_at_the_edge_of_the_page_is_cut_there() -> None:
    page = Upright(np.zeros((50, 200), dtype=np.uint8), 200, 0.0)
    picture = cut([Word("a", Box(0, 0, 200, 50), 0.5)], page, 1.0, 1.0)
    assert picture.pixels.shape == (50, 200)
