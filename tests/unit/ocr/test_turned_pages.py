"""Pages turned by quarters: boxes find from the page as it lies to the upright one and back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Box, Digits, Gap, Line, Mark, MarkKind, Page, Source, Word

_BOXES = st.builds(Box, st.integers(0, 200), st.integers(0, 300), st.integers(1, 80), st.integers(1, 80))


@given(st.integers(-4, 7), _BOXES)
def test_a_box_turns_with_its_page(turns: int, box: Box) -> None:
    """What is dark on a turned page is the turned box."""
    page = np.full((400, 300), 255, dtype=np.uint8)
    page[box.y : box.bottom, box.x : box.right] = 0
    ys, xs = np.nonzero(np.rot90(page, turns) == 0)
    seen = Box(int(xs.min()), int(ys.min()), int(np.ptp(xs)) + 1, int(np.ptp(ys)) + 1)
    assert seen == box.turned(turns, 300, 400)


@pytest.mark.parametrize("turned_deg", [0, 90, 180, 270])
def test_a_page_is_turned_upright_and_boxes_find_back(turned_deg: int) -> None:
    """The upright page is not turned, has all that the page has, and its boxes lead to the page's own."""
    box = Box(30, 40, 50, 10)
    lines = (Line((Word("Số", box, 0.9),)),)
    mark, digits = Mark(MarkKind.STAMP, "ĐẾN", box), Digits(Gap.DAY, box, (("5", 0.8),), "5")
    page = Page(3, 300, 400, 200, Source.OCR, lines, (mark,), (digits,), ("x",), turned_deg)
    upright = page.upright
    assert (upright.turned_deg, upright.number, upright.text, upright.asides) == (0, 3, "Số", ("x",))
    assert (upright.width_px, upright.height_px) == ((400, 300) if turned_deg % 180 else (300, 400))
    for found in (upright.lines[0].box, upright.marks[0].box, upright.digits[0].box):
        assert page.own(found) == box
    assert upright.turned(-turned_deg // 90) == page
