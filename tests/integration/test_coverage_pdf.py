"""The PDF summary, held against veraPDF and read back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from sohoa.adapters.coverage_report import Means, render, words
from sohoa.adapters.coverage_report.standing import behind, standings
from sohoa.settings import SealSettings
from tests.support.coverage import generated
from tests.support.verapdf import not_pdfa


@pytest.mark.slow
def test_the_summary_is_pdfa_of_a_few_pages_that_name_who_is_behind(tmp_path: Path) -> None:
    """For 3 and for 300 agencies: PDF/A-2b, at most four pages, name, number and reason in Vietnamese."""
    files = []
    for agencies in (3, 300):
        report = generated(agencies, 12, date(2025, 12, 31))
        files.append(tmp_path / f"{agencies}.pdf")
        files[-1].write_bytes(render(report, "pdf", means=Means(font=SealSettings().font)))
        with pypdfium2.PdfDocument(files[-1]) as document:
            assert len(document) <= 4
            text = " ".join(document[0].get_textpage().get_text_range().split())
        worst = behind(standings(report))[0]
        assert f"{worst.agency.name}: thiếu {words.number(worst.line.missing or 0)} văn bản" in text
        assert words.why(worst.gap) in text
    assert not_pdfa(files) == []
