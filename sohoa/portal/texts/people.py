"""The texts of accounts and second factors, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "nav_people": ("Tài khoản", "Accounts"),
    "people": ("Tài khoản người dùng", "Accounts"),
    "people_help": (
        "Lập tài khoản, đổi quyền, khóa và cấp lại mật khẩu bằng lệnh sohoa user trên máy chủ.",
        "Accounts are made, changed, disabled and reset by sohoa user in a shell of the site.",
    ),
    "person": ("Họ tên", "Name"),
    "rights": ("Quyền", "Rights"),
    "standing": ("Tình trạng", "State"),
    "sessions": ("Phiên đang mở", "Sessions"),
    "all_agencies": ("mọi cơ quan", "all agencies"),
    "levels": ("chế độ sử dụng {levels}", "levels {levels}"),
    "standing_active": ("đang dùng", "active"),
    "standing_disabled": ("đang khóa hoặc chờ xác nhận", "disabled, or waiting for confirmation"),
    "standing_locked": ("tạm khóa vì nhập sai mật khẩu", "locked after wrong passwords"),
    "standing_first_password": ("chưa đổi mật khẩu cấp lần đầu", "has a first password"),
    "standing_first_password_ended": ("mật khẩu cấp lần đầu đã hết hạn", "the first password has ended"),
    "rights_wait": ("Quyền chờ người thứ hai xác nhận", "Rights that wait for a second person"),
    "rights_wait_help": (
        "Quyền chỉ có hiệu lực khi một quản trị viên khác xác nhận.",
        "Rights count only when another administrator has confirmed them.",
    ),
    "rights_asked_by": ("{who} đề nghị", "asked by {who}"),
    "rights_confirm": ("Xác nhận", "Confirm"),
    "rights_second_person": (
        "Người đề nghị, và người được cấp quyền, không tự xác nhận được.",
        "Who asked for rights, and who gets them, cannot confirm them.",
    ),
    "rights_replaced": (
        "Quyền được đề nghị vừa thay đổi. Hãy xem lại rồi mới xác nhận.",
        "Other rights have been asked for meanwhile. Look at them before you confirm.",
    ),
    "rights_nothing_waits": (
        "Không còn quyền nào chờ xác nhận cho tài khoản này.",
        "Nothing waits for this account any more.",
    ),
    "code": ("Mã xác thực (6 chữ số)", "Code (6 digits)"),
    "code_if_set": (
        "Mã xác thực, nếu đã bật xác thực hai bước",
        "Code, if you have turned on the second factor",
    ),
    "second_factor": ("Xác thực hai bước", "Second factor"),
    "second_factor_must": (
        "Vai trò của bạn bắt buộc xác thực hai bước. Hãy bật để tiếp tục.",
        "Your role needs a second factor. Turn it on to go on.",
    ),
    "second_factor_help": (
        "Quét hình dưới đây bằng ứng dụng xác thực trên điện thoại, rồi nhập mã ứng dụng hiện ra.",
        "Scan the picture with an authenticator on your telephone, then type the code that it shows.",
    ),
    "second_factor_secret": ("Hoặc nhập khóa này vào ứng dụng:", "Or type this key into it:"),
    "second_factor_turn_on": ("Bật xác thực hai bước", "Turn on"),
    "second_factor_is_set": (
        "Đã bật. Mất điện thoại: nhờ quản trị viên cấp lại mật khẩu, xác thực hai bước sẽ được tắt.",
        "It is on. Telephone lost: an administrator's reset of the password takes it off.",
    ),
    "second_factor_refused_code": (
        "Mã không đúng. Hãy kiểm tra giờ trên điện thoại, quét lại hình mới rồi nhập mã.",
        "The code is wrong. Check the clock of the telephone, scan the new picture and type its code.",
    ),
    "second_factor_refused_old_password": ("Mật khẩu không đúng.", "The password is wrong."),
    "second_factor_refused_second_factor": (
        "Xác thực hai bước đã được bật, hoặc tài khoản vừa thay đổi.",
        "The second factor is on already, or the account was changed.",
    ),
    "role_operator": ("vận hành", "operator"),
    "role_reader": ("độc giả", "reader"),
    "role_officer": ("cán bộ cơ quan", "officer"),
    "role_archivist": ("lưu trữ viên", "archivist"),
    "role_reviewer": ("người thẩm định", "reviewer"),
    "role_security": ("bảo mật", "security"),
    "role_auditor": ("kiểm toán", "auditor"),
    "role_administrator": ("quản trị viên", "administrator"),
}
