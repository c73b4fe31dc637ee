"""Lists as files: no text in them becomes a formula or markup."""

from __future__ import annotations

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sohoa.adapters.list_files import ListWriter
from sohoa.ports import ListForm

TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
EVIL = ["=1+1", "+84", "-2", "@SUM(A1)", " =1", "\t=1", "a\x00b\ud800", '<w:p>"&', "Quyết định, số\n5"]


def written(form: ListForm, rows: list[list[str]]) -> bytes:
    return b"".join(ListWriter().pieces(form, "Danh sách <1>", ["Số", "Trích yếu"], rows))


@pytest.mark.parametrize("text", EVIL)
def test_no_cell_is_a_formula(text: str) -> None:
    """What a spreadsheet would run bears an apostrophe, in CSV and XLSX."""
    rows = csv.reader(io.StringIO(written("csv", [[text, "x"]]).decode("utf-8-sig"), newline=""))
    shown = list(rows)[1][0]
    sheet = load_workbook(io.BytesIO(written("xlsx", [[text, "x"]]))).active
    assert sheet is not None
    cell = sheet["A2"]
    assert cell.data_type == "s"
    for seen in (shown, str(cell.value)):
        assert not seen.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))
        assert seen.removeprefix("'").strip() == text.replace("\x00", "").replace("\ud800", "").strip()


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_text_stands_in_a_document_as_text(texts: list[str]) -> None:
    """The document is well-formed whatever its cells say; they hold no markup of their own."""
    data = written("docx", [[text, "x"] for text in texts])
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        parts = {name: ElementTree.fromstring(package.read(name)) for name in package.namelist()}  # noqa: S314
    shown = ["".join(text.itertext()) for text in parts["word/document.xml"].iter(TEXT)]
    assert shown[:3] == ["Danh sách <1>", "Số", "Trích yếu"]
    assert len(shown) == 3 + 2 * len(texts)


def test_rows_are_read_while_the_list_is_written() -> None:
    """The first lines of a long list are there before its last rows are read."""
    seen = 0

    def rows() -> object:
        nonlocal seen
        for number in range(100):
            seen += 1
            yield [str(number), ""]

    pieces = ListWriter().pieces("csv", "", ["a", "b"], rows())  # type: ignore[arg-type]
    assert next(pieces) == b"\xef\xbb\xbf"
    next(pieces)
    next(pieces)
    assert seen == 1
