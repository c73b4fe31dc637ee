"""Words of a sheet that may hold two pages side by side, in the order in which the pages are read."""

from __future__ import annotations

from collections.abc import Sequence

from ocr.layout import zones
from ocr.page import Line, Word


def arrange(lines: Sequence[Sequence[Word]], width: int, height: int, gutter_px: int = 0) -> tuple[Line, ...]:
    """Lines in reading order as ``zones.arrange`` gives them: of the left page, then of the right one.

    ``gutter_px`` is where the right page begins, 0 on a sheet of one page.
    """
    if not gutter_px:
        return zones.arrange(lines, width, height)
    whole = [Line(tuple(line)) for line in lines]
    left = [[word for word in line.words if word.box.middle[0] < gutter_px] for line in whole]
    right = [[word for word in line.moved(-gutter_px).words if word.box.middle[0] >= 0] for line in whole]
    beside = zones.arrange(right, width - gutter_px, height)
    return (*zones.arrange(left, gutter_px, height), *(line.moved(gutter_px) for line in beside))
