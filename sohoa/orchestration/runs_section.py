"""What stands above the figures on Airflow's page: the newest snapshot, the last run, the deliveries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from html import escape
from typing import Any

from sohoa.domain.local_time import shown

_STYLE = (
    "<style>.runs{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:0 auto 1.5rem;padding:.5rem 0;"
    "border-bottom:1px solid #d5dce3;overflow-x:auto}.runs summary{cursor:pointer}"
    ".runs table{border-collapse:collapse;margin:.5rem 0 1rem;width:100%}.runs th,.runs td{text-align:left;"
    "padding:.25rem .4rem .25rem 0;border-bottom:1px solid #d5dce3;vertical-align:top;"
    "white-space:pre-line;overflow-wrap:anywhere;min-width:4.9rem;"
    "font-size:.85em}.runs code{overflow-wrap:anywhere}"
    ".runs h2{font-size:1rem;margin:1rem 0 0}.runs .bad{color:#b42318;font-weight:600}"
    "@media print{.runs{display:none}}</style>"
)
_STANDING = {
    "waiting": "chờ gửi · waiting",
    "delivered": "đã gửi · delivered",
    "uncertain": "không rõ đã đến chưa · uncertain",
}
_STATES = {
    "archived": "đã lưu trữ",
    "pending": "chờ xử lý",
    "needs_review": "chờ người xem lại",
    "quarantined": "giữ riêng vì dấu chỉ mức độ mật",
    "rejected": "không nhận được",
    "failed": "lỗi, sẽ thử lại",
    "duplicate": "trùng",
    "companion": "tệp kèm theo",
}


def with_runs(page: str, last_run: Mapping[str, Any], deliveries: Mapping[str, Any]) -> str:
    """The page with the section at the top of its body, closed but for its first line."""
    section = _section(last_run, deliveries)
    opened, count = re.subn(r"<body[^>]*>", lambda found: found[0] + section, page, count=1)
    return opened if count else section + page


def _section(last_run: Mapping[str, Any], deliveries: Mapping[str, Any]) -> str:
    waiting = sum(row["waiting"] + row["uncertain"] for row in deliveries.get("deliveries", ()))
    bad = "bad" if last_run.get("failed") or waiting else ""
    line = f"{_outcome(last_run)} · {_snapshot(deliveries)} · {waiting} số liệu chờ gửi"
    parts = (_run(last_run), _published(deliveries), _deliveries(deliveries))
    return f"{_STYLE}<details class='runs'><summary class='{bad}'>{line}</summary>{''.join(parts)}</details>"


def _outcome(last_run: Mapping[str, Any]) -> str:
    if not last_run:
        return "Chưa có lần chạy nào"
    how = "không thành công" if last_run["failed"] else "thành công"
    return f"Lần chạy gần nhất {how}, {_moment(last_run['finished_at'])}"


def _snapshot(deliveries: Mapping[str, Any]) -> str:
    snapshot = deliveries.get("snapshot")
    return f"số liệu đến hết ngày {_day(snapshot['day'])}" if snapshot else "chưa công bố số liệu"


def _run(last_run: Mapping[str, Any]) -> str:
    title = "<h2>Lần chạy gần nhất · Last run</h2>"
    if last_run.get("failed"):
        return f"{title}<p class='bad'>{escape(str(last_run['error']))}</p>"
    if not last_run:
        return ""
    done = Counter(one["state"] for one in last_run["documents"])
    rows = (
        (_STATES.get(state, state), done[state], number)
        for state, number in last_run["states"].items()
        if number or done[state]
    )
    figures = f"<p>{last_run['pages']} trang, {str(last_run['seconds']).replace('.', ',')} giây.</p>"
    return title + figures + _table(("Trạng thái", "Lần chạy này", "Trong hộp nhận"), rows)


def _published(deliveries: Mapping[str, Any]) -> str:
    snapshot = deliveries.get("snapshot")
    if not snapshot:
        return ""
    text = f"<p>Đến hết ngày {_day(snapshot['day'])}, SHA-256 <code>{escape(snapshot['sha256'])}</code></p>"
    return "<h2>Số liệu đã công bố · Published snapshot</h2>" + text


def _deliveries(deliveries: Mapping[str, Any]) -> str:
    title = "<h2>Nơi nhận số liệu · Deliveries</h2>"
    rows = [
        (
            f"{row['name']} ({row['kind'] or 'không còn cấu hình'})\n{row['place'] or ''}",
            _day(one["day"]),
            f"{_STANDING[one['standing']]}\n{one['attempts']} lần, {_moment(one['changed_at'])}",
            one["detail"],
        )
        for row in deliveries.get("deliveries", ())
        for one in row["dispatches"]
    ]
    if not rows:
        return f"{title}<p>Chưa gửi đến nơi nào (config/deliveries.yaml).</p>"
    return title + _table(("Nơi nhận", "Số liệu ngày", "Tình trạng", "Trả lời"), rows)


def _moment(text: str) -> str:
    return shown(datetime.fromisoformat(text))


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    titles = "".join(f"<th>{escape(title)}</th>" for title in head)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(str(cell))}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><tr>{titles}</tr>{lines}</table>"
