"""Bilingual heads: the English lines are told from the Vietnamese ones beside them."""

from __future__ import annotations

import pytest

from ocr.page import Zone
from sohoa.domain.extract.english import without_english
from sohoa.domain.extract.head import find_head
from sohoa.domain.extract.types import TypeTable
from tests.support.calibration import CALIBRATION
from tests.support.pages import MOTTO, line, page


@pytest.mark.parametrize(
    ("texts", "left"),
    [
        (("SỞ NGOẠI VỤ", "DEPARTMENT OF FOREIGN AFFAIRS"), ("SỞ NGOẠI VỤ",)),
        (("Số: 55/GP-SNgV", "No.: 55/GP-SNgV"), ("Số: 55/GP-SNgV",)),
        (("Về việc đào tạo", "On the training and", "Vocational skills"), ("Về việc đào tạo",)),
        (("UBND XA AN PHU", "KE HOACH"), ("UBND XA AN PHU", "KE HOACH")),  # its marks were not read
        (("TRƯỜNG ĐẠI HỌC SÔNG LAM", "SONG LAM INTERNATIONAL", "UNIVERSITY"), ("TRƯỜNG ĐẠI HỌC SÔNG LAM",)),
        (("SỞ NGOẠI VỤ", "DEPARTMENT OF FOREIGN", "AEFAIRS"), ("SỞ NGOẠI VỤ",)),  # misread
        (("FPT", "25-CT/TU"), ("FPT", "25-CT/TU")),
        (("CÔNG TY TNHH DỆT SÔNG LAM", "SONG LAM WEAVING CO., LTD"), ("CÔNG TY TNHH DỆT SÔNG LAM",)),
        (("CÔNG TY CỔ PHẦN ĐẠI LỘC", "DAI LOC BRICKS"), ("CÔNG TY CỔ PHẦN ĐẠI LỘC",)),
        (("HỘI NÔNG DÂN XÃ THANH AN", "THANH AN"), ("HỘI NÔNG DÂN XÃ THANH AN", "THANH AN")),
    ],
)
def test_english_lines_are_told(texts: tuple[str, ...], left: tuple[str, ...]) -> None:
    """By common words of English heads; a line that goes on under one is English, too."""
    lines = [line(text, Zone.BODY, 40 * row) for row, text in enumerate(texts)]
    assert tuple(each.text for each in without_english(lines)) == left


def test_each_language_stands_apart(types: TypeTable) -> None:
    """Agency, number, date and subject are those of the Vietnamese lines."""
    head = find_head(
        page(
            left=("CÔNG TY CỔ PHẦN SÔNG LAM", "SONG LAM JOINT STOCK COMPANY", "", "Số/No.: 19/QĐ-CTSL"),
            right=(
                *MOTTO,
                "SOCIALIST REPUBLIC OF VIETNAM",
                "Independence - Freedom - Happiness",
                "Sông Lam, ngày 05 tháng 9 năm 2021",
                "Song Lam, September 05, 2021",
            ),
            body=("QUYẾT ĐỊNH", "DECISION", "Về việc bổ nhiệm", "On the appointment of the director"),
        ),
        types,
        CALIBRATION.pages,
    )
    assert [each.text for each in head.organ] == ["CÔNG TY CỔ PHẦN SÔNG LAM"]
    assert head.date is not None
    assert head.date.text == "Sông Lam, ngày 05 tháng 9 năm 2021"
    assert [each.text for each in head.title] == ["Về việc bổ nhiệm"]
