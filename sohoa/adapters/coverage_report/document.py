"""Coverage as a PDF/A-2b of a few pages, for people who file paper: figures and charts, no long tables."""

from __future__ import annotations

from pathlib import Path

from sohoa.adapters.coverage_report import words
from sohoa.adapters.coverage_report.paper import SOFT, Paper
from sohoa.adapters.coverage_report.standing import behind, contradicted, not_measurable, standings
from sohoa.domain.coverage.report import CoverageReport
from sohoa.domain.errors import Misconfigured

_AGENCIES, _RANKED, _ANOMALIES = 15, 10, 10
_METHOD = (
    "Tỷ lệ = số văn bản đã ký số, đủ dữ liệu mô tả và tìm kiếm được ÷ số văn bản đã khai báo."
    " Chưa khai báo thì chưa đo được. Trong mọi tổng, mỗi năm được tính nhiều nhất bằng số đã khai báo."
    " Bảng đầy đủ: tệp XLSX, CSV và trang HTML của báo cáo này."
)


def to_pdf(report: CoverageReport, font: Path) -> bytes:
    """Pages of A4; the same figures give the same bytes. Raises ``Misconfigured`` without the font."""
    if not font.is_file():
        raise Misconfigured(f"seal.font: {font} does not exist; install the Tinos font or name another one")
    paper = Paper(font)
    try:
        for part in (_head, _behind, _agencies, _progress, _ranking, _anomalies):
            part(paper, report)
        paper.heading("Cách tính")
        paper.text(_METHOD, 9.5)
        return paper.bytes()
    finally:
        paper.close()


def _head(paper: Paper, report: CoverageReport) -> None:
    paper.text("Độ phủ số hoá tài liệu", 20, gap=0)
    until = f"Số liệu đến hết ngày {words.day(report.as_of)}" if report.as_of else "Số liệu hiện tại"
    low, high = words.percent(report.target.low), words.percent(report.target.high)
    paper.text(f"Digitization coverage. {until}. Mục tiêu {low} – {high}.", 10, SOFT)
    if report.scope:
        return
    paper.heading("Toàn tỉnh")
    paper.bar(words.PROVINCE, report.province, report.target)
    paper.text(f"{words.PROVINCE}: {words.finding(report.province, report.target.low)}.")
    counts = report.province.counts
    stages = (
        ("Đã nhận", counts.received),
        ("đủ dữ liệu", counts.complete),
        ("tìm được", counts.searchable),
        ("đã ký số", counts.signed),
        ("được tính", counts.covered),
    )
    paper.text("; ".join(f"{name} {words.number(number)}" for name, number in stages) + ".")


def _behind(paper: Paper, report: CoverageReport) -> None:
    found = standings(report)
    late = behind(found)
    if late:
        paper.heading("Chậm nhất")
        worst, low = late[0], words.percent(report.target.low)
        lacks = f"thiếu {words.number(worst.line.missing or 0)} văn bản để đạt {low}"
        paper.text(f"{worst.agency.name}: {lacks}. Vì sao: {words.why(worst.gap)}.")
    silent, wrong = len(not_measurable(found)), len(contradicted(found))
    paper.text(
        f"{words.number(len(late))} trên {words.number(len(found))} cơ quan chưa đạt;"
        f" {words.number(silent)} chưa đo được; {words.number(wrong)} có lỗi khai báo.",
        10,
        SOFT,
    )


def _agencies(paper: Paper, report: CoverageReport) -> None:
    found = standings(report)
    paper.heading("Theo cơ quan, thiếu nhiều nhất trước")
    for each in found[:_AGENCIES]:
        lacks = f", thiếu {words.number(each.line.missing)}" if each.line.missing else ""
        paper.bar(f"{each.agency.name}{lacks}", each.line, report.target)
    if len(found) > _AGENCIES:
        paper.text(f"Còn {words.number(len(found) - _AGENCIES)} cơ quan: xem tệp XLSX hoặc CSV.", 9.5, SOFT)


def _progress(paper: Paper, report: CoverageReport) -> None:
    if report.progress is None:
        return
    trend = [point for point in report.progress.trend if point.ratio is not None]
    if len(trend) > 1:
        paper.heading("Diễn biến", 60)
        paper.chart(trend, float(report.target.low))
    paper.heading("Bao giờ đạt")
    for found in report.progress.projections:
        paper.text(f"{words.projected(found)}.")
    backlog = report.progress.backlog
    waiting, review = words.number(backlog.waiting), words.number(backlog.review)
    paper.text(f"Việc tồn: {waiting} tệp chờ xử lý, {review} tệp chờ người soát.")


def _ranking(paper: Paper, report: CoverageReport) -> None:
    if report.ranking is None:
        return
    paper.heading("Xếp hạng")
    for row in report.ranking.rows[:_RANKED]:
        points = f"{words.rate(row.score)}/{words.number(report.ranking.points)} điểm"
        paper.text(f"Hạng {row.rank}: {row.name}, {points}", 10, gap=0.3)
    paper.text(words.ranking_method(report.ranking), 9, SOFT)


def _anomalies(paper: Paper, report: CoverageReport) -> None:
    found = [(row.agency, anomaly) for row in report.agencies for anomaly in row.anomalies]
    if not found:
        return
    paper.heading("Lỗi khai báo")
    for agency, anomaly in found[:_ANOMALIES]:
        paper.text(f"{words.anomaly(agency, anomaly)}.", 10, gap=0.5)
    if len(found) > _ANOMALIES:
        paper.text(f"và {words.number(len(found) - _ANOMALIES)} lỗi khác.", 10)
