"""When a PDF's text layer stands for reading the page."""

from __future__ import annotations

import numpy as np
import pytest

from ocr.page import Word
from ocr.source import text_layer
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


@pytest.mark.parametrize(
    ("text", "over_scan", "good"),
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
def test_layers_are_told_apart(text: str, over_scan: bool, good: bool) -> None:
    """Vietnamese Unicode is good anywhere, English only where typeset, legacy letters and garbage never."""
    layer = words(text, 50, 100)
    assert text_layer.is_good(layer, dark_below(layer), over_scan=over_scan) is good


def test_overlay_on_a_scan_is_not_the_page() -> None:
    """A layer that covers a small part of a scan's print is not taken for its text."""
    layer = words(GOOD, 50, 100)
    dark = dark_below(layer)
    dark[200:380, :] = True
    assert not text_layer.is_good(layer, dark, over_scan=True)
