"""Table files as people save them: CSV and workbooks."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from sohoa.adapters.config_files.cells import read_cells
from sohoa.domain.errors import Misconfigured


def test_a_workbook_reads_like_a_csv_file(tmp_path: Path) -> None:
    """Days in ISO form, whole numbers without a point, empty lines left out, line numbers kept."""
    book = Workbook()
    for row in (
        ["Số", "Ngày", "Trích yếu"],
        [],
        [47.0, datetime.fromisoformat("2024-03-05"), " Giao đất "],
        [1, date(2024, 1, 2)],
    ):
        book.active.append(row)  # type: ignore[union-attr]  # a new book has a sheet
    book.save(tmp_path / "so.xlsx")
    expected = [
        (1, ("Số", "Ngày", "Trích yếu")), (3, ("47", "2024-03-05", "Giao đất")), (4, ("1", "2024-01-02")),
    ]  # fmt: skip
    assert read_cells(tmp_path / "so.xlsx") == expected
    (tmp_path / "so.csv").write_text("Số;Ngày;Trích yếu\n\n47;2024-03-05;Giao đất\n1;2024-01-02\n", "utf-8")
    assert read_cells(tmp_path / "so.csv") == expected


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"PK\3\4 no workbook", "save it anew"), (b"\xd0\xcf\x11\xe0", r"\.xlsx"), (None, "cannot be read")],
)
def test_what_is_no_table_is_told_with_what_to_do(tmp_path: Path, data: bytes | None, words: str) -> None:
    """The message names the file, the reason and the way out."""
    path = tmp_path / "so.xlsx"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(Misconfigured, match=words) as error:
        read_cells(path)
    assert "so.xlsx" in str(error.value)
