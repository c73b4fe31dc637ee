"""Two rows of print that were read as one line are two lines again; a slanting line stays one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Line, Zone
from sohoa.domain.extract.rows import with_rows
from tests.support.pages import line, page


def _merged(first: str, second: str, down: int, right: int) -> list[str]:
    """The lines of a page whose only line holds both texts, the second ``down`` pixels below."""
    above, below = line(first, Zone.BODY, 500, x=400), line(second, Zone.BODY, 500 + down, x=400 + right)
    words = tuple(sorted((*above.words, *below.words), key=lambda word: word.box.x))
    read = replace(page(body=("a",)), lines=(Line(words, Zone.BODY),))
    return [each.text for each in with_rows(read).lines]


@pytest.mark.parametrize("down", [30, 45])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("QUYẾT ĐỊNH", "Bãi bỏ toàn bộ Quyết định số 78"),
        ("K/T GIÁM ĐỐC SỞ LÂM NGHIỆP", "PHÓ GIÁM ĐỐC"),
    ],
)
def test_rows_that_overlap_are_cut(first: str, second: str, down: int) -> None:
    assert _merged(first, second, down, 20) == [first, second]


@pytest.mark.parametrize(
    ("first", "second", "down", "right"),
    [
        ("Trần", "Nguyễn Bá Khoan", 40, 70),
        ("Điều 3. Chánh Văn phòng", "và các sở", 30, 320),
        ("Kế hoạch", "năm nay", 8, 130),
    ],
)
def test_a_line_that_slants_stays_one(first: str, second: str, down: int, right: int) -> None:
    assert _merged(first, second, down, right) == [f"{first} {second}"]


def test_an_ordinary_page_is_the_same_page() -> None:
    read = page(left=("SỞ NỘI VỤ",), body=("QUYẾT ĐỊNH", "Phê duyệt Kế hoạch"))
    assert with_rows(read) is read


def test_words_of_one_row_keep_their_order() -> None:
    """A word whose box is too wide stands where it was read, not where its box begins."""
    number = line("Số 01 /2025/QĐ-TTg", Zone.HEAD_LEFT, 500)
    label, digits, rest = number.words
    wide = replace(rest, box=replace(rest.box, x=label.box.x + 10))
    read = replace(page(body=("a",)), lines=(Line((label, digits, wide), Zone.HEAD_LEFT),))
    assert [each.text for each in with_rows(read).lines] == ["Số 01 /2025/QĐ-TTg"]
