"""Names of fields in Vietnamese, as the regulations print them (TT 05, NĐ 30), in the order people read.

``LABELS`` are the fields that a person may set; other values follow from them.
"""

from __future__ import annotations

from types import MappingProxyType

LABELS = MappingProxyType(
    {
        "type_name": "Tên loại",
        "code_number": "Số",
        "code_notation": "Ký hiệu",
        "issued_date": "Ngày ban hành",
        "organ_name": "Cơ quan ban hành",
        "subject": "Trích yếu",
        "parent_organ_name": "Cơ quan chủ quản",
        "issued_place": "Địa danh",
        "authority": "Thẩm quyền ký",
        "signer_name": "Người ký",
        "signer_position": "Chức vụ",
        "recipients": "Nơi nhận",
        "urgency": "Mức độ khẩn",
        "copy_form": "Hình thức bản sao",
        "arrival_number": "Số đến",
        "arrival_date": "Ngày đến",
        "autograph": "Bút tích",
        "number_of_page": "Số trang",
        "language": "Ngôn ngữ",
        "authority_id": "Mã cơ quan ban hành",
        "draft": "Dự thảo",
    }
)


_SHOWN_ONLY = MappingProxyType(
    {
        "type_code": "Mã loại",
        "code": "Số, ký hiệu",
        "file_code": "Mã hồ sơ",
        "doc_ordinal": "Số thứ tự trong hồ sơ",
    }
)


def label(name: str) -> str:
    """The Vietnamese name of a field; the identifier itself where it has none."""
    return LABELS.get(name) or _SHOWN_ONLY.get(name, name)
