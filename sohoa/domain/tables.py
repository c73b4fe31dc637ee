"""Tables that other people's programs write: CSV in any usual encoding, headings in any usual spelling.

Cells are stripped text in NFC. What is not understood is told by line and column, never quoted: a table may
name secret papers.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ocr.vietnamese.folding import letters
from sohoa.domain.vietnamese import nfc

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ";,\t"
_HARMLESS = re.compile(r"^'(?= *[=+@|%-])")  # what a list of ours puts before a would-be formula
_QUOTED = re.compile('"[^"]*"')
_TITLE_LINES = 15
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})(?:[T ][0-9:.]*)?")
_WHOLE = re.compile(r"([0-9]{1,9})(?:\.0+)?")

Cells = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the file (1-based), its filled cells by column name."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the headings; ``columns`` are the names that were understood."""

    columns: frozenset[str]
    rows: tuple[Row, ...]


def decoded(data: bytes) -> str:
    """The text in NFC: by its byte order mark, as UTF-8 or UTF-16, else as Windows-1258 (Vietnamese)."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return nfc(data.decode(encoding, "replace"))
    half = len(data) // 2
    if half and data[1::2].count(0) > half // 2:
        return nfc(data.decode("utf-16-le", "replace"))
    if half and data[0::2].count(0) > half // 2:
        return nfc(data.decode("utf-16-be", "replace"))
    try:
        return nfc(data.decode("utf-8"))
    except UnicodeDecodeError:
        return nfc(data.decode("cp1258", "replace"))


def csv_cells(data: bytes) -> list[Cells]:
    """Lines of a CSV file whose delimiter is a semicolon, a comma or a tab; empty ones are left out."""
    text = decoded(data).replace("\0", "")
    head = [_QUOTED.sub("", line) for line in text.splitlines()[:_TITLE_LINES]]
    delimiter = max(_DELIMITERS, key=lambda sign: _regularity(sign, head))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return list(_lines(reader))


def _regularity(sign: str, lines: Sequence[str]) -> tuple[int, int]:
    """On how many lines the sign stands equally often, and how often; signs of a sentence vary."""
    counts = Counter(line.count(sign) for line in lines if sign in line)
    return max(((lines_alike, count) for count, lines_alike in counts.items()), default=(0, 0))


def _lines(reader: Iterator[list[str]]) -> Iterator[Cells]:
    while True:
        before = reader.line_num  # type: ignore[attr-defined]  # csv readers count lines
        try:
            cells = tuple(cell.strip() for cell in next(reader))
        except StopIteration:
            return
        except csv.Error:
            continue
        if any(cells):
            yield before + 1, cells


def table(lines: Iterable[Cells], headings: Mapping[str, Sequence[str]]) -> Table:
    """The table below the line that holds the most known headings, titles above it left out.

    ``headings`` are the spellings of each column; marks, case and signs between letters do not matter, and
    an ``l`` printed for an ``I`` neither. A table without a known heading has no columns.
    """
    lines = list(lines)
    known = {_bare(spelling): name for name, spellings in headings.items() for spelling in (name, *spellings)}
    found = [[known.get(_bare(cell), "") for cell in cells] for _, cells in lines[:_TITLE_LINES]]
    best = max(range(len(found)), key=lambda place: len(set(found[place]) - {""}), default=-1)
    if best < 0 or not any(found[best]):
        return Table(frozenset(), ())
    names = found[best]
    below = (line for line in lines[best + 1 :] if not _counts_columns(line[1]))
    return Table(frozenset(names) - {""}, tuple(Row(line, _named(names, cells)) for line, cells in below))


def _counts_columns(cells: Sequence[str]) -> bool:
    """Whether a line only numbers the columns, ``(1) (2) (3)``, as in printed registers."""
    found = [cell.strip("()") for cell in cells]
    return len(found) > 2 and found == [str(number) for number in range(1, len(found) + 1)]


def _named(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Cells by name; of two columns of one name the first that is filled counts."""
    row: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name and cell:
            row.setdefault(name, _HARMLESS.sub("", cell))
    return row


def _bare(heading: str) -> str:
    return letters(heading).replace("l", "i")


def day(text: str) -> str:
    """The day in ISO form for ``31/12/2024``, ``31.12.2024`` or ``2024-12-31``; empty for anything else."""
    first, last = _DAY_FIRST.fullmatch(text), _YEAR_FIRST.fullmatch(text)
    try:
        if first:
            return date(int(first[3]), int(first[2]), int(first[1])).isoformat()
        return date(int(last[1]), int(last[2]), int(last[3])).isoformat() if last else ""
    except ValueError:
        return ""


def whole(text: str) -> int | None:
    """A whole number, also as spreadsheets write it (``12.0``); None for anything else."""
    match = _WHOLE.fullmatch(unicodedata.normalize("NFKC", text))
    return int(match[1]) if match else None
