"""Whether a page draws its text layer, or a picture of other words lies over or under it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from fpdf.enums import TextMode
from pikepdf import Rectangle
from PIL import Image

from ocr.source.pdf import sheets
from tests.support.scanmaker import GOOD, Document, as_born_digital, load_document, render_document
from tests.support.scanmaker.layers import with_layer


@pytest.fixture(scope="module")
def notice() -> Document:
    return load_document("tb_21")


@pytest.fixture(scope="module")
def scan(notice: Document) -> list[Image.Image]:
    return render_document(notice, GOOD, 100, 5)


def _is_drawn(pdf: bytes, folder: Path) -> bool:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    sheet = sheets.sheet(path, 1, 10**8)
    assert sheet.layer.words
    return sheet.layer_drawn


@pytest.mark.parametrize("mode", [TextMode.INVISIBLE, TextMode.CLIP])
@pytest.mark.parametrize("under", [False, True])
def test_unseen_text_is_another_programs(
    notice: Document, scan: list[Image.Image], mode: TextMode, under: bool, tmp_path: Path
) -> None:
    """Over the scan or under it."""
    assert not _is_drawn(with_layer(scan, notice, mode=mode, under=under), tmp_path)


def test_text_under_a_scan_is_another_programs(
    notice: Document, scan: list[Image.Image], tmp_path: Path
) -> None:
    """Though it is filled: the picture hides it. The same words that lie elsewhere do not vouch for it."""
    assert not _is_drawn(with_layer(scan, notice, mode=TextMode.FILL, under=True), tmp_path)


def test_text_without_ink_over_a_scan_is_another_programs(
    notice: Document, scan: list[Image.Image], tmp_path: Path
) -> None:
    """White letters are filled and leave no ink."""
    pdf = with_layer(scan, notice, mode=TextMode.FILL, gray=1.0)
    assert not _is_drawn(pdf, tmp_path)


def test_text_over_a_background_is_the_pages_own(notice: Document, tmp_path: Path) -> None:
    """A picture of pale ornament fills the page, and every word is drawn over it."""
    ground = [Image.linear_gradient("L").point(lambda level: 200 + level // 5).convert("RGB")]
    assert _is_drawn(with_layer(ground, notice, mode=TextMode.FILL), tmp_path)


def test_one_word_that_is_not_drawn_makes_the_layer_another_programs(
    notice: Document, tmp_path: Path
) -> None:
    """A born-digital page with an unseen number over the drawn one."""
    path = tmp_path / "own.pdf"
    path.write_bytes(as_born_digital(notice))
    assert _is_drawn(path.read_bytes(), tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        added = with_layer(render_document(notice, GOOD, 50, 1), replace(notice, number="99"))
        unseen = tmp_path / "unseen.pdf"
        unseen.write_bytes(added)
        with pikepdf.open(unseen) as other:
            del other.pages[0].Resources.XObject
            pdf.pages[0].add_overlay(other.pages[0], Rectangle(*pdf.pages[0].mediabox))
        pdf.save()
    assert not _is_drawn(path.read_bytes(), tmp_path)
