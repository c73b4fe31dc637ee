"""Where a subject begins and ends."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Box, Line, Mark, MarkKind, Page, Zone
from sohoa.domain.archive.records import Field
from sohoa.domain.extract.head import find_head
from sohoa.domain.extract.subject import subject_field
from sohoa.domain.extract.types import TypeTable
from tests.support.calibration import CALIBRATION
from tests.support.pages import MOTTO, ROW, line, page

_LEFT = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 374/QĐ-UBND")
_RIGHT = (*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024")


def _subject_of(read: Page, types: TypeTable, *, letter: bool) -> Field | None:
    return subject_field(find_head(read, types, CALIBRATION.pages), CALIBRATION.subject, letter=letter)


def _subject(types: TypeTable, *body: str, left: tuple[str, ...] = _LEFT, letter: bool = False) -> str | None:
    found = subject_field(
        find_head(page(left=left, right=_RIGHT, body=body), types, CALIBRATION.pages),
        CALIBRATION.subject,
        letter=letter,
    )
    return found.value if found else None


@pytest.mark.parametrize(
    "after",
    [
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
        "Kính gửi: Hội đồng nhân dân tỉnh",
        "Thực hiện Kế hoạch số 12/KH-UBND của tỉnh,",
        "__________",
        "(Kèm theo Quyết định số 12/QĐ-UBND)",
        "Điều 1. Phê duyệt kế hoạch",
    ],
)
def test_ends(types: TypeTable, after: str) -> None:
    """Legal bases, the authority's heading, the addressee, a rule or the first article end a subject."""
    lines = ("QUYẾT ĐỊNH", "Về việc phê duyệt kế hoạch", "năm 2024 của tỉnh", after, "tiếp theo là nội dung")
    assert _subject(types, *lines) == "Về việc phê duyệt kế hoạch năm 2024 của tỉnh"


@pytest.mark.parametrize(
    "after",
    [
        "Theo đề nghị của Giám đốc Sở Nội vụ",
        "Xét Tờ trình số 12/TTr-SNV",
        "Thực hiện Nghị quyết của Hội đồng nhân dân",
        "Thực hiện Thông tư của Bộ Nội vụ",
        "Cử ông Nguyễn Văn An đến làm việc",
        "Trân trọng kính mời đồng chí",
        "Phần I. Tình hình chung",
        "I. TÌNH HÌNH CHUNG",
        "1. Kết quả",
        "Hôm nay, ngày 04 tháng 3",
        "Ngày 04/3/2024, Sở họp",
        "Vào hồi 8 giờ 30 phút",
        "Trong thời gian qua, các cơ quan",
        "(Ban hành kèm theo Quyết định)",
        "Phụ lục I",
        "Nhằm nâng cao chất lượng phục vụ",
        "Để công việc được thông suốt",
        "KHÓA X, KỲ HỌP THỨ 5",
    ],
)
def test_words_that_begin_what_follows(types: TypeTable, after: str) -> None:
    """A subject ends before bases, papers carried out, sections, minutes, purposes and the term of office."""
    lines = ("KẾ HOẠCH", "Kiểm tra công tác văn thư", "năm 2024 của tỉnh", after, "tiếp theo là nội dung")
    assert _subject(types, *lines) == "Kiểm tra công tác văn thư năm 2024 của tỉnh"


@pytest.mark.parametrize(
    "goes_on",
    [
        "nhằm nâng cao chất lượng phục vụ",
        "để công việc được thông suốt",
        "thực hiện Nghị quyết của Tỉnh ủy",
        "ngày 30 tháng 11 năm 2010 của Thủ tướng Chính phủ",
        "trong thời gian nghỉ Tết",
        "gồm: hồ chứa nước; kênh, mương; trạm bơm;",
        "thực hiện ý kiến của cử tri",
        "khóa X, nhiệm kỳ mới",
        "trong lĩnh vực nội vụ",
    ],
)
def test_words_that_go_on_in_a_subject(types: TypeTable, goes_on: str) -> None:
    """The same words in small letters, centred below the subject's first line, are its second."""
    lines = ("KẾ HOẠCH", "Kiểm tra công tác văn thư", goes_on, "", "Căn cứ Luật Lưu trữ;")
    assert _subject(types, *lines) == f"Kiểm tra công tác văn thư {goes_on}"


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        (("QUYẾT ĐỊNH CỦA UBND TỈNH SÔNG LAM", "Về việc lập Trạm giống"), "Về việc lập Trạm giống"),
        (("QUYẾT ĐỊNH", "CỦA ỦY BAN NHÂN DÂN TỈNH", "Về việc lập Trạm giống"), "Về việc lập Trạm giống"),
        (("CHỈ THỊ CỦA CHỦ TỊCH UBND HUYỆN", "VỀ VIỆC LẬP TRẠM GIỐNG"), "VỀ VIỆC LẬP TRẠM GIỐNG"),
        (("TỜ TRÌNH", "Kính gửi: Ủy ban nhân dân tỉnh"), None),
        (("QUYẾT ĐỊNH", "Căn cứ Luật Lưu trữ;"), None),
    ],
)
def test_neither_issuer_nor_addressee_enters_a_subject(
    types: TypeTable, title: tuple[str, ...], subject: str | None
) -> None:
    assert _subject(types, *title, "", "", "Căn cứ Luật;") == subject


def test_a_letter_without_a_mark_takes_no_addressee_for_its_subject(types: TypeTable) -> None:
    left = (*_LEFT[:3], "Số: 299/UBND-TH", "Kính gửi: Các cơ quan của tỉnh")
    assert _subject(types, "Nội dung", left=left, letter=True) is None


def test_a_stamp_over_a_line_of_the_subject_makes_it_doubtful(types: TypeTable) -> None:
    """What the stamp ``ĐẾN`` covers may be lost, what is read there may be the stamp's."""
    whole = page(
        left=_LEFT, right=_RIGHT, body=("QUYẾT ĐỊNH", "Phê duyệt Kế hoạch năm 2024", "", "Căn cứ Luật;")
    )
    line_of = next(each for each in whole.lines if each.text.startswith("Phê duyệt"))
    over = Box(line_of.box.x - 150, line_of.box.y - 40, 200, 120)
    stamped = replace(whole, marks=(Mark(MarkKind.STAMP, "ĐẾN", over),))
    beside = replace(whole, marks=(Mark(MarkKind.STAMP, "ĐẾN", replace(over, x=20, w=150)),))
    sure, doubtful = (_subject_of(read, types, letter=False) for read in (beside, stamped))
    assert sure is not None
    assert doubtful is not None
    assert sure.confidence >= 0.9 > doubtful.confidence


@pytest.mark.parametrize("scraps", ["Ngị:Œt [OI 12024.", "ĐẾN Số: 113", "ĐẾN"])
def test_words_of_a_stamp_in_the_margin_are_no_part_of_the_subject(types: TypeTable, scraps: str) -> None:
    whole = page(
        left=_LEFT, right=_RIGHT, body=("QUYẾT ĐỊNH", "Phê duyệt Kế hoạch cải cách hành chính năm 2024")
    )
    printed = next(each for each in whole.lines if each.text.startswith("Phê duyệt"))
    ink = line(scraps, Zone.BODY, printed.box.y, x=60).words
    lines = tuple(Line((*ink, *each.words), each.zone) if each is printed else each for each in whole.lines)
    found = _subject_of(replace(whole, lines=lines), types, letter=False)
    assert found is not None
    assert found.value == printed.text


def test_subject_in_capitals(types: TypeTable) -> None:
    """A subject set in capitals ends before the authority's heading, too."""
    lines = ("QUYẾT ĐỊNH", "VỀ VIỆC PHÊ DUYỆT KẾ HOẠCH", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "Căn cứ Luật;")
    assert _subject(types, *lines) == "VỀ VIỆC PHÊ DUYỆT KẾ HOẠCH"


def test_letter(types: TypeTable) -> None:
    """A letter's subject stands under its number, from ``V/v`` on, over several lines."""
    left = (*_LEFT[:3], "Số: 299/UBND-TH", "V/v công bố danh mục", "thủ tục hành chính")
    assert _subject(types, "Kính gửi: Sở Nội vụ", left=left, letter=True) == (
        "V/v công bố danh mục thủ tục hành chính"
    )


@pytest.mark.parametrize("sign", ["V⁄v", "Vv", "V/v:", "- V/v", "Về việc"])
def test_misread_beginning(types: TypeTable, sign: str) -> None:
    """``V/v`` is known with its slash misread or written out."""
    left = (*_LEFT[:3], "Số: 299/UBND-TH", f"{sign} cung cấp hồ sơ")
    found = _subject(types, "Kính gửi: Sở Nội vụ", left=left, letter=True)
    assert found is not None
    assert found.endswith("cung cấp hồ sơ")


@pytest.mark.parametrize(
    ("after", "gap", "confidence"),
    [("KHẨN", 1.8, 0.97), ("Kính gửi:", 1.1, 0.97), ("VÝ BÀNN: DÂN", 1.0, 0.4)],
)
def test_what_stands_under_a_letters_subject(
    types: TypeTable, after: str, gap: float, confidence: float
) -> None:
    """A stamp further down or hardly read, and the addressees, are no part of the subject."""
    above = ("Số: 299/UBND-TH", "V/v công bố danh mục", "thủ tục hành chính")
    head = page(left=(*_LEFT[:3], *above), right=_RIGHT)
    last = max(item.box.y for item in head.lines if item.zone is Zone.HEAD_LEFT)
    below = line(after, Zone.HEAD_LEFT, last + round(gap * ROW), confidence=confidence)
    found = subject_field(
        find_head(replace(head, lines=(*head.lines, below)), types, CALIBRATION.pages),
        CALIBRATION.subject,
        letter=True,
    )
    assert found is not None
    assert found.value == "V/v công bố danh mục thủ tục hành chính"


def test_a_subject_beside_the_head_is_found_whatever_the_notation_says_of_the_type(types: TypeTable) -> None:
    """``V/v`` under the number is a subject on a paper without a heading, too."""
    left = (*_LEFT[:3], "Số: 299/QĐ-UBND", "V/v công bố danh mục", "thủ tục hành chính")
    assert _subject(types, "Kính gửi: Sở Nội vụ", left=left) == "V/v công bố danh mục thủ tục hành chính"


def test_codes_broken_at_the_line_end(types: TypeTable) -> None:
    """A code broken at its hyphen is joined, a dash between words keeps its spaces."""
    lines = (
        "BÁO CÁO",
        "Kết quả thực hiện Nghị quyết số 12/NQ-",
        "CP về kinh tế -",
        "xã hội",
        "",
        "",
        "Căn cứ",
    )
    assert _subject(types, *lines) in (
        "Kết quả thực hiện Nghị quyết số 12/NQ-CP về kinh tế - xã hội",
        "Kết quả thực hiện Nghị quyết số 12/NQ- CP về kinh tế - xã hội",
    )


def test_none(types: TypeTable) -> None:
    """No heading and no ``V/v``: no subject."""
    assert _subject(types, "Kính gửi: Sở Nội vụ", letter=True) is None


def _placed(types: TypeTable, *lines: tuple[str, int]) -> str | None:
    """The subject under a centred heading; every line of the body with its left edge, in pixels."""
    head = page(left=_LEFT, right=_RIGHT, body=("KẾ HOẠCH",))
    first = head.lines[-1].box
    start, middle = first.y + 40, first.middle[0]
    body = []
    for index, (text, shift) in enumerate(lines):
        printed = line(text, Zone.BODY, start + 40 * index, x=0)
        left = int(middle - printed.box.w / 2) + shift
        body.append(line(text, Zone.BODY, start + 40 * index, x=left))
    found = subject_field(
        find_head(replace(head, lines=(*head.lines, *body)), types, CALIBRATION.pages),
        CALIBRATION.subject,
        letter=False,
    )
    return found.value if found else None


_FULL = "Các cơ quan rà soát danh sách hộ dân và tổng hợp hồ sơ còn tồn đọng trước ngày mười tháng này, bổ"
_FIRST = _FULL[:-6]  # six letters of 13 pixels are the least indent, 10 mm


def test_paragraph_with_the_least_indent_ends_the_subject(types: TypeTable) -> None:
    """A paragraph that is indented by 10 mm runs to the right margin and is no longer centred: the body."""
    found = _placed(types, ("Triển khai công tác năm 2024", 0), (_FIRST, 39), (_FULL, 0), (_FULL, 0))
    assert found == "Triển khai công tác năm 2024"


def test_sentence_off_the_middle_ends_the_subject(types: TypeTable) -> None:
    """A short paragraph of one sentence is not the subject's last line."""
    found = _placed(types, ("Họp về công tác năm 2024", 0), ("Thời gian: 8 giờ 30 phút, ngày mai.", -300))
    assert found == "Họp về công tác năm 2024"


@pytest.mark.parametrize(("text", "shift"), [(_FIRST, 39), ("Số lượng: 12 bản; số trang: 14.", -80)])
def test_slip_without_subject(types: TypeTable, text: str, shift: int) -> None:
    """A body that begins right under the heading is no subject."""
    assert _placed(types, (text, shift), (_FULL, 0), (_FULL, 0)) is None


def test_a_subject_that_a_scrap_in_capitals_may_have_cut_waits_for_a_person(types: TypeTable) -> None:
    """``KHẨN`` below a subject and ``COVID-19`` inside one look alike when they are hardly read."""
    left = (*_LEFT[:3], "Số: 299/UBND-TH", "V/v phòng, chống dịch", "COVID-19", "năm 2020")
    whole = page(left=left, right=_RIGHT, body=("Kính gửi: Sở Y tế",))
    lines = tuple(
        Line(tuple(replace(word, confidence=0.5) for word in each.words), each.zone)
        if each.text == "COVID-19"
        else each
        for each in whole.lines
    )
    found = subject_field(
        find_head(replace(whole, lines=lines), types, CALIBRATION.pages), CALIBRATION.subject, letter=True
    )
    assert found is not None
    assert found.value == "V/v phòng, chống dịch"
    assert found.confidence < 0.9


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        (("GIẤY PHÉP XÂY DỰNG", "", "1. Cấp cho ông Lê Văn Mẫu"), "GIẤY PHÉP XÂY DỰNG"),
        (
            ("GIẤY PHÉP MÔI TRƯỜNG", "", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "Căn cứ Luật Bảo vệ"),
            "GIẤY PHÉP MÔI TRƯỜNG",
        ),
        (
            ("GIẤY PHÉP KHAI THÁC, SỬ DỤNG", "NƯỚC DƯỚI ĐẤT", "", "Căn cứ Luật Tài nguyên nước"),
            "GIẤY PHÉP KHAI THÁC, SỬ DỤNG NƯỚC DƯỚI ĐẤT",
        ),
        (("GIẤY PHÉP XÂY DỰNG", "Về việc xây trụ sở", "", "Căn cứ Luật Xây dựng"), "Về việc xây trụ sở"),
        (("HỢP ĐỒNG LAO ĐỘNG", "", "Căn cứ Bộ luật Lao động"), "HỢP ĐỒNG LAO ĐỘNG"),
        (("GIẤY CHỨNG NHẬN ĐĂNG KÝ XE", "", "Căn cứ Luật"), "GIẤY CHỨNG NHẬN ĐĂNG KÝ XE"),
    ],
)
def test_words_after_the_type_may_be_of_its_title(
    types: TypeTable, body: tuple[str, ...], subject: str
) -> None:
    """A permit is called by its whole title: what of it is the subject, a person decides."""
    found = _subject_of(page(left=_LEFT, right=_RIGHT, body=body), types, letter=False)
    assert found is not None
    assert found.value == subject
    assert found.confidence < 0.9


def test_a_judgment_tells_its_matter_under_the_number(types: TypeTable) -> None:
    """Without a heading the subject stands in the left column, whatever the type."""
    left = ("TÒA ÁN NHÂN DÂN", "HUYỆN THANH HÀ", "", "Bản án số: 08/2019/DS-ST", "V/v tranh chấp hợp đồng")
    found = _subject_of(page(left=left, right=MOTTO, body=("NHÂN DANH",)), types, letter=False)
    assert found is not None
    assert found.value == "V/v tranh chấp hợp đồng"


@pytest.mark.parametrize(
    "title",
    [
        ("QUYẾT ĐỊNH CỦA ỦY BAN NHÂN DÂN TỈNH SÔNG", "LAM", "Về việc lập trạm giống"),
        ("QUYẾT ĐỊNH CỦA", "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "Về việc lập trạm giống"),
        ("QUYẾT ĐỊNH", "CỦA ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "Về việc lập trạm giống"),
        ("QUYẾT ĐỊNH CỦA CHỦ TỊCH TỈNH", "VỀ VIỆC LẬP TRẠM GIỐNG"),
    ],
)
def test_the_issuer_in_the_heading_is_no_subject(types: TypeTable, title: tuple[str, ...]) -> None:
    """Its name may go on over a line; the subject comes after it."""
    found = _subject(types, *title, "", "Căn cứ Luật Tổ chức chính quyền địa phương;")
    assert found is not None
    assert found.lower() == "về việc lập trạm giống"


def test_the_only_paragraph_of_a_short_paper_is_no_subject(types: TypeTable) -> None:
    """No other line shows the margin that it runs to: it is wide and not centred."""
    read = page(left=_LEFT, right=_RIGHT, body=("CHỈ THỊ", "về tăng cường sự lãnh đạo công tác dân vận"))
    words = "Thời gian qua, các cấp ủy đảng trong tỉnh đã quan tâm lãnh đạo công tác dân vận"
    below = max(each.box.y for each in read.lines) + 2 * ROW
    body = line(words, Zone.BODY, below, x=330)
    found = _subject_of(replace(read, lines=(*read.lines, body)), types, letter=False)
    assert found is not None
    assert found.value == "về tăng cường sự lãnh đạo công tác dân vận"


@pytest.mark.parametrize(("first", "certain"), [
    ("Cử ông Nguyễn Văn Mẫu đến làm việc tại xã.", False),
    ("Phê duyệt kế hoạch số hóa tài liệu lưu trữ", True),
    ("Về việc phê duyệt kế hoạch số hóa tài liệu.", True),
])  # fmt: skip
def test_a_sentence_right_under_the_heading_is_no_certain_subject(
    types: TypeTable, first: str, certain: bool
) -> None:
    """Papers of introduction and the like have none, and begin with what they say."""
    found = _subject_of(
        page(left=_LEFT, right=_RIGHT, body=("GIẤY GIỚI THIỆU", first, "__________")), types, letter=False
    )
    assert (found is not None and found.confidence >= 0.9) is certain


_TYPED = (
    ("V/v đôn đốc việc lập hồ sơ", 300),
    ("của các cơ quan, đơn vị trên địa bàn tỉnh", 190),
    ("năm 1986", 430),
)


def _letter(types: TypeTable, *lines: tuple[str, int], letter: bool = True) -> Field | None:
    """A typed head; the lines stand close below the number, all of them in the body's zone."""
    head = page(left=_LEFT, right=_RIGHT)
    below = [line(text, Zone.BODY, 228 + index * ROW, x=x) for index, (text, x) in enumerate(lines)]
    return _subject_of(replace(head, lines=(*head.lines, *below)), types, letter=letter)


def test_a_typed_subject_may_be_wider_than_its_column(types: TypeTable) -> None:
    """Its lines are centred under each other."""
    found = _letter(types, *_TYPED)
    assert found is not None
    assert found.value == "V/v đôn đốc việc lập hồ sơ của các cơ quan, đơn vị trên địa bàn tỉnh năm 1986"


def test_a_subject_with_another_line_close_below_is_not_sure(types: TypeTable) -> None:
    """What stands there may be of it."""
    found = _letter(types, _TYPED[0], ("của các cơ quan, đơn vị trên địa bàn", 380))
    assert found is not None
    assert (found.value, found.confidence < 0.9) == ("V/v đôn đốc việc lập hồ sơ", True)


def test_an_indented_paragraph_of_ragged_print_ends_the_subject(types: TypeTable) -> None:
    """Typed lines do not run to a margin; the next line begins further left."""
    lines = [
        line("CHỈ THỊ", Zone.BODY, 400, x=780),
        line("Về việc phê duyệt kế hoạch lưu trữ", Zone.BODY, 400 + ROW, x=620),
        line(
            "Các cơ quan lập danh mục hồ sơ, gửi kho lưu trữ ở huyện và xã", Zone.BODY, 400 + 3 * ROW, x=340
        ),
        line("theo quy định hiện hành của Nhà nước về lưu trữ, kho tàng", Zone.BODY, 400 + 4 * ROW, x=240),
        line("và theo hướng dẫn của Bộ về công tác văn thư trong cả nước", Zone.BODY, 400 + 5 * ROW, x=240),
    ]
    head = page(left=_LEFT, right=_RIGHT)
    found = _subject_of(replace(head, lines=(*head.lines, *lines)), types, letter=False)
    assert found is not None
    assert found.value == "Về việc phê duyệt kế hoạch lưu trữ"
