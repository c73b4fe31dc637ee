"""A question to the portal: who asks, in which language, by which form; and the pages that answer it."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotAllowed, NotFound, SohoaError
from sohoa.domain.people.session import same
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.rights import Right
from sohoa.portal.rendering import render
from sohoa.portal.rules import RULES, Rule
from sohoa.portal.texts import Language, Texts, language_of
from sohoa.usecases.people.acts import noted
from sohoa.usecases.people.sign_in import Session, reader_for
from sohoa.usecases.services import Services

LONGEST_ID = 64
_LONGEST_PATH = 256
_FORM_BYTES, _MOST_FIELDS = 256 * 1024, 5_000
"""Enough for the pages of a record of two thousand, each with a field of its own."""
_SEE_OTHER = 303
_LANGUAGE_COOKIE = "sohoa-lang"
_YEAR_S = 365 * 24 * 3600
PASSWORD_PAGE = "/password"  # noqa: S105 (a page's address)
SECOND_FACTOR_PAGE = "/second-factor"
_KEPT_FORMS = ("decide", "decide_again")
"""Forms with what somebody typed: it is offered again where the session had ended."""
_WITHOUT_PASSWORD_CHANGE = ("password", "change_password", "sign_out")
_WITHOUT_SECOND_FACTOR = (*_WITHOUT_PASSWORD_CHANGE, "second_factor", "set_second_factor")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question; ``session`` is None where nobody is signed in, ``form`` empty but for a POST."""

    request: Request
    services: Services
    session: Session | None
    form: Mapping[str, str]
    texts: Texts
    secure: bool

    @property
    def reader(self) -> Reader:
        """Who asks; raises ``NotAllowed`` where nobody is signed in."""
        if self.session is None:
            raise NotAllowed("signed_out", "nobody is signed in")
        return self.session.reader

    @property
    def address(self) -> str:
        """Where the question comes from."""
        return self.request.client.host if self.request.client else ""

    @property
    def cookie_name(self) -> str:
        """The session's cookie; a browser takes the longer name from this host alone, and over TLS."""
        return "__Host-sohoa" if self.secure else "sohoa"

    def noted(self, action: Action, record_id: str = "", **details: Any) -> None:
        """Write down what the person did, before they see it."""
        noted(self.reader, self.services, action, record_id, details, address=self.address)

    def given(self, name: str) -> str:
        """A value of the address without control characters and halves of characters; empty if none."""
        return plain(self.request.query_params.get(name, "")).strip()

    def all_given(self, name: str) -> list[str]:
        """All values of that name in the address, as ``given``."""
        return [plain(value).strip() for value in self.request.query_params.getlist(name)]

    def part(self, name: str) -> str:
        """A part of the path."""
        return plain(str(self.request.path_params[name]))

    def number(self, text: str) -> int:
        """A whole number of the address; raises ``NotFound`` for what is none."""
        if not (text.isascii() and text.isdecimal() and len(text) < 8):
            raise NotFound("page", "no such page")
        return int(text)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """The page as HTML."""
        reader = self.session.reader if self.session else None
        text = render(
            template,
            t=self.texts,
            session=self.session,
            reviews=bool(reader and reader.may(Right.REVIEW)),
            may=lambda right: bool(reader and reader.may(Right(right))),
            other_language=self._in_other_language(),
            **values,
        )
        response = HTMLResponse(text, status, headers={"Cache-Control": "no-store"})
        if self.given("lang"):
            response.set_cookie(
                _LANGUAGE_COOKIE,
                self.texts.language.value,
                max_age=_YEAR_S,
                secure=self.secure,
                httponly=True,
                samesite="lax",
            )
        return response

    def _in_other_language(self) -> str:
        """The address of the same page in the other language."""
        if self.request.method != "GET":
            return f"/search?lang={self.texts.language.other.value}"
        kept = [(name, value) for name, value in self.request.query_params.multi_items() if name != "lang"]
        return f"?{urlencode([*kept, ('lang', self.texts.language.other.value)], errors='replace')}"


Handler = Callable[[Asked], Response]
ErrorPage = Callable[[Asked, SohoaError], Response]


@dataclass(frozen=True, slots=True)
class Pages:
    """Adds pages to the app, each behind its rule."""

    app: FastAPI
    services: Services
    secure: bool
    error_page: ErrorPage

    def get(self, name: str, path: str, handler: Handler) -> None:
        """A page that is read; raises KeyError for a name without a rule."""
        self._add("GET", name, path, handler)

    def post(self, name: str, path: str, handler: Handler) -> None:
        """A form that is sent; raises KeyError for a name without a rule."""
        self._add("POST", name, path, handler)

    def _add(self, method: str, name: str, path: str, handler: Handler) -> None:
        rule = RULES[name]

        async def endpoint(request: Request) -> Response:
            form = await _form(request) if method == "POST" else {}
            return await run_in_threadpool(self._answer, request, form, name, rule, handler)

        self.app.add_api_route(
            path, endpoint, methods=[method], name=name, include_in_schema=False, response_model=None
        )

    def _answer(
        self, request: Request, form: Mapping[str, str] | None, name: str, rule: Rule, handler: Handler
    ) -> Response:
        asked = self.question(request, form or {})
        try:
            if form is None or _from_elsewhere(request):
                raise InvalidRequest("form", "the form did not come from this portal, or is too large")
            if rule.signed_in:
                asked = self.question(request, form, self._session(asked))
                if response := _not_yet(asked, name, rule):
                    return response
            return handler(asked)
        except (NotFound, NotAllowed) as error:
            return self._refused(asked, error)
        except SohoaError as error:
            return self.error_page(asked, error)

    def _refused(self, asked: Asked, error: SohoaError) -> Response:
        """The answer to who asked for what is not there or not theirs: the record, or the page, is noted."""
        record_id = plain(str(asked.request.path_params.get("record_id", "")))[:LONGEST_ID]
        try:
            if asked.session is not None:
                path = plain(asked.request.url.path)[:_LONGEST_PATH]
                asked.noted(Action.REFUSED, asked_for=record_id or path)
        except SohoaError as away:
            error = away
        return self.error_page(asked, error)

    def question(self, request: Request, form: Mapping[str, str], session: Session | None = None) -> Asked:
        """The question as pages see it."""
        chosen = request.query_params.get("lang") or request.cookies.get(_LANGUAGE_COOKIE, "")
        return Asked(request, self.services, session, form, Texts(language_of(chosen)), self.secure)

    def _session(self, asked: Asked) -> Session | None:
        return reader_for(self.services, asked.request.cookies.get(asked.cookie_name, ""))


def _not_yet(asked: Asked, name: str, rule: Rule) -> Response | None:
    """Where whoever asks has to go first; raises ``NotFound`` for a page that is not for them."""
    session, request = asked.session, asked.request
    if session is None:
        if request.method == "POST":
            kept = {n: v for n, v in asked.form.items() if n != "csrf"} if name in _KEPT_FORMS else {}
            return asked.page("session_ended.html.j2", 401, kept=kept, again=_again(request.url.path))
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?{urlencode({'next': wanted})}", _SEE_OTHER)
    if request.method == "POST" and rule.signed_form and not same(asked.form.get("csrf", ""), session.csrf):
        raise InvalidRequest("form", "the form did not come from this portal")
    if session.account.must_change and name not in _WITHOUT_PASSWORD_CHANGE:
        return RedirectResponse(PASSWORD_PAGE, _SEE_OTHER)
    if session.must_enrol and name not in _WITHOUT_SECOND_FACTOR:
        return RedirectResponse(SECOND_FACTOR_PAGE, _SEE_OTHER)
    if not session.account.must_change and not rule.allows(session.reader):
        raise NotFound("page", "no such page")
    return None


def _again(path: str) -> str:
    """Where a form that was kept is offered again."""
    return path if path.endswith("/again") else f"{path}/again"


def see_other(path: str) -> Response:
    """Go on to another page of the portal."""
    return RedirectResponse(path, _SEE_OTHER)


def local_path(text: str) -> str:
    """The address where it is one of this portal, else that of the search."""
    plain = text.startswith("/") and not text.startswith("//") and text.isprintable() and "\\" not in text
    return text if plain and not urlsplit(text).netloc else "/search"


def is_loopback(host: str) -> bool:
    """Whether the name or address is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


async def _form(request: Request) -> Mapping[str, str] | None:
    """The fields of a form sent as ``application/x-www-form-urlencoded``; None for anything else."""
    if (
        request.headers.get("content-type", "").partition(";")[0].strip()
        != "application/x-www-form-urlencoded"
    ):
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _FORM_BYTES:
            return None
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None
    return {name: plain(value) for name, value in fields}


def plain(text: str) -> str:
    """The text without control characters but line ends, and without halves of characters."""
    return "".join(
        c for c in text if (c >= " " or c in "\n\t") and not "\ud800" <= c <= "\udfff" and c != "\x7f"
    )


def _from_elsewhere(request: Request) -> bool:
    """Whether a form was sent by another site's page."""
    if request.method != "POST":
        return False
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")


__all__ = [
    "LONGEST_ID",
    "PASSWORD_PAGE",
    "SECOND_FACTOR_PAGE",
    "Asked",
    "Language",
    "Pages",
    "is_loopback",
    "local_path",
    "plain",
    "see_other",
]
