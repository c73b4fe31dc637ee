"""The yearly statistic of an archive with records."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sohoa.adapters.clock import SystemClock
from tests.support.site import Site, stored_site


def of_day(site: Site, day: str) -> dict[str, Any]:
    """Totals by agency at the end of the day, the province under an empty code."""
    told = json.loads(site.run("coverage", "--format", "json", "--as-of", day))
    return {**{row["agency"]: row["total"] for row in told["agencies"]}, "": told["province"]}


@pytest.mark.slow
def test_the_year_is_what_its_last_day_has_and_the_day_before_it_had_not(tmp_path: Path) -> None:
    """Received, covered and held at the end, the growth since the year before; CSV and XLSX say the same."""
    site = stored_site(tmp_path)
    today = SystemClock().today()
    told = site.json("coverage", "year", str(today.year))
    before, after = of_day(site, f"{today.year - 1}-12-31"), of_day(site, today.isoformat())
    for row in [*told["agencies"], {"agency": "", **told["province"]}]:
        new, old = after[row["agency"]], before[row["agency"]]
        assert row["held_documents"] == new["held"].get("documents")
        for figure in ("received", "covered"):
            assert (row[figure], row[f"{figure}_in_year"]) == (new[figure], new[figure] - old[figure])
    assert told["province"]["received"] > 0
    assert told["due"] == f"{today.year + 1}-02-10"
    assert told["complete"] == ((today.month, today.day) == (12, 31))
    for form in ("csv", "xlsx"):
        site.run("coverage", "year", str(today.year), "--format", form, "--out", tmp_path / f"year.{form}")
    rows = list(csv.DictReader((tmp_path / "year.csv").read_text("utf-8").splitlines()))
    assert sum(int(row["covered_in_year"]) for row in rows) == told["province"]["covered_in_year"]
    sheet = openpyxl.load_workbook(tmp_path / "year.xlsx").worksheets[0]
    assert sheet.cell(len(rows) + 2, 7).value == told["province"]["received"]
    assert "10/02" in str(sheet.cell(len(rows) + 4, 2).value)
    site.run("coverage", "year", str(today.year + 1), code=2)  # has not begun
