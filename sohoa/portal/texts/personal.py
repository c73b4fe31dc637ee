"""The texts of personal data that is shown for a purpose, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "personal_data": ("Dữ liệu cá nhân trong văn bản", "Personal data in the record"),
    "personal_purpose": ("Mục đích xem (được ghi vào nhật ký)", "Purpose (it is written down)"),
    "personal_show": ("Xem dữ liệu cá nhân", "Show personal data"),
    "personal_bad_purpose": ("Mục đích cần từ 10 đến 500 ký tự.", "A purpose has 10 to 500 letters."),
    "personal_noted": (
        "Đã ghi vào lịch sử văn bản: bạn xem dữ liệu cá nhân với mục đích “{purpose}”.",
        "It is written on the record that you saw this for: “{purpose}”.",
    ),
    "personal_none": ("Không tìm thấy dữ liệu cá nhân.", "No personal data was found."),
    "personal_page": ("Trang", "Page"),
    "personal_kind": ("Loại", "Kind"),
    "personal_value": ("Giá trị", "Value"),
    "personal_line": ("Dòng trên trang", "Line of the page"),
    "personal_identity_number": ("số định danh, CMND/CCCD", "identity number"),
    "personal_passport": ("số hộ chiếu", "passport"),
    "personal_bank_account": ("số tài khoản", "bank account"),
    "personal_tax_code": ("mã số thuế cá nhân", "tax code"),
    "personal_birth_date": ("ngày sinh", "date of birth"),
    "personal_phone": ("số điện thoại", "telephone"),
    "back_to_record": ("Về văn bản", "Back to the record"),
}
