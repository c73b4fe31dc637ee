"""Annotations and form fields: a mark of secrecy in them stops the paper, what was typed is its text."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from ocr.page import Page, Source
from ocr.read_page import ReadOptions, read_page
from ocr.source.files import Kind
from ocr.source.pdf import sheets
from sohoa.domain.protection.secrecy import screen
from tests.support.annotated import (
    BLACK,
    BLUE,
    HIDDEN,
    POINTS_PER_MM,
    RED,
    Drawing,
    How,
    put_on,
    saved,
    turned,
)
from tests.support.marks import MARKS
from tests.support.scanmaker import GOOD, as_born_digital, as_pdf, load_document, render_document

_NAMES = ("born", "scan")


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    """The same decision born digital and scanned, its first page."""
    document = load_document("kh_212")
    return {"born": as_born_digital(document), "scan": as_pdf(render_document(document, GOOD)[:1], 200)}


def _read(pdf: bytes, folder: Path) -> Page:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return read_page(path, Kind.PDF, 1, ReadOptions())[0]


def _is_stopped(pdf: bytes, folder: Path) -> bool:
    return screen([_read(pdf, folder)], MARKS) is not None


_SECRET = {
    "stamp, a picture": ("Stamp", Drawing("MẬT", (20, 8), How.PICTURE), (35, 50)),
    "stamp, a wide picture": ("Stamp", Drawing("TỐI MẬT", (34, 11), How.PICTURE, size_pt=14), (120, 58)),
    "stamp, outlines": ("Stamp", Drawing("TUYỆT MẬT", (42, 10), How.OUTLINES), (30, 52)),
    "stamp, black outlines": ("Stamp", Drawing("MẬT", (22, 9), How.OUTLINES, BLACK), (35, 52)),
    "stamp, blue text": ("Stamp", Drawing("MẬT", (24, 9), How.TEXT, BLUE), (150, 240)),
    "free text": ("FreeText", Drawing("MẬT", (30, 10)), (35, 52)),
    "free text below": ("FreeText", Drawing("TỐI MẬT", (36, 10), ink=BLACK, frames=0), (90, 200)),
    "free text, a picture": ("FreeText", Drawing("MẬT", (20, 8), How.PICTURE), (40, 52)),
    "field": ("Tx", Drawing("TUYỆT MẬT", (45, 9), frames=0, ink=BLACK), (30, 52)),
    "field below": ("Tx", Drawing("MẬT", (30, 8), frames=1, ink=BLUE), (130, 260)),
    "button with a picture": ("Btn", Drawing("MẬT", (20, 8), How.PICTURE), (35, 52)),
    "square with outlines": ("Square", Drawing("TỐI MẬT", (32, 9), How.OUTLINES), (32, 53)),
}


@pytest.mark.parametrize("base", _NAMES)
@pytest.mark.parametrize("name", _SECRET)
def test_a_mark_of_secrecy_that_was_put_on_stops_the_paper(
    papers: dict[str, bytes], tmp_path: Path, name: str, base: str
) -> None:
    """Whatever it is made of, whatever its colour, size and place."""
    subtype, drawing, place = _SECRET[name]
    assert _is_stopped(put_on(papers[base], subtype, drawing, place), tmp_path)


@pytest.mark.parametrize("degrees", [90, 180, 270])
@pytest.mark.parametrize("subtype", ["Stamp", "FreeText", "Tx"])
def test_on_a_page_that_is_stored_lying_too(
    papers: dict[str, bytes], tmp_path: Path, degrees: int, subtype: str
) -> None:
    how = How.PICTURE if subtype == "Stamp" else How.TEXT
    marked = put_on(papers["born"], subtype, Drawing("MẬT", (22, 9), how, RED), (35, 52))
    assert _is_stopped(turned(marked, degrees), tmp_path)


@pytest.mark.parametrize("subtype", ["FreeText", "Text", "Highlight", "Tx"])
@pytest.mark.parametrize("says", ["TỐI MẬT", "ĐỘ MẬT: TỐI MẬT", "Ghi chú:\nMẬT"])
def test_what_an_annotation_says_is_screened_though_nothing_is_drawn(
    papers: dict[str, bytes], tmp_path: Path, subtype: str, says: str
) -> None:
    """Contents of notes, values of fields without an appearance, hidden ones among them."""
    marked = put_on(papers["born"], subtype, None, (60, 150), says=says, flags=HIDDEN)
    assert _is_stopped(marked, tmp_path)


@pytest.mark.parametrize("base", _NAMES)
@pytest.mark.parametrize(
    ("subtype", "drawing"),
    [
        ("Stamp", Drawing("ĐÃ KIỂM TRA", (45, 12), How.PICTURE, BLUE, frames=1)),
        ("Stamp", Drawing("SAO Y", (30, 10), How.TEXT, RED)),
        ("FreeText", Drawing("bảo mật thông tin", (60, 9), ink=BLACK, frames=0)),
        ("Tx", Drawing("Giải pháp bảo mật và mật độ", (80, 9), ink=BLACK, frames=0)),
    ],
)
def test_other_stamps_and_notes_stop_nothing(
    papers: dict[str, bytes], tmp_path: Path, base: str, subtype: str, drawing: Drawing
) -> None:
    assert not _is_stopped(put_on(papers[base], subtype, drawing, (118, 252)), tmp_path)


def test_a_damaged_annotation_covers_up_no_other(papers: dict[str, bytes], tmp_path: Path) -> None:
    """Neither one that is no annotation nor one whose numbers, drawing or place are none."""
    marked = put_on(papers["born"], "FreeText", Drawing("TỐI MẬT", (34, 10), ink=BLACK, frames=0), (60, 150))
    odd = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=Array([Name.A, 1, 2]), F=String("x"))
    drawn = Dictionary(Subtype=Name.FreeText, Rect=Array([9, 9, 99, 99]), AP=Dictionary(N=Array([1])))
    with pikepdf.open(io.BytesIO(marked)) as pdf:
        page = pdf.pages[0].obj
        page.Annots = Array([Name.A, odd, drawn, Array(), *page.Annots])
        assert _is_stopped(saved(pdf), tmp_path)


def test_a_field_without_a_place_is_screened(papers: dict[str, bytes], tmp_path: Path) -> None:
    assert _is_stopped(put_on(papers["scan"], "Tx", None, (0, 0), size_mm=(0, 0), says="TUYỆT MẬT"), tmp_path)


@pytest.mark.parametrize("subtype", ["FreeText", "Tx"])
@pytest.mark.parametrize("drawn", [True, False])
@pytest.mark.parametrize(
    ("number", "day", "month"), [("345", "18", "6"), ("7", "03", "12"), ("1208", "9", "2")]
)
def test_number_and_date_that_were_typed_in_are_in_their_lines(
    tmp_path: Path, subtype: str, drawn: bool, number: str, day: str, month: str
) -> None:
    """Of a decision whose number and day were left open, born digital."""
    path = tmp_path / "open.pdf"
    path.write_bytes(as_born_digital(load_document("qd_draft")))
    with pikepdf.open(path) as pdf:
        right = float(pdf.pages[0].mediabox[2])
    sheet = sheets.sheet(path, 1, 100_000_000)
    scale = right / sheet.raster.pixels.shape[1] / POINTS_PER_MM
    filled = path.read_bytes()
    for label, value in (("/QĐ-SNV", number), ("tháng", day), ("năm", month)):
        after = next(word.box for word in sheet.layer.words if word.text.endswith(label) and word.box.y < 900)
        wide = 2.4 * len(value) + 0.6
        drawing = Drawing(value, (wide, 5.5), ink=BLACK, frames=0) if drawn else None
        place = after.x * scale - wide - 0.5, after.y * scale
        filled = put_on(filled, subtype, drawing, place, size_mm=(wide, 5.5), says=value)
    lines = _read(filled, tmp_path).text.splitlines()
    assert any(f"Số: {number}" in line and line.endswith("/QĐ-SNV") for line in lines), lines[:6]
    assert any(f"ngày {day} tháng {month} năm" in line for line in lines), lines[:6]


def test_a_page_of_fields_alone_is_read(tmp_path: Path) -> None:
    """A filled form is not blank: what its fields show is the page's text, in order."""
    empty = put_on(
        _blank(), "Tx", Drawing("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (120, 9), ink=BLACK, frames=0), (60, 15)
    )
    filled = put_on(empty, "Tx", Drawing("Số: 77/TB-UBND", (60, 9), ink=BLACK, frames=0), (20, 30))
    page = _read(put_on(filled, "Tx", None, (20, 60), says="Kính gửi: Sở Nội vụ", size_mm=(90, 8)), tmp_path)
    assert page.source is Source.TEXT_LAYER
    assert page.text.splitlines() == [
        "Số: 77/TB-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Kính gửi: Sở Nội vụ",
    ]


def _blank() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        return saved(pdf)
