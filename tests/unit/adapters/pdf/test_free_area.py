"""The place of the visible block."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sohoa.adapters.pdf.free_area import MARGIN_MM, free_area

_DPI = 72
_SIZE = (120.0, 36.0)


def _paper(value: int = 255) -> np.ndarray:
    return np.full((842, 595, 3), value, dtype=np.uint8)


@given(st.integers(0, 560), st.integers(0, 80), st.integers(4, 300), st.integers(4, 60))
def test_the_place_is_free_and_in_the_margin(left: int, top: int, width: int, height: int) -> None:
    """Where a place is found it has no ink, lies in the right half and within the top margin."""
    paper = _paper()
    paper[top : top + height, left : left + width] = 0
    place = free_area(paper, _DPI, *_SIZE)
    if place is not None:
        x0, y0, x1, y1 = place
        assert (paper[842 - round(y1) : 842 - round(y0), round(x0) : round(x1)] == 255).all()
        assert x0 >= 595 / 2
        assert y0 >= 842 - MARGIN_MM * 72 / 25.4


def test_clean_paper_takes_the_corner() -> None:
    """Nothing is nearer to the corner than the edge distance; yellowed paper is paper, too."""
    assert free_area(_paper(), _DPI, *_SIZE) == free_area(_paper(215), _DPI, *_SIZE)
    place = free_area(_paper(), _DPI, *_SIZE)
    assert place is not None
    assert (595 - place[2], 842 - place[3]) == (8.5, 8.5)


def test_colour_is_ink_and_dark_paper_has_no_room() -> None:
    """A pale red stamp is as much ink as black; on a dark page black text could not be read."""
    paper = _paper()
    paper[:80, 250:] = (255, 190, 190)
    assert free_area(paper, _DPI, *_SIZE) is None
    assert free_area(_paper(20), _DPI, *_SIZE) is None
