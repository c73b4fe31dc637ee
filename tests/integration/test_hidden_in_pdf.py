"""What a PDF hides is screened: layers that are off, margins cut off, outlines, files attached to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ocr.process.pool import WorkerPool
from ocr.read_page import ReadOptions, read_page
from ocr.source.files import Kind, Limits
from sohoa.adapters.recogniser import OcrRecogniser
from sohoa.domain.archive.records import Reading
from sohoa.domain.protection.secrecy import NoticedMark, screen
from tests.support.annotated import (
    BLACK,
    BLUE,
    RED,
    Drawing,
    How,
    cropped,
    put_on,
    turned,
    with_attachment,
    with_content,
)
from tests.support.drawn import page, stamp
from tests.support.marks import MARKS
from tests.support.scanmaker import GOOD, as_born_digital, as_jpeg, as_pdf, load_document, render_document

_DPI = 200


@pytest.fixture(scope="module")
def papers() -> dict[str, bytes]:
    """The same plan born digital and scanned, its first page."""
    document = load_document("kh_212")
    return {"born": as_born_digital(document), "scan": as_pdf(render_document(document, GOOD)[:1], _DPI)}


@pytest.fixture(scope="module")
def recogniser() -> Iterator[OcrRecogniser]:
    with WorkerPool(1, 3072) as pool:
        yield OcrRecogniser(pool, limits=Limits(max_bytes=20_000_000), options=ReadOptions())


def _is_stopped(pdf: bytes, folder: Path) -> bool:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return screen([read_page(path, Kind.PDF, 1, ReadOptions())[0]], MARKS) is not None


_DRAWINGS = {
    "text": Drawing("MẬT", (22, 9), How.TEXT, BLACK),
    "picture": Drawing("TỐI MẬT", (34, 10), How.PICTURE, RED),
    "outlines": Drawing("TUYỆT MẬT", (44, 10), How.OUTLINES, BLUE),
    "plain outlines": Drawing("TỐI MẬT", (34, 10), How.OUTLINES, BLACK, frames=0, size_pt=15),
}


@pytest.mark.parametrize("name", _DRAWINGS)
@pytest.mark.parametrize("base", ["born", "scan"])
@pytest.mark.parametrize("layer", ["on", "off", "reversed"])
def test_a_mark_in_a_layer_stops_the_paper(
    papers: dict[str, bytes], tmp_path: Path, base: str, name: str, layer: str
) -> None:
    """Whether that is shown or not, and though it be shown only while another is off."""
    assert _is_stopped(with_content(papers[base], _DRAWINGS[name], (32, 42), layer=layer), tmp_path)


def test_framed_letters_that_are_read_as_a_dot_stop_the_paper(
    papers: dict[str, bytes], tmp_path: Path
) -> None:
    """Engines take framed letters close below print for a dot as large as all of them."""
    assert _is_stopped(with_content(papers["scan"], _DRAWINGS["text"], (30, 41)), tmp_path)


def test_text_in_a_layer_that_is_off_is_known_where_print_lies_over_it(
    papers: dict[str, bytes], tmp_path: Path
) -> None:
    """A picture of it would show both."""
    hidden = Drawing("TỐI MẬT", (32, 9), How.TEXT, BLACK, frames=0)
    for place in ((32, 58), (60, 75), (40, 160)):
        assert _is_stopped(with_content(papers["born"], hidden, place, layer="off"), tmp_path)


@pytest.mark.parametrize("degrees", [0, 90, 270])
@pytest.mark.parametrize("name", _DRAWINGS)
def test_a_mark_outside_the_crop_box_stops_the_paper(
    papers: dict[str, bytes], tmp_path: Path, name: str, degrees: int
) -> None:
    marked = with_content(papers["born"], _DRAWINGS[name], (60, 4))
    whole = turned(marked, degrees) if degrees else marked
    cuts = {0: {"top_mm": 16}, 90: {"left_mm": 16}, 270: {"top_mm": 0}}[degrees]
    assert _is_stopped(cropped(whole, **cuts), tmp_path)


@pytest.mark.parametrize("ink", [BLACK, RED, BLUE])
@pytest.mark.parametrize("how", [How.OUTLINES, How.PICTURE])
@pytest.mark.parametrize("wording", ["MẬT", "TUYỆT MẬT"])
def test_a_mark_drawn_without_text_on_a_typed_page_stops_it(
    papers: dict[str, bytes], tmp_path: Path, wording: str, how: How, ink: tuple[int, int, int]
) -> None:
    """The text layer does not know it."""
    drawing = Drawing(wording, (22 if wording == "MẬT" else 42, 9), how, ink)
    assert _is_stopped(with_content(papers["born"], drawing, (32, 41)), tmp_path)


def test_other_layers_margins_and_drawings_stop_nothing(papers: dict[str, bytes], tmp_path: Path) -> None:
    harmless = Drawing("BẢN CHÍNH", (42, 9), How.PICTURE, RED)
    for layer in ("on", "off"):
        assert not _is_stopped(with_content(papers["born"], harmless, (32, 270), layer=layer), tmp_path)
    assert not _is_stopped(cropped(with_content(papers["born"], harmless, (60, 4)), top_mm=16), tmp_path)
    assert not _is_stopped(with_content(papers["born"], harmless, (32, 41)), tmp_path)


def _read(recogniser: OcrRecogniser, pdf: bytes, folder: Path) -> Reading:
    path = folder / "carrier.pdf"
    path.write_bytes(pdf)
    return recogniser.read(path, recogniser.inspect(path))


def _screened(reading: Reading) -> NoticedMark | None:
    return screen(reading.pages, MARKS, attached=reading.attached)


def _secret_scan() -> bytes:
    picture = page()
    stamp(picture, "MẬT", 2, (20, 8), at_mm=(32, 20))
    return as_pdf([picture], _DPI)


@pytest.mark.parametrize("on_page", [False, True])
@pytest.mark.parametrize("kind", ["pdf", "jpeg", "annotated", "nested"])
def test_a_mark_on_the_first_page_of_an_attached_file_stops_the_carrier(
    recogniser: OcrRecogniser, papers: dict[str, bytes], tmp_path: Path, kind: str, on_page: bool
) -> None:
    """A PDF, a picture, a stamp put on the page, a file attached to the attached file."""
    picture = page()
    stamp(picture, "TỐI MẬT", 2, (30, 8), at_mm=(32, 20))
    secret = {
        "pdf": _secret_scan(),
        "jpeg": as_jpeg(picture, _DPI),
        "annotated": put_on(papers["born"], "FreeText", Drawing("TUYỆT MẬT", (44, 10)), (30, 52)),
        "nested": with_attachment(papers["born"], "b.pdf", _secret_scan()),
    }[kind]
    reading = _read(recogniser, with_attachment(papers["born"], "a.bin", secret, on_page=on_page), tmp_path)
    hit = _screened(reading)
    assert hit is not None
    assert (hit.rule.partition(":")[0], hit.page) == ("attached", 1)


@pytest.mark.parametrize("name", ["QĐ 12 (TỐI MẬT).docx", "Tuyệt mật - báo cáo.pdf"])
def test_the_name_of_an_attached_file_stops_the_carrier(
    recogniser: OcrRecogniser, papers: dict[str, bytes], tmp_path: Path, name: str
) -> None:
    nested = with_attachment(papers["born"], name, b"no document")
    for carrier in (nested, with_attachment(papers["born"], "a.pdf", nested)):
        hit = _screened(_read(recogniser, carrier, tmp_path))
        assert hit is not None
        assert hit.rule == "attached:file_name"


def test_attached_files_are_named_and_nothing_else_of_them_is_kept(
    recogniser: OcrRecogniser, papers: dict[str, bytes], tmp_path: Path
) -> None:
    carrier = with_attachment(papers["born"], "Phụ lục\x1b 1.xml", b"<a/>")
    carrier = with_attachment(carrier, "scan.jpg", as_jpeg(page(), _DPI))
    carrier = with_attachment(carrier, "cut.pdf", papers["born"][:900])
    reading = _read(recogniser, carrier, tmp_path)
    assert _screened(reading) is None
    assert len(reading.pages) == 2
    details = {finding.code: finding.detail for finding in reading.findings}
    assert details == {"attachments": "Phụ lục 1.xml; cut.pdf; scan.jpg"}


def test_an_attachment_that_unpacks_to_more_than_the_limit_is_not_unpacked(
    recogniser: OcrRecogniser, papers: dict[str, bytes], tmp_path: Path
) -> None:
    reading = _read(recogniser, with_attachment(papers["born"], "large.pdf", bytes(60_000_000)), tmp_path)
    assert [finding.code for finding in reading.findings] == ["attachments", "attachment_unreadable"]


def test_a_file_without_attachments_carries_none(
    recogniser: OcrRecogniser, papers: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / "plain.pdf"
    for data in papers.values():
        path.write_bytes(data)
        assert not recogniser.inspect(path).carries_files
