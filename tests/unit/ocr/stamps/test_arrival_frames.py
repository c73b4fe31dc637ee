"""Black stamps of incoming papers: found by frame and wording, lifted out of the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from ocr.engines.engine import EngineLine
from ocr.handwriting.digit_reader import open_digit_reader
from ocr.image.raster import Gray
from ocr.image.transform import gray
from ocr.page import Box, Mark, Word
from ocr.stamps.arrival_frames import lift
from tests.support import scanmaker

_DPI = 200
_MM = _DPI / 25.4


def _page(frame: Box | None) -> Gray:
    page = np.full((2339, 1654), 255, dtype=np.uint8)
    if frame is not None:
        page[frame.y : frame.bottom, frame.x : frame.right] = 0
        page[frame.y + 4 : frame.bottom - 4, frame.x + 4 : frame.right - 4] = 255
    return page


def _frame(wide_mm: float = 50, high_mm: float = 25, y: int = 400) -> Box:
    return Box(60, y, round(wide_mm * _MM), round(high_mm * _MM))


def _word(text: str, x: int, y: int) -> Word:
    return Word(text, Box(x, y, 18 * len(text), 30), 0.9)


def _lift(page: Gray, lines: Sequence[EngineLine]) -> tuple[list[EngineLine], tuple[Mark, ...]]:
    return lift(page, _DPI, lines, open_digit_reader)


def _stamp_lines(frame: Box) -> list[tuple[Word, ...]]:
    y = frame.y + 30
    return [(_word("ĐẾN", frame.x + 20, y), _word("Số:", frame.x + 150, y))]


def test_the_words_of_an_incoming_stamp_are_lifted_out() -> None:
    frame, body = _frame(), (_word("Trong", 700, 500), _word("năm", 820, 500))
    lines, stamps = _lift(_page(frame), [*_stamp_lines(frame), body])
    assert lines == [body]
    assert [stamp.text for stamp in stamps] == ["ĐẾN Số:"]


def test_a_word_that_running_text_goes_on_with_outside_stays() -> None:
    frame = _frame()
    edge = _word("Trong", frame.right - 80, frame.bottom - 40)
    beside = _word("thời", frame.right + 30, frame.bottom - 40)
    lines, _ = _lift(_page(frame), [*_stamp_lines(frame), (edge, beside)])
    assert lines == [(edge, beside)]


@pytest.mark.parametrize(
    ("frame", "why"),
    [(None, "no frame"), (_frame(wide_mm=160), "as wide as a table"), (_frame(y=1900), "low on the page")],
)
def test_words_of_a_stamp_elsewhere_are_text(frame: Box | None, why: str) -> None:
    lines = _stamp_lines(frame or _frame())
    assert _lift(_page(frame), lines) == (lines, ()), why


def test_a_framed_box_that_says_something_else_is_text() -> None:
    frame = _frame()
    lines = [(_word("Bảng", frame.x + 20, frame.y + 30), _word("Số:", frame.x + 150, frame.y + 30))]
    assert _lift(_page(frame), lines) == (lines, ())


def test_a_framed_box_with_the_entry_for_passing_on_is_an_incoming_stamp() -> None:
    frame = _frame()
    words = (_word("nề", frame.x + 20, frame.y + 30), _word("Chuyển:......", frame.x + 20, frame.y + 90))
    assert _lift(_page(frame), [words])[0] == []


def test_a_framed_box_that_can_hardly_be_read_is_a_stamp() -> None:
    frame = _frame()
    words = tuple(
        replace(_word(text, frame.x + 20 + 90 * at, frame.y + 30), confidence=confidence)
        for at, (text, confidence) in enumerate((("TRÙNG", 0.4), ("12M", 0.3), ("BẢO", 0.9), ("Nự", 0.2)))
    )
    body = tuple(_word("Trong", 100 * at, 900) for at in range(12))
    assert _lift(_page(frame), [words, body])[0] == [body]
    faded = tuple(replace(word, confidence=0.5) for word in body)
    assert _lift(_page(frame), [words, faded])[0] == [words, faded], "on a page read as badly it may be text"


def test_the_word_for_until_in_lower_case_is_no_stamp() -> None:
    frame = _frame()
    lines = [(_word("đến", frame.x + 20, frame.y + 30), _word("ngày", frame.x + 150, frame.y + 30))]
    assert _lift(_page(frame), lines) == (lines, ())


_INCOMING = ("VĂN PHÒNG UBND TỈNH", "SÔNG LAM", "267", "14/10/2024")
_ENTRIES = {"ĐẾN", "Số: 267", "Ngày: 14/10/2024", "Chuyển:"}


def _stamped(dpi: int) -> Gray:
    """A letter with a pale violet stamp, written into by hand."""
    document = replace(scanmaker.load_document("cv_315_incoming"), incoming=_INCOMING)
    return gray(np.asarray(scanmaker.render_document(document, scanmaker.GOOD, dpi, 21)[0]))


def test_entries_of_a_pale_violet_stamp_are_read_with_their_handwriting() -> None:
    """Number and day are in the mark although the engine took the whole frame for a drawing."""
    lines, stamps = _lift(_stamped(_DPI), [])
    assert lines == []
    assert [set(stamp.text.splitlines()) for stamp in stamps] == [_ENTRIES]


def test_entries_stand_in_place_of_what_the_engine_for_print_read_there() -> None:
    """Words in the row ``Chuyển: …`` are dropped from the mark's text wherever the row has ink."""
    page = _stamped(300)
    (box,) = (stamp.box for stamp in lift(page, 300, [], open_digit_reader)[1])
    heights = range(box.y + round(0.64 * box.h), box.y + round(0.74 * box.h))
    read = [(Word(str(y), Box(box.x + box.w // 2, y, 4, 2), 0.9),) for y in heights]
    (stamp,) = lift(page, 300, read, open_digit_reader)[1]
    kept = {int(part) for part in stamp.text.splitlines() if part.isdecimal()}
    inked = {y for y in heights if np.any(page[y, box.x + 40 : box.right - 40] < 140)}
    assert len(inked) > 20
    assert not kept & inked
