"""Terms of preservation: their codes, and when they are over."""

from __future__ import annotations

from datetime import date

import pytest

from sohoa.domain.dossiers.dossier import DossierSummary
from sohoa.domain.dossiers.retention import expires_on, retention_code


def dossier(term: str, end: str, listed_end: str = "") -> DossierSummary:
    values = {"maintenance": term} | ({"end_date": listed_end} if listed_end else {})
    return DossierSummary("Z99.01", "HS-01", values, end, end, 1, 1, ())


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("Vĩnh viễn", "01"),
        ("70 năm", "02"),
        (" 10  Năm ", "06"),
        ("04", "04"),
        ("15 năm", "07"),
        ("Lâu dài", "07"),
        ("", ""),
    ],
)
def test_a_term_has_the_code_of_the_circular(given: str, code: str) -> None:
    assert retention_code(given) == code


@pytest.mark.parametrize(
    ("term", "end", "over"),
    [
        ("10 năm", "2004-03-05", date(2015, 1, 1)),
        ("06", "2004-12-31", date(2015, 1, 1)),
        ("15 năm", "2004-03-05", date(2020, 1, 1)),
    ],
)
def test_a_term_ends_with_its_last_whole_year(term: str, end: str, over: date) -> None:
    """The years count after the year in which the hồ sơ ended."""
    assert expires_on(dossier(term, end)) == over


@pytest.mark.parametrize(
    ("term", "end"), [("Vĩnh viễn", "1990-01-01"), ("01", "1990-01-01"), ("", "1990-01-01"), ("10 năm", "")]
)
def test_what_is_permanent_or_not_known_is_never_proposed(term: str, end: str) -> None:
    assert expires_on(dossier(term, end)) is None


def test_the_end_that_the_list_gives_counts_before_the_newest_paper() -> None:
    assert expires_on(dossier("10 năm", "2004-03-05", "2007")) == date(2018, 1, 1)
