"""The texts of the frame of every page, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "portal": ("Kho lưu trữ số", "Digital archive"),
    "skip": ("Đến nội dung", "Skip to content"),
    "nav": ("Các trang chính", "Main pages"),
    "nav_search": ("Tìm kiếm", "Search"),
    "nav_browse": ("Duyệt kho", "Browse"),
    "nav_coverage": ("Độ phủ số hoá", "Coverage"),
    "nav_review": ("Thẩm định", "Review"),
    "other_language": ("English", "Tiếng Việt"),
    "sign_out": ("Đăng xuất", "Sign out"),
    "change_password": ("Đổi mật khẩu", "Change password"),
}
