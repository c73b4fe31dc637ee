"""Dossiers (hồ sơ), the archive's unit (NĐ 30/2020, annex VI; TT 05/2025, annex I: 18 fields).

Some fields are given by a list (title, retention, access); dates and totals follow the records.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from sohoa.domain.archive.record import LEAST_TRUST, Record, value_of
from sohoa.domain.archive.records import Evidence, Method
from sohoa.domain.inbox.folder_documents import folder_of
from sohoa.domain.tables import Cells, Row, day, table, whole

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "file_code": ("FileCode", "arcFileCode", "Mã hồ sơ", "Mã hồ sơ lưu trữ", "Mã HS"),
    "identifier": ("Identifier", "Mã cơ quan lưu trữ lịch sử", "Mã cơ quan lưu trữ"),
    "organ_id": ("OrganId", "Mã phông", "Mã cơ quan", "Mã định danh cơ quan lập danh mục hồ sơ"),
    "file_catalog": ("FileCatalog", "Năm hình thành hồ sơ", "Mục lục số"),
    "file_notation": ("FileNotation", "Số và ký hiệu hồ sơ", "Số, ký hiệu hồ sơ", "Ký hiệu hồ sơ"),
    "title": ("Title", "Tiêu đề", "Tiêu đề hồ sơ", "Tên hồ sơ"),
    "maintenance": ("Maintenance", "Thời hạn bảo quản", "Thời hạn", "THBQ"),
    "mode": ("Rights", "mode", "Chế độ sử dụng"),
    "creator": ("Creator", "Người lập", "Người lập hồ sơ"),
    "language": ("Language", "Ngôn ngữ"),
    "start_date": ("StartDate", "Bắt đầu", "Thời gian bắt đầu", "Ngày bắt đầu"),
    "end_date": ("EndDate", "Kết thúc", "Thời gian kết thúc", "Ngày kết thúc"),
    "keyword": ("Keyword", "Từ khóa"),
    "total_doc": ("DocTotal", "TotalDoc", "Tổng số văn bản", "Tổng số tài liệu", "Số lượng văn bản"),
    "number_of_paper": ("numberOfPaper", "PiecesOfPaper", "sheet_num", "Số tờ", "Số lượng tờ", "Tổng số tờ"),
    "number_of_page": ("PageTotal", "PageNumber", "numberOfPage", "Số trang", "Tổng số trang"),
    "format": ("Format", "Tình trạng vật lý"),
    "infor_sign": ("InforSign", "Ký hiệu thông tin"),
    "confidence_level": ("ConfidenceLevel", "Mức độ tin cậy"),
    "paper_file_code": ("PaperFileCode", "Mã hồ sơ gốc giấy"),
    "risk_recovery": ("RiskRecovery", "Chế độ dự phòng"),
    "risk_recovery_status": ("RiskRecoveryStatus", "Tình trạng dự phòng"),
    "description": ("Description", "Ghi chú", "Chú giải"),
}  # fmt: skip
_PARTS = ("identifier", "organ_id", "file_catalog", "file_notation")
_DAYS = ("start_date", "end_date")
_COUNTS = ("total_doc", "number_of_paper", "number_of_page")
_MONTH = re.compile(r"(?:(0?[1-9]|1[0-2])[/.-])?((?:18|19|20)[0-9]{2})")
_ADVICE = "left out: write days like 31/12/2024 (or 12/2024, 2024) and counts as whole numbers"


@dataclass(frozen=True, slots=True)
class DossierEntry:
    """What a list gives for one dossier; ``values`` by TT 05's names in snake case, ``source`` its place."""

    agency: str
    code: str
    values: Mapping[str, str]
    source: str


@dataclass(frozen=True, slots=True)
class DossierMember:
    """A record in a dossier: its place there if known, how it came there, its issue date or empty."""

    agency: str
    code: str
    record_id: str
    ordinal: int | None
    method: Method
    issued_date: str


def dossiers_of(record: Record, known: Sequence[DossierMember]) -> Sequence[DossierMember]:
    """The dossiers that a record is in; what a person decided of ``known``, where it was, stays."""
    issued, code = value_of(record, "issued_date"), record["fields"].get("file_code")
    decided = [replace(m, issued_date=issued) for m in known if m.method is Method.PERSON]
    if decided or not code or code["confidence"] < LEAST_TRUST:
        return decided
    ordinal = value_of(record, "doc_ordinal")
    place = int(ordinal) if ordinal.isdecimal() else None
    methods = (seen["method"] for seen in code["evidence"] if seen["value"] == code["value"])
    method = Method(next(methods, Method.PERSON))
    return [DossierMember(record["agency"], code["value"] or "", record["record_id"], place, method, issued)]


def dossier_code(record: Record, known: Sequence[DossierMember]) -> str:
    """The code of the dossier by which a record is found: the first that it is in, or empty."""
    return next((member.code for member in dossiers_of(record, known)), "")


@dataclass(frozen=True, slots=True)
class DossierTable:
    """The dossiers of a list, and sentences about lines that cannot be used."""

    entries: tuple[DossierEntry, ...]
    faults: tuple[str, ...]


def dossier_table(lines: Iterable[Cells], agency: str, source: str) -> DossierTable:
    """The dossiers of a list with headings of TT 02/2019, NĐ 30/2020 or TT 05/2025.

    Raises ``ValueError`` when no column names the dossiers.
    """
    found = table(lines, _COLUMNS)
    if not found.columns & {"file_code", "file_notation"}:
        raise ValueError("no column of a list of files: needs Mã hồ sơ (FileCode), or its parts")
    entries, faults = dict[str, DossierEntry](), list[str]()
    for row in found.rows:
        values, wrong = _values(row)
        code = values.pop("file_code", "")
        faults += [f"line {row.line}: {name} is {_ADVICE}" for name in wrong]
        if not code:
            faults.append(f"line {row.line}: not taken: it names no file code")
        elif code in entries:
            faults.append(f"line {row.line}: not taken: the same file as {entries[code].source}")
        else:
            entries[code] = DossierEntry(agency, code, values, f"{source}:{row.line}")
    return DossierTable(tuple(entries.values()), tuple(faults))


def _values(row: Row) -> tuple[dict[str, str], list[str]]:
    cells = dict(row.cells)
    parts = [cells.pop(name) for name in _PARTS if name in cells]
    values = {name: re.sub(r"\s+", " ", cell) for name, cell in cells.items()}
    if "file_code" not in values and "file_notation" in row.cells:
        values["file_code"] = ".".join(parts)
    read = {name: _moment(values[name]) for name in _DAYS if name in values}
    counts = {name: whole(values[name]) for name in _COUNTS if name in values}
    read |= {name: "" if count is None else str(count) for name, count in counts.items()}
    wrong = [name for name, value in read.items() if not value]
    return {name: read.get(name, value) for name, value in values.items() if name not in wrong}, wrong


def _moment(text: str) -> str:
    """A day, month or year in ISO form; empty for anything else."""
    match = _MONTH.fullmatch(text)
    if match:
        return f"{match[2]}-{int(match[1]):02d}" if match[1] else match[2]
    return day(text)


def is_file_code(text: str) -> bool:
    """Whether it has the form of a dossier's code: agency, year, number or notation, split by dots."""
    parts = text.split(".")
    agency = re.fullmatch(r"[A-Z][0-9]{2}|[0-9]{3}", parts[0])
    years = (re.fullmatch(r"(?:18|19|20)[0-9]{2}", part) for part in parts[1:-1])
    return bool(agency) and any(years) and all(re.fullmatch(r"[\w-]+", part) for part in parts)


def path_evidence(key: str, share: float) -> dict[str, tuple[Evidence, ...]]:
    """Dossier and ordinal that a path shows: ``<file_code>.<ordinal>.pdf``, or a folder named by the code.

    A document whose name is such a code alone is the whole dossier in one scan. ``share`` is the trust in it.
    """
    document = folder_of(key) or key
    *folders, name = document.split("/")
    stem = re.sub(r"([._]signed)?\.(pdf|tiff?|jpe?g|png|pages)$", "", name, flags=re.IGNORECASE)
    code, _, ordinal = stem.rpartition(".")
    if is_file_code(code) and re.fullmatch(r"[0-9]{1,7}", ordinal) and int(ordinal):
        return {"file_code": _shown(code, share), "doc_ordinal": _shown(str(int(ordinal)), share)}
    codes = [text for text in (stem, *reversed(folders[1:])) if is_file_code(text)]
    return {"file_code": _shown(codes[0], share)} if codes else {}


def _shown(value: str, share: float) -> tuple[Evidence, ...]:
    return (Evidence(Method.FILENAME, value, share),)


GapKind = Literal["documents", "pages", "missing", "twice", "unlisted"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Where list and records of a dossier differ; as a text it is an English sentence.

    ``what`` is the list's total of documents or pages, or the ordinals that are missing or there twice;
    ``here`` how many documents or pages there are.
    """

    kind: GapKind
    what: str = ""
    here: str = ""

    def __str__(self) -> str:
        sentences = {
            "missing": f"ordinals missing: {self.what}",
            "twice": f"ordinals given twice: {self.what}",
            "unlisted": "in no imported list",
        }
        return sentences.get(self.kind, f"the list says {self.what} {self.kind}, {self.here} are here")


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """A dossier as it stands: what the list gives, what follows from its records, and what is missing.

    ``values`` are given; ``start_date`` and ``end_date`` are the first and last issue date, or empty.
    """

    agency: str
    code: str
    values: Mapping[str, str]
    start_date: str
    end_date: str
    documents: int
    pages: int
    gaps: tuple[Gap, ...]


def summary(
    agency: str,
    code: str,
    entry: DossierEntry | None,
    members: Sequence[DossierMember],
    pages: Mapping[str, int],
) -> DossierSummary:
    """What the records make of a dossier; ``pages`` has the records that count (withdrawn ones do not)."""
    there = [member for member in members if member.record_id in pages]
    days = sorted(member.issued_date for member in there if member.issued_date)
    total = sum(pages[member.record_id] for member in there)
    values = entry.values if entry else {}
    gaps = [*_total_gaps(values, len(there), total), *_ordinal_gaps(values, there)]
    gaps += [] if entry else [Gap("unlisted")]
    first, last = (days[0], days[-1]) if days else ("", "")
    return DossierSummary(agency, code, values, first, last, len(there), total, tuple(gaps))


def _total_gaps(values: Mapping[str, str], documents: int, pages: int) -> Iterable[Gap]:
    totals: tuple[tuple[str, int, GapKind], ...] = (
        ("total_doc", documents, "documents"),
        ("number_of_page", pages, "pages"),
    )
    for name, found, kind in totals:
        if name in values and int(values[name]) != found:
            yield Gap(kind, values[name], str(found))


def _ordinal_gaps(values: Mapping[str, str], members: Sequence[DossierMember]) -> Iterable[Gap]:
    """Only where every record has its ordinal can the list's total say that the last ones are missing."""
    ordinals = Counter(member.ordinal for member in members if member.ordinal is not None)
    if not ordinals:
        return
    whole = ordinals.total() == len(members)
    end = max(max(ordinals), int(values.get("total_doc", 0)) if whole else 0) + 1
    missing = [
        _span(before + 1, after - 1)
        for before, after in pairwise([0, *sorted(ordinals), end])
        if after - before > 1
    ]
    if missing:
        yield Gap("missing", ", ".join(missing))
    twice = sorted(number for number, count in ordinals.items() if count > 1)
    if twice:
        yield Gap("twice", ", ".join(map(str, twice)))


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"
