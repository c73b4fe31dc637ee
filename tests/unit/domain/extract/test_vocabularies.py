"""Places, posts and offices with a reading error; what the lists do not have stays as it was read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sohoa.domain.agencies import Agency, AgencyRegister
from sohoa.domain.errors import Misconfigured
from sohoa.domain.extract.posts import mended_post
from sohoa.domain.extract.slips import Slip, nearest, slip
from sohoa.domain.extract.vocabularies import Vocabularies, load_vocabularies
from tests.support.pages import MOTTO, page
from tests.unit.domain.extract.conftest import Describe


@pytest.mark.parametrize(
    ("read", "known", "how"),
    [
        ("Quảng Ngãi", "QUẢNG NGÃI", Slip.NONE),
        ("Thanh Hoá", "Thanh Hóa", Slip.NONE),
        ("Quảng Ngải", "Quảng Ngãi", Slip.MARKS),
        ("Quảng Ngãl", "Quảng Ngãi", Slip.LETTER),
        ("Quảng Nga", "Quảng Ngãi", Slip.LETTER),
        ("Hà Giang", "Hậu Giang", None),
        ("Quảng Nam", "Quảng Ninh", None),
        ("Quảng", "Quảng Ngãi", None),
        ("", "Quảng Ngãi", None),
    ],
)
def test_what_is_a_slip(read: str, known: str, how: Slip | None) -> None:
    """Marks, or one letter of one longer word; two words of two letters are two names."""
    assert slip(read, known) is how


def test_names_equally_near_decide_nothing() -> None:
    """The nearest name counts, and none where two lie equally near."""
    assert nearest("Hòa Phũ", ["Hòa Phú", "Hòa Phù"]) is None
    assert nearest("Hòa Phú", ["Hòa Phú", "Hòa Phù"]) == ("Hòa Phú", Slip.NONE)


def test_every_name_of_the_lists_stays_as_it_is(vocabularies: Vocabularies) -> None:
    """Correction is idempotent: a listed place or post is never taken for another one."""
    for names in (vocabularies.places, vocabularies.posts):
        assert all(nearest(name, names) == (name, Slip.NONE) for name in names)


def test_the_lists_have_all_provinces(vocabularies: Vocabularies) -> None:
    """Provinces from before and after the mergers of 2025 are known by name."""
    assert {"Quảng Ngãi", "Kon Tum", "Huế", "Thừa Thiên Huế", "Hồ Chí Minh"} <= set(vocabularies.places)


def _place(described: Describe, printed: str, body: str = "", **more: object) -> tuple[str, str]:
    right = (*MOTTO, "", f"{printed}, ngày 04 tháng 3 năm 2024")
    left = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 374/QĐ-UBND")
    found = described(page(left=left, right=right, body=("QUYẾT ĐỊNH", "Phê duyệt", "", body)), **more).fields
    return found["issued_place"].value, found["issued_place"].raw


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Quảng Ngải", "Quảng Ngãi"),
        ("TP. Hồ Chi Minh", "TP. Hồ Chí Minh"),
        ("Phù Yên", "Phù Yên"),
        ("Thạnh Hóa", "Thạnh Hóa"),
        ("Bình Minh", "Bình Minh"),
        ("Trà Bồng", "Trà Bồng"),
        ("Quảng Ngãl", "Quảng Ngãl"),
    ],
)
def test_a_province_with_a_wrong_mark_is_mended(described: Describe, printed: str, value: str) -> None:
    """Marks of a province's name are mended, the reading stays beside; any other place stays as read."""
    assert _place(described, printed) == (value, printed)


def test_the_text_decides_about_a_place(described: Describe) -> None:
    """A letter is mended to a place that the text names; a reading that the text repeats is no error."""
    assert _place(described, "Quảng Ngãl", "trên địa bàn tỉnh Quảng Ngãi và")[0] == "Quảng Ngãi"
    assert _place(described, "Quảng Ngải", "trên địa bàn xã Quảng Ngải và")[0] == "Quảng Ngải"


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("TỈNH QUẢNG NGẠI", "Ủy ban nhân dân tỉnh Quảng Ngãi"),
        ("TỈNH QUẢNG NGÃL", "Ủy ban nhân dân tỉnh Quảng Ngãl"),
        ("XÃ HẢI DƯỢNG", "Ủy ban nhân dân xã Hải Dượng"),
    ],
)
def test_a_province_in_an_agency_s_name_is_mended(described: Describe, printed: str, name: str) -> None:
    """Only marks, and only behind the word for a province; the reading is kept."""
    found = described(page(left=("ỦY BAN NHÂN DÂN", printed, "", "Số: 3/QĐ-UBND"), right=MOTTO)).fields
    assert found["organ_name"].value == name
    assert found["organ_name"].raw.upper() == f"ỦY BAN NHÂN DÂN {printed}"


def test_places_of_the_register_are_known(described: Describe) -> None:
    """An agency's own place is mended like a province."""
    register = AgencyRegister([Agency("Z90", "Ủy ban nhân dân tỉnh Sông Lam")])
    assert _place(described, "Sông Lạm") == ("Sông Lạm", "Sông Lạm")
    assert _place(described, "Sông Lạm", register=register) == ("Sông Lam", "Sông Lạm")


@pytest.mark.parametrize(
    ("read", "post"),
    [
        ("Giám đốc", "Giám đốc"),
        ("Phó Giám dốc", "Phó Giám đốc"),
        ("Q. Chánb Văn phòng", "Q. Chánh Văn phòng"),
        ("Trường phòng Hành chính", "Trưởng phòng Hành chính"),
        ("Chủ tjch Hội đồng", "Chủ tjch Hội đồng"),
        ("Trưởng bản", "Trưởng bản"),
        ("Thủ trưởng cơ quan", "Thủ trưởng cơ quan"),
        ("Nhạc trưởng", "Nhạc trưởng"),
        ("", ""),
    ],
)
def test_posts(vocabularies: Vocabularies, read: str, post: str) -> None:
    """A known post with a wrong mark or letter is mended once; what follows and unknown posts stay."""
    assert mended_post(read, vocabularies.posts, doubtful=True)[0] == post
    assert mended_post(post, vocabularies.posts, doubtful=True)[0] == post


def test_a_well_read_post_is_not_another_one_letter_away(vocabularies: Vocabularies) -> None:
    assert mended_post("Đồn trưởng", vocabularies.posts, doubtful=False)[0] == "Đồn trưởng"
    assert mended_post("Giám dốc", vocabularies.posts, doubtful=False)[0] == "Giám đốc"


def test_a_misread_post_is_still_a_post(described: Describe) -> None:
    """A post whose word no longer reads as one is mended instead of being taken for the signer's name."""
    left = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 374/QĐ-UBND")
    right = (*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024")
    foot = ("GIÁM ĐỐI", "", "", "Trần Văn Bình An")
    paper = page(
        left=left, right=right, body=("QUYẾT ĐỊNH", "Phê duyệt"), foot_left=("Nơi nhận:",), foot_right=foot
    )
    faint = (
        replace(line, words=tuple(replace(word, confidence=0.6) for word in line.words))
        for line in paper.lines
    )
    found = described(replace(paper, lines=tuple(faint))).fields
    position = found["signer_position"]
    assert (position.value, position.raw) == ("Giám đốc", "GIÁM ĐỐI")
    assert found["signer_name"].value == "Trần Văn Bình An"


@pytest.mark.parametrize(
    "data",
    [{}, {"places": []}, {"places": [{"names": "Huế"}]}, {"places": [{"names": [" "]}]}, {"places": ["x"]}],
)
def test_faulty_lists_are_named(data: dict[str, object]) -> None:
    """A list that is missing or holds no names is a misconfiguration."""
    with pytest.raises(Misconfigured, match="places"):
        load_vocabularies(data)
