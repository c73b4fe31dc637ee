"""Vietnamese text in the 8-bit encodings that came before Unicode, as PDF fonts of those days carry it.

TCVN3 (``.Vn*`` fonts, TCVN 5712:1993) has one byte a letter and separate fonts for capitals; VNI
(``VNI-*`` fonts) writes a base letter and a byte for its marks. Both are seen as Latin letters.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®¯µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
        "ĂÂÊÔƠƯĐăâêôơưđẶàảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
        strict=True,
    )
)
# PDF producers wrote these signs for the bytes 0xAD and 0xB7.
_TCVN3 |= {"\u2212": "ư", "\u2219": "ã"}

_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT = "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"
_HAT, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_VNI_MARKS = {
    "ø": _GRAVE,
    "ù": _ACUTE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _HAT,
    "à": _HAT + _GRAVE,
    "á": _HAT + _ACUTE,
    "å": _HAT + _HOOK,
    "ã": _HAT + _TILDE,
    "ä": _HAT + _DOT,
    "ê": _BREVE,
    "è": _BREVE + _GRAVE,
    "é": _BREVE + _ACUTE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_LETTERS = {"ñ": "đ", "ö": "ư", "ô": "ơ", "ó": "ĩ", "í": "í", "ì": "ì", "æ": "ỉ", "ò": "ị", "î": "ỵ"}
_BEARERS = frozenset("aeouyAEOUYöôÖÔ")

_FONT = re.compile(r"^(?:[A-Z]{6}\+)?(?P<name>.*)$")
_TCVN3_FONT = re.compile(r"^\.?Vn[A-Z3]")
_CAPITALS_FONT = re.compile(r"^\.?Vn[\w ]*?H(?=$|Bold|Italic|[, -])")
_VNI_FONT = re.compile(r"^VNI[- ]", re.IGNORECASE)


class Encoding(StrEnum):
    """How a font's letters are to be understood."""

    UNICODE = "Unicode"
    TCVN3 = "TCVN3"
    VNI = "VNI"


@functools.lru_cache(maxsize=1024)
def encoding_of(font: str) -> Encoding:
    """The encoding that the font's name tells, with or without the prefix of a subset."""
    name = _base(font)
    if _TCVN3_FONT.match(name):
        return Encoding.TCVN3
    return Encoding.VNI if _VNI_FONT.match(name) else Encoding.UNICODE


def decoded(text: str, fonts: Sequence[str]) -> str:
    """A word in Unicode (NFC); ``fonts`` names the font of each of its characters.

    Letters of TCVN3 fonts for capitals become capitals.
    """
    encodings = [encoding_of(font) for font in fonts]
    if Encoding.VNI in encodings:
        return _from_vni(text)
    letters = (
        _from_tcvn3(letter, font) if encoding is Encoding.TCVN3 else letter
        for letter, font, encoding in zip(text, fonts, encodings, strict=True)
    )
    return unicodedata.normalize("NFC", "".join(letters))


def _base(font: str) -> str:
    match = _FONT.match(font)
    return match["name"] if match else font


def _from_tcvn3(letter: str, font: str) -> str:
    letter = _TCVN3.get(letter, letter)
    return letter.upper() if _CAPITALS_FONT.match(_base(font)) else letter


def _from_vni(text: str) -> str:
    result: list[str] = []
    before = ""
    for letter in text:
        mark = _VNI_MARKS.get(letter.lower())
        if mark and before in _BEARERS and before:
            result.append(mark)
        else:
            single = _VNI_LETTERS.get(letter.lower(), letter)
            result.append(single.upper() if letter.isupper() else single)
        before = letter
    return unicodedata.normalize("NFC", "".join(result))
