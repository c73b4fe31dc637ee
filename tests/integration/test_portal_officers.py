"""What officers see of their own agency: figures, the records behind them, and what came to nothing."""

from __future__ import annotations

import re
from unittest import mock

import pytest

from sohoa.domain.inbox.states import ObjectInfo, State
from sohoa.domain.protection.access import Access, Reader
from sohoa.usecases.coverage.behind import objects_behind, records_behind
from sohoa.usecases.coverage.counted import FIGURES, NOT_COVERED
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.services import Services
from tests.support.portal import ELSEWHERE, Browser, signed_in

pytestmark = pytest.mark.usefixtures("inhabitants")
HERE = "Z99.01"
OFFICER = Reader("An", by_name=True, roles=frozenset({"officer"}), access=Access(frozenset({HERE})))


@pytest.fixture(scope="module")
def officer(services: Services, inhabitants: None) -> Browser:
    return signed_in(services, "officer")


def test_behind_each_figure_stand_as_many_records(services: Services) -> None:
    """The list of every figure of every year is as long as the figure."""
    (row,) = measure(OFFICER, services, agency=HERE).agencies
    looked = 0
    for year in row.years:
        counts = year.line.counts
        for figure in (*FIGURES, NOT_COVERED):
            wanted = counts.received - counts.covered if figure == NOT_COVERED else getattr(counts, figure)
            found, end = records_behind(OFFICER, services, HERE, figure, year.year)
            assert (len(found), end) == (wanted, ""), (year.year, figure)
            looked += wanted
    assert looked > 0


def test_every_figure_leads_to_its_records(officer: Browser) -> None:
    """Each linked number of the page is the number of records on the page that it leads to."""
    status, text = officer.get(f"/coverage/{HERE}")
    assert status == 200
    links = re.findall(rf'<td><a href="(/coverage/{HERE}/records[^"]+)">(\d+)</a>', text)
    assert links
    for path, number in links:
        status, text = officer.get(path.replace("&amp;", "&"))
        assert (status, text.count('<li class="card">')) == (200, int(number)), path


def test_an_officer_of_one_agency_comes_to_its_page(officer: Browser) -> None:
    """Who has one agency need not choose it."""
    assert officer.client.get("/coverage").headers["location"] == f"/coverage/{HERE}"


def test_of_what_is_held_neither_name_nor_text_is_told(services: Services) -> None:
    """The list names a digest, the reason and what to do; not the file, its digest or its size."""
    held = list(services.states.objects(states=(State.QUARANTINED,)))
    assert held
    archivist = signed_in(services, "archivist")
    for agency in {row.agency for row in held}:
        status, text = archivist.get(f"/coverage/{agency}/objects?state=quarantined")
        assert status == 200
        for row in held:
            name = row.key.rpartition("/")[2]
            assert name not in text
            assert name.rpartition(".")[0] not in text
            assert not row.sha256 or row.sha256[:12] not in text
        assert text.count("/***") == sum(row.agency == agency for row in held)
        assert "người phụ trách bảo mật" in text


def test_of_what_is_not_for_the_reader_no_name_is_told(services: Services) -> None:
    """Neither of papers of level 02, nor of what nobody has screened, nor where a name says secret."""
    archivist, reader = signed_in(services, "archivist"), signed_in(services, "reader")
    waiting = [row for row in services.states.objects(states=(State.NEEDS_REVIEW,)) if row.agency == HERE]
    assert waiting
    for row in waiting:
        path, name = f"/coverage/{HERE}/objects?state=needs_review", row.key.rpartition("/")[2]
        assert (name in archivist.get(path)[1], name in reader.get(path)[1]) == (True, False)
    names = ("BC-TOI-MAT.pdf", "so-lieu.pdf", "CCCD 001085000123.pdf")
    services.states.observe(ObjectInfo(f"{HERE}/moi/{name}", 9, "1") for name in names)
    path = f"/coverage/{HERE}/objects?state=pending"
    (status, by_archivist), (_, by_reader) = archivist.get(path), reader.get(path)
    assert status == 200
    assert [name in by_archivist for name in names] == [False, True, False]
    assert "CCCD •••" in by_archivist
    assert not any(name in by_reader for name in names)
    assert by_reader.count("/***") == 3


def test_long_lists_are_gone_through_page_by_page(services: Services) -> None:
    """Each object once, in pages; where a page ends is no name."""
    services.states.observe(ObjectInfo(f"{HERE}/dai/{n}.pdf", 9, "1") for n in range(3))
    reader = Reader("An", by_name=True, roles=frozenset({"reader"}), access=Access(None, frozenset({"01"})))
    for looking in (OFFICER, reader):
        with mock.patch("sohoa.usecases.coverage.behind._SHOWN", 1):
            keys, after = list[str](), ""
            while True:
                rows, after = objects_behind(looking, services, HERE, State.PENDING, after)
                keys += [row.key for row in rows]
                if not after:
                    break
                assert "/***" in after
        whole, end = objects_behind(looking, services, HERE, State.PENDING)
        assert (keys, end) == ([row.key for row in whole], "")
        assert len(keys) == len(set(keys)) > 1


def test_every_list_says_what_to_do(services: Services) -> None:
    """Rejected, failed, waiting and doubled files are named with their reason."""
    archivist = signed_in(services, "archivist")
    for row in services.states.objects(states=(State.REJECTED, State.FAILED, State.DUPLICATE)):
        status, text = archivist.get(f"/coverage/{row.agency}/objects?state={row.state.value}")
        assert status == 200
        assert row.key.rpartition("/")[2] in text


@pytest.mark.parametrize("page", ["", "/records?figure=received", "/objects?state=rejected"])
def test_figures_of_another_agency_do_not_exist(services: Services, page: str) -> None:
    """They are answered like those of an agency that is not there."""
    stranger = signed_in(services, ELSEWHERE)
    theirs, none = stranger.get(f"/coverage/{HERE}{page}"), stranger.get(f"/coverage/Z99.77{page}")
    assert (theirs[0], none[0]) == (404, 404)
    assert theirs[1].replace(HERE, "") == none[1].replace("Z99.77", "")


@pytest.mark.parametrize("page", ["/records?figure=zzz", "/records?year=x", "/objects?state=archived"])
def test_lists_that_are_not_there(officer: Browser, page: str) -> None:
    """An unknown figure or year is no page; an unknown state shows what was rejected."""
    assert officer.get(f"/coverage/{HERE}{page}")[0] == (200 if "state" in page else 404)
