"""The register's entry of a printed agency, in its time, misread or not; names are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Box, Line, Page
from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.archive.records import Evidence, Method
from sohoa.domain.extract.agency import Match, Paper, code_of, match_agency, with_spelling
from sohoa.domain.extract.organ import Organ
from tests.support.pages import MOTTO, page
from tests.unit.domain.extract.conftest import Describe

_MERGED, _NEW = date(2025, 6, 30), date(2025, 7, 1)
_LAM = Agency("Z90", "Ủy ban nhân dân tỉnh Sông Lam", valid_to=_MERGED, successor="Z92")
_TRA = Agency("Z91", "Ủy ban nhân dân tỉnh Trà Giang", valid_to=_MERGED, successor="Z92")
_BOTH = Agency("Z92", "Ủy ban nhân dân tỉnh Trà Giang", valid_from=_NEW)
_HOME = Agency("Z90.01", "Sở Nội vụ", "Z90", valid_to=_MERGED)
_NEWS = Agency(
    "Z90.02", "Sở Thông tin và Truyền thông", "Z90", valid_to=_MERGED, aliases=("Sở Bưu chính Viễn thông",)
)
_HOME_TOO = Agency("Z91.01", "Sở Nội vụ", "Z91", valid_to=_MERGED)
_TAX = tuple(Agency(f"Z93.0{n}", f"Chi cục Thuế khu vực {numeral}") for n, numeral in ((1, "I"), (2, "II")))
REGISTER = AgencyRegister([_LAM, _TRA, _BOTH, _HOME, _NEWS, _HOME_TOO, *_TAX])
_DAY = date(2020, 3, 5)


def _code(name: str, parent: str = "", day: date | None = _DAY, texts: Sequence[str] = ()) -> str:
    match = match_agency(REGISTER, Paper(name, parent, day, texts))
    return match.agency.code if match else ""


@pytest.mark.parametrize(
    ("name", "parent", "code"),
    [
        ("Ủy ban nhân dân tỉnh Sông Lam", "", "Z90"),
        ("Uỷ ban nhân dân tỉnh Sông Lâm", "", "Z90"),
        ("UBND tỉnh Sông Lam", "", "Z90"),
        ("Uy bam nhân dân tỉnh Sông Lam", "", "Z90"),
        ("Sở Nội vụ", "Ủy ban nhân dân tỉnh Sông Lam", "Z90.01"),
        ("Sở Nội vụ", "UBND tỉnh Trà Giang", "Z91.01"),
        ("Sở Bưu chính Viễn thông", "UBND tỉnh Sông Lam", "Z90.02"),
        ("Chi cục Thuế khu vực II", "", "Z93.02"),
    ],
)
def test_printed_names_find_their_agency(name: str, parent: str, code: str) -> None:
    """Marks, a wrong letter, short forms and former names hide no agency; the parent tells equals apart."""
    assert _code(name, parent) == code


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Sở Nội vụ", ""),
        ("Sở Nội vụ", "Ủy ban nhân dân tỉnh Hòa Phú"),
        ("Ủy ban nhân dân tỉnh Sông Lan", ""),
        ("Ủy ban nhân dân", ""),
        ("Chi cục Thuế khu vực V", ""),
        ("Chi cục Thuế khu vực", ""),
        ("Sở Y tế", "Ủy ban nhân dân tỉnh Sông Lam"),
    ],
)
def test_nothing_is_picked_where_nothing_is_sure(name: str, parent: str) -> None:
    """Equal names without parent, another parent, another place or number, and strangers find no agency."""
    assert not _code(name, parent)


def test_the_running_text_tells_a_misread_place_from_another_place() -> None:
    """A place with a wrong letter is the known one only where the text names that."""
    assert _code("Ủy ban nhân dân tỉnh Sông Lan", texts=["trên địa bàn tỉnh Sông Lam năm 2020"]) == "Z90"
    assert not _code("Ủy ban nhân dân tỉnh Sông Lan", texts=["Ủy ban nhân dân tỉnh Sông Lan, tỉnh Sông Lam"])


def test_a_paper_belongs_to_the_agency_of_its_day() -> None:
    """Before a merger the old agency is meant, after it the one that took over."""
    assert _code("Ủy ban nhân dân tỉnh Trà Giang", day=_MERGED) == "Z91"
    assert _code("Ủy ban nhân dân tỉnh Trà Giang", day=_NEW) == "Z92"
    assert not _code("Ủy ban nhân dân tỉnh Trà Giang", day=None)
    assert not _code("Ủy ban nhân dân tỉnh Sông Lam", day=_NEW)


def test_a_person_s_name_has_a_code_only_as_it_is_written() -> None:
    """Short forms and marks are forgiven, a wrong letter is not: nobody misread it."""
    assert code_of(REGISTER, "UBND tỉnh Sông Lam", "", _DAY) == "Z90"
    assert code_of(REGISTER, "Uy bam nhân dân tỉnh Sông Lam", "", _DAY) is None


_WORDS = st.sampled_from(
    (
        "Sở",
        "Phòng",
        "Nội",
        "Ngoại",
        "vụ",
        "Tài chính",
        "Trà",
        "Sông",
        "Lam",
        "Lan",
        "Phú",
        "Phù",
        "xã",
        "tỉnh",
    )
)
_NAMES = st.lists(_WORDS, min_size=2, max_size=5).map(" ".join)
_DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@st.composite
def _agencies(draw: st.DrawFn) -> list[Agency]:
    """Agencies of some time each, with names that are often near each other."""
    agencies = []
    for number, name in enumerate(draw(st.lists(_NAMES, min_size=1, max_size=8))):
        first, last = sorted(draw(st.tuples(_DAYS, _DAYS)))
        agencies.append(Agency(f"Z{number:02d}", name, valid_from=first, valid_to=last))
    return agencies


@given(_agencies(), _NAMES, st.none() | _DAYS, st.randoms())
def test_the_register_s_order_does_not_matter(
    agencies: list[Agency], name: str, day: date | None, chance: Random
) -> None:
    """The same agency is found however the register is sorted."""
    turned = list(agencies)
    chance.shuffle(turned)
    paper = Paper(name, "", day)
    assert match_agency(AgencyRegister(turned), paper) == match_agency(AgencyRegister(agencies), paper)


@given(_agencies(), _NAMES, _DAYS)
def test_an_agency_that_did_not_exist_is_never_found(agencies: list[Agency], name: str, day: date) -> None:
    """Whatever is found existed on the paper's day."""
    match = match_agency(AgencyRegister(agencies), Paper(name, "", day))
    assert match is None or match.agency.valid_on(day)


@given(_agencies(), _NAMES, _DAYS)
def test_a_corrected_name_is_corrected_no_further(agencies: list[Agency], name: str, day: date) -> None:
    """A name in the register's spelling finds the same agency and stays as it is."""
    register = AgencyRegister(agencies)
    once = _spelled(name, match := match_agency(register, Paper(name, "", day)))
    again = match_agency(register, Paper(once, "", day))
    assert _spelled(once, again) == once
    if match is not None and match.sure:
        assert again is not None
        assert again.agency == match.agency


def _spelled(name: str, match: Match | None) -> str:
    return with_spelling(Organ(name, "", Box(0, 0, 1, 1), 0.9), match, None).name


def _decision(*left: str) -> Page:
    right = (*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024")
    body = ("QUYẾT ĐỊNH", "Phê duyệt Kế hoạch", "")
    return page(left=(*left, "", "Số: 374/QĐ-UBND"), right=right, body=body)


def test_a_record_names_the_register_s_entry_and_keeps_the_reading(described: Describe) -> None:
    """The code of the agency of its time and its heir are told; the name is mended, the reading kept."""
    found = described(_decision("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LẠM"), register=REGISTER).fields
    assert found["authority_id"].value == "Z90"
    assert found["authority_id"].raw == "Ủy ban nhân dân tỉnh Sông Lạm"
    assert found["authority_id"].confidence <= found["organ_name"].confidence
    (seen,) = found["authority_id"].evidence
    assert seen.method is Method.REGISTER
    assert seen.value == "Ủy ban nhân dân tỉnh Sông Lam (nay: Ủy ban nhân dân tỉnh Trà Giang, Z92)"
    organ = found["organ_name"]
    assert (organ.value, organ.raw) == ("Ủy ban nhân dân tỉnh Sông Lam", "Ủy ban nhân dân tỉnh Sông Lạm")
    assert [known.page for known in organ.evidence if known.method is Method.REGISTER] == [1]


def test_a_code_is_no_surer_than_the_day_that_tells_two_agencies_apart(described: Describe) -> None:
    """Where the name was another agency's on other days, a doubtful day makes the code doubtful."""
    paper = _decision("ỦY BAN NHÂN DÂN", "TỈNH TRÀ GIANG")
    faint = replace(paper, lines=tuple(_faint(line) if "ngày" in line.text else line for line in paper.lines))
    sure, doubtful = (described(read, register=REGISTER).fields for read in (paper, faint))
    assert doubtful["authority_id"].value == sure["authority_id"].value == "Z91"
    assert doubtful["authority_id"].confidence <= doubtful["issued_date"].confidence
    assert doubtful["issued_date"].confidence < sure["authority_id"].confidence


def test_a_well_read_name_is_not_replaced_by_a_sibling_one_letter_away(described: Describe) -> None:
    """Schools A and B, ``Thú y`` and ``Thuế``: what the engine is sure of is no slip."""
    paper = _decision("UBND TỈNH SÔNG LAM", "SỞ THÔNG TIM VÀ TRUYỀN THÔNG")
    found = described(paper, register=REGISTER).fields
    assert found["organ_name"].value != "Sở Thông tin và Truyền thông"
    assert "authority_id" not in found


@pytest.mark.parametrize(("day", "code"), [("2020-03-05", "Z91"), ("2026-01-05", "Z92")])
def test_the_day_that_a_manifest_gives_tells_which_agency_it_was(
    described: Describe, day: str, code: str
) -> None:
    """Where the paper shows no day, the code is of the day that the record bears in the end."""
    paper = _decision("ỦY BAN NHÂN DÂN", "TỈNH TRÀ GIANG")
    undated = replace(paper, lines=tuple(line for line in paper.lines if "ngày" not in line.text))
    given = {"issued_date": (Evidence(Method.REGISTER, day, 0.8),)}
    found = described(undated, register=REGISTER, given=given).fields
    assert found["issued_date"].value == day
    assert found["authority_id"].value == code


def _all_faint(paper: Page) -> Page:
    return replace(paper, lines=tuple(map(_faint, paper.lines)))


def _faint(line: Line) -> Line:
    return replace(line, words=tuple(replace(word, confidence=0.6) for word in line.words))


def test_a_parent_is_mended_beside_its_agency(described: Describe) -> None:
    """The parent is spelled like the register, too; a misread name is never surer than one well read."""
    well, badly = (
        _decision("UBND TỈNH SÔNG LAM", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"),
        _all_faint(_decision("UBND TỈNH SÔNG LẠM", "SỞ THÔNG TIM VÀ TRUYỀN THÔNG")),
    )
    good, poor = (described(paper, register=REGISTER).fields for paper in (well, badly))
    for found in (good, poor):
        assert found["organ_name"].value == "Sở Thông tin và Truyền thông"
        assert found["parent_organ_name"].value == "UBND tỉnh Sông Lam"
        assert found["authority_id"].value == "Z90.02"
    assert poor["organ_name"].raw == "Sở Thông tim và Truyền thông"
    assert poor["organ_name"].confidence <= good["organ_name"].confidence
    assert poor["authority_id"].confidence < good["authority_id"].confidence


def test_a_stranger_has_no_code(described: Describe) -> None:
    """An agency that the register does not have keeps its printed name, and no code is guessed."""
    found = described(_decision("ỦY BAN NHÂN DÂN", "XÃ HÒA PHÚ"), register=REGISTER).fields
    assert found["organ_name"].value == "Ủy ban nhân dân xã Hòa Phú"
    assert "authority_id" not in found


def test_a_short_form_of_the_register_replaces_nothing(described: Describe) -> None:
    """A register that abbreviates finds its agency, and the name stays as the paper prints it."""
    short = AgencyRegister([Agency("Z90", "UBND tỉnh Sông Lam")])
    found = described(_decision("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM"), register=short).fields
    assert found["authority_id"].value == "Z90"
    assert found["organ_name"].value == "Ủy ban nhân dân tỉnh Sông Lam"


_SOME = AgencyRegister(
    [
        replace(_BOTH, valid_from=None),
        *(replace(found, parent="Z92", valid_to=None) for found in (_HOME, _NEWS)),
    ]
)


def test_a_learnt_name_finds_its_agency_and_says_so(described: Describe) -> None:
    """A name that persons taught is matched like the register's own, and the evidence names it."""
    learnt = _SOME.with_learnt({"Z90.02": ["Sở TT&TT"], "Z00": ["Ai đó"]})
    paper = _decision("SỞ TT&TT")
    assert "authority_id" not in described(paper, register=_SOME).fields
    found = described(paper, register=learnt).fields["authority_id"]
    assert found.value == "Z90.02"
    assert [seen.method for seen in found.evidence] == [Method.ALIAS]
    assert found.evidence[0].value.endswith("theo tên đã học khi rà soát: Sở TT&TT")


def test_a_name_that_two_agencies_learnt_finds_neither(described: Describe) -> None:
    """Persons who disagree teach nothing."""
    learnt = _SOME.with_learnt({"Z90.01": ["Sở X"], "Z90.02": ["Sở X"]})
    assert "authority_id" not in described(_decision("SỞ X"), register=learnt).fields
