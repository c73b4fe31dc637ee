"""Walking through the archive without knowing any word: agency, year or hồ sơ, records."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.responses import Response

from sohoa.portal.asking import Asked, Pages
from sohoa.portal.questions import Question
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
    return asked.page(
        "agency.html.j2",
        branch=found,
        all_link=Question(agency=found.code, sort="date").link(),
        years=[
            (year, count, Question(agency=found.code, year=year, sort="date").link())
            for year, count in found.years.items()
        ],
        dossiers=[
            (each, f"{_agency_link(found.code)}/dossier?{urlencode({'code': each.code})}")
            for each in dossiers
        ],
    )


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
