"""The port ``ListFiles``: CSV row by row; XLSX and DOCX by way of a temporary file, never whole in memory."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO
from xml.sax.saxutils import escape

from openpyxl import Workbook

from sohoa.domain.evidence.cells import harmless
from sohoa.ports import ListForm

_PIECE = 1 << 16
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONGEST_CELL = 32_767
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DOCX_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_LANDSCAPE = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'


class ListWriter:
    """Writes lists as CSV (UTF-8 with byte order mark, as spreadsheets here expect it), XLSX and DOCX."""

    def pieces(
        self, form: ListForm, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]
    ) -> Iterator[bytes]:
        """The file piece by piece; see the port."""
        if form == "csv":
            yield from _csv(head, rows)
            return
        with tempfile.TemporaryFile(prefix="sohoa-list-") as file:
            if form == "xlsx":
                _xlsx(file, head, rows)
            else:
                _docx(file, title, head, rows)
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    yield _BYTE_ORDER_MARK
    for part in ((head,), rows):
        for row in part:
            line = io.StringIO()
            csv.writer(line, lineterminator="\r\n").writerow(map(_cell, row))
            yield line.getvalue().encode()


def _xlsx(file: IO[bytes], head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(head))
    for row in rows:
        sheet.append([_cell(text) for text in row])
    book.save(file)


def _docx(file: IO[bytes], title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _DOCX_PARTS.items():
            package.writestr(name, _XML + text)
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            part.write(f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{_paragraph(title, bold=True)}'.encode())
            part.write(
                f"<w:tbl><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr><w:tblGrid>".encode()
            )
            part.write(("<w:gridCol/>" * len(head) + "</w:tblGrid>").encode())
            part.write(_row(head, bold=True).replace("<w:tc>", _REPEATED, 1).encode())
            for row in rows:
                part.write(_row(row).encode())
            part.write(f"</w:tbl>{_LANDSCAPE}</w:body></w:document>".encode())


_REPEATED = "<w:trPr><w:tblHeader/></w:trPr><w:tc>"


def _row(cells: Sequence[str], *, bold: bool = False) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{_paragraph(cell, bold=bold)}</w:tc>' for cell in cells)}</w:tr>"


def _paragraph(text: str, *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    shown = escape(_NOT_XML.sub("", text))
    return f'<w:p><w:r>{look}<w:t xml:space="preserve">{shown}</w:t></w:r></w:p>'


def _cell(text: str) -> str:
    return harmless(_NOT_XML.sub("", text)[:_LONGEST_CELL])
