"""The table of document types as data, and headings read against it."""

from __future__ import annotations

import pytest

from sohoa.domain.errors import Misconfigured
from sohoa.domain.extract.types import TypeTable, load_types


def test_the_law_is_complete(types: TypeTable) -> None:
    """29 types of Nghị định 30, 27 of them with an abbreviation of its own, and all codes 01 to 32."""
    decree = [kind for kind in types.types if kind.source == "nd30"]
    assert len(decree) == 29
    assert {kind.name for kind in decree if kind.name in ("Công văn", "Thư công")} == {"Công văn", "Thư công"}
    assert {kind.code for kind in types.types} == {f"{code:02d}" for code in range(1, 33)}


def test_abbreviations_keep_their_letters(types: TypeTable) -> None:
    """``DA`` and ``ĐA`` are different types; abbreviations from before 2020 are known."""
    names = {text: kind.name for text in ("DA", "ĐA", "QyĐ", "UQ", "GN") if (kind := types.abbreviated(text))}
    assert names == {
        "DA": "Dự án",
        "ĐA": "Đề án",
        "QyĐ": "Quy định",
        "UQ": "Giấy ủy quyền",
        "GN": "Bản ghi nhớ",
    }


@pytest.mark.parametrize(
    ("heading", "name", "rest"),
    [
        ("QUYẾT ĐỊNH", "Quyết định", ""),
        ("QUYÉT ĐỊNH:", "Quyết định", ""),
        ("THÔNG BẢO", "Thông báo", ""),
        ("THÔNG TƯ LIÊN TỊCH", "Thông tư liên tịch", ""),
        ("T Ờ  T R Ì N H", "Tờ trình", ""),
        ("BÁO CÁO TÌNH HÌNH SẢN XUẤT", "Báo cáo", "TÌNH HÌNH SẢN XUẤT"),
        ("KẾ HOẠCH LIÊN NGÀNH", "Kế hoạch", ""),
        ("HƯỚNG DẪN LIÊN TỊCH VỀ THU PHÍ", "Hướng dẫn", "VỀ THU PHÍ"),
        ("NGHỊ QUYẾT LIÊN TỊCH", "Nghị quyết liên tịch", ""),
        ("GIẤY MỜI HỌP", "Giấy mời", ""),
        ("CÔNG ĐIỆN KHẨN", "Công điện", ""),
        ("ĐIỆN KHẨN", "Công điện", ""),
        ("ĐIỆN", "Điện", ""),
        ("QUYẾT ĐỊNH SỐ 15/QĐ-UB", "Quyết định", ""),
        ("NGHỊ QUYẾT/RESOLUTION", "Nghị quyết", ""),
        ("THÔNG BÁO (NOTICE)", "Thông báo", ""),
        ("LUẬT ĐẤT ĐAI", "Luật", "ĐẤT ĐAI"),
        ("BỘ LUẬT DÂN SỰ", "Bộ luật", "DÂN SỰ"),
        ("GIẤY PHÉP LÁI XE", "Giấy phép", "LÁI XE"),
        ("ĐƠN XIN NGHỈ PHÉP", "Đơn", "NGHỈ PHÉP"),
    ],
)
def test_headings(types: TypeTable, heading: str, name: str, rest: str) -> None:
    """A heading is known with a wrong mark, a wrong letter, spaced out, or with the subject behind it."""
    found = types.of_heading(heading)
    assert found is not None
    assert (found[0].name, found[1]) == (name, rest)


@pytest.mark.parametrize("text", ["HD", "HDLT", "HDLN"])
def test_papers_of_several_issuers_have_the_type_of_one(types: TypeTable, text: str) -> None:
    """What tells of several issuers stands behind the short form of the type."""
    kind = types.abbreviated(text)
    assert kind is not None
    assert kind.name == "Hướng dẫn"


@pytest.mark.parametrize(
    "text",
    ["", "CHỦ TỊCH", "ỦY BAN NHÂN DÂN", "PHỤ LỤC", "ĐIỆN LỰC SÔNG LAM", "ĐƠN VỊ TƯ VẤN", "LỆNHH", "DỰ ÁNH"],
)
def test_no_heading(types: TypeTable, text: str) -> None:
    """Other lines in capitals are no type."""
    assert types.of_heading(text) is None


@pytest.mark.parametrize("data", [{}, {"types": []}, {"types": [{"name": "X"}]}, {"types": ["X"]}])
def test_faulty_table(data: dict[str, object]) -> None:
    """A faulty file stops the start and is named."""
    with pytest.raises(Misconfigured, match="document types"):
        load_types(data)
