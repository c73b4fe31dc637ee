"""Reading order: head left, head right, body, foot left, foot right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.layout import zones
from ocr.page import Box, Word, Zone
from ocr.recognition import noise
from tests.support.drawn import words

WIDTH, HEIGHT = 1600, 2300
HEAD = [
    words("ỦY BAN NHÂN DÂN", 150, 100) + words("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 720, 100),
    words("XÃ BÌNH MINH", 180, 130) + words("Độc lập - Tự do - Hạnh phúc", 800, 130),
    words("Số: 12/UBND-VP", 170, 180) + words("Bình Minh, ngày 05 tháng 3 năm 2020", 740, 182),
    words("V/v trồng cây", 180, 212),
    words("đầu năm", 200, 240),
]
BODY = [
    words("Kính gửi: Các thôn", 600, 330),
    words("Thực hiện kế hoạch năm nay, Ủy ban đề nghị các thôn trồng cây dọc đường làng", 150, 400),
    words("và báo cáo trước ngày mười.", 150, 430),
]
FOOT = [
    words("Nơi nhận:", 150, 520) + words("TM. ỦY BAN NHÂN DÂN", 950, 518),
    words("- Như trên;", 150, 550) + words("CHỦ TỊCH", 1010, 548),
    words("- Lưu: VT.", 150, 580),
    words("Trần Văn Mẫu", 1000, 700),
]


def zoned(lines: list[tuple[Word, ...]]) -> list[tuple[Zone, str]]:
    return [(line.zone, line.text) for line in zones.arrange(lines, WIDTH, HEIGHT)]


def test_columns_are_parted_and_ordered() -> None:
    """Lines that the engine joined across columns are parted, each column is read to its end."""
    read = zoned([*HEAD, *BODY, *FOOT])
    texts = [text for _, text in read]
    assert texts[:5] == ["ỦY BAN NHÂN DÂN", "XÃ BÌNH MINH", "Số: 12/UBND-VP", "V/v trồng cây", "đầu năm"]
    assert texts[5:8] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bình Minh, ngày 05 tháng 3 năm 2020",
    ]
    assert texts[8].startswith("Kính gửi")
    assert texts[-6:] == [
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
    ]  # fmt: skip


def test_a_number_without_a_date_beside_it_is_of_the_head() -> None:
    """Missing, in digits, or not understood: the date never costs the number its column."""
    for date in ("", "Bình Minh, ngày 05/3/2020", "Bình Minh, 2020"):
        row = words("Số: 12/UBND-VP", 170, 180) + (words(date, 740, 182) if date else ())
        read = zoned([*HEAD[:2], row, *BODY])
        assert (Zone.HEAD_LEFT, "Số: 12/UBND-VP") in read
        assert (Zone.BODY, "Kính gửi: Các thôn") in read


def test_a_day_of_the_body_is_no_date_line() -> None:
    """Minutes begin with their day at the body's margin, close under the motto."""
    for text in (
        "Hôm nay, ngày 15 tháng 5 năm 2020, tại trụ sở xã",
        "Hôm nay, vào lúc 14 giờ ngày 12 tháng 9 năm 2019",
    ):
        assert (Zone.BODY, text) in zoned([*HEAD[:2], words(text, 230, 260), *BODY])


def test_a_date_that_begins_left_of_a_short_motto_stays_whole() -> None:
    """The Party's name is shorter than place and date under it: the place is not cut off."""
    head = [
        words("TỈNH ỦY SÔNG LAM", 200, 100) + words("ĐẢNG CỘNG SẢN VIỆT NAM", 860, 100),
        words("Số 25-CT/TU", 210, 180) + words("Sông Lam, ngày 12 tháng 3 năm 2019", 790, 180),
    ]
    read = zoned([*head, *BODY])
    assert (Zone.HEAD_LEFT, "Số 25-CT/TU") in read
    assert (Zone.HEAD_RIGHT, "Sông Lam, ngày 12 tháng 3 năm 2019") in read


def test_a_head_without_a_motto_has_columns_too() -> None:
    """Number and date side by side part a head whose right column has no motto."""
    first = words("HỘI KHUYẾN HỌC", 200, 100)
    for head in (
        [first, words("Số: 12/BC-HKH", 210, 180) + words("Sông Lam, ngày 12 tháng 3 năm 2019", 850, 182)],
        [first + words("Sông Lam, ngày 12 tháng 3 năm 2019", 850, 100), words("Số: 12/BC-HKH", 210, 180)],
    ):
        read = zoned([*head, words("BÁO CÁO", 700, 260), *BODY])
        assert [text for zone, text in read if zone is Zone.HEAD_LEFT] == ["HỘI KHUYẾN HỌC", "Số: 12/BC-HKH"]
        assert [zone for zone, text in read if text.startswith("Sông Lam")] == [Zone.HEAD_RIGHT]
        assert (Zone.BODY, "BÁO CÁO") in read


def test_the_state_is_named_in_titles_and_sentences() -> None:
    """Only where it stands alone is it the motto: the head ends above the title and the body."""
    title = words("NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 400, 280)
    basis = words("Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;", 230, 340)
    read = zoned([*HEAD[:2], words("LUẬT", 720, 230), title, basis, *BODY])
    for text in ("LUẬT", "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Căn cứ Hiến pháp nước Cộng hòa xã hội"):
        assert any(zone is Zone.BODY and line.startswith(text) for zone, line in read)


def test_the_number_below_the_date_is_of_the_head() -> None:
    """A long column of issuers, then a rule, then the number: lower than the date beside it."""
    head = [
        *HEAD[:2],
        words("BAN THƯỜNG TRỰC", 170, 160),
        words("Bình Minh, ngày 05 tháng 3 năm 2020", 740, 180),
    ]
    read = zoned([*head, words("Số: 61/MTTQ-BTT", 180, 230), words("V/v phối hợp", 190, 262), *BODY])
    assert [text for zone, text in read if zone is Zone.HEAD_LEFT][-2:] == ["Số: 61/MTTQ-BTT", "V/v phối hợp"]


def test_a_short_heading_under_a_short_motto_is_of_the_body() -> None:
    """The Party's name begins so far right that a centred heading ends before it: its middle tells."""
    head = [
        words("BAN BÍ THƯ", 230, 100) + words("ĐẢNG CỘNG SẢN VIỆT NAM", 900, 100),
        words("Số 62-CT/TW", 220, 130) + words("Hà Nội, ngày 08 tháng 02 năm 2001", 860, 130),
    ]
    read = zoned([*head, words("CHỈ THỊ", 765, 172), words("về công tác phụ vận", 700, 210), *BODY])
    assert (Zone.BODY, "CHỈ THỊ") in read


def test_zones_are_named() -> None:
    """Every line knows its zone."""
    read = zoned([*HEAD, *BODY, *FOOT])
    order = [Zone.HEAD_LEFT, Zone.HEAD_RIGHT, Zone.BODY, Zone.FOOT_LEFT, Zone.FOOT_RIGHT]
    assert list(dict.fromkeys(zone for zone, _ in read)) == order


def test_page_without_head_or_foot_is_body() -> None:
    """A page of running text stays in its order, all of it body."""
    read = zoned(BODY[1:])
    assert {zone for zone, _ in read} == {Zone.BODY}


def test_signature_block_without_recipients_is_found() -> None:
    """A last page with authority and name but no ``Nơi nhận`` has a right foot."""
    read = zoned([*BODY[1:], words("KT. GIÁM ĐỐC", 950, 520), words("Trần Văn Mẫu", 980, 700)])
    assert [text for zone, text in read if zone is Zone.FOOT_RIGHT] == ["KT. GIÁM ĐỐC", "Trần Văn Mẫu"]


@pytest.mark.parametrize(
    "post",
    ["CHÁNH ÁN", "THẨM PHÁN - CHỦ TỌA PHIÊN TÒA", "KIỂM SÁT VIÊN", "CHỦ NHIỆM", "CHỈ HUY TRƯỞNG", "TRƯỞNG TY",
     "XÁC THỰC VĂN BẢN HỢP NHẤT"],
)  # fmt: skip
def test_posts_of_courts_forces_and_old_offices_open_the_signature(post: str) -> None:
    """They stand over a name as those of a province's offices do."""
    read = zoned([*BODY[1:], words(post, 950, 520), words("Trần Văn Mẫu", 980, 700)])
    assert [text for zone, text in read if zone is Zone.FOOT_RIGHT] == [post, "Trần Văn Mẫu"]


def test_parted_words_of_one_line_are_joined() -> None:
    """Two fragments at one height in the body become one printed line."""
    fragments = [words("Điều 1. Phê duyệt", 150, 900), words("kế hoạch.", 700, 903)]
    assert [text for _, text in zoned(fragments)] == ["Điều 1. Phê duyệt kế hoạch."]


boxes = st.builds(Box, st.integers(0, 1500), st.integers(0, 2200), st.integers(1, 400), st.integers(1, 60))
some_words = st.builds(
    Word, st.sampled_from(["Số:", "ngày", "CỘNG", "HÒA", "xã", "-", "Nơi", "nhận:"]), boxes, st.just(0.9)
)


@given(st.lists(st.lists(some_words, min_size=1, max_size=6), max_size=12))
def test_no_word_is_lost_or_doubled(lines: list[list[Word]]) -> None:
    """Whatever stands on the page, arranging keeps every word exactly once."""
    arranged = zones.arrange(lines, WIDTH, HEIGHT)
    before = sorted((word.text, word.box) for line in lines for word in line)
    after = sorted((word.text, word.box) for line in arranged for word in line.words)
    assert before == after


def test_rules_and_specks_are_no_print() -> None:
    """Underlines and doubtful signs vanish, words and bullets stay."""
    line = (
        Word("-", Box(0, 0, 8, 4), 0.9),
        Word("Như", Box(20, 0, 40, 20), 0.95),
        Word("____", Box(70, 18, 90, 3), 0.4),
        Word("¬", Box(170, 0, 5, 5), 0.2),
    )
    assert [word.text for word in noise.printed(line)] == ["-", "Như"]
    assert noise.printed((Word("|", Box(0, 0, 3, 80), 0.5),)) == ()
