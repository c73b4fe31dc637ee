"""Register files as they come from outside, read by the functions that the worker processes run."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from ocr.process.pool import WorkerPool
from sohoa.adapters.holding_files import HoldingFiles
from sohoa.adapters.holding_files.reading import read
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.register_table import Register, Rules, register_of
from sohoa.domain.errors import InvalidRequest

HEAD = ["Mã cơ quan", "Mã phông", "Năm", "Số văn bản", "Căn cứ", "Ngày kiểm kê"]
ROW = ["Z01", "P1", 2024, 1234, "Biên bản kiểm kê", date(2025, 12, 31)]
TEXT = (
    "Mã cơ quan;Mã phông;Năm;Số văn bản;Căn cứ;Ngày kiểm kê\r\n"
    "Z01;P1;2024;1.234;Biên bản kiểm kê;31/12/2025\r\n"
)
# The same file as it was saved from fonts of the years before Unicode: bytes that look like Latin letters.
TCVN3 = (
    "M· c¬ quan;M· ph«ng;N¨m;Sè v¨n b¶n;C¨n cø;Ngµy kiÓm kª\r\n"
    "Z01;P1;2024;1.234;Biªn b¶n kiÓm kª;31/12/2025\r\n"
)
VNI = (
    "Maõ cô quan;Maõ phoâng;Naêm;Soá vaên baûn;Caên cöù;Ngaøy kieåm keâ\r\n"
    "Z01;P1;2024;1.234;Bieân baûn kieåm keâ;31/12/2025\r\n"
)
RULES = Rules(AgencyRegister([Agency("Z01", "Một")]), date(2026, 1, 1), 8)


def register(path: Path) -> Register:
    found = read(path)
    assert not isinstance(found, str)
    return register_of(found, path.name, RULES)


def written(folder: Path, change: Callable[[Workbook, Worksheet], object] = lambda book, sheet: None) -> Path:
    """A workbook of a title, headings and three rows, changed by the test."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Bảng kê số lượng lưu giữ"])
    sheet.append(HEAD)
    for year in (2022, 2023, 2024):
        sheet.append([*ROW[:2], year, *ROW[3:]])
    change(book, sheet)
    path = folder / "so.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        TEXT.replace(";", "\t").encode("utf-16-be"),
        TCVN3.encode("cp1252"),
        TCVN3.encode(),
        VNI.encode("cp1252"),
        VNI.encode(),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "tcvn3", "tcvn3-utf-8", "vni", "vni-utf-8"],
)
def test_a_csv_in_any_encoding(tmp_path: Path, data: bytes) -> None:
    """The same row comes out of all of them, its basis in Unicode."""
    path = tmp_path / "so.csv"
    path.write_bytes(data)
    (line,) = register(path).lines
    assert line.faults == ()
    (holding,) = line.holdings
    assert (holding.agency, holding.year, holding.held) == ("Z01", 2024, Decimal(1234))
    assert (holding.source, holding.as_of, holding.row) == (
        "Biên bản kiểm kê",
        date(2025, 12, 31),
        "so.csv:2",
    )


def test_a_reading_of_old_letters_is_told(tmp_path: Path) -> None:
    """What was converted says so; a workbook whose cells are in an old font is understood, too."""
    book = Workbook()
    for line in TCVN3.split("\r\n")[:2]:
        book.worksheets[0].append(line.split(";"))
    path = tmp_path / "so.xlsx"
    book.save(path)
    found = register(path)
    assert found.notes == ("tệp dùng bảng mã TCVN3, đã chuyển sang Unicode",)
    assert found.lines[0].holdings[0].source == "Biên bản kiểm kê"


def test_a_workbook_keeps_its_lines(tmp_path: Path) -> None:
    """Titles stand above, numbers are numbers, days are days, rows are named by their line."""
    found = register(written(tmp_path))
    assert [(line.number, line.faults) for line in found.lines] == [(3, ()), (4, ()), (5, ())]
    assert {(h.held, h.as_of) for line in found.lines for h in line.holdings} == {
        (Decimal(1234), date(2025, 12, 31))
    }


def test_a_number_cell_with_a_fraction_is_no_thousand(tmp_path: Path) -> None:
    """1,234 typed where the comma divides is one and a bit: the officer looks at it."""

    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet["D4"] = 1.234

    assert register(written(tmp_path, change)).lines[1].faults == (
        "cột “Số văn bản”: ô chứa số lẻ 1,234: số lượng phải là số nguyên",
    )


def test_hidden_and_merged_rows_are_faults(tmp_path: Path) -> None:
    """Nobody sees a hidden row, a merged cell leaves open for which row it is; titles may be merged."""

    def change(_: Workbook, sheet: Worksheet) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("B4:B5")

    found = register(written(tmp_path, change))
    assert ["ẩn" in " ".join(line.faults) for line in found.lines] == [True, False, False]
    assert ["ô gộp B4:B5" in " ".join(line.faults) for line in found.lines] == [False, True, True]


def test_hidden_and_further_sheets_are_told(tmp_path: Path) -> None:
    """Only the first visible sheet is read, and the others are named."""

    def change(book: Workbook, _: Worksheet) -> None:
        book.create_sheet("Bản cũ", 0).sheet_state = "hidden"
        book.create_sheet("Ghi chú")
        book.active = 1

    found = register(written(tmp_path, change))
    assert len(found.lines) == 3
    assert found.notes == (
        "trang tính ẩn “Bản cũ” không được đọc",
        "trang tính “Ghi chú” không được đọc: chỉ đọc trang đầu tiên",
    )


def patched(path: Path, old: bytes, new: bytes, extra: str = "") -> Path:
    """The workbook with a change in its sheet, as another program writes it, and a further part."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    if extra:
        parts[extra] = b"<externalLink/>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, data in parts.items():
            packed.writestr(part, data)
    return path


def test_of_a_formula_the_stored_value_is_taken_and_told(tmp_path: Path) -> None:
    """One that takes from another file is a fault, one without a value, too."""
    cell = b'<c r="D4" t="n"><v>1234</v></c>'
    calculated = patched(written(tmp_path), cell, b'<c r="D4"><f>D3*2</f><v>2468</v></c>')
    found = register(calculated)
    assert found.lines[1].holdings[0].held == 2468
    assert found.notes == ("dòng 4: ô D4 là công thức, lấy giá trị đã lưu 2468",)
    foreign = b"<c r=\"D4\"><f>'[1]Sheet1'!A1</f><v>7</v></c>"
    linked = register(patched(written(tmp_path), cell, foreign, "xl/externalLinks/externalLink1.xml"))
    assert linked.lines[1].faults == ("ô D4 lấy giá trị từ tệp khác: hãy dán thành giá trị",)
    assert "không mở liên kết nào" in linked.notes[0]
    empty = register(patched(written(tmp_path), cell, b'<c r="D4"><f>D3*2</f></c>'))
    assert "công thức chưa có giá trị" in empty.lines[1].faults[0]
    broken = register(patched(written(tmp_path), cell, b'<c r="D4" t="e"><v>#REF!</v></c>'))
    assert "báo lỗi #REF!" in broken.lines[1].faults[0]


def bomb(folder: Path) -> Path:
    """A few kilobytes that unpack to 300 megabytes."""
    path = folder / "bom.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(300):
            part.write(b" " * 2**20)
    return path


def entities(folder: Path) -> Path:
    """A workbook whose XML grows by entities."""
    path = folder / "lol.xlsx"
    names = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a0 "lol">{names}]><workbook>&a9;</workbook>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", text)
    return path


@pytest.mark.parametrize(("make", "why"), [(bomb, "bung ra quá lớn"), (entities, "không phải bảng tính")])
def test_what_would_grow_is_refused(tmp_path: Path, make: Callable[[Path], Path], why: str) -> None:
    """Neither packed nor by entities does a small file become a large one."""
    assert why in str(read(make(tmp_path)))


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"PK\x03\x04 no", "không phải bảng tính"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "mật khẩu")],
)
def test_what_is_no_workbook_says_what_to_do(tmp_path: Path, data: bytes, why: str) -> None:
    """A torn file, an old one, one with a password."""
    path = tmp_path / "so.xlsx"
    path.write_bytes(data)
    assert why in str(read(path))


def test_files_are_opened_in_a_worker_process(tmp_path: Path) -> None:
    """The same rows come back, and what the worker refuses is a usage error in Vietnamese."""
    with WorkerPool(1, 1500) as pool:
        files = HoldingFiles(pool)
        assert files.read(written(tmp_path)) == read(tmp_path / "so.xlsx")
        with pytest.raises(InvalidRequest, match="bung ra quá lớn"):
            files.read(bomb(tmp_path))
        with pytest.raises(InvalidRequest, match="No such file"):
            files.read(tmp_path / "none.csv")


def test_the_template_explains_offers_lists_and_cannot_be_imported_as_it_is(tmp_path: Path) -> None:
    """CSV and XLSX have the same headings; the example is a fault, so that no invented number counts."""
    with WorkerPool(1, 1500) as pool:
        files = HoldingFiles(pool)
        for kind in ("csv", "xlsx"):
            path = tmp_path / f"mau.{kind}"
            path.write_bytes(files.template(kind, {"Z01": "Một", "Z02": "=1+1"}))
            (line,) = register(path).lines
            assert line.faults == ("cột “Mã cơ quan”: “VÍ DỤ” không có trong danh mục cơ quan",)
    book = load_workbook(tmp_path / "mau.xlsx")
    assert book.sheetnames == ["Khai báo", "Hướng dẫn", "Cơ quan"]
    choices = {str(v.sqref): v.formula1 for v in book["Khai báo"].data_validations.dataValidation}
    assert choices["A2:A2000"] == "'Cơ quan'!$A$1:$A$2"
    assert "Vĩnh viễn" in choices["D2:D2000"]
    assert not [c for sheet in book for row in sheet for c in row if c.data_type == "f"]


def test_rows_left_over_can_be_mended_and_read_again(tmp_path: Path) -> None:
    """The file of faults is a register itself, with one more column that says what was wrong."""
    path = tmp_path / "con-loi.csv"
    with WorkerPool(1, 1500) as pool:
        rows = [
            {
                "agency": "Z01",
                "fonds": "P1",
                "documents": "-3",
                "fault": "số âm",
                "source": "B",
                "as_of": "1/1/2025",
            }
        ]
        path.write_bytes(HoldingFiles(pool).rest(rows))
    assert path.read_text("utf-8-sig").splitlines()[0].endswith(",Lỗi")
    path.write_text(path.read_text("utf-8-sig").replace("'-3", "3"), encoding="utf-8")
    (line,) = register(path).lines
    assert [h.held for h in line.holdings] == [3]


def test_two_hundred_thousand_rows(tmp_path: Path) -> None:
    """They are read as a stream."""
    body = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Z01</t></is></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(1, 200_001)
    )
    path = written(tmp_path)
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    packed_again = io.BytesIO()
    with zipfile.ZipFile(packed_again, "w", zipfile.ZIP_STORED) as packed:
        for part, data in parts.items():
            packed.writestr(part, data)
    path.write_bytes(packed_again.getvalue())
    found = read(path)
    assert not isinstance(found, str)
    assert len(found[0].lines) == 200_000
