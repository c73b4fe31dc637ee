"""Names printed in capitals, in sentence case."""

import pytest

from sohoa.domain.extract.spelling import Spelling, expand, sentence_case, shortened, spell, witnesses

_PLACES = ("Bà Rịa - Vũng Tàu", "Cần Thơ", "Kiên Giang")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "Ủy ban nhân dân tỉnh Sông Lam"),
        ("UỶ BAN NHÂN DÂN HUYỆN TRÀ GIANG", "Ủy ban nhân dân huyện Trà Giang"),
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "Sở Thông tin và Truyền thông"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("TÒA ÁN NHÂN DÂN THÀNH PHỐ SÔNG LAM", "Tòa án nhân dân thành phố Sông Lam"),
        ("BAN CHỈ ĐẠO 138", "Ban Chỉ đạo 138"),
        ("PHÓ CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("ỦY BAN NHÂNDÂN TỈNH SÔNG LAM", "Ủy ban nhân dân tỉnh Sông Lam"),
        ("TRƯỜNG THCS NGÔ SĨ LIÊN", "Trường THCS Ngô Sĩ Liên"),
        ("TRƯỜNG TIỂU HỌC SỐ 2 TÂN LẬP", "Trường Tiểu học số 2 Tân Lập"),
        ("TRƯỜNG THPT CHUYÊN TRÀ GIANG", "Trường THPT chuyên Trà Giang"),
        ("PHÒNG GD&ĐT HUYỆN TRÀ GIANG", "Phòng GD&ĐT huyện Trà Giang"),
        ("HỘI LHPN XÃ TÂN LẬP", "Hội LHPN xã Tân Lập"),
        ("CÔNG ĐOÀN CƠ SỞ TRƯỜNG THPT TÔ VĨNH DIỆN", "Công đoàn cơ sở Trường THPT Tô Vĩnh Diện"),
        ("BCĐCCHC TỈNH SÔNG LAM", "BCĐCCHC tỉnh Sông Lam"),
        ("CHI CỤC THUẾ KHU VỰC II", "Chi cục Thuế khu vực II"),
        ("TRƯỜNG ĐẠI HỌC KỸ THUẬT - CÔNG NGHỆ CẦN THƠ", "Trường Đại học Kỹ thuật - Công nghệ Cần Thơ"),
        ("UBND THÀNH PHÓ BÀ RỊA - VŨNG TÀU", "UBND thành phố Bà Rịa - Vũng Tàu"),
        ("SỞ Y TẾ KIÊN GIANG", "Sở Y tế Kiên Giang"),
        ("TRƯỜNG ĐẠI HỌC KỸ THUẬT -CÔNG NGHỆCẦN THƠ", "Trường Đại học Kỹ thuật - Công nghệ Cần Thơ"),
        ("SỞ GIÁODỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("BỘ TƯ LỆNH QUÂN KHU 5", "Bộ Tư lệnh Quân khu 5"),
        ("TRUNG TÂM LƯU TRỮ QUỐC GIA I", "Trung tâm Lưu trữ quốc gia I"),
        (
            "BỘ ĐẠI HỌC, TRUNG HỌC CHUYÊN NGHIỆP VÀ DẠY NGHỀ",
            "Bộ Đại học, Trung học chuyên nghiệp và Dạy nghề",
        ),
        ("SỞ TƯ PHÁP THÀNH PHỐ HỒ CHÍ MINH", "Sở Tư pháp Thành phố Hồ Chí Minh"),
        ("TRƯỜNGTHCS NGÔ SĨ LIÊN", "Trường THCS Ngô Sĩ Liên"),
    ],
)
def test_sentence_case(printed: str, name: str) -> None:
    """Office words, fields and places get the capitals that the spelling rules ask for."""
    assert sentence_case(printed) == name
    assert spell(printed, (), _PLACES).vouched


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("SỞ Y TẾ SÔNG LAM", "Sở Y tế Sông Lam"),
        ("BAN CHẤP HÀNH ĐOÀN TRƯỜNG THPT TÂN LẬP", "Ban Chấp hành Đoàn Trường THPT Tân Lập"),
        ("CÔNG TY TNHH MTV GỐM SÔNG LAM", "Công ty TNHH MTV gốm sông lam"),
        ("TRUNG TÂM BẢO TỒN VOI", "Trung tâm Bảo tồn voi"),
        ("TRƯỜNG ĐẠI HỌC KỸ THUẬT - CÔNG NGHỆCANTHO", "Trường Đại học kỹ thuật - công nghệcantho"),
    ],
)
def test_what_neither_lists_nor_text_know_is_not_vouched_for(printed: str, name: str) -> None:
    assert spell(printed, (), _PLACES) == Spelling(name, vouched=False)


def test_a_name_in_the_running_text_vouches_for_a_part() -> None:
    texts = witnesses(["Sông Lam, ngày 05 tháng 9 năm 2022", "do bệnh viện gửi về"])
    assert spell("SỞ Y TẾ SÔNG LAM", texts) == Spelling("Sở Y tế Sông Lam", vouched=True)


def test_a_text_that_differs_from_the_lists_vouches_for_nothing() -> None:
    texts = witnesses(["do Ban tổ chức tỉnh ủy Sông Lam trình"])
    assert not spell("BAN TỔ CHỨC TỈNH ỦY SÔNG LAM", texts).vouched
    assert spell("BAN TỔ CHỨC TỈNH ỦY SÔNG LAM", (*texts, "Ban Tổ chức Tỉnh ủy Sông Lam")).vouched


def test_the_running_text_is_the_witness() -> None:
    """Where the document spells the name itself, that spelling is taken."""
    texts = witnesses(["Trung tâm Bảo tồn Voi tỉnh có trách nhiệm", "TRUNG TÂM BẢO TỒN VOI"])
    assert spell("TRUNG TÂM BẢO TÔN VOI", texts) == Spelling("Trung tâm Bảo tồn Voi", vouched=True)


def test_the_running_text_knows_spaces_and_dashes_that_the_head_lost() -> None:
    """The same letters in a row are the same name; across a sentence's end they are not."""
    texts = witnesses(["Trường Cao đẳng Nghề - Kinh tế Sông Lam có", "Trung tâm Hỗ trợ. Voi Sông Lam"])
    printed = "TRƯỜNG CAO ĐẲNGNGHỀ KINHTẾ SÔNGLAM"
    assert spell(printed, texts) == Spelling("Trường Cao đẳng Nghề - Kinh tế Sông Lam", vouched=True)
    assert not spell("TRUNG TÂM HỖ TRỢVOI SÔNGLAM", texts).vouched


def test_short_forms() -> None:
    """Well-known short forms are written out, before the case is set."""
    assert sentence_case(expand("UBND TỈNH SÔNG LAM")) == "Ủy ban nhân dân tỉnh Sông Lam"
    assert expand("TRƯỜNG THPT TP.SÔNG LAM") == "TRƯỜNG THPT TP. SÔNG LAM"


def test_a_known_name_keeps_the_short_forms_that_the_head_prints() -> None:
    known = "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân tỉnh Sông Lam"
    assert shortened(known, "VĂN PHÒNG HĐND VÀ UBND TỈNH SÔNG LẠM") == (
        "Văn phòng HĐND và UBND tỉnh Sông Lam"
    )
    assert shortened(known, "VĂN PHÒNG HỘI ĐỒNG NHÂN DÂN") == known
