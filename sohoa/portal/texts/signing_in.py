"""The texts of signing in, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "sign_in": ("Đăng nhập", "Sign in"),
    "login": ("Tên đăng nhập", "Login"),
    "password": ("Mật khẩu", "Password"),
    "sign_in_failed": (
        "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đang tạm khóa.",
        "Login or password is wrong, or the account is locked for a while.",
    ),
    "too_many_tries": (
        "Quá nhiều lần thử từ máy này. Hãy thử lại sau {minutes} phút.",
        "Too many tries from this machine. Try again in {minutes} minutes.",
    ),
    "sign_in_help": (
        "Quên mật khẩu: hãy nhờ quản trị viên cấp mật khẩu mới.",
        "Password forgotten: ask an administrator for a new one.",
    ),
    "sign_in_elsewhere": ("Đăng nhập bằng {label}", "Sign in by {label}"),
    "or_here": ("hoặc bằng tài khoản của cổng này", "or by an account of this portal"),
    "elsewhere_away": (
        "Dịch vụ đăng nhập chung không trả lời. Hãy thử lại sau ít phút.",
        "The common sign-in service does not answer. Try again in some minutes.",
    ),
    "elsewhere_not_begun": (
        "Lần đăng nhập này không bắt đầu từ trình duyệt này hoặc đã quá 10 phút. Hãy bấm đăng nhập lại.",
        "This sign-in was not begun in this browser, or more than 10 minutes ago. Begin again.",
    ),
    "elsewhere_not_proved": (
        "Dịch vụ đăng nhập chung không xác nhận được bạn là ai. Hãy thử lại; nếu vẫn lỗi, báo quản trị viên.",
        "The common sign-in service did not prove who you are. Try again, or tell an administrator.",
    ),
    "elsewhere_not_linked": (
        "Chưa có tài khoản đang mở nào gắn với bạn. Hãy gửi quản trị viên mã định danh này: {subject}",
        "No open account is yours. Give an administrator this identifier: {subject}",
    ),
    "elsewhere_second_factor": (
        "Vai trò của bạn cần xác thực hai bước. Hãy bật xác thực hai bước ở dịch vụ đăng nhập chung.",
        "Your role needs a second factor. Turn it on at the common sign-in service.",
    ),
    "signs_in_elsewhere": (
        "Tài khoản này đăng nhập qua dịch vụ chung: mật khẩu và xác thực hai bước được đổi ở đó.",
        "This account signs in by the common service: password and second factor are changed there.",
    ),
    "old_password": ("Mật khẩu hiện tại", "Present password"),
    "new_password": ("Mật khẩu mới", "New password"),
    "new_password_again": ("Mật khẩu mới, nhập lại", "New password, once more"),
    "password_rule": (
        "Ít nhất 12 ký tự; nên dùng vài từ không liên quan đến nhau.",
        "At least 12 characters; best are several words that have nothing to do with each other.",
    ),
    "password_must_change": (
        "Đây là mật khẩu cấp lần đầu. Hãy chọn mật khẩu riêng để tiếp tục.",
        "This is a first password. Choose your own to go on.",
    ),
    "password_refused_password": (
        "Mật khẩu mới quá ngắn hoặc quá dễ đoán.",
        "The new password is too short or too easy to guess.",
    ),
    "password_refused_old_password": (
        "Mật khẩu hiện tại không đúng.",
        "The present password is wrong.",
    ),
    "password_refused_same_password": (
        "Mật khẩu mới phải khác mật khẩu hiện tại.",
        "The new password must differ from the present one.",
    ),
    "password_refused_again": (
        "Hai lần nhập mật khẩu mới không giống nhau.",
        "The new password was not typed the same twice.",
    ),
    "save": ("Lưu", "Save"),
    "session_ended": ("Phiên làm việc đã kết thúc", "The session has ended"),
    "session_ended_text": (
        "Chưa có gì được ghi. Hãy đăng nhập (mở ở thẻ khác), rồi quay lại trang này.",
        "Nothing was written. Sign in (it opens in another tab), then come back to this page.",
    ),
    "session_kept": ("Bạn đã gõ:", "You typed:"),
    "session_go_on": ("Đã đăng nhập, tiếp tục", "I have signed in, go on"),
}
