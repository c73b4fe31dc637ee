"""Renders a coverage report: each format is a module with a function, and a row here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any

from sohoa.domain.coverage.report import CoverageReport
from sohoa.domain.coverage.yearly import YearStatistic

_RENDERERS: Mapping[str, str] = {
    "table": "terminal:to_table",
    "json": "plain:to_json",
    "csv": "plain:to_csv",
    "xlsx": "workbook:to_xlsx",
    "html": "page:to_html",
    "pdf": "document:to_pdf",
    "summary": "summary:to_summary",
    "summary-en": "summary:to_english",
}
KINDS = tuple(_RENDERERS)
BINARY = frozenset({"xlsx", "pdf"})
"""Formats that are no text: never for a terminal."""


class YearForm(StrEnum):
    """Formats of the yearly statistic."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Means:
    """What renderings take from the settings: the portal that a page leads to, and the font of the PDF."""

    portal: str = ""
    font: Path = Path()


def render(report: CoverageReport, kind: str, width: int = 80, means: Means = Means()) -> bytes:
    """The report in that format, a table in lines of ``width``; ValueError names the known formats."""
    if kind not in _RENDERERS:
        raise ValueError(f"format {kind!r} is none of {', '.join(KINDS)}")
    module, name = _RENDERERS[kind].split(":")
    renderer = getattr(import_module(f"{__name__}.{module}"), name)
    takes: dict[str, dict[str, Any]] = {
        "table": {"width": width},
        "html": {"portal": means.portal},
        "pdf": {"font": means.font},
    }
    text: bytes | str = renderer(report, **takes.get(kind, {}))
    return text.encode() if isinstance(text, str) else text


def render_year(statistic: YearStatistic, form: YearForm) -> bytes:
    """The yearly statistic as a file."""
    renderer = getattr(import_module(f"{__name__}.yearly"), f"to_{form}")
    data: bytes = renderer(statistic)
    return data
