"""The page's picture as an SVG drawing: in the pixels of the page as it was read, turned upright."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.page import Box
from sohoa.usecases.search.page_views import PageView

_AROUND = 0.0025


@dataclass(frozen=True, slots=True)
class Paper:
    """Sizes and boxes of the drawing.

    ``width``, ``height``: of the upright page; ``turn``: what turns picture and boxes there;
    ``found``, ``lit``: boxes of the words asked for and of the value that was clicked.
    """

    width: int
    height: int
    own_width: int
    own_height: int
    turn: str
    found: tuple[Box, ...]
    lit: tuple[Box, ...]


def paper(view: PageView, lit: Sequence[Sequence[int]]) -> Paper:
    """The drawing of a page with its marks, each a little larger than the word."""
    width, height = view.width_px, view.height_px
    sideways = view.turned_deg in (90, 270)
    margin = max(2, round(max(width, height) * _AROUND))
    return Paper(
        height if sideways else width,
        width if sideways else height,
        width,
        height,
        _turn(view.turned_deg, width, height),
        tuple(_wider((box for line in view.lines for box in line.found), margin)),
        tuple(_wider((Box(*box) for box in lit), 2 * margin)),
    )


def _turn(degrees: int, width: int, height: int) -> str:
    """The SVG transform for so many degrees counter-clockwise."""
    return {
        90: f"translate(0 {width}) rotate(-90)",
        180: f"translate({width} {height}) rotate(180)",
        270: f"translate({height} 0) rotate(90)",
    }.get(degrees, "")


def _wider(boxes: Iterator[Box], margin: int) -> Iterator[Box]:
    return (Box(b.x - margin, b.y - margin, b.w + 2 * margin, b.h + 2 * margin) for b in boxes)
