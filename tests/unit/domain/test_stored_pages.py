"""Pages come back from the archive as they were read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Box, Mark, MarkKind
from sohoa.domain.as_json import page_json, words_json
from sohoa.domain.errors import Corrupt
from sohoa.domain.stored_pages import stored_pages
from tests.support.sealing import read_page


def test_pages_come_back_as_they_were_read() -> None:
    """Words, boxes, zones and marks are those of the reading."""
    marked = Mark(MarkKind.SEAL, "UBND", Box(1, 2, 3, 4))
    second = replace(read_page("Điều 2.", number=2), marks=(marked,))
    pages = (read_page("Quyết định", "Điều 1."), second)
    stored = [words_json(page) for page in pages], [page_json(page) for page in pages]
    assert stored_pages(*stored) == pages


def test_pages_that_do_not_fit_are_corrupt() -> None:
    """A page too few, or a page without words, is named instead of guessed."""
    page = read_page("Quyết định")
    with pytest.raises(Corrupt):
        stored_pages([words_json(page)], [])
    with pytest.raises(Corrupt):
        stored_pages([{"number": 1}], [page_json(page)])
