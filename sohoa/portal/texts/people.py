"""The texts of accounts and second factors, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "nav_people": ("Tài khoản", "Accounts"),
    "people": ("Tài khoản người dùng", "Accounts"),
    "people_help": (
        "Mật khẩu cấp lần đầu chỉ hiện một lần. Tài khoản mở khi quản trị viên khác xác nhận quyền.",
        "The first password is shown once. The account opens when another administrator says yes.",
    ),
    "people_back": ("Mọi tài khoản", "All accounts"),
    "account_new": ("Lập tài khoản", "Make an account"),
    "account_make": ("Lập tài khoản", "Make the account"),
    "account_agencies": (
        "Mã cơ quan, cách nhau bằng dấu phẩy; để trống: mọi cơ quan",
        "Codes of agencies with commas in between; empty: all agencies",
    ),
    "account_levels": (
        "Chế độ sử dụng (01 rộng rãi, 02 hạn chế)",
        "Levels of use (01 public, 02 restricted)",
    ),
    "account_linked": ("đăng nhập qua dịch vụ chung", "signs in by the common service"),
    "account_password": (
        "Mật khẩu cấp lần đầu, chỉ hiện lần này. Hãy đưa tận tay người dùng.",
        "The first password, shown this once. Hand it to the person.",
    ),
    "account_reset": ("Cấp mật khẩu mới", "Give a new password"),
    "account_reset_help": (
        "Mọi phiên và mã truy cập API kết thúc; xác thực hai bước được tắt; tài khoản bị khóa được mở.",
        "All sessions and tokens end, the second factor is off, a disabled account opens.",
    ),
    "account_link": ("Gắn với dịch vụ đăng nhập chung", "Sign in by the common service"),
    "account_link_help": (
        "Người dùng đăng nhập qua dịch vụ chung thay cho mật khẩu. Họ thấy mã định danh khi thử đăng nhập.",
        "The person signs in there instead of a password. They are shown their identifier when they try.",
    ),
    "account_subject": ("Mã định danh", "Identifier"),
    "account_disable": ("Khóa tài khoản", "Disable the account"),
    "account_disable_help": (
        "Không ai đăng nhập được nữa; mọi phiên làm việc và mã truy cập API kết thúc ngay.",
        "Nobody signs in any more; all sessions and tokens end at once.",
    ),
    "roles": ("Vai trò", "Roles"),
    "rights_ask": ("Đề nghị quyền này", "Ask for these rights"),
    "rights_login": (
        "Tên đăng nhập gồm 2 đến 32 ký tự a–z, 0–9, dấu chấm, gạch; bắt đầu bằng chữ.",
        "A login has 2 to 32 of a–z, 0–9, dot, dash, underline, and begins with a letter.",
    ),
    "rights_name": ("Hãy nhập họ tên (tối đa 100 ký tự).", "A name of 1 to 100 letters is needed."),
    "rights_roles": ("Hãy chọn ít nhất một vai trò.", "Choose one role at least."),
    "rights_agency": ("Có mã cơ quan không có trong danh mục.", "One of the codes is of no agency."),
    "rights_agency_needed": ("Cán bộ cơ quan phải thuộc một cơ quan.", "An officer belongs to an agency."),
    "rights_modes": ("Hãy chọn chế độ sử dụng.", "Choose a level of use."),
    "rights_account": (
        "Tên đăng nhập hoặc họ tên này đã có tài khoản.",
        "There is an account of that login or that name.",
    ),
    "rights_subject": ("Hãy nhập mã định danh.", "Give the identifier."),
    "rights_identity": (
        "Mã định danh này đã gắn với một tài khoản khác.",
        "Another account is that person's.",
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
