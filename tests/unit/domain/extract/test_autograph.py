"""Handwritten notes: counted and shown where they stand, never read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Box, Digits, Gap, Mark, MarkKind, Page
from sohoa.domain.extract.autograph import autograph_field
from tests.support.calibration import CALIBRATION
from tests.support.pages import page

_NOTE = Box(150, 300, 260, 90)


def _page(*boxes: Box, number: int = 1, foot_right: tuple[str, ...] = ()) -> Page:
    marks = tuple(Mark(MarkKind.HANDWRITING, "", box) for box in boxes)
    return replace(page(number=number, body=("Điều 1.",), foot_right=foot_right), marks=marks)


def test_notes_are_counted_with_their_pages_and_boxes() -> None:
    """Two on the first page, one on the third."""
    other = replace(_NOTE, y=700)
    found = autograph_field((_page(_NOTE, other), _page(number=2), _page(_NOTE, number=3)), CALIBRATION.pages)
    assert found is not None
    assert found.value == "3 vùng chữ viết tay (trang 1, 3)"
    assert [(seen.page, seen.box) for seen in found.evidence] == [(1, _NOTE), (1, other), (3, _NOTE)]
    assert 0 < found.confidence <= 0.6


def test_a_paper_without_notes_has_no_field() -> None:
    """Seals and stamps are no handwriting."""
    marked = page(marks=((MarkKind.INK_SEAL, ""), (MarkKind.STAMP, "ĐẾN")))
    assert autograph_field((marked, page(number=2)), CALIBRATION.pages) is None
    assert autograph_field((), CALIBRATION.pages) is None


def test_a_signature_is_no_note() -> None:
    """A short paper is signed above its middle, below the signer's post; a note on the left counts."""
    signature, note = Box(1050, 500, 300, 120), Box(150, 500, 300, 120)
    block = ("CHỦ TỊCH", "", "", "Lê Thị Mẫu")
    assert autograph_field((_page(signature, foot_right=block),), CALIBRATION.pages) is None
    found = autograph_field((_page(signature, note, foot_right=block),), CALIBRATION.pages)
    assert found is not None
    assert [seen.box for seen in found.evidence] == [note]


@pytest.mark.parametrize("kind", [MarkKind.STAMP, MarkKind.INK_SEAL, MarkKind.SIGNATURE_APPEARANCE])
def test_what_is_written_into_a_stamp_is_no_note(kind: MarkKind) -> None:
    """The clerk's entries belong to the stamp."""
    stamp = Mark(kind, "ĐẾN", Box(100, 250, 400, 280))
    written = _page(_NOTE)
    assert autograph_field((replace(written, marks=(*written.marks, stamp)),), CALIBRATION.pages) is None


def test_a_number_filled_in_by_hand_is_no_note() -> None:
    """It was read as the document's number."""
    digits = Digits(Gap.NUMBER, Box(200, 330, 60, 30), (("41", 0.9),), "")
    assert autograph_field((replace(_page(_NOTE), digits=(digits,)),), CALIBRATION.pages) is None
