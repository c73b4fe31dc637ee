"""Coverage as JSON and CSV: the same input gives the same bytes; no run time inside."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sohoa.adapters.coverage_report import words
from sohoa.adapters.coverage_report.plain_work import progress_data, quality_data, ranking_data, target_values
from sohoa.domain.coverage.holdings import Holding, Unit
from sohoa.domain.coverage.report import (
    AgencyCoverage,
    Anomaly,
    CoverageReport,
    DecadeLine,
    Excluded,
    FondsLine,
    Line,
    Target,
)
from sohoa.domain.coverage.targets import LegalTarget
from sohoa.domain.evidence.cells import harmless

COLUMNS = (
    "agency",
    "name",
    "year",
    *(f"held_{unit}" for unit in Unit),
    "received",
    "searchable",
    "signed",
    "complete",
    "draft",
    "covered",
    "ratio",
    "measurable",
    "status",
    "missing_to_target",
    "source",
    "excess",
    "small_denominator",
    "register_rows",
)
VERSION = 1
"""Of the JSON and the CSV: grows when a name changes its meaning or goes; new names leave it as it is."""
_FIRST, _LAST = COLUMNS.index("received"), COLUMNS.index("source")


def to_json(report: CoverageReport) -> bytes:
    """UTF-8, two spaces of indent, LF, newline at the end."""
    text = json.dumps(as_data(report), ensure_ascii=False, indent=2, allow_nan=False)
    return f"{text}\n".encode()


def to_csv(report: CoverageReport) -> bytes:
    """One row per agency and year; UTF-8 without byte order mark, comma, LF.

    Years that are not known say so; an agency of which nothing is known has one row without year.
    Totals are left out, so that a column may be summed.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for agency in report.agencies:
        writer.writerows(_rows(agency))
    return text.getvalue().encode()


def as_data(report: CoverageReport) -> dict[str, Any]:
    """The report as plain data, as ``sohoa coverage --format json`` prints it."""
    return {
        "version": VERSION,
        "as_of": report.as_of.isoformat() if report.as_of else None,
        "scope": report.scope,
        "target": _target(report.target),
        "agencies": [_agency(agency, report.targets) for agency in report.agencies],
        "province": {
            **_total(report.province),
            "excluded": _excluded(report.excluded),
            "waiting": report.waiting,
            "unassigned": report.unassigned,
        },
        "targets": [_legal(target, report.province.ratio) for target in report.targets],
        "decades": [_decade(decade) for decade in report.decades],
        "progress": progress_data(report.progress),
        "ranking": ranking_data(report.ranking),
    }


def _target(target: Target) -> dict[str, float]:
    return {"low": float(target.low), "high": float(target.high)}


def _legal(target: LegalTarget, ratio: Fraction | None) -> dict[str, Any]:
    return {
        "code": target.code,
        "name": target.name,
        "low": float(target.low),
        "high": float(target.high),
        "value": _ratio(target.value(ratio)),
        "gap": _ratio(target.gap(ratio)),
        "source": target.source,
        "valid_from": target.valid_from.isoformat() if target.valid_from else None,
        "valid_to": target.valid_to.isoformat() if target.valid_to else None,
    }


def _agency(agency: AgencyCoverage, targets: Sequence[LegalTarget]) -> dict[str, Any]:
    rolled = agency.with_predecessors
    return {
        "agency": agency.agency,
        "name": agency.name,
        "years": [{"year": year.year, **_line(year.line)} for year in agency.years],
        "total": _total(agency.total),
        "excluded": _excluded(agency.excluded),
        "waiting": agency.waiting,
        "successor": agency.successor,
        "predecessors": list(agency.predecessors),
        "with_predecessors": _total(rolled) if rolled else None,
        "declarations": [_declaration(holding) for holding in agency.declarations],
        "anomalies": [_anomaly(found) for found in agency.anomalies],
        "targets": target_values(targets, agency.total.ratio),
        "progress": progress_data(agency.progress),
        "parent": agency.parent,
        "children": list(agency.children),
        "with_children": _total(agency.with_children) if agency.with_children else None,
        "decades": [_decade(decade) for decade in agency.decades],
        "fonds": [_fonds(fonds) for fonds in agency.fonds],
    }


def _line(line: Line) -> dict[str, Any]:
    counts = line.counts
    return {
        "held": {unit.value: _number(line.held[unit]) for unit in Unit if unit in line.held},
        "received": counts.received,
        "searchable": counts.searchable,
        "signed": counts.signed,
        "complete": counts.complete,
        "covered": counts.covered,
        "draft": counts.draft,
        "covered_sheets": counts.covered_sheets,
        "ratio": _ratio(line.ratio),
        "measurable": line.measurable,
        "status": line.status.value,
        "status_vi": words.STATUS[line.status],
        "missing_to_target": line.missing,
        "excess": {unit.value: line.excess[unit] for unit in Unit if unit in line.excess},
        "small_denominator": line.small,
        "ratios": {unit.value: _ratio(line.ratio_of(unit)) for unit in Unit if unit in line.held},
        "ratio_range": [_ratio(end) for end in line.ratio_range] if line.ratio_range else None,
    }


def _total(line: Line) -> dict[str, Any]:
    """A sum's ratio is ``measured`` by ``held`` of the years that declare, not ``covered`` by ``held``."""
    return {
        **_line(line),
        "measured": line.measured.get(Unit.DOCUMENTS, 0),
        "years": line.years,
        "measurable_years": line.measurable_years,
        "quality": quality_data(line),
    }


def _decade(decade: DecadeLine) -> dict[str, Any]:
    return {"decade": decade.decade, **_total(decade.line)}


def _fonds(fonds: FondsLine) -> dict[str, Any]:
    """What is declared of the fonds, and the figures of the years that it alone declares."""
    return {
        "fonds": fonds.fonds,
        "declared": {unit.value: _number(fonds.held[unit]) for unit in Unit if unit in fonds.held},
        "shared_years": list(fonds.shared_years),
        **_total(fonds.line),
    }


def _excluded(excluded: Excluded) -> dict[str, int]:
    return {
        "secret": excluded.secret,
        "draft": excluded.draft,
        "duplicate": excluded.duplicate,
        "damaged": excluded.damaged,
        "declared_twice": excluded.declared_twice,
    }


def _declaration(holding: Holding) -> dict[str, Any]:
    return {
        "fonds": holding.fonds,
        "year": holding.year,
        "unit": holding.unit.value,
        "held": _number(holding.held),
        "source": holding.source,
        "as_of": holding.as_of.isoformat(),
        "row": holding.row,
        "retention": holding.retention,
        "kind": holding.kind,
        "estimate": [_number(end) for end in holding.bounds] if holding.bounds else None,
    }


def _anomaly(found: Anomaly) -> dict[str, Any]:
    return {
        "year": found.year,
        "unit": found.unit.value,
        "excess": found.excess,
        "rows": [row.row for row in found.rows],
    }


def _rows(agency: AgencyCoverage) -> Iterator[list[str]]:
    name = harmless(agency.name)
    if not agency.years:
        yield [agency.agency, name, "", *_cells(_line(agency.total), ())]
    for year in agency.years:
        declared = [holding for holding in agency.declarations if holding.year == year.year]
        yield [agency.agency, name, words.year(year.year), *_cells(_line(year.line), declared)]


def _cells(line: Mapping[str, Any], declared: Sequence[Holding]) -> list[str]:
    held = [_cell(line["held"].get(unit.value)) for unit in Unit]
    counted = [_cell(line[column]) for column in COLUMNS[_FIRST:_LAST]]
    sources = "; ".join(sorted({f"{h.source} ({h.as_of})" for h in declared}))
    flags = [_cell(line["excess"].get(Unit.DOCUMENTS.value, 0)), _cell(line["small_denominator"])]
    return [*held, *counted, harmless(sources), *flags, harmless("; ".join(h.row for h in declared))]


def _cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ratio(ratio: Fraction | None) -> float | None:
    return None if ratio is None else round(float(ratio), 6)


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)
