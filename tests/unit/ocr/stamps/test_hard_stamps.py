"""Stamps that touch a seal, are larger than the law has them, of outlines, or of letters set far apart."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.engines.opening import open_engine
from ocr.page import Box, Mark, MarkKind, Word
from ocr.stamps import ink_areas, spaced
from ocr.stamps.read_stamps import STAMP_DPI, read, without_rows
from tests.support.drawn import BOLD, RED, millimetres, page, pixels

_ENGINE = open_engine("tesserocr", "vie")


def _mm(value: float) -> int:
    return millimetres(value, STAMP_DPI)


def _framed(
    text: str, size_pt: float, frames: int, at_mm: tuple[float, float], hollow: bool = False
) -> Image.Image:
    sheet = page([], STAMP_DPI)
    draw = ImageDraw.Draw(sheet)
    letters = ImageFont.truetype(str(BOLD), round(size_pt * STAMP_DPI / 72))
    left, top, right, bottom = draw.textbbox((_mm(at_mm[0]), _mm(at_mm[1])), text, font=letters)
    ink, stroke = ("white", 2) if hollow else (RED, 0)
    draw.text((_mm(at_mm[0]), _mm(at_mm[1])), text, ink, letters, stroke_width=stroke, stroke_fill=RED)
    for frame in range(frames):
        away = _mm(2 + frame)
        draw.rectangle((left - away, top - away, right + away, bottom + away), outline=RED, width=2)
    return sheet


def _seal(sheet: Image.Image, middle_mm: tuple[float, float]) -> Image.Image:
    draw, (x, y) = ImageDraw.Draw(sheet), (_mm(middle_mm[0]), _mm(middle_mm[1]))
    for radius in (18.0, 17.0, 10.0):
        draw.circle((x, y), _mm(radius), outline=RED, width=3)
    return sheet


def _kinds(sheet: Image.Image) -> set[MarkKind]:
    return {mark.kind for mark in read(pixels(sheet), STAMP_DPI, _ENGINE).marks}


@pytest.mark.parametrize("text", ["MẬT", "TỐI MẬT"])
@pytest.mark.parametrize("size_pt", [16, 26])
def test_a_framed_mark_whose_frame_touches_a_seal_is_read(text: str, size_pt: float) -> None:
    """The frame is told from the seal by its long level lines."""
    sheet = _framed(text, size_pt, 2, (50, 60))
    right = ink_areas.stamp_areas(pixels(sheet)[..., 1] < 128, STAMP_DPI)[0].box.right * 25.4 / STAMP_DPI
    assert MarkKind.SECRECY in _kinds(_seal(sheet, (right + 12, 90)))


@pytest.mark.parametrize("ends", [0.0, 9.0])
def test_level_lines_of_a_seal_are_no_frame(ends: float) -> None:
    """Bars and ribbons of an emblem lie over one another, too, but no line goes down at their ends."""
    sheet = page([], STAMP_DPI)
    draw = ImageDraw.Draw(_seal(sheet, (100, 100)))
    for down in (-5, 5):
        draw.rectangle((_mm(92), _mm(100 + down), _mm(108), _mm(100.5 + down)), RED)
    draw.rectangle((_mm(95), _mm(95), _mm(95 + ends), _mm(105)), RED)
    draw.line((_mm(60), _mm(118), _mm(140), _mm(112)), RED, 4)
    assert MarkKind.SECRECY not in _kinds(sheet)


def test_unread_rows_of_a_stamp_that_was_read_are_no_marks() -> None:
    """Frames as wide as an arrival stamp are its rows; a narrower one, and a wording that was read, count."""
    arrival = Mark(MarkKind.STAMP, "UBND XÃ MẪU\nĐẾN\nSố: 12\nNgày: 2/2/2010", Box(100, 100, 400, 300))
    row, read_in_it = (Mark(MarkKind.SECRECY, text, Box(110, 200, 380, 80)) for text in ("ĐEN Ìs", "TỐI MẬT"))
    beside, narrow = (Mark(MarkKind.SECRECY, "", Box(x, 200, 200, 80)) for x in (600, 150))
    marks = [arrival, row, read_in_it, beside, narrow]
    assert list(without_rows(marks)) == [arrival, read_in_it, beside, narrow]


@pytest.mark.parametrize("size_pt", [22, 30, 36])
@pytest.mark.parametrize("frames", [0, 2])
def test_a_mark_larger_than_usual_is_read(size_pt: float, frames: int) -> None:
    assert MarkKind.SECRECY in _kinds(_framed("MẬT", size_pt, frames, (60, 70)))


@pytest.mark.parametrize("text", ["TỐI MẬT", "TUYỆT MẬT"])
def test_letters_of_outlines_are_read_filled(text: str) -> None:
    assert MarkKind.SECRECY in _kinds(_framed(text, 20, 1, (60, 70), hollow=True))


@pytest.mark.parametrize(("text", "found"), [("TỐI MẬT", True), ("MẬT", True), ("QUYẾT ĐỊNH", False)])
@pytest.mark.parametrize("apart", [1.3, 1.8])
@pytest.mark.parametrize("read", [True, False])
def test_letters_set_far_apart_are_read_pushed_together(
    text: str, apart: float, read: bool, found: bool
) -> None:
    """Whatever words the engine made of them, and if it made none."""
    sheet = page([], STAMP_DPI).convert("L")
    letters = ImageFont.truetype(str(BOLD), round(14 * STAMP_DPI / 72))
    x, high = _mm(30), _mm(4)
    for sign in text:
        ImageDraw.Draw(sheet).text((x, _mm(20)), sign, 0, letters)
        x += round(letters.getlength(sign) + apart * high * (1.8 if sign == " " else 1))
    box, gray = Box(_mm(29), _mm(19), x - _mm(29), _mm(8)), pixels(sheet)[..., 0]
    lines, ink = ([(Word("TÔOT", box, 0.5),)], gray < 0) if read else ([], gray < 128)
    marks = list(spaced.secret(gray, STAMP_DPI, lines, ink, _ENGINE))
    assert [mark.kind for mark in marks] == [MarkKind.SECRECY] * found
