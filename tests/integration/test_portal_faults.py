"""The portal while something is away, and with records that change under their readers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from starlette.routing import Route

from sohoa.domain.errors import Rejected, Unavailable
from sohoa.domain.protection.access import Reader
from sohoa.portal.app import make_app
from sohoa.usecases.review.undo import withdraw
from sohoa.usecases.services import Services
from tests.support.copies import waiting_copies
from tests.support.nights import SampleNight
from tests.support.portal import signed_in
from tests.support.review import PLAIN, TWO_PAGES, id_of

pytestmark = pytest.mark.usefixtures("inhabitants")
ARCHIVIST = Reader("An", by_name=True, roles=frozenset({"archivist"}))
PARTS = {
    "ledger": ("states", "records", "events", "queue", "dossiers", "accounts", "sessions", "counts"),
    "index": ("index",),
    "store": ("store",),
    "pictures": ("viewer",),
}


class Fading:
    """A service that answers, or does not, as ``away`` says."""

    def __init__(self, real: Any) -> None:
        self.real, self.away = real, False

    def __getattr__(self, name: str) -> Any:
        if self.away:
            return self._fail
        return getattr(self.real, name)

    def _fail(self, *_: Any, **__: Any) -> Any:
        raise Unavailable("it does not answer")


@pytest.fixture
def record(night: SampleNight) -> str:
    return id_of(night.site, TWO_PAGES)


def pages(services: Services, record: str) -> list[str]:
    """The address of every page that is read, from the route table."""
    parts = {"record_id": record, "number": "1", "name": "archive", "field": "subject", "agency": "Z99.01"}
    found = []
    for route in make_app(services, secure=False).routes:
        if isinstance(route, Route) and "GET" in (route.methods or ()) and "static" not in route.path:
            found.append(re.sub(r"{(\w+)}", lambda part: parts.get(part[1], "1"), route.path))
    return [*found, "/search?q=a"]


@pytest.mark.parametrize("part", sorted(PARTS))
def test_what_is_away_is_told_on_every_page_and_comes_back_by_itself(
    services: Services, record: str, part: str
) -> None:
    """No page breaks: it answers, or says that something is away; afterwards each answers as before."""
    fading = {name: Fading(getattr(services, name)) for name in PARTS[part]}
    browser = signed_in(replace(services, **fading), "archivist")  # type: ignore[arg-type]
    before = {path: browser.get(path)[0] for path in pages(services, record)}
    for each in fading.values():
        each.away = True
    told = {path: browser.get(path) for path in before}
    assert {path: status for path, (status, _) in told.items() if status == 500} == {}
    assert {path for path, (status, _) in told.items() if status not in (503, before[path])} <= {"/healthz"}
    kept = part == "pictures"  # those that were drawn before
    assert any(status == 503 for status, _ in told.values()) is not kept
    assert not any("Traceback" in text for _, text in told.values())
    for each in fading.values():
        each.away = False
    assert {path: browser.get(path)[0] for path in before} == before


def test_a_record_that_is_withdrawn_while_somebody_reads_it(services: Services, record: str) -> None:
    """Its page says so and why; a decision on it is refused in the same words."""
    (name,) = waiting_copies(services, record, [("doubtful_issued_date",)], "x")
    browser = signed_in(services, "archivist")
    version = re.search(r'name="version" value="(\d+)"', browser.get(f"/review/{name}")[1])
    assert version is not None
    withdraw(ARCHIVIST, services, name, "Quét nhầm văn bản")
    status, text = browser.get(f"/records/{name}")
    assert (status, "Quét nhầm văn bản" in text) == (200, True)
    form = {"version": version[1], "action": "accept", "field": "issued_date"}
    status, text = browser.post(f"/review/{name}", **form)
    assert (status, "Quét nhầm văn bản" in text) == (400, True)


def test_a_page_that_cannot_be_drawn_keeps_its_text(services: Services, night: SampleNight) -> None:
    """The picture alone is missing, and is no picture of an error; the page has text and fields."""

    class Broken:
        def archived(self, *_: Any) -> bytes:
            raise Rejected("damaged", "cannot be drawn")

    browser = signed_in(replace(services, viewer=Broken()), "archivist")  # type: ignore[arg-type]
    record = id_of(night.site, PLAIN)
    answer = browser.client.get(f"/records/{record}/pages/1.png")
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/html; charset=utf-8")
    status, text = browser.get(f"/records/{record}")
    assert (status, 'class="lines"' in text, "data-no-picture hidden" in text) == (200, True, True)
