"""TCVN3 and VNI text as PDF fonts carry it, and the Unicode it stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.source.legacy_encodings import Encoding, decoded, encoding_of


@pytest.mark.parametrize(
    ("font", "seen", "meant"),
    [
        (".VnTime", "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        (".VnTime", "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
        ("ABCDEF+VnTimeHBold", "ñy ban nh©n d©n", "ỦY BAN NHÂN DÂN"),
        (".VnTime", "Th«ng t\u2212", "Thông tư"),
        (".VnTime", "x\u2219 héi", "xã hội"),
        ("VNI-Times", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("VNI-Times", "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
        ("VNI-Times", "UÛy ban nhaân daân tænh Vónh Long", "Ủy ban nhân dân tỉnh Vĩnh Long"),
        ("TimesNewRomanPSMT", "Céng hoµ", "Céng hoµ"),
        ("Verdana", "tÿ", "tÿ"),
    ],
)
def test_letters_mean_what_their_font_says(font: str, seen: str, meant: str) -> None:
    assert decoded(seen, [font] * len(seen)) == meant


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        ("VnArial NarrowH", Encoding.TCVN3),
        ("QWERTY+.VnCourier New", Encoding.TCVN3),
        ("VNI-Helve", Encoding.VNI),
        ("Vnesse", Encoding.UNICODE),
        ("Arial", Encoding.UNICODE),
        ("", Encoding.UNICODE),
    ],
)
def test_the_font_name_tells_the_encoding(font: str, encoding: Encoding) -> None:
    assert encoding_of(font) is encoding


@pytest.mark.parametrize(
    ("font", "capitals"),
    [
        (".VnTimeH", True),
        (".VnTime", False),
        (".VnTimeHBold", True),
        (".VnArial NarrowH", True),
        (".VnHelvetIns", False),
    ],
)
def test_fonts_for_capitals_give_capitals(font: str, capitals: bool) -> None:
    assert decoded("héi", [font] * 3) == ("HỘI" if capitals else "hội")


def test_fonts_may_change_inside_a_word() -> None:
    assert decoded("H\u2212íng", [".VnTime", "AAAAAA+.VnTime", *[".VnTime"] * 3]) == "Hướng"


@given(st.text(max_size=40), st.sampled_from([".VnTime", "VNI-Times", ".VnTimeH", "Arial"]))
def test_any_text_in_any_font_is_decoded(text: str, font: str) -> None:
    assert isinstance(decoded(text, [font] * len(text)), str)
