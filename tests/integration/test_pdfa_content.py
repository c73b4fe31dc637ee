"""The archive copy keeps what was scanned: image bytes, pixels, size, looks."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from ocr.page import Source
from sohoa.adapters.sealer import PdfSealer
from tests.support.scanmaker import (
    GOOD,
    as_born_digital,
    as_jpeg,
    as_pdf,
    as_png,
    as_tiff,
    digitally_signed,
    load_document,
    render_document,
)
from tests.support.sealing import AT, ORGAN, read_page, seal, sealing, tool
from tests.support.verapdf import not_pdfa


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PdfSealer]:
    with sealing(tmp_path_factory.mktemp("home")) as ready:
        yield ready


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    return render_document(load_document("qd_47"), GOOD)


def _images(pdf: Path) -> list[bytes]:
    """The image files in a PDF, as they are stored."""
    folder = pdf.parent / f"{pdf.stem}-images"
    folder.mkdir()
    tool("pdfimages", "-all", pdf, folder / "i")
    return [file.read_bytes() for file in sorted(folder.iterdir())]


def _look(pdf: Path, dpi: int = 100) -> np.ndarray:
    """Page 1 as poppler draws it."""
    tool("pdftoppm", "-r", str(dpi), "-f", "1", "-l", "1", "-png", "-singlefile", pdf, pdf.with_suffix(""))
    return np.asarray(Image.open(pdf.with_suffix(".png")).convert("RGB")).astype(int)


def test_jpeg_streams_of_a_pdf_stay_byte_for_byte(
    sealer: PdfSealer, pictures: list[Image.Image], tmp_path: Path
) -> None:
    """The scan's JPEG streams are those of the copy, page by page, at the same size."""
    source, copy = tmp_path / "scan.pdf", tmp_path / "copy.pdf"
    source.write_bytes(as_pdf(pictures, 200))
    pages = [read_page("chữ", number=number) for number in range(1, len(pictures) + 1)]
    copy.write_bytes(seal(sealer, source, pages).pdf)
    assert _images(copy) == _images(source)
    assert "595.44 x 842.04" in tool("pdfinfo", copy)
    assert not_pdfa([copy]) == []


def test_a_jpeg_file_goes_in_unchanged(
    sealer: PdfSealer, pictures: list[Image.Image], tmp_path: Path
) -> None:
    """The embedded JPEG has the bytes of the file."""
    source, copy = tmp_path / "scan.jpg", tmp_path / "copy.pdf"
    source.write_bytes(as_jpeg(pictures[0], 200))
    copy.write_bytes(seal(sealer, source, [read_page("chữ")], kind="jpeg").pdf)
    assert _images(copy) == [source.read_bytes()]
    assert not_pdfa([copy]) == []


@pytest.mark.parametrize("kind", ["png", "tiff"])
def test_lossless_files_keep_their_pixels(
    sealer: PdfSealer, pictures: list[Image.Image], tmp_path: Path, kind: str
) -> None:
    """PNG and TIFF pages have equal pixels in the copy."""
    source, copy = tmp_path / f"scan.{kind}", tmp_path / "copy.pdf"
    source.write_bytes(as_png(pictures[0], 200) if kind == "png" else as_tiff(pictures, 200))
    frames = 1 if kind == "png" else len(pictures)
    pages = [read_page("chữ", number=number) for number in range(1, frames + 1)]
    copy.write_bytes(seal(sealer, source, pages, kind=kind).pdf)
    with Image.open(source) as image:
        for index, stored in enumerate(_images(copy)):
            image.seek(index)
            assert np.array_equal(
                np.asarray(Image.open(io.BytesIO(stored))), np.asarray(image.convert("RGB"))
            )
    assert not_pdfa([copy]) == []


def test_odd_images_are_flattened_and_noted(sealer: PdfSealer, tmp_path: Path) -> None:
    """Alpha goes over white, CMYK becomes RGB, a turned photo is shown upright; all of it PDF/A."""
    alpha, cmyk, turned = (tmp_path / name for name in ("alpha.png", "cmyk.jpg", "turned.jpg"))
    Image.new("RGBA", (400, 600), (200, 0, 0, 0)).save(alpha, dpi=(100, 100))
    Image.new("CMYK", (400, 600), (0, 90, 90, 0)).save(cmyk, dpi=(100, 100))
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (600, 400), "white").save(turned, dpi=(100, 100), exif=exif)
    page = read_page(size=(400, 600), dpi=100)
    copies = []
    for source in (alpha, cmyk, turned):
        kind = "png" if source.suffix == ".png" else "jpeg"
        sealed = seal(sealer, source, [page], kind=kind)
        copies.append(source.with_suffix(".pdf"))
        copies[-1].write_bytes(sealed.pdf)
        assert bool(sealed.notes) == (source != turned)
    assert not_pdfa(copies) == []
    assert _look(copies[0])[300, 200].min() == 255
    assert _look(copies[2]).shape[1] == 400


def test_signature_appearances_stay_visible(
    sealer: PdfSealer, pictures: list[Image.Image], tmp_path: Path
) -> None:
    """A signed original looks the same in the copy, below the strip that was added for our block."""
    source, copy = tmp_path / "signed.pdf", tmp_path / "copy.pdf"
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=7)))
    source.write_bytes(digitally_signed(as_pdf(pictures[:1], 200), ORGAN, at))
    sealed = seal(sealer, source, [read_page("chữ")])
    copy.write_bytes(sealed.pdf)
    before, after = _look(source, 72), _look(copy, 72)
    extra = after.shape[0] - before.shape[0]
    assert sealed.block == "strip"
    assert np.abs(after[extra + 60 :] - before[60:]).mean() < 2
    assert np.abs(after[extra : extra + 60] - before[:60]).mean() < 3
    assert not_pdfa([copy]) == []


def test_a_red_stamp_annotation_keeps_its_colour(sealer: PdfSealer, tmp_path: Path) -> None:
    """An annotation becomes a picture of the same colour at the same place; a hidden one is not drawn."""
    source, copy = tmp_path / "stamp.pdf", tmp_path / "copy.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].Annots = Array([_stamp(pdf, (100, 400, 200, 500)), _stamp(pdf, (300, 400, 400, 500), 2)])
        pdf.save(source)
    copy.write_bytes(seal(sealer, source, [read_page()]).pdf)
    look = _look(copy, 72)
    assert look[842 - 450, 150].tolist() == [255, 0, 0]
    assert look[842 - 450, 350].tolist() == [255, 255, 255]
    assert not_pdfa([copy]) == []


def _stamp(pdf: pikepdf.Pdf, rect: tuple[int, int, int, int], flags: int = 4) -> Dictionary:
    form = pdf.make_stream(b"1 0 0 rg 0 0 100 100 re f")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 100, 100])
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Stamp, Rect=Array(list(rect)), F=flags, AP=Dictionary(N=form)
    )


def test_scripts_attachments_and_links_are_dropped(sealer: PdfSealer, tmp_path: Path) -> None:
    """Nothing that acts or hides survives in the copy, which stays PDF/A."""
    source, copy = tmp_path / "active.pdf", tmp_path / "copy.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        script = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.pages[0].AA = Dictionary(O=script)
        link = Dictionary(S=Name.URI, URI=pikepdf.String("http://example.invalid/"))
        pdf.pages[0].Annots = Array(
            [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 50, 50]), A=link)]
        )
        pdf.attachments["secret.txt"] = b"attached"
        pdf.save(source)
    copy.write_bytes(seal(sealer, source, [read_page()]).pdf)
    with pikepdf.open(copy) as pdf:
        everything = b"".join(obj.unparse(resolved=True) for obj in pdf.objects)
    assert not any(word in everything for word in (b"JavaScript", b"/URI", b"EmbeddedFile", b"secret.txt"))
    assert not_pdfa([copy]) == []


def test_fonts_that_are_not_embedded_make_the_page_an_image(sealer: PdfSealer, tmp_path: Path) -> None:
    """Such a page is drawn, noted, and still searchable by the words that were read; others stay."""
    source, copy = tmp_path / "helvetica.pdf", tmp_path / "copy.pdf"
    with pikepdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(595, 842))
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.pages[0].Resources = Dictionary(Font=Dictionary(F1=font))
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F1 20 Tf 100 500 Td (Visible) Tj ET")
        pdf.save(source)
    pages = [read_page("nhìn thấy", source=Source.TEXT_LAYER), read_page(number=2)]
    sealed = seal(sealer, source, pages)
    copy.write_bytes(sealed.pdf)
    assert [note.partition(":")[0] for note in sealed.notes] == ["page 1"]
    assert tool("pdftotext", "-f", "1", "-l", "1", copy, "-").split()[-2:] == ["nhìn", "thấy"]
    assert len(_images(copy)) == 1
    assert not_pdfa([copy]) == []


def test_a_born_digital_text_layer_is_not_doubled(sealer: PdfSealer, tmp_path: Path) -> None:
    """Pages with good text of their own keep it, once."""
    source, copy = tmp_path / "digital.pdf", tmp_path / "copy.pdf"
    source.write_bytes(as_born_digital(load_document("bc_58_digital")))
    with pikepdf.open(source) as pdf:
        count = len(pdf.pages)
    pages = [read_page("thừa", number=n, source=Source.TEXT_LAYER) for n in range(1, count + 1)]
    sealed = seal(sealer, source, pages)
    copy.write_bytes(sealed.pdf)
    added = [*ORGAN.split(), AT.isoformat(), "CHỮ", "KÝ", "THỬ", "NGHIỆM", "-", "TEST"]
    own = tool("pdftotext", "-raw", source, "-").split()
    assert sealed.block == "margin"
    assert sorted(tool("pdftotext", "-raw", copy, "-").split()) == sorted(own + added)
    assert "thừa" not in tool("pdftotext", copy, "-")
    assert not_pdfa([copy]) == []
