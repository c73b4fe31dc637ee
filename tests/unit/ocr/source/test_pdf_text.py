"""The text of PDFs whose fonts say other letters than they draw."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from ocr.source import text_layer
from ocr.source.pdf import text
from ocr.source.pdf.opening import opened
from ocr.source.pdf.text import Layer
from tests.support.scanmaker import as_born_digital, load_document, text_of
from tests.support.scanmaker.layers import remapped

DOCUMENTS = ("bc_58_digital", "qd_47", "tb_21")
Means = Callable[[str, str], str]


@cache
def _made(name: str) -> bytes:
    return as_born_digital(load_document(name))


def _layers(pdf: bytes, folder: Path) -> list[Layer]:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    with opened(path) as document:
        return [text.layer(document[number], 150) for number in range(len(document))]


def _said(pdf: bytes, folder: Path) -> Counter[str]:
    return Counter(word.text for layer in _layers(pdf, folder) for word in layer.words)


@cache
def _printed(name: str) -> Counter[str]:
    return Counter(word for page in text_of(load_document(name)) for word in page.split())


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize(
    "means",
    [
        lambda _, letter: letter,
        lambda _, letter: {"ư": "-"}.get(letter, letter),
        lambda _, letter: {"ư": "\u00ad"}.get(letter, letter),
        lambda _, letter: {"đ": "ð", "Đ": "Ð"}.get(letter, letter),
        lambda _, letter: unicodedata.normalize("NFD", letter),
        lambda _, letter: letter + "\u200b" * (letter in "anh1Đ"),
        lambda _, letter: "\ufeff" * (letter in "ốtuN5") + letter,
        lambda _, letter: letter + "\u00ad" * (letter in "nhc"),
        lambda _, letter: letter + "\u2060\u200d" * (letter in "ncg/"),
        lambda _, letter: letter + "\ufe0f\u202c" * (letter in "iê"),
    ],
    ids=["right", "hyphen", "soft", "eth", "NFD", "U+200B", "U+FEFF", "U+00AD", "joiners", "selectors"],
)
def test_words_are_as_printed(name: str, means: Means, tmp_path: Path) -> None:
    """In NFC, without characters that show nothing, with ``ư`` and ``đ`` for what stands for them."""
    assert _said(remapped(_made(name), means), tmp_path) == _printed(name)


@pytest.mark.parametrize("sign", ["-", "\u00ad", "\u2212"])
def test_fonts_of_tcvn3_may_tell_unicode_but_for_one_letter(sign: str, tmp_path: Path) -> None:
    """Only that letter is mended, whatever the font's name says about the others."""
    pdf = remapped(_made("tb_21"), lambda _, letter: {"ư": sign}.get(letter, letter), lambda _: ".VnTime")
    found = _said(pdf, tmp_path)
    if sign != "\u2212":
        assert found == _printed("tb_21")
    assert found["quản"] == _printed("tb_21")["quản"]


def test_what_the_layer_has_is_kept_beside_a_mended_word(tmp_path: Path) -> None:
    """Only of words that read otherwise; a hyphen that a font names in another way is not such."""
    pdf = remapped(_made("tb_21"), lambda _, letter: {"ư": "-", "-": "\u00ad"}.get(letter, letter))
    words = {word.text: word.raw for layer in _layers(pdf, tmp_path) for word in layer.words}
    assert words["được"] == "đ-ợc"
    assert words["bảo"] == ""
    assert words["21/TB-SNV"] == ""


def test_letters_beyond_the_basic_plane_are_whole(tmp_path: Path) -> None:
    """What PDFium gives in two halves; words and what the layer has of them can be written as UTF-8."""
    pdf = remapped(_made("tb_21"), lambda _, c: {"ả": "\U0001d54f", "n": "n\u200b"}.get(c, c))
    words = [word for layer in _layers(pdf, tmp_path) for word in layer.words]
    assert {"qu\U0001d54f", "b\U0001d54fn,"} <= {word.text for word in words}
    assert "b\U0001d54fn\u200b," in {word.raw for word in words}
    assert all((word.text + word.raw).encode() for word in words)


def test_text_that_is_drawn_twice_is_there_once(tmp_path: Path) -> None:
    """Bold letters made of two drawings beside each other are one word."""
    twice = as_born_digital(load_document("tb_21"), times=2, shift_pt=0.6)
    assert _said(twice, tmp_path) == _printed("tb_21")


@cache
def _alphabet() -> list[str]:
    return sorted(set("".join(text_of(load_document("bc_58_digital")))) - {" ", "\n"})


def _shifted(letter: str, by: int) -> str:
    alphabet = _alphabet()
    return alphabet[(alphabet.index(letter) + by) % len(alphabet)] if letter in alphabet else letter


def _is_good(pdf: bytes, folder: Path) -> list[bool]:
    nothing = np.zeros((1, 1), dtype=bool)
    return [text_layer.is_good(layer, nothing, over_pictures=False) for layer in _layers(pdf, folder)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_right_maps_are_believed(name: str, tmp_path: Path) -> None:
    assert all(_is_good(_made(name), tmp_path))


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("by", [1, 7])
@pytest.mark.parametrize("font", ["Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"])
def test_one_font_with_a_shifted_map_is_not_believed(font: str, by: int, name: str, tmp_path: Path) -> None:
    """On no page where it has words: the others are read as before."""
    pdf = remapped(_made(name), lambda own, c: _shifted(c, by) if own.endswith(f"+{font}") else c)
    layers = _layers(_made(name), tmp_path)
    has_words = [any(f.endswith(f"+{font}") for f in layer.by_font) for layer in layers]
    assert _is_good(pdf, tmp_path) == [not own for own in has_words]


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("blank", [" ", "\u200b"])
@pytest.mark.parametrize("lost", ["hci", "đx", "tnk", "marks", "ưươờớợôâê"])
def test_text_that_lacks_letters_is_not_believed(lost: str, blank: str, name: str, tmp_path: Path) -> None:
    """Consonants, all letters with marks, or vowels: a gap or nothing is where they were."""

    def means(_: str, letter: str) -> str:
        gone = not letter.isascii() if lost == "marks" else letter.lower() in lost
        return blank if gone else letter

    assert not any(_is_good(remapped(_made(name), means), tmp_path)[:1])
