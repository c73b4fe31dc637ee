"""The coverage page inside Airflow's web UI, for people who are logged in.

It shows the figures of now, the newest snapshot, what became of the last run, and how deliveries stand.
"""

from __future__ import annotations

import json
from pathlib import Path

from airflow.api_fastapi.core_api.security import requires_authenticated
from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse

from sohoa.orchestration.runs_section import with_runs
from sohoa.settings import load_settings

# The snapshot is a plain page: nothing may be loaded or run, and only Airflow's own pages may frame it.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_RUNS = ("last-run.json", "deliveries.json")
_NOTHING_YET = (
    "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Độ phủ số hoá</title>"
    "<body><p>Chưa có báo cáo: chạy DAG <code>coverage_report</code>.</p>"
    "<p lang='en'>No snapshot yet: run the DAG <code>coverage_report</code>.</p></html>"
)

app = FastAPI(title="Độ phủ số hoá", docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/coverage", dependencies=[Depends(requires_authenticated())])
def coverage() -> HTMLResponse:
    """The coverage of now, below what the last run left."""
    reports = load_settings().home / "reports"
    page = _text(reports / "coverage.html") or _NOTHING_YET
    last_run, deliveries = (json.loads(_text(reports / name) or "{}") for name in _RUNS)
    return HTMLResponse(with_runs(page, last_run, deliveries), headers=_HEADERS)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


@app.get("/portal", dependencies=[Depends(requires_authenticated())])
def portal() -> RedirectResponse:
    """The archivists' portal, where the settings say that it is."""
    return RedirectResponse(load_settings().portal.address, headers={"Cache-Control": "no-store"})
