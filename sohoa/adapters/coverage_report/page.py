"""Coverage as one self-contained HTML page: no script, nothing fetched, fit for print."""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction

import jinja2

from sohoa.adapters.coverage_report import words
from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import CoverageReport, Line


def to_html(report: CoverageReport) -> bytes:
    """UTF-8; usable under ``default-src 'none'; style-src 'unsafe-inline'``, which the page itself sets."""
    page = _environment().get_template("coverage.html.j2")
    return page.render(report=report, low=_bar(report.target.low), high=_bar(report.target.high)).encode()


def _bar(ratio: Decimal | Fraction | None) -> str:
    """A ratio as a CSS width, at most the whole bar."""
    return f"{min(100.0, float(ratio or 0) * 100):.2f}%"


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
        loader=jinja2.PackageLoader("sohoa.adapters.coverage_report", ""),
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
    )
    environment.globals.update(
        status=words.STATUS, unit=words.UNIT, finding=words.finding, anomaly=words.anomaly
    )
    return environment
