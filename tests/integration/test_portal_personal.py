"""Personal data in the portal: for archivists who say what for, written on the record."""

from __future__ import annotations

import pytest

from sohoa.domain.archive.actions import Action
from sohoa.usecases.services import Services
from tests.support.copies import copied
from tests.support.nights import SampleNight
from tests.support.portal import Browser, member
from tests.support.review import PLAIN, id_of

NUMBER = "001099012345"
WHY = "Đối chiếu hồ sơ người có công theo đề nghị của gia đình"


@pytest.fixture(scope="module")
def record(services: Services, sample_night: SampleNight) -> str:
    """A record in whose first line somebody's identity number stands."""
    words = [("CCCD:", 100, 100, 120, 40), (NUMBER, 240, 100, 300, 40)]
    tag = {"page": 1, "kind": "identity_number", "start": 6, "end": 18}
    return copied(services, id_of(sample_night.site, PLAIN), "q" * 26, words, personal=[tag])


@pytest.fixture(scope="module")
def archivist(services: Services) -> Browser:
    return member(services, "luu-ca-nhan", "archivist")


def test_an_archivist_sees_it_for_a_purpose_that_is_written_down(
    services: Services, archivist: Browser, record: str
) -> None:
    """The record's page hides it and offers the form; the answer shows it; the record tells who and why."""
    page = archivist.get(f"/records/{record}")[1]
    assert NUMBER not in page
    assert f'action="/records/{record}/personal"' in page
    status, text = archivist.post(f"/records/{record}/personal", purpose=WHY)
    assert (status, NUMBER in text, "CMND/CCCD" in text) == (200, True, True)
    told = services.events.events(record)[-1]
    assert told.action == Action.PERSONAL_DATA_SHOWN
    assert (told.actor, told.details["purpose"]) == ("person:Người luu-ca-nhan", WHY)


@pytest.mark.parametrize("purpose", ["", "xem", " " * 40, "x" * 501])
def test_without_a_purpose_nothing_is_shown(
    services: Services, archivist: Browser, record: str, purpose: str
) -> None:
    """The form is offered again; nothing is written, as nothing was seen."""
    before = len(services.events.events(record))
    status, text = archivist.post(f"/records/{record}/personal", purpose=purpose)
    assert (status, NUMBER in text, "10 đến 500" in text) == (400, False, True)
    assert len(services.events.events(record)) == before


def test_others_are_told_that_there_is_no_such_page(services: Services, record: str) -> None:
    """A reviewer sees the record, not the form, and what it would show is not there."""
    reviewer = member(services, "tham-dinh-ca-nhan", "reviewer")
    assert "/personal" not in reviewer.get(f"/records/{record}")[1]
    status, text = reviewer.post(f"/records/{record}/personal", purpose=WHY)
    assert (status, NUMBER in text) == (404, False)
