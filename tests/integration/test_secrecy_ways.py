"""One page of every way in which a secrecy mark may be there, and of every page that only looks as if."""

from pathlib import Path

import pytest

from bench.secrecy import is_noticed
from bench.secrecy_ways import MARKED, PLAIN, cases


@pytest.mark.parametrize("way", MARKED)
def test_a_mark_is_noticed(way: str, tmp_path: Path) -> None:
    """Stamped or printed, in any ink, place, size and turn, on poor scans, too."""
    (case,) = cases(way, 1, 1)
    assert is_noticed(case, tmp_path)


@pytest.mark.parametrize("way", PLAIN)
def test_a_page_without_a_mark_is_let_pass(way: str, tmp_path: Path) -> None:
    """Common words, other stamps, urgency, frames and other languages are no marks."""
    (case,) = cases(way, 1, 1)
    assert not is_noticed(case, tmp_path)
