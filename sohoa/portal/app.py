"""The portal as an application: pages, headers, files that pages load, and what is said at faults."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sohoa.domain.errors import NotFound
from sohoa.portal.administering import add_administering
from sohoa.portal.api.asking import ROOT
from sohoa.portal.api.problems import problem
from sohoa.portal.api.questions import add_api
from sohoa.portal.arranging import add_arranging
from sohoa.portal.asking import Asked, Pages
from sohoa.portal.auditing import add_auditing
from sohoa.portal.browsing import add_browsing
from sohoa.portal.elsewhere import add_elsewhere
from sohoa.portal.errors import broken, error_page, not_found
from sohoa.portal.headers import SecurityHeaders
from sohoa.portal.health import add_health
from sohoa.portal.keeping import add_keeping
from sohoa.portal.metrics import Measured, Metrics, add_metrics
from sohoa.portal.officers import add_officers
from sohoa.portal.people import add_people
from sohoa.portal.personal import add_personal
from sohoa.portal.queueing import add_queueing
from sohoa.portal.records import add_records
from sohoa.portal.rendering import STATIC, static_file
from sohoa.portal.requesting import add_requesting
from sohoa.portal.reviewing import add_reviewing
from sohoa.portal.sampling import add_sampling
from sohoa.portal.searching import add_searching
from sohoa.portal.second_factor import add_second_factor
from sohoa.portal.signing_in import add_signing_in
from sohoa.usecases.services import Services

_NOT_FOUND, _METHOD_NOT_ALLOWED, _BROKEN = 404, 405, 500
_ADDS = (
    add_health,
    add_signing_in,
    add_elsewhere,
    add_second_factor,
    add_people,
    add_administering,
    add_requesting,
    add_auditing,
    add_searching,
    add_keeping,
    add_records,
    add_personal,
    add_browsing,
    add_officers,
    add_queueing,
    add_reviewing,
    add_arranging,
    add_sampling,
    add_api,
)


def make_app(services: Services, secure: bool) -> FastAPI:
    """The portal over these services; ``secure``: people reach it over TLS, cookies go over TLS alone."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False)
    pages = Pages(app, services, secure, error_page)
    for add in _ADDS:
        add(pages)
    metrics = Metrics()
    add_metrics(pages, metrics)
    pages.get("static", "/static/{name}", _static)

    async def away(request: Request, error: Exception) -> Response:
        """An address that no page has, or a form sent to one that takes none."""
        if request.url.path.startswith(f"{ROOT}/"):
            return problem(error.status_code if isinstance(error, HTTPException) else _NOT_FOUND)
        answer = not_found(pages.question(request, {}))
        if isinstance(error, HTTPException) and error.status_code == _METHOD_NOT_ALLOWED:
            answer.status_code = _METHOD_NOT_ALLOWED
        return answer

    async def fault(request: Request, _: Exception) -> Response:
        if request.url.path.startswith(f"{ROOT}/"):
            return problem(_BROKEN)
        return broken(pages.question(request, {}))

    app.add_exception_handler(HTTPException, away)
    app.add_exception_handler(Exception, fault)
    app.add_middleware(SecurityHeaders, secure=secure)
    app.add_middleware(Measured, metrics=metrics)
    return app


def _static(asked: Asked) -> Response:
    name = asked.part("name")
    if name not in STATIC:
        raise NotFound("page", "no such page")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(static_file(name), media_type=STATIC[name], headers=headers)
