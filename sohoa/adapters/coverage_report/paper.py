"""Pages of A4 as PDF/A-2b that are written from the top down: text, bars against a target, a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from fpdf import FPDF
from fpdf.enums import DocumentCompliance, XPos, YPos
from fpdf.fonts import TTFFont

from sohoa.adapters.coverage_report import words
from sohoa.domain.coverage.figures import Line, Status, Target
from sohoa.domain.coverage.progress import TrendPoint
from sohoa.domain.evidence.cells import printable

Colour = tuple[int, int, int]
INK: Colour = (27, 39, 51)
SOFT: Colour = (86, 99, 114)
EDGE: Colour = (47, 93, 138)
_PALE: Colour = (244, 246, 248)
_BAND: Colour = (219, 231, 243)
_GOOD: Colour = (31, 122, 77)
_LOW: Colour = (180, 83, 9)
_BAD: Colour = (180, 35, 24)
_FAMILY = "Summary"
_NO_TIME = datetime(1969, 12, 31, 19, tzinfo=UTC)
"""Created then, fpdf2 writes no time of the run into the XMP metadata: the same figures, the same bytes."""
_MARGIN_MM, _WIDTH_MM = 18.0, 174.0
_NAME_MM, _BAR_MM = 62.0, 76.0


class Paper:
    """The document; one font, no time of the run."""

    def __init__(self, font: Path) -> None:
        self._pdf = FPDF(enforce_compliance=DocumentCompliance.PDFA_2B)
        self._pdf.set_creation_date(_NO_TIME)
        self._pdf.set_title("Độ phủ số hoá tài liệu")
        self._pdf.set_lang("vi")
        self._pdf.set_margins(_MARGIN_MM, _MARGIN_MM)
        self._pdf.set_auto_page_break(True, _MARGIN_MM)
        self._pdf.add_font(_FAMILY, "", str(font))
        self._pdf.add_page()

    def bytes(self) -> bytes:
        """The document as a file."""
        return bytes(self._pdf.output())

    def close(self) -> None:
        """Let go of the font's file."""
        for opened in self._pdf.fonts.values():
            if isinstance(opened, TTFFont):
                opened.ttfont.close()

    def text(self, text: str, size_pt: float = 10.5, colour: Colour = INK, gap: float = 1.5) -> None:
        """A paragraph over the whole width; ``gap`` in mm stands below it."""
        self._pen(size_pt, colour)
        shown = printable(text)
        self._pdf.multi_cell(_WIDTH_MM, size_pt * 0.45, shown, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self._pdf.ln(gap)

    def heading(self, text: str, room_mm: float = 30) -> None:
        """A heading with room for something below it on its page."""
        if self._pdf.will_page_break(room_mm):
            self._pdf.add_page()
        self._pdf.ln(3)
        self.text(text, 14, EDGE)

    def bar(self, name: str, line: Line, target: Target) -> None:
        """Name, bar against the target band, ratio and status."""
        self._pen(10, INK)
        name = printable(name)
        needed = self._pdf.multi_cell(_NAME_MM, 4.5, name, align="L", dry_run=True, output="HEIGHT")
        height = max(7.0, cast("float", needed) + 1.5)
        if self._pdf.will_page_break(height):
            self._pdf.add_page()
        top, left = self._pdf.get_y(), _MARGIN_MM + _NAME_MM + 3
        self._pdf.multi_cell(_NAME_MM, 4.5, name, align="L", new_x=XPos.RIGHT, new_y=YPos.TOP)
        low, high = (float(end) * _BAR_MM for end in (target.low, target.high))
        self._box(_PALE, left, top, _BAR_MM, 5)
        self._box(_BAND, left + low, top, high - low, 5)
        if line.ratio is not None:
            self._box(_colour(line), left, top + 1, min(1.0, float(line.ratio)) * _BAR_MM, 3)
        self._box(EDGE, left + low, top - 0.4, 0.5, 5.8)
        self._pdf.set_xy(left + _BAR_MM + 2, top)
        self._pdf.cell(30, 5, f"{words.percent(line.ratio)} {words.STATUS[line.status]}")
        self._pdf.set_xy(_MARGIN_MM, top + height)

    def chart(self, trend: Sequence[TrendPoint], low: float) -> None:
        """The ratio by day between 0 and 100 %, and the lower target."""
        left, top, wide, high = _MARGIN_MM + 12, self._pdf.get_y(), _WIDTH_MM - 12, 38.0
        self._pen(9, SOFT)
        for percent in (0, 50, 100):
            self._pdf.text(_MARGIN_MM, top + high * (1 - percent / 100) + 1, f"{percent} %")
        first, days = trend[0].day, (trend[-1].day - trend[0].day).days or 1
        shares = [min(1.0, float(point.ratio or 0)) for point in trend]
        self._line(_LOW, 0.3, [(left, top + high * (1 - low)), (left + wide, top + high * (1 - low))])
        places = [left + wide * (point.day - first).days / days for point in trend]
        spots = [(x, top + high * (1 - share)) for x, share in zip(places, shares, strict=True)]
        self._line(EDGE, 0.7, spots)
        begin, end = (f"{words.day(p.day)}: {words.percent(p.ratio)}" for p in (trend[0], trend[-1]))
        self._pdf.text(left, top + high + 5, begin)
        self._pdf.text(left + wide - self._pdf.get_string_width(end), top + high + 5, end)
        self._pdf.set_y(top + high + 8)

    def _pen(self, size_pt: float, colour: Colour) -> None:
        self._pdf.set_font(_FAMILY, size=size_pt)
        self._pdf.set_text_color(*colour)

    def _line(self, colour: Colour, width_mm: float, spots: Sequence[tuple[float, float]]) -> None:
        self._pdf.set_draw_color(*colour)
        self._pdf.set_line_width(width_mm)
        self._pdf.polyline(list(spots))

    def _box(self, colour: Colour, x: float, y: float, wide: float, high: float) -> None:
        self._pdf.set_fill_color(*colour)
        self._pdf.rect(x, y, wide, high, style="F")


def _colour(line: Line) -> Colour:
    if line.status is Status.OVER_DECLARED:
        return _BAD
    return _LOW if line.status is Status.BELOW else _GOOD
