"""What a leader reads: Vietnamese words and numbers of the coverage report."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sohoa.adapters.coverage_report.standing import Gap
from sohoa.domain.coverage.figures import SMALL
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.progress import LEAST_OBSERVED, Projection
from sohoa.domain.coverage.ranking import Ranking, Step
from sohoa.domain.coverage.report import Anomaly, Line, Status
from sohoa.domain.reasons import REASONS

NOT_DECLARED = "chưa đo được: chưa khai báo số lượng lưu giữ"
UNKNOWN_YEAR = "không rõ năm"
PROVINCE = "Toàn tỉnh"

STATUS = {
    Status.NOT_MEASURABLE: "chưa đo được",
    Status.BELOW: "chưa đạt",
    Status.WITHIN: "đạt",
    Status.ABOVE: "vượt mục tiêu",
    Status.OVER_DECLARED: "lỗi khai báo",
}
UNIT = {
    Unit.DOCUMENTS: "văn bản",
    Unit.FILES: "hồ sơ",
    Unit.SHEETS: "tờ (quy A4)",
    Unit.METRES: "mét giá",
}


def number(value: Decimal | int) -> str:
    """1234.5 as 1.234,5: Vietnamese groups with a point and divides with a comma."""
    return f"{Decimal(value).normalize():,f}".translate(str.maketrans(",.", ".,"))


def percent(ratio: Fraction | Decimal | None) -> str:
    """One decimal, cut and not rounded: 69.96 % is 69,9 %, below 70; just over 100 % is 100,1 %."""
    if ratio is None:
        return "–"
    tenths = math.floor(Fraction(ratio) * 1000)
    if ratio > 1:
        tenths = max(tenths, 1001)
    return f"{number(Decimal(tenths) / 10)}\u00a0%"


def whole_percent(ratio: Fraction) -> str:
    """Whole per cent without the sign, cut and not rounded; just over 100 % is 101."""
    return number(Decimal(max(math.floor(ratio * 100), 101 if ratio > 1 else 0)))


def number_en(value: int) -> str:
    """1234 as 1,234: for the sentences in English."""
    return f"{value:,}"


def rate(value: Fraction | None) -> str:
    """One decimal, cut; a dash where there is none."""
    return "–" if value is None else number(Decimal(math.floor(value * 10)) / 10)


def reason(code: str) -> str:
    """What a reason code says; the code itself where it is not known."""
    known = REASONS.get(code)
    return known.vi if known else code


def projected(found: Projection) -> str:
    """When a goal is reached, with the range, or why no day is told."""
    goal = percent(found.goal)
    if found.why:
        return {
            "reached": f"Đã đạt {goal}",
            "not_measurable": f"Chưa dự kiến được ngày đạt {goal}: chưa khai báo",
            "too_early": f"Chưa dự kiến được ngày đạt {goal}: mới làm dưới {LEAST_OBSERVED} ngày",
            "no_progress": f"Chưa dự kiến được ngày đạt {goal}: 30 ngày qua không tăng",
            "far": f"Đạt {goal} sau hơn 100 năm với tốc độ hiện nay",
        }[found.why]
    ends = [day(end) if end else "chưa xác định" for end in (found.earliest, found.latest)]
    return f"Dự kiến đạt {goal} ngày {day(found.day)} (sớm nhất {ends[0]}, muộn nhất {ends[1]})"


def projected_en(found: Projection) -> str:
    """The same in English, in short."""
    goal = percent(found.goal)
    said = {
        "reached": "reached",
        "not_measurable": "not measurable",
        "too_early": f"less than {LEAST_OBSERVED} days of work",
        "no_progress": "no progress in 30 days",
    }
    if found.why:
        return f"{goal}: {said.get(found.why, 'more than 100 years away')}"
    return f"{goal} expected on {day(found.day)}"


def year(value: int | None) -> str:
    """The issue year, or that it is not known."""
    return UNKNOWN_YEAR if value is None else str(value)


def day(value: date | None) -> str:
    """31/12/2025."""
    return "" if value is None else f"{value:%d/%m/%Y}"


def finding(line: Line, low: Decimal) -> str:
    """One sentence: what the ratio is made of and what is missing to the lower target."""
    if line.status is Status.OVER_DECLARED:
        years, more = "có năm " if line.years > 1 else "", line.excess.get(Unit.DOCUMENTS, 0)
        return (
            f"{years}số đã số hoá lớn hơn số khai báo lưu giữ {number(more)} văn bản,"
            " phần vượt không được cộng vào tổng: cơ quan cần khai báo lại"
        )
    if not line.measurable:
        return NOT_DECLARED
    made = f"{parts(line)} văn bản đã khai báo{estimate(line)}{small(line)}"
    if not line.missing:
        return made
    return f"{made}; cần thêm {number(line.missing)} văn bản để đạt {percent(low)}"


def why(gap: Gap) -> str:
    """What the documents lack that were declared and are not covered."""
    said = [f"{number(gap.not_received)} văn bản chưa nhận bản quét"] if gap.not_received else []
    if gap.in_work:
        lacks = _lacks(gap, ("chưa ký số", "thiếu dữ liệu mô tả", "chưa tìm được", "dự thảo"), number)
        said.append(f"{number(gap.in_work)} đã nhận nhưng chưa được tính{lacks}")
    return "; ".join(said) or "không thiếu văn bản nào"


def why_en(gap: Gap) -> str:
    """The same in English."""
    said = [f"{number_en(gap.not_received)} not received"] if gap.not_received else []
    if gap.in_work:
        lacks = _lacks(gap, ("not signed", "not described", "not searchable", "draft"), number_en)
        said.append(f"{number_en(gap.in_work)} received but not counted{lacks}")
    return "; ".join(said) or "nothing lacks"


def _lacks(gap: Gap, names: tuple[str, str, str, str], form: Callable[[int], str]) -> str:
    """What records in work lack, in brackets, the most frequent first."""
    numbers = (gap.unsigned, gap.undescribed, gap.unsearchable, gap.draft)
    known = sorted(zip(numbers, names, strict=True), key=lambda each: -each[0])
    shown = ", ".join(f"{name} {form(n)}" for n, name in known if n)
    return f" ({shown})" if shown else ""


def small(line: Line) -> str:
    """A warning in brackets where so few documents were declared that the ratio says little."""
    return f" (mẫu số nhỏ: dưới {SMALL} văn bản)" if line.small else ""


def estimate(line: Line) -> str:
    """The range of a ratio whose denominator is estimated, in brackets."""
    if line.ratio_range is None:
        return ""
    low, high = map(percent, line.ratio_range)
    return f" (số khai báo là ước lượng: {low} – {high})"


def anomaly(agency: str, found: Anomaly) -> str:
    """One sentence that names year, excess and the rows of the register to be corrected."""
    rows = "; ".join(
        f"{row.row or row.fonds} ({row.source}, {day(row.as_of)}): {number(row.held)}" for row in found.rows
    )
    more = f"nhiều hơn khai báo {number(found.excess)} {UNIT[found.unit]}"
    return f"{agency}, {year(found.year)}: {more}; xem dòng khai báo {rows}"


def parts(line: Line) -> str:
    """The documents that a measurable ratio is made of: covered in declared years, and declared."""
    return f"{number(line.measured[Unit.DOCUMENTS])} trên {number(line.held[Unit.DOCUMENTS])}"


def basis(line: Line) -> str:
    """How many years entered a total's ratio, where some did not."""
    if not line.measurable_years or line.measurable_years == line.years:
        return ""
    return f"chỉ tính {number(line.measurable_years)} trên {number(line.years)} năm có khai báo"


def ranking_method(ranking: Ranking) -> str:
    """How the agencies were ranked, in one paragraph: formula, criteria, ties, missing data, source."""
    criteria = "; ".join(
        f"{c.name}: tối đa {number(c.points)} điểm, {number(c.missing)} điểm khi chưa khai báo"
        for c in ranking.criteria
    )
    sources = "; ".join(dict.fromkeys(c.source for c in ranking.criteria))
    return (
        "Điểm = tỷ lệ × điểm tối đa của từng tiêu chí, cộng lại. Tỷ lệ = số văn bản đạt / số đã khai báo,"
        f" mỗi năm tính nhiều nhất bằng số khai báo. {criteria}. Cơ quan bằng điểm xếp cùng hạng, hạng sau bỏ"
        f" cách. Văn bản của cơ quan đã sáp nhập tính cho cơ quan tiếp nhận. Nguồn thang điểm: {sources}."
    )


def next_step(step: Step) -> str:
    """What would lift an agency to its next rank: 312 văn bản năm 2019."""
    parts = ", ".join(
        f"{number(count)} văn bản {'chưa rõ năm' if year is None else f'năm {year}'}"
        for year, count in step.years
    )
    begun = f", trong đó {number(step.unfinished)} văn bản đã nhận cần hoàn thiện" if step.unfinished else ""
    return f"Lên hạng {step.rank} nếu số hoá thêm {parts}{begun}"
