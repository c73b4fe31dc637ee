"""The search page: what is offered, suggested and counted is the reader's own; tables, thumbnails."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from unittest import mock
from urllib.parse import quote_plus
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from PIL import Image

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.records import Method
from sohoa.domain.dossiers.dossier import DossierMember
from sohoa.domain.people.account import searches_subject
from sohoa.domain.protection.access import Reader
from sohoa.domain.search.entry import IndexEntry
from sohoa.settings import load_settings
from sohoa.usecases.coverage.measure import measure
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.nights import SampleNight
from tests.support.portal import Browser, people, signed_in
from tests.support.review import TWO_PAGES, id_of

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HERE, THERE = "Z99.01", "Z99.02"
SECOND = {"code_notation": "QĐ-XYZW", "type_name": "Quyết định", "signer_name": "Vương Thị Quỳnh"}


def numbered(number: str) -> dict[str, str]:
    return {**SECOND, "code_number": number, "code": f"{number}/QĐ-XYZW"}


@pytest.fixture(scope="module")
def night(sample_night: SampleNight, tmp_path_factory: pytest.TempPathFactory) -> SampleNight:
    return sample_night.copied_to(tmp_path_factory.mktemp("search") / "night")


@pytest.fixture(scope="module")
def services(night: SampleNight) -> Iterator[Services]:
    """The night's home with two more records in the index, of one agency."""
    with mock.patch.dict("os.environ", night.site.environment, clear=True):
        settings = load_settings()
    with open_services(settings) as opened:
        people(opened, HERE, THERE)
        body = "phê duyệt khuếch trương"
        opened.index.add(
            [
                IndexEntry("x" * 26, HERE, "01", numbered("374"), body, "waits", "poor", "valid", "H.1"),
                IndexEntry("y" * 26, HERE, "01", numbered("12"), body),
            ]
        )
        yield opened


@pytest.fixture(scope="module")
def mine(services: Services) -> Browser:
    return signed_in(services, "officer")


@pytest.fixture(scope="module")
def stranger(services: Services) -> Browser:
    return signed_in(services, "stranger")


def path(**asked: str) -> str:
    return "/search?" + "&".join(f"{name}={quote_plus(value)}" for name, value in asked.items())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("so:347/QĐ-XYZW", 'so:"374/QĐ-XYZW"'), ("khuệch", "khuếch"), ("khuêchs", ""), ("374/QĐ-XYZW", "")],
)
def test_what_was_meant_is_offered(mine: Browser, stranger: Browser, typed: str, meant: str) -> None:
    """By tone and by digits in each other's place, never in place of what was asked, and only what is there
    for this reader."""
    status, text = mine.get(path(q=typed))
    assert status == 200
    assert ("Có phải bạn tìm" in text) == bool(meant)
    if meant:
        assert "Không tìm thấy" in text
        link = re.search(r'class="offers">[^<]*<a href="([^"]+)"', text)
        assert link is not None
        assert quote_plus(meant) in link[1]
        assert "x" * 26 in mine.get(link[1].replace("&amp;", "&"))[1]
    assert "Có phải bạn tìm" not in stranger.get(path(q=typed))[1]


@pytest.mark.parametrize("typed", ["vuong thi", "Quỳnh", "374", "374/qd-x", "12/QĐ-XYZ"])
def test_typing_is_completed_from_what_the_reader_may_see(
    mine: Browser, stranger: Browser, typed: str
) -> None:
    """Signers and numbers of the reader's own agency, with links that find them; nothing for a stranger."""
    status, text = mine.get(path(q=typed).replace("/search", "/search/suggest"))
    assert status == 200
    link = re.search(r'<a href="(/search[^"]+)"', text)
    assert link is not None
    assert re.search("[xy]{26}", mine.get(link[1].replace("&#34;", '"').replace("&amp;", "&"))[1])
    assert "XYZW" not in (told := stranger.get(path(q=typed).replace("/search", "/search/suggest"))[1])
    assert "Quỳnh" not in told


def test_agencies_and_types_are_completed(services: Services, mine: Browser, stranger: Browser) -> None:
    """An agency is suggested to those alone who may see papers of it; a type where there is one."""
    name = services.agencies.name(HERE)
    asked = path(q=name).replace("/search", "/search/suggest")
    assert f"agency={HERE}" in mine.get(asked)[1]
    assert f"agency={HERE}" not in stranger.get(asked)[1]
    assert "type=Quy" in mine.get("/search/suggest?q=quyet")[1]
    assert "<li" not in mine.get("/search/suggest?q=")[1]


@pytest.mark.parametrize(
    ("name", "value"),
    [("state", "waits"), ("quality", "poor"), ("signed", "valid"), ("dossier", "H.1")],
)
def test_what_is_known_of_records_narrows_down(mine: Browser, name: str, value: str) -> None:
    """State, quality, signature and hồ sơ are counted beside the hits, and their links find those alone."""
    status, text = mine.get(path(q='nguoiky:"Vương Thị Quỳnh"'))
    assert status == 200
    link = re.search(rf'href="(/search\?[^"]*\b{name}={value}[^"]*)"', text)
    assert link is not None
    _, text = mine.get(link[1].replace("&amp;", "&"))
    assert set(re.findall("[xy]{26}", text)) == {"x" * 26}


def test_hits_as_a_table_in_the_order_of_numbers(mine: Browser) -> None:
    """With the chosen columns in their order; page and filters keep them."""
    _, text = mine.get(
        path(signer="Vương Thị Quỳnh", view="table", sort="number") + "&col=signer_name&col=code&col=bad"
    )
    assert re.findall(r'<th scope="col">([^<]+)', text) == ["Số, ký hiệu", "Người ký"]
    assert re.findall(r">(\d+/QĐ-XYZW)</a>", text) == ["12/QĐ-XYZW", "374/QĐ-XYZW"]
    assert "col=code&amp;col=signer_name" in text


def test_a_thumbnail_is_small_and_the_readers_own(
    mine: Browser, stranger: Browser, night: SampleNight
) -> None:
    """The first page, a few kilobytes; whoever may not see the record is told that there is none."""
    record = id_of(night.site, TWO_PAGES)
    answer = mine.client.get(f"/records/{record}/thumbnail.png")
    assert answer.headers["content-type"] == "image/png"
    assert 100 < Image.open(io.BytesIO(answer.content)).width < 400
    assert len(answer.content) < 60_000
    assert stranger.client.get(f"/records/{record}/thumbnail.png").status_code == 404
    assert f"/records/{record}/thumbnail.png" in mine.get(path(q="kế hoạch"))[1]


@pytest.mark.parametrize("form", ["csv", "xlsx", "docx"])
def test_the_list_of_hits_is_taken_home(
    services: Services, mine: Browser, stranger: Browser, form: str
) -> None:
    """All hits of the question in the chosen columns, for this reader alone, as an event of the person."""
    asked = path(signer="Vương Thị Quỳnh", sort="number").replace("/search", f"/search/list.{form}")
    answer = mine.client.get(f"{asked}&col=code&col=signer_name")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="danh-sach-van-ban.{form}"'
    table = rows_of(answer.content, form)
    assert table[0] == ["Số, ký hiệu", "Người ký", "Mã văn bản"]
    assert [row[0] for row in table[1:]] == ["12/QĐ-XYZW", "374/QĐ-XYZW"]
    event = services.events.events(searches_subject("Người officer"))[-1]
    assert event.action == Action.EXPORTED
    assert (event.details["form"], event.details["total"]) == (form, 2)
    assert rows_of(stranger.client.get(asked).content, form)[1:] == []
    assert mine.get(f"/search/list.{form}")[0] == 303  # nothing is asked for
    for wrong in (f"/search/list.{form}x?q=a", "/search/list.exe?q=a"):
        assert mine.get(wrong)[0] == 404


def rows_of(data: bytes, form: str) -> list[list[str]]:
    """The cells of a list's table."""
    if form == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    if form == "xlsx":
        sheet = load_workbook(io.BytesIO(data)).active
        assert sheet is not None
        return [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        rows = ElementTree.fromstring(package.read("word/document.xml")).iter(f"{WORD}tr")  # noqa: S314 (ours)
        return [["".join(cell.itertext()) for cell in row.iter(f"{WORD}tc")] for row in rows]


def test_questions_are_kept_and_asked_again(mine: Browser, stranger: Browser) -> None:
    """Under a name, by whoever kept them alone; what is no question of the search is left out."""
    question = "q=%C4%91%E1%BA%A5t&year=2024&page=abc&next=%2F%2Fevil"
    status, leads = mine.post("/search/saved", name="Đất 2024", question=question)
    assert (status, leads) == (303, "/search?q=%C4%91%E1%BA%A5t&year=2024")
    _, text = mine.get("/search")
    assert 'href="/search?q=%C4%91%E1%BA%A5t&amp;year=2024">Đất 2024</a>' in text
    assert "Đất 2024" not in stranger.get("/search")[1]
    assert mine.post("/search/saved", name="  ", question=question)[1].endswith("&unsaved=1")
    assert "Chưa lưu được" in mine.get("/search?unsaved=1")[1]
    for page in ("/search/saved", "/search/saved/forget"):
        assert mine.post(page, name="Đất 2024", question="&".join(["q=a"] * 101))[0] == 400
    stranger.post("/search/saved/forget", name="Đất 2024")
    assert "Đất 2024" in mine.get("/search")[1]
    assert mine.post("/search/saved/forget", name="Đất 2024") == (303, "/search")
    assert "Đất 2024" not in mine.get("/search")[1]


def test_what_does_not_agree_in_a_dossier_is_said(
    services: Services, mine: Browser, stranger: Browser, night: SampleNight
) -> None:
    """In the reader's language; a hồ sơ of another agency does not exist for a stranger."""
    record = id_of(night.site, TWO_PAGES)
    services.dossiers.belongs(record, [DossierMember(HERE, "HS.9", record, 3, Method.PERSON, "")])
    status, text = mine.get(f"/browse/{HERE}/dossier?code=HS.9")
    assert status == 200
    assert "Thiếu số thứ tự: 1-2." in text
    assert "Không có trong mục lục nào đã nhập." in text
    assert "Ordinals missing: 1-2." in mine.get(f"/browse/{HERE}/dossier?code=HS.9&lang=en")[1]
    assert stranger.get(f"/browse/{HERE}/dossier?code=HS.9&lang=vi")[0] == 404


def test_each_step_of_the_tree_says_what_is_missing(services: Services, mine: Browser) -> None:
    """Years that were declared are there without a record, too, with how many documents they lack."""
    text = " ".join(mine.get(f"/browse/{HERE}?lang=vi")[1].split())
    rows = next(
        r for r in measure(Reader("installer"), services, agency=HERE).agencies if r.agency == HERE
    ).years
    lacking = {row.year: row.line for row in rows if row.line.held_documents > row.line.counted_documents}
    assert lacking
    for year, line in lacking.items():
        lack = int(line.held_documents) - line.counted_documents
        assert re.search(rf"{year}(?:</a>)? <span[^>]*>[^<]*</span> <span[^>]*>còn thiếu {lack} ", text), year
