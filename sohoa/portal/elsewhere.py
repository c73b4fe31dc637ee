"""Signing in by the province's own service: away to it, and back."""

from __future__ import annotations

from starlette.responses import Response

from sohoa.domain.errors import NotAllowed, NotFound, SohoaError
from sohoa.domain.people.identity import STARTED_FOR
from sohoa.portal.asking import Asked, Pages, local_path, see_other
from sohoa.portal.signing_in import login_page, too_many_tries, with_session
from sohoa.usecases.people.sign_in_elsewhere import begin, finish

_REFUSED, _AWAY = 401, 503


def add_elsewhere(pages: Pages) -> None:
    """``/login/oidc`` and the address to which the service sends browsers back."""
    pages.get("sign_in_elsewhere", "/login/oidc", _go)
    pages.get("back_from_elsewhere", "/login/oidc/back", _back)


def _go(asked: Asked) -> Response:
    try:
        started, there = begin(asked.services, local_path(asked.given("next")), asked.address)
    except NotFound:
        raise
    except NotAllowed as error:
        return _refused(asked, error)
    except SohoaError:
        return login_page(asked, problem=asked.texts("elsewhere_away"), status=_AWAY)
    response = see_other(there)
    response.set_cookie(
        _cookie(asked),
        started.state,
        max_age=int(STARTED_FOR.total_seconds()),
        path="/",
        secure=asked.secure,
        httponly=True,
        samesite="lax",
    )
    return response


def _back(asked: Asked) -> Response:
    kept = asked.request.cookies.get(_cookie(asked), "")
    state, code, issuer = asked.given("state"), asked.given("code"), asked.given("iss")
    try:
        signed_in, wanted = finish(asked.services, state, kept, code, issuer, asked.address)
        response = with_session(asked, see_other(wanted), signed_in)
    except NotFound:
        raise
    except NotAllowed as error:
        response = _refused(asked, error)
    except SohoaError:
        response = login_page(asked, problem=asked.texts("elsewhere_away"), status=_AWAY)
    response.delete_cookie(_cookie(asked), path="/", secure=asked.secure, httponly=True, samesite="lax")
    return response


def _refused(asked: Asked, error: NotAllowed) -> Response:
    if error.code == "too_many_tries":
        return too_many_tries(asked, error)
    problem = asked.texts(f"elsewhere_{error.code}", **error.details)
    return login_page(asked, problem=problem, status=_REFUSED)


def _cookie(asked: Asked) -> str:
    return f"{asked.cookie_name}-elsewhere"
