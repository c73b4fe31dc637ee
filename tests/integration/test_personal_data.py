"""Personal data on a paper: tagged in the record, masked for everybody, shown to an archivist by name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import pytest

from ocr.page import Page
from sohoa.domain.archive.record import value_of
from sohoa.domain.archive.records import Reading
from sohoa.domain.errors import Conflict, NotAllowed
from sohoa.domain.protection.access import Reader
from sohoa.domain.search.query import parse_query
from sohoa.ports import FileFacts, Recogniser
from sohoa.settings import load_settings
from sohoa.usecases.checks.reindex import reindex
from sohoa.usecases.checks.verify import verify
from sohoa.usecases.pipeline.ingest import ingest
from sohoa.usecases.pipeline.nightly import nightly
from sohoa.usecases.review.decide import correct
from sohoa.usecases.review.parts import split
from sohoa.usecases.review.views import view, waiting
from sohoa.usecases.search.search import search, show
from sohoa.usecases.services import Services
from sohoa.wiring import init_home, open_services, reader_of
from tests.support.pages import MOTTO, page
from tests.support.site import SAMPLES

pytestmark = pytest.mark.slow
ARCHIVIST, OPERATING = "Cán bộ lưu trữ mẫu", "Người vận hành mẫu"
READER = Reader(ARCHIVIST, by_name=True, roles=frozenset({"archivist"}))
SCAN = next(SAMPLES.rglob("kh-0212.tif"))
NUMBER, PHONE = "051080012345", "0912345678"
_LEFT = ("UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ", "Số: 12/TB-SNV")


def written(first: Page, second: Page) -> tuple[Page, ...]:
    """Two pages of the sizes of the real ones that name persons."""
    return (
        page(left=_LEFT, right=MOTTO, body=("THÔNG BÁO", f"Về việc ông A, ĐT {PHONE}", "", "nội dung")),
        page(number=2, body=("Danh sách kèm theo", f"Ông Lê Văn A, CCCD số {NUMBER}, thôn Gò")),
    )


@dataclass(frozen=True)
class Naming:
    """The real recogniser, but that the paper names persons."""

    real: Recogniser

    def inspect(self, path: Path) -> FileFacts:
        return self.real.inspect(path)

    def read(self, path: Path, facts: FileFacts) -> Reading:
        reading = self.real.read(path, facts)
        return replace(reading, pages=written(*reading.pages[:2]))


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[None]:
    home = {"SOHOA_HOME": str(tmp_path / "home"), "SOHOA_NIGHTLY__MIN_FREE_BYTES": "0"}
    with mock.patch.dict("os.environ", home):
        yield


@pytest.fixture
def services(environment: None) -> Iterator[Services]:
    """An archive with the one record, opened by an archivist; every field of it is in doubt."""
    settings = load_settings()
    init_home(settings)
    with open_services(settings) as opened:
        ingest(opened, [SCAN], "Z99.03", "b")
        strict = replace(opened.policy, review_below=1.0)
        naming = replace(opened, recogniser=Naming(opened.recogniser), policy=strict)
        nightly(READER, naming, lambda _: None, lambda _: None)
        yield opened


def only_record(services: Services) -> str:
    (row,) = services.records.records()
    return row.record_id


def test_everybody_sees_the_mask(services: Services) -> None:
    """Search and show tell where personal data is, not what it is; the index never had it."""
    shown = show(READER, services, only_record(services))
    tags = [(tag["kind"], tag["page"]) for tag in shown.record["personal"]]
    assert tags == [("phone", 1), ("identity_number", 2)]
    assert set(shown.record["personal"][0]) == {"kind", "page", "start", "end"}
    (hit,) = search(READER, services, parse_query("danh sách thôn gò")).hits
    told = json.dumps(
        [shown.record, [dict(e.details) for e in shown.events], hit.highlights, dict(hit.fields)]
    )
    assert NUMBER not in told
    assert PHONE not in told
    assert "CCCD số ••••••••••••" in " ".join(hit.highlights)
    assert search(READER, services, parse_query(NUMBER)).total == 0
    assert reindex(services) == 1
    assert search(READER, services, parse_query(PHONE)).total == 0


def test_an_archivist_sees_it_and_the_record_says_so(services: Services) -> None:
    """What is under the mask is shown by name only, and each time becomes an event that verifies."""
    record = only_record(services)
    (hit,) = search(READER, services, parse_query("danh sách thôn gò"), personal=True).hits
    assert NUMBER in " ".join(hit.highlights)
    assert PHONE in json.dumps(show(READER, services, record, personal=True).record["fields"])
    events = [e for e in services.events.events(record) if e.action == "personal_data_shown"]
    assert [(e.actor, e.details["where"]) for e in events] == [
        (f"person:{ARCHIVIST}", "search"),
        (f"person:{ARCHIVIST}", "show"),
    ]
    assert verify(services).faults == ()


@pytest.mark.parametrize("person", ["", OPERATING])
def test_nobody_else_sees_it(services: Services, person: str) -> None:
    """An account without a name and a person with another role are refused, and nothing is noted."""
    other = reader_of(services, person)
    for ask in (
        lambda: search(other, services, parse_query("danh sách"), personal=True),
        lambda: show(other, services, only_record(services), personal=True),
        lambda: view(other, services, only_record(services), personal=True),
    ):
        with pytest.raises(NotAllowed):
            ask()
    events = services.events.events(only_record(services))
    assert "personal_data_shown" not in [event.action for event in events]


def test_a_reviewer_sees_the_field_to_decide_and_no_other(services: Services) -> None:
    """The queue is masked; a record shows the fields in doubt; what is decided is masked from then on."""
    record = only_record(services)
    (row,) = [row for row in waiting(READER, services) if row.item.record_id == record]
    assert PHONE not in row.candidate
    assert PHONE in value_of(view(READER, services, record).now.record, "subject")
    correct(READER, services, record, {"subject": f"Về việc ông A, ĐT {PHONE}"})
    viewed = view(READER, services, record)
    assert PHONE not in json.dumps(viewed.now.record)
    assert viewed.now.record["fields"]["subject"]["value"] == f"Về việc ông A, ĐT {'•' * len(PHONE)}"
    assert PHONE in json.dumps(view(READER, services, record, personal=True).now.record)
    noted = [e.details["where"] for e in services.events.events(record) if e.action == "personal_data_shown"]
    assert noted == ["review"]


def test_the_records_beside_it_stay_masked(services: Services) -> None:
    """Who sees one record's personal data, which is noted on it, does not see that of its rivals."""
    record = only_record(services)
    with mock.patch("sohoa.usecases.review.views.rivals", return_value=(record,)):
        viewed = view(READER, services, record, personal=True)
    (other,) = viewed.same_number
    assert PHONE in json.dumps(viewed.now.record)
    assert PHONE not in json.dumps(other.record)


def test_who_comes_second_is_told_without_the_personal_data(services: Services) -> None:
    """The message names who changed which field, its values masked."""
    record = only_record(services)
    correct(READER, services, record, {"subject": f"Về việc ông B, ĐT {PHONE}"}, seen=1)
    with pytest.raises(Conflict, match="corrected subject") as refused:
        correct(READER, services, record, {"subject": "Khác"}, seen=1)
    assert PHONE not in str(refused.value)


def test_parts_keep_the_tags_of_their_pages(services: Services) -> None:
    """A part has the tags of the pages it took, its text is masked by them; the file is fetched once."""
    with mock.patch.object(services.store, "fetch_all", wraps=services.store.fetch_all) as fetched:
        first, second = split(READER, services, only_record(services), ["1", "2"], "hai văn bản")
    assert fetched.call_count == 1
    assert [tag["page"] for tag in show(READER, services, first).record["personal"]] == [1]
    assert [tag["page"] for tag in show(READER, services, second).record["personal"]] == [2]
    (hit,) = search(READER, services, parse_query("thôn gò")).hits
    assert hit.record_id == second
    assert "CCCD số ••••••••••••" in " ".join(hit.highlights)
