"""A document as an office program exports it: real text with embedded fonts."""

from __future__ import annotations

from datetime import UTC, datetime

from fpdf import FPDF

from tests.support.scanmaker.document import Document
from tests.support.scanmaker.layout import HEIGHT_PT, WIDTH_PT, Sheet
from tests.support.scanmaker.typeface import Face
from tests.support.scanmaker.typesetting import sheets_of

_STYLES = {Face.REGULAR: "", Face.BOLD: "B", Face.ITALIC: "I", Face.BOLD_ITALIC: "BI"}


def as_born_digital(document: Document) -> bytes:
    """The document as a PDF with a text layer; dated by the document, so that it stays the same."""
    pdf = FPDF(unit="pt", format=(WIDTH_PT, HEIGHT_PT))
    pdf.set_auto_page_break(False)
    issued = document.issued
    if issued:
        pdf.set_creation_date(datetime(issued.year, issued.month, issued.day, 8, tzinfo=UTC))
    for face, style in _STYLES.items():
        pdf.add_font("Tinos", style, face.file)
    for sheet in sheets_of(document):
        pdf.add_page()
        _draw(pdf, sheet)
    return bytes(pdf.output())


def _draw(pdf: FPDF, sheet: Sheet) -> None:
    pdf.set_line_width(0.6)
    for rule in sheet.rules:
        pdf.line(rule.x0, rule.y, rule.x1, rule.y)
    for line in sheet.lines:
        for index, piece in enumerate(line.pieces):
            pdf.set_font("Tinos", _STYLES[piece.face], piece.size_pt)
            last = index == len(line.pieces) - 1
            pdf.text(piece.x, piece.y, piece.text if last or line.glued else piece.text + " ")
