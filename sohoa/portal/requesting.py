"""The page of requests for restricted records: one's own, and those that wait for a decision."""

from __future__ import annotations

from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest, NotAllowed
from sohoa.domain.people.access_request import LONGEST_GRANT_DAYS
from sohoa.domain.protection.rights import Right
from sohoa.portal.asking import Asked, Pages, see_other
from sohoa.usecases.search.access_requests import ask_for, decide, to_decide

_PAGE, _REFUSED = "/requests", 400


def add_requesting(pages: Pages) -> None:
    """``/requests`` and its forms."""
    pages.get("requests", _PAGE, lambda asked: _requests(asked, ""))
    pages.post("ask_access", _PAGE, _ask)
    pages.post("decide_access", "/requests/{request_id}", _decide)


def _requests(asked: Asked, problem: str, status: int = 200) -> Response:
    if asked.session is None:
        raise NotAllowed("signed_out", "nobody is signed in")
    services = asked.services
    may = asked.reader.may(Right.GRANT)
    return asked.page(
        "requests.html.j2",
        status,
        mine=services.requests.of(asked.session.account.login),
        waiting=to_decide(asked.reader, services) if may else (),
        now=services.clock.now(),
        record=asked.form.get("record", asked.given("record")),
        reason=asked.form.get("reason", ""),
        most_days=LONGEST_GRANT_DAYS,
        problem=problem,
    )


def _ask(asked: Asked) -> Response:
    if asked.session is None:
        raise NotAllowed("signed_out", "nobody is signed in")
    form = asked.form
    try:
        ask_for(
            *(asked.reader, asked.services, asked.session.account),
            form.get("record", ""),
            form.get("reason", ""),
        )
    except InvalidRequest as error:
        return _requests(asked, error.code, _REFUSED)
    return see_other(_PAGE)


def _decide(asked: Asked) -> Response:
    days = asked.number(asked.form.get("days", "")) if asked.form.get("action") == "grant" else None
    try:
        decide(asked.reader, asked.services, asked.part("request_id"), days)
    except InvalidRequest as error:
        return _requests(asked, error.code, _REFUSED)
    return see_other(_PAGE)
