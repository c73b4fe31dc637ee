"""Heads are found whatever way the page was cut into lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ocr.page import Box, Line, Mark, MarkKind, Page, Word, Zone
from sohoa.domain.extract.head import find_head
from sohoa.domain.extract.notation import notation_field
from sohoa.domain.extract.number import number_field, parse_number_line
from sohoa.domain.extract.types import TypeTable
from tests.support.calibration import CALIBRATION
from tests.support.pages import MOTTO, ROW, line, page

_PAGE = page(
    left=("UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ", "", "Số: 12/BC-SNV"),
    right=(*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024"),
    body=("BÁO CÁO", "Về việc kiểm tra", "", "", "Thực hiện Kế hoạch"),
)


def test_zones(types: TypeTable) -> None:
    """With zones, agency, number, date and type heading are in their places."""
    head = find_head(_PAGE, types, CALIBRATION.pages)
    assert [line.text for line in head.organ] == ["UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ"]
    assert head.number is not None
    assert head.date is not None
    assert head.kind is not None
    assert (head.motto, head.party, head.kind.name) == (True, False, "Báo cáo")


def test_without_zones(types: TypeTable) -> None:
    """A page whose lines all count as body is cut by position."""
    flat = replace(_PAGE, lines=tuple(replace(line, zone=Zone.BODY) for line in _PAGE.lines))
    head = find_head(flat, types, CALIBRATION.pages)
    assert [line.text for line in head.organ] == ["UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ"]
    assert head.number is not None
    assert head.kind is not None


def test_rows_read_across_both_columns(types: TypeTable) -> None:
    """Rows that hold both columns are cut where the motto or the date begins."""
    left = [line for line in _PAGE.lines if line.zone is Zone.HEAD_LEFT]
    right = [line for line in _PAGE.lines if line.zone is Zone.HEAD_RIGHT]
    rows = tuple(Line((*a.words, *b.words)) for a, b in zip(left, right, strict=True))
    rest = tuple(line for line in _PAGE.lines if line.zone is Zone.BODY)
    head = find_head(replace(_PAGE, lines=(*rows, *rest)), types, CALIBRATION.pages)
    assert [line.text for line in head.organ] == ["UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ"]
    assert head.date is not None
    assert head.date.text.startswith("Sông Lam")


def test_number_put_on_by_a_signature(types: TypeTable) -> None:
    """Digits that only a signature's appearance shows complete the number line."""
    open_number = page(
        left=("SỞ NỘI VỤ", "", "", "Số:     /BC-SNV"), right=(*MOTTO, "", "Sông Lam"), body=("BÁO CÁO",)
    )
    number = next(line for line in open_number.lines if line.text.startswith("Số"))
    first = number.words[0].box
    mark = Mark(MarkKind.SIGNATURE_APPEARANCE, " 11", Box(first.right + 2, first.y, 60, first.h))
    parsed = parse_number_line(find_head(_marked(open_number, mark), types, CALIBRATION.pages), CALIBRATION)
    assert parsed is not None
    assert (parsed.sign.text, parsed.note) == ("11", "BC-SNV")


def test_a_number_line_that_only_a_signature_shows(types: TypeTable) -> None:
    """Where print has no number line, a signature's appearance in the upper left may hold it all."""
    bare = page(left=("SỞ NỘI VỤ",), right=(*MOTTO, "", "Sông Lam"), body=("BÁO CÁO",))
    for text, wanted in (("Số: 11b/BC-SNV", ("11", "b", "BC-SNV")), ("Ký bởi: Sở Nội vụ", None)):
        mark = Mark(MarkKind.SIGNATURE_APPEARANCE, text, Box(210, 300, 260, 30))
        parsed = parse_number_line(find_head(_marked(bare, mark), types, CALIBRATION.pages), CALIBRATION)
        assert (parsed and (parsed.sign.text, parsed.suffix, parsed.note)) == wanted
    low = Mark(MarkKind.SIGNATURE_APPEARANCE, "Số: 11/BC-SNV", Box(210, 2000, 260, 30))
    assert find_head(_marked(bare, low), types, CALIBRATION.pages).number is None


def test_words_of_a_number_line_keep_their_order(types: TypeTable) -> None:
    """A word may be given too wide a box: the page's order of words holds."""
    number = next(line for line in _PAGE.lines if line.text.startswith("Số"))
    first = number.words[0].box
    tail = Word("/2014/TTLT-BTP-BCA", Box(first.x + 10, first.y, 300, first.h), 0.85)
    digits = Word("529", Box(first.x + 40, first.y, 40, first.h), 0.99)
    wide = Line((number.words[0], digits, tail), number.zone)
    lines = tuple(wide if line is number else line for line in _PAGE.lines)
    parsed = parse_number_line(find_head(replace(_PAGE, lines=lines), types, CALIBRATION.pages), CALIBRATION)
    assert parsed is not None
    assert (parsed.sign.text, parsed.note) == ("529", "2014/TTLT-BTP-BCA")


def test_continuation_page_has_no_head(types: TypeTable) -> None:
    """A page of running text has neither motto nor number nor type."""
    head = find_head(
        page(number=2, body=("tiếp tục thực hiện các nhiệm vụ", "theo quy định tại Luật.")),
        types,
        CALIBRATION.pages,
    )
    assert (head.motto, head.number, head.date, head.kind) == (False, None, None, None)


def _marked(source: Page, mark: Mark) -> Page:
    return replace(source, marks=(mark,))


def test_heading_beside_a_stamp(types: TypeTable) -> None:
    """Ink of a stamp in the margin, read into the heading's row, does not hide the type."""
    heading = next(line for line in _PAGE.lines if line.text == "BÁO CÁO")
    ink = Word("lã", Box(150, heading.box.y, 40, 26), 0.3)
    row = Line((ink, *heading.words), Zone.BODY)
    lines = tuple(row if line is heading else line for line in _PAGE.lines)
    head = find_head(replace(_PAGE, lines=lines), types, CALIBRATION.pages)
    assert head.kind is not None
    assert head.kind.name == "Báo cáo"
    assert head.heading is not None
    assert head.heading.text == "BÁO CÁO"


def test_a_title_that_cites_a_number_is_no_head(types: TypeTable) -> None:
    """An annex without a head begins with its title: the paper it goes with gives its number, no more."""
    annex = page(
        body=(
            "QUY CHẾ",
            "Làm việc của Ban Chỉ đạo",
            "(Ban hành kèm theo Quyết định số 345/QĐ-UBND ngày 18 tháng 6 năm 2021)",
            "QUY ĐỊNH CHUNG",
        )
    )
    head = find_head(annex, types, CALIBRATION.pages)
    assert head.kind is not None
    assert head.number is not None
    assert (head.kind.name, head.number.text, head.date) == ("Quy chế", "số 345/QĐ-UBND", None)
    assert head.cited


def test_a_body_that_opens_with_a_cited_number_is_not_cut(types: TypeTable) -> None:
    """A consolidated text begins with the paper that it holds: no row of number and date."""
    cited = "Thông tư số 26/2016/TT-BXD ngày 26 tháng 10 năm 2016 của Bộ trưởng"
    left, right = ("BỘ XÂY DỰNG", "", "Số: 06/VBHN-BXD"), (*MOTTO, "Hà Nội, ngày 22 tháng 11 năm 2019")
    read = page(left=left, right=right, body=("THÔNG TƯ", "Về quản lý chất lượng", ""))
    lines = (*read.lines, line(cited, Zone.BODY, 600, x=300))
    head = find_head(replace(read, lines=lines), types, CALIBRATION.pages)
    assert [each.text for each in head.below] == []
    assert head.title[-1].text == cited


def test_the_state_in_a_title_is_no_column(types: TypeTable) -> None:
    """``NƯỚC CỘNG HÒA …`` under a heading stays whole, and so does a sentence that names the state."""
    for text in ("NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "theo Hiến pháp nước Cộng hòa xã hội chủ nghĩa"):
        head = find_head(page(left=("QUỐC HỘI",), body=("HIẾN PHÁP", text)), types, CALIBRATION.pages)
        assert [each.text for each in head.title] == [text]


def test_a_signature_on_the_right_tells_the_number(types: TypeTable) -> None:
    """An annex in a file of its own may have its number only in the signature's first line."""
    bare = page(body=("DANH MỤC", "Thủ tục hành chính"))
    mark = Mark(
        MarkKind.SIGNATURE_APPEARANCE,
        "Số: 46/QĐ-UBND\nThời gian ký: 2025-02-19T16:02:23+07:00",
        Box(1200, 1, 400, 60),
    )
    parsed = parse_number_line(find_head(_marked(bare, mark), types, CALIBRATION.pages), CALIBRATION)
    assert parsed is not None
    assert (parsed.sign.text, parsed.note) == ("46", "QĐ-UBND")


@pytest.mark.parametrize(
    ("body", "number", "note", "date", "title"),
    [
        (("GIẤY PHÉP XÂY DỰNG", "Số: 127/GPXD", "Cấp cho ông Lê Văn Mẫu"), "127", "GPXD", "", 1),
        (("HỢP ĐỒNG KINH TẾ", "Số: 15/2019/HĐKT"), "15", "2019/HĐKT", "", 0),
        (("BIÊN BẢN", "Vi phạm hành chính", "Số: 09/BB-VPHC", "Hôm nay"), "09", "BB-VPHC", "", 2),
        (("QUYẾT ĐỊNH SỐ 115-HĐBT", "Về sửa đổi mức thuế"), "115", "HĐBT", "", 1),
        (("NGHỊ ĐỊNH SỐ 12-CP NGÀY 03-02-1994", "Về đất đô thị"), "12", "CP", "NGÀY 03-02-1994", 1),
    ],
)
def test_a_number_in_the_title(
    types: TypeTable, body: tuple[str, ...], number: str, note: str, date: str, title: int
) -> None:
    """Permits, contracts and minutes have it centred under the heading, gazettes in it."""
    head = find_head(page(left=("SỞ XÂY DỰNG",), right=MOTTO, body=body), types, CALIBRATION.pages)
    parsed = parse_number_line(head, CALIBRATION)
    assert parsed is not None
    assert (parsed.sign.text, parsed.note) == (number, note)
    assert (head.date.text if head.date else "") == date
    assert len(head.title) == title
    assert [each.text for each in head.organ] == ["SỞ XÂY DỰNG"]


def test_the_number_beside_the_motto_comes_first(types: TypeTable) -> None:
    """What a title cites under the heading is another paper's number where the head has one."""
    body = ("THÔNG BÁO", "Số: 15/KH-SNV")
    left = ("SỞ NỘI VỤ", "", "Số: 12/TB-SNV")
    head = find_head(page(left=left, right=MOTTO, body=body), types, CALIBRATION.pages)
    assert head.number is not None
    assert head.number.text == "Số: 12/TB-SNV"
    assert [each.text for each in head.title] == ["Số: 15/KH-SNV"]


def test_place_and_date_under_the_number(types: TypeTable) -> None:
    """Companies write both in the left column."""
    left = ("CÔNG TY MÍA ĐƯỜNG", "", "Số: 12/CV-CT", "Sông Lam, ngày 05 tháng 3 năm 2001", "V/v thu mua mía")
    head = find_head(
        page(left=left, right=MOTTO, body=("Kính gửi: Sở Công nghiệp",)), types, CALIBRATION.pages
    )
    assert head.date is not None
    assert head.date.text == "Sông Lam, ngày 05 tháng 3 năm 2001"
    assert [each.text for each in head.below] == ["V/v thu mua mía"]


def test_a_notation_over_two_lines(types: TypeTable) -> None:
    """What is broken after a hyphen goes on in the next line; a subject below does not."""
    for below, note in (("TANDTC", "2014/TTLT-BTP-BCA-TANDTC"), ("V/v TGPL", "2014/TTLT-BTP-BCA")):
        left = ("BỘ TƯ PHÁP - BỘ CÔNG AN", "TÒA ÁN NHÂN DÂN TỐI CAO", "Số: 11/2014/TTLT-BTP-BCA-", below)
        head = find_head(page(left=left, right=MOTTO, body=("THÔNG TƯ",)), types, CALIBRATION.pages)
        parsed = parse_number_line(head, CALIBRATION)
        assert parsed is not None
        assert (parsed.sign.text, parsed.note) == ("11", note)
        assert [each.text for each in head.below] == ([] if below == "TANDTC" else [below])


@pytest.mark.parametrize("citing", [
    "(Kèm theo Quyết định số 246/QĐ-UBND ngày 05/02/2025",
    "(Ban hành kèm theo Quyết định số: 246 /QĐ-UBND ngày 05 tháng 02 năm 2025 của",
])  # fmt: skip
def test_an_annex_in_a_file_of_its_own_has_the_number_it_goes_with(types: TypeTable, citing: str) -> None:
    """It is archived with its decision; it is no decision itself, and the number never goes unlooked at."""
    annex = page(body=("PHỤ LỤC I", "DANH MỤC THIẾT BỊ", citing, "của Ủy ban nhân dân tỉnh)", "1. Máy in"))
    head = find_head(annex, types, CALIBRATION.pages)
    parsed = parse_number_line(head, CALIBRATION)
    number = number_field(parsed, (), 1, CALIBRATION.numbers)
    note = notation_field(parsed, head, types, "", (), CALIBRATION.notation)
    assert number is not None
    assert note is not None
    assert (number.value, note.value) == ("246", "QĐ-UBND")
    assert max(number.confidence, note.confidence) < 0.9


def test_a_paper_with_its_own_head_does_not_take_the_number_it_cites(types: TypeTable) -> None:
    citing = "(Kèm theo Quyết định số 246/QĐ-UBND ngày 05/02/2025)"
    for right in ((*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024"), MOTTO):
        head = find_head(
            page(left=("SỞ NỘI VỤ",), right=right, body=("KẾ HOẠCH", citing)), types, CALIBRATION.pages
        )
        assert head.number is None
    assert (
        find_head(
            page(body=("PHỤ LỤC", "(Kèm theo Quyết định số     /QĐ-UBND ngày")), types, CALIBRATION.pages
        ).number
        is None
    )


def test_a_note_of_an_office_beside_the_subject_is_no_part_of_it(types: TypeTable) -> None:
    """Rows read across both are cut where the note's other lines begin; a strip read twice is dropped."""
    read = page(left=("SỞ NỘI VỤ", "Số: 12/SNV-VP"), right=(*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024"))
    row = read.lines[-1].box.y + ROW
    across = _beside("V/v bảo đảm trật tự cho", "1. Cô Hương gửi các đơn vị", row)
    second = _beside("học sinh trong dịp hè", "2. Phòng Hành chính theo dõi", row + ROW)
    strip = line("sinh trong", Zone.HEAD_LEFT, row + ROW, x=230)
    strip = Line(tuple(replace(word, box=replace(word.box, h=8)) for word in strip.words), strip.zone)
    note = (
        line("để thực hiện", Zone.BODY, row + 2 * ROW, x=900),
        line("đúng hạn", Zone.BODY, row + 3 * ROW, x=902),
    )
    rest = line("Kính gửi: Các trường học", Zone.BODY, row + 6 * ROW, x=500)
    lines = (*read.lines, across, second, strip, *note, rest)
    found = find_head(replace(read, lines=lines), types, CALIBRATION.pages)
    assert [each.text for each in found.below] == ["V/v bảo đảm trật tự cho", "học sinh trong dịp hè"]
    assert "1. Cô Hương gửi các đơn vị" in [each.text for each in found.body]


def _beside(left: str, right: str, y: int) -> Line:
    halves = (line(left, Zone.BODY, y, x=200), line(right, Zone.BODY, y, x=900))
    return Line((*halves[0].words, *halves[1].words), Zone.BODY)
