"""Which resolution of a page is believed: pixels, what the file states and plausible paper decide together.

A file may state the resolution of another copy, a program's default, or none; a PDF page may be measured in
pixels or inches. A stated size that no paper of an office has is weighed against the paper it could be by
the height of the letters on it. Sources: ISO 216 (A3 to A5), Nghị định 30/2020/NĐ-CP, Phụ lục I (letters of
13 to 14 points).
"""

from __future__ import annotations

import math

import cv2
import numpy as np

from ocr.image.raster import Gray

LOOKED_AT_PX = 3508
"""Long side of the picture that letters are measured on: an A4 page at 300 dpi; more tells no more."""

_A3_INCHES, _A4_INCHES, _A5_INCHES = (11.69, 16.54), (8.27, 11.69), (5.83, 8.27)
_SLACK = 0.05
_USUAL_DPI = (100, 300)
_LEAST_DPI, _MOST_DPI = 50, 2400
_SCREEN_DPI = frozenset({72, 96})
_LETTER_INCHES = 0.093  # middle height of capitals, small letters and their marks at 13 to 14 points
_LEAST_LETTER_PX, _MOST_LETTER_SHARE = 5, 0.05
_LONGEST_LETTER = 3.0  # widths of a letter in its heights
_LEAST_LETTERS = 40
_FAVOUR_STATED, _FAVOUR_A4 = 0.35, 0.2  # in doublings of the resolution
_INK_BLOCK = 31
_INK_DEPTH = 20
_FAX_COLUMNS = frozenset({1728, 2048, 2432})
_FAX_ACROSS, _FAX_DOWN = 204, (98, 196, 391)
_SQUARE = 0.01
_MOST_STRETCH = 4.5
_PAPER_SHAPE = (1.2, 1.75)  # long side by short: Letter is 1.29, an A size 1.41, F4 and Legal up to 1.65


def is_paper(wide_inches: float, high_inches: float) -> bool:
    """Whether a page of that size is one of an office: not smaller than A5, not larger than A3."""
    short, long = sorted((wide_inches, high_inches))
    least, most = (1 - _SLACK), (1 + _SLACK)
    return (
        _A5_INCHES[0] * least <= short <= _A3_INCHES[0] * most
        and _A5_INCHES[1] * least <= long <= _A3_INCHES[1] * most
    )


def is_usual(width: float, height: float, dpi: float) -> bool:
    """Whether a scan of that many pixels at that stated resolution needs no second look."""
    return is_usual_dpi(dpi) and is_paper(width / dpi, height / dpi)


def is_usual_dpi(dpi: float) -> bool:
    """Whether scanners of offices state such a resolution."""
    return _USUAL_DPI[0] - 2 <= dpi <= _USUAL_DPI[1] + 2


def density(width: int, height: int, across: float, down: float, *, fax: bool) -> float:
    """How many times denser the pixels lie across than down; 1 for square ones.

    ``across`` and ``down`` are what the file states, in any unit, 0 where nothing; ``fax`` says that the
    page is pure black and white. Stated densities count where they give the page a paper's shape. Where
    nothing is stated a fax's lines are told by their number (ITU-T T.4: 204 dots across, 98, 196 or 391
    lines down).
    """
    stated = across / down if across > 0 and down > 0 else 1.0
    if (
        abs(stated - 1) > _SQUARE
        and 1 / _MOST_STRETCH <= stated <= _MOST_STRETCH
        and _is_shaped(width, height * stated)
    ):
        return stated
    if fax and width in _FAX_COLUMNS and height < width:
        return next(
            (_FAX_ACROSS / down for down in _FAX_DOWN if is_paper(width / _FAX_ACROSS, height / down)), 1.0
        )
    return 1.0


def _is_shaped(width: float, height: float) -> bool:
    return _PAPER_SHAPE[0] <= max(width, height) / min(width, height) <= _PAPER_SHAPE[1]


def believed(width: float, height: float, stated: float, letter_px: float) -> float:
    """Dots per inch of a page of ``width`` x ``height`` square pixels; ``stated`` is 0 where nothing is.

    ``letter_px`` is the height of its letters, 0 where it has none: then what is stated counts where scanners
    state it so, or the page is not smaller than A5 by it, and it is not that of a screen.
    """
    stated = stated if _LEAST_DPI <= stated <= _MOST_DPI else 0.0
    papers = [max(width, height) / paper[1] for paper in (_A4_INCHES, _A3_INCHES, _A5_INCHES)]
    if not letter_px:
        likely = is_usual_dpi(stated) or 0 < stated <= papers[2] * (1 + _SLACK)
        likely = likely and round(stated) not in _SCREEN_DPI
        return stated if likely else max(_LEAST_DPI, papers[0])
    seen = letter_px / _LETTER_INCHES
    favours = [(stated, _FAVOUR_STATED), (papers[0], _FAVOUR_A4), *((paper, 0.0) for paper in papers[1:])]
    credit = {dpi: favour - abs(math.log2(dpi / seen)) for dpi, favour in favours if dpi >= _LEAST_DPI}
    return max(credit, key=lambda dpi: credit[dpi], default=_LEAST_DPI)


def letter_height(page: Gray) -> float:
    """The middle height of what may be letters as a share of the page's long side; 0 for too few of them.

    ``page`` is its picture, at most ``LOOKED_AT_PX`` long.
    """
    ink = cv2.adaptiveThreshold(
        np.ascontiguousarray(page),
        1,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        _INK_BLOCK,
        _INK_DEPTH,
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    wide, high = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    letters = (high >= _LEAST_LETTER_PX) & (high <= _MOST_LETTER_SHARE * max(page.shape))
    letters &= (wide <= _LONGEST_LETTER * high) & (high <= 4 * wide)
    heights = np.sort(high[letters])
    return float(np.median(heights)) / max(page.shape) if len(heights) >= _LEAST_LETTERS else 0.0
