"""Number line and date line: what is one for each of the questions that are asked of a line."""

import pytest

from ocr.layout.date_line import is_bare_date, is_date_line, is_place_and_date, names_a_day
from ocr.layout.number_line import (
    is_number_line,
    label_end,
    may_hold_number,
    number_and_notation,
    opens_with_number,
    printed_number,
)


@pytest.mark.parametrize(
    ("text", "read", "open_"),
    [
        ("Số: 12/QĐ-UBND", True, True),
        ("Số 12", True, False),  # a bare number: nothing shows where handwriting would stand
        ("Sv; kl/x", False, True),  # a label of any signs: handwriting may follow it
        ("12/qđ-ubnd", False, True),
        ("Số 848-TB/TU", True, True),
        ("Luật số: 33/2024/QH15", True, True),
        ("NGHỊ QUYẾT SỐ: 7/2020/NQ-HĐND", True, True),
        ("435 QĐ/UB", True, True),
        ("Số 435 CV/UB", True, True),
        ("25-CT/TU", True, True),
        ("15b/QĐ-UBND", True, True),
        ("Số/No.: 19/2023/NQ-ĐHĐCĐ", True, True),
        ("Số (No.): 19/QĐ-CTSL", True, True),
        ("Số/Ref: 19/QĐ-CTSL", True, True),
        ("Số: 143-HĐBT", True, True),
        ("Nghị quyết s 01 /1998/UBTVQH10", True, True),
        ("Nghịquyết số: 01/1998/UBTVQH10", True, True),
        ("12 tháng 3", False, False),
        ("SỞ NỘI VỤ", False, False),
    ],
)
def test_a_number_line_before_and_after_its_number_is_read(text: str, read: bool, open_: bool) -> None:
    """Before handwriting is read any label will do; afterwards it must look like one."""
    assert (is_number_line(text), may_hold_number(text)) == (read, open_)


@pytest.mark.parametrize(
    ("text", "number", "notation"),
    [
        ("Số: 12/QĐ-UBND", "12", "QĐ-UBND"),
        ("Số 848-TB/TU", "848", "TB/TU"),
        ("Số: 5/2020/NQ-HĐND", "5", "2020/NQ-HĐND"),
        ("Số:      /STTTT", "     ", "STTTT"),
        ("Số: 17QĐ-UBND", "17", "QĐ-UBND"),
        ("Số: 17", "17", ""),
        ("Luật số: 33/2024/QH15", "33", "2024/QH15"),
        ("Nghị quyết s 01 /1998/UBTVQH10", "01 ", "1998/UBTVQH10"),
        ("Bản án số: 15/2020/HS-ST", "15", "2020/HS-ST"),
        ("Số: 435 QĐ/UB", "435", "QĐ/UB"),
        ("435 CV/UB-VX", "435", "CV/UB-VX"),
        ("Số 25 -CT/TU", "25", "CT/TU"),
        ("Số: 112-KH/TĐTN-TTNTH", "112", "KH/TĐTN-TTNTH"),
        ("Số: 143-HĐBT", "143", "HĐBT"),
        ("Số 201 - CP", "201", "CP"),
        ("Số/No.: 19/2023/NQ-ĐHĐCĐ", "19", "2023/NQ-ĐHĐCĐ"),
        ("Số (No.): 19/QĐ-CTSL", "19", "QĐ-CTSL"),
        ("Số/No 19/QĐ-CTSL", "19", "QĐ-CTSL"),
        ("Số: 47/SL", "47", "SL"),
        ("Số: 02/CTPH-LĐLĐ-SVH,TT,DL", "02", "CTPH-LĐLĐ-SVH,TT,DL"),
        ("Số: 02/CTPH-SVH, TT, DL-SYT", "02", "CTPH-SVH, TT, DL-SYT"),
    ],
)
def test_a_number_line_is_taken_apart(text: str, number: str, notation: str) -> None:
    """Number and notation are found in state and Party form, and where they are glued together."""
    (start, end), note = number_and_notation(text)
    assert text[start:end].strip() == number.strip()
    assert (text[slice(*note)] if note else "") == notation


def test_printed_digits_and_labels_have_places() -> None:
    """Digits between label and slash, and the label's end."""
    assert printed_number("Số: 12/QĐ") == (4, 6)
    assert printed_number("Số:   /QĐ") is None
    assert printed_number("Số/No.: 12/QĐ") == (8, 10)
    assert label_end("so: 12/qd") == 3
    assert label_end("12/qd") == 0


@pytest.mark.parametrize(
    ("text", "read", "open_"),
    [
        ("Sông Lam, ngày 05 tháng 3 năm 2020", True, True),
        ("Sông Lam, ngày    tháng    năm", False, True),  # the year is lost: layout sees it, a date needs it
        ("Sông Lam, ngày 5 tháng", False, True),
        ("Căn cứ Quyết định số 5 ngày 05 tháng 3 năm 2020 của Ủy ban nhân dân tỉnh", True, False),
        ("Kính gửi: Sở Nội vụ", False, False),
        ("Sông Lam, ngày 15/01/2019", True, True),
        ("Ngày: 12-6-2020", True, True),
        ("Căn cứ Luật Tổ chức ngày 19/6/2015 của Quốc hội;", False, False),
        ("Tài khoản 12.6.2020", False, False),
    ],
)
def test_a_date_line_before_and_after_its_day_is_read(text: str, read: bool, open_: bool) -> None:
    """Before handwriting is read two words in a short line will do; afterwards all three and a year."""
    assert (is_date_line(text), names_a_day(text)) == (read, open_)


@pytest.mark.parametrize(
    ("text", "opens"),
    [
        ("Số: 12/QĐ-UBND", True),
        ("Số: 79/QĐ-UBND Sông Lam, ngày 15/01/2019", True),
        ("Bản án số: 15/2020/HS-ST", True),
        ("435 QĐ/UB", True),
        ("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020", False),
        ("Thực hiện Quyết định số 12/QĐ-UBND ngày 15/01/2019", False),
        ("Số người tham dự", False),
    ],
)
def test_a_body_line_that_cites_a_number_does_not_open_with_one(text: str, opens: bool) -> None:
    """Only a label or number at the very beginning counts where a line may be of the body."""
    assert opens_with_number(text) is opens


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Ngày: 12-6-2020", True),
        ("Ngày 12 tháng 6 năm 2020", True),
        ("ngày 12/6/2020", False),  # a subject goes on
        ("V/v họp ngày 12/6/2020", False),
        ("Sông Lam, ngày 12/6/2020", False),
    ],
)
def test_a_bare_date_has_nothing_before_it(text: str, bare: bool) -> None:
    """Judgments have their day in a line of its own under the number."""
    assert is_bare_date(text) is bare


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Sông Lam, ngày 05 tháng 3 năm 2001", True),
        ("TP. Sông Lam, ngày 5-3-2001", True),
        ("Bà Rịa - Vũng Tàu, ngày 05/3/2001", True),
        ("ngày 05 tháng 3 năm 2001", False),
        ("V/v họp ngày 12/6/2020", False),
        ("Kế hoạch làm việc, ngày 12/6/2020", False),
        ("Sông Lam, ngày    tháng    năm", False),
    ],
)
def test_a_place_before_a_date_has_capitals(text: str, whole: bool) -> None:
    """Under a number the place and date of a letter stand alone; a subject goes on in small letters."""
    assert is_place_and_date(text) is whole
