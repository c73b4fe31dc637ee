"""Which resolution of a page is believed, whatever its file claims; pages come from the scan maker."""

from __future__ import annotations

import functools
import io
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # the library has no types
import numpy as np
import pikepdf
import pytest
from PIL import Image

from ocr.image import decode
from ocr.image.raster import Raster
from ocr.source.pdf import sheets
from tests.support.scanmaker import CLEAN, POOR, as_born_digital, as_jpeg, load_document, render_document

LIMIT = 120_000_000
A4_INCHES = (8.27, 11.69)


@functools.cache
def scan(dpi: int, name: str = "qd_47", *, poor: bool = False) -> Image.Image:
    return render_document(load_document(name), POOR if poor else CLEAN, dpi, 3)[0]


def inches(raster: Raster) -> tuple[float, ...]:
    return tuple(side / raster.dpi for side in reversed(raster.pixels.shape[:2]))


@pytest.mark.parametrize(
    ("dpi", "claim", "poor"),
    [
        (150, 600, False),
        (200, 400, True),
        (200, 600, False),
        (200, 1200, True),
        (200, 72, False),
        (300, 72, False),
        (300, 1, False),
        (600, 200, False),
    ],
)
def test_a_header_that_claims_another_resolution_is_not_believed(
    tmp_path: Path, dpi: int, claim: int, poor: bool
) -> None:
    """An A4 page is read as A4, at its own pixels up to 300 dpi."""
    path = tmp_path / "scan.jpg"
    path.write_bytes(as_jpeg(scan(dpi, "bc_secret", poor=poor), claim))
    raster = decode.rasterise(path, 1, LIMIT)
    assert inches(raster) == pytest.approx(A4_INCHES, rel=0.02)
    assert raster.dpi == min(dpi, 300)


@pytest.mark.parametrize("dpi", [150, 300])
@pytest.mark.parametrize("paper", [(148, 210), (210, 297), (297, 420)])
def test_a_header_that_is_right_is_believed(tmp_path: Path, dpi: int, paper: tuple[int, int]) -> None:
    """A5, A4 and A3 pages in letters of the usual size keep the stated resolution."""
    whole = scan(dpi)
    wide, high = (round(side * dpi / 25.4) for side in paper)
    sheet = Image.new("RGB", (wide, high), "white")
    sheet.paste(whole, (0, 0))
    sheet.paste(whole, (whole.width, 0))
    path = tmp_path / "scan.jpg"
    path.write_bytes(as_jpeg(sheet, dpi))
    raster = decode.rasterise(path, 1, LIMIT)
    assert raster.dpi == min(dpi, 300)
    assert inches(raster) == pytest.approx([side / 25.4 for side in paper], rel=0.01)


@pytest.mark.parametrize("lying", [False, True])
@pytest.mark.parametrize(("across", "down"), [(204, 98), (204, 196), (200, 100), (100, 200), (300, 150)])
def test_pixels_that_are_not_square_are_made_square(
    tmp_path: Path, across: int, down: int, *, lying: bool
) -> None:
    """A fax's page has the size of its paper; no column and no line is dropped."""
    page = scan(300).convert("L").rotate(90 * lying, expand=True)
    fax = page.resize((round(page.width * across / 300), round(page.height * down / 300)))
    path = tmp_path / "fax.tif"
    fax.point(lambda level: 255 * (level > 150)).convert("1").save(
        path, compression="group4", dpi=(across, down)
    )
    raster = decode.rasterise(path, 1, LIMIT)
    assert inches(raster) == pytest.approx(A4_INCHES[::-1] if lying else A4_INCHES, rel=0.01)
    assert (raster.pixels.shape[1], raster.pixels.shape[0]) >= fax.size
    assert raster.scan is not None
    assert raster.scan.dpi == pytest.approx(min(across, down), rel=0.01)


def test_a_fax_that_states_nothing_is_told_by_its_columns(tmp_path: Path) -> None:
    """1728 black and white columns with half as many lines are a page of 204 x 98 dots to the inch."""
    path = tmp_path / "fax.tif"
    scan(300).convert("1").resize((1728, 1143)).save(path, compression="group4")
    assert inches(decode.rasterise(path, 1, LIMIT)) == pytest.approx((8.47, 11.66), rel=0.03)


def in_pdf(page: Image.Image, points: tuple[float, float], unit: float = 1.0) -> bytes:
    picture = io.BytesIO()
    page.save(picture, "JPEG", quality=70)
    made = img2pdf.convert(picture.getvalue(), layout_fun=lambda *_: (*points, *points))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        if unit != 1:
            pdf.pages[0].obj.UserUnit = unit
        stream = io.BytesIO()
        pdf.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("dpi", [150, 600])
@pytest.mark.parametrize(("pixels_per_unit", "unit"), [(1.0, 1.0), (200.0, 72.0), (0.5, 1.0), (20.0, 10.0)])
def test_a_pdf_page_measured_in_anything_is_read_at_its_scans_pixels(
    tmp_path: Path, dpi: int, pixels_per_unit: float, unit: float
) -> None:
    """Pixels, inches or other units as points: the page is A4 and not shrunk below 300 dpi."""
    page = scan(dpi, "bc_secret")
    path = tmp_path / "scan.pdf"
    path.write_bytes(in_pdf(page, (page.width / pixels_per_unit, page.height / pixels_per_unit), unit))
    assert sheets.check(path, 10, LIMIT) == (1, frozenset(), False)
    sheet = sheets.sheet(path, 1, LIMIT)
    assert inches(sheet.raster) == pytest.approx(A4_INCHES, rel=0.02)
    assert sheet.raster.dpi == pytest.approx(min(dpi, 300), abs=2)


@pytest.mark.parametrize("factor", [1 / 72, 200 / 72, 600 / 72])
def test_words_of_a_page_in_other_units_lie_where_they_are_seen(tmp_path: Path, factor: float) -> None:
    """A born-digital page scaled to inches or pixels has the words and boxes of the unscaled one."""
    plain, scaled = tmp_path / "plain.pdf", tmp_path / "scaled.pdf"
    plain.write_bytes(as_born_digital(load_document("bc_58_digital")))
    with pikepdf.open(plain) as pdf:
        page = pdf.pages[0]
        page.MediaBox = pikepdf.Array([float(side) * factor for side in page.MediaBox.as_list()])
        page.contents_add(pdf.make_stream(b"%f 0 0 %f 0 0 cm\n" % (factor, factor)), prepend=True)
        pdf.save(scaled)
    sheets.check(scaled, 10, LIMIT)
    expected, found = sheets.sheet(plain, 1, LIMIT), sheets.sheet(scaled, 1, LIMIT)
    words = [sheet.layer.words for sheet in (expected, found)]
    assert [word.text for word in words[1]] == [word.text for word in words[0]]
    ratio = found.raster.pixels.shape[1] / expected.raster.pixels.shape[1]
    assert ratio == pytest.approx(1, rel=0.1)
    for one, other in zip(*words, strict=True):
        assert np.array(other.box.middle) == pytest.approx(np.array(one.box.middle) * ratio, abs=6)
