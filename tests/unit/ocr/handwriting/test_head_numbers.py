"""Numbers written into the head's lines, read by the real reader of digits from drawn lines."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.confidences import WordShares
from ocr.handwriting.digit_reader import DigitReader, open_digit_reader
from ocr.handwriting.head_numbers import fill
from ocr.image.line_picture import Upright
from ocr.image.raster import Gray
from ocr.page import Box, Gap, Line, Word, Zone
from tests.support.scanmaker.typeface import Face

_SIZE = 40


def _drawn(words: list[str], seen: list[str], zone: Zone, sure: float = 0.5) -> tuple[Gray, Line]:
    """A printed line that shows ``words`` and was read as ``seen`` by the engine for print."""
    font = ImageFont.truetype(str(Face.REGULAR.file), _SIZE)
    picture = Image.new("L", (1600, 140), 255)
    draw, x, line = ImageDraw.Draw(picture), 60, []
    for word, read in zip(words, seen, strict=True):
        draw.text((x, 40), word, font=font, fill=0)
        width = round(draw.textlength(word, font=font))
        if read:
            line.append(Word(read, Box(x, 48, width, _SIZE), sure))
        x += width + 14
    return np.asarray(picture), Line(tuple(line), zone)


def _filled(pixels: Gray, line: Line) -> tuple[Line, dict[Gap, str]]:
    lines, digits = fill([line], Upright(pixels, 200, 0.0), open_digit_reader, WordShares())
    return lines[0], {each.gap: each.candidates[0][0] for each in digits}


def test_a_number_that_was_misread_is_put_into_the_line() -> None:
    pixels, line = _drawn(["Số:", "374", "/QĐ-UBND"], ["Số:", "#7+", "/QĐ-UBND"], Zone.HEAD_LEFT)
    filled, digits = _filled(pixels, line)
    assert filled.text == "Số: 374 /QĐ-UBND"
    assert digits == {Gap.NUMBER: "374"}


def test_a_number_that_was_lost_is_put_into_the_line() -> None:
    pixels, line = _drawn(["Số:", "58", "/TB-STC"], ["Số:", "", "/TB-STC"], Zone.HEAD_LEFT)
    assert _filled(pixels, line)[0].text == "Số: 58 /TB-STC"


def test_letters_lost_from_the_notation_come_back_and_marks_stay() -> None:
    pixels, line = _drawn(["Số:", "58", "/QĐ-SNV"], ["Số:", "5a", "/Đ-SNV"], Zone.HEAD_LEFT)
    assert _filled(pixels, line)[0].text == "Số: 58 /QĐ-SNV"


def test_day_and_month_are_put_into_the_line_and_the_place_stays() -> None:
    shown = ["Hà", "Giang,", "ngày", "24", "tháng", "11", "năm", "2023"]
    read = ["Hà", "Giang,", "ngày", "2#", "tháng", "†1", "năm", "2023"]
    pixels, line = _drawn(shown, read, Zone.HEAD_RIGHT)
    filled, digits = _filled(pixels, line)
    assert filled.text == "Hà Giang, ngày 24 tháng 11 năm 2023"
    assert digits == {Gap.DAY: "24", Gap.MONTH: "11"}


def test_what_the_engine_for_print_read_is_kept_beside() -> None:
    pixels, line = _drawn(["Số:", "374", "/QĐ-UBND"], ["Số:", "#7+", "/QĐ-UBND"], Zone.HEAD_LEFT)
    _, digits = fill([line], Upright(pixels, 200, 0.0), open_digit_reader, WordShares())
    assert digits[0].printed == "#7+"
    assert digits[0].box.w > 0


def test_digits_that_the_engine_is_sure_of_are_not_read_again() -> None:
    pixels, line = _drawn(["Số:", "374", "/QĐ-UBND"], ["Số:", "375", "/QĐ-UBND"], Zone.HEAD_LEFT, 0.99)
    filled, digits = _filled(pixels, line)
    assert filled == line
    assert digits == {}


def test_a_day_beside_a_written_number_is_read_twice_however_sure_print_was() -> None:
    """Who writes the number writes the day: digits of a pen may look like print; alone they stay."""
    number = _drawn(["Số:", "374", "/QĐ-UBND"], ["Số:", "#7+", "/QĐ-UBND"], Zone.HEAD_LEFT)
    shown = ["Hà", "Giang,", "ngày", "03", "tháng", "9", "năm", "2023"]
    date = _drawn(shown, [*shown[:3], "02", *shown[4:]], Zone.HEAD_RIGHT, 0.97)
    below = _lowered(date[1], len(number[0]))
    both = Upright(np.concatenate([number[0], date[0]]), 200, 0.0)
    lines, digits = fill([number[1], below], both, open_digit_reader, WordShares())
    day = next(each for each in digits if each.gap is Gap.DAY)
    assert {text for text, share in day.candidates if share > 0.3} == {"02", "03"}
    assert lines[1].text == " ".join(word.text for word in below.words)
    assert fill([date[1]], Upright(date[0], 200, 0.0), _no_reader, WordShares()) == ((date[1],), ())


def _lowered(line: Line, by: int) -> Line:
    words = (replace(word, box=replace(word.box, y=word.box.y + by)) for word in line.words)
    return Line(tuple(words), line.zone)


@pytest.mark.parametrize("zone", [Zone.BODY, Zone.FOOT_LEFT])
def test_lines_outside_the_head_are_left_alone(zone: Zone) -> None:
    pixels, line = _drawn(["Số:", "374", "/QĐ-UBND"], ["Số:", "#7+", "/QĐ-UBND"], zone)
    assert fill([line], Upright(pixels, 200, 0.0), _no_reader, WordShares())[0] == (line,)


@pytest.mark.parametrize("words", [["Số:", "374/QĐ-UBND"], ["Số:374", "/QĐ-UBND"]])
def test_the_model_is_not_even_loaded_for_a_number_in_print(words: list[str]) -> None:
    pixels, line = _drawn(words, words, Zone.HEAD_LEFT, 0.96)
    assert fill([line], Upright(pixels, 200, 0.0), _no_reader, WordShares()) == ((line,), ())


def _no_reader() -> DigitReader:
    raise AssertionError("the reader was opened though nothing is written by hand")


def test_a_gap_left_open_stays_open() -> None:
    pixels, line = _drawn(["Số:", "       ", "/QĐ-UBND"], ["Số:", "", "/QĐ-UBND"], Zone.HEAD_LEFT)
    filled, digits = _filled(pixels, line)
    assert filled.text == "Số: /QĐ-UBND"
    assert digits == {Gap.NUMBER: ""}


def test_the_model_is_the_one_that_is_pinned() -> None:
    seen = open_digit_reader().signs(np.full((60, 300), 255, dtype=np.uint8))
    assert seen.shares.shape[1] == len(seen.alphabet)
    assert seen.alphabet[0] == ""


@pytest.mark.parametrize(
    ("shown", "seen", "text"),
    [
        (["Số:", "233", "/TB-STC"], ["Số:", "", "/TB-STC"], "/TB-STC"),
        (["Số:", "233", "/TB-STC"], ["Số:", "", "TB-STC"], "/TB-STC"),
        (["Số:", "155", "/2020/NĐ-CP"], ["Số:", "4#%", "/2020/NĐ-CP"], "/2020/NĐ-CP"),
    ],
)
def test_a_notation_is_surer_where_both_readers_see_its_letters(
    shown: list[str], seen: list[str], text: str
) -> None:
    """Its marks, and whether a stroke was lost, are another question: the second reader drops them."""
    pixels, line = _drawn(shown, seen, Zone.HEAD_LEFT)
    notation = _filled(pixels, line)[0].words[-1]
    assert (notation.text, notation.confidence > 0.9) == (text, True)


def test_a_notation_that_the_readers_see_differently_is_no_surer() -> None:
    pixels, line = _drawn(["Số:", "58", "/QĐ-SNV"], ["Số:", "5a", "/QĐ-SXV"], Zone.HEAD_LEFT)
    assert _filled(pixels, line)[0].words[-1].confidence <= 0.5


def test_a_day_in_print_that_the_second_reader_contradicts_counts_as_read_once() -> None:
    """What was read in print is kept as a candidate, not as a reading that agrees with itself."""
    shown = ["Hà", "Giang,", "ngày", "24", "tháng", "5", "năm", "2023"]
    read = ["Hà", "Giang,", "ngày", "24", "tháng", "2", "năm", "2023"]
    number, first = _drawn(["Số:", "374", "/QĐ-UBND"], ["Số:", "#7+", "/QĐ-UBND"], Zone.HEAD_LEFT)
    date, second = _drawn(shown, read, Zone.HEAD_RIGHT, 0.97)
    words = (replace(word, box=replace(word.box, y=word.box.y + 140)) for word in second.words)
    lines = [first, Line(tuple(words), Zone.HEAD_RIGHT)]
    page = Upright(np.vstack([number, date]), 200, 0.0)
    _, digits = fill(lines, page, open_digit_reader, WordShares())
    month = next(each for each in digits if each.gap is Gap.MONTH)
    assert {text for text, share in month.candidates if share > 0.3} == {"2", "5"}
    assert month.printed == ""
