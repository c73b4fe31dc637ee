"""Names that a seal or a pen crosses or a script face hides from the engine, drawn here."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ocr.engines.opening import open_engine
from ocr.handwriting.digit_reader import open_digit_reader
from ocr.handwriting.digits import SignReader
from ocr.image.raster import Pixels
from ocr.page import Box, Line, MarkKind, Word
from ocr.recognition.lost_names import name_at_end, read
from ocr.recognition.printed_names import PrintedName, together
from ocr.vietnamese.folding import fold
from tests.support.scanmaker.typeface import Face, font

_BLACK, _RED, _BLUE, _FAINT = (20, 20, 20), (214, 60, 70), (40, 50, 150), (120, 118, 116)
_CARBON, _PALE_RED = (160, 160, 190), (226, 196, 196)  # of a copy below carbon paper
_ENGINE = open_engine("tesserocr", "vie")
_PAPER = (238, 230, 208)
_POST = Line((Word("GIÁM", Box(1080, 300, 120, 30), 0.9), Word("ĐỐC", Box(1210, 300, 100, 30), 0.9)))


def _page(
    name: str,
    face: Face = Face.BOLD,
    ink: tuple[int, int, int] = _BLACK,
    seal: tuple[int, int, int] | None = _RED,
) -> Pixels:
    """A signature block at 200 dpi: the seal covers the name's first letters, a pen crosses it."""
    picture = Image.new("RGB", (1654, 900), _PAPER)
    draw = ImageDraw.Draw(picture)
    draw.text((1040, 540), name, font=font(face, 38), fill=ink)
    if seal:
        for shrink, width in ((0, 5), (60, 3)):
            draw.ellipse((840 + shrink, 340 + shrink, 1130 - shrink, 630 - shrink), outline=seal, width=width)
    wave = [(960 + 60 * step, 490 + 55 * (step % 2)) for step in range(8)]
    draw.line(wave, fill=_BLUE, width=4)
    return np.asarray(picture)


def _no_reader() -> SignReader:
    raise AssertionError("nothing is to be read")


@pytest.mark.parametrize(
    ("name", "face", "ink", "seal"),
    [
        ("Lê Quang Thuận", Face.REGULAR, _FAINT, _RED),
        ("Nguyễn Đức Minh", Face.BOLD, _BLACK, _BLACK),
        ("Trần Công Luân", Face.BOLD_ITALIC, _BLACK, _RED),
        ("Nguyễn Thị Hoa", Face.ITALIC, _FAINT, None),
        ("Lò Văn Hoàn", Face.REGULAR, _CARBON, _PALE_RED),
    ],
)
def test_a_name_under_seal_and_pen_is_seen(
    name: str, face: Face, ink: tuple[int, int, int], seal: tuple[int, int, int] | None
) -> None:
    """Its letters are those of the print; marks are restored where one name fits."""
    mark = read(_page(name, face, ink, seal), 200, (_POST,), _ENGINE, open_digit_reader)
    assert mark is not None
    assert (mark.kind, fold(mark.text)) == (MarkKind.STAMP, fold(name))
    assert Box(840, 480, 700, 160).holds(mark.box.middle)


@pytest.mark.parametrize("seal", [_RED, _BLACK])
def test_a_seal_and_a_signature_alone_are_no_name(seal: tuple[int, int, int]) -> None:
    assert read(_page("", seal=seal), 200, (_POST,), _ENGINE, open_digit_reader) is None


def test_what_the_engine_surely_read_is_not_read_again() -> None:
    """A line of sure words with capitals below the post is the name."""
    words = (Word("Lê", Box(1050, 540, 60, 30), 0.95), Word("Quang", Box(1120, 540, 120, 30), 0.9))
    assert read(_page("Lê Quang"), 200, (_POST, Line(words)), _ENGINE, _no_reader) is None


def test_a_page_without_a_post_is_not_looked_at() -> None:
    body = Line((Word("Điều", Box(300, 300, 80, 30), 0.9), Word("2.", Box(390, 300, 30, 30), 0.9)))
    assert read(_page("Lê Quang Thuận"), 200, (body,), _ENGINE, _no_reader) is None


def test_a_post_at_the_foot_of_the_page_leaves_no_room() -> None:
    post = Line((Word("GIÁM ĐỐC", Box(1080, 870, 220, 30), 0.9),))
    assert read(_page("Lê Quang Thuận"), 200, (post,), _ENGINE, _no_reader) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("HoDuc Khoan", "Hồ Đức Khoan"),
        ("MAH'Lim Mlo", "H'Lim Mlô"),
        ("YNam Niê Kdăm", "Y Nam Niê Kđăm"),
        ("1ê Quang Luân", "Lê Quang Luân"),
        ("Lo yǎn Hoàn", "Lò Văn Hoàn"),
        ("Grân Công Luan", "Trần Công Luân"),
        ("VV. Sùng A páo", "Sùng A Páo"),
        ("tran kinh te xa", ""),
        ("Trung tâm Y te", ""),
    ],
)
def test_glued_words_and_small_letters_of_one_shape_are_parts_of_a_name(text: str, name: str) -> None:
    """The reader tells ``V`` from ``v`` no better than ``l`` from ``1``; lines of small words are no name."""
    assert name_at_end(text) == name


def test_a_name_in_a_bilingual_block_stands_below_the_english_post() -> None:
    """``GENERAL DIRECTOR`` is no name, however surely it was read."""
    english = Line(
        (Word("GENERAL", Box(1080, 340, 120, 26), 0.9), Word("DIRECTOR", Box(1210, 340, 120, 26), 0.9))
    )
    mark = read(_page("Trần Công Luân"), 200, (_POST, english), _ENGINE, open_digit_reader)
    assert mark is not None
    assert mark.text == "Trần Công Luân"


@pytest.mark.parametrize(
    ("printed", "told", "name"),
    [
        ("Hoàng Thế Thương", "Hoàng Thị Thường", "Hoàng Thế Thương"),
        ("Hồng Bình", "Trương Hông Bình", "Trương Hồng Bình"),
        ("Đặng Nữ Kim Ngân", "Kim Ngân", "Đặng Nữ Kim Ngân"),
        ("Tây Đô", "", ""),
        ("", "Lò Văn Hoàn", "Lò Văn Hoàn"),
    ],
)
def test_marks_are_the_engines_and_letters_of_both(printed: str, told: str, name: str) -> None:
    """Of two readings of a name."""
    read_by_engine = PrintedName(printed, Box(0, 0, 9, 9), 0.8) if printed else None
    assert together(read_by_engine, told) == name
