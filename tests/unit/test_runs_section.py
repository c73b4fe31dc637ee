"""What stands above the figures on Airflow's page."""

from __future__ import annotations

from typing import Any

from sohoa.orchestration.runs_section import with_runs

_PAGE = "<!doctype html><html><body class='x'><h1>Độ phủ</h1></body></html>"
_RUN = {
    "failed": False, "pages": 7, "seconds": 3.5, "finished_at": "2026-06-30T13:00:00+00:00",
    "documents": [{"state": "archived", "key": "H1/lo/ten-rieng.pdf"}],
    "states": {"archived": 5, "failed": 0, "quarantined": 1},
}  # fmt: skip
_ROW = {
    "name": "bao-cao", "kind": "https", "place": "https://a.example/", "waiting": 1, "uncertain": 0,
    "dispatches": [
        {
            "day": "2026-06-29", "standing": "waiting", "attempts": 3, "detail": "<b>HTTP 503</b>",
            "changed_at": "2026-06-30T14:00:00+00:00",
        },
    ],
}  # fmt: skip
_DELIVERIES = {"snapshot": {"day": "2026-06-29", "sha256": "ab"}, "deliveries": [_ROW]}


def test_it_tells_snapshot_run_and_deliveries_before_the_figures() -> None:
    """Days and moments as in Vietnam, states in words, no name of a paper, nothing of others as markup."""
    page = with_runs(_PAGE, _RUN, _DELIVERIES)
    before, _, _ = page.partition("<h1>")
    assert before.startswith("<!doctype html><html><body class='x'><style>")
    for said in (
        *("thành công, 30/06/2026 20:00:00", "đến hết ngày 29/06/2026", "1 số liệu chờ gửi"),
        *("đã lưu trữ", "giữ riêng", "chờ gửi · waiting", "&lt;b&gt;HTTP 503&lt;/b&gt;"),
    ):
        assert said in before
    assert "ten-rieng" not in page
    assert "<summary class='bad'>" in page


def test_a_failed_run_says_why() -> None:
    """The sentence of the error stands there as text."""
    failed: dict[str, Any] = {"failed": True, "error": "NoSpace: <disk>", "finished_at": _RUN["finished_at"]}
    page = with_runs(_PAGE, failed, {})
    assert "không thành công" in page
    assert "NoSpace: &lt;disk&gt;" in page


def test_nothing_yet_is_said_too() -> None:
    """Before the first night, also where the page has no body."""
    page = with_runs("<p>Chưa có</p>", {}, {})
    assert "Chưa có lần chạy nào" in page
    assert "chưa công bố số liệu" in page
    assert page.endswith("<p>Chưa có</p>")
