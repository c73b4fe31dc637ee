"""Number lines, as printed and as OCR noise leaves them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.page import Box, Digits, Gap, Source, Zone
from sohoa.domain.extract.clues import name_clues
from sohoa.domain.extract.confidence import Written
from sohoa.domain.extract.head import Head, find_head
from sohoa.domain.extract.notation import initials, notation_field, stands_for
from sohoa.domain.extract.number import number_field, parse_number_line
from sohoa.domain.extract.types import TypeTable
from tests.support.calibration import CALIBRATION
from tests.support.pages import MOTTO, line, page

_DATE = "Sông Lam, ngày 04 tháng 3 năm 2024"


def _head(text: str, types: TypeTable, heading: str = "", confidence: float = 0.95) -> Head:
    left = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", text)
    body = (heading, "Về việc kiểm tra") if heading else ("Kính gửi: Các sở",)
    return find_head(
        page(left=left, right=(*MOTTO, "", _DATE), body=body, confidence=confidence), types, CALIBRATION.pages
    )


@pytest.mark.parametrize(
    ("text", "number", "notation"),
    [
        ("Số: 374/QĐ-UBND", "374", "QĐ-UBND"),
        ("Só: 374 /QÐ-UBND", "374", "QĐ-UBND"),
        ("S6: 374/QĐ-UBNĐ", "374", "QĐ-UBND"),
        ("Số 374/QD - UBND.", "374", "QĐ-UBND"),
        ("Số: 05/QĐ-UBND", "05", "QĐ-UBND"),
        ("Số: 12/2020/QĐ-UBND", "12", "2020/QĐ-UBND"),
        ("Số 848-QĐ/TU", "848", "QĐ/TU"),
        ("Số: 04/QĐ-BCĐ138", "04", "QĐ-BCĐ138"),
        ("Số:159/QĐ-UB-NĐ", "159", "QĐ-UB-NĐ"),
        ("Số: /QĐ-UBND", "", "QĐ-UBND"),
        ("Số: ...../QĐ-UBND", "", "QĐ-UBND"),
        ("Số: 01a/2019/QĐ-UBND", "01a", "2019/QĐ-UBND"),
        ("Số: 125A/QĐ-UBND", "125A", "QĐ-UBND"),
        ("Số 15b-QĐ/TU", "15b", "QĐ/TU"),
        ("Số: 08bis/QĐ-UB", "08bis", "QĐ-UB"),
        ("Số: 12 bis/QĐ-UB", "12 bis", "QĐ-UB"),
        ("Số: 435 QĐ/UB", "435", "QĐ/UB"),
        ("Số: 435 QĐ-UB", "435", "QĐ-UB"),
        ("435 QĐ/UB", "435", "QĐ/UB"),
        ("Số: 12/ QĐ-UBND", "12", "QĐ-UBND"),
        ("25-QĐ/TU", "25", "QĐ/TU"),
        ("Quyết định số: 33/2004/QĐ-UB", "33", "2004/QĐ-UB"),
        ("QUYẾT ĐỊNH SỐ: 7b/QĐ-UB", "7b", "QĐ-UB"),
    ],
)
def test_number_line(types: TypeTable, text: str, number: str, notation: str) -> None:
    """Number and notation come apart, in the letters of the law."""
    head = _head(text, types, "QUYẾT ĐỊNH")
    parsed = parse_number_line(head, CALIBRATION)
    found = number_field(parsed, (), 1, CALIBRATION.numbers)
    note = notation_field(parsed, head, types, "Ủy ban nhân dân tỉnh Sông Lam", (), CALIBRATION.notation)
    assert (found.value if found else "") == number
    assert note is not None
    assert note.value == notation


@pytest.mark.parametrize("letters", ["a", "b", "c", "đ", "e", "g", "A", "B", "C", "bis", " bis", "ter"])
@pytest.mark.parametrize("digits", ["01", "15", "125", "1206"])
def test_letters_behind_the_digits_belong_to_the_number(types: TypeTable, digits: str, letters: str) -> None:
    """In a text layer they are as sure as the digits; on a scan, seen by one reader alone, they are not."""
    for source, sure in ((Source.TEXT_LAYER, " " not in letters), (Source.OCR, False)):
        head = _head(f"Số: {digits}{letters}/QĐ-UBND", types, "QUYẾT ĐỊNH", 0.97)
        head = replace(head, page=replace(head.page, source=source))
        found = number_field(parse_number_line(head, CALIBRATION), (), 1, CALIBRATION.numbers)
        assert found is not None
        assert (found.value, found.confidence >= 0.9) == (digits + letters, sure)


def test_letters_that_both_readers_saw_are_sure(types: TypeTable) -> None:
    """Digits and letter of the likeliest candidate are the number; its share is the trust in both."""
    for share in (0.98, 0.6):
        seen = Digits(Gap.NUMBER, Box(0, 0, 9, 9), (("15b", share), ("156", 1 - share)), "15b")
        head = _head("Số: 15b/QĐ-UBND", types, "QUYẾT ĐỊNH")
        head = replace(head, page=replace(head.page, digits=(seen,)))
        found = number_field(parse_number_line(head, CALIBRATION), (), 1, CALIBRATION.numbers)
        assert found is not None
        assert (found.value, found.confidence >= 0.9) == ("15b", share > 0.9)


@pytest.mark.parametrize(
    ("name", "sure"), [("15b QĐ.pdf", True), ("15 QĐ.pdf", False), ("15c QĐ.pdf", False)]
)
def test_a_name_vouches_for_a_number_with_the_same_letters_only(
    types: TypeTable, name: str, sure: bool
) -> None:
    """``15`` and ``15b`` are two papers of one register."""
    seen = Digits(Gap.NUMBER, Box(0, 0, 9, 9), (("15b", 0.85), ("156", 0.15)), "15b")
    head = _head("Số: 15b/QĐ-UBND", types, "QUYẾT ĐỊNH")
    parsed = parse_number_line(replace(head, page=replace(head.page, digits=(seen,))), CALIBRATION)
    found = number_field(parsed, name_clues(name, types, CALIBRATION.file_names), 1, CALIBRATION.numbers)
    assert found is not None
    assert (found.value, found.confidence >= 0.9) == ("15b", sure)


@pytest.mark.parametrize("share", [0.7, 0.85, 0.99])
@pytest.mark.parametrize("name", ["430 QĐ.pdf", "QĐ 441-2020.pdf", "44 QĐ-UBND.pdf", "71_QD-UBND.pdf"])
def test_what_was_read_stands_against_the_file_s_name(types: TypeTable, name: str, share: float) -> None:
    """Most of what the ink says is for 440: the name's number is not given, and nothing is surer for it."""
    parsed = parse_number_line(_head("Số: 440/QĐ-UBND", types, "QUYẾT ĐỊNH"), CALIBRATION)
    assert parsed is not None
    candidates = (("440", share), ("430", 0.9 - 0.9 * share), ("441", 0.1 - 0.1 * share))
    by_hand = replace(parsed, sign=Written(candidates, CALIBRATION.digits, "4Ó"))
    alone = number_field(by_hand, (), 1, CALIBRATION.numbers)
    clues = name_clues(name, types, CALIBRATION.file_names)
    found = number_field(by_hand, clues, 1, CALIBRATION.numbers)
    assert alone is not None
    assert found is not None
    assert found.value == alone.value == "440"
    assert found.confidence <= alone.confidence


@given(st.text("0123456789ab/ ‡#", max_size=6), st.integers(1, 9999), st.floats(0.3, 1))
def test_a_number_that_only_the_name_gives_is_never_sure(
    types: TypeTable, raw: str, number: int, confidence: float
) -> None:
    """Whatever is read on the line: a value that is not its digits needs a person."""
    head = _head(f"Số: {raw}/QĐ-UBND", types, "QUYẾT ĐỊNH", confidence)
    parsed = parse_number_line(head, CALIBRATION)
    clues = name_clues(f"{number} QĐ-UBND.pdf", types, CALIBRATION.file_names)
    found = number_field(parsed, clues, 1, CALIBRATION.numbers)
    assert parsed is not None
    if found is not None and found.value != parsed.sign.text + parsed.suffix:
        assert found.confidence < 0.9


def test_letters_without_heading_keep_their_notation(types: TypeTable) -> None:
    """A công văn's office and unit are kept as printed."""
    head = _head("Số: 299/UBND-TTHC", types)
    note = notation_field(
        parse_number_line(head, CALIBRATION),
        head,
        types,
        "Ủy ban nhân dân tỉnh Sông Lam",
        (),
        CALIBRATION.notation,
    )
    assert note is not None
    assert note.value == "UBND-TTHC"


def test_what_an_agency_s_initials_begin_with_is_its_short_form(types: TypeTable) -> None:
    """``UB`` of older papers stands for ``Ủy ban nhân dân``, however doubtfully it was read."""
    head = _head("Số: 452/QĐ-UB", types, "QUYẾT ĐỊNH", 0.4)
    parsed = parse_number_line(head, CALIBRATION)
    for agency, sure in (("Ủy ban nhân dân tỉnh Sông Lam", True), ("Sở Nội vụ tỉnh Sông Lam", False)):
        note = notation_field(parsed, head, types, agency, (), CALIBRATION.notation)
        assert note is not None
        assert (note.value, note.confidence >= 0.9) == ("QĐ-UB", sure)


def test_a_short_form_alone_is_no_certain_notation(types: TypeTable) -> None:
    """The type before it may be lost: ``QĐ/UB``."""
    head = _head("Số: 452/UB", types, "QUYẾT ĐỊNH", 0.4)
    agency = "Ủy ban nhân dân tỉnh Sông Lam"
    note = notation_field(parse_number_line(head, CALIBRATION), head, types, agency, (), CALIBRATION.notation)
    assert note is None or note.confidence < 0.9


@pytest.mark.parametrize(
    ("candidates", "printed", "sure"),
    [
        ((("453", 0.83), ("153", 0.08), ("753", 0.08)), "453", True),
        ((("453", 0.83), ("153", 0.08), ("753", 0.08)), "4S#", False),
        ((("453", 0.4), ("153", 0.3), ("753", 0.3)), "453", False),
    ],
)
def test_a_written_number_that_both_readers_saw_is_sure(
    types: TypeTable, candidates: tuple[tuple[str, float], ...], printed: str, sure: bool
) -> None:
    """Not where other numbers are likelier together than the one that they agree on."""
    seen = Digits(Gap.NUMBER, Box(0, 0, 9, 9), candidates, printed)
    head = _head("Số: 453/QĐ-UBND", types, "QUYẾT ĐỊNH")
    head = replace(head, page=replace(head.page, digits=(seen,)))
    found = number_field(parse_number_line(head, CALIBRATION), (), 1, CALIBRATION.numbers)
    assert found is not None
    assert (found.value, found.confidence >= 0.9) == ("453", sure)


def test_heading_mends_the_abbreviation_but_not_across_types(types: TypeTable) -> None:
    """``DA`` under ``DỰ ÁN`` stays, under ``ĐỀ ÁN`` it becomes ``ĐA``."""
    for heading, wanted in (("DỰ ÁN", "DA-UBND"), ("ĐỀ ÁN", "ĐA-UBND")):
        head = _head("Số: 01/DA-UBND", types, heading)
        note = notation_field(parse_number_line(head, CALIBRATION), head, types, "", (), CALIBRATION.notation)
        assert note is not None
        assert note.value == wanted


def test_letters_that_the_file_holds_were_not_misread(types: TypeTable) -> None:
    """A company's short form is not made that of its full name; an office's lost mark is mended."""
    name = "Công ty TNHH MTV Thủy lợi Sông Lam"
    for printed, organ, wanted in (
        ("QĐ-CTTL", name, "QĐ-CTTL"),
        ("TB-STTTI", "Sở Thông tin và Truyền thông", "TB-STTTI"),
        ("QĐ-BCDCCHC", "Ban Chỉ đạo cải cách hành chính", "QĐ-BCĐCCHC"),
    ):
        head = _head(f"Số: 09/{printed}", types, "QUYẾT ĐỊNH")
        head = replace(head, page=replace(head.page, source=Source.TEXT_LAYER))
        parsed = parse_number_line(head, CALIBRATION)
        note = notation_field(parsed, head, types, organ, (), CALIBRATION.notation)
        assert note is not None
        assert note.value == wanted


def test_party_papers_call_a_regulation_as_they_call_a_decision(types: TypeTable) -> None:
    """``QĐ`` under ``QUY ĐỊNH`` stays as it is printed."""
    head = _head("Số 07-QĐ/HU", types, "QUY ĐỊNH")
    note = notation_field(parse_number_line(head, CALIBRATION), head, types, "", (), CALIBRATION.notation)
    assert note is not None
    assert note.value == "QĐ/HU"


def test_the_agency_s_initials_mend_one_misread_letter(types: TypeTable) -> None:
    """``STTTI`` is ``STTTT`` where Sở Thông tin và Truyền thông issued; another office's part stays."""
    for printed, wanted in (("TB-STTTI", "TB-STTTT"), ("TB-SKHCN", "TB-SKHCN")):
        head = _head(f"Số: 09/{printed}", types, "THÔNG BÁO")
        note = notation_field(
            parse_number_line(head, CALIBRATION),
            head,
            types,
            "Sở Thông tin và Truyền thông",
            (),
            CALIBRATION.notation,
        )
        assert note is not None
        assert note.value == wanted


@pytest.mark.parametrize(
    ("file_name", "number", "beside"),
    [
        ("01CT.pdf", "1", "CT"),
        ("04 QĐ 138.signed.pdf", "4", "QĐ"),
        ("2352 (07-CT-UBND).signed.pdf", "7", "CT"),
        ("47 QĐ UB.signed (1).pdf", "47", "QĐ"),
        ("06-05-2020-08-01-02_tb-195-vv-tham-gia.pdf", "195", "tb"),
        ("cong-van-so-12.pdf", "12", ""),
    ],
)
def test_file_names(types: TypeTable, file_name: str, number: str, beside: str) -> None:
    """The number beside a type's abbreviation comes first; dates and copies' counters are none."""
    clues = name_clues(file_name, types, CALIBRATION.file_names)
    assert (clues[0].number, clues[0].abbreviation) == (number, beside)


@pytest.mark.parametrize(
    "file_name", ["scan.pdf", "bao cao nam 2023.pdf", "20240102.pdf", "tài liệu (2).pdf"]
)
def test_file_names_without_number(types: TypeTable, file_name: str) -> None:
    """Years, dates and counters are not taken for a number."""
    assert not [clue for clue in name_clues(file_name, types, CALIBRATION.file_names) if clue.abbreviation]


def test_half_read_handwriting_and_file_name(types: TypeTable) -> None:
    """One sign that agrees with the file's name makes its number surer than the name alone, never sure."""
    clues = name_clues("47 QĐ UB.pdf", types, CALIBRATION.file_names)
    half = number_field(
        parse_number_line(_head("Số: 4‡ /QĐ-UBND", types, "QUYẾT ĐỊNH", 0.7), CALIBRATION),
        clues,
        1,
        CALIBRATION.numbers,
    )
    alone = number_field(
        parse_number_line(_head("Số:      /QĐ-UBND", types, "QUYẾT ĐỊNH"), CALIBRATION),
        clues,
        1,
        CALIBRATION.numbers,
    )
    assert half is not None
    assert alone is not None
    assert half.value == alone.value == "47"
    assert 0.9 > half.confidence > alone.confidence


@pytest.mark.parametrize(
    "file_name",
    ["15_QD-UBND_2019.pdf", "2019_15_QD-UBND.pdf", "15-2019-QĐ-UBND.pdf", "QĐ số 15 năm 2019.pdf",
     "QD 15 (3-4-2019).pdf", "QD_15_20190304.pdf", "15QD.2019.pdf"],
)  # fmt: skip
def test_a_year_beside_the_number_is_no_number(types: TypeTable, file_name: str) -> None:
    """Registries put the year before or after the number and the type."""
    assert [clue.number for clue in name_clues(file_name, types, CALIBRATION.file_names)] == ["15"]


def test_a_year_alone_may_be_the_number(types: TypeTable) -> None:
    """``2019 QĐ`` has no other number."""
    assert [clue.number for clue in name_clues("2019 QĐ-UBND.pdf", types, CALIBRATION.file_names)] == ["2019"]


@pytest.mark.parametrize(
    "file_name",
    ["47 QĐ UB.pdf", "121 QĐ.pdf", "12 QĐ.pdf", "1120 QĐ.pdf", "QD_999_UBND_2019.pdf", "04 QĐ 138.pdf"],
)
def test_clear_print_is_not_overruled(types: TypeTable, file_name: str) -> None:
    """A file may be called after another paper: its name makes clear print doubtful at the most."""
    found = number_field(
        parse_number_line(_head("Số: 120/QĐ-UBND", types, "QUYẾT ĐỊNH", 0.96), CALIBRATION),
        name_clues(file_name, types, CALIBRATION.file_names),
        1,
        CALIBRATION.numbers,
    )
    assert found is not None
    assert found.value == "120"
    assert found.confidence > 0.5


def test_a_name_beside_the_number_is_never_automatic(types: TypeTable) -> None:
    """Handwriting read as 70 in a file called 71 may be either: a person looks, and sees what was read."""
    parsed = parse_number_line(_head("Số: 70/QĐ-UBND", types, "QUYẾT ĐỊNH", 0.97), CALIBRATION)
    assert parsed is not None
    for share, number in ((0.99, "70"), (0.6, "71")):
        by_hand = replace(parsed, sign=Written((("70", share), ("71", 0.001)), CALIBRATION.digits, "#Ó"))
        found = number_field(
            by_hand, name_clues("71 QĐ-UBND.pdf", types, CALIBRATION.file_names), 1, CALIBRATION.numbers
        )
        assert found is not None
        assert (found.value, found.confidence < 0.9) == (number, True)


def test_a_name_of_quite_another_number_is_no_doubt(types: TypeTable) -> None:
    """Clear print was not misread in every digit."""
    clues = name_clues("47 QĐ UB.pdf", types, CALIBRATION.file_names)
    found = number_field(
        parse_number_line(_head("Số: 120/QĐ-UBND", types, "QUYẾT ĐỊNH", 0.97), CALIBRATION),
        clues,
        1,
        CALIBRATION.numbers,
    )
    assert found is not None
    assert found.confidence >= 0.9


def test_faint_digits_need_a_person(types: TypeTable) -> None:
    """Digits that OCR was unsure of are never automatic on their own."""
    found = number_field(
        parse_number_line(_head("Số: 83/QĐ-UBND", types, "QUYẾT ĐỊNH", 0.6), CALIBRATION),
        (),
        1,
        CALIBRATION.numbers,
    )
    assert found is not None
    assert found.confidence < 0.6


@pytest.mark.parametrize(
    ("printed", "organ", "wanted"),
    [
        ("QD-UBND", "Ủy ban nhân dân tỉnh Sông Lam", "QĐ-UBND"),
        ("QD-UBNĐ", "", "QĐ-UBND"),
        ("QĐ-HDND", "Thường trực Hội đồng nhân dân tỉnh Sông Lam", "QĐ-HĐND"),
        ("QĐ-HDQT", "Công ty Cổ phần Sông Lam", "QĐ-HDQT"),
    ],
)
def test_lost_strokes_of_a_notation_are_put_back(
    types: TypeTable, printed: str, organ: str, wanted: str
) -> None:
    """Type and well-known offices take the law's letters, the reading is kept; other parts stay as read."""
    head = _head(f"Số: 09/{printed}", types, "QUYẾT ĐỊNH")
    note = notation_field(parse_number_line(head, CALIBRATION), head, types, organ, (), CALIBRATION.notation)
    assert note is not None
    assert (note.value, note.raw) == (wanted, printed)


@pytest.mark.parametrize(
    ("printed", "organ", "value", "sure"),
    [
        ("QĐ-BCDCCHC", "Ban Chỉ đạo cải cách hành chính", "QĐ-BCĐCCHC", True),
        ("QĐ-BCDCCHC", "Ban Chỉ đạo cải cách hành chính tỉnh", "QĐ-BCĐCCHC", True),
        ("QĐ-BCDCCHC", "Ủy ban nhân dân tỉnh Sông Lam", "QĐ-BCDCCHC", False),
        ("QĐ-KHDT", "Sở Kế hoạch và Đầu tư", "QĐ-KHDT", False),
        ("QĐ-SKHĐT", "Sở Kế hoạch và Đầu tư", "QĐ-SKHĐT", True),
    ],
)
def test_a_lost_stroke_is_mended_or_doubted(
    types: TypeTable, printed: str, organ: str, value: str, sure: bool
) -> None:
    """``D`` may be a ``Đ`` without its stroke: the agency's initials tell, else a person does."""
    head = _head(f"Số: 09/{printed}", types, "QUYẾT ĐỊNH", 0.97)
    note = notation_field(parse_number_line(head, CALIBRATION), head, types, organ, (), CALIBRATION.notation)
    assert note is not None
    assert (note.value, note.confidence >= 0.9) == (value, sure)


def test_letters_left_with_the_number_make_the_notation_doubtful(types: TypeTable) -> None:
    """A short form that nobody knows stands between number and office: it may be of the notation."""
    for printed, sure in (("435 XYĐ/SXD", False), ("435 QyĐ/SXD", True), ("435/QĐ-SXD", True)):
        head = _head(f"Số: {printed}", types, "", 0.97)
        parsed = parse_number_line(head, CALIBRATION)
        note = notation_field(parsed, head, types, "Sở Xây dựng", (), CALIBRATION.notation)
        assert note is not None
        assert (note.confidence >= 0.9) is sure


def test_initials() -> None:
    """Initials leave out và, keep numbers, and know shortened forms."""
    assert initials("Sở Thông tin và Truyền thông") == "STTTT"
    assert initials("Ban Chỉ đạo 138") == "BCĐ138"
    assert stands_for("TCKH", "Phòng Tài chính - Kế hoạch")
    assert not stands_for("UBND", "Sở Nội vụ")


def test_line_without_number_is_none(types: TypeTable) -> None:
    """A page without a number line has no number."""
    bare = page(body=("BÁO CÁO", "Về việc kiểm tra"))
    assert parse_number_line(find_head(bare, types, CALIBRATION.pages), CALIBRATION) is None
    assert line("x", Zone.BODY, 0).text == "x"


@pytest.mark.parametrize("text", ["Số: ²/QĐ-UBND", "Số: ①2/QĐ-UBND", "Số: ٣/QĐ-UBND"])
def test_signs_that_are_digits_only_to_unicode_are_no_trouble(types: TypeTable, text: str) -> None:
    """``²`` is a digit but no decimal one; nothing is made of it, and nothing raises."""
    head = _head(text, types)
    parsed = parse_number_line(head, CALIBRATION)
    number_field(parsed, (), head.page.number, CALIBRATION.numbers)
    notation_field(parsed, head, types, "", (), CALIBRATION.notation)


@pytest.mark.parametrize(
    ("left", "sure"),
    [
        (("SỞ TÀI CHÍNH", "SỞ NỘI VỤ", "Số: 512/STC", "Số: 318/SNV"), False),
        (("BỘ Y TẾ", "Số: 512/2015/TTLT-STC", "BỘ NỘI VỤ", "Số: 07/2015/TTLT-BNV"), False),
        (("SỞ TÀI CHÍNH", "SỞ NỘI VỤ", "Số: 512/STC-318/SNV"), False),
        (("SỞ TÀI CHÍNH", "Số: 512/STC", "Số: 318"), True),
    ],
)
def test_the_first_of_several_numbers_is_never_sure(
    types: TypeTable, left: tuple[str, ...], sure: bool
) -> None:
    """Joint papers may bear the number of each issuer; digits of a stamp are none."""
    head = find_head(page(left=left, right=MOTTO, body=("HƯỚNG DẪN",)), types, CALIBRATION.pages)
    head = replace(head, page=replace(head.page, source=Source.TEXT_LAYER))
    parsed = parse_number_line(head, CALIBRATION)
    number = number_field(parsed, (), 1, CALIBRATION.numbers)
    note = notation_field(parsed, head, types, "Sở Tài chính", (), CALIBRATION.notation)
    assert number is not None
    assert note is not None
    assert number.value == "512"
    assert note.value.endswith("STC")
    assert (number.confidence >= 0.9) is sure
    assert (note.confidence >= 0.9) is sure


@pytest.mark.parametrize(("name", "value"), [
    ("QD 155.pdf", "155"), ("QD 755.pdf", "755"), ("QD 456.pdf", "455"), ("QD 255.pdf", "455"),
])  # fmt: skip
def test_a_four_by_hand_that_the_name_calls_a_one_or_seven_is_one_but_not_surely(
    types: TypeTable, name: str, value: str
) -> None:
    seen = Digits(Gap.NUMBER, Box(0, 0, 9, 9), (("455", 0.83), ("155", 0.08), ("755", 0.08)), "4S#")
    head = _head("Số: 455/QĐ-UBND", types, "QUYẾT ĐỊNH")
    parsed = parse_number_line(replace(head, page=replace(head.page, digits=(seen,))), CALIBRATION)
    found = number_field(parsed, name_clues(name, types, CALIBRATION.file_names), 1, CALIBRATION.numbers)
    assert found is not None
    assert (found.value, found.confidence < 0.9) == (value, True)


@pytest.mark.parametrize(
    ("read", "meant", "surely"),
    [
        ("1996/QH9", "1996/QH9", True),
        ("1996/QH", "1996/QH9", False),
        ("2006/UBTVQHI11", "2006/UBTVQH11", False),
        ("2007/QH11", "2007/QH11", True),
        ("2007/QH12", "2007/QH12", True),
        ("2007/QH", "2007/QH", False),
    ],
)
def test_the_year_tells_the_term_of_the_national_assembly(
    types: TypeTable, read: str, meant: str, surely: bool
) -> None:
    """What was misread of the term is mended where the year has one, and is not certain."""
    head = _head(f"Luật số: 66/{read}", types, "LUẬT")
    parsed = parse_number_line(head, CALIBRATION)
    note = notation_field(parsed, head, types, "Quốc hội", (), CALIBRATION.notation)
    assert note is not None
    assert (note.value, note.confidence > 0.97) == (meant, surely)


def test_a_digit_that_a_letter_by_hand_is_taken_for_is_not_read_twice() -> None:
    """Two readers that see 396 may both mean 39b; of 395, a day or a lone digit they mean what they see."""

    def trust(text: str, lettered: bool = True) -> float:
        return Written(((text, 0.97),), CALIBRATION.digits, text, lettered).fits(int(text))

    for text in ("396", "162", "19"):
        assert not Written(((text, 0.97),), CALIBRATION.digits, text, True).agreed
        assert trust(text) < trust(text, lettered=False)
    for text in ("395", "6"):
        assert Written(((text, 0.97),), CALIBRATION.digits, text, True).agreed
