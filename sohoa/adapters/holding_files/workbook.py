"""The first visible sheet of an XLSX file, streamed: values, and what makes a line doubtful.

Runs in a worker process. Nothing of a workbook is carried out and no link followed: of a
formula the value that was stored with it is taken. Expat limits entities and loads nothing from outside.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from sohoa.domain.coverage.register_cells import EXACT
from sohoa.domain.coverage.register_table import Sheet
from sohoa.domain.tables import Cells

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_UNPACKED, _MAX_RATIO, _MAX_PARTS = 512 * 2**20, 200, 2000
_MAX_ROWS, _MAX_COLUMNS = 250_000, 100
_ROW_OF = re.compile(r"[A-Z]+([0-9]+)")


class Unusable(Exception):
    """The workbook cannot be taken; the sentence says why and what to do, in Vietnamese."""


@dataclass
class _Found:
    lines: list[Cells] = field(default_factory=list)
    faults: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class _Book:
    strings: list[str]
    days: frozenset[int]
    epoch: datetime
    external: bool


def read_workbook(path: Path) -> Sheet:
    """The sheet; raises ``Unusable`` for one that is too large or hidden as a whole."""
    with zipfile.ZipFile(path) as packed:
        _refuse_bomb(packed)
        tree = _tree(packed, "xl/workbook.xml")
        targets = _targets(packed)
        sheets = [
            (s.get("name", ""), s.get("state", "visible"), s.get(_RELATED, "")) for s in _all(tree, "sheet")
        ]
        shown = [(name, key) for name, state, key in sheets if state == "visible" and key in targets]
        if not shown:
            raise Unusable("tệp không có trang tính nào hiện")
        book = _book(packed, tree)
        with packed.open(targets[shown[0][1]]) as source:
            found = _rows(source, book)
    remarks = [f"trang tính ẩn “{name}” không được đọc" for name, state, _ in sheets if state != "visible"]
    remarks += [f"trang tính “{name}” không được đọc: chỉ đọc trang đầu tiên" for name, _ in shown[1:]]
    if book.external:
        remarks.append("tệp có liên kết tới tệp khác: không mở liên kết nào, chỉ lấy giá trị đã lưu")
    return Sheet(tuple(found.lines), dict(found.faults), dict(found.notes), tuple(remarks))


def _refuse_bomb(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    unpacked, stored = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    if len(parts) > _MAX_PARTS or unpacked > _MAX_UNPACKED or unpacked > max(stored, 2**16) * _MAX_RATIO:
        raise Unusable("tệp nén bung ra quá lớn: không đọc; hãy lưu lại hoặc chia nhỏ")


def _rows(source: IO[bytes], book: _Book) -> _Found:
    found, last = _Found(), 0
    for _, element in ElementTree.iterparse(source):  # noqa: S314
        if element.tag == f"{_MAIN}row":
            last = int(element.get("r", last + 1))
            if len(found.lines) >= _MAX_ROWS:
                raise Unusable(f"trang tính có hơn {_MAX_ROWS} dòng: hãy chia nhỏ")
            _row(element, last, book, found)
            element.clear()
        elif element.tag == f"{_MAIN}mergeCell":
            _merged(element.get("ref", ""), found)
    return found


def _row(row: ElementTree.Element, number: int, book: _Book, found: _Found) -> None:
    cells: list[str] = []
    for place, cell in enumerate(row.iterfind(f"{_MAIN}c")):
        name = cell.get("r") or f"{get_column_letter(place + 1)}{number}"
        column = _column(name)
        if column > _MAX_COLUMNS:
            continue
        cells += [""] * (column - len(cells) - 1)
        cells.append(_value(cell, name, number, book, found))
    while cells and not cells[-1]:
        cells.pop()
    if cells:
        found.lines.append((number, tuple(cells)))
        if row.get("hidden") in ("1", "true"):
            found.faults[number].append("dòng bị ẩn: hãy cho hiện hoặc xoá")


def _column(name: str) -> int:
    return column_index_from_string(coordinate_from_string(name)[0])


def _value(cell: ElementTree.Element, name: str, number: int, book: _Book, found: _Found) -> str:
    kind, formula = cell.get("t", "n"), cell.find(f"{_MAIN}f")
    if kind == "inlineStr":
        inline = cell.find(f"{_MAIN}is")
        text = "" if inline is None else _text(inline)
    else:
        text = cell.findtext(f"{_MAIN}v") or ""
    if kind == "e":
        found.faults[number].append(f"ô {name} báo lỗi {text[:20]}")
        return ""
    if kind == "s":
        text = book.strings[int(text)] if text else ""
    elif kind == "n" and text:
        text = _number(text, int(cell.get("s", 0)) in book.days, book.epoch)
    shown = unicodedata.normalize("NFC", text).strip()
    if formula is not None:
        _formula(formula.text or "", name, number, shown, found)
    return shown


def _formula(text: str, name: str, number: int, shown: str, found: _Found) -> None:
    if not shown:
        found.faults[number].append(f"ô {name} là công thức chưa có giá trị: mở bằng Excel rồi lưu lại")
    elif "[" in text:
        found.faults[number].append(f"ô {name} lấy giá trị từ tệp khác: hãy dán thành giá trị")
    else:
        found.notes[number].append(
            f"ô {name} là công thức, lấy giá trị đã lưu {shown.removesuffix(EXACT)[:30]}"
        )


def _number(text: str, is_day: bool, epoch: datetime) -> str:
    value = float(text)
    if is_day:
        moment = from_excel(value, epoch)
        return moment.date().isoformat() if isinstance(moment, datetime) else text
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value!r}{EXACT}"


def _merged(ref: str, found: _Found) -> None:
    """Below the headings a merged cell leaves open for which row it is meant."""
    if not ref:
        return
    first, last = (int(match[1]) for match in map(_ROW_OF.match, (ref + ":" + ref).split(":")[:2]) if match)
    for number, _ in found.lines:
        if first <= number <= last:
            found.faults[number].append(f"ô gộp {ref}: bỏ gộp và điền từng dòng")


def _book(packed: zipfile.ZipFile, tree: ElementTree.Element) -> _Book:
    names = set(packed.namelist())
    strings = []
    if "xl/sharedStrings.xml" in names:
        strings = [_text(item) for item in _streamed(packed, "xl/sharedStrings.xml", "si")]
    properties = tree.find(f"{_MAIN}workbookPr")
    mac = properties is not None and properties.get("date1904") in ("1", "true")
    days = _day_styles(_tree(packed, "xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
    external = any(name.startswith("xl/externalLinks/") for name in names)
    return _Book(strings, days, CALENDAR_MAC_1904 if mac else CALENDAR_WINDOWS_1900, external)


def _day_styles(styles: ElementTree.Element) -> frozenset[int]:
    formats = dict(BUILTIN_FORMATS)
    formats |= {int(f.get("numFmtId", 0)): f.get("formatCode", "") for f in _all(styles, "numFmt")}
    used = styles.find(f"{_MAIN}cellXfs")
    ids = [] if used is None else [int(style.get("numFmtId", 0)) for style in used]
    return frozenset(n for n, key in enumerate(ids) if is_date_format(formats.get(key, "General")))


def _targets(packed: zipfile.ZipFile) -> Mapping[str, str]:
    relations = _tree(packed, "xl/_rels/workbook.xml.rels")
    found = {r.get("Id", ""): r.get("Target", "") for r in relations}
    return {key: t.lstrip("/") if t.startswith("/") else f"xl/{t}" for key, t in found.items()}


def _text(element: ElementTree.Element) -> str:
    """The text of runs, without the reading aids of East Asian scripts."""
    return "".join(
        part.text or ""
        for child in element
        if child.tag in (f"{_MAIN}t", f"{_MAIN}r")
        for part in ([child] if child.tag == f"{_MAIN}t" else child.iterfind(f"{_MAIN}t"))
    )


def _streamed(packed: zipfile.ZipFile, name: str, tag: str) -> Iterator[ElementTree.Element]:
    with packed.open(name) as source:
        for _, element in ElementTree.iterparse(source):  # noqa: S314
            if element.tag == f"{_MAIN}{tag}":
                yield element
                element.clear()


def _tree(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(packed.read(name))  # noqa: S314


def _all(tree: ElementTree.Element, tag: str) -> Iterator[ElementTree.Element]:
    return tree.iter(f"{_MAIN}{tag}")
