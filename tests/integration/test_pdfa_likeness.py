"""The copy is looked at: a page that does not show what the original shows is named."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from ocr.page import Source
from sohoa.adapters.pdf.likeness import unlike
from sohoa.adapters.pdf.values import PdfSource
from sohoa.adapters.sealer import PdfSealer
from sohoa.domain.archive.records import COPY_DIFFERS
from sohoa.usecases.archive.sealing import section_of, with_seal
from tests.support.scanmaker import GOOD, as_born_digital, as_pdf, load_document, render_document
from tests.support.sealing import read_page, seal, sealing

_ORIENTATION = 0x0112


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PdfSealer]:
    with sealing(tmp_path_factory.mktemp("home")) as ready:
        yield ready


@pytest.fixture(scope="module")
def pictures() -> list[Image.Image]:
    return render_document(load_document("qd_47"), GOOD)


def _drawn_on(pdf: bytes, content: bytes) -> bytes:
    """The file with something drawn on its second page."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.pages[1].contents_add(opened.make_stream(b"Q\n" + content))
        opened.pages[1].contents_add(opened.make_stream(b"q "), prepend=True)
        opened.save(output)
    return output.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"1 1 1 rg 0 0 700 900 re f",  # the page is gone
        b"1 1 1 rg 100 400 60 14 re f",  # a word is gone
        b"0 g 100 700 20 10 re f",  # something was added
        b"q 0.02 0 0 0.02 0 0 cm Q 1 0 0 1 0 0 cm 0 0 1 rg 380 120 14 14 re f",  # a stamp in another colour
    ],
)
def test_a_page_that_shows_something_else_is_named(
    pictures: list[Image.Image], tmp_path: Path, content: bytes
) -> None:
    """Whatever is away or was added on one page, that page and no other is told."""
    pdf = as_pdf([_inked(picture) for picture in pictures[:2]], 200)
    (tmp_path / "p.pdf").write_bytes(pdf)
    source = PdfSource(tmp_path / "p.pdf", "pdf", 2)
    assert unlike([source], pdf, strip=False) == ()
    assert unlike([source], _drawn_on(pdf, content), strip=False) == (2,)


def _inked(picture: Image.Image) -> Image.Image:
    """A page with text everywhere and a red stamp."""
    page = picture.convert("RGB")
    draw = ImageDraw.Draw(page)
    for y in range(300, 1500, 60):
        draw.text((150, y), "Quyết định số " * 8, fill="black", font_size=32)
    draw.rectangle((1050, 1960, 1100, 2010), fill=(200, 0, 0))
    return page


def test_every_route_of_a_copy_looks_as_before(
    sealer: PdfSealer, pictures: list[Image.Image], tmp_path: Path
) -> None:
    """Image bytes kept, a layer added, pages drawn, a strip on top, files of a folder: no page is named."""
    scan, digital = tmp_path / "scan.pdf", tmp_path / "digital.pdf"
    scan.write_bytes(as_pdf(pictures[:2], 200))
    digital.write_bytes(as_born_digital(load_document("tb_21")))
    with pikepdf.open(digital, allow_overwriting_input=True) as pdf:
        count = len(pdf.pages)
        for obj in pdf.objects:
            if isinstance(obj, pikepdf.Dictionary) and "/FontFile2" in obj:
                del obj.FontFile2
        pdf.save()
    for path, pages in ((scan, 2), (digital, count)):
        sealed = seal(sealer, path, [read_page("chữ", number=n + 1) for n in range(pages)])
        assert sealed.unlike == ()
    assert "drawn as an image" in " ".join(sealed.notes)


@pytest.mark.parametrize("orientation", [3, 6])
@pytest.mark.parametrize(
    ("kind", "mode"), [("tiff", "1"), ("tiff", "L"), ("tiff", "CMYK"), ("jpeg", "L"), ("jpeg", "CMYK")]
)
def test_pictures_that_lie_on_their_side_are_shown(
    sealer: PdfSealer, tmp_path: Path, kind: str, orientation: int, mode: str
) -> None:
    """A fax or photo that says how it is turned is as large and upright in the copy as a viewer shows it."""
    picture = Image.new("L", (600, 400), "white")
    ImageDraw.Draw(picture).text((60, 60), "Quyết định", fill="black", font_size=60)
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    path = tmp_path / f"p.{kind}"
    options: dict[str, Any] = {"compression": "group4"} if mode == "1" else {}
    if kind == "tiff":
        options["tiffinfo"] = exif
    picture.convert(mode).save(path, kind.upper(), dpi=(100, 100), exif=exif, **options)
    size = (600, 400) if orientation == 3 else (400, 600)
    sealed = seal(sealer, path, [read_page(size=size, dpi=100)], kind=kind)
    assert sealed.unlike == ()
    with pikepdf.open(io.BytesIO(sealed.pdf)) as pdf:
        left, bottom, right, top = (float(side) for side in pdf.pages[0].MediaBox)
        turned = int(pdf.pages[0].get("/Rotate", 0)) % 180 == 90
    shown = (top - bottom, right - left) if turned else (right - left, top - bottom)
    assert shown[0] == pytest.approx(size[0] * 0.72, abs=1)


def test_a_page_that_differs_is_a_finding(sealer: PdfSealer, tmp_path: Path) -> None:
    """With its page; it stays when the copy is signed later."""
    path = tmp_path / "p.png"
    Image.fromarray(np.full((400, 600), 255, np.uint8)).save(path, dpi=(100, 100))
    sealed = seal(sealer, path, [read_page(size=(600, 400), dpi=100, source=Source.OCR)], kind="png")
    record: Any = {"findings": []}
    section = section_of(sealed)
    found = with_seal(record, replace(sealed, unlike=(2,)), section)["findings"]
    assert found == [{"code": COPY_DIFFERS, "page": 2, "detail": ""}]
    record["findings"] = [*found]
    assert with_seal(record, sealed, section)["findings"] == found
