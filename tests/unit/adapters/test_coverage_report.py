from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.adapters.coverage_report import KINDS, Means, render, words
from sohoa.adapters.coverage_report.plain import COLUMNS
from sohoa.adapters.coverage_report.terminal import to_table
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage.report import Target, compute
from tests.support.coverage import holding, report, rows, tallied

PAPER = Means(font=Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"))
FORMULA = '=HYPERLINK("http://example.org","x")'


def test_json_has_the_published_form() -> None:
    """Agencies with years, totals and exclusions, the target, the province; no ratio is null."""
    data = json.loads(render(report(), "json"))
    assert (data["as_of"], data["target"]) == (None, {"low": 0.7, "high": 1.0})
    first, _, _, last = data["agencies"]
    assert (first["agency"], first["years"][0]["held"], first["total"]["ratio"]) == (
        "Z99.01",
        {"documents": 10},
        0.8,
    )
    assert first["excluded"] == dict.fromkeys(("draft", "duplicate", "damaged", "declared_twice"), 0) | {
        "secret": 2
    }
    assert (last["years"][0]["ratio"], last["years"][0]["measurable"], last["years"][0]["year"]) == (
        None,
        False,
        2023,
    )
    assert data["province"]["status"] == "over_declared"


def test_csv_has_one_row_per_agency_and_year() -> None:
    """A stable header in English, LF, no byte order mark, and unknown years by name."""
    data = render(report(), "csv")
    assert data.startswith(b"agency,name,year,held_documents,")
    assert b"\r" not in data
    table = list(csv.DictReader(io.StringIO(data.decode())))
    assert [(row["agency"], row["year"], row["ratio"]) for row in table[:3]] == [
        ("Z99.01", "2024", "0.8"),
        ("Z99.02", "2024", "0.4"),
        ("Z99.02", "không rõ năm", ""),
    ]


@pytest.mark.parametrize("start", ["=1", "+1", "-1", "@x", "\t=1", "  =1", "|x"])
def test_no_text_becomes_a_formula(start: str) -> None:
    """A name or source that a spreadsheet would run is kept as text in CSV and XLSX."""
    shown = report(name=start, source=FORMULA)
    cells = next(iter(list(csv.reader(io.StringIO(render(shown, "csv").decode())))[1:]))
    assert cells[1] == f"'{start}"
    assert cells[COLUMNS.index("source")].startswith("'=")
    book = openpyxl.load_workbook(io.BytesIO(render(shown, "xlsx")))
    formulas = [str(c.value) for sheet in book for row in sheet for c in row if c.data_type == "f"]
    assert formulas
    assert all(re.fullmatch(r"=(SUM\([^()]*\)|[A-Z]+\d+/[A-Z]+\d+)", formula) for formula in formulas)


def test_the_workbook_speaks_vietnamese_and_keeps_ratios_as_numbers() -> None:
    """A ratio is a number shown as per cent, a missing one an empty cell; heads are frozen, days are days."""
    book = openpyxl.load_workbook(io.BytesIO(render(report(), "xlsx")), data_only=True)
    assert book.sheetnames == ["Biểu đồ", "Theo năm", "Tổng hợp", "Khai báo"]
    assert (book["Theo năm"].freeze_panes, str(book["Khai báo"]["G2"].value)) == ("C2", "2025-12-31 00:00:00")
    parts = zipfile.ZipFile(io.BytesIO(render(report(), "xlsx"))).namelist()
    assert len([name for name in parts if name.startswith("xl/charts/")]) == 2
    table = book["Theo năm"]
    position = [cell.value for cell in table[1]].index("Tỷ lệ")
    ratios = [row[position] for row in table.iter_rows(min_row=2)]
    assert [cell.value for cell in ratios] == [0.8, 0.4, None, 2, None]
    assert ratios[0].number_format == "0.0%"


def test_the_page_is_self_contained_and_escapes_names() -> None:
    """No script, nothing fetched, a strict policy of its own, in Vietnamese, table headers with scope."""
    page = render(report(name="<script>alert(1)</script>"), "html").decode()
    assert "<script" not in page
    assert not re.search(r"(?:src|href|action)\s*=|url\(|@import", page)
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert '<html lang="vi">' in page
    assert not re.search(r"<th(?![a-z])(?![^>]*scope=)", page)


def test_the_page_says_what_cannot_be_measured_and_where_figures_come_from() -> None:
    """An agency without declaration is named as not measurable; source and date of the others stand below."""
    page = render(report(source="Biên bản số 7"), "html").decode()
    assert words.NOT_DECLARED.capitalize() in page
    assert "Biên bản số 7" in page
    assert "31/12/2025" in page


def test_a_total_whose_ratio_leaves_years_out_names_the_two_numbers_it_is_made_of() -> None:
    """Z99.02 covered 4 of 10 declared, and more in a year without declaration."""
    page = render(report(), "html").decode()
    total = page.partition("<small>Z99.02 · ")[2].partition('<tr class="sum">')[2].partition("</tr>")[0]
    assert re.search(r"<b>40.%</b>.*?<br><small>4 trên 10</small>", total)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_table_fits_the_terminal_without_escape_codes(width: int) -> None:
    """Plain text for pipes and files; colours only when asked for."""
    text = to_table(report(), width=width)
    assert max(map(len, text.splitlines())) <= width
    assert "\x1b" not in text
    assert "\x1b" in to_table(report(), colour=True)


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_table_cuts_no_figure(width: int) -> None:
    """A million documents of an agency with a long name stand on one line, however narrow the terminal is."""
    agencies = AgencyRegister([Agency("Z99.01", "Trung tâm Lưu trữ lịch sử")])
    counted = compute(
        [holding("Z99.01", 2024, 1_234_567)],
        tallied(rows("Z99.01", 2024, 1) * 1_000_000),
        {},
        agencies,
        Target.band(0.7, 1.0),
    )
    cells = [line.split() for line in to_table(counted, width=width).splitlines()]
    assert ["2024", "1.234.567", *["1.000.000"] * 5, "81", "%", "đạt"] in cells


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [
        (None, "–"),
        ("0", "0"),
        ("0.6996", "69,9"),
        ("6999999999999/10000000000000", "69,9"),
        ("0.7", "70"),
        ("1", "100"),
        ("1.0002", "100,1"),
        ("12.5", "1.250"),
    ],
)
def test_percentages_never_cross_a_border(ratio: str | None, shown: str) -> None:
    """Less than 70 % never reads 70 %, and more than 100 % never reads 100 %."""
    exact = None if ratio is None else Fraction(ratio)
    assert words.percent(exact) == (shown if ratio is None else f"{shown}\u00a0%")


def test_every_format_names_what_is_more_than_declared_and_the_register_row() -> None:
    """Z99.03 declared 1 in row 4 of its register and has 2; few declared documents are flagged."""
    shown = report(row="so.csv:4")
    anomaly = json.loads(render(shown, "json"))["agencies"][2]["anomalies"]
    assert anomaly == [{"year": 2024, "unit": "documents", "excess": 1, "rows": ["so.csv:4"]}]
    table = list(csv.DictReader(io.StringIO(render(shown, "csv").decode())))
    flags = [(row["excess"], row["small_denominator"]) for row in table[2:4]]
    assert flags == [("0", "false"), ("1", "true")]
    assert table[3]["register_rows"] == "so.csv:4"
    for form in ("html", "table"):
        text = " ".join(render(shown, form, 200).decode().split())
        assert "Z99.03, 2024: nhiều hơn khai báo 1 văn bản; xem dòng khai báo so.csv:4" in text
        assert "mẫu số nhỏ" in text


def test_unknown_formats_are_refused() -> None:
    """The error names the formats that there are."""
    with pytest.raises(ValueError, match="table, json, csv, xlsx, html, pdf"):
        render(report(), "docx")


@settings(max_examples=10, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip), st.text(min_size=1))
def test_the_same_figures_give_the_same_bytes(name: str, source: str) -> None:
    """Whatever agencies and sources are called, text formats repeat byte for byte and none fails."""
    source = source.encode("utf-8", "replace").decode()
    once = {kind: render(report(name, source), kind, means=PAPER) for kind in KINDS}
    assert {kind: render(report(name, source), kind, means=PAPER) for kind in KINDS} == once
