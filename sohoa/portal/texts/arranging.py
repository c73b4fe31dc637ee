"""The texts of splitting, merging and attaching, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "back_to_review": ("Về phần thẩm định", "Back to the review"),
    "arranged": ("Đã ghi.", "Written."),
    "split": ("Tách thành nhiều văn bản", "Split into several records"),
    "split_hint": (
        "Bấm vào chỗ giữa hai trang, nơi một văn bản khác bắt đầu.",
        "Click between two pages, where another document begins.",
    ),
    "split_here": ("Văn bản khác bắt đầu từ trang {number}", "Another document begins with page {number}"),
    "split_button": ("Tách", "Split"),
    "one_page": ("Văn bản chỉ có một trang.", "The record has one page only."),
    "merge": ("Ghép với phần khác của cùng tệp", "Merge with other parts of the same file"),
    "merge_part": ("trang {pages}", "pages {pages}"),
    "merge_button": ("Ghép", "Merge"),
    "this_record": ("văn bản này", "this record"),
    "attach": ("Xếp vào hồ sơ", "Put into a hồ sơ"),
    "attach_held": ("Đang ở hồ sơ: {codes}", "It is in: {codes}"),
    "attach_none": ("Chưa ở hồ sơ nào.", "It is in no hồ sơ."),
    "attach_code": ("Mã hồ sơ", "Code of the hồ sơ"),
    "attach_ordinal": ("Số thứ tự (không bắt buộc)", "Ordinal (may be left out)"),
    "attach_button": ("Xếp vào", "Put into it"),
    "no_such_dossier": (
        "Cơ quan không có hồ sơ mang mã này. Hãy chọn trong danh sách.",
        "The agency has no hồ sơ of this code. Choose from the list.",
    ),
    "why": ("Lý do", "Why"),
    "refused_pages": (
        "Không ghép hay tách được như vậy: các phần phải liền nhau và thuộc cùng một tệp.",
        "This cannot be split or merged so: parts must follow each other and be of one file.",
    ),
}
