"""The texts of the review, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "queue": ("Chờ thẩm định", "Waiting for review"),
    "queue_none": ("Không có văn bản nào chờ.", "Nothing waits."),
    "queue_first": ("{count} văn bản đầu tiên", "The first {count} records"),
    "candidate": ("Giá trị có khả năng", "Likely value"),
    "doubts": ("Điều chưa chắc", "In doubt"),
    "review_done": ("Văn bản này không còn gì phải quyết định.", "Nothing is left to decide on this record."),
    "next_waiting": ("Văn bản tiếp theo", "The next record"),
    "to_queue": ("Về danh sách chờ", "Back to the queue"),
    "take_candidate": ("Lấy giá trị này", "Take this value"),
    "accept": ("Đúng như đã đọc", "Right as it was read"),
    "accept_doubt": ("Đã xem, chấp nhận", "Looked at, accepted"),
    "correct": ("Sửa thành", "Correct to"),
    "correct_button": ("Lưu giá trị", "Save the value"),
    "paper_shows_none": ("Văn bản không thể hiện", "The paper shows none"),
    "reject": ("Không dùng được", "Not usable"),
    "reject_why": ("Lý do (quét hỏng, sai văn bản …)", "Why (bad scan, wrong paper …)"),
    "reject_button": ("Đưa ra khỏi kho", "Take out of the archive"),
    "crop": ("Ảnh chỗ đọc {field}", "Picture of where {field} was read"),
    "keys": (
        "Phím 1–9 chọn giá trị, Enter lưu ô đang gõ.",
        "Keys 1–9 choose a value, Enter saves what is typed.",
    ),
    "decided": ("Đã ghi. Phiên bản {version}.", "Written. Version {version}."),
    "elsewhere": (
        "Việc này làm bằng lệnh: sohoa review show {record_id}",
        "This is done in the shell: sohoa review show {record_id}",
    ),
}
