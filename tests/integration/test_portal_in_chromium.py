"""Journeys through the portal in a real Chromium, by people who only see its pages.

Pictures of each page are kept below the run's temporary folder (``portal-screenshots``).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from starlette.routing import Route

from ocr.page import Box
from sohoa.domain.protection.access import Reader
from sohoa.domain.search.query import parse_query
from sohoa.portal.app import make_app
from sohoa.usecases.archive.versions import visible
from sohoa.usecases.search.page_views import page_view
from sohoa.usecases.services import Services
from tests.support.chromium import WIDTHS, Visit, chromium, served, visit
from tests.support.copies import waiting_copies
from tests.support.nights import SampleNight
from tests.support.portal import ELSEWHERE
from tests.support.review import TWO_PAGES, UNREAD, id_of

pytestmark = [pytest.mark.usefixtures("inhabitants"), pytest.mark.slow]
ARCHIVIST = Reader("An", by_name=True, roles=frozenset({"archivist"}))
SCREENS = [*((width, "vi") for width in WIDTHS), ("phone", "en"), ("desk", "en")]


@pytest.fixture(scope="module")
def address(services: Services, inhabitants: None) -> Iterator[str]:
    with served(services) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("portal-screenshots", numbered=False)


@pytest.fixture(scope="module")
def ids(night: SampleNight) -> dict[str, str]:
    return {name: id_of(night.site, name) for name in (TWO_PAGES, UNREAD)}


@pytest.fixture
def desk(browser: Browser, address: str, pictures: Path) -> Iterator[Visit]:
    with visit(browser, address, pictures, WIDTHS["desk"]) as opened:
        yield opened


def marks(page: Page) -> list[Box]:
    """Where the marks are on the screen, in pixels of the page as it was read."""
    return [
        Box(*map(round, each))
        for each in page.evaluate(
            """() => {
              const group = document.querySelector("[data-paper] g");
              const into = group.getScreenCTM().inverse();
              return [...document.querySelectorAll("rect.found")].map((mark) => {
                const seen = mark.getBoundingClientRect();
                const corner = new DOMPoint(seen.left, seen.top).matrixTransform(into);
                const end = new DOMPoint(seen.right, seen.bottom).matrixTransform(into);
                return [corner.x, corner.y, end.x - corner.x, end.y - corner.y];
              });
            }"""
        )
    ]


def covers(mark: Box, word: Box) -> bool:
    return mark.x <= word.x and mark.y <= word.y and mark.right >= word.right and mark.bottom >= word.bottom


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_from_a_word_to_the_word_on_the_picture(
    services: Services,
    browser: Browser,
    address: str,
    pictures: Path,
    ids: dict[str, str],
    width: str,
    language: str,
) -> None:
    """By keys alone: ask, choose the hit, and see each word under its mark, which covers it."""
    with visit(browser, address, pictures, WIDTHS[width], language) as somebody:
        page, name = somebody.page, f"{width}-{language}"
        somebody.sign_in("archivist")
        somebody.look(f"search-{name}")
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        page.keyboard.type('"kế hoạch"')
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-hit]")
        somebody.look(f"found-{name}")
        page.locator(f'[data-hit][href*="{ids[TWO_PAGES]}"]').focus()
        page.keyboard.press("Enter")
        page.wait_for_selector("rect.found")
        page.wait_for_load_state("networkidle")
        number = int(re.findall(r"\d+", page.inner_text(".strip [aria-current]"))[0])
        view = page_view(ARCHIVIST, services, ids[TWO_PAGES], number, parse_query('"kế hoạch"'))
        words = [box for line in view.lines for box in line.found]
        seen = marks(page)
        assert len(seen) == len(words) > 0
        assert all(any(covers(mark, word) for mark in seen) for word in words)
        assert all(mark.w < view.width_px / 4 for mark in seen)
        for mark in page.locator("rect.found").all():
            shot = Image.open(io.BytesIO(mark.screenshot())).convert("L")
            assert int(shot.getextrema()[0]) < 130, "no print under the mark"  # type: ignore[arg-type]
        somebody.look(f"record-{name}")


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_pages_of_the_review_are_easy_to_use(
    browser: Browser, address: str, pictures: Path, ids: dict[str, str], width: str, language: str
) -> None:
    """Queue, record, arranging and samples, on phone and desk, in both languages."""
    with visit(browser, address, pictures, WIDTHS[width], language) as somebody:
        somebody.page.goto("/login")
        somebody.look(f"login-{width}-{language}")
        somebody.sign_in("archivist")
        for name, path in {
            "queue": "/review",
            "review": f"/review/{ids[UNREAD]}",
            "arrange": f"/review/{ids[TWO_PAGES]}/arrange",
            "samples": "/samples?agency=Z99.01",
            "browse": "/browse",
            "coverage": "/coverage",
            "coverage-agency": "/coverage/Z99.01",
            "coverage-records": "/coverage/Z99.01/records?figure=covered&year=2024",
            "coverage-objects": "/coverage/Z99.01/objects?state=quarantined",
            "missing": "/nothing",
        }.items():
            somebody.page.goto(path)
            somebody.look(f"{name}-{width}-{language}")


def test_twenty_doubtful_records_are_reviewed_by_keys_alone(
    services: Services, desk: Visit, ids: dict[str, str]
) -> None:
    """From the queue with arrow and Enter, then one key a record; each is settled as it was read."""
    made = waiting_copies(services, ids[TWO_PAGES], [("doubtful_issued_date",)] * 20, "k")
    page = desk.page
    desk.sign_in("archivist")
    page.goto("/review?agency=Z99.01&mine=0")
    page.keyboard.press("Tab")
    page.locator(f'[data-hit][href$="{made[0]}"]').focus()
    page.keyboard.press("Enter")
    for _ in range(60):
        page.wait_for_selector("[data-doubt], ol.hits")
        here = page.url
        record = here.rpartition("/")[2]
        if all(services.queue.item(name) is None for name in made):
            break
        page.keyboard.press("1" if record in made else "ArrowRight")
        page.wait_for_function("here => location.href !== here", arg=here)
    assert [name for name in made if services.queue.item(name) is not None] == []
    assert desk.complaints == []


def test_a_typed_value_is_saved_by_keys(services: Services, desk: Visit, ids: dict[str, str]) -> None:
    """Arrow to the field, 0 to type, Enter to save; Esc leaves the field with what was typed."""
    (record,) = waiting_copies(services, ids[TWO_PAGES], [("doubtful_subject", "doubtful_issued_date")], "v")
    page = desk.page
    desk.sign_in("archivist")
    page.goto(f"/review/{record}")
    page.locator("body").press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("0")
    page.keyboard.type("14/02/2024")
    page.keyboard.press("Escape")
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    page.wait_for_selector(".good")
    row = services.records.record(record)
    assert row is not None
    assert row.version == 2
    assert [event.details["new"] for event in services.events.events(record) if "new" in event.details] == [
        "2024-02-14"
    ]


def test_a_decision_outlives_a_broken_network(services: Services, desk: Visit, ids: dict[str, str]) -> None:
    """What was decided stays on the page, is said to be unsent, and is sent once when there is a network."""
    (record,) = waiting_copies(services, ids[TWO_PAGES], [("doubtful_issued_date",)], "b")
    page = desk.page
    desk.sign_in("archivist")
    page.goto(f"/review/{record}")
    page.context.set_offline(True)
    page.fill("[data-typed]", "15/02/2024")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-no-network]:visible")
    assert page.input_value("[data-typed]") == "15/02/2024"
    assert services.queue.item(record) is not None
    page.context.set_offline(False)
    page.wait_for_url(lambda url: not url.endswith(record))
    row = services.records.record(record)
    assert row is not None
    assert row.version == 2


def test_a_decision_outlives_the_session(services: Services, desk: Visit, ids: dict[str, str]) -> None:
    """The page says that the session has ended, and has what was typed for whoever signs in again."""
    (record,) = waiting_copies(services, ids[TWO_PAGES], [("doubtful_issued_date",)], "s")
    page = desk.page
    desk.sign_in("reviewer")
    page.goto(f"/review/{record}")
    services.sessions.end_all("reviewer")
    page.fill("[data-typed]", "16/02/2024")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=16/02/2024")
    desk.look("session-ended")
    with page.context.expect_page() as opened:
        page.click("a.button")
    Visit(opened.value, desk.pictures).sign_in("reviewer")
    page.click("button.main")
    page.wait_for_selector("[data-typed]")
    assert page.input_value("[data-typed]") == "16/02/2024"
    page.focus("[data-typed]")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/again" not in url and not url.endswith(record))
    assert services.queue.item(record) is None


def test_an_officer_of_another_agency_reaches_nothing(
    services: Services, desk: Visit, ids: dict[str, str]
) -> None:
    """By no page that names the record, whatever the route table has, nor by search, counts or browsing."""
    page, record = desk.page, ids[TWO_PAGES]
    title = str(visible(ARCHIVIST, services, record)[1].record["fields"]["subject"]["value"])
    desk.sign_in(ELSEWHERE)
    parts = {"record_id": record, "number": "1", "name": "archive", "field": "subject", "agency": "Z99.01"}
    tried = 0
    for route in make_app(services, secure=False).routes:
        if isinstance(route, Route) and "GET" in (route.methods or ()) and "{record_id}" in route.path:
            path = re.sub(r"{(\w+)}", lambda part: parts.get(part[1], "x"), route.path)
            answer = page.goto(path)
            assert answer is not None
            wanted = 401 if path.startswith("/api/") else 404  # programs sign in by token alone
            assert answer.status == wanted, path
            tried += 1
    for path in (
        "/search?q=ke+hoach",
        "/search?q=k%E1%BA%BF+ho%E1%BA%A1ch&agency=Z99.01",
        "/search?agency=Z99.01",
        "/search?year=2024",
        "/browse",
        "/browse/Z99.01",
        "/review",
        "/samples?agency=Z99.01",
        "/coverage",
        "/coverage/Z99.01",
        "/coverage/Z99.01/records?figure=received&year=2024",
        "/coverage/Z99.01/objects?state=pending",
    ):
        page.goto(path)
        assert record not in page.content().replace(page.url, "")
        assert title not in page.content()
        tried += 1
    for path in ("/search/list.csv?q=ke+hoach", "/search/suggest?q=ke+ho"):
        text = page.request.get(path).text()
        assert record not in text
        assert title not in text
        tried += 1
    assert tried >= 10
    assert desk.complaints == []


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_pages_of_auditors_and_administrators_are_easy_to_use(
    browser: Browser, address: str, pictures: Path, width: str, language: str
) -> None:
    """An auditor looks at what people did and takes it home; accounts, requests, second factors are shown."""
    for login, paths in {
        "auditor": {"events": "/events"},
        "administrator": {
            "people": "/people",
            "account": "/people/reader",
            "second-factor": "/second-factor",
        },
        "officer": {"requests": "/requests"},
    }.items():
        with visit(browser, address, pictures, WIDTHS[width], language) as somebody:
            somebody.sign_in(login)
            for name, path in paths.items():
                answer = somebody.page.goto(path)
                assert answer is not None
                assert answer.status == 200, path
                somebody.look(f"{name}-{width}-{language}")
            if login == "auditor":
                taken = somebody.page.request.get("/events.csv")
                assert taken.ok
                assert "auditor" in taken.text()


def test_a_restricted_record_is_asked_for_and_granted(
    services: Services, browser: Browser, address: str, pictures: Path, ids: dict[str, str]
) -> None:
    """A reader without right asks with a reason, an archivist grants it for a week, the reader sees it."""
    (record,) = waiting_copies(services, ids[TWO_PAGES], [("doubtful_subject",)], "w")
    with visit(browser, address, pictures, WIDTHS["desk"]) as reader:
        reader.sign_in("reader")
        refused = reader.page.goto(f"/records/{record}")
        assert refused is not None
        assert refused.status == 404
        reader.page.goto("/requests")
        reader.page.fill("[name=record]", record)
        reader.page.fill("[name=reason]", "Đối chiếu hồ sơ của gia đình")
        reader.page.click("form[action='/requests'] button.main")
        reader.look("request-asked")
        with visit(browser, address, pictures, WIDTHS["desk"]) as archivist:
            archivist.sign_in("archivist")
            archivist.page.goto("/requests")
            archivist.look("request-to-decide")
            archivist.page.click("button[value=grant]")
            archivist.page.wait_for_load_state("networkidle")
            assert archivist.complaints == []
        reader.page.reload()
        reader.page.click(f"a[href='/records/{record}']")
        reader.page.wait_for_selector("[data-paper]")
        reader.look("request-granted")


def test_an_administrator_makes_an_account_by_the_screen(
    services: Services, browser: Browser, address: str, pictures: Path
) -> None:
    """The form unfolds, the first password is shown, and the account waits for another person."""
    with visit(browser, address, pictures, WIDTHS["phone"]) as somebody:
        somebody.sign_in("administrator")
        somebody.page.goto("/people")
        somebody.page.click("summary:has-text('Lập tài khoản')")
        somebody.look("account-form")
        somebody.page.fill("[name=login]", "hoa")
        somebody.page.fill("[name=name]", "Lý Thị Hoa")
        somebody.page.check("[name=role-reader]")
        somebody.page.click("form[action='/people'] button.main")
        somebody.page.wait_for_selector("code")
        somebody.look("account-made")
    account = services.accounts.account("hoa")
    assert account is not None
    assert account.disabled
