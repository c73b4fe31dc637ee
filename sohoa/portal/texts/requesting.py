"""The texts of requests for restricted records, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "requests": ("Yêu cầu xem tài liệu hạn chế", "Requests for restricted records"),
    "requests_link": ("Xin xem tài liệu hạn chế", "Ask for a restricted record"),
    "requests_help": (
        "Nêu mã văn bản và lý do. Nếu được chấp thuận, bạn xem được văn bản trong thời hạn đã cho.",
        "Name the record's id and the reason. If granted, you see the record for the time that was given.",
    ),
    "request_record": ("Mã văn bản", "Record id"),
    "request_reason": ("Lý do", "Reason"),
    "request_send": ("Gửi yêu cầu", "Send"),
    "requests_mine": ("Yêu cầu của tôi", "My requests"),
    "requests_none": ("Chưa có yêu cầu nào.", "No request yet."),
    "requests_waiting": ("Chờ quyết định", "Waiting for a decision"),
    "request_of": ("{who} đề nghị lúc {time}", "asked by {who} at {time}"),
    "request_days": ("Số ngày (1–{most})", "Days (1–{most})"),
    "request_grant": ("Chấp thuận", "Grant"),
    "request_refuse": ("Từ chối", "Refuse"),
    "request_waiting": ("đang chờ", "waiting"),
    "request_refused": ("{who} từ chối", "refused by {who}"),
    "request_granted": ("{who} chấp thuận đến {until}", "granted by {who} until {until}"),
    "request_ended": ("{who} chấp thuận, đã hết hạn lúc {until}", "granted by {who}, ended at {until}"),
    "request_bad_record": ("Hãy nhập mã văn bản.", "Name the record's id."),
    "request_bad_reason": ("Lý do cần từ 10 đến 500 ký tự.", "A reason has 10 to 500 letters."),
    "request_bad_too_many": ("Đã có quá nhiều yêu cầu đang chờ.", "Too many requests wait already."),
    "request_bad_days": ("Thời hạn từ 1 đến 30 ngày.", "A grant is for 1 to 30 days."),
    "request_bad_decided": ("Yêu cầu này đã có người quyết định.", "Somebody has decided already."),
}
