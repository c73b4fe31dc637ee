"""The texts of the auditor's page, Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "nav_events": ("Nhật ký", "Events"),
    "events": ("Nhật ký hoạt động", "Events"),
    "events_help": (
        "Mỗi việc là một mắt xích của chuỗi băm; lệnh sohoa verify kiểm tra toàn bộ chuỗi.",
        "Each act is a link of a hash chain; sohoa verify checks all chains.",
    ),
    "event_person": ("Người thực hiện", "Person"),
    "event_act": ("Việc", "Act"),
    "event_record": ("Mã văn bản", "Record id"),
    "event_at": ("Lúc", "When"),
    "event_details": ("Chi tiết", "Details"),
    "events_filter": ("Lọc", "Filter"),
    "events_total": ("{total} việc", "{total} events"),
    "events_none": ("Không có việc nào phù hợp.", "No event fits."),
    "events_older": ("Cũ hơn", "Older"),
    "events_export": ("Tải danh sách này (CSV)", "Download this list (CSV)"),
    "any_act": ("Mọi việc", "Any"),
}
