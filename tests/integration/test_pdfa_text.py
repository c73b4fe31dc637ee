"""The invisible text layer, as a reader's software sees it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # ships no types
import pytest
from pikepdf import Array, Dictionary, Name

from ocr.page import Box, Line, Page, Source, Word
from ocr.read_page import ReadOptions
from ocr.read_page import read_page as read_pixels
from ocr.source.files import Kind
from ocr.source.legacy_encodings import decoded
from sohoa.adapters.pdf.geometry import Frame
from sohoa.adapters.pdf.layers import TextLayers
from sohoa.adapters.sealer import PdfSealer
from tests.support.scanmaker import as_born_digital, load_document, text_of
from tests.support.scanmaker.layers import remapped
from tests.support.sealing import read_page, seal, sealing, tool
from tests.support.verapdf import not_pdfa

_BLOCK_WORDS = 30  # of the signature's appearance
_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PdfSealer]:
    with sealing(tmp_path_factory.mktemp("home"), no_room="invisible") as ready:
        yield ready


def _blank(path: Path, rotate: int = 0, crop: tuple[float, ...] = (), media: tuple[float, ...] = ()) -> Path:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(600, 800))
        page = pdf.pages[0]
        page.Rotate = rotate
        if media:
            page.MediaBox = Array(list(media))
        if crop:
            page.CropBox = Array(list(crop))
        pdf.save(path)
    return path


def _pixels(pdf: Path) -> list[bytes]:
    """Each page as it looks, without what is put on it."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=1, draw_annots=False).to_numpy().tobytes() for page in document]


def _words(pdf: Path) -> dict[str, tuple[float, float, float, float]]:
    found = _WORD.findall(tool("pdftotext", "-bbox", "-cropbox", pdf, "-"))
    return {word: (float(a), float(b), float(c), float(d)) for a, b, c, d, word in found}


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_words_lie_where_they_were_read(sealer: PdfSealer, tmp_path: Path, rotate: int) -> None:
    """Whatever the rotation and the boxes, each word's box is where it was read, to a point."""
    source = _blank(tmp_path / "p.pdf", rotate, crop=(50, 100, 450, 700), media=(-20, -10, 620, 790))
    width, height = (600, 400) if rotate in (90, 270) else (400, 600)
    words = (Word("Nghị", Box(100, 200, 90, 30), 0.9), Word("quyết", Box(200, 200, 110, 30), 0.9))
    page = Page(1, width * 2, height * 2, 144, Source.OCR, (Line(words),))
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(seal(sealer, source, [page]).pdf)
    found = _words(copy)
    for word in words:
        expected = (word.box.x / 2, word.box.y / 2, word.box.right / 2, word.box.bottom / 2)
        assert found[word.text] == pytest.approx(expected, abs=1)
    assert not_pdfa([copy]) == []


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("turned_deg", [90, 180, 270])
def test_words_of_a_page_that_lies_lie_where_they_were_read(
    tmp_path: Path, rotate: int, turned_deg: int
) -> None:
    """The same for pages that must be turned to be read: boxes are those of the page as it lies."""
    frame = Frame(0, 0, 400, 600, rotation=rotate)
    width, height = (round(2 * side) for side in frame.shown_size)
    word = Word("quyết", Box(100, 200, 30, 110) if turned_deg % 180 else Box(100, 200, 110, 30), 0.9)
    page = Page(1, width, height, 144, Source.OCR, (Line((word,)),), turned_deg=turned_deg)
    copy, box = tmp_path / "copy.pdf", word.box
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(400, 600))
        pdf.pages[0].Rotate = rotate
        layers = TextLayers(pdf)
        layers.add(pdf.pages[0], page)
        layers.finish()
        pdf.save(copy)
    assert _words(copy)["quyết"] == pytest.approx(
        (box.x / 2, box.y / 2, box.right / 2, box.bottom / 2), abs=3
    )


def test_text_is_composed_and_in_reading_order(sealer: PdfSealer, tmp_path: Path) -> None:
    """Words come out in NFC, with spaces, line by line, also beyond the BMP; control characters do not."""
    texts = (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "điều 1 𝕏", "a\u0007b <&>")
    expected = ["Ủy ban nhân dân", "điều 1 𝕏", "ab <&>"]
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(seal(sealer, _blank(tmp_path / "p.pdf"), [read_page(*texts)]).pdf)
    lines = [line for line in tool("pdftotext", "-raw", copy, "-").splitlines() if line.strip("\f")]
    assert [line for line in lines if line in expected] == expected
    assert not_pdfa([copy]) == []


def test_words_are_never_painted(sealer: PdfSealer, tmp_path: Path) -> None:
    """Every word of the layer is shown in rendering mode 3, whatever font a reader puts in place of ours."""
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(seal(sealer, _blank(tmp_path / "p.pdf"), [read_page("một hai", "ba")]).pdf)
    modes, mode = [], 0
    with pikepdf.open(copy) as pdf:
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            if str(step.operator) == "Tr":
                mode = int(str(step.operands[0]))
            elif str(step.operator) in ("Tj", "TJ"):
                modes.append(mode)
    assert modes == [3] * len(modes)
    assert len(modes) >= 2


def test_a_former_text_layer_is_replaced(sealer: PdfSealer, tmp_path: Path) -> None:
    """A page that is read again carries the new words only; one that is not keeps its own."""
    source, first, second = (tmp_path / f"{name}.pdf" for name in ("p", "first", "second"))
    first.write_bytes(seal(sealer, _blank(source), [read_page("cũ kỹ")]).pdf)
    sealed = seal(sealer, first, [read_page("mới tinh")])
    second.write_bytes(sealed.pdf)
    text = tool("pdftotext", second, "-")
    assert "mới tinh" in text
    assert "cũ" not in text
    kept = seal(sealer, first, [read_page("mới tinh", source=Source.TEXT_LAYER)])
    second.write_bytes(kept.pdf)
    assert "cũ kỹ" in tool("pdftotext", second, "-")
    assert not_pdfa([second]) == []


@pytest.mark.parametrize("name", ["bc_58_digital", "tb_21"])
@pytest.mark.parametrize(("letter", "told"), [("ư", "-"), ("a", "a\u200b"), ("đ", "ð")])
def test_mended_words_are_the_copys_text(
    sealer: PdfSealer, tmp_path: Path, name: str, letter: str, told: str
) -> None:
    """Once, on a page that looks as before; what the fonts told wrongly is in no reader's hands."""
    source, copy = tmp_path / "own.pdf", tmp_path / "copy.pdf"
    own = as_born_digital(load_document(name))
    source.write_bytes(remapped(own, lambda _, sign: told if sign == letter else sign))
    pages = [
        read_pixels(source, Kind.PDF, number + 1, ReadOptions())[0]
        for number in range(len(text_of(load_document(name))))
    ]
    assert {page.source for page in pages} == {Source.TEXT_LAYER}
    copy.write_bytes(seal(sealer, source, pages).pdf)
    printed = Counter(word for page in text_of(load_document(name)) for word in page.split())
    found = Counter(tool("pdftotext", "-raw", copy, "-").split())
    assert printed - found == Counter()
    assert sum((found - printed).values()) <= _BLOCK_WORDS
    assert _pixels(copy) == _pixels(source)
    assert not_pdfa([copy]) == []


def _old_codes(font: str) -> dict[str, str]:
    """What a font of that name has for each Vietnamese letter, found by reading all that it could have."""
    bytes_ = [chr(code) for code in range(0xA1, 0x100)]
    pairs = [base + mark for base in "AEOUYÖÔaeouyöô" for mark in bytes_]
    told = {decoded(code, [font] * len(code)).lower(): code for code in (*bytes_, *pairs)}
    return {letter: code for letter, code in told.items() if len(letter) == 1 and letter > "\x7f"}


@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_words_in_an_old_encoding_are_found_in_the_copy(sealer: PdfSealer, tmp_path: Path, font: str) -> None:
    """A viewer's search finds every word in Unicode and none as its font has it; the page looks as before."""
    source, copy, codes = tmp_path / "old.pdf", tmp_path / "copy.pdf", _old_codes(font)
    own = as_born_digital(load_document("tb_21"))
    old = remapped(own, lambda _, sign: codes.get(sign.lower(), sign), lambda _: font)
    source.write_bytes(old)
    printed = [word.lower() for page in text_of(load_document("tb_21")) for word in page.split()]
    marked = {word for word in printed if not word.isascii()}
    told = {*tool("pdftotext", "-raw", source, "-").lower().split()}
    assert len(marked & told) < len(marked) / 5
    pages = [
        read_pixels(source, Kind.PDF, number + 1, ReadOptions())[0]
        for number in range(len(text_of(load_document("tb_21"))))
    ]
    assert {page.source for page in pages} == {Source.TEXT_LAYER}
    copy.write_bytes(seal(sealer, source, pages).pdf)
    found = Counter(tool("pdftotext", "-raw", copy, "-").lower().split())
    assert Counter(printed) - found == Counter()
    assert sum((found - Counter(printed)).values()) <= _BLOCK_WORDS
    assert _pixels(copy) == _pixels(source)
    assert not_pdfa([copy]) == []


def test_a_page_beside_a_mended_one_keeps_its_own_text(sealer: PdfSealer, tmp_path: Path) -> None:
    """Though both use the same fonts and the same form."""
    source, copy = tmp_path / "own.pdf", tmp_path / "copy.pdf"
    source.write_bytes(as_born_digital(load_document("tb_21")))
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        form = pdf.make_stream(
            pdf.pages[0].Contents.read_bytes(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=pdf.pages[0].MediaBox,
            Resources=pdf.pages[0].Resources,
        )
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Fm=form))
        pdf.pages[0].Contents = pdf.make_stream(b"q /Fm Do Q")
        pdf.pages.append(pdf.pages[0])
        pdf.save()
    mended = Page(
        1, 600, 800, 72, Source.TEXT_LAYER, (Line((Word("mới", Box(50, 50, 40, 20), 1.0, "m-i"),)),)
    )
    copy.write_bytes(seal(sealer, source, [mended, replace(mended, number=2, lines=())]).pdf)
    first, second = (tool("pdftotext", "-raw", "-f", n, "-l", n, copy, "-") for n in ("1", "2"))
    assert "mới" in first
    assert "Nơi nhận" not in first
    assert "Nơi nhận" in second
    assert not_pdfa([copy]) == []
