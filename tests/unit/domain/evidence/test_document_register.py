"""Registers of documents: reading their lines, and finding the line that stands for a scan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.records import Field, Method
from sohoa.domain.evidence.document_register import (
    Direction,
    RegisterEntry,
    evidence_of,
    matching,
    register_table,
)
from sohoa.domain.tables import csv_cells

OUTGOING = (
    "SỔ ĐĂNG KÝ VĂN BẢN ĐI;;;;\n"
    "Số, ký hiệu văn bản;Ngày tháng văn bản;Tên loại và trích yếu nội dung văn bản;Người ký;Nơi nhận\n"
    "(1);(2);(3);(4);(5)\n"
    "47/QĐ-UBND;05/03/2024;Quyết định giao đất cho hộ gia đình;Trần Văn Mẫu;Sở A\n"
    "12;;;;\n"
    "48/QĐ-UBND;31/02/2024;Quyết định thu hồi đất;;\n"
    "47/QĐ-UBND;06/03/2024;Lần nữa;;\n"
)


def entries(text: str, direction: Direction | None = None) -> tuple[RegisterEntry, ...]:
    return register_table(csv_cells(text.encode()), "H49", "so.csv", direction).entries


def fields(**values: str) -> dict[str, Field]:
    return {name: Field(value, value, 0.8) for name, value in values.items()}


def test_an_outgoing_register() -> None:
    """Titles and the line of column numbers are left out; bad lines are told with what to do."""
    found = register_table(csv_cells(OUTGOING.encode()), "H49", "so.csv")
    first, second = found.entries
    assert (first.direction, first.number, first.issued_date, first.source) == (
        Direction.OUT, "47", "2024-03-05", "so.csv:4",
    )  # fmt: skip
    assert first.values["signer_name"] == "Trần Văn Mẫu"
    assert "issued_date" not in second.values
    assert found.faults == (
        "line 5: not taken: needs number and notation, or date and subject",
        "line 6: the date is left out: write it like 31/12/2024",
        "line 7: not taken: the same document as so.csv:4",
    )


def test_an_incoming_register_with_the_names_of_the_decree() -> None:
    """``Organld`` and ``Signerlnfo`` as printed; the arrival number names the line within its year."""
    text = (
        "ArrivalDate,ArrivalNumber,OrganName,CodeNumber,CodeNotation,IssuedDate,Subject,Organld\n"
        "2024-03-07,15,Sở Tài chính,08,TB-STC,2024-03-05,Thông báo lịch họp giao ban,x\n"
    )
    (entry,) = entries(text)
    assert (entry.direction, entry.identity, entry.number) == (Direction.IN, "2024 15", "8")
    corrected = entries(text.replace("TB-STC", "TB-TC"))[0]
    assert corrected.identity == entry.identity
    assert entries(text, Direction.OUT)[0].identity != entry.identity


def test_a_table_of_something_else_is_refused() -> None:
    """Without any column of a register there is nothing to enter."""
    with pytest.raises(ValueError, match="no column of a register"):
        entries("a,b\n1,2\n")


LINES = entries(
    "CodeNumber,CodeNotation,IssuedDate,Subject\n"
    "47,QĐ-UBND,05/03/2024,Giao đất cho hộ gia đình\n"
    "47,QĐ-UBND,05/03/2023,Phê duyệt kế hoạch năm\n"
    "48,QĐ-UBND,05/03/2024,Thu hồi đất của tổ chức kinh tế\n"
)


def line_of(**values: str) -> str:
    entry = matching(LINES, fields(**values))
    return entry.source if entry else ""


def test_the_line_of_a_document() -> None:
    """By number and notation in its year, or by date and subject; never when the rest contradicts."""
    both = {"code_number": "47", "code_notation": "QĐ-UBND"}
    assert line_of(**both, issued_date="2024-03-05") == "so.csv:2"
    assert line_of(**both, issued_date="2023-03-05") == "so.csv:3"
    assert line_of(**both) == ""
    assert line_of(code_number="46", code_notation="QĐ-UBND", issued_date="2024-03-05",
                   subject="Thu hồi đất của tổ chức kinh tế") == "so.csv:4"  # fmt: skip
    assert line_of(code_number="48", code_notation="QĐ-UBND", issued_date="2022-01-01",
                   subject="Một việc hoàn toàn khác hẳn") == ""  # fmt: skip
    assert line_of(code_number="48", code_notation="QD-UBND") == "so.csv:4"


@given(
    st.permutations(LINES), st.sampled_from(["47", "48", "9"]), st.sampled_from(["2024-03-05", "2023-03-05"])
)
def test_the_order_of_lines_does_not_matter(lines: list[RegisterEntry], number: str, issued: str) -> None:
    """The same line is found, or none, however the register is sorted."""
    wanted = fields(code_number=number, code_notation="QĐ-UBND", issued_date=issued)
    assert matching(lines, wanted) == matching(LINES, wanted)


def test_what_a_line_is_evidence_of() -> None:
    """Every field that the clerk wrote down."""
    found = evidence_of(LINES[0], 0.9)
    assert {name: evidence[0].value for name, evidence in found.items()} == {
        "code_number": "47", "code_notation": "QĐ-UBND", "issued_date": "2024-03-05",
        "subject": "Giao đất cho hộ gia đình",
    }  # fmt: skip
    assert {evidence[0].method for evidence in found.values()} == {Method.REGISTER}


def test_a_register_of_outgoing_documents_names_the_recipients() -> None:
    """The column is in the register of what was sent out (NĐ 30, annex IV)."""
    found = evidence_of(entries(OUTGOING)[0], 0.9)
    assert [seen.value for seen in found["recipients"]] == ["Sở A"]


def test_a_register_of_incoming_documents_tells_of_the_arrival() -> None:
    """Its column of who received the paper names no recipients of the paper itself."""
    text = (
        "Ngày đến,Số đến,Số ký hiệu,Ngày tháng,Trích yếu,Đơn vị hoặc người nhận\n"
        "07/03/2024,015,08/TB-STC,05/03/2024,Thông báo lịch họp giao ban,Văn thư\n"
    )
    found = evidence_of(entries(text)[0], 0.9)
    assert (found["arrival_date"][0].value, found["arrival_number"][0].value) == ("2024-03-07", "15")
    assert "recipients" not in found


@pytest.mark.parametrize("number", ["15b", "125A", "08bis", "12 bis"])
def test_a_number_with_letters_is_found_by_its_whole_number(number: str) -> None:
    """``15`` and ``15b`` are two papers: a line of one never stands for the other."""
    text = f"Số, ký hiệu văn bản;Ngày tháng văn bản\n{number}/QĐ-UBND;05/03/2024\n"
    (entry,) = entries(text, Direction.OUT)
    assert entry.values["code_number"] == number.replace(" ", "")
    read = fields(code_number=number.replace(" ", "").lower(), code_notation="QĐ-UBND")
    assert matching([entry], read) is entry
    bare = number.rstrip("Aabis ")
    assert matching([entry], fields(code_number=bare, code_notation="QĐ-UBND")) is None
