"""Page ranges of a file that holds several documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.page_ranges import joined, pages_of_part, parse_ranges, part_name, within


@given(st.lists(st.integers(1, 20), min_size=2, max_size=8), st.integers(1, 50))
def test_ranges_cover_every_page_once_and_join_to_the_whole(lengths: list[int], start: int) -> None:
    """A split loses no page, and merging all its parts gives the range that was split."""
    ranges, first = [], start
    for length in lengths:
        ranges.append((first, first + length - 1))
        first += length
    whole = (start, first - 1)
    texts = [f"{a}-{b}" if a != b else str(a) for a, b in ranges]
    assert parse_ranges(texts, whole) == tuple(ranges)
    assert joined(ranges[::-1]) == whole
    assert [pages_of_part(part_name(pages), 0) for pages in ranges] == ranges


@pytest.mark.parametrize(
    "texts",
    [["1-6"], ["1-3", "5-6"], ["1-3", "3-6"], ["4-6", "1-3"], ["1-3", "4-5"], ["1-3", "4-7"], ["0-3", "4-6"],
     ["1-3", "6-4"], ["a", "b"], ["1-3", ""], ["2-3", "4-6"]],
)  # fmt: skip
def test_ranges_that_lose_or_double_a_page_are_refused(texts: list[str]) -> None:
    """Of six pages each belongs to exactly one document, in order."""
    with pytest.raises(ValueError, match=r"range|end with"):
        parse_ranges(texts, (1, 6))


@pytest.mark.parametrize("ranges", [[(1, 2)], [(1, 2), (4, 5)], [(1, 3), (3, 4)]])
def test_parts_that_do_not_follow_each_other_are_not_joined(ranges: list[tuple[int, int]]) -> None:
    """A merge leaves no gap and takes no page twice."""
    with pytest.raises(ValueError, match=r"follow|at least"):
        joined(ranges)


def test_a_record_without_part_is_the_whole_file() -> None:
    """An empty part means all pages."""
    assert pages_of_part("", 6) == (1, 6)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.data())
def test_pages_numbered_through_files_are_found_in_them(counts: list[int], data: st.DataObject) -> None:
    """Every page of a range is in exactly one file, in order, at its place there."""
    total = sum(counts)
    first = data.draw(st.integers(1, total))
    pages = (first, data.draw(st.integers(first, total)))
    numbered = [(place, number) for place, count in enumerate(counts) for number in range(1, count + 1)]
    found = [(place, n) for place, (a, b) in within(counts, pages) for n in range(a, b + 1)]
    assert found == numbered[pages[0] - 1 : pages[1]]
