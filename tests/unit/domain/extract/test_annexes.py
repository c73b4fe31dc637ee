"""Annexes in files of their own."""

from __future__ import annotations

import pytest

from tests.support.pages import MOTTO, page
from tests.unit.domain.extract.conftest import Describe

_ROWS = ("1. Kênh tưới xã Tân Khê: 120 triệu đồng", "2. Trạm bơm xã Tân Khê: 340 triệu đồng")


@pytest.mark.parametrize(
    ("source", "number", "notation"),
    [
        ("(Kèm theo Quyết định số 57/QĐ-UBND ngày 3/4/2019 của UBND tỉnh Sông Lam)", "57", "QĐ-UBND"),
        ("(Ban hành kèm theo Nghị quyết số 12/2021/NQ-HĐND ngày 9 tháng 7 năm 2021", "12", "2021/NQ-HĐND"),
        ("Kèm theo Kế hoạch số: 208/KH-UBND của Ủy ban nhân dân tỉnh)", "208", "KH-UBND"),
    ],
)
def test_an_annex_has_the_number_of_its_paper(
    described: Describe, source: str, number: str, notation: str
) -> None:
    """It is taken from the line under the title, and a person decides."""
    found = described(page(body=("PHỤ LỤC I", "DANH MỤC CÔNG TRÌNH", source, *_ROWS))).fields
    assert (found["code_number"].value, found["code_notation"].value) == (number, notation)
    assert max(found["code_number"].confidence, found["code_notation"].confidence) < 0.9
    assert "issued_date" not in found


def test_a_paper_with_a_head_does_not_take_the_number_of_another(described: Describe) -> None:
    """Where the head is there and its number is not, none is given."""
    found = described(page(
        left=("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM"), right=(*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024"),
        body=("QUY CHẾ", "Quản lý kênh tưới", "(Ban hành kèm theo Quyết định số 57/QĐ-UBND ngày 3/4/2019)"),
    )).fields  # fmt: skip
    assert "code_number" not in found


def test_a_number_left_open_is_no_number(described: Describe) -> None:
    """``số     /QĐ-UBND`` says nothing."""
    open_line = "(Kèm theo Quyết định số ...../QĐ-UBND ngày ... của UBND tỉnh Sông Lam)"
    found = described(page(body=("PHỤ LỤC", open_line, *_ROWS))).fields
    assert not {"code_number", "code_notation"} & set(found)
