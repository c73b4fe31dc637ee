"""Reads ``config/holdings.csv``: what agencies declare to keep.

Columns: agency, fonds, year (empty: not known), unit (documents, files, sheets, metres), held, source,
as_of (ISO day of the count). UTF-8, comma or semicolon. ``held`` is a whole number; metres of shelf may
have two decimals. Every fault is ``Misconfigured`` and names file, line and reason.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from sohoa.adapters.config_files.strict_yaml import read_text
from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.errors import Misconfigured

COLUMNS = ("agency", "fonds", "year", "unit", "held", "source", "as_of")
_WHOLE = re.compile(r"[0-9]{1,9}")
_METRES = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,2})?")
_FIRST_YEAR, _LAST_YEAR = 1800, 2100


def read_holdings(path: Path, agencies: AgencyRegister) -> Sequence[Holding]:
    """All declarations, in the order of the file; two of one subject and day contradict each other."""
    holdings: list[Holding] = []
    lines: dict[tuple[object, ...], int] = {}
    for line, row in _rows(path):
        try:
            holding = _holding(row, agencies, f"{path.name}:{line}")
        except ValueError as error:
            raise Misconfigured(f"{path}:{line}: {error}") from error
        first = lines.setdefault((*holding.subject, holding.as_of), line)
        if first != line:
            raise Misconfigured(f"{path}:{line}: declares the same as line {first} on the same day")
        holdings.append(holding)
    return holdings


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = read_text(path)
    header = text.partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        if sorted(columns) != sorted(COLUMNS):
            raise Misconfigured(f"{path}:1: the columns must be {', '.join(COLUMNS)}")
        for cells in reader:
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if len(values) != len(columns):
                raise Misconfigured(f"{path}:{reader.line_num}: {len(values)} cells, not {len(columns)}")
            yield reader.line_num, dict(zip(columns, values, strict=True))
    except csv.Error as error:
        raise Misconfigured(f"{path}:{reader.line_num}: {error}") from error


def _holding(row: Mapping[str, str], agencies: AgencyRegister, place: str) -> Holding:
    agency = agencies.get(row["agency"])
    if agency is None:
        raise ValueError(f"agency: {row['agency']!r} is not in the agency register")
    if agency.fonds and row["fonds"] not in agency.fonds:
        raise ValueError(f"fonds: {row['fonds']!r} is not a fonds of {agency.code}")
    if not row["source"]:
        raise ValueError("source: a declaration needs its proof")
    unit = _unit(row["unit"])
    return Holding(
        agency=agency.code,
        fonds=row["fonds"],
        year=_year(row["year"]),
        unit=unit,
        held=_held(row["held"], unit),
        source=row["source"],
        as_of=_day(row["as_of"]),
        row=place,
    )


def _unit(text: str) -> Unit:
    try:
        return Unit(text)
    except ValueError:
        raise ValueError(f"unit: {text!r} is none of {', '.join(Unit)}") from None


def _year(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch("[0-9]{4}", text) or not _FIRST_YEAR <= int(text) <= _LAST_YEAR:
        raise ValueError(f"year: {text!r} is no year from {_FIRST_YEAR} to {_LAST_YEAR}")
    return int(text)


def _held(text: str, unit: Unit) -> Decimal:
    if text.startswith("-"):
        raise ValueError(f"held: {text!r} is negative")
    if not (_METRES if unit is Unit.METRES else _WHOLE).fullmatch(text):
        kind = (
            "number with at most two decimals" if unit is Unit.METRES else "whole number without separators"
        )
        raise ValueError(f"held: {text!r} is not a {kind}")
    return Decimal(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"as_of: {text!r} is no day like 2025-12-31") from None
