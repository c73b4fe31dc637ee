"""When a PDF's text layer stands for reading the page."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.page import Word
from ocr.source import text_layer
from ocr.source.pdf.text import Layer
from tests.support.drawn import words

GOOD = "Căn cứ Nghị định của Chính phủ về công tác văn thư, Ủy ban nhân dân xã quyết định như sau"
TCVN3 = "C¨n cø NghÞ ®Þnh cña ChÝnh phñ vÒ c«ng t¸c v¨n th, Uû ban nh©n d©n x· quyÕt ®Þnh nh sau"
VNI = "Caên cöù Nghò ñònh cuûa Chính phuû veà coâng taùc vaên thö, UÛy ban nhaân daân xaõ quyeát ñònh nhö sau"
ENGLISH = "The provincial committee hereby decides to approve the annual plan for planting trees"
GARBAGE = "Cin cti Nghi dinh cfia Chfnh phfi vd c6ng tric vin thu, Uy ban nhdn ddn xd quytit dinh"


def dark_below(layer: tuple[Word, ...]) -> np.ndarray:
    """A page whose ink lies under the words."""
    dark = np.zeros((400, 1600), dtype=bool)
    for word in layer:
        dark[word.box.y + 4 : word.box.bottom - 4, word.box.x : word.box.right] = True
    return dark


def layer_of(found: tuple[Word, ...]) -> Layer:
    """One line in one font."""
    return Layer((found,), {"Tinos": [word.text for word in found]})


@pytest.mark.parametrize(
    ("text", "over_pictures", "good"),
    [
        (GOOD, False, True),
        (GOOD, True, True),
        (ENGLISH, False, True),
        (ENGLISH, True, False),
        (TCVN3, False, False),
        (VNI, False, False),
        (GARBAGE, True, False),
        ("\ufffd\ue000\ue001" * 20 + GOOD, False, False),
        ("12 34 56", False, True),
        ("12 34 56", True, False),
    ],
)
def test_layers_are_told_apart(text: str, over_pictures: bool, good: bool) -> None:
    """Vietnamese Unicode is good anywhere, English only where typeset, legacy letters and garbage never."""
    found = words(text, 50, 100)
    assert text_layer.is_good(layer_of(found), dark_below(found), over_pictures=over_pictures) is good


def test_text_over_a_part_of_a_picture_is_not_the_page() -> None:
    """A layer that covers a small part of what a picture shows is not taken for its text."""
    found = words(GOOD, 50, 100)
    dark = dark_below(found)
    dark[200:380, :] = True
    assert not text_layer.is_good(layer_of(found), dark, over_pictures=True)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (GOOD, True),
        ("Anh đã đi mà em chưa nói, áo em bay trong nắng sớm, anh nhớ em và yêu con đường ở quê", True),
        ("K oa ông ng ệ t ông t n của tỉnh ông b o kết qu thực iện nhiệm v năm nay", False),
        ("Cn c Lut T chc chnh quyn a phng ngy thng nm v ngh nh ca Chnh ph", False),
        ("ược iều ộng ồng chí ến ơn vị mới ể ảm nhiệm chức vụ, ề nghị ồng chí thực hiện", False),
    ],
)
def test_text_that_lacks_letters_is_told_by_its_syllables(text: str, whole: bool) -> None:
    """Consonants that stand alone, senseless runs, rare syllables that begin with a vowel."""
    found = words(text, 5, 100)
    assert text_layer.is_good(layer_of(found), dark_below(found), over_pictures=False) is whole


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Số: 12/QĐ-UBND TTg UBTVQH", True),
        ("UBND HĐND KT-XH", True),
        ("Email: lienhe vanphong", True),
        ("ỤÊ CBO OIÂO EÂO UỈOI TÔOH MBN", False),
        ("Tôoh Mbn, ohàz 05 uiáoh", False),
    ],
)
def test_each_font_must_read(text: str, reads: bool) -> None:
    """Also one with few words on a page that reads; abbreviations and plain Latin tell nothing."""
    layer = Layer((words(GOOD, 50, 100),), {"Tinos": GOOD.split(), "Tinos-Bold": text.split()})
    assert text_layer.is_good(layer, np.zeros((1, 1), dtype=bool), over_pictures=False) is reads
