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
    assert _read(types, *left) == ("UBND tỉnh Sông Lam", "Sở Nội vụ")


@pytest.mark.parametrize(("left", "name"), [
    (("SỞ NỘI VỤ -", "SỞ TÀI CHÍNH"), "Sở Nội vụ - Sở Tài chính"),
    (("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG -", "SỞ TÀI CHÍNH"), "Sở Nông nghiệp và Môi trường - Sở Tài chính"),
    (("SỞ TÀI CHÍNH -", "CỤC THUẾ TỈNH"), "Sở Tài chính - Cục Thuế tỉnh"),
    (("SỞ NỘI VỤ -", "BAN DÂN TỘC"), "Sở Nội vụ - Ban Dân tộc"),
    (("LIÊN ĐOÀN LAO ĐỘNG TỈNH -", "SỞ NỘI VỤ"), "Liên đoàn Lao động tỉnh - Sở Nội vụ"),
    (("BỘ CÔNG AN", "BỘ TƯ PHÁP", "BỘ QUỐC PHÒNG"), "Bộ Công an - Bộ Tư pháp - Bộ Quốc phòng"),
    (("SỞ NỘI VỤ", "SỞ TÀI CHÍNH"), "Sở Nội vụ - Sở Tài chính"),
    (("TÒA ÁN NHÂN DÂN TỐI CAO", "VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO"),
     "Tòa án nhân dân tối cao - Viện kiểm sát nhân dân tối cao"),
    (("ỦY BAN THƯỜNG VỤ", "QUỐC HỘI"), "Ủy ban Thường vụ Quốc hội"),
    (("TRƯỜNG THPT CHUYÊN", "ĐẠI LỘC"), "Trường THPT chuyên Đại Lộc"),
    (("TÒA ÁN NHÂN DÂN TỐI CAO-", "VIỆN KIỂM SÁT NHÂN DÂN TỐI", "CAO"),
     "Tòa án nhân dân tối cao - Viện kiểm sát nhân dân tối cao"),
    (("SỞ TÀI NGUYÊN VÀ MÔI", "TRƯỜNG"), "Sở Tài nguyên và Môi trường"),
    (("BAN CHỈ HUY", "PHÒNG THỦ DÂN SỰ"), "Ban Chỉ huy Phòng thủ dân sự"),
    (("NGÂN HÀNG CÔNG THƯƠNG", "CHI NHÁNH TỈNH SÔNG LAM"),
     "Ngân hàng Công Thương - Chi nhánh tỉnh Sông Lam"),
    (("BỘ CÔNG AN -", "TÒA ÁN NHÂN DÂN TỐI CAO"), "Bộ Công an - Tòa án nhân dân tối cao"),
])  # fmt: skip
def test_lines_of_one_issuer_are_its_name(types: TypeTable, left: tuple[str, ...], name: str) -> None:
    assert _read(types, *left) == ("", name)


@pytest.mark.parametrize(("printed", "name"), [
    ("SƠ NỘI VỤ", "Sở Nội vụ"),
    ("TRƯƠNG THCS TÂN LẬP", "Trường THCS Tân Lập"),
    ("BẢN NẬM MƯA", "Bản Nậm Mưa"),
])  # fmt: skip
def test_a_wrong_mark_of_the_kind_of_body_is_mended(types: TypeTable, printed: str, name: str) -> None:
    assert _read(types, printed) == ("", name)


@pytest.mark.parametrize(("left", "parent", "name"), [
    (("HUYỆN ĐOÀN TRÀ GIANG", "BCH ĐOÀN TRƯỜNG THPT TÂN LẬP"), "Huyện đoàn Trà Giang",
     "BCH Đoàn Trường THPT Tân Lập"),
    (("LIÊN ĐOÀN LAO ĐỘNG HUYỆN TRÀ GIANG", "CĐCS TRƯỜNG TIỂU HỌC TÂN LẬP"),
     "Liên đoàn Lao động huyện Trà Giang", "CĐCS Trường Tiểu học Tân Lập"),
    (("LĐLĐ HUYỆN TRÀ GIANG", "CÔNG ĐOÀN TRƯỜNG MN HOA SEN"), "LĐLĐ huyện Trà Giang",
     "Công đoàn Trường MN Hoa Sen"),
    (("TỈNH ĐOÀN SÔNG LAM", "BTV TỈNH ĐOÀN"), "Tỉnh đoàn Sông Lam", "BTV Tỉnh đoàn"),
    (("ĐẢNG ỦY XÃ TÂN LẬP", "CHI BỘ TRƯỜNG THCS TÂN LẬP"), "Đảng ủy xã Tân Lập",
     "Chi bộ Trường THCS Tân Lập"),
    (("PHÒNG GD&ĐT TRÀ GIANG", "TRƯỜNG TH&THCS TÂN LẬP"), "Phòng GD&ĐT Trà Giang", "Trường TH&THCS Tân Lập"),
    (("VIỆN KSND TỈNH SÔNG LAM", "VKSND HUYỆN TRÀ GIANG"), "Viện KSND tỉnh Sông Lam",
     "VKSND huyện Trà Giang"),
    (("BHXH VIỆT NAM", "BHXH TỈNH SÔNG LAM"), "BHXH Việt Nam", "BHXH tỉnh Sông Lam"),
    (("HĐND XÃ TÂN LẬP", "UBND XÃ TÂN LẬP"), "HĐND xã Tân Lập", "UBND xã Tân Lập"),
    (("UBND HUYỆN TRÀ GIANG", "VP HĐND VÀ UBND"), "UBND huyện Trà Giang", "VP HĐND và UBND"),
    (("BỘ TƯ LỆNH QUÂN KHU 5", "LỮ ĐOÀN 12"), "Bộ Tư lệnh Quân khu 5", "Lữ đoàn 12"),
    (("HỘI NÔNG DÂN VIỆT NAM", "BCH HỘI NÔNG DÂN TỈNH SÔNG LAM"), "Hội Nông dân Việt Nam",
     "BCH Hội Nông dân tỉnh Sông Lam"),
])  # fmt: skip
def test_heads_of_schools_unions_and_associations(
    types: TypeTable, left: tuple[str, ...], parent: str, name: str
) -> None:
    assert _read(types, *left) == (parent, name)


@pytest.mark.parametrize(("left", "vouched"), [
    (("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM"), True),
    (("BAN QUẢN LÝ DỰ ÁN HUYỆN", "TRÀ GIANG"), True),
    (("BAN QUẢN LÝ DỰ ÁN HUYỆN TRÀ GIANG", "ĐẦU TƯ XÂY DỰNG"), False),
])  # fmt: skip
def test_a_line_below_a_whole_places_name_may_be_another_agency(
    types: TypeTable, left: tuple[str, ...], vouched: bool
) -> None:
    """An agency whose kind no list has must not be joined to its parent for certain."""
    head = find_head(page(left=(*left, "Số: 12/QĐ-SNV"), right=MOTTO), types, CALIBRATION.pages)
    organ = read_organ(head, (), AGENCY_WORDS)
    assert organ is not None
    assert organ.vouched is vouched


@pytest.mark.parametrize(("printed", "listed"), [
    ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", True), ("SỞ GIÁO DỤC VÀ ĐÀO TAO", False), ("TRƯỜNG THCS TÂN LẬP", False),
])  # fmt: skip
def test_lists_confirm_what_was_read_as_they_write_it(types: TypeTable, printed: str, listed: bool) -> None:
    head = find_head(page(left=(printed, "Số: 12/QĐ-SNV"), right=MOTTO), types, CALIBRATION.pages)
    organ = read_organ(head, (), AGENCY_WORDS)
    assert organ is not None
    assert organ.listed is listed


@pytest.mark.parametrize("number", ["CĐ/STC", "202 PGTHPT", "Số NQ/UB", "Số 15 TB/TU", "15b QĐ/UB"])
def test_a_number_line_is_no_part_of_the_agency(types: TypeTable, number: str) -> None:
    """Nor where its number was left open or its label is not there."""
    assert _read(types, "UBND TỈNH SÔNG LAM", "SỞ TÀI CHÍNH", number)[1] == "Sở Tài chính"
