"""Where the next line of a document goes: sheets, and the baseline on the last of them."""

from __future__ import annotations

from ocr.page import Zone
from tests.support.scanmaker.document import Document
from tests.support.scanmaker.layout import (
    BOTTOM_PT,
    LEADING,
    LEFT_PT,
    POINTS_PER_MM,
    RIGHT_PT,
    TOP_PT,
    WIDTH_PT,
    PrintedLine,
    Rule,
    Sheet,
    broken,
    centred,
    natural_width,
    placed,
    words,
)
from tests.support.scanmaker.typeface import Face

_BODY_PT = 13.5
_INDENT = 12.7 * POINTS_PER_MM


class Setter:
    """The sheets so far and the baseline of the next line (points)."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sheets = [Sheet()]
        self.y = TOP_PT + 12

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    def turn_page(self) -> None:
        """Begins a sheet with its number centred in the top margin."""
        self.sheets.append(Sheet())
        number = str(len(self.sheets))
        self.sheet.lines.append(centred(number, Face.REGULAR, 13, WIDTH_PT / 2, TOP_PT - 12, Zone.HEAD_LEFT))
        self.y = TOP_PT + 14

    def put(self, line: PrintedLine, size_pt: float) -> None:
        """A line at the current baseline; the next goes below."""
        self.sheet.lines.append(line)
        self.y += size_pt * LEADING

    def centre(self, text: str, face: Face, size_pt: float, middle: float, zone: Zone) -> None:
        self.put(centred(text, face, size_pt, middle, self.y, zone), size_pt)

    def paragraph(self, text: str, face: Face = Face.REGULAR) -> None:
        """Justified, first line indented; breaks over sheets line by line."""
        width = RIGHT_PT - LEFT_PT
        lines = broken(words(text, face, _BODY_PT), width - _INDENT, width)
        for index, line in enumerate(lines):
            if self.y > BOTTOM_PT:
                self.turn_page()
            x = LEFT_PT + (0 if index else _INDENT)
            spare = RIGHT_PT - x - natural_width(line)
            justify = index < len(lines) - 1 and len(line) > 1
            extra = spare / (len(line) - 1) if justify else 0.0
            self.put(PrintedLine(Zone.BODY, placed(line, x, self.y, extra)), _BODY_PT * 1.06)
        self.y += 5

    def rule(self, middle: float, length: float) -> None:
        """A rule under the line that was put last."""
        y = self.y - 9.5
        self.sheet.rules.append(Rule(middle - length / 2, middle + length / 2, y))
