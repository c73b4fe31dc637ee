"""The workbook in a real LibreOffice, which works out its formulas anew."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sohoa.adapters.coverage_report import render
from tests.support.coverage import generated


def without_results(workbook: bytes) -> bytes:
    """The workbook with formulas alone: what they come to must be worked out."""
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(bare, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            sheet = name.startswith("xl/worksheets/")
            new.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", data) if sheet else data)
    return bare.getvalue()


@pytest.mark.slow
def test_sums_worked_out_by_libreoffice_are_those_of_the_report(tmp_path: Path) -> None:
    """Every formula comes to the result that the file bears, and the province's to the report's figures."""
    report = generated(20, 4, date(2025, 12, 31))
    (tmp_path / "bare.xlsx").write_bytes(without_results(render(report, "xlsx")))
    soffice = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    form, out = "xlsx:Calc MS Excel 2007 XML", tmp_path / "out"
    made = ["--convert-to", form, "--outdir", out, tmp_path / "bare.xlsx"]
    subprocess.run([*soffice, *map(str, made)], check=True, capture_output=True, timeout=240)
    told = openpyxl.load_workbook(io.BytesIO(render(report, "xlsx")), data_only=True)["Tổng hợp"]
    found = openpyxl.load_workbook(tmp_path / "out" / "bare.xlsx", data_only=True)["Tổng hợp"]
    worked_out = [[cell.value for cell in row] for row in found.iter_rows(max_col=told.max_column)]
    for row, wanted in zip(worked_out, told.iter_rows(values_only=True), strict=True):
        for value, said in zip(row, wanted, strict=True):
            assert value == (pytest.approx(said) if isinstance(said, float) else said), (row, wanted)
    province = dict(zip(worked_out[0], worked_out[-1], strict=True))
    assert province["Được cộng"] == report.province.counted_documents
    assert province["Lưu giữ (văn bản)"] == report.province.held_documents
    assert province["Tỷ lệ"] == pytest.approx(float(report.province.ratio or 0))
