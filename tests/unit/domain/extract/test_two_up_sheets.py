"""Two pages on one sheet are read one after the other and described as a document of two pages."""

from __future__ import annotations

import functools
import io
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from ocr.image import inks
from ocr.page import Page, Source
from ocr.read_page import ReadOptions, read_page
from ocr.source.files import Kind
from sohoa.domain.archive.as_json import page_json, words_json
from sohoa.domain.archive.stored_pages import stored_pages
from sohoa.domain.protection.secrecy import screen
from tests.support.marks import MARKS
from tests.support.scanmaker import GOOD, as_born_digital, as_jpeg, load_document, render_document
from tests.support.scanmaker.two_up import Crease, Joint, two_up
from tests.unit.domain.extract.conftest import Describe

_FIELDS = ("code_number", "code_notation", "issued_date", "organ_name", "type_name", "subject", "signer_name")


@functools.cache
def _pages(name: str, dpi: int = 200) -> tuple[Image.Image, Image.Image]:
    """The document's own two pages; a second one with nothing but text where it has but one."""
    document = load_document(name)
    first, *more = render_document(document, GOOD, dpi, 5)
    annex = replace(document, body=document.body * 9)
    return first, more[0] if more else render_document(annex, GOOD, dpi, 6)[1]


def _read(picture: Image.Image, dpi: int, folder: Path) -> Page:
    path = folder / "scan.jpg"
    path.write_bytes(as_jpeg(picture, dpi, 85))
    return read_page(path, Kind.JPEG, 1, ReadOptions())[0]


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


@pytest.mark.parametrize(
    ("name", "dpi", "joint", "turns"),
    [
        ("qd_47", 200, Joint(), 0),
        ("tb_21", 300, Joint(-6, Crease.SHADOW, 0.8), 0),
        ("ttr_33", 200, Joint(8, Crease.LINE, -1.0), 0),
        ("qd_47", 200, Joint(0, Crease.LINE), 2),
        ("tb_21", 150, Joint(), 1),
        ("qd_47", 300, Joint(half=True, crease=Crease.SHADOW), 0),
    ],
)
def test_the_left_page_is_read_and_then_the_right_one(
    described: Describe, tmp_path: Path, name: str, dpi: int, joint: Joint, turns: int
) -> None:
    """Text and fields are those of the pages on their own; boxes have ink where they are on the sheet."""
    pages = _pages(name, dpi)
    expected = [replace(_read(each, dpi, tmp_path), number=at) for at, each in enumerate(pages, 1)]
    picture = two_up(*pages, dpi, joint).rotate(-90 * turns, expand=True)
    page = _read(picture, dpi, tmp_path)
    left, right = page.leaves
    assert page.turned_deg == 90 * turns
    assert (left.width_px + right.width_px, left.height_px) == (max(picture.size), min(picture.size))
    assert page.text == f"{left.text}\n{right.text}"
    for leaf, alone in zip(page.leaves, expected, strict=True):
        assert _alike(leaf.text, alone.text) > 0.9  # what engines make of a signature varies
    found, alone_found = described(page), described(*expected)
    for field in _FIELDS:
        assert found.fields[field].value == alone_found.fields[field].value
    assert [(part.first_page, part.last_page) for part in found.documents] == [(1, 1)]
    assert found.fields["number_of_page"].value == "2"
    dark = inks.dark(np.asarray(picture))
    boxes = [word.box for word in page.words if len(word.text) > 2]
    boxes += [seen.box for seen in found.fields["organ_name"].evidence if seen.box]
    assert all(dark[box.y : box.bottom, box.x : box.right].any() for box in boxes)
    (again,) = stored_pages([words_json(page)], [page_json(page)])
    assert again.leaves[1].text == right.text


def test_number_and_signer_on_the_right_page_are_found_there(described: Describe, tmp_path: Path) -> None:
    """A blank page on the left is none that a person need look at; evidence stands on the right one."""
    page = _read(two_up(None, _pages("tb_21")[0], 200, Joint()), 200, tmp_path)
    found, document = described(page), load_document("tb_21")
    assert found.fields["code_number"].value == document.number
    assert found.fields["signer_name"].value == document.signer
    places = [seen.box for name in _FIELDS for seen in found.fields[name].evidence if seen.box]
    assert all(box.x > page.gutter_px for box in places)
    assert "begins_beside_a_page" not in found.review


def test_the_outer_side_of_a_folded_sheet_is_shown_to_a_person(described: Describe, tmp_path: Path) -> None:
    """The head is found right, the signer left; in which order the pages are is for a person to say."""
    first, last = _pages("qd_47")
    found = described(_read(two_up(last, first, 200, Joint()), 200, tmp_path))
    document = load_document("qd_47")
    assert found.fields["code_number"].value == document.number
    assert found.fields["signer_name"].value == document.signer
    assert "begins_beside_a_page" in found.review


def test_two_documents_on_one_sheet_are_shown_to_a_person(described: Describe, tmp_path: Path) -> None:
    """No page is cut in two: the fields are the left one's."""
    left, right = _pages("tb_21")[0], _pages("ttr_33")[0]
    found = described(_read(two_up(left, right, 200, Joint()), 200, tmp_path))
    document = load_document("tb_21")
    assert found.fields["code_number"].value == document.number
    assert found.fields["signer_name"].value == document.signer
    assert len(found.documents) == 1
    assert "begins_beside_a_page" in found.review


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("colours", ["RGB", "L"])
def test_a_secret_page_is_stopped_on_either_side(tmp_path: Path, side: int, colours: str) -> None:
    pages = [_pages(name)[0].convert(colours).convert("RGB") for name in ("qd_47", "bc_secret")]
    sheet = two_up(pages[side - 1], pages[side], 200, Joint())
    hit = screen([_read(sheet, 200, tmp_path)], MARKS)
    assert hit is not None
    assert hit.page == 1


def test_two_pages_printed_on_a_sheet_are_read_from_their_text(described: Describe, tmp_path: Path) -> None:
    """The text layer of a born-digital sheet is put in the order of its pages, too."""
    path = tmp_path / "sheet.pdf"
    with pikepdf.open(io.BytesIO(as_born_digital(load_document("tb_21")))) as source, pikepdf.new() as out:
        width, height = (float(side) for side in source.pages[0].mediabox[2:])
        page = out.add_blank_page(page_size=(2 * width, height))
        for index in (0, 1):
            place = pikepdf.Rectangle(index * width, 0, (index + 1) * width, height)
            page.add_overlay(source.pages[0], place)
        out.save(path)
    read = read_page(path, Kind.PDF, 1, ReadOptions())[0]
    left, right = read.leaves
    assert read.source is Source.TEXT_LAYER
    assert left.text == right.text
    assert described(read).fields["signer_name"].value == load_document("tb_21").signer
