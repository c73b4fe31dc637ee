"""Coverage of agencies, the records behind each figure, and what waits, was rejected or is held."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import floor
from urllib.parse import quote, urlencode

from starlette.responses import Response

from sohoa.domain.coverage.holdings import Unit
from sohoa.domain.coverage.report import AgencyCoverage, CoverageReport
from sohoa.domain.errors import NotFound
from sohoa.domain.inbox.states import State
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.usecases.coverage.behind import TROUBLED, object_counts, objects_behind, records_behind
from sohoa.usecases.coverage.measure import counted


def add_officers(pages: Pages) -> None:
    """``/coverage`` and what stands behind its figures."""
    pages.get("coverage", "/coverage", _coverage)
    pages.get("coverage_agency", "/coverage/{agency}", _agency)
    pages.get("coverage_records", "/coverage/{agency}/records", _records)
    pages.get("coverage_objects", "/coverage/{agency}/objects", _objects)


def _measured(asked: Asked, agency: str = "") -> CoverageReport:
    """The figures of now; the one place where the pages take them from."""
    return counted(asked.reader, asked.services, agency=agency)


def _coverage(asked: Asked) -> Response:
    scope = asked.reader.access.agencies
    if scope is not None and len(scope) == 1:
        return see_other(f"/coverage/{quote(next(iter(scope)))}")
    rows = [row for row in _measured(asked).agencies if _has_something(row)]
    return asked.page("coverage.html.j2", rows=rows, percent=_percent, documents=Unit.DOCUMENTS)


def _has_something(row: AgencyCoverage) -> bool:
    return bool(row.declarations or row.total.counts.received or row.waiting)


def _agency(asked: Asked) -> Response:
    agency = asked.part("agency")
    row = next((row for row in _measured(asked, agency).agencies if row.agency == agency), None)
    if row is None:
        raise NotFound("agency", "no such agency")
    states = object_counts(asked.reader, asked.services, agency)
    return asked.page(
        "coverage_agency.html.j2",
        row=row,
        percent=_percent,
        documents=Unit.DOCUMENTS,
        states=[(state, states[state]) for state in TROUBLED if states.get(state)],
        behind=lambda figure, year: _behind(agency, figure, year),
        objects=lambda state: f"/coverage/{quote(agency)}/objects?{urlencode({'state': state.value})}",
    )


def _behind(agency: str, figure: str, year: int | None) -> str:
    """The address of the records behind a figure."""
    asked = {"figure": figure, "year": "" if year is None else str(year)}
    return f"/coverage/{quote(agency)}/records?{urlencode(asked)}"


def _records(asked: Asked) -> Response:
    agency, figure = asked.part("agency"), asked.given("figure") or "received"
    year = asked.number(asked.given("year")) if asked.given("year") else None
    day, after = _day(asked.given("day")), asked.given("after")
    rows, end = records_behind(asked.reader, asked.services, agency, figure, year, after, day)
    on = {"day": day.isoformat()} if day else {}
    following = f"{_behind(agency, figure, year)}&{urlencode({**on, 'after': end})}" if end else ""
    return asked.page(
        "coverage_records.html.j2",
        agency=agency,
        agency_name=asked.services.agencies.name(agency),
        figure=figure,
        year=year,
        day=day.isoformat() if day else "",
        rows=rows,
        following=following,
    )


def _day(text: str) -> date | None:
    """A past day of the address; raises ``NotFound`` for what is none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise NotFound("page", "no such page") from error


def _objects(asked: Asked) -> Response:
    agency, chosen = asked.part("agency"), asked.given("state")
    state = next((each for each in TROUBLED if each.value == chosen), State.REJECTED)
    rows, end = objects_behind(asked.reader, asked.services, agency, state, asked.given("after"))
    asked_for = urlencode({"state": state.value, "after": end})
    return asked.page(
        "coverage_objects.html.j2",
        agency=agency,
        agency_name=asked.services.agencies.name(agency),
        state=state,
        rows=rows,
        following=f"/coverage/{quote(agency)}/objects?{asked_for}" if end else "",
    )


def _percent(ratio: Fraction | None) -> str:
    """A share with one decimal, never rounded up; a dash where there is none."""
    return "–" if ratio is None else f"{floor(ratio * 1000) / 10:.1f}".replace(".", ",") + " %"
