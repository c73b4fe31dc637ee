"""What is read of a scanning shop's manifest, however it was written."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.records import Evidence, Method
from sohoa.domain.evidence.shop_manifest import page_order, parse_manifest, shared_values, sheets_doubt
from sohoa.domain.tables import csv_cells, day, decoded, table, whole

HEAD = ("Tên tệp", "Mã hồ sơ", "STT", "Số tờ", "Khổ giấy", "Số", "Ký hiệu", "Ngày", "Trích yếu")
LINE = ("qd.pdf", "H49.64.2024.01", "3", "2", "A4", "47", "QĐ-UBND", "05/03/2024", "Về việc giao đất")
VALUES = {
    "file_code": "H49.64.2024.01",
    "number_of_paper": "2",
    "paper_size": "A4",
    "code_number": "47",
    "code_notation": "QĐ-UBND",
    "issued_date": "2024-03-05",
    "subject": "Về việc giao đất",
}


def cp1258(text: str) -> bytes:
    """As Windows writes Vietnamese: letters and tones apart."""
    out = []
    for sign in text:
        try:
            out.append(sign.encode("cp1258"))
        except UnicodeEncodeError:
            base, tone = _parted(sign)
            out.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(out)


def _parted(sign: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", sign)
    tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", marks.replace(tone, "")), tone


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-8 with mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 without mark": lambda text: text.encode("utf-16-le"),
    "utf-16 big": lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
    "windows-1258": cp1258,
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_form_is_read_alike(encoding: str, delimiter: str) -> None:
    """Encoding, byte order mark and delimiter do not matter."""
    text = "\r\n".join(delimiter.join(cells) for cells in (HEAD, LINE)) + "\r\n"
    manifest = parse_manifest(ENCODINGS[encoding](text))
    row = manifest.row_for("QD.PDF")
    assert manifest.faults == ()
    assert row is not None
    assert (dict(row.values), row.ordinal, row.line) == (VALUES, 3, 2)


@given(st.text(st.characters(exclude_characters="\0", codec="utf-8")))
def test_text_survives_its_encoding(text: str) -> None:
    """UTF-8 comes back in NFC, whatever it says."""
    assert decoded(codecs.BOM_UTF8 + text.encode()) == decoded(
        "\ufeff".encode() + decoded(text.encode()).encode()
    )


@given(st.binary(max_size=300))
def test_no_bytes_are_too_bad(data: bytes) -> None:
    """A manifest never raises: what cannot be used is left out or told."""
    manifest = parse_manifest(data)
    assert all(row.file for row in manifest.rows)


def test_english_headings_titles_and_backslashes() -> None:
    """Titles above the headings are skipped; Windows paths find their file; one cell may hold the code."""
    data = b"MANIFEST OF LOT 1;;\n;;\nfile;ordinal;code\nlot\\A.PDF;1;374/QD-UBND\n"
    row = parse_manifest(data).row_for("lot/a.pdf")
    assert row is not None
    assert (row.values["code_number"], row.values["code_notation"], row.line) == ("374", "QD-UBND", 4)


def test_commas_of_a_sentence_are_no_delimiter() -> None:
    """The delimiter is the sign that stands on every line alike."""
    data = "file;Trích yếu\na.pdf;Giao đất, thuê đất, thu hồi\nb.pdf;Giao, cho thuê, bán, mua\n".encode()
    row = parse_manifest(data).row_for("b.pdf")
    assert row is not None
    assert row.values == {"subject": "Giao, cho thuê, bán, mua"}


def test_bad_rows_are_told_by_line_and_never_quoted() -> None:
    """Each bad cell costs its value only; the sentence holds no cell."""
    data = "file,Số,Ngày,STT\na.pdf,x?,31/02/2024,Bí mật\n,7,,\na.pdf,8,,\nb.pdf,9,1/2/2024,2\n".encode()
    manifest = parse_manifest(data)
    row = manifest.row_for("b.pdf")
    assert row is not None
    assert row.values == {"code_number": "09", "issued_date": "2024-02-01"}
    assert manifest.faults == (
        "line 2: code_number cannot be understood",
        "line 2: issued_date cannot be understood",
        "line 2: ordinal cannot be understood",
        "line 3: names no file",
        "line 4: names the same file as line 2",
    )
    assert len(parse_manifest(b"a,b\n1,2\n").faults) == 1


def test_an_l_for_an_i_is_taken() -> None:
    """Headings as the decree's print has them: ``Organld``."""
    found = table(csv_cells(b"Organld,x\nH49,1\n"), {"organ_id": ("OrganId",)})
    assert found.rows[0].cells == {"organ_id": "H49"}


@pytest.mark.parametrize(
    ("text", "iso"),
    [("5/3/2024", "2024-03-05"), ("05.03.2024", "2024-03-05"), ("2024-03-05 00:00:00", "2024-03-05"),
     ("31/02/2024", ""), ("5/3/24", ""), ("", "")],
)  # fmt: skip
def test_days(text: str, iso: str) -> None:
    """Days are Vietnamese or ISO; what is no day stays empty."""
    assert day(text) == iso
    assert (whole("12.0"), whole("012"), whole("1,2"), whole("")) == (12, 12, None, None)


NAMES = ["p10.jpg", "p2.jpg", "p1.jpg"]


def ordered(*rows: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    manifest = parse_manifest("\n".join(["file,ordinal", *rows]).encode())
    order = page_order(NAMES, manifest, "x.pages")
    return order.names, order.missing, len(order.doubts)


def test_the_manifest_orders_pages_by_its_ordinals() -> None:
    """Its order counts where it is whole; else the natural one, and a doubt where the two disagree."""
    natural = ("p1.jpg", "p2.jpg", "p10.jpg")
    assert page_order(NAMES, None, "x.pages").names == natural
    assert ordered("p1.jpg,3", "p2.jpg,1", "P10,2") == (("p2.jpg", "p10.jpg", "p1.jpg"), (), 0)
    assert ordered("p1.jpg,", "p2.jpg,", "p10.jpg,") == (natural, (), 0)
    assert ordered("x.pages,1") == (natural, (), 0)
    assert ordered("p1.jpg,1", "p2.jpg,2") == (natural, (), 1)
    assert ordered("p1.jpg,1", "p2.jpg,1", "p10.jpg,2") == (natural, (), 2)
    assert ordered("p1.jpg,1", "p2.jpg,2", "p10.jpg,3", "p11.jpg,4")[1] == ("p11.jpg",)


def test_what_all_pages_say_holds_for_the_document() -> None:
    """Values that the rows agree on, or the row of the folder itself."""
    data = b"file,number,subject\np1.jpg,7,one\np2.jpg,7,two\n"
    assert shared_values(parse_manifest(data), "x.pages").values == {"code_number": "07"}
    own = parse_manifest(data + b"X.pages,8,all\n")
    assert shared_values(own, "x.pages").values == {"code_number": "08", "subject": "all"}


def test_sheets_and_pages() -> None:
    """A sheet has one or two pages."""
    counted = {"number_of_paper": (Evidence(Method.MANIFEST, "3", 0.85),)}
    assert [bool(sheets_doubt(counted, pages)) for pages in (2, 3, 6, 7)] == [True, False, False, True]
    assert sheets_doubt({}, 1) == ""
