"""Marks of secrecy in white letters on a painted field, and fields that are none."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from ocr.engines.opening import open_engine
from ocr.page import MarkKind
from ocr.stamps.read_stamps import STAMP_DPI, read
from tests.support.drawn import BLACK, BLUE, RED, millimetres, page, pixels, write
from tests.support.scanmaker.typeface import Face, font

_DARK_RED, _ORANGE_RED = (150, 20, 30), (230, 60, 40)


def _field(
    text: str, ink: tuple[int, int, int], size_mm: tuple[float, float], size_pt: float, tilt: float = 0.0
) -> Image.Image:
    sheet = page(dpi=STAMP_DPI)
    wide, high = (millimetres(side, STAMP_DPI) for side in size_mm)
    field = Image.new("RGB", (wide, high), ink)
    letters = font(Face.BOLD, size_pt * STAMP_DPI / 72)
    middle = field.width / 2, field.height / 2
    ImageDraw.Draw(field).text(middle, text, fill="white", font=letters, anchor="mm")
    turned = field.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor="white")
    sheet.paste(turned, (millimetres(35, STAMP_DPI), millimetres(12, STAMP_DPI)))
    return sheet


def _kinds(sheet: Image.Image) -> set[MarkKind]:
    return {mark.kind for mark in read(pixels(sheet), STAMP_DPI, open_engine("tesserocr", "vie")).marks}


@pytest.mark.parametrize("ink", [RED, _DARK_RED, _ORANGE_RED, BLUE, BLACK])
@pytest.mark.parametrize(
    ("text", "size_mm", "size_pt"),
    [("MẬT", (22, 9), 14), ("TỐI MẬT", (40, 12), 16), ("TUYỆT MẬT", (60, 14), 20), ("MẬT", (120, 16), 18)],
)
def test_white_letters_on_a_field_are_read(
    text: str, size_mm: tuple[float, float], size_pt: float, ink: tuple[int, int, int]
) -> None:
    assert MarkKind.SECRECY in _kinds(_field(text, ink, size_mm, size_pt))


def test_a_field_may_touch_print() -> None:
    """Lines of print close beside a small field are no part of it."""
    sheet = _field("MẬT", _DARK_RED, (14, 7), 8)
    for row in range(2):
        write(sheet, "Họp thống nhất chính sách hỗ trợ", (42, 19 + 6 * row), STAMP_DPI)
    assert MarkKind.SECRECY in _kinds(sheet)


def test_a_field_may_be_tilted() -> None:
    assert MarkKind.SECRECY in _kinds(_field("TỐI MẬT", RED, (40, 12), 16, tilt=2.0))


@pytest.mark.parametrize("text", ["BẢO MẬT", "THÔNG BÁO", "MẶT TRƯỚC", "KHẨN", ""])
@pytest.mark.parametrize("ink", [RED, BLACK])
def test_other_fields_are_no_marks_of_secrecy(text: str, ink: tuple[int, int, int]) -> None:
    assert MarkKind.SECRECY not in _kinds(_field(text, ink, (50, 12), 16))
