"""A restricted record is asked for, granted for a time, seen, and closed again by itself."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest

from sohoa.settings import load_settings
from sohoa.usecases.checks.people_history import request_faults
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.portal import Browser, bearer, member, visitor
from tests.support.site import Site, stored_site

WHY = "Đối chiếu hồ sơ đất đai của gia đình"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return stored_site(tmp_path_factory.mktemp("requests"))


@pytest.fixture(scope="module")
def services(site: Site) -> Iterator[Services]:
    with mock.patch.dict("os.environ", site.environment, clear=True):
        settings = load_settings()
    with open_services(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def record(site: Site) -> str:
    """One of level 02, which a reader does not see."""
    return str(site.json("list", "--state", "archived")[0]["record_id"])


@pytest.fixture(scope="module")
def archivist(services: Services) -> Browser:
    return member(services, "luu", "archivist")


def form_of(browser: Browser, record: str) -> str:
    """The address of the form that decides on the request for that record."""
    text = browser.get("/requests")[1]
    found = re.search(rf'action="(/requests/\w+)">(?:(?!</form>).)*/records/{record}"', text, re.DOTALL)
    assert found is not None
    return found[1]


def test_a_record_is_granted_for_a_time_and_closes_by_itself(
    services: Services, archivist: Browser, record: str
) -> None:
    """Before and after it is as if it did not exist; in between its pages are there, by a token, too."""
    reader = member(services, "doc", "reader")
    path, header = f"/records/{record}", bearer(services, "doc", "records")
    status, text = reader.get(path)
    assert (status, 'href="/requests"' in text) == (404, True)
    assert reader.post("/requests", record=record, reason=WHY) == (303, "/requests")
    assert reader.get(path)[0] == 404
    assert "đang chờ" in reader.get("/requests")[1]
    assert WHY in archivist.get("/requests")[1]
    form = form_of(archivist, record)
    for days in ("99", "0"):
        assert archivist.post(form, action="grant", days=days)[0] == 400
    assert archivist.post(form, action="grant", days="2") == (303, "/requests")
    assert archivist.post(form, action="refuse")[0] == 400
    assert reader.get(path)[0] == 200
    assert reader.get(f"{path}/pages/1.png")[0] == 200
    assert visitor(services).client.get(f"/api/v1{path}", headers=header).status_code == 200
    assert "Người luu chấp thuận đến" in reader.get("/requests")[1]
    assert list(request_faults(services.requests, services.events)) == []
    granted = services.requests.open_records("doc", services.clock.now())
    assert granted == {record}
    assert services.requests.open_records("doc", services.clock.now() + timedelta(days=2)) == set()
    told = [event.action for event in services.events.events("people/doc")]
    assert told[-2:] == ["access_asked", "access_granted"]


def test_only_who_may_see_a_record_decides_on_it(services: Services, record: str) -> None:
    """Neither somebody of another agency, nor without the right, nor the person who asks."""
    asker = member(services, "hoi", "archivist")
    stranger = member(services, "xa", "archivist", frozenset({"Z99.02"}))
    asker.post("/requests", record=record, reason=WHY)
    assert WHY not in stranger.get("/requests")[1].replace("đề nghị", "")
    request = services.requests.of("hoi")[0].request_id
    for browser in (asker, stranger, member(services, "xem", "reviewer")):
        assert browser.post(f"/requests/{request}", action="grant", days="1")[0] == 404
    assert services.requests.of("hoi")[0].standing(services.clock.now()) == "waiting"


def test_a_request_for_a_record_that_was_disposed_of_is_refused(
    services: Services, archivist: Browser, record: str
) -> None:
    """It stands in the list and can be refused, not granted; the others are shown as ever."""
    row = services.records.record(record)
    assert row is not None
    member(services, "muon", "reader").post("/requests", record=record, reason=WHY)
    services.records.save(replace(row, withdrawn="disposed: x"), services.clock.now())
    form = form_of(archivist, record)
    assert archivist.post(form, action="grant", days="1")[0] == 404
    mine = f"/requests/{services.requests.of('muon')[0].request_id}"
    assert archivist.post(mine, action="refuse") == (303, "/requests")
    services.records.save(row, services.clock.now())


def test_a_granted_record_is_seen_and_no_more(services: Services, archivist: Browser, record: str) -> None:
    """Who sees a record by a grant alone neither passes it on, nor decides on it, nor takes the original."""
    elsewhere = frozenset({"Z99.02"})
    guest, friend = member(services, "khach", "archivist", elsewhere), member(services, "ban", "reader")
    for asker in (guest, friend):
        asker.post("/requests", record=record, reason=WHY)
    mine = services.requests.of("khach")[0].request_id
    assert archivist.post(f"/requests/{mine}", action="grant", days="2") == (303, "/requests")
    assert guest.get(f"/records/{record}")[0] == 200
    assert guest.client.get(f"/records/{record}/files/archive").status_code == 200
    assert guest.get(f"/records/{record}/files/original")[0] == 404
    assert archivist.client.get(f"/records/{record}/files/original").status_code == 200
    for path in (f"/review/{record}", f"/review/{record}/arrange"):
        assert (guest.get(path)[0], archivist.get(path)[0]) == (404, 200)
    decision = {"action": "reject", "version": "1", "why": "Không đúng"}
    assert guest.post(f"/review/{record}", **decision)[0] == 404
    again = services.requests.of("ban")[0].request_id
    shown = [f"/requests/{again}" in browser.get("/requests")[1] for browser in (guest, archivist)]
    assert shown == [False, True]
    assert guest.post(f"/requests/{again}", action="grant", days="30")[0] == 404
    assert services.requests.of("ban")[0].standing(services.clock.now()) == "waiting"


def test_a_refusal_opens_nothing(services: Services, archivist: Browser, record: str) -> None:
    """It names who refused."""
    reader = member(services, "be", "reader")
    reader.post("/requests", record=record, reason=WHY)
    request = services.requests.of("be")[0].request_id
    assert archivist.post(f"/requests/{request}", action="refuse")[0] == 303
    assert reader.get(f"/records/{record}")[0] == 404
    assert "Người luu từ chối" in reader.get("/requests")[1]


def test_asking_tells_nothing_about_what_exists(services: Services, archivist: Browser) -> None:
    """A request for an id that nothing has waits like any other; nobody is shown it."""
    reader = member(services, "do", "reader")
    assert reader.post("/requests", record="a" * 26, reason=WHY) == (303, "/requests")
    assert "đang chờ" in reader.get("/requests")[1]
    assert "a" * 26 not in archivist.get("/requests")[1]
    for form in ({"record": "", "reason": WHY}, {"record": "a" * 26, "reason": "vì"}):
        assert reader.post("/requests", **form)[0] == 400
    assert "Ask" not in reader.get("/requests")[1]
    assert "Requests" in reader.get("/requests?lang=en")[1]


def test_personal_numbers_of_a_reason_are_not_kept(services: Services, record: str) -> None:
    """An identity number that somebody writes is masked in the chain as in the list."""
    reader = member(services, "so", "reader")
    assert reader.post("/requests", record=record, reason="Tra cứu cho số 001085000123")[0] == 303
    (told,) = [event for event in services.events.events("people/so") if event.action == "access_asked"]
    assert "001085000123" not in str(told.details) + reader.get("/requests")[1]
    assert told.details["reason"].startswith("Tra cứu cho số ")


def test_a_record_opened_beside_the_program_is_a_fault(services: Services, site: Site, record: str) -> None:
    """A longer grant in the database is named."""
    with closing(sqlite3.connect(site.home / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("UPDATE access_requests SET until='2999-01-01T00:00:00.000000+00:00' WHERE login='be'")
    found = list(request_faults(services.requests, services.events))
    assert {(fault.path, fault.kind.value) for fault in found} == {("people/be", "request_differs")}
