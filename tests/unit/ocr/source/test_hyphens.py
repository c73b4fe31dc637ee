"""Hyphens that stand for ``ư``, hyphens that show nothing, and ordinary ones."""

from __future__ import annotations

import pytest

from ocr.source.hyphens import LINE_END, mended
from tests.support.scanmaker import load_document, text_of

SOFT = "\u00ad"
DOCUMENTS = ("bc_58_digital", "kh_212", "qd_47", "tb_21", "ttr_33", "cv_3088_urgent")


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("sign", ["-", SOFT, "\u2010", "\u2011"])
def test_every_u_horn_comes_back(name: str, sign: str) -> None:
    """Whatever sign stands for the letter, each word of a page is as it was printed."""
    for page in text_of(load_document(name)):
        printed = page.split()
        shown = [word.replace("ư", sign).replace("Ư", sign) for word in printed]
        assert mended(shown) == printed


@pytest.mark.parametrize("name", DOCUMENTS)
def test_pages_without_such_hyphens_stay(name: str) -> None:
    for page in text_of(load_document(name)):
        assert mended(page.split()) == page.split()


@pytest.mark.parametrize(
    "text",
    [
        "Số: 12/QĐ-UBND-VX ngày 5-6-2019 về phát triển kinh tế - xã hội giai đoạn 2019-2020",
        "Hội nghị Pa-ri, dân tộc Ê-đê và Xơ-đăng, ra-đi-ô, ki-lô-mét, in-tơ-nét, xi-măng",
        "Độc lập-Tự do-Hạnh phúc của UBND-VX, KT-XH, AT-VSLĐ, mục a-b, điểm I- và 3-",
        "-Phối hợp với các ban, -Tham mưu -Ưu tiên",
        "Thái Bình - Nam Định, n-1, 50m-100m, tổ t-10",
    ],
)
def test_ordinary_hyphens_stay(text: str) -> None:
    """Alone, beside words that lack their letter, and in a font of TCVN3 that has it."""
    words = text.split()
    assert mended(words) == words
    assert mended([*words, "n-ớc", "đ-ợc"]) == [*words, "nước", "được"]
    assert mended([*words, "nước"], old_font=True) == [*words, "nước"]


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("tr-ờng n-ớc đ-ợc", "trường nước được"),
        ("-ớc tính n-ớc", "ước tính nước"),
        ("THÔNG T- CỦA NHÀ N-ỚC", "THÔNG TƯ CỦA NHÀ NƯỚC"),
        ("Th- viện tr-ớc, nh-ng ch-a -u tiên (l-u trữ)", "Thư viện trước, nhưng chưa ưu tiên (lưu trữ)"),
        ("Gi-ờng bệnh, ng-ời", "Giường bệnh, người"),
        (f"n{SOFT}ớc, ng{SOFT}ời và t{SOFT} pháp", "nước, người và tư pháp"),
        (f"n-ớc ta, t{LINE_END} liệu", "nước ta, tư liệu"),
        ("ngoàin-ớc của tr-ờng", "ngoàinước của trường"),
    ],
)
def test_the_letter_is_put_where_it_makes_a_syllable(shown: str, printed: str) -> None:
    assert mended(shown.split(" ")) == printed.split(" ")


def test_a_page_without_the_letter_tells_by_common_words_or_by_its_font() -> None:
    """A short page may lack plain words; what is common is mended, in a font of TCVN3 what is known."""
    assert mended(["L-u:", "VT,", "đ-a", "vào", "sổ"]) == ["Lưu:", "VT,", "đưa", "vào", "sổ"]
    assert mended(["Thông", "t-"]) == ["Thông", "t-"]
    assert mended(["Thông", "t-"], old_font=True) == ["Thông", "tư"]


@pytest.mark.parametrize("every", [1, 2, 3])
def test_soft_hyphens_that_show_nothing_are_gone(every: int) -> None:
    """After each, each second or each third letter, also at the end of words; between capitals, too."""
    printed = text_of(load_document("tb_21"))[0].split()
    marked = [
        "".join(c + SOFT * (c.isalpha() and n % every == 0) for n, c in enumerate(word)) for word in printed
    ]
    assert mended(marked) == printed


def test_a_soft_hyphen_that_is_the_fonts_hyphen_stays_one() -> None:
    shown = f"Số: 12/QĐ{SOFT}UBND Độc lập {SOFT} Tự do, 2019{SOFT}2020, Pa{SOFT}ri"
    assert mended(shown.split()) == shown.replace(SOFT, "-").split()
