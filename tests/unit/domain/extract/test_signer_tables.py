"""Tables in which several persons sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Line, Page, Word, Zone
from sohoa.domain.archive.records import Field
from sohoa.domain.extract.signer import signer_fields
from tests.support.calibration import CALIBRATION
from tests.support.pages import ROW, line, page

_COLUMNS = (260, 340, 760, 1240)
_HEADING = ("TT", "Họ và tên", "Chức vụ", "Ký tên")
_CHAIR, _DEPUTY, _CLERK = (
    ("Tạ Thị Kim Yến", "Chủ tịch Hội đồng"),
    ("Lục Văn Khoan", "Phó Chủ tịch Hội đồng"),
    ("Y Thanh Niê", "Ủy viên - Thư ký"),
)


def _row(cells: tuple[str, ...], y: int) -> Line:
    words = list[Word]()
    for text, x in zip(cells, _COLUMNS, strict=False):
        words += line(text, Zone.BODY, y, x=x).words
    return Line(tuple(words), Zone.BODY)


def _fields(*rows: tuple[str, str], heading: tuple[str, ...] = _HEADING) -> dict[str, Field]:
    body = page(body=("BIÊN BẢN", "Về việc kiểm kê tài sản"), foot_left=("Nơi nhận:", "- Lưu: VT."))
    table = [_row(heading, 12 * ROW)]
    table += [_row((str(n), *row), (12 + 3 * n) * ROW) for n, row in enumerate(rows, 1)]
    low = [
        replace(each, words=line(each.text, each.zone, 30 * ROW + i * ROW).words)
        for i, each in enumerate(body.lines[2:])
    ]
    read: Page = replace(body, lines=(*body.lines[:2], *table, *low))
    return signer_fields((read,), (), CALIBRATION.signer)


@pytest.mark.parametrize("rows", [(_CHAIR, _DEPUTY, _CLERK), (_CLERK, _DEPUTY, _CHAIR)])
@pytest.mark.parametrize("heading", [_HEADING, ("TT", "Họvàtên", "Chức danh", "Chữ ký")])
def test_who_leads_by_rank_signs_wherever_the_row_is(
    rows: tuple[tuple[str, str], ...], heading: tuple[str, ...]
) -> None:
    """The others are evidence, and none of it is certain."""
    found = _fields(*rows, heading=heading)
    name = found["signer_name"]
    assert (name.value, found["signer_position"].value) == ("Tạ Thị Kim Yến", "Chủ tịch Hội đồng")
    assert {seen.value for seen in name.evidence} == {each for each, _ in rows}
    assert name.confidence < 0.9


def test_a_table_without_signatures_names_no_signer() -> None:
    """Lists of members have names and posts, too."""
    assert "signer_name" not in _fields(_CHAIR, _DEPUTY, heading=("TT", "Họ và tên", "Chức vụ", "Ghi chú"))
