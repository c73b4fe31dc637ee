"""Personal data is found in what papers say and how OCR reads it; numbers of documents and money are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.protection.personal_data import (
    MASK,
    PersonalKind,
    PersonalTag,
    find_on_page,
    find_personal,
    mask,
    masked,
    masked_values,
)
from tests.support.personal_codes import CODES

PERSONAL = [
    ("CCCD số 051080012345 cấp ngày 01/02/2021", "identity_number", "051080012345"),
    ("Số CCCD: 051 080 012 345", "identity_number", "051 080 012 345"),
    ("ông Trần Văn A, 051080012345, trú tại", "identity_number", "051080012345"),
    ("bà B 0510 8001 2345", "identity_number", "0510 8001 2345"),
    ("căn cước công dân số: O5108OO12345", "identity_number", "O5108OO12345"),
    ("CAN CUOC CONG DAN 051.080.012.345", "identity_number", "051.080.012.345"),
    ("CMND số: 212345678 do Công an tỉnh cấp", "identity_number", "212345678"),
    ("CMND/CCCD/Hộ chiếu số 212 345 678", "identity_number", "212 345 678"),
    ("Giấy chứng minh nhân dân số 2l2345678", "identity_number", "2l2345678"),
    ("chung minh thu: 212345678", "identity_number", "212345678"),
    ("Số CMTND:\n212345678", "identity_number", "212345678"),
    ("số định danh cá nhân 051080012345", "identity_number", "051080012345"),
    ("CCCD số 051080\n012345", "identity_number", "051080\n012345"),
    ("STT Họ tên Số CMND Ghi chú\n1 Lê Thị C 212345679 x", "identity_number", "212345679"),
    ("hộ chiếu số C1234567 cấp ngày 5/6/2019", "passport", "C1234567"),
    ("Hộ chiếu: B 12345678", "passport", "B 12345678"),
    ("Điện thoại: 0912 345 678", "phone", "0912 345 678"),
    ("ĐT: 0912.345.678.", "phone", "0912.345.678"),
    ("liên hệ 0912345678 (ông Nam)", "phone", "0912345678"),
    ("SĐT O912 345 678", "phone", "O912 345 678"),
    ("gọi +84 912 345 678 trước", "phone", "84 912 345 678"),
    ("nhà riêng (0255) 3822 888", "phone", "0255) 3822 888"),
    ("nhà riêng 0255.3822888", "phone", "0255.3822888"),
    ("Điện thoại: 055.3822888", "phone", "055.3822888"),
    ("024 3825 1234", "phone", "024 3825 1234"),
    ("sinh ngày 01/02/1980", "birth_date", "01/02/1980"),
    ("Ngày sinh: 1-2-1980", "birth_date", "1-2-1980"),
    ("Sinh ngày 01 tháng 02 năm 1980 tại", "birth_date", "01 tháng 02 năm 1980"),
    ("Ngày, tháng, năm sinh: O1/02/198O", "birth_date", "O1/02/198O"),
    ("ông A, sinh năm 1980, trú tại", "birth_date", "1980"),
    ("nam sinh: 1980", "birth_date", "1980"),
    ("Năm sinh 1980", "birth_date", "1980"),
    ("Ngày sinh của trẻ: 05/06/2019", "birth_date", "05/06/2019"),
    ("Số tài khoản: 0123 4567 8901 tại Ngân hàng X", "bank_account", "0123 4567 8901"),
    ("STK 19034567890123 Techcombank", "bank_account", "19034567890123"),
    ("tài khoản số 711A12", None, ""),
    ("tài khoản số 7110012345", "bank_account", "7110012345"),
    ("mã số thuế cá nhân: 8012345678", "tax_code", "8012345678"),
]
IMPERSONAL = [
    "Số: 374/QĐ-UBND ngày 04 tháng 3 năm 2024",
    "Công văn số 0912345678/UBND-NC",
    "Kinh phí 1.234.567.890 đồng",
    "Tổng cộng 912.345.678 đồng, 1 000 000 000 000 đồng",
    "diện tích 212345678 m2",
    "nhiệm kỳ 2021 - 2026, giai đoạn 2021-2025",
    "tuyển sinh năm 2024", "Học sinh năm 2024", "phát sinh năm 2023", "an sinh năm 2025",
    "vệ sinh ngày 01/02/2024",
    "ban hành ngày 01/02/2024",
    "Mã số thuế: 4300123456",
    "mã hồ sơ 000.00.01.H48-240304-0001",
    "Điện thoại: 0255.3822888; Fax: 0255.3822889; Website: quangngai.gov.vn",
    "Đường dây nóng: 0255.3822888",
    "tài khoản số 3713.0.1089123 mở tại Kho bạc Nhà nước tỉnh",
    "Quyết định số 2024/QĐ-UBND ngày 12.11.2024 130 hộ",
    "Hạch toán tài khoản 111, 112",
    "Luật số 91/2025/QH15",
    "tỷ lệ 0,123 và 0.512",
    "QCVN 102:2016/BTTTT, TCVN 9001:2015",
    "Trần Văn Nam, Chủ tịch",
    "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "value"), PERSONAL)
def test_what_is_personal(text: str, kind: str | None, value: str) -> None:
    """Exactly the value is tagged, with its kind."""
    found = [(tag.kind.value, text[tag.start : tag.end]) for tag in find_on_page(text, CODES)]
    assert found == ([(kind, value)] if kind else [])


@pytest.mark.parametrize("text", IMPERSONAL)
def test_what_is_not(text: str) -> None:
    """Numbers of documents, money, years, agencies and names carry no tag."""
    assert [text[tag.start : tag.end] for tag in find_on_page(text, CODES)] == []


def test_several_on_pages() -> None:
    """Pages are counted from 1, offsets from the beginning of each page's text."""
    texts = ["không có gì", "ĐT 0912345678/0987654321; CMND 212345678"]
    shown = [(tag.page, tag.kind.value, texts[1][tag.start : tag.end]) for tag in find_personal(texts, CODES)]
    assert shown == [
        (2, "phone", "0912345678"),
        (2, "phone", "0987654321"),
        (2, "identity_number", "212345678"),
    ]


def test_masks() -> None:
    """Digits become dots, blanks and words of a date stay, and nothing around them changes."""
    assert masked("ĐT: 0912 345 678.", CODES) == "ĐT: •••• ••• •••."
    assert masked("sinh ngày 01 tháng 02 năm 1980 tại", CODES) == "sinh ngày •• tháng •• năm •••• tại"
    assert masked("Hộ chiếu C1234567", CODES) == "Hộ chiếu ••••••••"
    assert mask(
        "ngắn", [PersonalTag(1, 2, 90, PersonalKind.PHONE), PersonalTag(1, 70, 90, PersonalKind.PHONE)]
    )


def test_masked_values() -> None:
    """Texts in JSON data are masked wherever they are; numbers and dates of documents are not."""
    given = {
        "subject": {"value": "ĐT 0912345678"},
        "recipients": {"value": "Sở A; Ông B, ĐT 0912345678"},
        "code_number": {"value": "0912345678"},
        "arrival_date": {"value": "2024-03-05"},
        "n": [1, None],
    }
    hidden = {
        "subject": {"value": "ĐT ••••••••••"},
        "recipients": {"value": "Sở A; Ông B, ĐT ••••••••••"},
    }
    assert masked_values(given, CODES) == given | hidden


def test_tags_are_json_and_hold_no_value() -> None:
    """A tag is stored as kind, page and place, and is known again."""
    (tag,) = find_on_page("CMND 212345678", CODES, 3)
    stored = {"kind": "identity_number", "page": 3, "start": 5, "end": 14}
    assert PersonalTag.of_json(stored) == tag


_pieces = st.one_of(
    st.sampled_from(["CMND", "CCCD số", "hộ chiếu", "ĐT:", "sinh ngày", "năm sinh", "STK", "Fax", "Kho bạc"]),
    st.text(alphabet="0123456789OIl|", max_size=14),
    st.text(alphabet=" .-/\n()", max_size=3),
    st.text(max_size=6),
)  # fmt: skip
papers = st.one_of(st.text(), st.lists(_pieces, max_size=25).map(" ".join), st.lists(_pieces).map("".join))


@given(papers)
def test_tags_are_places_of_the_text(text: str) -> None:
    """Any text has an answer; places lie in the text, in order, hold a digit and do not overlap."""
    end = 0
    for tag in find_on_page(text, CODES):
        assert end <= tag.start < tag.end <= len(text)
        assert any(sign.isdigit() for sign in text[tag.start : tag.end])
        end = tag.end


@given(papers)
def test_a_mask_keeps_length_and_leaves_no_digit(text: str) -> None:
    """What is outside of the tags is as before, what is inside has no digit."""
    tags, shown = find_on_page(text, CODES), masked(text, CODES)
    assert len(shown) == len(text)
    inside = {place for tag in tags for place in range(tag.start, tag.end)}
    assert all(shown[place] == text[place] for place in range(len(text)) if place not in inside)
    assert not any(shown[place].isdigit() for place in inside)
    assert not tags or MASK in shown


@given(st.text(), st.integers(0, 96), st.integers(0, 3), st.integers(0, 99_999_999), st.text())
def test_an_announced_number_never_stays(
    before: str, province: int, gender: int, rest: int, after: str
) -> None:
    """Behind its word an identity number is masked, whatever stands around it."""
    number = f"{province:03d}{gender}{rest:08d}"
    assert number not in masked(f"{before}\nCCCD số {number}\n{after}", CODES)
