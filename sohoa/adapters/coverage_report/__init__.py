"""Renders a coverage report: table, JSON, CSV, XLSX, HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sohoa.adapters.coverage_report.page import to_html
from sohoa.adapters.coverage_report.plain import as_data, to_csv, to_json
from sohoa.adapters.coverage_report.terminal import to_table
from sohoa.adapters.coverage_report.workbook import to_xlsx
from sohoa.domain.coverage.report import CoverageReport

__all__ = ["KINDS", "as_data", "render", "to_csv", "to_html", "to_json", "to_table", "to_xlsx"]


_RENDERERS: Mapping[str, Callable[[CoverageReport], bytes]] = {
    "json": to_json,
    "csv": to_csv,
    "xlsx": to_xlsx,
    "html": to_html,
}
KINDS = ("table", *_RENDERERS)


def render(report: CoverageReport, kind: str, width: int = 80) -> bytes:
    """The report in that format, a table in lines of ``width``; ValueError names the known formats."""
    if kind not in KINDS:
        raise ValueError(f"format {kind!r} is none of {', '.join(KINDS)}")
    return to_table(report, width=width).encode() if kind == "table" else _RENDERERS[kind](report)
