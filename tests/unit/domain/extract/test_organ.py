"""Agencies in the head: one below another, or several side by side."""

from __future__ import annotations

import pytest

from sohoa.domain.extract.head import find_head
from sohoa.domain.extract.organ import read_organ
from sohoa.domain.extract.types import TypeTable
from tests.support.agency_words import AGENCY_WORDS
from tests.support.calibration import CALIBRATION
from tests.support.pages import MOTTO, page


def _read(types: TypeTable, *left: str) -> tuple[str, str]:
    head = find_head(page(left=(*left, "Số: 12/QĐ-SNV"), right=MOTTO), types, CALIBRATION.pages)
    organ = read_organ(head, (), AGENCY_WORDS)
    assert organ is not None
    return organ.parent, organ.name


@pytest.mark.parametrize("left", [
    ("UBND TỈNH SÔNG LAM", "- SỞ NỘI VỤ"),
    ("UBND TỈNH SÔNG LAM —", "SỞ NỘI VỤ"),
    ("UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ"),
])  # fmt: skip
def test_ink_before_a_department_does_not_make_it_one_with_its_parent(
    types: TypeTable, left: tuple[str, ...]
) -> None:
    assert _read(types, *left) == ("Ủy ban nhân dân tỉnh Sông Lam", "Sở Nội vụ")


@pytest.mark.parametrize(("left", "name"), [
    (("SỞ NỘI VỤ -", "SỞ TÀI CHÍNH"), "Sở Nội vụ - Sở Tài chính"),
    (("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG -", "SỞ TÀI CHÍNH"), "Sở Nông nghiệp và Môi trường - Sở Tài chính"),
    (("SỞ TÀI CHÍNH -", "CỤC THUẾ TỈNH"), "Sở Tài chính - Cục Thuế tỉnh"),
    (("SỞ NỘI VỤ -", "BAN DÂN TỘC"), "Sở Nội vụ - Ban Dân tộc"),
    (("LIÊN ĐOÀN LAO ĐỘNG TỈNH -", "SỞ NỘI VỤ"), "Liên đoàn Lao động tỉnh - Sở Nội vụ"),
    (("BỘ CÔNG AN -", "TÒA ÁN NHÂN DÂN TỐI CAO"), "Bộ Công an - Tòa án nhân dân tối cao"),
])  # fmt: skip
def test_peers_that_a_dash_joins_are_one_issuer(types: TypeTable, left: tuple[str, ...], name: str) -> None:
    assert _read(types, *left) == ("", name)


@pytest.mark.parametrize(("printed", "name"), [
    ("SƠ NỘI VỤ", "Sở Nội vụ"),
    ("TRƯƠNG THCS TÂN LẬP", "Trường THCS Tân Lập"),
    ("BẢN NẬM MƯA", "Bản Nậm Mưa"),
])  # fmt: skip
def test_a_wrong_mark_of_the_kind_of_body_is_mended(types: TypeTable, printed: str, name: str) -> None:
    assert _read(types, printed) == ("", name)
