"""A printed name below a post, read by the reader of handwriting as well: drawn lines, the real reader."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.handwriting.digit_reader import open_digit_reader
from ocr.handwriting.digits import SignReader
from ocr.image.line_picture import Upright
from ocr.page import Box, Line, Word
from ocr.recognition.signer_lines import confirmed
from tests.support.scanmaker.typeface import Face, font

_POST = Line((Word("GIÁM", Box(1080, 300, 120, 30), 0.9), Word("ĐỐC", Box(1210, 300, 100, 30), 0.9)))


def _page() -> Upright:
    picture = Image.new("L", (1654, 900), 255)
    ImageDraw.Draw(picture).text((1040, 540), "Lê Quang Thuận", font=font(Face.BOLD, 38), fill=0)
    return Upright(np.asarray(picture), 200, 0.0)


def _name(text: str, confidence: float) -> Line:
    boxes = (Box(1040, 548, 50, 40), Box(1102, 548, 118, 40), Box(1232, 548, 130, 40))
    return Line(tuple(Word(word, box, confidence) for word, box in zip(text.split(), boxes, strict=True)))


def _no_reader() -> SignReader:
    raise AssertionError("nothing is to be read")


@pytest.mark.parametrize(("read", "surer"), [("Lê Quang Thuận", True), ("Lê Qiang Thuận", False)])
def test_a_doubtful_name_is_surer_where_both_readers_see_its_letters(read: str, *, surer: bool) -> None:
    """Where they see other letters it stays as doubtful as it was."""
    post, name = confirmed([_POST, _name(read, 0.7)], _page(), open_digit_reader)
    assert (post, name.text) == (_POST, read)
    assert (name.confidence > 0.9) is surer
    assert surer or name.confidence == pytest.approx(0.7)


@pytest.mark.parametrize("lines", [[_POST, _name("Lê Quang Thuận", 0.97)], [_name("Lê Quang Thuận", 0.7)]])
def test_sure_names_and_lines_below_no_post_are_not_read_again(lines: list[Line]) -> None:
    assert confirmed(lines, _page(), _no_reader) == tuple(lines)
