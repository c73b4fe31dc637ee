"""What happened to a record, in words for archivists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sohoa.domain.archive.actions import Action
from sohoa.domain.fields import label
from sohoa.domain.review.queue import Step
from sohoa.ports import Event

Details = Mapping[str, Any]
STEPS: Mapping[str, str] = {
    Step.ENTRY: "nhập liệu",
    Step.FIRST_CHECK: "kiểm tra lần 1",
    Step.SECOND_CHECK: "kiểm tra lần 2",
}
"""The steps of the work on a record, as archivists call them."""


def event_sentence(event: Event) -> str:
    """What was done, in Vietnamese; empty for an action that this version does not know.

    An event without the details that its sentence needs is told by the name of its action.
    """
    tell = _SENTENCES.get(event.action)
    try:
        return tell(event.details) if tell else _WORDS.get(event.action, "")
    except KeyError:
        return _HEADS[event.action]


def action_words() -> Mapping[str, str]:
    """Every action in Vietnamese, by its code."""
    return {action.value: _WORDS.get(action) or _HEADS[action] for action in Action}


def _attached(details: Details) -> str:
    ordinal = details["ordinal"]
    return f"đưa vào hồ sơ {details['file_code']}" + (f", số thứ tự {ordinal}" if ordinal else "")


def _judged(verdict: str) -> Callable[[Details], str]:
    def tell(details: Details) -> str:
        own = "; văn bản này nằm trong mẫu" if details["drawn"] else ""
        return (
            f"lô {details['batch']} {verdict} theo mẫu: kiểm tra {details['size']} trên"
            f" {details['population']} văn bản, cho phép {details['accept_number']} lỗi,"
            f" có {details['defective']} lỗi; người kiểm tra: {', '.join(details['persons'])}{own}"
        )

    return tell


def _reweighed(details: Details) -> str:
    sentence = f"cân nhắc lại theo bằng chứng đến sau: {_labels(details['fields'])}"
    against = details["contradicted"]
    return f"{sentence}; mâu thuẫn ở: {_labels(against)}" if against else sentence


def _labels(names: Iterable[str]) -> str:
    return ", ".join(map(label, names))


_SENTENCES: Mapping[str, Callable[[Details], str]] = {
    Action.ATTACHED: _attached,
    Action.BATCH_ACCEPTED: _judged("được nghiệm thu"),
    Action.BATCH_REFUSED: _judged("không được nghiệm thu"),
    Action.REWEIGHED: _reweighed,
    Action.CORRECTED: lambda d: f"{label(d['field'])}: {d['old'] or '—'} → {d['new'] or '—'}",
    Action.CONFIRMED: lambda d: f"{label(d['field'])}: {d['value']}",
    Action.ASSIGNED: lambda d: f"{STEPS[d['step']]}: {d['to']}",
    Action.STEP_DONE: lambda d: STEPS[d["step"]],
    **dict.fromkeys(
        (Action.WITHDRAWN, Action.HELD, Action.HOLD_RELEASED, Action.DISPOSAL_PROPOSED, Action.DISPOSED),
        lambda d: str(d["reason"]),
    ),
}

_WORDS: Mapping[str, str] = {
    Action.RECEIVED: "tiếp nhận",
    Action.RECOGNISED: "nhận dạng chữ",
    Action.SCREENED: "rà dấu chỉ mức độ mật",
    Action.DESCRIBED: "mô tả",
    Action.SEALED: "ký số của cơ quan",
    Action.UNSEALED: "chưa ký số được, chờ ký sau",
    Action.RENEWED: "gia hạn dấu thời gian",
    Action.ARCHIVED: "đưa vào kho lưu trữ",
    Action.SETTLED: "ghi kết quả xử lý",
    Action.RETRIED: "đưa vào xử lý lại",
    Action.RELEASED: "cho qua dấu chỉ mức độ mật",
    Action.REMOVED: "gỡ khỏi nơi tiếp nhận",
    Action.DECIDED: "giải quyết nghi vấn",
    Action.REVISED: "lập phiên bản mới",
    Action.SPLIT_OFF: "tách từ một bản ghi khác",
    Action.SUPERSEDED: "được thay bằng bản ghi khác",
    Action.RESTORED: "khôi phục",
    Action.SAMPLE_DRAWN: "rút mẫu kiểm tra",
    Action.SAMPLE_CHECKED: "kiểm tra mẫu",
    Action.PERSONAL_DATA_SHOWN: "xem dữ liệu cá nhân",
    Action.ALIAS_FOUND: "ghi nhận tên gọi khác của cơ quan",
    Action.DOSSIERS_ENTERED: "nhập mục lục hồ sơ",
    Action.REGISTER_ENTERED: "nhập sổ đăng ký văn bản",
    Action.HOLDINGS_DECLARED: "khai báo số lượng lưu giữ",
    Action.SNAPSHOT_MADE: "chốt số liệu độ phủ",
    Action.SNAPSHOT_PUBLISHED: "công bố số liệu độ phủ",
    Action.DELIVERY_BEGUN: "bắt đầu gửi số liệu",
    Action.DELIVERED: "đã gửi số liệu",
    Action.DELIVERY_FAILED: "gửi số liệu không thành công",
    Action.DELIVERY_REOPENED: "cho gửi lại số liệu",
    Action.SIGNED_IN: "đăng nhập",
    Action.SIGN_IN_REFUSED: "đăng nhập không thành công",
    Action.SIGNED_OUT: "đăng xuất",
    Action.ACCOUNT_ADDED: "lập tài khoản",
    Action.RIGHTS_CHANGED: "đổi quyền của tài khoản",
    Action.RIGHTS_ASKED: "đề nghị đổi quyền của tài khoản",
    Action.ACCOUNT_DISABLED: "khoá tài khoản",
    Action.ACCOUNT_RESET: "cấp mật khẩu mới",
    Action.PASSWORD_CHANGED: "đổi mật khẩu",
    Action.SECOND_FACTOR_SET: "bật xác thực hai bước",
    Action.IDENTITY_LINKED: "gắn tài khoản với cổng đăng nhập chung",
    Action.TOKEN_MADE: "cấp mã truy cập API",
    Action.TOKEN_REVOKED: "thu hồi mã truy cập API",
    Action.SEARCHED: "tìm kiếm",
    Action.VIEWED: "xem",
    Action.PICTURE_VIEWED: "xem ảnh trang",
    Action.DOWNLOADED: "tải về",
    Action.EXPORTED: "xuất danh sách",
    Action.PRINTED: "in",
    Action.PACKED: "đóng gói để chuyển giao",
    Action.IMPORTED: "nhập từ gói chuyển đến",
    Action.REFUSED: "bị từ chối",
    Action.ACCESS_ASKED: "xin xem tài liệu hạn chế",
    Action.ACCESS_GRANTED: "chấp thuận cho xem tài liệu hạn chế",
    Action.ACCESS_DENIED: "từ chối cho xem tài liệu hạn chế",
    Action.AUDITED: "xem nhật ký hoạt động",
}
"""Actions that are told without their details."""

_HEADS: Mapping[str, str] = {
    Action.ATTACHED: "đưa vào hồ sơ",
    Action.BATCH_ACCEPTED: "nghiệm thu lô",
    Action.BATCH_REFUSED: "không nghiệm thu lô",
    Action.REWEIGHED: "cân nhắc lại theo bằng chứng đến sau",
    Action.CORRECTED: "sửa trường mô tả",
    Action.CONFIRMED: "xác nhận trường mô tả",
    Action.ASSIGNED: "giao việc",
    Action.STEP_DONE: "xong một bước",
    Action.WITHDRAWN: "thu hồi",
    Action.HELD: "tạm giữ, không sửa, không hủy",
    Action.HOLD_RELEASED: "hết tạm giữ",
    Action.DISPOSAL_PROPOSED: "đề nghị hủy",
    Action.DISPOSED: "hủy tài liệu",
}
"""Actions that are told with their details otherwise."""
