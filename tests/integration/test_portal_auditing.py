"""The auditor's page: what was done is chosen, counted and taken home, and that is written down, too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from unittest import mock

import pytest

from sohoa.domain.archive.actions import Action
from sohoa.domain.people.account import searches_subject, views_subject
from sohoa.domain.protection.access import Reader
from sohoa.settings import load_settings
from sohoa.usecases.people.acts import noted
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.portal import Browser, member
from tests.support.site import stored_site

RECORD = "r" * 26
LAN, MAI = (Reader(name, True, frozenset({"reader"})) for name in ("Lan", "Mai"))


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    site = stored_site(tmp_path_factory.mktemp("auditing"))
    with mock.patch.dict("os.environ", site.environment, clear=True):
        settings = load_settings()
    with open_services(settings) as opened:
        for number in range(120):
            noted(LAN, opened, Action.VIEWED, RECORD, {"page": number}, address="192.0.2.1")
        noted(MAI, opened, Action.DOWNLOADED, RECORD, {"file": "archive.pdf"}, purpose="đối chiếu")
        noted(MAI, opened, Action.SEARCHED, details={"query": "=cmd|' /C calc'!A0"})
        noted(MAI, opened, Action.SEARCHED, details={"query": "số 001085000123"})
        yield opened


@pytest.fixture(scope="module")
def auditor(services: Services) -> Browser:
    return member(services, "kiem", "auditor")


def rows(text: str) -> list[str]:
    return re.findall(r"<tr><td>.*?</tr>", text, re.DOTALL)


def test_views_of_a_record_are_counted_and_gone_through_page_by_page(auditor: Browser) -> None:
    """Of a record: how often it was viewed and downloaded, and each event once, the newest first."""
    path, seen = f"/events?record={RECORD}", list[str]()
    while True:
        status, text = auditor.get(path)
        assert status == 200
        assert "121 việc: xem 120, tải về 1." in text
        seen += rows(text)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        if following is None:
            break
        path = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 121
    assert "Mai" in seen[0]
    assert "đối chiếu" in seen[0]


def test_events_are_chosen_by_person_act_and_day(auditor: Browser, services: Services) -> None:
    """Together or each alone; what is no day is told."""
    assert "2 việc" in auditor.get("/events?name=Mai&act=searched")[1]
    assert "3 việc" in auditor.get("/events?name=Mai")[1]
    today = services.clock.today().isoformat()
    assert "3 việc" in auditor.get(f"/events?name=Mai&tu={today}&den={today}")[1]
    assert "Không có việc nào" in auditor.get("/events?name=Mai&den=2001-01-01")[1]
    assert "không đúng" in auditor.get("/events?tu=31/31/2024")[1]
    assert auditor.get("/events?den=9999-12-31&tu=0001-01-01")[0] == 200
    strange = (
        '["2024-01-01T00:00:00",1e400]',
        '["0001-01-01T00:00:00","ab"]',
        '["2024-01-01T00:00:00+00:00","\\u0000"]',
    )
    for cursor in ("x", "[]", '["a","b"]', "[" * 5000, *strange):
        assert auditor.get(f"/events?before={cursor}")[0] == 400
    assert "Events" in auditor.get("/events?lang=en")[1]
    auditor.get("/events?lang=vi")


def test_a_list_is_taken_home(auditor: Browser) -> None:
    """As CSV with every event of the filter; nothing in it is a formula; personal numbers are masked."""
    answer = auditor.client.get(f"/events.csv?record={RECORD}")
    assert answer.headers["content-disposition"] == 'attachment; filename="events.csv"'
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 121
    assert (lines[0]["actor"], lines[0]["action"], lines[0]["purpose"]) == (
        "person:Mai",
        "downloaded",
        "đối chiếu",
    )
    assert all(re.fullmatch("[0-9a-f]{64}", line["hash"]) for line in lines)
    text = auditor.client.get("/events.csv?name=Mai&act=searched").text
    assert "001085000123" not in text
    assert not re.search(r"(^|,)=", text, re.MULTILINE)
    assert auditor.get("/events.csv?tu=x")[0] == 400


def test_who_looks_through_the_events_is_in_them(auditor: Browser, services: Services) -> None:
    """Reading and exporting are events of the auditor, with what was asked."""
    auditor.get(f"/events?record={RECORD}&name=Lan")
    auditor.client.get("/events.csv?act=viewed")
    told = services.events.events(searches_subject("Người kiem"))[-2:]
    assert [(event.action, event.details["exported"]) for event in told] == [
        ("audited", False),
        ("audited", True),
    ]
    assert (told[0].details["name"], told[0].details["record"]) == ("Lan", RECORD)
    assert services.events.events(views_subject(RECORD))


def test_nobody_else_sees_events(services: Services) -> None:
    """An administrator is told that there is no such page; that it was asked for is written down."""
    other = member(services, "chu", "administrator")
    assert [other.get(path)[0] for path in ("/events", "/events.csv")] == [404, 404]
    told = services.events.events(searches_subject("Người chu"))
    assert [(event.action, event.details["asked_for"]) for event in told] == [
        ("refused", "/events"),
        ("refused", "/events.csv"),
    ]


def test_who_asks_for_another_agency_is_in_the_events(services: Services) -> None:
    """By the page; addresses that no page has are nobody's refusal."""
    stranger = member(services, "la", "officer", frozenset({"Z99.02"}))
    paths = ("/browse/Z99.01", "/coverage/Z99.01", "/people")
    assert [stranger.get(path)[0] for path in (*paths, "/nowhere", "/static/none.css")] == [404] * 5
    told = [
        event for event in services.events.events(searches_subject("Người la")) if event.action == "refused"
    ]
    assert [event.details["asked_for"] for event in told] == list(paths)
