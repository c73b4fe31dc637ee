"""Renders a coverage report: table, JSON, CSV, XLSX, HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sohoa.adapters.coverage_report.page import to_html
from sohoa.adapters.coverage_report.plain import as_data, to_csv, to_json
from sohoa.adapters.coverage_report.terminal import to_table
from sohoa.adapters.coverage_report.workbook import to_xlsx
from sohoa.domain.coverage.report import CoverageReport

__all__ = ["KINDS", "as_data", "render", "to_csv", "to_html", "to_json", "to_table", "to_xlsx"]


def _plain_table(report: CoverageReport) -> bytes:
    return to_table(report).encode()


_RENDERERS: Mapping[str, Callable[[CoverageReport], bytes]] = {
    "table": _plain_table,
    "json": to_json,
    "csv": to_csv,
    "xlsx": to_xlsx,
    "html": to_html,
}
KINDS = tuple(_RENDERERS)


def render(report: CoverageReport, kind: str) -> bytes:
    """The report in that format; ValueError names the known ones."""
    if kind not in _RENDERERS:
        raise ValueError(f"format {kind!r} is none of {', '.join(KINDS)}")
    return _RENDERERS[kind](report)
