"""The coverage page inside Airflow's web UI: the last snapshot, for people who are logged in."""

from __future__ import annotations

from airflow.api_fastapi.core_api.security import requires_authenticated
from fastapi import Depends, FastAPI
from fastapi.responses import HTMLResponse, RedirectResponse

from sohoa.settings import load_settings

# The snapshot is a plain page: nothing may be loaded or run, and only Airflow's own pages may frame it.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_NOTHING_YET = (
    "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Độ phủ số hoá</title>"
    "<p>Chưa có báo cáo: chạy DAG <code>coverage_report</code>.</p>"
    "<p lang='en'>No snapshot yet: run the DAG <code>coverage_report</code>.</p></html>"
)

app = FastAPI(title="Độ phủ số hoá", docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/coverage", dependencies=[Depends(requires_authenticated())])
def coverage() -> HTMLResponse:
    """The last coverage snapshot."""
    path = load_settings().home / "reports" / "coverage.html"
    page = path.read_text(encoding="utf-8") if path.is_file() else _NOTHING_YET
    return HTMLResponse(page, headers=_HEADERS)


@app.get("/portal", dependencies=[Depends(requires_authenticated())])
def portal() -> RedirectResponse:
    """The archivists' portal, where the settings say that it is."""
    return RedirectResponse(load_settings().portal.address, headers={"Cache-Control": "no-store"})
