"""Coverage in a few sentences: what a leader reads in a message, Vietnamese or English."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from sohoa.adapters.coverage_report import words
from sohoa.adapters.coverage_report.standing import (
    Standing,
    behind,
    contradicted,
    not_measurable,
    standings,
)
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import CoverageReport

_FURTHEST = 5
"""So many agencies that lack most are named."""


def to_summary(report: CoverageReport) -> str:
    """In Vietnamese: the province, who lacks most, what cannot be measured, what is not counted."""
    return "\n".join([*_vietnamese(report), ""])


def to_english(report: CoverageReport) -> str:
    """The same in English."""
    return "\n".join([*_english(report), ""])


def _vietnamese(report: CoverageReport) -> Iterator[str]:
    until = f" đến hết ngày {words.day(report.as_of)}" if report.as_of else ""
    yield f"Độ phủ số hoá{until}"
    yield ""
    ratio = words.percent(report.province.ratio) if report.province.measurable else "–"
    yield f"{words.PROVINCE}: {ratio}; {words.finding(report.province, report.target.low)}."
    furthest, unmeasured, wrong = _groups(report)
    if furthest:
        yield "Còn thiếu nhiều nhất:"
    for each in furthest:
        lacks = words.number(each.line.missing or 0)
        yield f"- {each.agency.name}: {words.percent(each.line.ratio)}, cần thêm {lacks} văn bản"
    if unmeasured:
        yield f"Chưa đo được vì chưa khai báo số lượng lưu giữ: {unmeasured} cơ quan."
    if wrong:
        yield f"Khai báo ít hơn số đã số hoá, cần khai báo lại: {wrong} cơ quan."
    out = report.excluded
    yield (
        f"Không tính: mật {words.number(out.secret)}, dự thảo {words.number(out.draft)},"
        f" trùng {words.number(out.duplicate)}, hỏng {words.number(out.damaged)}."
    )


def _english(report: CoverageReport) -> Iterator[str]:
    until = f" at the end of {report.as_of:%d/%m/%Y}" if report.as_of else ""
    yield f"Digitization coverage{until}"
    yield ""
    line = report.province
    if line.measurable:
        of = f"{line.measured[Unit.DOCUMENTS]:,} of {int(line.held[Unit.DOCUMENTS]):,} declared documents"
        more = (
            f"; {line.missing:,} more reach {_percent(Fraction(report.target.low))}" if line.missing else ""
        )
        yield f"The province: {_percent(line.ratio)}; {of}{more}."
    else:
        yield "The province: cannot be measured, no holdings are declared."
    furthest, unmeasured, wrong = _groups(report)
    if furthest:
        yield "Furthest behind:"
    for each in furthest:
        lacks = each.line.missing or 0
        yield f"- {each.agency.name}: {_percent(each.line.ratio)}, lacks {lacks:,} documents"
    if unmeasured:
        yield f"Without declared holdings, so not measurable: {unmeasured} agencies."
    if wrong:
        yield f"More covered than declared, to be declared anew: {wrong} agencies."
    out = report.excluded
    yield (
        f"Not counted: secret {out.secret:,}, drafts {out.draft:,}, duplicates {out.duplicate:,},"
        f" damaged {out.damaged:,}."
    )


def _groups(report: CoverageReport) -> tuple[list[Standing], int, int]:
    """Who lacks most, how many cannot be measured, how many declared too little: as the page has them."""
    found = standings(report)
    return behind(found)[:_FURTHEST], len(not_measurable(found)), len(contradicted(found))


def _percent(ratio: Fraction | None) -> str:
    """One decimal, cut and not rounded, as in Vietnamese."""
    if ratio is None:
        return "–"
    tenths = max(math.floor(ratio * 1000), 1001 if ratio > 1 else 0)
    return f"{tenths / 10:.1f} %"
