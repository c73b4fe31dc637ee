"""Framed stamps on scans without colours, which engines take for drawings."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.engines.engine import EngineLine
from ocr.engines.opening import open_engine
from ocr.image.raster import Gray
from ocr.page import Box, MarkKind, Word
from ocr.stamps.read_stamps import left_over
from tests.support.scanmaker.typeface import Face, font

_MM = 200 / 25.4


def _page(text: str, wide_mm: float, *, grey: int = 120, tilt: float = 0.0, y: int = 500) -> Gray:
    """A page with one doubly framed stamp, 8 mm high."""
    stamp = Image.new("L", (round(wide_mm * _MM), round(8 * _MM)), 255)
    draw = ImageDraw.Draw(stamp)
    right, bottom = stamp.width - 1, stamp.height - 1
    draw.rectangle((0, 0, right, bottom), outline=grey, width=2)
    draw.rectangle((6, 6, right - 6, bottom - 6), outline=grey, width=2)
    draw.text((stamp.width / 2, stamp.height / 2), text, font=font(Face.BOLD, 36), fill=grey, anchor="mm")
    page = Image.new("L", (1654, 2339), 255)
    page.paste(stamp.rotate(tilt, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC), (300, y))
    return np.asarray(page)


def _kinds(page: Gray, lines: tuple[EngineLine, ...] = ()) -> list[MarkKind]:
    return [mark.kind for mark in left_over(page, 200, lines, open_engine("tesserocr", "vie"))]


@pytest.mark.parametrize(("text", "wide_mm"), [("MẬT", 20), ("TỐI MẬT", 30), ("TUYỆT MẬT", 40)])
@pytest.mark.parametrize("tilt", [0.0, 3.0])
def test_a_grey_secrecy_stamp_is_noticed(text: str, wide_mm: float, tilt: float) -> None:
    """Read or not, straight or tilted: it stops the paper."""
    assert _kinds(_page(text, wide_mm, tilt=tilt)) == [MarkKind.SECRECY]


def test_an_urgency_stamp_is_urgency() -> None:
    assert _kinds(_page("HỎA TỐC", 30)) == [MarkKind.URGENCY]


def test_print_that_was_read_is_no_stamp() -> None:
    """Ink under words is print."""
    word = Word("TỐI MẬT", Box(295, 495, 250, 75), 0.9)
    assert _kinds(_page("TỐI MẬT", 30), ((word,),)) == []


def test_frames_low_on_the_page_or_large_are_no_marks() -> None:
    """What can be read is a mark wherever it stands."""
    assert _kinds(_page("#~|%", 30, y=1900)) == []
    assert _kinds(_page("TỐI MẬT", 30, y=1900)) == [MarkKind.SECRECY]
    assert _kinds(_page("BẢNG TỔNG HỢP", 120)) == []


def test_a_stamp_whose_words_were_read_as_text_is_known_by_them() -> None:
    """Its frame alone is left under no word; empty, it would count as secret."""
    page = _page("HỎA TỐC", 30)
    word = Word("HOẢ TỐC", Box(318, 512, 195, 40), 0.9)
    assert _kinds(page, ((word,),)) == [MarkKind.URGENCY]


@pytest.mark.parametrize("greys", [(150, 60), (170, 60)])
def test_a_secrecy_stamp_close_beside_an_urgency_stamp_is_not_hidden_by_it(greys: tuple[int, int]) -> None:
    page = np.minimum(_page("MẬT", 20, grey=greys[0]), np.roll(_page("KHẨN", 20, grey=greys[1]), 170, axis=1))
    word = Word("KHẨN", Box(500, 512, 100, 40), 0.9)
    assert MarkKind.SECRECY in _kinds(page, ((word,),))
