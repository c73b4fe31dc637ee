"""Scans that carry another program's text: what is read is what the pixels show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fpdf.enums import TextMode

from ocr.page import Page, Source
from ocr.read_page import Finding, ReadOptions, read_page
from ocr.source import files
from tests.support.scanmaker import GOOD, as_born_digital, load_document, render_document
from tests.support.scanmaker.layers import remapped, with_layer

_UNSEEN = TextMode.INVISIBLE
_DAY = date(2021, 5, 13)


def _first(pdf: bytes, folder: Path) -> tuple[Page, tuple[Finding, ...]]:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    page, findings = read_page(path, files.inspect(path).kind, 1, ReadOptions())
    return page, tuple(found for found in findings if found[0] == "text_layer_differs")


@pytest.mark.parametrize(
    ("name", "dpi", "changes", "mode", "under", "differs"),
    [
        ("tb_21", 200, {}, _UNSEEN, False, ""),
        ("tb_21", 150, {"number": "27"}, _UNSEEN, False, "number"),
        ("tb_21", 200, {"issued": _DAY}, TextMode.FILL, True, "date"),
        ("cv_3088_urgent", 300, {"number": "3688", "issued": _DAY}, _UNSEEN, True, "number, date"),
    ],
)  # fmt: skip
def test_over_a_scan_the_pixels_are_read(
    name: str, dpi: int, changes: dict[str, str], mode: TextMode, under: bool, differs: str, tmp_path: Path
) -> None:
    """Whatever good Vietnamese the layer says, how often, over or under the picture; it is told apart."""
    document = load_document(name)
    layer = replace(document, **changes)  # type: ignore[arg-type]  # fields of the document
    scan = render_document(document, GOOD, dpi, 7)
    page, findings = _first(with_layer(scan, layer, mode=mode, under=under, times=2), tmp_path)
    assert page.source is Source.OCR
    assert f"{document.number} /{document.notation}" in page.text
    assert page.text.count(document.signer) == 1
    assert findings == ((("text_layer_differs", 1, differs),) if differs else ())


def test_a_born_digital_page_is_read_from_its_text_unless_letters_are_missing(tmp_path: Path) -> None:
    document = load_document("tb_21")
    own = as_born_digital(document)
    page, _ = _first(own, tmp_path)
    assert page.source is Source.TEXT_LAYER
    lacking = remapped(own, lambda _, letter: " " if letter.lower() in "hic" else letter)
    again, findings = _first(lacking, tmp_path)
    assert again.source is Source.OCR
    assert document.signer in again.text
    assert findings == ()
