"""The review in the browser: nothing is lost or done twice, and all that the shell can do is there, too."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from ocr.page import Box
from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import DossierMember
from sohoa.domain.protection.access import Reader
from sohoa.domain.review.queue import Step
from sohoa.ports import PageViewer
from sohoa.usecases.archive.standing import standing_ids
from sohoa.usecases.review.views import following
from sohoa.usecases.services import Services
from tests.support.copies import waiting_copies
from tests.support.nights import SampleNight
from tests.support.portal import Browser, signed_in
from tests.support.review import TWO_PAGES, UNREAD, id_of

HERE = "Z99.01"

pytestmark = pytest.mark.usefixtures("inhabitants")


@pytest.fixture(scope="module")
def ids(night: SampleNight) -> dict[str, str]:
    return {name: id_of(night.site, name) for name in (TWO_PAGES, UNREAD)}


@pytest.fixture
def browser(services: Services) -> Browser:
    return signed_in(services, "archivist")


@pytest.fixture
def other(services: Services) -> Browser:
    return signed_in(services, "reviewer")


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found is not None
    return found[1]


def opened(browser: Browser, path: str) -> dict[str, str]:
    """What each form of the page bears."""
    status, text = browser.get(path)
    assert status == 200
    return {name: hidden(text, name) for name in ("version", "form")}


def version_of(services: Services, record: str) -> int:
    row = services.records.record(record)
    assert row is not None
    return row.version


def test_a_form_that_is_sent_again_is_carried_out_once(
    services: Services, browser: Browser, ids: dict[str, str]
) -> None:
    """Who lost the answer and sends the same form again arrives where the first one led."""
    path, before = f"/review/{ids[UNREAD]}", version_of(services, ids[UNREAD])
    form = opened(browser, path) | {"action": "correct", "field": "issued_date", "value": "12/06/2023"}
    first = browser.post(path, **form)
    assert first[0] == 303
    assert browser.post(path, **form) == first
    assert version_of(services, ids[UNREAD]) == before + 1


def test_the_second_of_two_sees_what_the_first_did(
    services: Services, browser: Browser, other: Browser, ids: dict[str, str]
) -> None:
    """Nothing of theirs is written; the page names who changed what, and keeps what they typed."""
    path = f"/review/{ids[UNREAD]}"
    seen = opened(browser, path), opened(other, path)
    form = {"action": "correct", "field": "code_number"}
    assert other.post(path, **seen[1], **form, value="377")[0] == 303
    before = version_of(services, ids[UNREAD])
    status, text = browser.post(path, **seen[0], **form, value="378")
    assert status == 409
    assert "Người reviewer" in text
    assert re.search(r"Số: .* → 377", text)
    assert version_of(services, ids[UNREAD]) == before


def test_what_was_typed_outlives_the_session(services: Services, ids: dict[str, str]) -> None:
    """The answer keeps it, and the page offers it again after signing in; nothing is written by itself."""
    browser = signed_in(services, "archivist")
    path, before = f"/review/{ids[UNREAD]}", version_of(services, ids[UNREAD])
    form = opened(browser, path) | {"action": "correct", "field": "subject", "value": "Về một việc <b>"}
    services.sessions.end_all("archivist")
    status, text = browser.post(path, **form)
    assert status == 401
    assert hidden(text, "value") == "Về một việc &lt;b&gt;"
    assert "csrf" not in text
    again = signed_in(services, "archivist")
    again.csrf = ""
    status, text = again.post(f"{path}/again", **form)
    assert status == 200
    assert "Phiên làm việc đã hết khi bạn gửi" in text
    assert version_of(services, ids[UNREAD]) == before
    status, text = Browser(signed_in(services, "reader").client).post(f"{path}/again", **form)
    assert status == 404


def test_a_value_that_cannot_be_is_refused_in_plain_words(browser: Browser, ids: dict[str, str]) -> None:
    """The sentence is in the reader's language and says how to write it."""
    path = f"/review/{ids[UNREAD]}"
    form = opened(browser, path) | {"action": "correct"}
    for field, value, told in (
        ("issued_date", "31/02/2023", "có trong lịch"),
        ("code_number", "số ba", "gồm chữ số"),
        ("type_name", "Tờ rơi", "có trong danh mục"),
        ("code_notation", "//", "QĐ-UBND"),
    ):
        status, text = browser.post(path, **form, field=field, value=value)
        assert (status, told in text) == (400, True), (field, text)


def test_all_that_is_shown_is_accepted_at_once(
    services: Services, browser: Browser, ids: dict[str, str]
) -> None:
    """One press settles every doubt about a value that the record shows."""
    (record,) = waiting_copies(services, ids[TWO_PAGES], [("doubtful_issued_date", "doubtful_subject")], "q")
    path = f"/review/{record}"
    assert "Cả 2 điều chưa chắc" in browser.get(path)[1]
    status, leads = browser.post(path, **opened(browser, path), action="accept")
    assert status == 303
    assert record not in leads
    assert services.queue.item(record) is None


def test_pictures_of_the_next_record_are_drawn_before_they_are_asked_for(
    services: Services, ids: dict[str, str]
) -> None:
    """While somebody looks at one record, those of the next are made; asking for them draws nothing."""
    drawn, one = list[int](), Event()

    class Counting:
        def picture(self, path: Path, kind: str, page: int, box: Box | None) -> bytes:
            drawn.append(page)
            data = services.viewer.picture(path, kind, page, box)
            one.set()
            return data

    viewer: PageViewer = Counting()  # type: ignore[assignment]
    looking = signed_in(replace(services, viewer=viewer), "archivist")
    here, after = waiting_copies(services, ids[TWO_PAGES], [("doubtful_issued_date",)] * 2, "n")
    reader = Reader("An", by_name=True, roles=frozenset({"archivist"}))
    while (found := following(reader, services, here)) != after:
        here = found
    looking.get(f"/review/{here}")
    assert one.wait(60)
    picture = looking.client.get(f"/review/{after}/crops/issued_date.png")
    assert picture.content.startswith(b"\x89PNG")
    assert len(drawn) == 1
    again = {"if-none-match": picture.headers["etag"]}
    assert looking.client.get(f"/review/{after}/crops/issued_date.png", headers=again).status_code == 304


def test_a_file_is_split_and_merged_again(services: Services, browser: Browser, ids: dict[str, str]) -> None:
    """By a click between two pages; the parts are joined by ticking the other one."""
    record, path = ids[TWO_PAGES], f"/review/{ids[TWO_PAGES]}/arrange"
    row = services.records.record(record)
    assert row is not None
    form = opened(browser, path)
    assert browser.post(path, **form, action="split")[0] == 400
    status, leads = browser.post(path, **form, action="split", **{"cut-2": "1"})
    assert status == 303
    parts = standing_ids(services, row.agency, row.sha256)
    assert len(parts) == 2
    assert parts[0] in leads
    path = f"/review/{parts[0]}/arrange"
    form = opened(browser, path)
    form |= {"action": "merge", f"part-{parts[1]}": "1"}
    assert browser.post(path, **form)[0] == 400
    seen = version_of(services, parts[1])
    for stale in ({"version": "0"}, {f"version-{parts[1]}": str(seen - 1)}):
        assert browser.post(path, **form | {f"version-{parts[1]}": str(seen)} | stale)[0] == 409
    form[f"version-{parts[1]}"] = hidden(browser.get(path)[1], f"version-{parts[1]}")
    assert browser.post(path, **form)[0] == 303
    assert standing_ids(services, row.agency, row.sha256) == (record,)
    assert browser.get(f"/review/{parts[0]}/arrange")[0] == 400


def test_a_record_is_put_into_a_dossier_of_its_agency(
    services: Services, browser: Browser, ids: dict[str, str]
) -> None:
    """Only into one that a list or a record names; where it stands the page says."""
    path = f"/review/{ids[UNREAD]}/arrange"
    form = opened(browser, path) | {"action": "attach"}
    status, text = browser.post(path, **form, code="không có")
    assert (status, "không có hồ sơ mang mã này" in text) == (400, True)
    row = services.records.record(ids[UNREAD])
    assert row is not None
    services.dossiers.belongs("z" * 26, [DossierMember(row.agency, "HS.7", "z" * 26, 1, Method.PERSON, "")])
    stale = form | {"version": str(int(form["version"]) - 1)}
    assert browser.post(path, **stale, code="HS.7", ordinal="3")[0] == 409
    assert browser.post(path.removesuffix("/arrange"), **stale, value="HS.7")[0] == 409
    assert not list(services.dossiers.of_record(ids[UNREAD]))
    assert browser.post(path, **form, code="HS.7", ordinal="3")[0] == 303
    assert [(m.code, m.ordinal) for m in services.dossiers.of_record(ids[UNREAD])] == [("HS.7", 3)]
    assert "HS.7" in browser.get(path)[1]


def test_work_is_given_and_checked_by_another(
    services: Services, browser: Browser, other: Browser, ids: dict[str, str]
) -> None:
    """The entry and a check need two persons; the queue shows each their own work."""
    (record,) = waiting_copies(services, ids[TWO_PAGES], [("doubtful_issued_date",)], "g")
    form, chosen = opened_queue(browser), {f"record-{record}": "1"}
    assert browser.post("/review", **form, **chosen, person="Người archivist", step="entry")[0] == 303
    status, text = browser.post("/review", **form, **chosen, person="Người archivist", step="first_check")
    assert (status, "cần người khác nhau" in text) == (400, True)
    assert browser.post("/review", **form, **chosen, person="Người auditor", step="first_check")[0] == 400
    assert browser.post("/review", **form, **chosen, person="Người reviewer", step="second_check")[0] == 303
    assert record in browser.get("/review?mine=1")[1]
    assert record in other.get("/review?mine=1")[1]
    assert "kiểm tra lần 2" in other.get(f"/review/{record}")[1]
    steps = {a.step: a.person for a in services.queue.assignments(record_id=record)}
    assert steps == {Step.ENTRY: "Người archivist", Step.SECOND_CHECK: "Người reviewer"}


def opened_queue(browser: Browser) -> dict[str, str]:
    status, text = browser.get("/review")
    assert status == 200
    return {"form": hidden(text, "form")}


def test_a_batch_is_accepted_by_two_persons(services: Services, browser: Browser, other: Browser) -> None:
    """One draws, both judge; nobody sees what the other found before the verdict."""
    row = next(row for row in services.records.records(agency=HERE) if not row.withdrawn)
    batch = row.holder_key.split("/")[1]
    assert f"batch={batch}" in browser.get(f"/samples?agency={HERE}")[1]
    path, base = f"/samples?agency={HERE}&batch={batch}", {"agency": HERE, "batch": batch}
    assert browser.post("/samples", **base, action="draw", size="x", accept_number="0")[0] == 400
    assert browser.post("/samples", **base, action="draw", size="2", accept_number="0")[0] == 303
    names = list(dict.fromkeys(re.findall(r'name="found-(\w+)"', browser.get(path)[1])))
    said = {f"found-{name}": "ok" for name in names}
    assert browser.post("/samples", **base, action="check", **said)[0] == 303
    assert "Bạn đã ghi: Đúng" in browser.get(path)[1]
    assert "Bạn đã ghi" not in other.get(path)[1]
    assert other.post("/samples", **base, action="check", **said)[0] == 303
    assert "Lô được nghiệm thu" in other.get(path)[1]
    assert other.post("/samples", **base, action="check", **said)[0] in (303, 400)


def test_typed_values_are_completed_from_the_lists(
    services: Services, browser: Browser, ids: dict[str, str]
) -> None:
    """A doubtful type is completed from the table of types, an agency from the register."""
    (record,) = waiting_copies(services, ids[TWO_PAGES], [("doubtful_type_name", "doubtful_organ_name")], "t")
    text = browser.get(f"/review/{record}")[1]
    assert 'list="list-type_name"' in text
    assert 'option value="Quyết định"' in text
    assert f'option value="{services.agencies.name(HERE)}"' in text
