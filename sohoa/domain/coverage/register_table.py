"""A holdings register as an agency hands it in: a table whose rows become declarations, or faults by line.

Wide tables have a column for each unit, long ones a unit and a number a row; the file of the configuration is
of the second kind. Faults and notes are in Vietnamese: the records officer mends the file by them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.coverage import register_cells as cells
from sohoa.domain.coverage.holdings import Bounds, Holding, Unit
from sohoa.domain.tables import Cells, Row, table

COLUMNS: Mapping[str, str] = {
    "agency": "Mã cơ quan",
    "fonds": "Mã phông",
    "year": "Năm",
    "retention": "Thời hạn bảo quản",
    "kind": "Loại tài liệu",
    "documents": "Số văn bản",
    "files": "Số hồ sơ",
    "sheets": "Số trang (quy A4)",
    "metres": "Số mét giá",
    "boxes": "Số hộp",
    "unit": "Đơn vị",
    "held": "Số lượng",
    "margin": "Sai số ước lượng (± %)",
    "source": "Căn cứ",
    "as_of": "Ngày kiểm kê",
    "valid_to": "Hiệu lực đến",
    "paper_total": "PaperTotal",
    "paper_digital": "PaperDigital",
}
"""What each column is called where this program writes one."""

_SPELLINGS: Mapping[str, Sequence[str]] = {
    "agency": ("Mã định danh cơ quan", "Mã đơn vị", "Identifier"),
    "fonds": ("Phông", "Mã phông lưu trữ", "OrganId"),
    "year": ("Năm ban hành", "Năm tài liệu", "ArchivesTime"),
    "retention": ("THBQ", "Maintenance"),
    "kind": ("Loại hình tài liệu", "Loại"),
    "documents": ("Tổng số văn bản", "Văn bản"),
    "files": ("Tổng số hồ sơ", "Hồ sơ"),
    "sheets": ("Số trang", "Số tờ", "Tờ (quy A4)"),
    "metres": ("Mét giá", "Số mét"),
    "boxes": ("Hộp", "Số hộp/cặp"),
    "margin": ("Sai số", "Ước lượng"),
    "source": ("Nguồn", "Căn cứ khai báo", "Biên bản"),
    "as_of": ("Ngày khai báo", "Ngày thống kê", "Thời điểm kiểm kê"),
}
HEADINGS = {name: (title, *_SPELLINGS.get(name, ())) for name, title in COLUMNS.items()}
UNIT_WORDS = {
    Unit.DOCUMENTS: ("văn bản", "documents"),
    Unit.FILES: ("hồ sơ", "files"),
    Unit.SHEETS: ("trang", "tờ", "tờ (quy A4)", "sheets"),
    Unit.METRES: ("mét giá", "mét", "metres"),
}
_MOST = {Unit.DOCUMENTS: 50_000_000, Unit.FILES: 10_000_000, Unit.SHEETS: 1_000_000_000, Unit.METRES: 100_000}
_MOST_BOXES = 1_000_000
_NEEDED = ("agency", "fonds", "as_of", "source")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a file in one reading of its letters, and what the file does to single lines.

    ``faults`` make a line useless (hidden, merged, a formula without value), ``notes`` are to be known.
    """

    lines: tuple[Cells, ...]
    faults: Mapping[int, Sequence[str]] = field(default_factory=dict)
    notes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the register: what it declares, or why it cannot be taken."""

    number: int
    given: Mapping[str, str]
    holdings: tuple[Holding, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """All rows, and what the officer should know although it is no fault."""

    lines: tuple[Line, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a row is held against: the agencies, the day of the import, boxes to a metre of shelf."""

    agencies: AgencyRegister
    today: date
    boxes_per_metre: int
    allowed: Callable[[str], bool] = lambda _: True


def register_of(readings: Sequence[Sheet], name: str, rules: Rules) -> Register:
    """The register in the reading that knows most headings; ``ValueError`` where none has the columns."""
    tables = [(sheet, table(sheet.lines, HEADINGS)) for sheet in readings]
    sheet, found = max(tables, key=lambda pair: len(pair[1].columns))
    columns = found.columns
    missing = [COLUMNS[column] for column in _NEEDED if column not in columns]
    numbers = {*map(str, Unit), "boxes", "paper_total"} & columns or {"unit", "held"} <= columns
    if missing or not numbers:
        needed = missing or ["Số văn bản"]
        raise ValueError(f"thiếu cột {', '.join(needed)}: xem mẫu của `sohoa holdings template`")
    lines = tuple(_line(row, name, rules, sheet.faults.get(row.line, ())) for row in found.rows)
    notes = [*sheet.remarks]
    notes += (f"dòng {line.number}: {note}" for line in lines for note in sheet.notes.get(line.number, ()))
    return Register(_without_twins(lines), tuple(notes))


def overlapping(lines: Sequence[Line], standing: Iterable[Holding]) -> tuple[Line, ...]:
    """The lines, with a fault where a declaration for all and one for a part would count a paper twice.

    ``standing`` are declarations in force; those that a line replaces do not count.
    """
    own = {holding.subject for line in lines for holding in line.holdings}
    groups: dict[tuple[object, ...], set[tuple[str, str, str]]] = defaultdict(set)
    for holding in standing:
        if holding.subject not in own:
            groups[holding.subject[:4]].add((holding.retention, holding.kind, holding.row or holding.source))
    for line in lines:
        for holding in line.holdings:
            groups[holding.subject[:4]].add((holding.retention, holding.kind, f"dòng {line.number}"))
    return tuple(_checked(line, groups) for line in lines)


def _checked(line: Line, groups: Mapping[tuple[object, ...], set[tuple[str, str, str]]]) -> Line:
    others = sorted(
        {
            place
            for holding in line.holdings
            for retention, kind, place in groups[holding.subject[:4]]
            if (retention, kind) != (holding.retention, holding.kind)
            and _meet(retention, holding.retention)
            and _meet(kind, holding.kind)
        }
    )
    if not others:
        return line
    fault = f"trùng phạm vi với {', '.join(others)}: một bên khai chung, một bên khai theo thời hạn hoặc loại"
    return Line(line.number, line.given, (), (*line.faults, fault))


def _meet(one: str, other: str) -> bool:
    return not one or not other or one == other


def _without_twins(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Two rows for one subject and day contradict each other: neither is taken."""
    places: dict[object, list[int]] = defaultdict(list)
    for line in lines:
        for holding in line.holdings:
            places[holding.subject, holding.as_of].append(line.number)
    checked = []
    for line in lines:
        twins = {n for h in line.holdings for n in places[h.subject, h.as_of]} - {line.number}
        if twins:
            others = ", ".join(map(str, sorted(twins)))
            line = Line(
                line.number, line.given, (), (f"khai trùng với dòng {others}: cùng phông, năm, đơn vị",)
            )
        checked.append(line)
    return tuple(checked)


def _line(row: Row, name: str, rules: Rules, faults: Sequence[str]) -> Line:
    reader = _Reader(row.cells, list(faults))
    agency = reader.agency(rules)
    fonds = reader.fonds(agency)
    year = reader.read("year", cells.year)
    as_of = reader.read("as_of", cells.day)
    source = reader.needed("source")
    amounts = reader.amounts(rules.boxes_per_metre)
    margin = reader.read("margin", lambda text: cells.measure(text.strip(" %±"), 100)) or Decimal(0)
    valid_to = reader.read("valid_to", cells.day)
    reader.check_days(as_of, valid_to, year, agency, rules.today)
    if not amounts and not reader.faults:
        reader.faults.append("không có số lượng nào")
    if reader.faults or agency is None or as_of is None:
        return Line(row.line, row.cells, (), tuple(reader.faults))
    holdings = tuple(
        Holding(
            agency=agency.code,
            fonds=fonds,
            year=year,
            unit=unit,
            held=held,
            source=source,
            as_of=as_of,
            row=f"{name}:{row.line}",
            retention=row.cells.get("retention", ""),
            kind=row.cells.get("kind", ""),
            bounds=_bounds(held, margin),
            valid_to=valid_to,
        )
        for unit, held in amounts.items()
    )
    return Line(row.line, row.cells, holdings)


def _bounds(held: Decimal, margin: Decimal) -> Bounds | None:
    return (held * (100 - margin) / 100, held * (100 + margin) / 100) if margin else None


class _Reader:
    """Reads the cells of one row and keeps what is wrong with them, each with its column."""

    def __init__(self, given: Mapping[str, str], faults: list[str]) -> None:
        self._given = given
        self.faults = faults

    def _fault(self, column: str, why: str) -> None:
        self.faults.append(f"cột “{COLUMNS[column]}”: {why}")

    def read(self, column: str, parse: Callable[[str], Value]) -> Value | None:
        """The cell, or None where it is empty or wrong."""
        text = self._given.get(column, "")
        if not text:
            if column in _NEEDED:
                self._fault(column, "để trống")
            return None
        try:
            return parse(text)
        except ValueError as error:
            self._fault(column, str(error))
            return None

    def needed(self, column: str) -> str:
        return self.read(column, str) or ""

    def agency(self, rules: Rules) -> Agency | None:
        code = self.needed("agency")
        agency = rules.agencies.get(code)
        if code and (agency is None or not rules.allowed(code)):
            self._fault("agency", f"“{code[:40]}” không có trong danh mục cơ quan")
            return None
        return agency

    def fonds(self, agency: Agency | None) -> str:
        fonds = self.needed("fonds")
        if agency and agency.fonds and fonds and fonds not in agency.fonds:
            self._fault("fonds", f"“{fonds[:40]}” không phải phông của {agency.code}")
        return fonds

    def amounts(self, boxes_per_metre: int) -> dict[Unit, Decimal]:
        """What the row declares, by unit; boxes are metres of shelf by the setting."""
        amounts = {}
        for unit in Unit:
            if (held := self.read(unit.value, _number_of(unit))) is not None:
                amounts[unit] = held
        boxes = self.read("boxes", lambda text: cells.count(text, _MOST_BOXES))
        if boxes is not None:
            metres = round(boxes / boxes_per_metre, 3)
            if amounts.setdefault(Unit.METRES, metres) != metres:
                self._fault("boxes", f"{boxes} hộp là {metres.normalize():f} mét, khác cột mét giá")
        self._long(amounts)
        self._legacy(amounts)
        return amounts

    def _long(self, amounts: dict[Unit, Decimal]) -> None:
        word = self._given.get("unit", "").lower()
        if not word and "held" not in self._given:
            return
        unit = next((unit for unit, words in UNIT_WORDS.items() if word in words), None)
        if unit is None:
            known = ", ".join(words[0] for words in UNIT_WORDS.values())
            self._fault("unit", f"“{word[:30]}” không phải đơn vị ({known})")
        elif (held := self.read("held", _number_of(unit))) is not None:
            amounts[unit] = held

    def _legacy(self, amounts: dict[Unit, Decimal]) -> None:
        """PaperTotal of TT 02/2019, which PaperDigital cannot exceed; of a fonds of one year."""
        total = self.read("paper_total", _number_of(Unit.DOCUMENTS))
        digital = self.read("paper_digital", _number_of(Unit.DOCUMENTS))
        if total is None:
            return
        if digital is not None and digital > total:
            self._fault("paper_digital", "lớn hơn PaperTotal")
        if not self._given.get("year"):
            self._fault("year", "PaperTotal cần năm: tổng của cả phông không chia được cho từng năm")
        if amounts.setdefault(Unit.DOCUMENTS, total) != total:
            self._fault("paper_total", "khác cột số văn bản")

    def check_days(
        self, as_of: date | None, valid_to: date | None, year: int | None, agency: Agency | None, today: date
    ) -> None:
        """Days that contradict each other or the agency's life."""
        if as_of and as_of > today:
            self._fault("as_of", "sau ngày hôm nay")
        if as_of and valid_to and valid_to < as_of:
            self._fault("valid_to", "trước ngày kiểm kê")
        if as_of and year and year > as_of.year:
            self._fault("year", "sau ngày kiểm kê")
        if agency and agency.valid_to and year and year > agency.valid_to.year:
            self._fault("year", f"{agency.code} chỉ tồn tại đến {agency.valid_to:%d/%m/%Y}")


def _number_of(unit: Unit) -> Callable[[str], Decimal]:
    parse = cells.measure if unit is Unit.METRES else cells.count
    return lambda text: parse(text, _MOST[unit])
