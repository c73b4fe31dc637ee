"""Stamps and seals: found by ink, kind by wording, frames only where it cannot be read."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.engines.opening import open_engine
from ocr.page import Box, Mark, MarkKind
from ocr.stamps import read_stamps, wordings
from tests.support.drawn import BLUE, RED, millimetres, page, pixels, stamp

ENGINE = open_engine("tesserocr", "vie")
BOX = Box(0, 0, 100, 40)


def found_on(picture: Image.Image, dpi: int = 200) -> tuple[Mark, ...]:
    return read_stamps.read(pixels(picture), dpi, ENGINE).marks


@pytest.mark.parametrize("tilt_deg", [0, 7, 30])
@pytest.mark.parametrize(
    ("text", "frames", "size_mm", "kind"),
    [
        ("MẬT", 2, (20, 8), MarkKind.SECRECY),
        ("TỐI MẬT", 2, (30, 8), MarkKind.SECRECY),
        ("TUYỆT MẬT", 2, (40, 8), MarkKind.SECRECY),
        ("TÀI LIỆU THU HỒI", 1, (55, 10), MarkKind.SECRECY),
        ("GIẢI MẬT", 1, (30, 13), MarkKind.SECRECY),
        ("HOẢ TỐC", 1, (30, 8), MarkKind.URGENCY),
        ("THƯỢNG KHẨN", 1, (40, 8), MarkKind.URGENCY),
        ("KHẨN", 1, (20, 8), MarkKind.URGENCY),
    ],
)
def test_red_stamps_are_read(
    text: str, frames: int, size_mm: tuple[float, float], kind: MarkKind, tilt_deg: float
) -> None:
    """Every stamp of the regulations is found on a page of print, level or tilted."""
    picture = page()
    stamp(picture, text, frames, size_mm, tilt_deg=tilt_deg, at_mm=(40, 120))
    assert [mark.kind for mark in found_on(picture)] == [kind]


@pytest.mark.parametrize("tilt_deg", [90, 180, 270])
def test_turned_stamps_are_read(tilt_deg: float) -> None:
    """A stamp on its side or head, as on a scan that lies so, is read as well."""
    picture = page()
    stamp(picture, "TUYỆT MẬT", 2, (40, 8), tilt_deg=tilt_deg, at_mm=(40, 120))
    assert [(mark.kind, mark.text) for mark in found_on(picture)] == [(MarkKind.SECRECY, "TUYỆT MẬT")]


def test_round_seal_is_no_stamp() -> None:
    """A red ring of 38 mm is a seal, and its ink is taken out."""
    picture = page()
    left, top, side = (millimetres(value, 200) for value in (120, 150, 38))
    ImageDraw.Draw(picture).ellipse((left, top, left + side, top + side), outline=RED, width=14)
    read = read_stamps.read(pixels(picture), 200, ENGINE)
    assert [mark.kind for mark in read.marks] == [MarkKind.INK_SEAL]
    assert read.ink.any()


def test_arrival_stamp_is_blue_and_framed() -> None:
    """A framed blue stamp is a stamp with its text; small blue handwriting stays on the page."""
    picture = page()
    stamp(picture, "CÔNG VĂN ĐẾN", 1, (50, 20), ink=BLUE, at_mm=(30, 120))
    (mark,) = found_on(picture)
    assert mark.kind is MarkKind.STAMP
    assert "ĐẾN" in mark.text


def test_page_without_coloured_ink_has_no_marks() -> None:
    """Black print alone yields no mark and nothing to take out."""
    read = read_stamps.read(pixels(page()), 200, ENGINE)
    assert read.marks == ()
    assert not read.ink.any()


def test_a_small_framed_stamp_that_cannot_be_read_counts_as_secret() -> None:
    """Two frames run into one on poor scans: a person looks. Larger ones, and none framed, are no mark."""
    for frames in (1, 2):
        secret = wordings.stamp("", 0.0, frames, (20, 8), BOX)
        assert secret is not None
        assert secret.kind is MarkKind.SECRECY
    large = wordings.stamp("", 0.0, 1, (60, 30), BOX)
    assert large is not None
    assert large.kind is MarkKind.STAMP
    assert wordings.stamp("", 0.0, 0, (20, 8), BOX) is None


@pytest.mark.parametrize("text", ["BẢO MẬT", "HỌ VÀ TÊN", "ĐÃ THU TIỀN", "MẶT TRẬN TỔ QUỐC"])
def test_other_wordings_are_stamps(text: str) -> None:
    """A framed stamp that says something else is neither secrecy nor urgency."""
    mark = wordings.stamp(text, 0.9, 1, (40, 12), BOX)
    assert mark == Mark(MarkKind.STAMP, text, BOX)


def test_doubtful_text_counts_for_known_wordings_only() -> None:
    """A poorly read secrecy stamp is one all the same; other poor readings leave no text behind."""
    secret = wordings.stamp("TOI MÀT", 0.2, 1, (30, 8), BOX)
    assert secret == Mark(MarkKind.SECRECY, "TỐI MẬT", BOX)
    assert wordings.stamp("pha ñán", 0.2, 0, (30, 8), BOX) is None
    assert wordings.stamp("pha ñán", 0.2, 1, (60, 30), BOX) == Mark(MarkKind.STAMP, "", BOX)


def test_specks_are_nothing() -> None:
    """Scattered red pixels make no mark."""
    colours = np.full((800, 600, 3), 255, dtype=np.uint8)
    colours[::90, ::70] = RED
    assert read_stamps.read(colours, 200, ENGINE).marks == ()


@pytest.mark.parametrize("text", ["HỎA Tí", "HOÁ TỎ", "KHẪM", "THƯƠNG KHÃ"])
def test_urgency_that_was_badly_read_is_urgency(text: str) -> None:
    """Far more like an urgency mark than like any secrecy mark."""
    mark = wordings.stamp(text, 0.3, 1, (30, 8), BOX)
    assert mark is not None
    assert mark.kind is MarkKind.URGENCY


@pytest.mark.parametrize("text", ["KHẬT", "HẬT", "TOÀT", "IẠT", "M", "", "#~|"])
def test_what_may_be_either_counts_as_secret(text: str) -> None:
    mark = wordings.stamp(text, 0.3, 1, (30, 8), BOX)
    assert mark is not None
    assert mark.kind is MarkKind.SECRECY


@pytest.mark.parametrize("text", ["MA", "AT", "MT"])
def test_two_letters_are_no_wording(text: str) -> None:
    """In a frame of that size they count as unread."""
    assert wordings.worded(text, BOX) is None


@pytest.mark.parametrize("ink", [(250, 215, 218), (222, 222, 222), (218, 222, 245)])
def test_a_very_faint_mark_is_read(ink: tuple[int, int, int]) -> None:
    """Red, grey or blue ink that is little darker than the paper."""
    picture = page()
    stamp(picture, "TỐI MẬT", 2, (30, 8), ink=ink, at_mm=(40, 120))
    assert MarkKind.SECRECY in [mark.kind for mark in found_on(picture)]


def test_other_faint_ink_is_no_mark() -> None:
    picture = page()
    stamp(picture, "ĐÃ KÝ SỐ", 2, (30, 8), ink=(250, 215, 218), at_mm=(40, 120))
    assert found_on(picture) == ()


@pytest.mark.parametrize("text", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_bold_letters_are_no_frame(text: str) -> None:
    """A stamp without a frame is read whole."""
    picture = page()
    stamp(picture, text, 0, (40, 8), at_mm=(40, 120))
    assert [(mark.kind, mark.text) for mark in found_on(picture)] == [(MarkKind.SECRECY, text)]
