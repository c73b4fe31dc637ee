"""Names printed in capitals, in sentence case."""

import pytest

from sohoa.domain.extract.spelling import expand, sentence_case, witnesses


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
    ],
)
def test_sentence_case(printed: str, name: str) -> None:
    """Office words, fields and places get the capitals that the spelling rules ask for."""
    assert sentence_case(printed) == name


def test_the_running_text_is_the_witness() -> None:
    """Where the document spells the name itself, that spelling is taken."""
    texts = witnesses(["Trung tâm Bảo tồn Voi tỉnh có trách nhiệm", "TRUNG TÂM BẢO TỒN VOI"])
    assert sentence_case("TRUNG TÂM BẢO TÔN VOI", texts) == "Trung tâm Bảo tồn Voi"


def test_short_forms() -> None:
    """Well-known short forms are written out, before the case is set."""
    assert sentence_case(expand("UBND TỈNH SÔNG LAM")) == "Ủy ban nhân dân tỉnh Sông Lam"
    assert expand("TRƯỜNG THPT TP.SÔNG LAM") == "TRƯỜNG THPT TP. SÔNG LAM"
