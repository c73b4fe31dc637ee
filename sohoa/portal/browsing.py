"""Walking through the archive without knowing any word: agency, year or hồ sơ, records."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from starlette.responses import Response

from sohoa.domain.coverage.figures import Line
from sohoa.domain.coverage.report import AgencyCoverage
from sohoa.domain.protection.access import CONDITIONAL
from sohoa.portal.asking import Asked, Pages
from sohoa.portal.questions import Question
from sohoa.usecases.coverage.measure import counted
from sohoa.usecases.dossiers.contents import contents, seen_dossiers
from sohoa.usecases.search.tree import branch, branches


def add_browsing(pages: Pages) -> None:
    """``/browse`` and what stands below it."""
    pages.get("browse", "/browse", _browse)
    pages.get("browse_agency", "/browse/{agency}", _agency)
    pages.get("browse_dossier", "/browse/{agency}/dossier", _dossier)


def _browse(asked: Asked) -> Response:
    found = branches(asked.reader, asked.services.index, asked.services.agencies)
    return asked.page("browse.html.j2", branches=found, agency_link=_agency_link)


def _agency(asked: Asked) -> Response:
    services = asked.services
    found = branch(asked.reader, services.index, services.agencies, asked.part("agency"))
    dossiers = seen_dossiers(asked.reader, services, found.code)
    lines = {year.year: year.line for row in _coverage(asked, found.code) for year in row.years}
    return asked.page(
        "agency.html.j2",
        branch=found,
        all_link=Question(agency=found.code, sort="date").link(),
        years=[
            (year, found.years.get(str(year), 0), _lack(lines.get(year)), _year_link(found.code, year))
            for year in sorted({*map(int, found.years), *(y for y in lines if y)}, reverse=True)
        ],
        dossiers=[
            (each, f"{_agency_link(found.code)}/dossier?{urlencode({'code': each.code})}")
            for each in dossiers
        ],
    )


def _coverage(asked: Asked, code: str) -> Sequence[AgencyCoverage]:
    """What the agency declared and has by year; nothing for who may not see all that it counts."""
    if not asked.reader.access.allows(code, CONDITIONAL):
        return ()
    rows = counted(asked.reader, asked.services, agency=code).agencies
    return [row for row in rows if row.agency == code]


def _lack(line: Line | None) -> int:
    """How many declared documents of the year are not covered yet."""
    return 0 if line is None else int(line.held_documents) - line.counted_documents


def _year_link(code: str, year: int) -> str:
    return Question(agency=code, year=str(year), sort="date").link()


def _dossier(asked: Asked) -> Response:
    agency = asked.part("agency")
    found, records = contents(asked.reader, asked.services, agency, asked.given("code"))
    return asked.page(
        "dossier.html.j2",
        dossier=found,
        records=records,
        agency_name=asked.services.agencies.name(agency),
        agency_link=_agency_link(agency),
    )


def _agency_link(code: str) -> str:
    return f"/browse/{quote(code, safe='')}"
