"""A document as an office program exports it: real text with embedded fonts."""

from __future__ import annotations

from datetime import UTC, datetime

from fpdf import FPDF

from tests.support.scanmaker.document import Document
from tests.support.scanmaker.layout import HEIGHT_PT, WIDTH_PT, Sheet
from tests.support.scanmaker.typeface import Face
from tests.support.scanmaker.typesetting import sheets_of

_STYLES = {Face.REGULAR: "", Face.BOLD: "B", Face.ITALIC: "I", Face.BOLD_ITALIC: "BI"}


def as_born_digital(document: Document, times: int = 1, shift_pt: float = 0.0) -> bytes:
    """The document as a PDF with a text layer; dated by the document, so that it stays the same.

    All may be drawn several ``times``, each a little further to the right.
    """
    pdf = opened(document)
    for sheet in sheets_of(document):
        pdf.add_page()
        for turn in range(times):
            draw(pdf, sheet, turn * shift_pt)
    return bytes(pdf.output())


def opened(document: Document) -> FPDF:
    """An empty PDF of the document's date with the fonts that ``draw`` needs."""
    pdf = FPDF(unit="pt", format=(WIDTH_PT, HEIGHT_PT))
    pdf.set_auto_page_break(False)
    issued = document.issued
    if issued:
        pdf.set_creation_date(datetime(issued.year, issued.month, issued.day, 8, tzinfo=UTC))
    for face, style in _STYLES.items():
        pdf.add_font("Tinos", style, face.file)
    return pdf


def draw(pdf: FPDF, sheet: Sheet, shift_pt: float = 0.0) -> None:
    """Draw a sheet's text and rules on the open page, so much further to the right."""
    pdf.set_line_width(0.6)
    for rule in sheet.rules:
        pdf.line(rule.x0 + shift_pt, rule.y, rule.x1 + shift_pt, rule.y)
    for line in sheet.lines:
        for index, piece in enumerate(line.pieces):
            pdf.set_font("Tinos", _STYLES[piece.face], piece.size_pt)
            last = index == len(line.pieces) - 1
            pdf.text(piece.x + shift_pt, piece.y, piece.text if last or line.glued else piece.text + " ")
