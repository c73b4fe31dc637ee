"""The page on which a person sets a second factor: the secret as QR code and as text."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

import segno
from markupsafe import Markup
from starlette.responses import Response

from sohoa.domain.errors import InvalidRequest
from sohoa.portal.asking import SECOND_FACTOR_PAGE, Asked, Pages, see_other
from sohoa.portal.signing_in import with_session
from sohoa.usecases.people.second_factor import set_second_factor

_ISSUER = "Sohoa"
_SECRET = re.compile("[A-Z2-7]{32}")


def add_second_factor(pages: Pages) -> None:
    """``/second-factor``."""
    pages.get("second_factor", SECOND_FACTOR_PAGE, lambda asked: _page(asked, _fresh(asked), ""))
    pages.post("set_second_factor", SECOND_FACTOR_PAGE, _set)


def _fresh(asked: Asked) -> str:
    return asked.services.second_factors.fresh()


def _page(asked: Asked, secret: str, problem: str, status: int = 200) -> Response:
    login = asked.session.account.login if asked.session else ""
    given = urlencode({"secret": secret, "issuer": _ISSUER})
    code = segno.make(f"otpauth://totp/{_ISSUER}:{quote(login)}?{given}", error="m")
    return asked.page(
        "second_factor.html.j2",
        status,
        secret=secret,
        picture=Markup(code.svg_inline(scale=5, dark="#000", light="#fff")),  # noqa: S704  digits of a QR code
        problem=problem,
        must=bool(asked.session and asked.session.must_enrol),
        is_set=bool(asked.session and asked.session.account.totp_secret),
    )


def _set(asked: Asked) -> Response:
    form, session = asked.form, asked.session
    if session is None:
        raise InvalidRequest("form", "nobody is signed in")
    secret = form.get("secret", "")
    try:
        signed_in = set_second_factor(
            *(asked.services, session, form.get("password", ""), secret),
            form.get("code", ""),
            asked.address,
        )
    except InvalidRequest as error:
        return _page(asked, secret if _SECRET.fullmatch(secret) else _fresh(asked), error.code, 400)
    return with_session(asked, see_other("/search"), signed_in)
