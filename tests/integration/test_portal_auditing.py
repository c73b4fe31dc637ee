"""The auditor's page: what was done is chosen, counted and taken home, and that is written down, too."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from unittest import mock
from urllib.parse import unquote

import pytest

from sohoa.answers.history import event_sentence
from sohoa.domain.archive.actions import Action
from sohoa.domain.inbox.keys import masked
from sohoa.domain.people.account import searches_subject, views_subject
from sohoa.domain.protection.access import Access, Reader
from sohoa.ports import EventQuery
from sohoa.settings import load_settings
from sohoa.usecases.archive.verdicts import sample_of
from sohoa.usecases.people.acts import noted
from sohoa.usecases.review.batch_samples import check_sample
from sohoa.usecases.search.audit import audit
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.portal import Browser, member
from tests.support.site import stored_site

RECORD, HERE = "r" * 26, "Z99.01"
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


def told(browser: Browser) -> str:
    """All that the page and the list say."""
    texts, path = [browser.client.get("/events.csv").text], "/events"
    while True:
        status, text = browser.get(path)
        assert status == 200
        texts.append(unquote(text))
        following = re.search(r'rel="next" href="([^"]+)"', text)
        if following is None:
            return "\n".join(texts)
        path = following[1].replace("&amp;", "&")


def test_names_of_objects_are_for_whom_the_quarantine_is(services: Services, auditor: Browser) -> None:
    """An auditor reads that an object was settled or released, not how it is called, nor why."""
    key, why = f"{HERE}/lo-1/mat.tif", "không phải dấu mật, đã xem số 001085000123"
    services.events.append(key, "person:Mai", Action.RELEASED, {"why": why}, services.clock.now())
    text = told(auditor)
    assert "mat.tif" not in text
    assert "không phải dấu mật" not in text
    assert f"{masked(key)},,,{{" in text
    seen = Reader("Kiểm", True, frozenset({"auditor", "security"}))
    (event,) = audit(seen, services, EventQuery(action="released")).events
    assert (event.subject, event.details["why"].startswith("không phải dấu mật")) == (key, True)
    assert "001085000123" not in event.details["why"]
    elsewhere = replace(seen, access=Access(frozenset({"Z99.02"})))
    (event,) = audit(elsewhere, services, EventQuery(action="released")).events
    assert (event.subject, dict(event.details)) == (masked(key), {})


def test_values_of_a_record_are_for_whom_the_record_is(services: Services, auditor: Browser) -> None:
    """What was corrected on a paper of level 02, or of another agency, is told without what stood there."""
    text = told(auditor)
    assert "sửa trường mô tả" in text
    for value in ("Kế hoạch do người đọc", "Nội quy phòng đọc", "du-thao.tif"):
        assert value not in text
    sees = Reader("Kiểm", True, frozenset({"auditor", "archivist"}))
    for access, shown in ((sees.access, True), (Access(frozenset({"Z99.02"})), False)):
        events = audit(replace(sees, access=access), services, EventQuery(action="corrected")).events
        assert ["new" in event.details for event in events] == [shown] * len(events)
        assert ["người đọc" in event_sentence(event) for event in events] == [shown] * len(events)
        assert events


def test_a_verdict_on_a_batch_is_told(services: Services, auditor: Browser) -> None:
    """As it is stored, without what one record's history adds."""
    reviewers = [Reader(name, True, frozenset({"reviewer"})) for name in ("Một", "Hai")]
    sample = sample_of(reviewers[0], services.events, HERE, "lo-1")
    assert sample is not None
    for reviewer in reviewers:
        check_sample(reviewer, services, HERE, "lo-1", sample.record_ids, [])
    status, text = auditor.get("/events?act=batch_accepted")
    assert (status, "nghiệm thu lô" in text) == (200, True)


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
