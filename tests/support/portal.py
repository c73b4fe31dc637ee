"""The portal over a night's home, used as a browser would, and people who sign in to it."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from fastapi import FastAPI

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Unavailable
from sohoa.domain.people.account import MODES, Account, granted
from sohoa.domain.people.api_token import SCOPES
from sohoa.domain.people.session import csrf_of
from sohoa.domain.protection.access import Reader
from sohoa.portal.app import make_app
from sohoa.ports import NewEvent
from sohoa.usecases.people.accounts import add, confirm
from sohoa.usecases.people.api_tokens import add_token
from sohoa.usecases.services import Services

PASSWORD = "bốn con ngựa trên đồi"
ROLES = ("operator", "reader", "officer", "archivist", "reviewer", "security", "auditor", "administrator")
ELSEWHERE = "stranger"
"""The login of an officer of another agency."""
ADDRESS = "http://testserver"


class Client:
    """Asks the application without a network, keeps cookies, and goes nowhere by itself."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self.cookies = httpx.Cookies()
        self.headers = dict[str, str]()

    def get(self, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._ask("GET", path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:
        return asyncio.run(self._ask("POST", path, **more))

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url=ADDRESS, cookies=self.cookies, headers=self.headers
        ) as client:
            answer = await client.request(method, path, **more)
            self.cookies = client.cookies
        return answer


@dataclass
class Browser:
    """Somebody's browser."""

    client: Client
    csrf: str = ""

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        answer = self.client.get(path)
        return answer.status_code, answer.text

    def post(self, path: str, **form: str) -> tuple[int, str]:
        """Status and where the answer leads, or its text; with the sign of the session's forms."""
        answer = self.client.post(path, data={"csrf": self.csrf, **form})
        return answer.status_code, answer.headers.get("location", answer.text)


def visitor(services: Services, secure: bool = False) -> Browser:
    """The browser of somebody who has not signed in."""
    return Browser(Client(make_app(services, secure)))


def signed_in(services: Services, login: str, password: str = PASSWORD) -> Browser:
    """The browser of somebody who has signed in."""
    browser = visitor(services)
    answer = browser.client.post("/login", data={"login": login, "password": password})
    assert answer.status_code == 303, answer.text
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', browser.client.get("/password").text)
    assert found is not None
    browser.csrf = found[1]
    return browser


def people(services: Services, agency: str, other: str) -> None:
    """One person of each role, with a password; the officer is of ``agency``, the stranger of ``other``."""
    system = Reader("installer")
    wanted = [*((role, role, agency if role == "officer" else "") for role in ROLES)]
    for login, role, code in [*wanted, (ELSEWHERE, "officer", other)]:
        given = add(system, services, login, f"Người {login}", [role], [code] if code else [], MODES)
        if given.account.waiting:
            confirm(Reader("Người thứ hai", True, frozenset({"administrator"})), services, login)
        browser = signed_in(services, login, given.password)
        status, _ = browser.post("/password", old=given.password, new=PASSWORD, again=PASSWORD)
        assert status == 303


def member(services: Services, login: str, role: str, agencies: frozenset[str] | None = None) -> Browser:
    """The browser of somebody of that role and scope, signed in without the hash of a password."""
    account = Account(login, f"Người {login}", frozenset({role}), agencies, must_change=False)
    at = services.clock.now()
    services.accounts.add(account, NewEvent("account:installer", Action.ACCOUNT_ADDED, granted(account)), at)
    token, browser = services.sessions.open(login, at), visitor(services)
    browser.client.cookies.set("sohoa", token)
    browser.csrf = csrf_of(token)
    return browser


def bearer(services: Services, login: str, *scopes: str) -> dict[str, str]:
    """The header by which a program asks in the name of that account."""
    until = services.clock.now() + timedelta(days=1)
    given = add_token(Reader("installer"), services, login, scopes or SCOPES, until)
    return {"Authorization": f"Bearer {given.secret}"}


class Away:
    """A service that does not answer."""

    def __getattr__(self, name: str) -> Any:
        def call(*_: Any, **__: Any) -> Any:
            raise Unavailable("it does not answer")

        return call
