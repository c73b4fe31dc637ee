"""Lines of a table file, CSV or XLSX, as stripped text."""

from __future__ import annotations

import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from sohoa.domain.errors import Misconfigured
from sohoa.domain.tables import Cells, csv_cells

MAX_BYTES = 64 * 1024 * 1024
_MAX_UNPACKED_BYTES = 16 * MAX_BYTES
_MAX_COLUMNS = 200


def read_cells(path: Path) -> list[Cells]:
    """The lines that are not empty, with their numbers; of a workbook its first sheet.

    Days come in ISO form. Raises ``Misconfigured`` naming file, reason and what to do.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Misconfigured(f"{path} is larger than {MAX_BYTES} bytes: split it")
        data = path.read_bytes()
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read: {error.strerror}") from error
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Misconfigured(f"{path} is an old .xls workbook: save it as .xlsx or CSV")
    return _workbook(path) if data.startswith(b"PK") else csv_cells(data)


def _workbook(path: Path) -> list[Cells]:
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED_BYTES:
                raise Misconfigured(f"{path} is too large when unpacked: split it")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not touch the cells
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                return list(_lines(book.worksheets[0].iter_rows(max_col=_MAX_COLUMNS, values_only=True)))
            finally:
                book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, EOFError) as error:
        reason = type(error).__name__
        raise Misconfigured(f"{path} is no workbook that can be read ({reason}): save it anew") from error


def _lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[Cells]:
    for number, row in enumerate(rows, start=1):
        cells = [_text(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, tuple(cells)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return unicodedata.normalize("NFC", str(value)).strip()
