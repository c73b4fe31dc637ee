"""The texts of errors and what is not available, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "not_found": ("Không có trang này", "There is no such page"),
    "not_found_text": (
        "Địa chỉ không đúng, hoặc tài liệu không có hay không thuộc quyền xem của bạn.",
        "The address is wrong, or what it names does not exist or is not for you to see.",
    ),
    "refused": ("Không thực hiện được", "This cannot be done"),
    "conflict": ("Người khác đã sửa trước", "Somebody else was first"),
    "conflict_text": (
        "Văn bản đã thay đổi sau khi bạn mở. Hãy xem lại rồi quyết định.",
        "The record was changed after you opened it. Look again, then decide.",
    ),
    "form_refused": (
        "Biểu mẫu không đến từ trang này hoặc đã cũ. Hãy tải lại trang rồi thử lại.",
        "The form did not come from this page or is old. Reload the page and try again.",
    ),
    "unavailable": ("Tạm thời chưa phục vụ được", "Not available for the moment"),
    "unavailable_text": (
        "Một dịch vụ của kho không trả lời. Trang sẽ hoạt động lại khi dịch vụ trở lại.",
        "A service of the archive does not answer. The page works again as soon as it is back.",
    ),
    "damaged": ("Dữ liệu đã lưu không nguyên vẹn", "What is stored is damaged"),
    "damaged_text": (
        "Tài liệu này không hiển thị được vì dữ liệu đã lưu khác với bảng kê. Hãy báo quản trị viên.",
        "This cannot be shown: what is stored is not what its manifest says. Tell an administrator.",
    ),
    "no_picture": (
        "Không vẽ được trang này. Phần chữ và thông tin mô tả vẫn xem được; hãy thử lại sau hoặc tải tệp về.",
        "This page cannot be drawn. Its text and fields are here; try again later, or download the file.",
    ),
    "internal": ("Lỗi không lường trước", "Unexpected error"),
    "internal_text": (
        "Chưa có gì bị mất. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên giờ xảy ra.",
        "Nothing is lost. Try again; if it fails again, tell an administrator when it happened.",
    ),
    "service_ledger": ("Sổ cái (đăng nhập, duyệt kho, thẩm định)", "Ledger (signing in, browsing, review)"),
    "service_index": ("Chỉ mục (tìm kiếm, duyệt kho)", "Index (search, browsing)"),
    "service_store": ("Kho tệp (ảnh trang, văn bản, tải về)", "Store (pictures, records, downloads)"),
    "works": ("hoạt động", "works"),
    "does_not_work": ("không trả lời", "does not answer"),
    "back_to_search": ("Về trang tìm kiếm", "Back to the search"),
    "try_again": ("Thử lại", "Try again"),
}
