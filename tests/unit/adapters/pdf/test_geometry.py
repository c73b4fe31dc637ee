"""Rotation, boxes and groups of rectangles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.adapters.pdf.geometry import Frame, Rect, clusters, intersection, number, union

_SIDE = st.floats(-500, 500)
_RECT = st.tuples(_SIDE, _SIDE, st.floats(1, 300), st.floats(1, 300)).map(
    lambda r: (r[0], r[1], r[0] + r[2], r[1] + r[3])
)


@given(_SIDE, _SIDE, st.floats(1, 900), st.floats(1, 900), st.sampled_from([0, 90, 180, 270]))
def test_the_shown_page_is_the_visible_box(
    left: float, bottom: float, width: float, height: float, rotation: int
) -> None:
    """Whatever the rotation, the whole of the shown page is the whole of the visible box."""
    frame = Frame(left, bottom, width, height, rotation)
    expected = (left, bottom, left + width, bottom + height)
    assert frame.to_user((0, 0, *frame.shown_size)) == pytest.approx(expected)


def test_clockwise_rotation_brings_the_left_edge_to_the_top() -> None:
    """At 90 degrees the top of the shown page is the left edge of user space."""
    frame = Frame(0, 0, 400, 600, 90)
    left, _, right, _ = frame.to_user((0, 390, 600, 400))
    assert (left, right) == (0, 10)


@given(st.lists(_RECT, max_size=12))
def test_groups_do_not_overlap(rects: list[Rect]) -> None:
    """Every rectangle is in one group, and no two groups overlap."""
    groups = clusters(rects)
    assert sorted(index for group in groups for index in group) == list(range(len(rects)))
    boxes = [union([rects[index] for index in group]) for group in groups]
    assert all(intersection(a, b) is None for i, a in enumerate(boxes) for b in boxes[:i])


@given(st.floats(-1e6, 1e6))
def test_numbers_have_no_exponent(value: float) -> None:
    """PDF knows no exponents; four decimals are kept."""
    assert set(number(value)) <= set("-.0123456789")
    assert float(number(value)) == pytest.approx(value, abs=1e-4)
