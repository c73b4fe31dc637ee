"""Words that cannot stand as they were read make a value doubtful; odd but possible ones do not."""

from __future__ import annotations

import pytest

from sohoa.domain.extract.misreadings import misread
from sohoa.domain.extract.vocabularies import Vocabularies
from tests.support.pages import MOTTO, page
from tests.unit.domain.extract.conftest import Describe


@pytest.mark.parametrize(
    ("read", "wrong"),
    [
        ("Về công tác eäi cách hành chính", ["eäi"]),
        ("Về lịch trực trong địp nghỉ hè", ["địp"]),
        ("Kỳ họp thứ hai, khóa 1ó", ["1ó"]),
        ("12024. |Quy định chi tiết", ["|Quy"]),
        ("Quy hoạch thành phó Cản Thơ", ["thành phó"]),
        ("Quy hoạch tỉnh Quảng Ngại", ["Quảng Ngại"]),
        ("VỀ CÔNG TÁC LƯU TRƯẺ", ["TRƯẺ"]),
        ("Ủy ban nhân đân tỉnh", ["Ủy ban nhân đân"]),
        ("Trường Đại học Công nghệcàn thơ", ["nghệcàn"]),
        ("Số hóa tài liệu đột 2 nằm 2019", ["đột", "nằm"]),
        ("Số hóa tài liệu đợi 2", ["đợi"]),
        ("Thu chi ngân sách quý II năm 2019", ["II"]),
    ],
)
def test_what_cannot_stand(vocabularies: Vocabularies, read: str, wrong: list[str]) -> None:
    assert set(wrong) <= {*misread(read, (), vocabularies)}


@pytest.mark.parametrize(
    "read",
    [
        "V/v thực hiện Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
        "Về việc phòng, chống dịch COVID-19 trên địa bàn huyện Ea H'leo",
        "Công bố website, logo và đường dây 5G của UBND tỉnh Quảng Ngãi",
        "Điều chỉnh khoản 2a Điều 5 Quyết định số 78/2010/QĐ-TTg (khóa XV, đợt 2)",
        "Nâng cấp 12km đường, 300m2 sân của Trường THCS",
        "VỀ TÌNH HÌNH KINH TẾ - XÃ HỘI, THU NSNN QUÝ I",
        "UBND thành phố Cần Thơ",
        "VỀ SỐ HÓA TÀI LIỆU ĐỢT 2, KHÓA IV, QUÝ I NĂM 2024",
        "Danh sách hộ dân của Đội 2, thôn Tân Lập",
        "Thu chi ngân sách quý III năm 2019",
    ],
)
def test_what_can_stand(vocabularies: Vocabularies, read: str) -> None:
    assert list(misread(read, (), vocabularies)) == []


def test_a_name_that_the_paper_repeats_can_stand(vocabularies: Vocabularies) -> None:
    """A syllable that no list has is a place's where the paper has it twice; ink never is."""
    assert list(misread("Quy hoạch xã Sẻ Kwâng", ("xã Sẻ Kwâng", "Sẻ Kwâng"), vocabularies)) == ["Kwâng"]
    assert list(misread("Quy hoạch xã Nguển", ("xã Nguển", "xã Nguển"), vocabularies)) == []
    assert list(misread("Quy hoạch xã Nguển", ("xã Nguển",), vocabularies)) == ["Nguển"]


def test_the_running_text_outvotes_a_mark(vocabularies: Vocabularies) -> None:
    texts = ("huyện Sơn Thạch và huyện Sơn Thạch",)
    assert list(misread("Trạm giống huyện Son Thạch", texts, vocabularies)) == ["huyện Son", "Son Thạch"]
    assert list(misread("Trạm giống ở huyện Son", ("huyện Sơn",), vocabularies)) == []


def test_one_other_spelling_of_a_name_is_enough(vocabularies: Vocabularies) -> None:
    """Of ``Cẩm Vân`` and ``Cấm Vân``, each read once, nobody knows which is right."""
    texts = ("tại xã Cấm Vân năm 2005", "xã Cẩm Vân")
    assert list(misread("An toàn tại xã Cấm Vân", texts, vocabularies)) == ["Cấm Vân"]
    assert list(misread("An toàn tại xã Cấm Vân", (*texts, "Cấm Vân"), vocabularies)) == []


def _review(
    described: Describe, subject: str, body: str = "Điều 1. Phê duyệt.", signer: str = "Trần Bá Đạt"
) -> str:
    paper = page(
        left=("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 374/QĐ-UBND"),
        right=(*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024"),
        body=("QUYẾT ĐỊNH", subject, "", "", "Căn cứ Luật Lưu trữ ngày 19/6/2015;", body),
        foot_left=("Nơi nhận:", "- Lưu: VT."),
        foot_right=("CHỦ TỊCH", "", "", signer),
    )
    return " ".join(described(paper).review)


def test_a_doubtful_word_sends_its_field_to_a_person(described: Describe) -> None:
    assert "subject" in _review(described, "Về việc phê duyệt đề án eäi cách")
    assert "subject" not in _review(described, "Về việc phê duyệt đề án cải cách")
