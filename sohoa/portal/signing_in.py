"""Signing in and out, and the change of one's own password."""

from __future__ import annotations

import math

from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest, NotAllowed
from sohoa.domain.people.session import LONGEST
from sohoa.portal.asking import PASSWORD_PAGE, Asked, Pages, local_path, see_other
from sohoa.usecases.people.sign_in import SignedIn, change_password, sign_in, sign_out

_WRONG, _TOO_MANY = 401, 429


def add_signing_in(pages: Pages) -> None:
    """``/login``, ``/logout`` and ``/password``."""
    pages.get("login", "/login", _login)
    pages.post("sign_in", "/login", _sign_in)
    pages.post("sign_out", "/logout", _sign_out)
    pages.get("password", PASSWORD_PAGE, lambda asked: _password(asked, ""))
    pages.post("change_password", PASSWORD_PAGE, _change)


def _login(asked: Asked) -> Response:
    return login_page(asked, wanted=local_path(asked.given("next")))


def login_page(
    asked: Asked, login: str = "", wanted: str = "/search", problem: str = "", status: int = 200
) -> Response:
    """The page where people sign in, with what went wrong."""
    elsewhere = asked.services.sign_in_label if asked.services.identity_provider else ""
    return asked.page(
        "login.html.j2", status, login=login, wanted=wanted, problem=problem, elsewhere=elsewhere
    )


def too_many_tries(asked: Asked, error: NotAllowed, login: str = "", wanted: str = "/search") -> Response:
    """The page where people sign in, with how long they have to wait."""
    minutes = math.ceil(int(error.details["seconds"]) / 60)
    return login_page(asked, login, wanted, asked.texts("too_many_tries", minutes=minutes), _TOO_MANY)


def _sign_in(asked: Asked) -> Response:
    login, wanted = asked.form.get("login", ""), local_path(asked.form.get("next", ""))
    try:
        password, code = asked.form.get("password", ""), asked.form.get("code", "")
        signed_in = sign_in(asked.services, login, password, asked.address, code)
    except NotAllowed as error:
        return too_many_tries(asked, error, login, wanted)
    if signed_in is None:
        return login_page(asked, login, wanted, asked.texts("sign_in_failed"), _WRONG)
    return with_session(asked, see_other(PASSWORD_PAGE if signed_in.must_change else wanted), signed_in)


def with_session(asked: Asked, response: Response, signed_in: SignedIn) -> Response:
    """The answer with the cookie of a session that was just opened."""
    response.set_cookie(
        asked.cookie_name,
        signed_in.token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=asked.secure,
        httponly=True,
        samesite="lax",
    )
    return response


def _sign_out(asked: Asked) -> Response:
    sign_out(asked.services, asked.request.cookies.get(asked.cookie_name, ""), asked.address)
    response = see_other("/login")
    response.delete_cookie(asked.cookie_name, path="/", secure=asked.secure, httponly=True, samesite="lax")
    return response


def _password(asked: Asked, problem: str, status: int = 200) -> Response:
    return asked.page("password.html.j2", status, problem=problem)


def _change(asked: Asked) -> Response:
    form, session = asked.form, asked.session
    if session is None or form.get("new", "") != form.get("again", ""):
        return _password(asked, "again", 400)
    try:
        signed_in = change_password(
            asked.services, session, form.get("old", ""), form.get("new", ""), asked.address
        )
    except InvalidRequest as error:
        return _password(asked, error.code, 400)
    return with_session(asked, see_other("/search"), signed_in)
