"""Whole documents of many kinds of agencies, drawn up by hand with invented names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ocr.page import Line, MarkKind, Page, Source, Zone
from sohoa.domain.archive.records import Finding, Integrity, OriginalSignature
from tests.support.pages import MOTTO, page
from tests.unit.domain.extract.conftest import Describe

_PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
_BODY = ("", "", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;", "Điều 1. Phê duyệt kế hoạch.")


def _decision(**changes: object) -> Page:
    parts: dict[str, object] = {
        "left": ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 374/QĐ-UBND"),
        "right": (*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024"),
        "body": ("QUYẾT ĐỊNH", "Phê duyệt Kế hoạch thông tin cơ sở", "trên địa bàn tỉnh năm 2024", *_BODY),
        "foot_left": ("Nơi nhận:", "- Như Điều 3;", "- Lưu: VT, KGVX."),
        "foot_right": ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Trần Văn Bình An"),
    }
    return page(**(parts | changes))  # type: ignore[arg-type]  # the builder's own keywords


def _values(fields: object) -> dict[str, str]:
    return {name: field.value for name, field in fields.items()}  # type: ignore[attr-defined]


def test_decision(described: Describe) -> None:
    """A decision yields every field of the regulations that the paper shows."""
    found = _values(described(_decision()).fields)
    assert found == {
        "code_number": "374",
        "code_notation": "QĐ-UBND",
        "issued_date": "2024-03-04",
        "organ_name": "Ủy ban nhân dân tỉnh Sông Lam",
        "type_name": "Quyết định",
        "type_code": "02",
        "subject": "Phê duyệt Kế hoạch thông tin cơ sở trên địa bàn tỉnh năm 2024",
        "signer_name": "Trần Văn Bình An",
        "signer_position": "Phó Chủ tịch",
        "authority": "TM. Ủy ban nhân dân, KT. Chủ tịch",
        "issued_place": "Sông Lam",
        "recipients": "Như Điều 3; Lưu: VT, KGVX",
        "number_of_page": "1",
        "language": "01",
    }


@pytest.mark.parametrize(
    ("left", "right", "body", "wanted"),
    [
        pytest.param(
            ("UBND TỈNH SÔNG LAM", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG", "", "Số: 275/STTTT-CNTT",
             "V/v đăng ký tham gia", "Hội thi tin học trẻ"),
            (*MOTTO, "", "Sông Lam, ngày 16 tháng 12 năm 2011"),
            ("Kính gửi: Các đơn vị trực thuộc", "", "Thực hiện Kế hoạch số 25/KH-STTTT, Sở đề nghị"),
            ("275", "STTTT-CNTT", "2011-12-16", "Sở Thông tin và Truyền thông", "Công văn",
             "V/v đăng ký tham gia Hội thi tin học trẻ"),
            id="letter of a department",
        ),
        pytest.param(
            ("HỘI ĐỒNG NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 12/2020/NQ-HĐND"),
            (*MOTTO, "", "Sông Lam, ngày 08 tháng 12 năm 2020"),
            ("NGHỊ QUYẾT", "Thông qua Đề án phát triển chính quyền số", "", "HỘI ĐỒNG NHÂN DÂN TỈNH SÔNG LAM",
             "KHÓA XVII, KỲ HỌP THỨ 16", *_BODY),
            ("12", "2020/NQ-HĐND", "2020-12-08", "Hội đồng nhân dân tỉnh Sông Lam", "Nghị quyết",
             "Thông qua Đề án phát triển chính quyền số"),
            id="resolution with a year in its notation",
        ),
        pytest.param(
            ("ĐẢNG BỘ TỈNH SÔNG LAM", "BAN TỔ CHỨC TỈNH ỦY", "*", "Số 848-TB/BTCTU"),
            (*_PARTY, "", "", "Sông Lam, ngày 28 tháng 9 năm 2020"),
            ("THÔNG BÁO", "Kết quả kiểm tra công tác tổ chức năm 2020", "", "", "Thực hiện Chương trình,"),
            ("848", "TB/BTCTU", "2020-09-28", "Ban Tổ chức Tỉnh ủy", "Thông báo",
             "Kết quả kiểm tra công tác tổ chức năm 2020"),
            id="notice of a party body",
        ),
        pytest.param(
            ("BỘ GIÁO DỤC VÀ ĐÀO TẠO", "TRƯỜNG ĐẠI HỌC NÔNG LÂM", "SÔNG LAM", "Số: 195/TB-ĐHNL"),
            (*MOTTO, "", "Sông Lam, ngày 4 tháng 5 năm 2020"),
            ("THÔNG BÁO", "V/v tham gia bảo hiểm y tế năm 2020", "", "", "Thực hiện Nghị định,"),
            ("195", "TB-ĐHNL", "2020-05-04", "Trường Đại học Nông lâm Sông Lam", "Thông báo",
             "V/v tham gia bảo hiểm y tế năm 2020"),
            id="notice of a university",
        ),
        pytest.param(
            ("UBND HUYỆN TRÀ GIANG", "PHÒNG TÀI CHÍNH - KẾ HOẠCH", "", "Số: 05/TTr-TCKH"),
            (*MOTTO, "", "Trà Giang, ngày 15 tháng 01 năm 2019"),
            ("TỜ TRÌNH", "Về việc đề nghị bổ sung kinh phí", "", "Kính gửi: Ủy ban nhân dân huyện Trà Giang"),
            ("05", "TTr-TCKH", "2019-01-15", "Phòng Tài chính - Kế hoạch", "Tờ trình",
             "Về việc đề nghị bổ sung kinh phí"),
            id="proposal of a district office",
        ),
        pytest.param(
            ("ỦY BAN NHÂN DÂN", "XÃ HÒA PHÚ", "", "Số: 07/BC-UBND"),
            (*MOTTO, "", "Hòa Phú, ngày 20 tháng 6 năm 2022"),
            ("BÁO CÁO", "Kết quả thực hiện nhiệm vụ 6 tháng đầu năm", "", "", "Thực hiện chỉ đạo,"),
            ("07", "BC-UBND", "2022-06-20", "Ủy ban nhân dân xã Hòa Phú", "Báo cáo",
             "Kết quả thực hiện nhiệm vụ 6 tháng đầu năm"),
            id="report of a commune",
        ),
        pytest.param(
            ("BỘ NỘI VỤ", "CỤC VĂN THƯ VÀ", "LƯU TRỮ NHÀ NƯỚC", "Số: 99/KH-VTLTNN"),
            (*MOTTO, "", "Hà Nội, ngày 03 tháng 02 năm 2021"),
            ("KẾ HOẠCH", "Kiểm tra công tác văn thư", "", "", "Căn cứ Luật Lưu trữ,"),
            ("99", "KH-VTLTNN", "2021-02-03", "Cục Văn thư và Lưu trữ nhà nước", "Kế hoạch",
             "Kiểm tra công tác văn thư"),
            id="plan of a department under a ministry",
        ),
    ],
)  # fmt: skip
def test_kinds_of_agencies(
    described: Describe,
    left: tuple[str, ...],
    right: tuple[str, ...],
    body: tuple[str, ...],
    wanted: tuple[str, ...],
) -> None:
    """Ministries, departments, councils, party bodies, schools, districts and communes are understood."""
    found = described(page(left=left, right=right, body=body)).fields
    names = ("code_number", "code_notation", "issued_date", "organ_name", "type_name", "subject")
    got = tuple(found[name].value if name in found else "" for name in names)
    assert tuple(map(str.lower, got)) == tuple(map(str.lower, wanted))


@pytest.mark.parametrize(
    ("lines", "organ"),
    [
        (("BỘ Y TẾ - BỘ TÀI CHÍNH", "- BỘ NỘI VỤ"), "Bộ Y tế - Bộ Tài chính - Bộ Nội vụ"),
        (("BỘ TÀI CHÍNH -", "BỘ NỘI VỤ"), "Bộ Tài chính - Bộ Nội vụ"),
        (("UBND HUYỆN XUÂN KHÊ", "ỦY BANNHÂNDÂN", "XÃ KIM THƯỢNG"), "Ủy ban nhân dân xã Kim Thượng"),
    ],
)
def test_agencies_over_several_lines(described: Describe, lines: tuple[str, ...], organ: str) -> None:
    """Agencies that issue together are one name; one that stands above is the parent."""
    found = described(_decision(left=(*lines, "", "Số: 374/QĐ-UBND"))).fields["organ_name"]
    assert found.value == organ


def test_blank_number_and_date_are_a_draft(described: Describe) -> None:
    """A number or day left open makes a draft, whose number and date are absent."""
    left = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số:       /QĐ-UBND")
    right = (*MOTTO, "", "Sông Lam, ngày      tháng      năm 2024")
    found = described(_decision(left=left, right=right))
    assert found.draft
    assert "draft" in found.review
    assert "code_number" not in found.fields
    assert "issued_date" not in found.fields


def test_no_number_comes_from_a_name_alone(described: Describe) -> None:
    """A draft, or a paper without number line, gets none from its file's name, and stays a draft."""
    draft = _decision(left=("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số:        /QĐ-UBND"))
    letter = _decision(left=("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM"))
    for paper, is_draft in ((draft, True), (letter, False)):
        found = described(paper, file_name="374 QĐ-UBND.pdf")
        assert "code_number" not in found.fields
        assert found.draft is is_draft


def test_a_sealed_paper_is_no_draft(described: Describe) -> None:
    """A seal shows that the paper went out: a blank number was only not read."""
    left = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số:       /QĐ-UBND")
    found = described(_decision(left=left, marks=((MarkKind.INK_SEAL, ""),)))
    assert not found.draft
    assert "missing_code_number" in found.review


def test_the_word_draft(described: Describe) -> None:
    """``DỰ THẢO`` in the head makes a draft even with number and date."""
    left = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 374/QĐ-UBND", "DỰ THẢO LẦN 2")
    assert described(_decision(left=left)).draft
    assert not described(_decision()).draft


def test_file_name_agrees_or_contradicts(described: Describe) -> None:
    """A number in the file's name makes the same number surer and another one doubtful."""
    plain = described(_decision()).fields["code_number"].confidence
    agreed = described(_decision(), file_name="374 QĐ UB.signed.pdf").fields["code_number"]
    assert agreed.confidence > max(plain, 0.9)
    assert {item.method for item in agreed.evidence} == {"text", "filename"}
    contradicted = described(_decision(), file_name="12 QĐ UB.signed.pdf")
    assert contradicted.fields["code_number"].confidence < plain


def test_annex_with_the_same_number_is_a_part(described: Describe) -> None:
    """Annexes and attached drafts stay in the record; the signer is the decision's own."""
    annex = page(number=2, body=("PHỤ LỤC", "(Kèm theo Quyết định số 374/QĐ-UBND ngày 04/3/2024)"))
    draft = page(
        number=3,
        left=("HỘI ĐỒNG NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số:     /NQ-HĐND"),
        right=(*MOTTO, "", "Sông Lam, ngày     tháng    năm 2024"),
        body=("NGHỊ QUYẾT", "Về việc giao dự toán"),
        foot_left=("Nơi nhận:",),
        foot_right=("CHỦ TỊCH", "", "", "Lê Thị Hoa"),
    )
    found = described(_decision(), annex, draft)
    assert [(part.first_page, part.last_page) for part in found.documents] == [(1, 3)]
    assert found.fields["signer_name"].value == "Trần Văn Bình An"


def test_second_full_head_is_a_second_document(described: Describe) -> None:
    """A later page with motto, another number and a date begins a document of its own."""
    plan = page(
        number=2,
        left=("UBND TỈNH SÔNG LAM", "SỞ NỘI VỤ", "", "Số: 11/KH-SNV"),
        right=(*MOTTO, "", "Sông Lam, ngày 20 tháng 02 năm 2024"),
        body=("KẾ HOẠCH", "Thông tin cơ sở năm 2024", "", "", "I. MỤC ĐÍCH"),
    )
    found = described(_decision(), plan)
    assert [(part.first_page, part.last_page) for part in found.documents] == [(1, 1), (2, 2)]
    assert found.documents[1].fields["code_number"].value == "11"


def test_copy_block_does_not_overwrite(described: Describe) -> None:
    """The block of a certified copy fills copy_form and leaves number, date and signer alone."""
    foot = (
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "",
        "Trần Văn Bình An",
        "",
        "SAO Y",
        "Số: 05/SY-SNV",
        "Lê Thị Hoa",
    )
    found = _values(described(_decision(foot_right=foot)).fields)
    assert (found["copy_form"], found["code_number"], found["signer_name"]) == (
        "Sao y",
        "374",
        "Trần Văn Bình An",
    )


def test_urgency_stamp(described: Describe) -> None:
    """An urgency stamp fills urgency."""
    marks = ((MarkKind.URGENCY, "HOẢ TỐC"),)
    assert described(_decision(marks=marks)).fields["urgency"].value == "Hỏa tốc"


def test_arrival_stamp_is_not_the_number(described: Describe) -> None:
    """Number and date of an ``ĐẾN`` stamp are those of the arrival, never the document's own."""
    marks = ((MarkKind.STAMP, "SỞ NỘI VỤ\nĐẾN\nSố: 2352\nNgày: 21/3/2024"),)
    found = described(_decision(marks=marks)).fields
    assert (found["code_number"].value, found["issued_date"].value) == ("374", "2024-03-04")
    assert (found["arrival_number"].value, found["arrival_date"].value) == ("2352", "2024-03-21")


def test_fields_of_the_way_of_a_paper_ask_for_no_person(described: Describe) -> None:
    """Neither a doubtful arrival nor handwriting nor missing recipients send a paper to review."""
    marks = ((MarkKind.STAMP, "ĐẾN\nSố: 12\nNgày: 1/1/2025"), (MarkKind.HANDWRITING, ""))
    plain, marked = _decision(foot_left=()), _decision(marks=marks)
    assert described(plain).review == described(marked).review == described(_decision()).review


def test_signature_and_register_vouch_for_the_agency(described: Describe) -> None:
    """The agency's own signature and the register make its name surer."""
    plain = described(_decision()).fields["organ_name"]
    moment = "2024-03-05T08:00:00+07:00"
    signed = OriginalSignature("Ủy ban nhân dân tỉnh Sông Lam", moment, "sha256", Integrity.VALID, True)
    for found in (
        described(_decision(), signatures=(signed,)).fields["organ_name"],
        described(_decision(), agency="UBND tỉnh Sông Lam").fields["organ_name"],
    ):
        assert found.confidence > plain.confidence
        assert len(found.evidence) == 2


def test_text_layer_is_sure(described: Describe) -> None:
    """Printed characters of a text layer need no person."""
    found = described(replace(_decision(), source=Source.TEXT_LAYER))
    assert found.review == ()


def test_no_text(described: Describe) -> None:
    """Blank pages are described as such, and nothing fails."""
    found = described(Page(1, 100, 100, 200, Source.BLANK), Page(2, 100, 100, 200, Source.BLANK))
    assert found.review == ("no_text",)
    assert [(part.first_page, part.last_page) for part in found.documents] == [(1, 2)]


def test_not_a_document(described: Describe) -> None:
    """A page without any head lacks every required field, named one by one."""
    found = described(page(body=("Áo bay trong gió chiều", "một mình ta với sông dài")))
    assert set(found.review) == {
        "missing_code_number", "missing_code_notation", "missing_issued_date", "missing_organ_name",
        "missing_type_name", "missing_subject",
    }  # fmt: skip


def test_no_date_in_the_future(described: Describe) -> None:
    """A date after today is not taken as read."""
    found = described(_decision(), today=date(2024, 3, 1)).fields
    assert "issued_date" not in found or found["issued_date"].value <= "2024-03-01"


def test_a_name_whose_case_nothing_tells_is_doubtful(described: Describe) -> None:
    """In capitals ``GỐM SỨ MINH TÂM`` may be a trade or a name; the running text settles it."""
    left = ("CÔNG TY TNHH", "GỐM SỨ MINH TÂM", "", "Số: 08/QĐ-MT")
    silent = described(_decision(left=left))
    assert "doubtful_organ_name" in silent.review
    told = described(
        _decision(
            left=left, body=("QUYẾT ĐỊNH", "Phê duyệt Quy chế", *_BODY, "Công ty TNHH Gốm sứ Minh Tâm họp")
        )
    )
    assert told.fields["organ_name"].value == "Công ty TNHH Gốm sứ Minh Tâm"
    assert "doubtful_organ_name" not in told.review


def test_a_layer_that_contradicts_the_paper_asks_for_a_person(described: Describe) -> None:
    """What the paper shows stays as it was read; the reason comes from the page's finding."""
    plain = described(_decision())
    found = described(_decision(), findings=(Finding("text_layer_differs", 1, "number, date"),))
    assert found.review == (*plain.review, "text_layer_differs")
    assert found.fields == plain.fields


def test_a_judgment_has_its_own_day_and_court(described: Describe) -> None:
    """Number and day stand under the court; motto and days of the body are no head."""
    judgment = page(
        left=("TÒA ÁN NHÂN DÂN", "HUYỆN THANH SƠN", "", "Bản án số: 15/2020/HS-ST", "Ngày: 12-6-2020"),
        right=MOTTO,
        body=(
            "NHÂN DANH",
            "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "TÒA ÁN NHÂN DÂN HUYỆN THANH SƠN",
            "Theo Quyết định đưa vụ án ra xét xử số: 09/2020/QĐXXST-HS ngày 15 tháng 5 năm 2020",
            "Ngày 28 tháng 5 năm 2020 bị cáo có đơn.",
        ),
    )
    found = described(judgment).fields
    values = _values(found)
    assert values["issued_date"] == "2020-06-12"
    assert (values["code_number"], values["code_notation"]) == ("15", "HS-ST")
    assert (values["organ_name"], values["type_name"]) == ("Tòa án nhân dân huyện Thanh Sơn", "Bản án")
    without = [line for line in judgment.lines if not line.text.startswith("Ngày: ")]
    assert "issued_date" not in described(replace(judgment, lines=tuple(without))).fields


@pytest.mark.parametrize(
    ("label", "heading", "kind"),
    [
        ("Luật số: 33/2024/QH15", "LUẬT", "Luật"),
        ("Nghị quyết số: 7/2021/NQ-HĐND", "NGHỊ QUYẾT", "Nghị quyết"),
        ("Lệnh số: 02/2024/L-CTN", "", "Lệnh"),
        ("Giấy phép số: 12/GP-UBND", "", "Giấy phép"),
        ("Số: 12/GP-UBND", "GIẤY PHÉP", "Giấy phép"),
    ],
)
def test_label_and_heading_name_the_type(described: Describe, label: str, heading: str, kind: str) -> None:
    """The kind in the number's label is the document's; a permit is a type of its own."""
    left = ("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", label)
    body = (heading, "Khai thác nước dưới đất", *_BODY) if heading else ("Khai thác nước dưới đất", *_BODY)
    values = _values(described(_decision(left=left, body=body)).fields)
    assert (values["type_name"], values["code_number"]) == (kind, label.split(": ")[1].split("/")[0])
    if kind == "Giấy phép":
        assert values["type_code"] == "32"
    if heading:
        assert values["subject"] == "Khai thác nước dưới đất"


@pytest.mark.parametrize(
    ("title", "kind"),
    [("ĐƠN ĐỀ NGHỊ CẤP PHÉP", "Đơn"), ("TỜ KHAI ĐĂNG KÝ", ""), ("PHIẾU TRÌNH GIẢI QUYẾT", "Phiếu trình")],
)
def test_a_form_with_a_title_is_no_letter(described: Describe, title: str, kind: str) -> None:
    """``Kính gửi`` alone makes a công văn only where no title stands above it."""
    blank = page(right=MOTTO, body=(title, "", "Kính gửi: Sở Nội vụ", "Tên tôi là: ........."))
    named = described(blank).fields.get("type_name")
    assert (named.value if named else "") == kind
    letter = page(right=MOTTO, body=("Kính gửi: Sở Nội vụ", "Đề nghị quý cơ quan xem xét."))
    assert described(letter).fields["type_name"].value == "Công văn"


@pytest.mark.parametrize(
    ("foot", "told"),
    [
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "~~ // 4"), True),
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Sùng A Lềnh"), False),
        ((), True),
    ],
)
def test_a_signer_who_was_not_read_is_a_reason(
    described: Describe, foot: tuple[str, ...], told: bool
) -> None:
    """Archivists search by signers: a paper with a post or addressees and no name waits."""
    assert ("missing_signer_name" in described(_decision(foot_right=foot)).review) is told
    form = page(right=MOTTO, body=("ĐƠN XIN NGHỈ PHÉP", "", "Tên tôi là: ........."))
    assert "missing_signer_name" not in described(form).review


@pytest.mark.parametrize(("confidence", "told"), [(0.7, True), (0.97, False)])
def test_a_signer_who_was_hardly_read_is_a_reason(described: Describe, confidence: float, told: bool) -> None:
    """A wrong name is found by nobody: what is doubtful of a paper that went out waits, too."""
    read = _decision()
    lines = (_read_with(one, confidence) if one.text == "Trần Văn Bình An" else one for one in read.lines)
    found = described(replace(read, lines=tuple(lines)))
    assert ("doubtful_signer_name" in found.review) is told


def _read_with(one: Line, confidence: float) -> Line:
    return Line(tuple(replace(word, confidence=confidence) for word in one.words), one.zone)


def test_a_head_that_was_cut_off_leaves_the_agency_of_the_signature(described: Describe) -> None:
    """``TM. CHÍNH PHỦ`` says who issued it, never surely: the head may have said more."""
    foot = ("TM. CHÍNH PHỦ", "THỦ TƯỚNG", "", "", "Trần Văn Bình An")
    cut = page(body=("NGHỊ ĐỊNH", "Về công tác lưu trữ", *_BODY), foot_right=foot)
    found = described(cut).fields["organ_name"]
    assert found.value == "Chính phủ"
    assert found.confidence < 0.9


@pytest.mark.parametrize("right", [MOTTO, ()])
@pytest.mark.parametrize(
    "text",
    ["Hôm nay, ngày 15 tháng 5 năm 2020, tại trụ sở Ủy ban nhân dân", "Căn cứ biên bản ngày 15/5/2020"],
)
def test_a_day_of_the_body_is_never_the_date(described: Describe, right: tuple[str, ...], text: str) -> None:
    """Without a date line there is no date, with a motto or without."""
    minutes = page(right=right, body=("BIÊN BẢN", "Kiểm tra công tác lưu trữ", "", text, *_BODY))
    assert "issued_date" not in described(minutes).fields
    flat = replace(minutes, lines=tuple(replace(line, zone=Zone.BODY) for line in minutes.lines))
    assert "issued_date" not in described(flat).fields


@pytest.mark.parametrize(
    ("notation", "doubted"),
    [("TTLT-BTP-BCA", True), ("CTPH-SNV-STC", True), ("KH-STP", False)],
)
def test_one_issuer_of_a_joint_paper_is_doubtful(described: Describe, notation: str, doubted: bool) -> None:
    """The notation tells of several issuers: where the head shows one the others were not read."""
    paper = _decision(left=("BỘ TƯ PHÁP", "", "", f"Số: 08/2020/{notation}"))
    assert ("doubtful_organ_name" in described(paper).review) is doubted


@pytest.mark.parametrize(
    ("number", "heading", "kind", "sure"),
    [
        ("Số: 42/CT-VKS-P1", "CÁO TRẠNG", "Cáo trạng", True),
        ("Số: 07-QĐ/HU", "QUY ĐỊNH", "Quy định", True),
        ("Số: 12-HDLT/BTC-SNV", "HƯỚNG DẪN LIÊN NGÀNH", "Hướng dẫn", True),
        ("Số: 14/TM-HKH", "THƯ MỜI", "Thư mời", True),
        ("Số: 03/ĐL-LĐBC", "ĐIỀU LỆ", "Điều lệ", True),
        ("Số 47/SL", "SẮC LỆNH", "Sắc lệnh", True),
        ("Số: 06/VBHN-BXD", "THÔNG TƯ", "Văn bản hợp nhất", False),
    ],
)
def test_types_beyond_the_decree(
    described: Describe, number: str, heading: str, kind: str, sure: bool
) -> None:
    """Their headings are known; a consolidated text has the heading of the text that it holds."""
    read = described(
        _decision(left=("SỞ NỘI VỤ", "", number), body=(heading, "Về việc kiểm tra", "", "Căn cứ"))
    )
    found = read.fields["type_name"]
    assert found.value == kind
    assert (found.confidence >= 0.9) is sure


_PERMIT = page(
    left=("ỦY BAN NHÂN DÂN", "HUYỆN THANH HÀ", "", "Số: 125/GPXD"),
    right=MOTTO,
    body=("GIẤY PHÉP XÂY DỰNG", "", "Căn cứ Nghị định số 15/2021/NĐ-CP ngày 03 tháng 3 năm 2021;", ""),
    foot_right=("Thanh Hà, ngày 12 tháng 4 năm 2018", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Lê Văn Mẫu"),
)


def test_a_date_over_the_signature_is_never_sure(described: Describe) -> None:
    """Permits and forms have place and date where somebody signs; two of them tell nothing."""
    found = described(_PERMIT).fields
    assert found["issued_date"].value == "2018-04-12"
    assert found["issued_date"].confidence < 0.9
    assert found["issued_place"].value == "Thanh Hà"
    two = tuple(replace(each, words=each.words) for each in _PERMIT.lines if each.text.startswith("Thanh"))
    both = replace(_PERMIT, lines=(*_PERMIT.lines, *two))
    assert "issued_date" not in described(both).fields


def test_a_date_in_the_head_comes_first(described: Describe) -> None:
    """Who signs on another day says so over the signature: the paper has the date of its head."""
    dated = page(
        left=("SỞ NỘI VỤ", "", "Số: 12/BC-SNV"),
        right=(*MOTTO, "Sông Lam, ngày 04 tháng 3 năm 2024"),
        body=("BÁO CÁO", "Về việc kiểm tra", ""),
        foot_right=("Sông Lam, ngày 12 tháng 4 năm 2018", "GIÁM ĐỐC", "", "Lê Văn Mẫu"),
    )
    assert described(dated).fields["issued_date"].value == "2024-03-04"


def test_a_judgment_s_first_words_tell_its_day(described: Describe) -> None:
    """Where no day stands under the number; a day that it cites is none."""
    judgment = page(
        left=("TÒA ÁN NHÂN DÂN", "HUYỆN THANH HÀ", "", "Bản án số: 25/2021/HS-ST"),
        right=MOTTO,
        body=(
            "NHÂN DANH",
            "Ngày 14 tháng 5 năm 2021, tại trụ sở Tòa án nhân dân huyện Thanh Hà",
            "xét xử vụ án thụ lý số 20/2021/TLST-HS ngày 02 tháng 4 năm 2021.",
        ),
    )
    found = described(judgment).fields["issued_date"]
    assert found.value == "2021-05-14"
    assert found.confidence < 0.9


def test_a_letter_whose_salutation_was_read_into_the_left_column(described: Describe) -> None:
    """Notes typed beside the subject push ``Kính gửi`` under the number: it still is a letter."""
    left = ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "", "Số: 15/SGDĐT-TTr", "trong dịp nghỉ hè", "Kính gửi:")
    letter = page(left=left, right=MOTTO, body=("- Hiệu trưởng các trường;", "Thực hiện Công văn"))
    assert described(letter).fields["type_name"].value == "Công văn"


@pytest.mark.parametrize(("left", "body", "kind", "subject"), [
    (("SỞ Y TẾ", "SỞ NỘI VỤ", "", "Số: 12/CVLN-SYT-SNV"),
     ("CÔNG VĂN LIÊN NGÀNH", "Về việc tuyển dụng viên chức y tế", "", "Kính gửi: Các bệnh viện"),
     "Công văn", "Về việc tuyển dụng viên chức y tế"),
    (("SỞ Y TẾ", "", "Số: 12"),
     ("GIẤY ĐỀ NGHỊ THANH TOÁN", "Về việc mua sắm thiết bị", "", "Kính gửi: Ban Giám đốc"),
     "Giấy đề nghị thanh toán", "Về việc mua sắm thiết bị"),
    (("SỞ Y TẾ", "", "Số: 12/SYT-KHTC", "V/v mua sắm thiết bị"),
     ("BẢN SAO GỬI", "", "Kính gửi: Ban Giám đốc"), "Công văn", "V/v mua sắm thiết bị"),
])  # fmt: skip
def test_a_heading_over_the_salutation_tells_the_type(
    described: Describe, left: tuple[str, ...], body: tuple[str, ...], kind: str, subject: str
) -> None:
    """One that no list has is the type's own name, and never certain."""
    right = (*MOTTO, "", "Sông Lam, ngày 20 tháng 02 năm 2024")
    found = described(
        page(left=left, right=right, body=(*body, "", "Các đơn vị thực hiện theo quy định."))
    ).fields
    assert (found["type_name"].value, found["subject"].value) == (kind, subject)
    assert found["type_name"].confidence < 0.9 or kind == "Công văn"


def test_a_letter_whose_office_is_called_like_a_type_is_a_letter_to_look_at(described: Describe) -> None:
    """``PC`` of a power company is no ``Phiếu chuyển`` where ``V/v`` and ``Kính gửi`` stand in the paper."""
    letter = page(
        left=("CÔNG TY ĐIỆN LỰC SÔNG LAM", "", "Số: 68/PC-VP", "V/v cắt điện để sửa chữa"),
        right=(*MOTTO, "", "Sông Lam, ngày 20 tháng 02 năm 2024"),
        body=("Kính gửi: Các khách hàng", "", "Công ty sẽ cắt điện trong ngày chủ nhật."),
    )
    found = described(letter).fields["type_name"]
    assert found.value == "Công văn"
    assert found.confidence < 0.9


def test_a_letter_whose_notation_calls_it_one_is_a_letter_for_certain(described: Describe) -> None:
    """``CV-LN``, ``V/v`` and ``Kính gửi`` say the same."""
    letter = page(
        left=("SỞ LÂM NGHIỆP", "", "Số: 68/CV-LN", "V/v trồng rừng mùa mưa"),
        right=(*MOTTO, "", "Sông Lam, ngày 20 tháng 02 năm 1994"),
        body=("Kính gửi: Các lâm trường", "", "Sở đề nghị các lâm trường báo cáo."),
    )
    found = described(letter).fields["type_name"]
    assert (found.value, found.confidence >= 0.9) == ("Công văn", True)


def test_a_place_alone_is_no_certain_agency(described: Describe) -> None:
    """A line that was lost above it bore the kind of body: ``ĐẠI LỘC`` begins like ``ĐÀI``, and is none."""
    found = described(replace(_decision(), lines=_headed("ĐẠI LỘC"))).fields.get("organ_name")
    assert found is None or found.confidence < 0.9


def _headed(name: str) -> tuple[Line, ...]:
    read = page(left=(name, "", "Số: 47/QĐ-UBND"), right=(*MOTTO, "", "Sông Lam, ngày 17 tháng 01 năm 2024"))
    rest = (line for line in _decision().lines if line.zone not in (Zone.HEAD_LEFT, Zone.HEAD_RIGHT))
    return (*read.lines, *rest)
