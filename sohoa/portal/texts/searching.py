"""The texts of the search page, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "search": ("Tìm", "Search"),
    "search_box": (
        'Từ cần tìm, số ký hiệu (374/QĐ-UBND) hoặc "cụm từ"',
        'Words, a number (374/QĐ-UBND) or a "phrase"',
    ),
    "search_help": (
        'Gõ có dấu hay không dấu đều được. "…" tìm cả cụm; -từ để loại; so:374 nam:2024 loai:"Quyết định".',
        'With or without marks. "…" finds a phrase; -word leaves out; so:374 nam:2024 loai:"Quyết định".',
    ),
    "agency": ("Cơ quan", "Agency"),
    "type": ("Loại văn bản", "Type"),
    "year": ("Năm", "Year"),
    "issued_from": ("Từ ngày", "From"),
    "issued_to": ("Đến ngày", "To"),
    "sort": ("Sắp xếp", "Order"),
    "sort_relevance": ("Phù hợp nhất", "Most fitting"),
    "sort_date": ("Mới nhất", "Newest first"),
    "any": ("Tất cả", "All"),
    "narrow": ("Thu hẹp", "Narrow down"),
    "more_filters": ("Lọc thêm", "More filters"),
    "found": ("{total} văn bản", "{total} records"),
    "found_none": ("Không tìm thấy văn bản nào", "No record was found"),
    "drop": ("Thử bỏ bớt điều kiện:", "Try without:"),
    "drop_one": ("{what}: {total} văn bản", "{what}: {total} records"),
    "drop_nothing": (
        "Hãy thử ít từ hơn, hoặc kiểm tra chính tả và số.",
        "Try fewer words, or check the spelling and the number.",
    ),
    "drop_date": ("khoảng ngày", "the dates"),
    "too_long": (
        "Câu hỏi quá dài ({length} ký tự, nhiều nhất {most}). Hãy gõ ngắn hơn.",
        "The question is too long ({length} characters, at most {most}). Type less.",
    ),
    "nothing_asked": (
        "Chưa có gì để tìm: hãy gõ từ, số ký hiệu, hoặc chọn cơ quan, loại, ngày.",
        "Nothing to search for: type words or a number, or choose agency, type or dates.",
    ),
    "bad_date": ("Ngày «{value}» không đúng; đã bỏ qua.", "«{value}» is no date; it was left out."),
    "page_of_another": (
        "Trang kết quả này thuộc về câu hỏi khác. Đây là trang đầu.",
        "That page of results belongs to another question. This is the first page.",
    ),
    "next_results": ("Kết quả tiếp theo", "Next results"),
    "first_results": ("Về trang đầu", "First results"),
    "remove": ("Bỏ {what}", "Remove {what}"),
    "no_title": ("(chưa có trích yếu)", "(no subject yet)"),
    "start_hint": (
        "Gõ / để vào ô tìm kiếm ở mọi trang.",
        "Type / to reach the search box on any page.",
    ),
}
