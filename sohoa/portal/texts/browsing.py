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
    "gaps": ("Còn thiếu: {gaps}", "Missing: {gaps}"),
}
