"""Coverage as one self-contained HTML page: no script, nothing fetched, fit for a phone and for print.

However many agencies and years there are, the page stays below 2 MB: of many, older years stand in one line,
and only some figures have a link of their own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from urllib.parse import quote, urlencode

import jinja2

from sohoa.adapters.coverage_report import standing, words
from sohoa.domain.coverage.figures import Line, Status, total
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.progress import TrendPoint
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport

FIGURES = {
    "received": ("Đã nhận", "received"),
    "searchable": ("Tìm được", "searchable"),
    "signed": ("Đã ký số", "signed"),
    "complete": ("Đủ dữ liệu", "metadata"),
    "draft": ("Dự thảo", "draft"),
    "covered": ("Được tính", "covered"),
}
_HEADS = (
    ("Năm", "year"),
    ("Lưu giữ (khai báo)", "held, declared"),
    *FIGURES.values(),
    ("Tỷ lệ", "ratio"),
    ("Tình trạng", "status"),
)
_FIRST = 10
_ROWS = 3000
_LINKED_ROWS = 1200
_DECLARATIONS = 1000
_ANOMALIES = 50


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A ratio of the heat map: whole per cent, cut; ``year`` 0 is not known, None a sum of years."""

    text: str
    tone: str
    year: int | None = None


def to_html(report: CoverageReport, portal: str = "") -> bytes:
    """UTF-8; usable under ``default-src 'none'; style-src 'unsafe-inline'``, which the page itself sets.

    ``portal`` is the address of the portal whose lists the figures lead to; without one there are no links.
    """
    found = standing.standings(report)
    most = max(3, _ROWS // max(1, len(report.agencies)))
    known = sorted({item.year for row in report.agencies for item in row.years if item.year is not None})
    years = known[-most:]
    rows = sum(min(len(row.years), most + 2) for row in report.agencies)
    declared = sum(len(row.declarations) for row in report.agencies)
    behind = functools.partial(_behind, report)
    page = _environment().get_template("page.html.j2")
    return page.render(
        report=report,
        low=_bar(report.target.low),
        high=_bar(report.target.high),
        portal=f"{portal.rstrip('/')}/coverage/" if portal else "",
        behind=behind,
        found=found,
        behind_target=standing.behind(found),
        unmeasurable=standing.not_measurable(found),
        contradicted=standing.contradicted(found),
        shown_first=_FIRST,
        stages=_stages(report.province),
        trend=[point for point in report.progress.trend if point.ratio] if report.progress else [],
        years=years,
        older=len(known) > len(years),
        heat=lambda row: list(_heat(row, years, len(known) > len(years), report)),
        folded=lambda row: standing.folded(row.years, most, report.target),
        each_linked=rows <= _LINKED_ROWS,
        declarations=declared,
        each_declaration=declared <= _DECLARATIONS,
        anomalies=[(row.agency, found) for row in report.agencies for found in row.anomalies],
        most_anomalies=_ANOMALIES,
    ).encode()


def _behind(report: CoverageReport, agency: str, figure: str, year: int | None) -> str:
    """Where the portal lists the records behind a figure, below ``/coverage/``."""
    asked = {"figure": figure, "year": str(year) if year else ""}
    on = {"day": report.as_of.isoformat()} if report.as_of else {}
    return f"{quote(agency)}/records?{urlencode({**asked, **on})}"


def _bar(ratio: Decimal | Fraction | None) -> int:
    """A ratio in thousandths of a bar, at most the whole one."""
    return int(min(Fraction(1), Fraction(ratio or 0)) * 1000)


def _share(value: Decimal | int, stages: Sequence[tuple[str, str, Decimal | int]]) -> int:
    """A stage in thousandths of the largest."""
    most = max(number for _, _, number in stages)
    return _bar(Fraction(value) / Fraction(most)) if most else 0


def _stages(line: Line) -> list[tuple[str, str, Decimal | int]]:
    held = line.held.get(Unit.DOCUMENTS, Decimal(0))
    order = ("received", "complete", "searchable", "signed", "covered")
    counted = [(*FIGURES[name], getattr(line.counts, name)) for name in order]
    return [("Khai báo", "declared", held), *counted]


def _points(trend: Sequence[TrendPoint]) -> str:
    """The line of the trend in a field of 1000 × 100, days to the right, the whole at the top."""
    first, days = trend[0].day, (trend[-1].day - trend[0].day).days or 1
    spots = (((point.day - first).days * 1000 // days, _bar(point.ratio)) for point in trend)
    return " ".join(f"{x},{100 - y / 10:g}" for x, y in spots)


def _heat(
    row: AgencyCoverage, years: Sequence[int], older: bool, report: CoverageReport
) -> Iterator[HeatCell]:
    """The agency's cells: older years where some are not shown, the years, the unknown one, the total."""
    lines = {item.year: item.line for item in row.years}
    if older:
        before = [line for year, line in lines.items() if year is not None and year < years[0]]
        yield _cell(total(before, report.target) if before else None, report, None)
    for year in years:
        yield _cell(lines.get(year), report, year)
    yield _cell(lines.get(None), report, 0)
    yield _cell(row.total, report, None)


def _cell(line: Line | None, report: CoverageReport, year: int | None) -> HeatCell:
    if line is None:
        return HeatCell("", "")
    if line.ratio is None or not line.measurable:
        return HeatCell("–", "na", year)
    tone = "over" if line.status is Status.OVER_DECLARED else _tone(line.ratio, report.target.low)
    return HeatCell(words.whole_percent(line.ratio), tone, year)


def _tone(ratio: Fraction, low: Decimal) -> str:
    if ratio >= Fraction(low):
        return "h3"
    if ratio == 0:
        return "h0"
    return "h2" if ratio * 2 >= Fraction(low) else "h1"


def _held(line: Line) -> str:
    """What was declared, in every unit; a dash without any."""
    declared = [f"{words.number(line.held[u])} {words.UNIT[u]}" for u in Unit if u in line.held]
    return ", ".join(declared) or "–"


def _capitalise(sentence: str) -> str:
    """First letter large, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("sohoa.adapters.coverage_report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        number=words.number,
        percent=words.percent,
        year=words.year,
        day=words.day,
        bar=_bar,
        held=_held,
        basis=words.basis,
        parts=words.parts,
        capitalise=_capitalise,
        small=words.small,
        points=_points,
        rate=words.rate,
        reason=words.reason,
    )
    environment.globals.update(
        status=words.STATUS,
        unit=words.UNIT,
        finding=words.finding,
        anomaly=words.anomaly,
        why=words.why,
        why_en=words.why_en,
        number_en=words.number_en,
        projected=words.projected,
        projected_en=words.projected_en,
        next_step=words.next_step,
        method=words.ranking_method,
        share=_share,
        figures=tuple(FIGURES),
        heads=_HEADS,
    )
    return environment
