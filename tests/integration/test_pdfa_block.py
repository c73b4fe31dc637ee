"""The visible block: what it says, where it stands, and that it covers nothing (TT 05/2025, art. 8)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from ocr.process.pool import WorkerPool
from tests.support.sealing import ORGAN, read_page, seal, sealer_with_test_key, sealing, tool
from tests.support.verapdf import not_pdfa

_TIME = "2026-03-05T09:07:08+07:00"


def _paper(path: Path, ink: tuple[int, int, int, int] | None, rotate: int = 0, unit: float = 1) -> Path:
    """An A4 page with one black rectangle (left, bottom, width, height) of user space."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].Rotate = rotate
        if unit != 1:
            pdf.pages[0].obj.UserUnit = unit
        if ink:
            pdf.pages[0].Contents = pdf.make_stream(b"0 g %d %d %d %d re f" % ink)
        pdf.save(path)
    return path


def _look(pdf: Path) -> np.ndarray:
    tool("pdftoppm", "-r", "72", "-png", "-singlefile", pdf, pdf.with_suffix(""))
    return np.asarray(Image.open(pdf.with_suffix(".png")).convert("L")).astype(int)


def test_a_free_margin_takes_the_block(tmp_path: Path) -> None:
    """Agency name, time to the second with offset, the test mark: in the top margin on the right."""
    source, copy = _paper(tmp_path / "p.pdf", None), tmp_path / "copy.pdf"
    with sealing(tmp_path) as sealer:
        sealed = seal(sealer, source, [read_page()])
    copy.write_bytes(sealed.pdf)
    assert sealed.block == "margin"
    lines = tool("pdftotext", copy, "-").split("\n")
    assert lines[:3] == [ORGAN, _TIME, "CHỮ KÝ THỬ NGHIỆM - TEST"]
    rows, columns = np.nonzero(_look(copy) < 128)
    assert rows.max() < 57
    assert columns.min() > 300
    assert "Tinos" in tool("pdffonts", copy)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("ink", [None, (0, 0, 595, 842)])
def test_the_block_reads_upright_on_turned_pages(
    tmp_path: Path, rotate: int, ink: tuple[int, int, int, int] | None
) -> None:
    """In the margin or on a strip, the block is at the top right of the page as it is shown."""
    source, copy = _paper(tmp_path / "p.pdf", ink, rotate), tmp_path / "copy.pdf"
    with sealing(tmp_path) as sealer:
        sealed = seal(sealer, source, [read_page()])
    copy.write_bytes(sealed.pdf)
    assert sealed.block == ("strip" if ink else "margin")
    look = _look(copy)
    height, width = (595, 842) if rotate in (90, 270) else (842, 595)
    assert look.shape[1] == width
    assert (look.shape[0] > height) == bool(ink)
    strip = look[: look.shape[0] - height] if ink else look[:57]
    assert (strip < 128).sum() > 50
    rows, columns = np.nonzero(strip < 128)
    assert columns.min() > width / 2
    assert rows.max() - rows.min() < columns.max() - columns.min()
    assert not_pdfa([copy]) == []


@pytest.mark.parametrize("ink", [None, (0, 0, 595, 842)])
def test_the_block_of_a_copy_says_its_form(tmp_path: Path, ink: tuple[int, int, int, int] | None) -> None:
    """nd30-copy: form of copy, agency, time; top right (NĐ 30/2020, Phụ lục I)."""
    source, copy = _paper(tmp_path / "p.pdf", ink), tmp_path / "copy.pdf"
    with WorkerPool(1, 3072) as pool:
        sealer = sealer_with_test_key(pool, tmp_path / "pki", profile="nd30-copy")
        copy.write_bytes(seal(sealer, source, [read_page()]).pdf)
    assert tool("pdftotext", copy, "-").split("\n")[:3] == ["Sao y", ORGAN, _TIME]
    assert np.nonzero(_look(copy)[:57] < 128)[1].min() >= (0 if ink else 297)
    assert not_pdfa([copy]) == []


@pytest.mark.parametrize("ink", [None, (0, 0, 595, 842), (10, 790, 250, 40)])
def test_the_block_of_a_procedure_stands_on_the_left(
    tmp_path: Path, ink: tuple[int, int, int, int] | None
) -> None:
    """tthc: who scanned, by the certificate, and when; top left, in the margin or on a strip (TT 01/2023)."""
    source, copy = _paper(tmp_path / "p.pdf", ink), tmp_path / "copy.pdf"
    with WorkerPool(1, 3072) as pool:
        sealer = sealer_with_test_key(pool, tmp_path / "pki", profile="tthc")
        sealed = seal(sealer, source, [read_page()])
    copy.write_bytes(sealed.pdf)
    assert sealed.place is not None
    assert sealed.place.left < 20
    assert sealed.block == ("strip" if ink else "margin")
    assert tool("pdftotext", copy, "-").split("\n")[:2] == [sealed.signer, _TIME]
    assert not_pdfa([copy]) == []


def test_no_room_may_mean_no_block(tmp_path: Path) -> None:
    """By setting, a page without room is signed invisibly and keeps its size."""
    source, copy = _paper(tmp_path / "p.pdf", (0, 0, 595, 842)), tmp_path / "copy.pdf"
    with sealing(tmp_path, no_room="invisible") as sealer:
        sealed = seal(sealer, source, [read_page()])
        assert sealer.check(sealed.pdf).valid
    copy.write_bytes(sealed.pdf)
    assert sealed.block == "invisible"
    assert "595 x 842" in tool("pdfinfo", copy)
    assert not_pdfa([copy]) == []


@pytest.mark.parametrize("size", [(60, 80), (595, 14_390)])
def test_a_page_that_cannot_hold_the_block_is_signed_invisibly(tmp_path: Path, size: tuple[int, int]) -> None:
    """Pages narrower than the block, or as long as PDF allows, get no strip."""
    source, copy = tmp_path / "p.pdf", tmp_path / "copy.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=size)
        pdf.pages[0].Contents = pdf.make_stream(b"0 g 0 0 20000 20000 re f")
        pdf.save(source)
    with sealing(tmp_path) as sealer:
        sealed = seal(sealer, source, [read_page()])
    copy.write_bytes(sealed.pdf)
    assert sealed.block == "invisible"
    assert not_pdfa([copy]) == []


def test_the_block_covers_no_ink(tmp_path: Path) -> None:
    """With ink in the corner the block moves beside it: both are whole."""
    ink = (480, 790, 100, 40)
    source, copy = _paper(tmp_path / "p.pdf", ink), tmp_path / "copy.pdf"
    with sealing(tmp_path) as sealer:
        sealed = seal(sealer, source, [read_page()])
    copy.write_bytes(sealed.pdf)
    before, after = _look(source), _look(copy)
    assert sealed.block == "margin"
    assert (after[before < 128] < 128).all()
    assert (after[12:52, 480:580] < 128).all()
    assert (after < 128).sum() > (before < 128).sum() + 50


def test_a_long_name_is_wrapped(tmp_path: Path) -> None:
    """All of a long agency name is shown, on several lines, and nothing leaves the page."""
    organ = (
        "Ban quản lý dự án đầu tư xây dựng các công trình nông nghiệp và phát triển nông thôn tỉnh Sông Lam"
    )
    source, copy = _paper(tmp_path / "p.pdf", None), tmp_path / "copy.pdf"
    with sealing(tmp_path) as sealer:
        sealed = seal(sealer, source, [read_page()], organ=organ)
        assert sealer.check(sealed.pdf).valid
    copy.write_bytes(sealed.pdf)
    assert " ".join(tool("pdftotext", copy, "-").split()).startswith(f"{organ} {_TIME}")
    assert not_pdfa([copy]) == []


def test_metadata_says_who_converted_what(tmp_path: Path) -> None:
    """XMP and document information agree and carry title, record, hash, agency, tools and the test mark."""
    source = _paper(tmp_path / "p.pdf", None)
    with sealing(tmp_path) as sealer:
        sealed = seal(sealer, source, [read_page()])
    (tmp_path / "copy.pdf").write_bytes(sealed.pdf)
    with pikepdf.open(tmp_path / "copy.pdf") as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        info = pdf.trailer.Info
        assert isinstance(info, Dictionary)
        xmp = pdf.open_metadata()
        assert xmp["dc:title"] == str(info[Name.Title]) == "Thử <&> nghiệm"
        assert xmp["pdf:Keywords"] == str(info[Name.Keywords])
        assert xmp["xmp:CreatorTool"] == str(info[Name.Creator])
        assert str(info[Name.CreationDate]) == str(info[Name.ModDate]) == "D:20260305090708+07'00'"
        assert not pdf.is_encrypted
    for value in ("sha256:" + "0f" * 32, "abcdefghijklmnop", ORGAN, _TIME, "sohoa 0", "TEST", "số hóa"):
        assert value in packet
