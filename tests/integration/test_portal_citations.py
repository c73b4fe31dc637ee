"""Citations on a record's page: numbers lead to the record, and back; to nothing that is not the reader's."""

from __future__ import annotations

import re
from datetime import date

import pytest

from sohoa.domain.archive.record_document import field_values
from sohoa.domain.protection.access import Reader
from sohoa.domain.search.citations import Citation
from sohoa.domain.search.entry import entry_of
from sohoa.portal.rendering import day
from sohoa.usecases.archive.store import load, load_text
from sohoa.usecases.review.decide import correct
from sohoa.usecases.search.changes import changes
from sohoa.usecases.search.cited import meant_by
from sohoa.usecases.services import Services
from tests.support.copies import copied
from tests.support.nights import SampleNight
from tests.support.portal import Browser, signed_in
from tests.support.review import PLAIN, TWO_PAGES, id_of

CITING, SECRET = "c" * 26, "d" * 26

pytestmark = pytest.mark.usefixtures("inhabitants")


@pytest.fixture(scope="module")
def cited(services: Services, sample_night: SampleNight) -> str:
    """A record that a second one cites by number and day; a third, open to nobody here, does, too."""
    record = id_of(sample_night.site, TWO_PAGES)
    fields = fields_of(services, record)
    for name, mode in ((CITING, "02"), (SECRET, "03")):
        words = ["Căn", "cứ", "số", fields["code"], "ngày", f"{day(fields['issued_date'])};"]
        placed = [(word, 100 + 150 * at, 100, 140, 40) for at, word in enumerate(words)]
        copied(services, id_of(sample_night.site, PLAIN), name, placed, mode=mode)
        agency = services.records.record(name).agency  # type: ignore[union-attr]
        newest = load(services, agency, name)
        assert newest is not None
        text = load_text(services, agency, newest.manifest)
        services.index.add([entry_of(newest.record, text, services.codes)])
    return record


def fields_of(services: Services, record: str) -> dict[str, str]:
    row = services.records.record(record)
    assert row is not None
    newest = load(services, row.agency, record)
    assert newest is not None
    return dict(field_values(newest.record))


@pytest.fixture(scope="module")
def browser(services: Services) -> Browser:
    return signed_in(services, "archivist")


def test_a_cited_number_leads_to_its_record(services: Services, cited: str, browser: Browser) -> None:
    """The number in the text is a link to the record that bears it and was issued that day."""
    code = fields_of(services, cited)["code"]
    status, text = browser.get(f"/records/{CITING}")
    assert status == 200
    assert re.search(rf'<a href="/records/{cited}" title="[^"]+">{re.escape(code)}</a>', text)


def test_a_record_tells_who_cites_it(cited: str, browser: Browser) -> None:
    """The citing record is listed, and no record that the reader may not see."""
    _, text = browser.get(f"/records/{cited}")
    assert f"/records/{CITING}?q=" in text
    assert SECRET not in text


def test_a_citation_of_another_day_leads_nowhere(services: Services, cited: str, browser: Browser) -> None:
    """The same number of another day is another paper; without a day it leads to all that may be meant."""
    code = fields_of(services, cited)["code"]
    source = services.records.record(CITING)
    assert source is not None
    for name, words, leads in (
        ("e" * 26, [code, "ngày", "01/01/1999"], ""),
        ("f" * 26, [code], "/search?q=so"),
    ):
        copied(services, CITING, name, [(word, 100 + 150 * at, 9, 9, 9) for at, word in enumerate(words)])
        _, text = browser.get(f"/records/{name}")
        links = re.findall(rf'<a href="([^"]+)" title="[^"]*">{re.escape(code)}</a>', text)
        assert [link.startswith(leads) for link in links] == ([True] if leads else [])


def test_nothing_is_sure_where_more_bear_the_numbers_than_are_looked_at(
    services: Services, sample_night: SampleNight, cited: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record that is meant may be among those that were left out."""
    found = []
    for record in (cited, id_of(sample_night.site, PLAIN)):
        fields = fields_of(services, record)
        found.append(Citation(0, 0, fields["code"], date.fromisoformat(fields["issued_date"])))
    reader = Reader("Bình", by_name=True, roles=frozenset({"archivist"}))
    assert meant_by(reader, services.index, found, "")[found[0]].record_id == cited
    monkeypatch.setattr("sohoa.usecases.search.cited._MOST", 1)
    meant = meant_by(reader, services.index, found, "")
    assert meant
    assert {each.record_id for each in meant.values()} == {""}


def test_a_reader_is_led_to_nothing_of_another_agency(services: Services, cited: str) -> None:
    """Whoever may see the citing paper alone reads the number as text, not as a link."""
    code, agency = fields_of(services, cited)["code"], services.records.record(CITING)
    assert agency is not None
    assert agency.agency == "Z99.02"  # the stranger's
    stranger = signed_in(services, "stranger")
    assert stranger.get(f"/records/{cited}")[0] == 404
    status, text = stranger.get(f"/records/{CITING}")
    assert status == 200
    assert f"{code} ngày" in text
    assert not re.search(rf"<a [^>]*>{re.escape(code)}", text)


def test_a_record_tells_who_changed_what(services: Services, cited: str, browser: Browser) -> None:
    """Each later version with its person and the values before and after, personal numbers masked."""
    subject = fields_of(services, cited)["subject"]
    reviewer = Reader("Bình", by_name=True, roles=frozenset({"archivist"}))
    values = {"subject": "Về ông A, CCCD 001099012345", "signer_name": "Trần Thị Đổi"}
    correct(reviewer, services, cited, values)
    (change,) = changes(reviewer, services, cited)
    assert (change.version, change.by) == (2, "person:Bình")
    assert {field.name: field.old for field in change.fields}["subject"] == subject
    assert {field.name: field.new for field in change.fields}["subject"] == "Về ông A, CCCD ••••••••••••"
    _, text = browser.get(f"/records/{cited}")
    assert re.search(r"<td>[^<]*</td><td>Trần Thị Đổi</td>", text)
    assert "001099012345" not in text
    assert changes(reviewer, services, CITING) == []
