"""A question of a program: by which token it asks, how often, and the answer in JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import InvalidRequest, NotFound, SohoaError
from sohoa.domain.people.api_token import AT_ONCE, EVERY
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.access import Reader
from sohoa.portal.api.problems import problem, problem_of
from sohoa.portal.asking import LONGEST_ID, Pages, plain
from sohoa.portal.rules import RULES, Rule
from sohoa.usecases.people.acts import noted
from sohoa.usecases.people.api_tokens import Caller, caller_for
from sohoa.usecases.services import Services

ROOT = "/api/v1"
_MOST, _DEFAULT = 100, 20
_SIGN_IN = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True, slots=True)
class Call:
    """One question of a program."""

    request: Request
    services: Services
    caller: Caller

    @property
    def reader(self) -> Reader:
        """In whose name is asked."""
        return self.caller.reader

    def given(self, name: str) -> str:
        """A parameter without control characters; empty if there is none."""
        return plain(self.request.query_params.get(name, "")).strip()

    def part(self, name: str) -> str:
        """A part of the path."""
        return plain(str(self.request.path_params[name]))

    def limit(self) -> int:
        """How many are wanted at once; raises ``InvalidRequest`` for what is no number from 1 to 100."""
        text = self.request.query_params.get("limit", str(_DEFAULT))
        if not (text.isascii() and text.isdecimal() and len(text) < 4 and 1 <= int(text) <= _MOST):
            raise InvalidRequest("limit", f"limit is a number from 1 to {_MOST}")
        return int(text)

    def noted(self, action: Action, record_id: str = "", **details: Any) -> None:
        """Write down what was done by the token, before it is answered."""
        told = {**details, "token": self.caller.token.token_id}
        noted(self.reader, self.services, action, record_id, told, address=_address(self.request))


Answer = Mapping[str, Any] | Response


@dataclass(frozen=True, slots=True)
class Api:
    """Adds questions that programs may ask, each behind its rule and within its token's rate."""

    pages: Pages
    _rate: Tries = field(default_factory=lambda: Tries(AT_ONCE, EVERY))
    _unknown: Tries = field(default_factory=Tries)

    def get(self, name: str, path: str, handler: Callable[[Call], Answer]) -> None:
        """A question below ``/api/v1``; raises KeyError for a name without a rule."""
        rule = RULES[name]

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(self._answer, request, rule, handler)

        self.pages.app.add_api_route(
            ROOT + path, endpoint, methods=["GET"], name=name, include_in_schema=False, response_model=None
        )

    def _answer(self, request: Request, rule: Rule, handler: Callable[[Call], Answer]) -> Response:
        try:
            known = self._known(request)
            return known if isinstance(known, Response) else self._answered(request, rule, handler, known)
        except SohoaError as error:
            return problem_of(error)

    def _known(self, request: Request) -> Caller | Response:
        """Who asks; a problem for a token that opens nothing, and for one that asks too often."""
        services, address = self.pages.services, _address(request)
        at = services.clock.now()
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        caller = caller_for(services, secret.strip()) if kind.lower() == "bearer" else None
        if caller is None:
            if wait := self._unknown.take(address, at):
                return _too_many(wait.total_seconds())
            return problem(401, "send Authorization: Bearer TOKEN", "token", _SIGN_IN)
        wait = self._rate.take(caller.token.sha256, at)
        return _too_many(wait.total_seconds()) if wait else caller

    def _answered(
        self, request: Request, rule: Rule, handler: Callable[[Call], Answer], caller: Caller
    ) -> Response:
        if rule.scope not in caller.token.scopes:
            return problem(403, f"this needs a token of the scope {rule.scope}", "scope")
        if not rule.allows(caller.reader):
            return problem(403, f"{caller.account.login} has not the right to it", "right")
        call = Call(request, self.pages.services, caller)
        try:
            answer = handler(call)
        except NotFound:
            if meant := str(request.path_params.get("record_id", "")):
                call.noted(Action.REFUSED, asked_for=plain(meant)[:LONGEST_ID])
            raise
        return answer if isinstance(answer, Response) else JSONResponse(answer)


def _too_many(seconds: float) -> Response:
    wait = ceil(seconds)
    return problem(429, f"wait {wait} s", "rate", {"Retry-After": str(wait)})


def _address(request: Request) -> str:
    return request.client.host if request.client else ""
