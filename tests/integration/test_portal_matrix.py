"""Who reaches which page: every role × scope × level × route of the route table, really asked for."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from starlette.routing import Route

from sohoa.domain.protection.rights import OF_ONE_AGENCY, RIGHTS, Right
from sohoa.portal.app import make_app
from sohoa.portal.rules import RULES
from sohoa.usecases.services import Services
from tests.support.copies import copied
from tests.support.nights import SampleNight
from tests.support.portal import Browser, bearer, member, visitor
from tests.support.review import TWO_PAGES, id_of

HERE, THERE = "Z99.01", "Z99.02"
SCOPES = {"all": None, "own": frozenset({HERE}), "other": frozenset({THERE})}
LEVELS = {"01": Right.SEARCH, "02": Right.CONDITIONAL, "03": None}
Member = tuple[str, str]
"""Role and scope."""
MEMBERS = [
    (role, scope) for role in RIGHTS for scope in SCOPES if scope != "all" or role not in OF_ONE_AGENCY
]
ELSEWHERE = {"sign_in_elsewhere", "back_from_elsewhere"}
"""Pages of a home with a sign-in service of the province; this one has none."""
ACCOUNTS = {"confirm_rights", "account", "ask_rights", "disable_account", "reset_account", "link_account"}
NEVER_THERE = {"browse_dossier", "decide_access", "review_crop", *ACCOUNTS, *ELSEWHERE}
"""What is named in these addresses (hồ sơ, account, request, doubt) does not exist: that is the answer."""
PARTS = {
    "form": "csv",
    "number": "1",
    "name": "archive",
    "field": "subject",
    "agency": HERE,
    "login": "nobody",
    "request_id": "none",
}


def routes() -> list[Route]:
    """The route table; a route without a rule fails."""
    app = make_app(SimpleNamespace(), secure=False)  # type: ignore[arg-type]
    found = []
    for route in app.routes:
        assert isinstance(route, Route), route
        assert route.name in RULES, f"{route.path} has no rule"
        found.append(route)
    return found


ROUTES = sorted(routes(), key=lambda route: route.name == "sign_out")
"""Signing out, which ends the sessions, comes last."""


@pytest.fixture(scope="module")
def records(services: Services, sample_night: SampleNight) -> dict[str, str]:
    """A record of each level, all of one agency and with the same pages; that of level 02 is of a file."""
    source, words = id_of(sample_night.site, TWO_PAGES), [("Giấy", 100, 100, 140, 40)]
    copies = {level: copied(services, source, level[1] * 26, words, mode=level) for level in ("01", "03")}
    return {**copies, "02": source}


@pytest.fixture(scope="module")
def browsers(services: Services) -> dict[Member, Browser]:
    """Somebody of each role and scope, with a token of every scope of the API."""
    return {
        (role, scope): member(services, f"{role}.{scope}", role, SCOPES[scope]) for role, scope in MEMBERS
    }


@pytest.fixture(scope="module")
def tokens(services: Services, browsers: dict[Member, Browser]) -> dict[Member, dict[str, str]]:
    return {(role, scope): bearer(services, f"{role}.{scope}") for role, scope in browsers}


def asked(browser: Browser, route: Route, record_id: str, headers: dict[str, str] | None = None) -> int:
    """The status of the route's page of that record."""
    path = re.sub(r"{(\w+)}", lambda part: {**PARTS, "record_id": record_id}[part[1]], route.path)
    if route.name == "static":
        path = "/static/portal.css"
    if route.name == "browse_dossier":
        path += "?code=none"
    if route.name in ("api_records", "list"):
        path += "?q=a"
    if is_form(route):
        return browser.post(path)[0]
    return browser.client.get(path, headers=headers or {}).status_code


def of_record(route: Route) -> bool:
    return "{record_id}" in route.path


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_cell_is_as_rule_scope_and_level_say(
    records: dict[str, str],
    browsers: dict[Member, Browser],
    tokens: dict[Member, dict[str, str]],
    route: Route,
) -> None:
    """Each role with each scope asks for each route, of a record of each level where the route is of one.

    What is not for them is answered as what does not exist; an empty form may be refused before either.
    """
    rule, wrong, cells = RULES[route.name], [], 0
    for role, scope in browsers:
        for level in LEVELS if of_record(route) else ("",):
            browser, token = browsers[role, scope], tokens[role, scope]
            status = asked(browser, route, records.get(level, ""), token)
            may = rule.right is None or rule.right in RIGHTS[role]
            cells += 1
            if not may:
                right_answer = status == (403 if rule.scope else 404)
            elif not is_there(route, role, scope, level):
                none = asked(browser, route, "a" * 26, token)
                right_answer = status == none and (status == 404 or is_form(route))
            else:
                right_answer = status in (200, 303, 400) or (route.name == "sign_in" and status == 401)
            if not right_answer:
                wrong.append((role, scope, level, status))
    assert wrong == []
    assert cells == len(browsers) * (len(LEVELS) if of_record(route) else 1)


def is_there(route: Route, role: str, scope: str, level: str) -> bool:
    """Whether what the address names exists and is for that role, scope and level of record."""
    if route.name in NEVER_THERE or (route.name == "arrange" and level != "02"):
        return False
    if not level:
        return scope != "other" or "{agency}" not in route.path
    return LEVELS[level] in RIGHTS[role] and scope != "other"


def is_form(route: Route) -> bool:
    return "POST" in (route.methods or ())


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_nobody_reaches_what_is_not_for_everybody(
    services: Services, records: dict[str, str], route: Route
) -> None:
    """Without a session pages lead to signing in, forms and the API are refused; the rest is open."""
    status, rule = asked(visitor(services), route, records["01"]), RULES[route.name]
    if not rule.signed_in:
        assert status == (401 if route.name == "sign_in" else 404 if route.name in ELSEWHERE else 200)
    elif rule.scope or is_form(route):
        assert status == 401
    else:
        assert status == 303


@pytest.mark.parametrize("scope", ["records", "coverage", "review"])
def test_a_token_is_good_for_its_scopes_alone(
    services: Services, records: dict[str, str], browsers: dict[Member, Browser], scope: str
) -> None:
    """The archivist may ask everything; a token of one scope is refused everything else."""
    header = bearer(services, "archivist.all", scope)
    for route in ROUTES:
        wanted = RULES[route.name].scope
        if wanted:
            status = asked(visitor(services), route, records["01"], header)
            assert status == (200 if wanted == scope else 403), route.name


def test_every_rule_has_a_route() -> None:
    """No rule is left over, and no name stands for two routes."""
    assert sorted(route.name for route in ROUTES) == sorted(RULES)
