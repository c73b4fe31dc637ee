"""Accounts in the browser: rights that a second person confirms, second factors."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Iterator
from dataclasses import replace
from unittest import mock

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from sohoa.domain.archive.actions import Action
from sohoa.domain.people.session import csrf_of
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent
from sohoa.settings import load_settings
from sohoa.usecases.checks.people_history import account_faults
from sohoa.usecases.people.accounts import add
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.portal import PASSWORD, Browser, bearer, member, signed_in, visitor
from tests.support.site import stored_site


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    site = stored_site(tmp_path_factory.mktemp("people"))
    with mock.patch.dict("os.environ", site.environment, clear=True):
        settings = load_settings()
    with open_services(settings) as opened:
        yield opened


def with_password(services: Services, login: str, role: str) -> Browser:
    """The browser of a member who has a password."""
    browser, told = member(services, login, role), NewEvent("account:installer", Action.PASSWORD_CHANGED, {})
    kept = services.passwords.hash(PASSWORD)
    at = services.clock.now()
    services.accounts.change(login, lambda account: (replace(account, password_hash=kept), told), at)
    return browser


def test_another_administrator_confirms_rights_in_the_browser(services: Services) -> None:
    """Who asked sees that they wait, and cannot; the other can; whose they are has them then."""
    first, second = (member(services, login, "administrator") for login in ("chu", "pho"))
    add(Reader("Người chu", True, frozenset({"administrator"})), services, "lan", "Lê Lan", ["archivist"])
    status, text = first.get("/people")
    assert status == 200
    assert "Lê Lan" in text
    assert "/people/lan/confirm" in text
    assert 'class="main">Xác nhận' not in text
    assert first.post("/people/lan/confirm")[0] == 400
    assert 'class="main">Xác nhận' in second.get("/people")[1]
    status, text = second.post("/people/lan/confirm", seen="0" * 64)
    assert (status, "vừa thay đổi" in text) == (409, True)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', text)
    assert seen is not None
    assert second.post("/people/lan/confirm", seen=seen[1]) == (303, "/people")
    account = services.accounts.account("lan")
    assert account is not None
    assert (account.waiting, account.disabled) == (None, False)
    status, text = second.post("/people/lan/confirm")
    assert (status, "Không còn quyền nào chờ" in text) == (400, True)
    assert "Accounts" in second.get("/people?lang=en")[1]
    assert member(services, "doc", "reader").get("/people")[0] == 404


def test_a_person_sets_a_second_factor_in_the_browser(services: Services) -> None:
    """QR code and text give the same secret; afterwards the password alone opens nothing."""
    browser = with_password(services, "ha", "archivist")
    status, text = browser.get("/second-factor")
    assert status == 200
    assert "<svg" in text
    assert "style=" not in text
    found = re.search(r"<code>([A-Z2-7]{32})</code>", text)
    assert found is not None
    totp = TOTP(b32decode(found[1]), 6, SHA1(), 30)  # noqa: S303
    now = int(services.clock.now().timestamp())
    form = {"secret": found[1], "password": PASSWORD}
    status, text = browser.post("/second-factor", **form, code="x")
    assert (status, "Mã không đúng" in text, found[1] in text) == (400, True, True)
    status, text = browser.post("/second-factor", **{**form, "password": "wrong"}, code="x")
    assert (status, "Mật khẩu không đúng" in text, found[1] in text) == (400, True, True)
    assert browser.post("/second-factor", **form, code=totp.generate(now).decode()) == (303, "/search")
    assert "Đã bật" in browser.get("/second-factor")[1]
    login = {"login": "ha", "password": PASSWORD}
    assert visitor(services).client.post("/login", data=login).status_code == 401
    code = totp.generate(now + 30).decode()
    assert visitor(services).client.post("/login", data={**login, "code": code}).status_code == 303


def test_who_needs_a_second_factor_is_led_to_it(services: Services) -> None:
    """Nothing else is open before; signing out is."""
    with_password(services, "an", "auditor")
    strict = replace(services, second_factor_roles=frozenset({"auditor"}))
    browser = signed_in(strict, "an")
    assert browser.client.get("/search").headers["location"] == "/second-factor"
    assert browser.get("/second-factor")[0] == 200
    assert "bắt buộc" in browser.get("/second-factor")[1]
    assert browser.post("/logout") == (303, "/login")


def test_an_administrator_makes_an_account_in_the_browser(services: Services) -> None:
    """Its first password is shown once; it opens when another administrator has said yes."""
    first, second = (member(services, login, "administrator") for login in ("truong", "phu-ta"))
    form = {"login": "mai", "name": "Trần Mai", "role-archivist": "1", "mode-01": "1"}
    status, text = first.post("/people", **form)
    assert status == 200
    found = re.search(r"<code>([^<]+)</code>", text)
    assert found is not None
    login = {"login": "mai", "password": found[1]}
    assert visitor(services).client.post("/login", data=login).status_code == 401
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', second.get("/people")[1])
    assert seen is not None
    assert second.post("/people/mai/confirm", seen=seen[1])[0] == 303
    assert visitor(services).client.post("/login", data=login).status_code == 303
    account = services.accounts.account("mai")
    assert account is not None
    assert (account.roles, account.modes) == (frozenset({"archivist"}), frozenset({"01"}))
    assert account.agencies is None
    assert found[1] not in second.get("/people/mai")[1]


@pytest.mark.parametrize(
    ("form", "status", "said"),
    [
        ({"login": "X", "name": "X", "role-reader": "1"}, 400, "2 đến 32 ký tự"),
        ({"login": "moi", "name": "X"}, 400, "ít nhất một vai trò"),
        ({"login": "moi", "name": "X", "role-reader": "1", "agencies": "Q1"}, 400, "không có trong danh mục"),
        ({"login": "moi", "name": "X", "role-officer": "1"}, 400, "phải thuộc một cơ quan"),
        ({"login": "co-roi", "name": "Y", "role-reader": "1"}, 409, "đã có tài khoản"),
    ],
)
def test_a_form_that_makes_no_account_says_why(
    services: Services, form: dict[str, str], status: int, said: str
) -> None:
    """What was typed stays in the form, nothing is made."""
    if services.accounts.account("quan") is None:
        member(services, "quan", "administrator")
        member(services, "co-roi", "reader")
    browser = visitor(services)
    token = services.sessions.open("quan", services.clock.now())
    browser.client.cookies.set("sohoa", token)
    browser.csrf = csrf_of(token)
    got, text = browser.post("/people", **form)
    assert (got, said in text) == (status, True)
    assert f'value="{form["login"]}"' in text
    assert services.accounts.account("moi") is None


def test_an_administrator_closes_and_opens_accounts_in_the_browser(services: Services) -> None:
    """Disabling ends sessions and tokens for good, a reset shows a password, rights wait for another."""
    admin, person = member(services, "sep", "administrator"), member(services, "nhan", "reader")
    header = bearer(services, "nhan")
    assert admin.post("/people/nhan/disable") == (303, "/people")
    assert person.client.get("/search").headers["location"].startswith("/login")
    assert 'action="/people/nhan/disable"' not in admin.get("/people/nhan")[1]
    status, text = admin.post("/people/nhan/reset")
    assert (status, "<code>" in text) == (200, True)
    assert visitor(services).client.get("/api/v1/records?q=a", headers=header).status_code == 401
    assert admin.post("/people/nhan/rights", **{"role-archivist": "1"}) == (303, "/people")
    account = services.accounts.account("nhan")
    assert account is not None
    assert account.roles == {"reader"}
    assert account.waiting is not None
    assert admin.get("/people/nobody")[0] == 404
    assert list(account_faults(services.accounts, services.events)) == []
