"""A page on the screen: its picture, its text and marked words, with personal data hidden; files to take."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from ocr.page import Box
from sohoa.domain.archive.actions import Action
from sohoa.domain.errors import NotFound
from sohoa.domain.protection.access import Access, Reader
from sohoa.domain.search.query import parse_query
from sohoa.usecases.search.hand_out import COPY, files_out, handed_out
from sohoa.usecases.search.page_views import page_picture, page_place, page_view
from sohoa.usecases.services import Services
from tests.support.copies import copied
from tests.support.nights import SampleNight
from tests.support.review import PLAIN, TWO_PAGES, id_of

READER = Reader("An", by_name=True, roles=frozenset({"officer"}))
ARCHIVIST = Reader("Bình", by_name=True, roles=frozenset({"archivist"}))
ELSEWHERE = Reader("Chi", by_name=True, access=Access(frozenset({"Z99.77"})))


def test_found_words_are_where_the_picture_has_ink(services: Services, night: SampleNight) -> None:
    """Boxes of the words asked for lie on print in the picture that is shown."""
    record = id_of(night.site, TWO_PAGES)
    view = page_view(READER, services, record, 1, parse_query('"kế hoạch"'))
    boxes = [box for line in view.lines for box in line.found]
    assert boxes
    assert 1 in view.hits
    picture = Image.open(io.BytesIO(page_picture(READER, services, record, 1))).convert("L")
    scale = picture.width / view.width_px
    assert abs(picture.height - view.height_px * scale) < 3

    def darkest(box: Box) -> int:
        cut = (box.x * scale, box.y * scale, box.right * scale, box.bottom * scale)
        return int(picture.crop(tuple(map(round, cut))).getextrema()[0])  # type: ignore[arg-type]

    assert all(darkest(box) < 128 for box in boxes)


def test_a_page_that_is_not_there_is_not_found(services: Services, night: SampleNight) -> None:
    """Pages before the first and after the last have no text and no picture."""
    record = id_of(night.site, TWO_PAGES)
    for number in (0, 3, 10**6):
        for ask in (page_view, page_place, page_picture):
            with pytest.raises(NotFound):
                ask(READER, services, record, number)


def test_a_reader_without_right_is_told_what_strangers_are_told(
    services: Services, night: SampleNight
) -> None:
    """Text, picture and files of another agency's record are answered like those of no record."""
    record = id_of(night.site, PLAIN)
    for name in (record, "a" * 26):
        for ask in (page_view, page_place, page_picture):
            with pytest.raises(NotFound, match=f"there is no record '{name}'"):
                ask(ELSEWHERE, services, name, 1)
        with pytest.raises(NotFound, match=f"there is no record '{name}'"):
            files_out(ELSEWHERE, services, name)


def with_personal_data(services: Services, record: str) -> str:
    """A copy of a one-page record in whose first line somebody's identity number stands; its id."""
    words = [("CCCD:", 100, 100, 120, 40), ("001099012345", 240, 100, 300, 40)]
    tag = {"page": 1, "kind": "identity_number", "start": 6, "end": 18}
    return copied(services, record, "p" * 26, words, personal=[tag])


def test_personal_data_is_hidden_in_text_and_picture(services: Services, night: SampleNight) -> None:
    """The number is masked in the line and painted over in the picture, not found by asking for it, and
    files that hold it are for archivists, noted."""
    record = with_personal_data(services, id_of(night.site, PLAIN))
    view = page_view(READER, services, record, 1, parse_query("001099012345"))
    assert view.lines[0].text == "CCCD: ••••••••••••"
    assert not any(line.found for line in view.lines)
    picture = Image.open(io.BytesIO(page_picture(READER, services, record, 1))).convert("RGB")
    scale = picture.width / view.width_px
    assert picture.getpixel((round(390 * scale), round(120 * scale))) == (90, 90, 90)
    assert picture.getpixel((round(160 * scale), round(60 * scale))) != (90, 90, 90)
    assert files_out(READER, services, record) == ()
    with handed_out(ARCHIVIST, services, record, COPY):
        pass
    assert services.events.events(record)[-1].action == Action.PERSONAL_DATA_SHOWN


def test_the_original_is_for_archivists(services: Services, night: SampleNight) -> None:
    """Everybody who may see the record takes the signed copy; only an archivist the original, too."""
    record = id_of(night.site, PLAIN)
    assert [file.name for file in files_out(READER, services, record)] == [COPY]
    assert [file.name for file in files_out(ARCHIVIST, services, record)] == [COPY, "original"]
    with handed_out(READER, services, record, COPY) as (file, path):
        assert path.read_bytes().startswith(b"%PDF-")
        assert file.saved_as == f"{record}.pdf"
    with pytest.raises(NotFound), handed_out(READER, services, record, "original"):
        pass
