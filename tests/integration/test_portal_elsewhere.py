"""Signing in to the portal by the province's own service, against a real OpenID Connect provider."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from unittest import mock
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey

from sohoa.adapters.identity_provider import OidcProvider, _keys
from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import Conflict, InvalidRequest
from sohoa.domain.people.account import NOBODY
from sohoa.domain.people.identity import STARTED_FOR, Identity
from sohoa.domain.people.tries import Tries
from sohoa.domain.protection.access import Reader
from sohoa.ports import NewEvent
from sohoa.settings import load_settings
from sohoa.usecases.checks.people_history import account_faults
from sohoa.usecases.people.accounts import confirm, disable, grant, reset
from sohoa.usecases.people.sign_in_elsewhere import link
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.identity_provider import BACK, SECRET, Provider, running
from tests.support.portal import Browser, member, visitor
from tests.support.site import Site, stored_site

SYSTEM = Reader("installer")


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return stored_site(tmp_path_factory.mktemp("elsewhere"))


@pytest.fixture(scope="module")
def services(site: Site, provider: Provider) -> Iterator[Services]:
    told = {
        "SOHOA_OIDC__ISSUER": provider.issuer,
        "SOHOA_OIDC__CLIENT_ID": "sohoa",
        "SOHOA_OIDC__CLIENT_SECRET": SECRET,
    }
    with mock.patch.dict("os.environ", {**site.environment, **told}, clear=True):
        settings = load_settings()
    assert SECRET not in json.dumps(settings.shown())
    with open_services(settings) as opened:
        yield opened


def local(address: str) -> str:
    """The part of the portal's address that its browser asks for."""
    assert address.startswith(BACK)
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def come(services: Services, provider: Provider, person: str, path: str = "/login/oidc") -> Browser:
    """The browser that was sent there, signed in as that person and came back; not yet answered."""
    browser = visitor(services)
    answer = browser.client.get(path)
    assert answer.status_code == 303
    assert "HttpOnly" in answer.headers["set-cookie"]
    there = answer.headers["location"]
    assert there.startswith(provider.issuer)
    browser.csrf = local(provider.sign_in(there, person))
    return browser


def refusals(services: Services, subject: str) -> list[str]:
    """Why tries were refused, as the chain tells."""
    events = services.events.events(subject)
    return [str(e.details["why"]) for e in events if e.action == Action.SIGN_IN_REFUSED]


def test_a_linked_person_signs_in_and_comes_where_they_wanted(services: Services, provider: Provider) -> None:
    """The button leads there; back again the session is the account's, and the chain tells of it."""
    member(services, "lan", "archivist")
    link(SYSTEM, services, "lan", "subject-of-lan")
    assert 'href="/login/oidc?next=/browse"' in visitor(services).get("/login?next=/browse")[1]
    browser = come(services, provider, "subject-of-lan", "/login/oidc?next=/browse")
    answer = browser.client.get(browser.csrf)
    assert (answer.status_code, answer.headers["location"]) == (303, "/browse")
    assert "Người lan" in browser.get("/search")[1]
    assert "dịch vụ chung" in browser.get("/password")[1]
    assert "dịch vụ chung" in browser.get("/second-factor")[1]
    assert services.events.events("people/lan")[-1].details["by"] == "oidc"
    assert list(account_faults(services.accounts, services.events)) == []


def test_an_answer_is_good_once_and_in_the_browser_that_asked(services: Services, provider: Provider) -> None:
    """A second use, another browser, a made-up state, and one that is too old open nothing."""
    browser = come(services, provider, "subject-of-lan")
    assert visitor(services).client.get(browser.csrf).status_code == 401
    assert visitor(services).client.get("/login/oidc/back?state=a&code=b").status_code == 401
    clock = mock.Mock(now=lambda: services.clock.now() + STARTED_FOR)
    late = replace(services, clock=clock, tries=Tries())
    again = come(services, provider, "subject-of-lan")
    stale = visitor(late)
    stale.client.cookies = again.client.cookies
    status, text = stale.get(again.csrf)
    assert (status, "quá 10 phút" in text) == (401, True)
    assert browser.client.get(browser.csrf).status_code == 303
    assert browser.client.get(browser.csrf).status_code == 401
    assert refusals(services, NOBODY)[-3:] == ["not_begun"] * 3


def test_somebody_without_an_account_is_told_their_identifier(services: Services, provider: Provider) -> None:
    """So that an administrator can link them; nothing is opened, no account is made."""
    browser = come(services, provider, "a-stranger")
    status, text = browser.get(browser.csrf)
    assert (status, "a-stranger" in text) == (401, True)
    assert browser.client.get("/search").headers["location"].startswith("/login")
    assert refusals(services, NOBODY)[-1] == "not_linked"


@pytest.mark.parametrize("shut", [disable, reset])
def test_who_is_disabled_or_reset_comes_in_no_more(
    services: Services, provider: Provider, shut: object
) -> None:
    """The service still knows them; the portal does not."""
    login = f"was-{getattr(shut, '__name__', '')}"
    member(services, login, "reader")
    link(SYSTEM, services, login, login)
    shut(SYSTEM, services, login)  # type: ignore[operator]
    browser = come(services, provider, login)
    assert browser.get(browser.csrf)[0] == 401
    assert list(account_faults(services.accounts, services.events)) == []


def test_a_role_that_needs_a_second_factor_needs_it_there(services: Services, provider: Provider) -> None:
    """The service says how the person proved who they are; without a second factor they are refused."""
    member(services, "kiem", "auditor")
    link(SYSTEM, services, "kiem", "kiem")
    strict = replace(services, second_factor_roles=frozenset({"auditor"}))
    weak = come(strict, provider, "kiem")
    status, text = weak.get(weak.csrf)
    assert (status, "xác thực hai bước" in text) == (401, True)
    alone = come(strict, provider, "kiem;otp")
    assert alone.get(alone.csrf)[0] == 401
    strong = come(strict, provider, "kiem;pwd otp")
    assert strong.client.get(strong.csrf).status_code == 303
    assert strong.get("/events")[0] == 200


def test_a_role_that_is_given_meanwhile_needs_its_second_factor(
    services: Services, provider: Provider
) -> None:
    """Who came in by one factor signs in anew once the role that needs two is confirmed."""
    member(services, "thang", "reader")
    link(SYSTEM, services, "thang", "thang")
    strict = replace(services, second_factor_roles=frozenset({"archivist"}))
    browser = come(strict, provider, "thang")
    assert browser.client.get(browser.csrf).status_code == 303
    assert browser.get("/search")[0] == 200
    grant(SYSTEM, strict, "thang", ["archivist"])
    confirm(Reader("Người khác", True, frozenset({"administrator"})), strict, "thang")
    assert browser.client.get("/search").headers["location"].startswith("/login")


def test_a_key_of_an_unknown_kind_shuts_nobody_out() -> None:
    """It is passed over; the others are read."""
    odd = [
        {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA"},
        {"kty": "OKP", "crv": "Ed25519", "x": "?"},
        {},
    ]
    good = RSAKey.generate_key(2048, {"kid": "a"}).as_dict(private=False)
    assert [key.kid for key in _keys({"keys": [*odd, good]}).keys] == ["a"]
    assert _keys({}).keys == []


def test_a_linked_account_has_no_password(services: Services) -> None:
    """Any password is wrong, and the lock that guesses bring does not shut its person out."""
    member(services, "khong", "reader")
    account = link(SYSTEM, services, "khong", "khong")
    assert account.password_hash == ""
    assert visitor(services).client.post("/login", data={"login": "khong", "password": ""}).status_code == 401


def test_one_person_has_one_account(services: Services) -> None:
    """Linking them to another is refused and names the first; a text that names nobody, too."""
    for login in ("mot", "hai"):
        member(services, login, "reader")
    link(SYSTEM, services, "mot", "one person")
    with pytest.raises(Conflict, match="mot"):
        link(SYSTEM, services, "hai", "one person")
    with pytest.raises(InvalidRequest):
        link(SYSTEM, services, "hai", " ")


def test_an_identity_put_into_the_ledger_is_a_fault(services: Services) -> None:
    """Somebody who writes to the database lets nobody in unnoticed."""
    member(services, "chen", "reader")
    told = services.events.events("people/chen")[-1]
    key = Identity("https://another.example", "x").key
    services.accounts.change(
        "chen",
        lambda account: (replace(account, identity=key), NewEvent("a", Action.SIGNED_OUT, {})),
        told.at + timedelta(seconds=1),
    )
    faults = [fault.path for fault in account_faults(services.accounts, services.events)]
    assert faults == ["people/chen"]


def test_a_token_for_another_client_or_nonce_proves_nothing(services: Services, provider: Provider) -> None:
    """What the real service signed for one question is no answer to another."""
    right = OidcProvider(provider.issuer, "sohoa", SECRET, BACK)
    at = services.clock.now()
    for nonce, verifier in (("n" * 43, "w" * 43), ("m" * 43, "v" * 43)):
        back = provider.sign_in(right.begin("s", "n" * 43, "v" * 43), "x")
        code = dict(pair.split("=") for pair in urlsplit(back).query.split("&"))["code"]
        with pytest.raises(InvalidRequest):
            right.identify(code, verifier, nonce, at)
    back = provider.sign_in(right.begin("s", "n" * 43, "v" * 43), "x")
    code = dict(pair.split("=") for pair in urlsplit(back).query.split("&"))["code"]
    with pytest.raises(InvalidRequest):
        right.identify(code, "v" * 43, "n" * 43, at + timedelta(days=1))


def test_a_service_that_is_away_leaves_the_local_accounts(services: Services) -> None:
    """Its button says so with status 503; the form for a password is there; without one there is no page."""
    gone = OidcProvider("http://127.0.0.1:9", "sohoa", SECRET, BACK)
    away = visitor(replace(services, identity_provider=gone))
    status, text = away.get("/login/oidc")
    assert (status, "không trả lời" in text, 'name="password"' in text) == (503, True, True)
    none = visitor(replace(services, identity_provider=None))
    assert none.get("/login/oidc")[0] == 404
    assert none.get("/login/oidc/back?state=a&code=b")[0] == 404
    assert "/login/oidc" not in none.get("/login")[1]


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_site(services: Services, provider: Provider, wanted: str) -> None:
    """Where the person wanted to go is a page of this portal, or the search."""
    browser = come(services, provider, "subject-of-lan", f"/login/oidc?next={wanted}")
    assert browser.client.get(browser.csrf).headers["location"] == "/search"
