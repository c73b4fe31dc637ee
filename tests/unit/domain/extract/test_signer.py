"""Signature blocks: who acted for whom, and the name under the seal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Box, Line, Mark, MarkKind, Page, Source, Word, Zone
from sohoa.domain.archive.records import Integrity, OriginalSignature
from sohoa.domain.extract.signer import signer_fields
from sohoa.domain.extract.vocabularies import Vocabularies
from tests.support.calibration import CALIBRATION
from tests.support.pages import line, page

_LEFT = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.")


_HEADER = "TT họ và tên chức danh là Đoàn Lớp Phó"  # of a table


def _fields(*block: str, signatures: tuple[OriginalSignature, ...] = ()) -> dict[str, str]:
    found = signer_fields((page(foot_left=_LEFT, foot_right=block),), signatures, CALIBRATION.signer)
    return {name: field.value for name, field in found.items()}


@pytest.mark.parametrize(
    ("block", "authority", "position"),
    [
        (("CHỦ TỊCH",), None, "Chủ tịch"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "TM. Ủy ban nhân dân", "Chủ tịch"),
        (("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "KT. Giám đốc", "Phó Giám đốc"),
        (
            ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
            "TL. Chủ tịch, KT. Chánh Văn phòng",
            "Phó Chánh Văn phòng",
        ),
        (("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"), "TUQ. Giám đốc", "Trưởng phòng"),
        (("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "KT. Bộ trưởng", "Thứ trưởng"),
        (("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "TM. Ban Thường vụ", "Phó Bí thư"),
        (("GIÁMĐỐC",), None, "Giám đốc"),
    ],
)
def test_blocks(block: tuple[str, ...], authority: str | None, position: str) -> None:
    """Authority and position come from the lines above the name."""
    found = _fields(*block, "", "", "Nguyễn Thị Thu Hà")
    assert found.get("authority") == authority
    assert (found["signer_position"], found["signer_name"]) == (position, "Nguyễn Thị Thu Hà")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("TS. Nguyễn Văn Hòa", "Nguyễn Văn Hòa"),
        ("Âu Luật Sư Lê Hạnh Chi", "Lê Hạnh Chi"),
        ("Tớ Anh Vinh Lý Anh Vinh", "Lý Anh Vinh"),
        ("“.rÁ Trần Quốc Thạch", "Trần Quốc Thạch"),
        ("guyễn Văn Hòa", "Nguyễn Văn Hòa"),
        ("Y Thanh Niê", "Y Thanh Niê"),
        ("LÊ QUANG TIẾN", "Lê Quang Tiến"),
        ("SN 0À sự Ề 'È Khuất Hữu Lộc", "Khuất Hữu Lộc"),
        ("Sùng A Lềnh", "Sùng A Lềnh"),
        ("VÀNG A PHỬ", "Vàng A Phử"),
        ("A Lăng Tưới", "A Lăng Tưới"),
        ("Y Bhăm Mlô", "Y Bhăm Mlô"),
        ("Y Thuận Hà Niê Kđăm", "Y Thuận Hà Niê Kđăm"),
        ("H’Liên Êban", "H'Liên Êban"),
        ("HNuên Êban", "H'Nuên Êban"),
        ("TS. KBrêl Thanh", "K'Brêl Thanh"),
        ("HÀ THỊ HOA", "Hà Thị Hoa"),
        ("K'BRÊL", ""),
        ("Rơ Mah Giáp", "Rơ Mah Giáp"),
        ("Ksor Phước", "Ksor Phước"),
        ("Công Huyền Tôn Nữ Bích Sa", "Công Huyền Tôn Nữ Bích Sa"),
        ("Tôn Thất Bách", "Tôn Thất Bách"),
        ("Lê Quý", "Lê Quý"),
        ("Trần Bá Khoan LÒ", "Trần Bá Khoan"),
        ("Trần Bá Khoan A", "Trần Bá Khoan"),
        ("trận Nguyễn Bá Khoan", "Trần Nguyễn Bá Khoan"),
        ("ma Nguyễn Bá Khoan", "Nguyễn Bá Khoan"),
        ("Nguyễn văn Khoan", "Nguyễn Văn Khoan"),
        ("Trần thị Bích Sa", "Trần Thị Bích Sa"),
        ("Thạch Sô Pháth", "Thạch Sô Pháth"),
        ("H' Liên Êban", "H'Liên Êban"),
        ("-“ HNgan Niê", "H'Ngan Niê"),
        ("HNguyễn Bá Khoan", "Bá Khoan"),
        ("HUỲNH BÁ KHOAN", "Huỳnh Bá Khoan"),
        ("Kpuih H’Blê", "Kpuih H'Blê"),
        ("Chamaléa Thị Sa", "Chamaléa Thị Sa"),
        ("Thượng tá Lê Bá Khoan", "Lê Bá Khoan"),
        ("Luật sư Lê Khoan", "Lê Khoan"),
        ("Luật sư Thạch Sô Pháth", "Thạch Sô Pháth"),
        ("Đại tá, PGS.TS Ksor Blê", "Ksor Blê"),
        ("BS.CKII. Lê Khoan", "Lê Khoan"),
        ("Hòa thượng Thích Bá Khoan", "Thích Bá Khoan"),
        ("Đại Thị Khoan", "Đại Thị Khoan"),
        ("Võ Trtng Khoan", ""),
        ("THƯỢNG TẢ LÊ BÁ KHOAN", "Lê Bá Khoan"),
        ("THS. K'BRÊL SA", "K'Brêl Sa"),
        ("HẠ HÀ BÁ KHOAN", "Hà Bá Khoan"),
        ("Bà Đỗ Bích Sa", "Đỗ Bích Sa"),
        ("Đặng Tá Khoan", "Đặng Tá Khoan"),
        ("PGS. TS. Lê Bá Khoan", "Lê Bá Khoan"),
        ("Ký bởi: Lê Bá Khoan", "Lê Bá Khoan"),
    ],
)
def test_names(printed: str, name: str) -> None:
    """Titles and scraps of ink are dropped; a family name that lost a letter or its capital is restored."""
    assert _fields("GIÁM ĐỐC", "", "", printed).get("signer_name", "") == name


@pytest.mark.parametrize("noise", ["~~ // 4", "biết - e4", "(Đã ký)", "Thời gian ký: 05/01/2021", _HEADER])
def test_ink_is_no_name(noise: str) -> None:
    """Scribbles read as letters are not a name."""
    assert "signer_name" not in _fields("GIÁM ĐỐC", "", noise)


def test_posts_in_a_row_are_no_name() -> None:
    """A form's line of posts begins like a family name and is none; a name with such a word stays."""
    assert "signer_name" not in _fields("HIỆU TRƯỞNG", "BÍ THƯ ĐOÀN LỚP PHÓ LỚP TRƯỞNG")
    assert _fields("HIỆU TRƯỞNG", "Phạm Phó Đức")["signer_name"] == "Phạm Phó Đức"


def test_personal_signature_vouches_for_the_name() -> None:
    """The signer's own digital signature makes the name sure."""
    moment = "2025-01-08T17:30:00+07:00"
    signed = OriginalSignature("Trần Quốc Thạch", moment, "sha256", Integrity.VALID, True)
    blocks = (page(foot_left=_LEFT, foot_right=("GIÁM ĐỐC", "", "Trần Quốc Thạch")),)
    assert signer_fields(blocks, (signed,), CALIBRATION.signer)["signer_name"].confidence > 0.97


def test_lost_deputy() -> None:
    """``KT.`` tells of a deputy whose ``PHÓ`` was covered by the seal."""
    assert _fields("KT. GIÁM ĐỐC", "HÓ GIÁM ĐỐC", "", "Trần Quốc Thạch")["signer_position"] == "Phó Giám đốc"


def test_post_that_lost_its_first_letter_is_no_name() -> None:
    """A post that a seal cut is still a post, not a name in capitals."""
    assert "signer_name" not in _fields("TL. GIÁM ĐỐC", "RƯỞNG PHÒNG HÀNH CHÍNH")


def test_ink_that_spells_a_name_is_none() -> None:
    """Letters that were hardly read and begin with no family name are the signature's ink."""
    inked = page(foot_left=_LEFT, foot_right=("GIÁM ĐỐC",))
    scrap = line("SÀN TẠ", Zone.FOOT_RIGHT, inked.lines[-1].box.y + 80, confidence=0.2)
    assert "signer_name" not in signer_fields(
        (replace(inked, lines=(*inked.lines, scrap)),), (), CALIBRATION.signer
    )


def test_a_name_stamped_under_the_seal_is_found_without_any_line_beside_the_addressees() -> None:
    addressees = Line((Word("Mới", Box(100, 1800, 60, 25), 0.6),), Zone.FOOT_LEFT)
    mark = Mark(MarkKind.STAMP, "Nguyễn Văn Mẫu", Box(950, 1930, 300, 80))
    page = Page(1, 1654, 2339, 200, Source.OCR, (addressees,), (mark,))
    assert signer_fields([page], (), CALIBRATION.signer)["signer_name"].value == "Nguyễn Văn Mẫu"


@pytest.mark.parametrize(
    ("read", "name"),
    [("ông Viết Mẫu", "Nông Viết Mẫu"), ("đứa Bá Mẫu", "Hứa Bá Mẫu"), ("uyễn Văn Mẫu", "Văn Mẫu")],
)
def test_a_family_name_whose_first_letter_is_spoilt_is_restored_where_only_one_fits(
    read: str, name: str
) -> None:
    assert _fields("GIÁM ĐỐC", read)["signer_name"] == name


def test_a_block_that_stands_alone_is_read_wherever_its_column_is() -> None:
    """On a last page without addressees post and name stand right of the middle, in no column."""
    alone = page(number=19)
    lines = [line(text, Zone.FOOT_LEFT, 250 + 190 * row, x=880 + 30 * row) for row, text in enumerate(
        ("CHỦ TỊCH QUỐC HỘI", "Trần Thanh Mẫu")
    )]  # fmt: skip
    found = signer_fields(
        (page(body=("Điều 1.",)), replace(alone, lines=tuple(lines))), (), CALIBRATION.signer
    )
    assert found["signer_name"].value == "Trần Thanh Mẫu"
    assert found["signer_position"].value == "Chủ tịch Quốc hội"


@pytest.mark.parametrize(
    ("block", "position"),
    [
        (("KT. GIÁM ĐỐC", "g sử s— to GIAM ĐỌC"), "Phó Giám đốc"),
        (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"), "Phó Chủ tịch"),
        (("KT. BỘ TRƯỞNG",), "Thứ trưởng"),
        (("K/T GIÁM ĐỐC SỞ LÂM NGHIỆP",), "Phó Giám đốc"),
        (("TM. ỦY BAN NHÂN DÂN",), None),
        (("TUQ. GIÁM ĐỐC",), None),
    ],
)
def test_who_signs_in_place_of_a_post_is_its_deputy(
    vocabularies: Vocabularies, block: tuple[str, ...], position: str | None
) -> None:
    """Where the seal took the second post the first tells it, but not for certain."""
    read = (page(foot_left=_LEFT, foot_right=(*block, "", "", "Nguyễn Thị Thu Hà")),)
    found = signer_fields(read, (), CALIBRATION.signer, vocabularies.posts).get("signer_position")
    assert (found and found.value) == position
    assert found is None or found.confidence < 0.9


@pytest.mark.parametrize("read", ["HIỆU TRƯỞNG#“", "=—¬ HIỆU TRƯỞNG", "HIỆU TRƯỞNG"])
def test_ink_around_a_post_is_dropped(read: str) -> None:
    assert _fields(read, "", "", "Nguyễn Thị Thu Hà")["signer_position"] == "Hiệu trưởng"


def test_ink_beside_a_name_does_not_make_it_doubtful() -> None:
    """How sure a name is says its own words, not what the seal left beside them."""
    signed = page(foot_left=_LEFT, foot_right=("GIÁM ĐỐC",))
    y = signed.lines[-1].box.y + 80
    name, ink = (
        line("Trần Bá Khoan", Zone.FOOT_RIGHT, y),
        line("ng", Zone.FOOT_RIGHT, y, x=1400, confidence=0.2),
    )
    lines = (*signed.lines, Line((*name.words, *ink.words), Zone.FOOT_RIGHT))
    found = signer_fields((replace(signed, lines=lines),), (), CALIBRATION.signer)["signer_name"]
    assert found.value == "Trần Bá Khoan"
    assert found.confidence >= 0.9


def test_a_family_name_that_may_be_two_is_doubtful() -> None:
    """``Đoãn`` is Doãn or Đoàn misread; ``Đẳng`` can only be Đặng."""
    block = ("GIÁM ĐỐC", "", "")
    read = [
        (page(foot_left=_LEFT, foot_right=(*block, f"{family} Minh Khoan")),) for family in ("Đoãn", "Đoàn")
    ]
    doubtful, sure = (signer_fields(pages, (), CALIBRATION.signer)["signer_name"] for pages in read)
    assert doubtful.confidence < 0.9 <= sure.confidence


def test_a_name_seen_through_a_seal_stands_for_one_that_was_hardly_read() -> None:
    """The reader of handwriting drops marks: those of words that the engine read alike stay."""
    signed = page(foot_left=_LEFT, foot_right=("GIÁM ĐỐC",))
    y = signed.lines[-1].box.y + 80
    hardly = line("Đặng Qiang Thuận", Zone.FOOT_RIGHT, y, confidence=0.5)
    mark = Mark(MarkKind.STAMP, "Đặng Quang Thuân", Box(900, 1930, 300, 40))
    pages = (replace(signed, lines=(*signed.lines, hardly), marks=(mark,)),)
    found = signer_fields(pages, (), CALIBRATION.signer)["signer_name"]
    assert found.value == "Đặng Quang Thuận"
    assert found.confidence < 0.9
    assert [seen.value for seen in found.evidence] == ["Đặng Quang Thuận", "Đặng Qiang Thuận"]


@pytest.mark.parametrize(
    ("body", "name", "sure"),
    [
        ("1. GS-TS. Đặng Quang Thuận Hiệu trưởng", "Đặng Quang Thuận", True),
        ("1. GS-TS. Đặng Quang Thạch Hiệu trưởng", "Đặng Quang Thuân", False),
        ("những ngày đặng quang thuận lợi", "Đặng Quang Thuân", False),
    ],
)
def test_a_stamped_name_is_sure_where_the_text_names_the_same_person(
    body: str, name: str, sure: bool
) -> None:
    """The text has the marks that the reader of handwriting drops."""
    signed = page(body=(body,), foot_left=_LEFT, foot_right=("HIỆU TRƯỞNG",))
    mark = Mark(MarkKind.STAMP, "Đặng Quang Thuân", Box(900, 1930, 300, 40))
    found = signer_fields((replace(signed, marks=(mark,)),), (), CALIBRATION.signer)["signer_name"]
    assert (found.value, found.confidence >= 0.9) == (name, sure)


@pytest.mark.parametrize(("seen", "sure"), [("Đặng Quang Thuân", True), ("Đặng Quang Thạch", False)])
def test_a_printed_name_is_sure_where_the_second_reader_saw_the_same_letters(seen: str, sure: bool) -> None:
    signed = page(foot_left=_LEFT, foot_right=("GIÁM ĐỐC",))
    y = signed.lines[-1].box.y + 80
    doubtful = line("Đặng Quang Thuận", Zone.FOOT_RIGHT, y, confidence=0.85)
    mark = Mark(MarkKind.STAMP, seen, Box(900, 1930, 300, 40))
    pages = (replace(signed, lines=(*signed.lines, doubtful), marks=(mark,)),)
    found = signer_fields(pages, (), CALIBRATION.signer)["signer_name"]
    assert (found.value, found.confidence >= 0.9) == ("Đặng Quang Thuận", sure)


def _signed_by(*signers: str) -> tuple[OriginalSignature, ...]:
    moment = "2025-01-08T17:30:00+07:00"
    return tuple(OriginalSignature(signer, moment, "sha256", Integrity.VALID, True) for signer in signers)


@pytest.mark.parametrize(
    ("signers", "name"),
    [
        (("Ủy ban nhân dân tỉnh Sông Lam", "Trần Quốc Thạch"), "Trần Quốc Thạch"),
        (("TRẦN QUỐC THẠCH", "Trần Quốc Thạch"), "Trần Quốc Thạch"),
        (("Lê Bá Khoan", "Trần Quốc Thạch"), None),
        (("SỞ TƯ PHÁP",), None),
        (("TRƯỜNG TIỂU HỌC",), None),
        (("CÔNG AN TỈNH",), None),
        (("Văn thư UBND",), None),
        ((), None),
    ],
)
def test_the_one_person_who_signed_digitally_is_the_signer_where_no_name_was_read(
    signers: tuple[str, ...], name: str | None
) -> None:
    """Not for certain; of several persons and of agencies none is."""
    block = (page(foot_left=_LEFT, foot_right=("GIÁM ĐỐC",)),)
    found = signer_fields(block, _signed_by(*signers), CALIBRATION.signer)
    assert found["signer_position"].value == "Giám đốc"
    named = found.get("signer_name")
    assert (named and named.value) == name
    assert named is None or named.confidence < 0.9


def test_a_certificate_mends_a_letter_of_the_name_that_was_read() -> None:
    assert _fields("GIÁM ĐỐC", "", "", "Trần Qiốc Thạch", signatures=_signed_by("Trần Quốc Thạch")) == {
        "signer_position": "Giám đốc",
        "signer_name": "Trần Quốc Thạch",
    }
    other = _fields("GIÁM ĐỐC", "", "", "Lê Bá Khoan", signatures=_signed_by("Trần Quốc Thạch"))
    assert other["signer_name"] == "Lê Bá Khoan"


def test_the_block_may_stand_on_another_page_than_the_addressees() -> None:
    """Addressees that overflow leave post and name on the page before."""
    block = page(body=("Điều 2.",), foot_right=("GIÁM ĐỐC", "", "", "Trần Bá Khoan"))
    listed = page(number=2, foot_left=_LEFT)
    assert signer_fields((block, listed), (), CALIBRATION.signer)["signer_name"].value == "Trần Bá Khoan"


def test_lines_of_a_signing_program_are_no_name() -> None:
    """``Ký bởi`` names the signer; agency, post and time below it do not."""
    told = ("Ký bởi: Lục Đình Khang", "Cơ quan: Tỉnh Đoàn Sông Lam", "Ngày ký: 09-09-2024 11:12:07")
    assert _fields("GIÁM ĐỐC", *told)["signer_name"] == "Lục Đình Khang"
    assert _fields("GIÁM ĐỐC", *told, "", "Lục Đình Khang")["signer_name"] == "Lục Đình Khang"


def test_a_name_seen_through_a_seal_may_stand_on_top_of_a_later_page() -> None:
    """There the block may stand alone; on the first page the head is on top."""
    mark = Mark(MarkKind.STAMP, "Lục Đình Khang", Box(1040, 360, 300, 55))
    block = page(foot_left=_LEFT, foot_right=("GIÁM ĐỐC",), number=2)
    signed = replace(block, marks=(mark,))
    for pages, named in (((page(body=("QUYẾT ĐỊNH",)), signed), True), ((signed,), False)):
        assert ("signer_name" in signer_fields(pages, (), CALIBRATION.signer)) is named
