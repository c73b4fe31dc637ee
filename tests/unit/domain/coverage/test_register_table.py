from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.coverage.register_table import Register, Rules, Sheet, overlapping, register_of

AGENCIES = AgencyRegister(
    [Agency("Z01", "Một", fonds=("P1", "P2")), Agency("Z02", "Hai", valid_to=date(2020, 6, 30))]
)
RULES = Rules(AGENCIES, date(2026, 1, 15), 8)
HEAD = ("Mã cơ quan", "Mã phông", "Năm", "Số văn bản", "Căn cứ", "Ngày kiểm kê")
GOOD = ("Z01", "P1", "2024", "1.234", "Biên bản 7", "31/12/2025")


def read(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Register:
    lines = tuple(enumerate(((head), *rows), start=1))
    return register_of([Sheet(lines)], "so.csv", RULES)


def faults(register: Register) -> list[str]:
    return [f"{line.number}: {fault}" for line in register.lines for fault in line.faults]


def test_a_row_is_a_declaration_for_each_unit() -> None:
    """Documents, files, pages and boxes of one row; eight boxes are a metre; the row is named."""
    head = (*HEAD, "Số hồ sơ", "Số trang (quy A4)", "Số hộp", "Thời hạn bảo quản", "Sai số ước lượng (± %)")
    (line,) = read((*GOOD, "12", "9 800", "3", "Vĩnh viễn", "10"), head=head).lines
    assert [(h.unit, h.held) for h in line.holdings] == [
        (Unit.DOCUMENTS, 1234),
        (Unit.FILES, 12),
        (Unit.SHEETS, 9800),
        (Unit.METRES, Decimal("0.375")),
    ]
    first = line.holdings[0]
    assert (first.row, first.retention, first.as_of) == ("so.csv:2", "Vĩnh viễn", date(2025, 12, 31))
    assert first.bounds == (Decimal("1110.6"), Decimal("1357.4"))


def test_the_file_of_the_configuration_is_a_register_too() -> None:
    """A long table has a unit and a number a row."""
    head = ("agency", "fonds", "year", "unit", "held", "source", "as_of")
    (line,) = read(("Z01", "P1", "", "metres", "0.5", "Biên bản", "2025-12-31"), head=head).lines
    assert [(h.year, h.unit, h.held) for h in line.holdings] == [(None, Unit.METRES, Decimal("0.5"))]


@pytest.mark.parametrize(
    ("place", "text", "why"),
    [
        (0, "Z09", "cột “Mã cơ quan”: “Z09” không có trong danh mục"),
        (0, "", "cột “Mã cơ quan”: để trống"),
        (1, "P9", "cột “Mã phông”: “P9” không phải phông của Z01"),
        (2, "2026", "cột “Năm”: sau ngày kiểm kê"),
        (3, "-1", "cột “Số văn bản”: “-1” là số âm"),
        (3, "", "không có số lượng nào"),
        (3, "99999999", "quá lớn"),
        (4, "", "cột “Căn cứ”: để trống"),
        (5, "16/01/2026", "cột “Ngày kiểm kê”: sau ngày hôm nay"),
    ],
)
def test_every_fault_names_its_line_and_column(place: int, text: str, why: str) -> None:
    """In Vietnamese; the good row beside it is taken."""
    bad = (*GOOD[:place], text, *GOOD[place + 1 :])
    register = read(GOOD, bad)
    assert len(register.lines[0].holdings) == 1 or why.startswith("khai trùng")
    assert any(fault.startswith("3: ") and why in fault for fault in faults(register))
    assert register.lines[1].holdings == ()


def test_two_rows_for_the_same_paper_contradict_each_other() -> None:
    """Neither is taken, each names the other."""
    register = read(GOOD, (*GOOD[:3], "5", *GOOD[4:]))
    assert [fault[:28] for fault in faults(register)] == [
        "2: khai trùng với dòng 3: cù",
        "3: khai trùng với dòng 2: cù",
    ]


def test_a_part_and_the_whole_overlap() -> None:
    """Paper declared for all retentions and again for one would count twice, also against earlier rows."""
    head = (*HEAD, "Thời hạn bảo quản")
    register = read((*GOOD, "Vĩnh viễn"), (*GOOD, "10 năm"), head=head)
    assert overlapping(register.lines, []) == register.lines
    whole = Holding("Z01", "P1", 2024, Unit.DOCUMENTS, Decimal(9), "cũ", date(2025, 1, 1), "cu.csv:5")
    checked = overlapping(register.lines, [whole])
    assert ["cu.csv:5" in line.faults[0] for line in checked] == [True, True]
    assert overlapping(read(GOOD).lines, [whole])[0].faults == ()
    other = replace(whole, year=2023)
    assert overlapping(register.lines, [other]) == register.lines


def test_a_merged_agency_declares_up_to_its_last_year() -> None:
    """History stays with the old code; later years belong to the successor."""
    register = read(("Z02", "P1", "2021", *GOOD[3:]), ("Z02", "P1", "2020", *GOOD[3:]))
    assert faults(register) == ["2: cột “Năm”: Z02 chỉ tồn tại đến 30/06/2020"]


def test_paper_total_of_the_former_circular() -> None:
    """PaperTotal is taken for a year; less than PaperDigital is an error, and so is a total without year."""
    head = ("Identifier", "OrganId", "ArchivesTime", "PaperTotal", "PaperDigital", "Căn cứ", "Ngày kiểm kê")
    rows = [
        ("Z01", "P1", year, "10", digital, *GOOD[4:]) for year, digital in (("2023", "4"), ("2024", "11"))
    ]
    register = read(*rows, ("Z01", "P2", "", "10", "1", *GOOD[4:]), head=head)
    assert [(h.unit, h.held) for h in register.lines[0].holdings] == [(Unit.DOCUMENTS, Decimal(10))]
    assert faults(register) == [
        "3: cột “PaperDigital”: lớn hơn PaperTotal",
        "4: cột “Năm”: PaperTotal cần năm: tổng của cả phông không chia được cho từng năm",
    ]


def test_a_file_without_the_columns_is_no_register() -> None:
    """What is missing is named."""
    with pytest.raises(ValueError, match="thiếu cột Mã phông, Căn cứ"):
        read(("Z01", "2025-12-31", "3"), head=("Mã cơ quan", "Ngày kiểm kê", "Số văn bản"))


def test_boxes_that_contradict_metres() -> None:
    """A row that says both must say the same."""
    head = (*HEAD, "Số hộp", "Số mét giá")
    assert faults(read((*GOOD, "16", "2"), head=head)) == []
    assert faults(read((*GOOD, "16", "3"), head=head)) == [
        "2: cột “Số hộp”: 16 hộp là 2 mét, khác cột mét giá"
    ]
