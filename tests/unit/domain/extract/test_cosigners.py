"""Papers that several persons sign: minutes, contracts, joint circulars."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Line, Page, Zone
from sohoa.domain.archive.records import Field
from sohoa.domain.extract.signer import signer_fields
from tests.support.calibration import CALIBRATION
from tests.support.pages import ROW, line, page

Row = tuple[str, str]
_LISTED = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")
_SECRETARY = ("THƯ KÝ", "", "", "Lục Văn Khoan")


def _row(left: str, right: str, y: int) -> Line:
    """A row of two columns as the engine reads it: one line."""
    words = [word for text, x in ((left, 260), (right, 980)) for word in line(text, Zone.BODY, y, x=x).words]
    return Line(tuple(words), Zone.BODY)


def _signed(*rows: Row, listed: tuple[str, ...] = _LISTED) -> Page:
    """The last page of a paper: a paragraph, the rows of two columns, the recipients."""
    text = line("Biên bản được lập thành hai bản, mỗi bên giữ một bản.", Zone.BODY, 10 * ROW)
    signed = [_row(*row, (12 + index) * ROW) for index, row in enumerate(rows) if any(row)]
    below = [line(name, Zone.FOOT_LEFT, (14 + len(rows) + at) * ROW) for at, name in enumerate(listed)]
    return replace(page(), lines=(text, *signed, *below))


def _beside(left: tuple[str, ...], right: tuple[str, ...]) -> list[Row]:
    return list(zip(left, right, strict=True))


def _name(*pages: Page, issuers: str = "") -> Field:
    return signer_fields(pages, (), CALIBRATION.signer, (), issuers)["signer_name"]


@pytest.mark.parametrize("post", ["CHỦ TỌA", "CHỦ TRÌ", "GIÁM ĐỐC"])
@pytest.mark.parametrize("listed", [_LISTED, ()])
def test_minutes_are_signed_by_the_chair(post: str, listed: tuple[str, ...]) -> None:
    """The secretary beside the chair is evidence, whichever of them stands on the left."""
    chair = (post, "", "", "Tạ Thị Kim Yến")
    for rows in (_beside(_SECRETARY, chair), _beside(chair, _SECRETARY)):
        found = _name(_signed(*rows, listed=listed))
        assert found.value == "Tạ Thị Kim Yến"
        assert [seen.value for seen in found.evidence] == ["Tạ Thị Kim Yến", "Lục Văn Khoan"]


def test_position_is_that_of_the_one_who_leads() -> None:
    """Authority and position do not come from the other block."""
    rows = _beside(
        ("KẾ TOÁN", "", "", "", "Lục Văn Khoan"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "Hứa Bá Lộc")
    )
    found = signer_fields((_signed(*rows),), (), CALIBRATION.signer)
    assert (found["authority"].value, found["signer_position"].value) == ("KT. Giám đốc", "Phó Giám đốc")


@pytest.mark.parametrize("leads_left", [True, False])
def test_contracts_are_signed_by_the_first_party(leads_left: bool) -> None:
    """``BÊN A`` is the party that the paper is filed for."""
    first = ("ĐẠI DIỆN BÊN A", "GIÁM ĐỐC", "", "", "Nông Duy Hiệp")
    second = ("ĐẠI DIỆN BÊN B", "GIÁM ĐỐC", "", "", "Cù Thị Nhung")
    rows = _beside(first, second) if leads_left else _beside(second, first)
    assert _name(_signed(*rows)).value == "Nông Duy Hiệp"


@pytest.mark.parametrize(("issuers", "signer"), [
    ("BỘ TÀI CHÍNH - BỘ NỘI VỤ", "Hứa Bá Lộc"),
    ("BỘ NỘI VỤ - BỘ TÀI CHÍNH", "Lục Văn Khoan"),
    ("", "Lục Văn Khoan"),
])  # fmt: skip
def test_joint_papers_are_signed_by_the_leading_agency(issuers: str, signer: str) -> None:
    """It is the one that the head names first, and on the right where the head could not be read."""
    first = ("KT. BỘ TRƯỞNG", "BỘ TÀI CHÍNH", "THỨ TRƯỞNG", "", "", "Hứa Bá Lộc")
    second = ("BỘ TRƯỞNG BỘ NỘI VỤ", "", "", "", "", "Lục Văn Khoan")
    assert _name(_signed(*_beside(first, second)), issuers=issuers).value == signer


def test_agencies_above_the_posts_tell_who_leads() -> None:
    """Departments that sign together put their names above the posts."""
    first = ("SỞ NỘI VỤ", "GIÁM ĐỐC", "", "", "Hứa Bá Lộc")
    second = ("SỞ TÀI CHÍNH", "GIÁM ĐỐC", "", "", "Lục Văn Khoan")
    assert _name(_signed(*_beside(first, second)), issuers="SỞ NỘI VỤ - SỞ TÀI CHÍNH").value == "Hứa Bá Lộc"


def test_a_third_agency_signs_below() -> None:
    """The last of three stands in the middle below the others and is evidence, too."""
    rows = _beside(("BỘ TRƯỞNG", "", "", "Hứa Bá Lộc"), ("BỘ TRƯỞNG", "", "", "Lục Văn Khoan"))
    above = _signed(*rows, listed=())
    third = [line(text, Zone.BODY, y * ROW, x=700) for text, y in (("BỘ TRƯỞNG", 18), ("Cù Thị Nhung", 22))]
    found = _name(replace(above, lines=(*above.lines, *third)))
    assert [seen.value for seen in found.evidence] == ["Lục Văn Khoan", "Hứa Bá Lộc", "Cù Thị Nhung"]


def test_posts_side_by_side_in_a_table_sign_nothing() -> None:
    """Where one signs beside ``Nơi nhận``, two posts in a table above are no signatures."""
    table = [_row("CHỦ TỊCH", "PHÓ CHỦ TỊCH", 8 * ROW), _row("Hứa Bá Lộc", "Lục Văn Khoan", 9 * ROW)]
    signed = page(body=("",) * 12, foot_left=_LISTED, foot_right=("GIÁM ĐỐC", "", "", "Cù Thị Nhung"))
    assert _name(replace(signed, lines=(*table, *signed.lines))).value == "Cù Thị Nhung"


@pytest.mark.parametrize("posts", [("TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), ("ĐƠN VỊ CHỦ TRÌ", "CHÁNH VĂN PHÒNG")])
def test_a_table_of_posts_on_an_earlier_page_signs_nothing(posts: Row) -> None:
    """No room for a signature is between post and name; the signer stands at the end, ``Nơi nhận`` unread."""
    table = [_row(*posts, 8 * ROW), _row("Lê Thị Bưởi", "Hứa Bá Lộc", 9 * ROW)]
    first = replace(page(body=("",) * 12), lines=tuple(table))
    signed = page(number=2, foot_right=("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Cù Thị Nhung"))
    found = signer_fields((first, signed), (), CALIBRATION.signer)
    assert (found["signer_name"].value, found["authority"].value) == (
        "Cù Thị Nhung",
        "TM. Ủy ban nhân dân",
    )


def test_the_last_page_that_bears_a_post_is_the_signed_one() -> None:
    """Minutes signed side by side may stand before the paper that carries them."""
    minutes = _signed(*_beside(_SECRETARY, ("CHỦ TỌA", "", "", "Tạ Thị Kim Yến")), listed=())
    signed = page(number=2, foot_right=("GIÁM ĐỐC", "", "", "Cù Thị Nhung"))
    assert _name(minutes, signed).value == "Cù Thị Nhung"


@pytest.mark.parametrize(
    "below", [("", "", ""), ("", "Tạ Thị Kim Yến", ""), ("Xã Tân", "", "Tạ Thị Kim Yến")]
)
def test_a_name_that_is_missing_near_or_below_scraps_leaves_the_block_signed(below: tuple[str, ...]) -> None:
    """Only names right under both posts and nowhere else make a row of posts a table."""
    rows = _beside(("THƯ KÝ", "", "", ""), ("CHỦ TỌA", *below))
    found = signer_fields((_signed(*rows),), (), CALIBRATION.signer)
    assert found["signer_position"].value == "Chủ tọa"
    assert ("signer_name" in found) == any(below)


@pytest.mark.parametrize("approves", ["DUYỆT CỦA HIỆU TRƯỞNG", "PHÊ DUYỆT", "XÁC NHẬN CỦA BAN GIÁM HIỆU"])
def test_who_approves_a_plan_is_not_its_author(approves: str) -> None:
    left = (approves, "HIỆU TRƯỞNG", "", "", "Lục Văn Khoan")
    right = ("", "TỔ TRƯỞNG", "", "", "Kiều Thị Mẫn")
    assert _name(_signed(*_beside(left, right), listed=())).value == "Kiều Thị Mẫn"
