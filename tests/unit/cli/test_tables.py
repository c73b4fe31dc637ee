"""Tables are as wide as the terminal and keep every number whole."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from rich.console import Console

from sohoa.cli import output
from sohoa.cli.headings import Heading

LONG = "Về việc phê duyệt dự toán kinh phí 1.000.000.000 đồng cho việc số hóa tài liệu lưu trữ lịch sử"
ROWS = [
    ("5asltqncl4xookvkyambxfpuzm", "Z99.01", LONG, "31/12/2024", "1.000.000", "(2.500.000)", "374/QĐ-UBND"),
    ("6asltqncl4xookvkyambxfpuzm", "Z99.02", "Ngắn", "01/01/2025", "7", "(0)", "1234/2024/NQ-HĐND"),
]
COLUMNS: Sequence[Heading] = (
    *(Heading.RECORD, Heading.AGENCY, Heading.TITLE, Heading.FROM),
    *(Heading.DOCUMENTS, Heading.PAGES, Heading.VALUE),
)
NUMBERS = (
    *("1.000.000.000", "31/12/2024", "01/01/2025", "1.000.000", "(2.500.000)"),
    *("374/QĐ-UBND", "1234/2024/NQ-HĐND", "5asltqncl4xookvkyambxfpuzm", "6asltqncl4xookvkyambxfpuzm"),
)


def printed(width: int | None, monkeypatch: pytest.MonkeyPatch, columns: slice = slice(None)) -> list[str]:
    """Lines of the table at that width; None: no terminal."""
    monkeypatch.delenv("COLUMNS", raising=False)
    console = Console(file=io.StringIO(), width=width, force_terminal=width is not None, color_system=None)
    monkeypatch.setattr(output, "out", console)
    output.print_table(COLUMNS[columns], [row[columns] for row in ROWS], unbroken=1)
    assert isinstance(console.file, io.StringIO)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


@pytest.mark.parametrize("width", [60, 80, 120, 200, None])
def test_no_number_is_cut(width: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Amounts, dates, numbers of documents and ids stand on one line, however narrow the terminal is."""
    words = {word for line in printed(width, monkeypatch) for word in line.split()}
    assert set(NUMBERS) - words == set()


@pytest.mark.parametrize("width", [60, 80, 120, 200, None])
def test_a_table_is_no_wider_than_the_terminal(width: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long cells are folded; without a terminal the width is 80."""
    lines = printed(width, monkeypatch, slice(0, 3))
    assert max(map(len, lines)) <= (width or 80)


def test_a_wide_terminal_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """What fits is not folded."""
    assert any(LONG in line for line in printed(200, monkeypatch))
