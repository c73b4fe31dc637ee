"""The texts of browsing, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "browse": ("Duyệt kho theo cơ quan", "Browse by agency"),
    "browse_none": ("Chưa có văn bản nào trong phạm vi của bạn.", "There are no records in your scope yet."),
    "years": ("Theo năm ban hành", "By year of issue"),
    "without_year": ("chưa rõ năm", "year not known"),
    "all_of_agency": ("Tất cả văn bản của cơ quan", "All records of the agency"),
    "dossier_named": ("Hồ sơ {code}", "File {code}"),
    "dossier_documents": ("{documents} văn bản, {pages} trang", "{documents} documents, {pages} pages"),
    "dossier_empty": (
        "Hồ sơ này chưa có văn bản nào bạn được xem.",
        "The file has no record that you may see.",
    ),
    "gaps": ("Chỗ chưa khớp", "What does not agree"),
    "gaps_here": ("{total} chỗ chưa khớp", "{total} gaps"),
    "lack": ("còn thiếu {total} so với số đã khai báo", "{total} declared ones are not here"),
    "gap_documents": (
        "Mục lục ghi {what} văn bản, trong kho có {here}.",
        "The list says {what} documents, {here} are here.",
    ),
    "gap_pages": (
        "Mục lục ghi {what} trang, trong kho có {here}.",
        "The list says {what} pages, {here} are here.",
    ),
    "gap_missing": ("Thiếu số thứ tự: {what}.", "Ordinals missing: {what}."),
    "gap_twice": ("Số thứ tự bị trùng: {what}.", "Ordinals given twice: {what}."),
    "gap_unlisted": ("Không có trong mục lục nào đã nhập.", "It is in no imported list."),
}
