"""Pages come back from the archive as they were read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ocr.page import Box, Digits, Gap, Line, Mark, MarkKind, Word
from sohoa.domain.archive.as_json import page_json, words_json
from sohoa.domain.archive.stored_pages import stored_pages, words_of_page
from sohoa.domain.archive.versions import json_bytes
from sohoa.domain.errors import Corrupt
from tests.support.sealing import read_page


def test_pages_come_back_as_they_were_read() -> None:
    """Words, boxes, zones and marks are those of the reading."""
    marks = tuple(Mark(kind, "UBND", Box(1, 2, 3, 4)) for kind in MarkKind)
    second = replace(read_page("Điều 2.", number=2), marks=marks)
    pages = (read_page("Quyết định", "Điều 1."), second)
    stored = [words_json(page) for page in pages], [page_json(page) for page in pages]
    assert stored_pages(*stored) == pages


def test_what_was_mended_and_the_candidates_of_a_number_come_back() -> None:
    """The raw reading stays beside the mended word, and handwriting keeps its candidates."""
    word = Word("tổ", Box(1, 2, 3, 4), 0.8, "tô")
    digits = Digits(Gap.NUMBER, Box(5, 6, 7, 8), (("41", 0.7), ("11", 0.2), ("", 0.1)), "4l")
    page = replace(read_page("x"), lines=(Line((word,)),), digits=(digits,))
    assert stored_pages([words_json(page)], [page_json(page)]) == (page,)


def test_pages_that_do_not_fit_are_corrupt() -> None:
    """A page too few, or a page without words, is named instead of guessed."""
    page = read_page("Quyết định")
    with pytest.raises(Corrupt):
        stored_pages([words_json(page)], [])
    with pytest.raises(Corrupt):
        stored_pages([{"number": 1}], [page_json(page)])


def test_one_page_is_cut_out_of_many() -> None:
    """Each page is what reading all of them gives, whatever its words look like, in any form of JSON."""
    evil = '}\n {\n  "number": 2,\n ]'
    pages = [words_json(read_page(evil, f"trang {n}", '"number": 3', number=n)) for n in (2, 3, 12, 1)]
    for data in (json_bytes(pages), json.dumps(pages).encode()):
        for page in json.loads(data):
            assert words_of_page(data, page["number"]) == page
        assert words_of_page(data, 4) is None
    for broken in (b"", b"[1]", json_bytes(pages)[:-400]):
        with pytest.raises(Corrupt):
            words_of_page(broken, 1)
