"""The texts of coverage and what stands behind it, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "coverage": ("Độ phủ số hoá", "Coverage of digitization"),
    "coverage_now": ("Số liệu tính đến lúc mở trang.", "Figures of the moment at which the page was opened."),
    "coverage_none": ("Chưa có số liệu.", "There are no figures yet."),
    "coverage_declared": ("Đã khai báo", "Declared"),
    "coverage_ratio": ("Tỷ lệ", "Share"),
    "coverage_year": ("Năm", "Year"),
    "coverage_no_year": ("chưa rõ năm", "year not known"),
    "coverage_total": ("Cộng", "Total"),
    "coverage_missing": ("Còn thiếu để đạt mục tiêu", "Missing to the target"),
    "figure_received": ("Đã vào kho", "Archived"),
    "figure_searchable": ("Tìm được", "Searchable"),
    "figure_signed": ("Đã ký số", "Signed"),
    "figure_complete": ("Đủ thông tin mô tả", "Fully described"),
    "figure_covered": ("Được tính", "Counted"),
    "figure_draft": ("Dự thảo", "Drafts"),
    "figure_not_covered": ("Chưa được tính", "Not counted yet"),
    "status_not_measurable": ("chưa đo được: chưa khai báo", "not measurable: nothing was declared"),
    "status_below_target": ("chưa đạt", "below the target"),
    "status_within_target": ("đạt", "within the target"),
    "status_above_target": ("vượt mục tiêu", "above the target"),
    "status_over_declared": ("lỗi khai báo: nhiều hơn số đã khai", "error: more than was declared"),
    "behind_none": ("Không có văn bản nào.", "There are no records."),
    "behind_hidden": ("Văn bản không thuộc quyền xem của bạn", "A record that is not for you to see"),
    "behind_next": ("Trang sau", "Next page"),
    "objects": ("Tệp đã gửi và việc cần làm", "Files that were sent, and what to do"),
    "objects_none": ("Không có tệp nào.", "There are no files."),
    "state_pending": ("Đang chờ xử lý", "Waiting to be processed"),
    "state_needs_review": ("Chờ thẩm định", "Waiting for review"),
    "state_rejected": ("Không nhận", "Rejected"),
    "state_failed": ("Xử lý chưa được", "Failed"),
    "state_duplicate": ("Trùng với tệp đã có", "The same as another file"),
    "state_quarantined": ("Tạm giữ vì dấu chỉ mức độ mật", "Held for a mark of secrecy"),
    "todo_pending": ("Không phải làm gì: đêm nay sẽ xử lý.", "Nothing: the next night takes them."),
    "todo_needs_review": (
        "Không phải làm gì: người thẩm định sẽ quyết định điều chưa chắc.",
        "Nothing: a reviewer decides what is doubtful.",
    ),
    "todo_rejected": (
        "Sửa tệp theo lý do ghi bên dưới rồi gửi lại với tên khác.",
        "Mend the file as its reason says, then send it again under another name.",
    ),
    "todo_failed": (
        "Sẽ được xử lý lại. Nếu vẫn còn ở đây sau vài đêm, báo quản trị viên.",
        "They are tried again. If they are still here after some nights, tell an administrator.",
    ),
    "todo_duplicate": (
        "Không phải làm gì: văn bản đã có trong kho. Nếu đó là văn bản khác, hãy quét lại.",
        "Nothing: the paper is in the archive already. If it is another one, scan it again.",
    ),
    "todo_quarantined": (
        "Không gửi lại. Văn bản mật được quản lý theo chế độ riêng: liên hệ người phụ trách bảo mật.",
        "Do not send them again. Secret papers are kept by their own rules: ask the security officer.",
    ),
}
