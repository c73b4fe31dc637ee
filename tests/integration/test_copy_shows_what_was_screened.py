"""The sealed copy shows the page as it was looked at: nothing is drawn on it that was not screened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ocr.image import transform
from ocr.image.raster import Gray
from ocr.page import Source
from ocr.source.pdf import sheets
from sohoa.adapters.sealer import PdfSealer
from tests.support.annotated import BLUE, HIDDEN, RED, Drawing, How, cropped, put_on, turned, with_content
from tests.support.scanmaker import as_born_digital, load_document
from tests.support.sealing import read_page, seal, sealing

_WIDE = 600


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PdfSealer]:
    with sealing(tmp_path_factory.mktemp("home")) as ready:
        yield ready


@pytest.fixture(scope="module")
def born() -> bytes:
    return as_born_digital(load_document("kh_212"))


def _look(path: Path) -> Gray:
    pixels = sheets.sheet(path, 1, 60_000_000).raster.pixels
    return transform.gray(transform.coarse(pixels, _WIDE / pixels.shape[1]))


_PUT = {
    "stamp": ("Stamp", Drawing("BẢN CHÍNH", (40, 11), How.PICTURE, RED)),
    "free text": ("FreeText", Drawing("đã chuyển Phòng 3", (60, 12), How.TEXT, BLUE, 0)),
    "field": ("Tx", Drawing("1208", (20, 9), How.TEXT, BLUE, 1)),
    "button": ("Btn", Drawing("GỬI", (24, 9), How.OUTLINES, RED, 1)),
}


@pytest.mark.parametrize("degrees", [0, 90])
@pytest.mark.parametrize("name", _PUT)
def test_annotations_are_drawn_alike(
    sealer: PdfSealer, born: bytes, tmp_path: Path, name: str, degrees: int
) -> None:
    """In the middle of the page; one that is hidden is on neither."""
    subtype, drawing = _PUT[name]
    marked = put_on(
        put_on(born, subtype, drawing, (80, 150)), "Stamp", _PUT["stamp"][1], (80, 200), flags=HIDDEN
    )
    _same(sealer, turned(marked, degrees) if degrees else marked, tmp_path)


def test_layers_and_margins_are_drawn_alike(sealer: PdfSealer, born: bytes, tmp_path: Path) -> None:
    """What is off or cut off is on neither."""
    off = with_content(born, _PUT["stamp"][1], (80, 150), layer="off")
    _same(sealer, cropped(off, left_mm=12), tmp_path)


def _same(sealer: PdfSealer, pdf: bytes, folder: Path) -> None:
    source, copy = folder / "source.pdf", folder / "copy.pdf"
    source.write_bytes(pdf)
    pages = [read_page(number=number, source=Source.TEXT_LAYER) for number in (1, 2)]
    copy.write_bytes(seal(sealer, source, pages).pdf)
    seen, sealed = _look(source).astype(int), _look(copy).astype(int)
    below = seen.shape[0] // 3  # the signature block of the copy is above
    apart = np.abs(sealed[sealed.shape[0] - seen.shape[0] :] - seen)[below:]
    assert apart.mean() < 4  # a drawn page is resampled
    assert (apart > 90).mean() < 0.0005
