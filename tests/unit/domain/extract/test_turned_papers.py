"""Papers that lie on their side or upside down are described as upright ones are."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocr.image import inks
from ocr.page import Page
from ocr.read_page import ReadOptions, read_page
from ocr.source.files import Kind
from sohoa.domain.archive.records import Description
from tests.support.scanmaker import GOOD, as_jpeg, load_document, render_document
from tests.unit.domain.extract.conftest import Describe

_FIELDS = ("code_number", "code_notation", "issued_date", "organ_name", "type_name", "subject", "signer_name")


def _scan(name: str, dpi: int, skew_deg: float) -> Image.Image:
    return render_document(load_document(name), replace(GOOD, skew_deg=skew_deg), dpi, 5)[0]


def _read(picture: Image.Image, dpi: int, folder: Path, number: int = 1) -> Page:
    path = folder / f"scan{number}.jpg"
    path.write_bytes(as_jpeg(picture, dpi, 85))
    return replace(read_page(path, Kind.JPEG, 1, ReadOptions())[0], number=number)


def _values(found: Description, part: int = 0) -> dict[str, str]:
    fields = found.documents[part].fields
    return {name: fields[name].value for name in _FIELDS if name in fields}


@pytest.mark.parametrize(
    ("name", "turns", "dpi", "skew_deg"),
    [
        ("qd_47", 2, 200, 0.3),
        ("qd_47", 1, 150, -0.8),
        ("qd_47", 3, 300, 1.2),
        ("tb_21", 2, 300, -1.5),
        ("cv_315_incoming", 1, 200, 0.0),
    ],
)
def test_a_turned_paper_has_the_fields_of_the_upright_one(
    described: Describe, tmp_path: Path, name: str, turns: int, dpi: int, skew_deg: float
) -> None:
    """Fields and text are the upright one's; words and evidence have boxes with ink of the page as is."""
    upright = _scan(name, dpi, skew_deg)
    picture = upright.rotate(-90 * turns, expand=True)
    page, expected = _read(picture, dpi, tmp_path), _read(upright, dpi, tmp_path, 2)
    assert (page.width_px, page.height_px) == picture.size
    assert page.turned_deg == 90 * turns
    assert SequenceMatcher(None, page.text.split(), expected.text.split()).ratio() > 0.98
    found = described(page)
    assert _values(found) == _values(described(replace(expected, number=1)))
    assert [mark.kind for mark in page.marks] == [mark.kind for mark in expected.marks]
    dark = inks.dark(np.asarray(picture))
    boxes = [word.box for word in page.words if len(word.text) > 2]
    boxes += [seen.box for seen in found.fields["organ_name"].evidence if seen.box]
    assert all(dark[box.y : box.bottom, box.x : box.right].any() for box in boxes)


def test_a_second_document_upside_down_is_split_off(described: Describe, tmp_path: Path) -> None:
    """Two decisions in one file, the second lies on its head: two documents."""
    first, second = _scan("qd_47", 200, 0.2), _scan("tb_21", 200, -0.4).rotate(180)
    found = described(_read(first, 200, tmp_path), _read(second, 200, tmp_path, 2))
    assert [(part.first_page, part.last_page) for part in found.documents] == [(1, 1), (2, 2)]
    assert _values(found, 1)["code_number"] == load_document("tb_21").number
