"""Names stamped in red under a seal, drawn here and read by the real reader."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from ocr.handwriting.digit_reader import open_digit_reader
from ocr.image.raster import Pixels
from ocr.page import Box, MarkKind
from ocr.stamps.signer_names import read
from ocr.vietnamese.personal_names import spelled
from tests.support.scanmaker.typeface import Face, font

_RED = (214, 40, 60)
_SEAL = Box(500, 300, 290, 290)


def _page(name: str, colour: tuple[int, int, int] = _RED, at: tuple[int, int] = (530, 620)) -> Pixels:
    picture = Image.new("RGB", (1300, 900), "white")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((_SEAL.x, _SEAL.y, _SEAL.right, _SEAL.bottom), outline=_RED, width=8)
    draw.text(at, name, font=font(Face.BOLD_ITALIC, 42), fill=colour)
    return np.asarray(picture)


def test_the_name_under_the_seal_is_read_with_its_marks() -> None:
    mark = read(_page("Trần Văn Hùng"), 200, _SEAL, open_digit_reader())
    assert mark is not None
    assert (mark.kind, mark.text) == (MarkKind.STAMP, "Trần Văn Hùng")


@pytest.mark.parametrize("at", [(680, 535), (640, 545)])
def test_a_name_that_begins_inside_the_seal_keeps_its_first_letters(at: tuple[int, int]) -> None:
    """What is taken out with the seal is read again with it."""
    mark = read(_page("Đặng Văn Hùng", at=at), 200, _SEAL, open_digit_reader())
    assert mark is not None
    assert mark.text == "Đặng Văn Hùng"


def test_a_seal_without_a_name_gives_none() -> None:
    assert read(_page(""), 200, _SEAL, open_digit_reader()) is None


def test_a_name_in_black_is_print_and_no_stamp() -> None:
    assert read(_page("Trần Văn Hùng", (0, 0, 0)), 200, _SEAL, open_digit_reader()) is None


@pytest.mark.parametrize("seal", [Box(0, 0, 290, 290), Box(1100, 640, 200, 260)])
def test_a_seal_at_the_edge_of_the_page_is_no_trouble(seal: Box) -> None:
    assert read(_page(""), 200, seal, open_digit_reader()) is None


@pytest.mark.parametrize(
    ("seen", "name"),
    [
        ("Nguyên Xuán Hoàn", "Nguyễn Xuân Hoàn"),
        ("tran thi hong", "Trần Thị Hồng"),
        ("HIEU TRUONG", ""),
        ("Phm Th Hng", "Phạm Thị Hồng"),
        ("Vo Trung Thành", "Võ Trung Thành"),
        ("Y Nam Nie Kdam", "Y Nam Niê Kđăm"),
        ("Nguyn Van Đc", "Nguyễn Văn Đức"),
        ("Tr Van Đc", ""),
        ("Nguyen", "Nguyễn"),
        ("Nguyen xxq", ""),
        ("", ""),
    ],
)
def test_marks_come_back_and_what_is_no_name_is_nothing(seen: str, name: str) -> None:
    assert spelled(seen) == name


@given(st.text())
def test_any_text_gives_a_name_or_nothing(text: str) -> None:
    assert not spelled(text) or spelled(text)[0].isupper()
