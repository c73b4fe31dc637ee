"""The portal as people use it: who sees what, what is said at faults, and that nothing of a scan is HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from unittest import mock
from urllib.parse import quote

import pytest

from sohoa.domain.archive.actions import Action
from sohoa.domain.people.account import searches_subject, views_subject
from sohoa.portal.headers import CONTENT_SECURITY_POLICY
from sohoa.usecases.services import Services
from tests.support.nights import SampleNight
from tests.support.portal import ELSEWHERE, PASSWORD, ROLES, Away, Browser, signed_in, visitor
from tests.support.review import TWO_PAGES, UNREAD, id_of

HERE, THERE = "Z99.01", "Z99.02"

pytestmark = pytest.mark.usefixtures("inhabitants")


@pytest.fixture(scope="module")
def ids(night: SampleNight) -> dict[str, str]:
    """Record ids by the samples' names."""
    return {name: id_of(night.site, name) for name in (TWO_PAGES, UNREAD)}


@pytest.fixture(scope="module")
def browsers(services: Services) -> dict[str, Browser]:
    """A signed-in browser for each role, and for the stranger."""
    return {login: signed_in(services, login) for login in (*ROLES, ELSEWHERE)}


def test_an_officer_reaches_nothing_of_another_agency(
    services: Services, browsers: dict[str, Browser], ids: dict[str, str]
) -> None:
    """By no address: what is not theirs is answered as what is not there, and counted nowhere."""
    stranger, record = browsers[ELSEWHERE], ids[TWO_PAGES]
    pages = ["", "?q=cong", "/pages/1.png", "/pages/99.png", "/files/archive", "/files/original"]
    for page in pages:
        mine, none = stranger.get(f"/records/{record}{page}"), stranger.get(f"/records/{'a' * 26}{page}")
        assert mine[0] == 404
        assert mine[1].replace(record, "") == none[1].replace("a" * 26, "")
    for path in ("/search?q=quyet+dinh", f"/search?agency={HERE}", "/search?year=2024", "/browse"):
        status, text = stranger.get(path)
        assert status == 200
        shown = {services.records.record(found) for found in re.findall(r"/records/(\w+)", text)}
        assert {row.agency for row in shown if row} <= {THERE}
        others = re.sub(r'href="\?[^"]*"', "", text)
        assert not re.search(rf"agency={HERE}|/browse/{HERE}", others)
    assert stranger.get(f"/browse/{HERE}")[0] == 404


def test_found_words_are_marked_in_hits_and_on_the_page(
    browsers: dict[str, Browser], ids: dict[str, str]
) -> None:
    """From a word to the record and to the word on the picture, without any script."""
    status, text = browsers["archivist"].get("/search?q=k%E1%BA%BF+ho%E1%BA%A1ch")
    assert status == 200
    assert "<mark>" in text
    link = re.search(rf'href="(/records/{ids[TWO_PAGES]}\?q=[^"]+)"', text)
    assert link is not None
    status, text = browsers["archivist"].get(link[1])
    assert status == 200
    assert '<rect class="found"' in text
    picture = browsers["archivist"].client.get(f"/records/{ids[TWO_PAGES]}/pages/1.png")
    assert picture.headers["content-type"] == "image/png"
    again = browsers["archivist"].client.get(
        f"/records/{ids[TWO_PAGES]}/pages/1.png", headers={"if-none-match": picture.headers["etag"]}
    )
    assert again.status_code == 304


def test_a_clicked_value_lights_its_box(browsers: dict[str, Browser], ids: dict[str, str]) -> None:
    """The link on a field's value leads to the page where it stands, with its box marked."""
    _, text = browsers["archivist"].get(f"/records/{ids[TWO_PAGES]}")
    link = re.search(r'href="(/records/[^"]+field=subject[^"]*)#page"', text)
    assert link is not None
    assert '<rect class="lit"' in browsers["archivist"].get(link[1].replace("&amp;", "&"))[1]


@pytest.mark.parametrize(
    "text",
    [
        *("*", '"', '"a b', "(((", ")", "-", "a\0b", "\ud800", "loai:", "so:", "x" * 10_000, "NOT", "OR OR"),
        *("<script>alert(1)</script>", "{{ 7*7 }}", "%", "'; DROP TABLE records; --", "\u202e", "𠀀"),
    ],
)
def test_any_question_is_answered_with_a_page(browsers: dict[str, Browser], text: str) -> None:
    """What cannot be understood is a sentence; what was typed comes back escaped."""
    path = f"/search?q={quote(text, errors='surrogatepass')}"
    status, shown = browsers["archivist"].get(path)
    assert status == 200
    assert "<script>alert" not in shown
    status, shown = browsers["archivist"].get(f"{path}&tu=nonsense&year=20x4&page=abc&agency={quote('<b>')}")
    assert status == 200
    assert "<b>" not in shown


def test_an_empty_result_says_what_to_drop(browsers: dict[str, Browser]) -> None:
    """Each condition without which something is found is named, with how much."""
    _, text = browsers["archivist"].get("/search?q=quy%E1%BA%BFt+zyzzyva&year=1899")
    assert "Thử bỏ bớt điều kiện" not in text  # both conditions alone fail, too
    _, text = browsers["archivist"].get("/search?q=quy%E1%BA%BFt+zyzzyva")
    assert "«zyzzyva»" in text


def test_results_go_on_page_by_page(browsers: dict[str, Browser]) -> None:
    """Pages follow one another without repeating a record; a made-up page is told."""
    with mock.patch("sohoa.portal.searching._HITS", 2):
        path, seen = "/search?q=2024+OR+2025+OR+2023", []
        for _ in range(20):
            _, text = browsers["archivist"].get(path)
            seen += re.findall(r'<h2><a href="/records/(\w+)', text)
            following = re.search(r'rel="next" href="([^"]+)"', text)
            if following is None:
                break
            path = following[1].replace("&amp;", "&")
    assert len(seen) == len(set(seen)) > 2
    assert "thuộc về câu hỏi khác" in browsers["archivist"].get("/search?q=2024&page=zzz")[1]


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/records/%2e%2e",
            "/records/%2e%2e%2f%2e%2e",
            "/records/..%2f..%2fetc",
            "/records/a/pages/..%2f1.png",
        ),
        *(
            "/records/%00",
            "/records/x/pages/0.png",
            "/records/x/pages/-1.png",
            "/records/x/files/%2e%2e",
            "/nothing",
        ),
        *("/review/%2e%2e", "/browse/..%2f", "/static/..%2fapp.py", "/search/", "/docs", "/openapi.json"),
    ],
)
def test_addresses_that_lead_nowhere_are_not_found(browsers: dict[str, Browser], path: str) -> None:
    """Whatever an address tries to climb to, the answer is the page for what does not exist."""
    answer = browsers["archivist"].client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert "Không có trang này" in answer.text


def test_every_answer_bears_the_security_headers(services: Services, browsers: dict[str, Browser]) -> None:
    """Pages, errors and files are neither framed, sniffed nor scripted; no page has inline code."""
    for path in ("/login", "/search", "/nothing", "/static/portal.js", "/healthz", "/review"):
        answer = browsers["archivist"].client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "same-origin"
        if answer.headers["content-type"].startswith("text/html"):
            assert not re.search(r"<script(?! src=)|<style|\sstyle=|\son\w+=", answer.text)
            assert len(answer.content) < 300_000


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(services: Services) -> None:
    """HttpOnly and SameSite always; over TLS alone, and for this host alone, where people reach it by TLS."""
    form = {"login": "archivist", "password": PASSWORD}
    plain = visitor(services).client.post("/login", data=form).headers["set-cookie"]
    assert plain.startswith("sohoa=")
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    secure = visitor(services, secure=True).client.post("/login", data=form).headers["set-cookie"]
    assert secure.startswith("__Host-sohoa=")
    assert "Secure" in secure


def test_wrong_names_and_wrong_passwords_look_the_same(services: Services) -> None:
    """Status and text tell nobody whether a login exists."""
    told = []
    for login in ("archivist", "nobody.here"):
        answer = visitor(services).client.post("/login", data={"login": login, "password": "wrong wrong"})
        told.append((answer.status_code, answer.text.replace(login, "")))
        assert "set-cookie" not in answer.headers
    assert told[0] == told[1]
    assert told[0][0] == 401


@pytest.mark.parametrize(
    "wanted", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:1"]
)
def test_signing_in_leads_to_no_other_site(services: Services, wanted: str) -> None:
    """An address of another site is forgotten."""
    form = {"login": "archivist", "password": PASSWORD, "next": wanted}
    assert visitor(services).client.post("/login", data=form).headers["location"] == "/search"


def test_signing_in_leads_to_the_page_that_was_wanted(services: Services, ids: dict[str, str]) -> None:
    """Whoever followed a link before signing in arrives where it leads."""
    path = f"/records/{ids[TWO_PAGES]}?q=a"
    sent = visitor(services).client.get(path).headers["location"]
    assert sent.startswith("/login?next=")
    form = {"login": "archivist", "password": PASSWORD, "next": path}
    assert visitor(services).client.post("/login", data=form).headers["location"] == path


def test_a_form_of_another_site_is_refused(services: Services, ids: dict[str, str]) -> None:
    """Without the session's sign, or sent by another site, nothing is done."""
    browser = signed_in(services, "archivist")
    path, form = f"/review/{ids[UNREAD]}", {"action": "reject", "why": "x", "csrf": browser.csrf}
    assert browser.client.post(path, data={**form, "csrf": "0" * 64}).status_code == 400
    assert browser.client.post(path, data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 400
    assert browser.client.post(path, data=form, headers={"origin": "https://evil.example"}).status_code == 400
    assert browser.client.post("/logout", data={}).status_code == 400
    assert browser.get("/search")[0] == 200


def test_signing_out_ends_the_session(services: Services) -> None:
    """The old cookie opens nothing any more."""
    browser = signed_in(services, "reader")
    kept = dict(browser.client.cookies)
    assert browser.post("/logout") == (303, "/login")
    other = visitor(services)
    other.client.cookies.update(kept)
    assert other.get("/search")[0] == 303


def test_the_original_is_an_attachment_of_no_type(browsers: dict[str, Browser], ids: dict[str, str]) -> None:
    """What came from outside is saved, never shown; who has no right to it is told there is none."""
    answer = browsers["archivist"].client.get(f"/records/{ids[TWO_PAGES]}/files/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert browsers["officer"].get(f"/records/{ids[TWO_PAGES]}/files/original")[0] == 404
    copy = browsers["officer"].client.get(f"/records/{ids[TWO_PAGES]}/files/archive")
    assert copy.content.startswith(b"%PDF-")


def test_what_people_do_is_written_down(services: Services, ids: dict[str, str]) -> None:
    """A search, a view, a download and a refusal are events of the person."""
    browser = signed_in(services, "reviewer")
    browser.get("/search?q=m%E1%BA%ADt+kh%E1%BA%A9u")
    browser.get(f"/records/{ids[TWO_PAGES]}")
    browser.get(f"/records/{ids[TWO_PAGES]}/files/archive")
    browser.get(f"/records/{'b' * 26}")
    mine = services.events.events(searches_subject("Người reviewer"))
    assert [event.action for event in mine][-2:] == [Action.SEARCHED, Action.REFUSED]
    assert mine[-1].details["asked_for"] == "b" * 26
    done = [e.action for e in services.events.events(views_subject(ids[TWO_PAGES])) if "reviewer" in e.actor]
    assert done[-2:] == [Action.VIEWED, Action.DOWNLOADED]


def test_every_way_to_see_a_page_is_a_view(services: Services, ids: dict[str, str]) -> None:
    """The review and the arranging are, its picture is told apart; a thumbnail and a kept one are none."""
    browser, record = signed_in(services, "reviewer"), ids[TWO_PAGES]
    before = len(services.events.events(views_subject(record)))
    picture = browser.client.get(f"/records/{record}/pages/2.png")
    kept = {"if-none-match": picture.headers["etag"]}
    assert browser.client.get(f"/records/{record}/pages/2.png", headers=kept).status_code == 304
    for path in (f"/review/{record}", f"/review/{record}/arrange", f"/records/{record}/thumbnail.png"):
        assert browser.client.get(path).status_code == 200
    told = services.events.events(views_subject(record))[before:]
    assert {event.actor for event in told} == {"person:Người reviewer"}
    assert [event.action for event in told] == [Action.PICTURE_VIEWED, Action.VIEWED, Action.VIEWED]
    assert [event.details["where"] for event in told[1:]] == ["review", "arrange"]
    assert told[0].details["page"] == 2


def test_a_reviewer_decides_in_the_browser(services: Services, ids: dict[str, str]) -> None:
    """A typed value is written, a wrong one refused with a sentence, a page that is old is a conflict."""
    browser, path = signed_in(services, "archivist"), f"/review/{ids[UNREAD]}"
    status, text = browser.get(path)
    assert status == 200
    version = re.search(r'name="version" value="(\d+)"', text)
    assert version is not None
    crop = re.search(r'src="(/review/[^"]+\.png)"', text)
    assert crop is not None
    assert browser.client.get(crop[1]).content.startswith(b"\x89PNG")
    form = {"version": version[1], "action": "correct", "field": "issued_date"}
    status, text = browser.post(path, **form, value="31/02/2023")
    assert status == 400
    assert 'value="31/02/2023"' in text
    status, leads = browser.post(path, **form, value="15/06/2023")
    assert status == 303
    assert leads.startswith("/review/")
    assert browser.post(path, **form, value="16/06/2023")[0] == 409
    assert services.records.record(ids[UNREAD]).version == int(version[1]) + 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("away", "works"), [("index", "/records/{id}"), ("store", "/search?q=a"), ("states", "")]
)
def test_a_service_that_is_away_is_named(
    services: Services, browsers: dict[str, Browser], ids: dict[str, str], away: str, works: str
) -> None:
    """The page says which service does not answer; what needs none of it goes on."""
    browser = signed_in(replace(services, **{away: Away()}), "archivist")  # type: ignore[arg-type]
    assert browser.get("/healthz")[0] == 503
    if works:
        assert browser.get(works.format(id=ids[TWO_PAGES]))[0] == 200
        broken = "/search?q=a" if away == "index" else f"/records/{ids[TWO_PAGES]}"
        status, text = browser.get(broken)
        assert status == 503
        assert "không trả lời" in text


def test_the_page_is_there_in_english(browsers: dict[str, Browser], ids: dict[str, str]) -> None:
    """Every page has both languages, and remembers the chosen one."""
    browser = browsers["auditor"]
    assert 'lang="en"' in browser.get("/search?lang=en")[1]
    assert "Search" in browser.get("/search")[1]
    assert 'lang="vi"' in browser.get("/search?lang=vi")[1]
