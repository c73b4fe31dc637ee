"""The texts of the review, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "queue": ("Chờ thẩm định", "Waiting for review"),
    "queue_none": ("Không có văn bản nào chờ.", "Nothing waits."),
    "queue_first": ("{count} văn bản đầu tiên", "The first {count} records"),
    "queue_of": ("Cơ quan", "Agency"),
    "queue_all": ("Tất cả cơ quan", "All agencies"),
    "queue_mine": ("Chỉ việc của tôi", "Only my work"),
    "queue_show": ("Xem", "Show"),
    "assign": ("Giao việc", "Give work"),
    "assign_choose": ("Giao văn bản này", "Give this record"),
    "assign_to": ("Giao cho", "Give to"),
    "assign_step": ("Bước", "Step"),
    "assign_button": ("Giao các văn bản đã chọn", "Give the chosen records"),
    "assigned": ("Đã giao {count} văn bản.", "{count} records were given."),
    "assign_hint": (
        "Nhập liệu và hai lần kiểm tra phải do ba người khác nhau làm.",
        "Entry and both checks need three different persons.",
    ),
    "step_entry": ("nhập liệu", "entry"),
    "step_first_check": ("kiểm tra lần 1", "first check"),
    "step_second_check": ("kiểm tra lần 2", "second check"),
    "my_step": ("Việc của bạn: {step}.", "Your work: {step}."),
    "check_done": ("Đã kiểm tra, đúng", "Checked, all right"),
    "review_done": ("Văn bản này không còn gì phải quyết định.", "Nothing is left to decide on this record."),
    "next_waiting": ("Văn bản tiếp theo", "The next record"),
    "later": ("Để sau, xem văn bản tiếp theo (→)", "Later: the next record (→)"),
    "to_queue": ("Về danh sách chờ", "Back to the queue"),
    "accept_all": (
        "Cả {count} điều chưa chắc đều đúng như đã đọc",
        "All {count} doubts are right as they were read",
    ),
    "accept_doubt": ("Đã xem, chấp nhận", "Looked at, accepted"),
    "correct": ("Sửa thành", "Correct to"),
    "correct_button": ("Lưu giá trị", "Save the value"),
    "paper_shows_none": ("Văn bản không thể hiện", "The paper shows none"),
    "reject": ("Không dùng được", "Not usable"),
    "reject_why": ("Lý do (quét hỏng, sai văn bản …)", "Why (bad scan, wrong paper …)"),
    "reject_button": ("Đưa ra khỏi kho", "Take out of the archive"),
    "crop": ("Ảnh chỗ đọc {field}", "Picture of where {field} was read"),
    "keys": (
        "Phím 1–9 chọn giá trị; ↑ ↓ sang ô khác; 0 để gõ, Enter lưu; → để sau.",
        "Keys 1–9 choose a value; ↑ ↓ move between fields; 0 to type, Enter saves; → leaves it for later.",
    ),
    "decided": ("Đã ghi. Phiên bản {version}.", "Written. Version {version}."),
    "changed_meanwhile": (
        "Người khác vừa sửa văn bản này. Quyết định của bạn chưa được ghi; hãy xem lại rồi quyết định.",
        "Somebody else has just changed this record. Your decision was not written; look again, then decide.",
    ),
    "kept_value": (
        "Phiên làm việc đã hết khi bạn gửi. Giá trị bạn gõ còn trong ô; hãy xem lại rồi lưu.",
        "The session had ended when you sent it. What you typed is in its field; look again, then save.",
    ),
    "no_network": (
        "Chưa gửi được vì mất kết nối. Quyết định được giữ trên trang này và tự gửi khi có kết nối.",
        "Not sent: there is no connection. The decision stays on this page and is sent when there is one.",
    ),
    "arrange": ("Tách, ghép, xếp hồ sơ", "Split, merge, put into a hồ sơ"),
    "refused_value_day": (
        "Ngày phải viết như 31/01/2024, có trong lịch và không ở tương lai.",
        "A date is written like 31/01/2024, is in the calendar and not in the future.",
    ),
    "refused_value_number": (
        "Số văn bản gồm chữ số, sau đó nhiều nhất một chữ cái hoặc «bis».",
        "A number consists of digits, followed by a letter or “bis” at most.",
    ),
    "refused_value_notation": (
        "Ký hiệu viết như QĐ-UBND, không kèm số.",
        "A notation is written like QĐ-UBND, without the number.",
    ),
    "refused_value_type": (
        "Loại văn bản phải có trong danh mục; hãy chọn trong danh sách.",
        "The type must be one of the list; choose from it.",
    ),
    "refused_value_agency": (
        "Mã cơ quan phải có trong danh mục cơ quan.",
        "The code must be in the register of agencies.",
    ),
    "refused_value_mark": ("Hãy chọn một giá trị trong danh sách.", "Choose a value of the list."),
    "refused_value_count": ("Phải là số nguyên lớn hơn 0.", "It must be a whole number above 0."),
    "refused_value": (
        "Giá trị này không dùng được. Hãy kiểm tra lại cách viết.",
        "This value cannot be. Check how it is written.",
    ),
    "refused_missing_value": ("Chưa có giá trị nào để xác nhận.", "There is no value to confirm."),
    "refused_why": ("Hãy ghi lý do.", "Say why."),
    "refused_why_words": (
        "Lý do không được bắt đầu bằng “disposed:” hoặc “superseded by”.",
        "A reason does not begin with “disposed:” or “superseded by”.",
    ),
    "refused_withdrawn": ("Văn bản đã được đưa ra khỏi kho.", "The record was taken out of the archive."),
    "refused_superseded": (
        "Văn bản đã được tách hoặc ghép thành văn bản khác.",
        "The record was split or merged into others.",
    ),
    "refused_same_number": (
        "Văn bản này không trùng số với văn bản nào nữa.",
        "The record shares its number with no other any more.",
    ),
    "refused_step": (
        "Bước này phải do người khác làm: nhập liệu và mỗi lần kiểm tra cần người khác nhau.",
        "This step needs another person: entry and each check are done by different ones.",
    ),
    "refused_anonymous": ("Chỉ người có tên mới được quyết định.", "Only a named person decides."),
    "refused_role": ("Người này không có quyền thẩm định.", "This person may not review."),
}
