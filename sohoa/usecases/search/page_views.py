"""One page of a record on the screen: its picture, its text and the words that were asked for.

Personal data is hidden in both: masked in the text, painted over in the picture.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from ocr.page import Box, Line, Page
from sohoa.domain.archive.stored_pages import PAGE_BREAK, stored_pages, words_of_page
from sohoa.domain.archive.versions import record_prefix, version_of
from sohoa.domain.errors import NotFound
from sohoa.domain.protection.access import Reader
from sohoa.domain.protection.personal_codes import PersonalCodes
from sohoa.domain.protection.personal_data import PersonalTag, find_on_page, mask, masked_pages
from sohoa.domain.search.citations import Citation, citations
from sohoa.domain.search.query import Query
from sohoa.domain.search.query_tree import Phrase, found_phrases
from sohoa.domain.search.snippets import spans
from sohoa.ports import PageViewer
from sohoa.usecases.archive.services import Registered
from sohoa.usecases.archive.store import Loaded, copy_path, load_text, read_file
from sohoa.usecases.archive.versions import visible

SCREEN_DPI = 150
THUMBNAIL_DPI = 24


class PictureServices(Registered, Protocol):
    """The records, and what makes pictures of their pages."""

    @property
    def viewer(self) -> PageViewer: ...


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A printed line, masked, with its place and the places of the words in it that were asked for.

    ``start`` is where it begins among the characters of the page.
    """

    start: int
    text: str
    box: Box
    found: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class PageView:
    """A page as a reader may see it; boxes are in pixels of the page as it was read.

    ``turned_deg`` is how far it must be turned counter-clockwise to be upright; ``hits`` are the numbers of
    all pages of the record that have words that were asked for; ``citations`` are in the page's characters.
    """

    number: int
    width_px: int
    height_px: int
    turned_deg: int
    lines: tuple[ShownLine, ...]
    hits: tuple[int, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Which picture is meant, at so many dpi: it is another one where the record has a new version."""

    record_id: str
    version_sha256: str
    number: int
    dpi: int

    @property
    def etag(self) -> str:
        """The same as long as the picture is the same."""
        seed = f"{self.record_id} {self.version_sha256} {self.number} {self.dpi}"
        return hashlib.sha256(seed.encode()).hexdigest()[:32]


def page_view(
    reader: Reader, services: Registered, record_id: str, number: int, query: Query | None = None
) -> PageView:
    """The page of that number with what the query finds on it; raises ``NotFound`` as ``visible``."""
    _, newest = visible(reader, services, record_id)
    page = _page(services, newest, number)
    phrases = tuple(dict.fromkeys(found_phrases(query.tree))) if query else ()
    text = mask(page.text, _tags(services.codes, newest, page))
    return PageView(
        page.number,
        page.width_px,
        page.height_px,
        page.turned_deg,
        tuple(_lines(page, text, phrases)),
        tuple(_pages_with(services, newest, phrases)) if phrases else (),
        tuple(citations(text)),
    )


def page_place(
    reader: Reader, services: Registered, record_id: str, number: int | None, dpi: int = SCREEN_DPI
) -> PagePlace:
    """Which picture the reader means, None for the first page; raises ``NotFound`` as ``visible`` and for a
    page that is not there."""
    _, newest = visible(reader, services, record_id)
    numbers = [int(page["number"]) for page in newest.record["pages"]]
    if number is not None and number not in numbers:
        raise NotFound("page", f"record {record_id!r} has no page {number}")
    return PagePlace(record_id, newest.manifest_sha256, numbers[0] if number is None else number, dpi)


def page_picture(
    reader: Reader, services: PictureServices, record_id: str, number: int, dpi: int = SCREEN_DPI
) -> bytes:
    """The page of the archive copy as PNG, personal data painted over; raises as ``page_view``."""
    _, newest = visible(reader, services, record_id)
    page = _page(services, newest, number)
    hidden = list(_boxes(page, _tags(services.codes, newest, page)))
    key = record_prefix(newest.agency, record_id) + copy_path(newest.manifest)
    first = int(newest.record["pages"][0]["number"])
    with services.store.fetch(services.policy.archive, key) as path:
        size = page.width_px, page.height_px
        return services.viewer.archived(path, number - first + 1, dpi, size, hidden)


def _page(services: Registered, newest: Loaded, number: int) -> Page:
    """The page as it was read; page numbers are those of the source file."""
    manifest = newest.manifest
    path = max((p for p in manifest.files if p.endswith("/text/words.json")), key=version_of)
    words = words_of_page(read_file(services, newest.agency, manifest, path), number)
    if words is None:
        raise NotFound("page", f"record {manifest.record_id!r} has no page {number}")
    shown = [page for page in newest.record["pages"] if page["number"] == number]
    return stored_pages([words], shown)[0]


def _tags(codes: PersonalCodes, newest: Loaded, page: Page) -> tuple[PersonalTag, ...]:
    """Where the page has personal data: what was found when it was read, and what is found now."""
    stored = (PersonalTag.of_json(tag) for tag in newest.record.get("personal", ()))
    return (*(t for t in stored if t.page == page.number), *find_on_page(page.text, codes, page.number))


def _lines(page: Page, text: str, phrases: Sequence[Phrase]) -> Iterator[ShownLine]:
    wanted = [(span.start, span.end) for span in spans(text, phrases)] if phrases else []
    for line, start in _placed(page):
        if line.words:
            found = tuple(box for box, *place in _words(line, start) if _touches(place, wanted))
            yield ShownLine(start, text[start : start + len(line.text)], line.box, found)


def _placed(page: Page) -> Iterator[tuple[Line, int]]:
    """Lines with the place of each in the page's text."""
    start = 0
    for line in page.lines:
        yield line, start
        start += len(line.text) + 1


def _words(line: Line, start: int) -> Iterator[tuple[Box, int, int]]:
    """Words of a line that begins there in the page's text, with the place of each."""
    for word in line.words:
        end = start + len(word.text)
        yield word.box, start, end
        start = end + 1


def _boxes(page: Page, tags: Iterable[PersonalTag]) -> Iterator[Box]:
    places = [(tag.start, tag.end) for tag in tags]
    words = (word for line, start in _placed(page) for word in _words(line, start))
    return (box for box, *place in words if _touches(place, places))


def _touches(place: Sequence[int], wanted: Sequence[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < end for start, end in wanted)


def _pages_with(services: Registered, newest: Loaded, phrases: Sequence[Phrase]) -> Iterator[int]:
    """Pages that have the words are masked and looked at again where the words may be personal data.

    Masking a thousand pages takes two seconds; what is found as personal bears digits, and so must the words.
    """
    texts = load_text(services, newest.agency, newest.manifest).split(PAGE_BREAK)
    numbers = [int(page["number"]) for page in newest.record["pages"]]
    stored = newest.record.get("personal", ())
    tagged = {tag["page"] for tag in stored}
    digits = any(sign.isdigit() for phrase in phrases for word in phrase.words for sign in word)
    for number, text in zip(numbers, texts, strict=False):
        if not spans(text, phrases):
            continue
        hides = digits or number in tagged
        shown = masked_pages([text], [number], stored, services.codes)[0] if hides else text
        if not hides or spans(shown, phrases):
            yield number
