"""Vietnamese personal names: how syllables that were read without their marks are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ocr.vietnamese.folding import fold, folded_words
from ocr.vietnamese.syllables import is_syllable

_FAMILY = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Hà Cao Lương Trương Mai Tô
Phùng Thái Châu Tạ Chu Lâm Đoàn Kiều Quách Nông Hứa Vương Thạch Kim Đào Trịnh Tống Lưu La Tăng Quan
Triệu Lục Mạc Doãn Từ Diệp Bế Giàng Vàng Sùng Lò Cầm Quàng Điểu Siu Rơ Đàm Hầu Khổng Ông Nghiêm Tôn Phó
Thân Viên Khuất Cù Bạch Ma Hoa Âu Lã Ngụy Giang Vi Ninh Đậu Thiều Trà Ung Lường Tòng Cà Lèo Mè
Vừ Thào Mùa Hạng Lầu Sồng Tráng Chang Chảo Tẩn Phàn Lềnh Ly Nay Ksor Kpă Rmah Rcom Rahlan Romah Rơlan Êban
Danh Thích Lù Puih Mang Giáp Khúc Phí Nhữ Cấn Biện Khương Khưu Khiếu Liễu Nhan Phù Sầm Tiêu Kiên Hàn
Phàng Thèn Khoàng Xồng Sình Pờ Đồng Lại Đới Giản Sái Tiết Bồ Dư Ứng Vòng Voòng Não Katơr Chamaléa Pinăng
Zơrâm Alăng Bríu Arất Pơloong Kpuih Bhling Kra Liêng Jrang Bon Păng
Niê Ayun Kbuôr Ênuôl Êñuôl Hmok Byă Knul Kriêng Cil Kơ Liêng Păng Bonyong Blong Đèo Lô Cụt Moong Vũng
"""
_HIGHLAND = """
Êban Êñuôl Ênuôl Êcăm Ksor Rmah Rcom Rahlan Romah Rơlan Hmok Ayun Ayŭn Mlô Kbuôr Adrơng Hđơk Hwing Bkrông
Biêr Kđoh Jăn Blê Yim Katơr Chamaléa Pinăng Zơrâm Alăng Bríu Arất Pơloong Kpuih Bhling Kra Jrang Hôih Coor
Bdap Mah Mjâo Ktla Ađrâo Alê Puih Hlong Knul Byă Kđăm Niê Krông Buôn Drong Bya Ktul Hra Jrang Ktê Nông Srŭk
"""
_GIVEN = """
Văn Thị Xuân Đức Minh Quang Hữu Công Thanh Ngọc Hồng Thành Tuấn Anh Hùng Dũng Cường Hải Sơn Nam Phong
Long Khánh Tùng Trung Hiếu Nghĩa Tâm Bình An Hòa Phương Hương Hoa Lan Mai Hạnh Phúc Thảo Vân Yến Nga
Nhung Hằng Thủy Thu Trang Linh Huyền Hiền Dung Oanh Loan Quyên Trinh Liên Bích Kim Tuyết Mỹ Diệu Thúy
Nguyệt Vinh Quý Phú Thọ Lộc Tài Đạt Thắng Lợi Toàn Hoàn Hoàng Huy Khoa Kiên Lâm Mạnh Nhân Nhật Quân Quốc
Sang Tân Thái Thiện Thịnh Thông Tiến Tín Toản Trí Trọng Trường Tuyên Tư Việt Vượng Duy Bảo Bá Đình Đăng
Giang Hào Hậu Hưng Khang Ngoạn Phước Luân Thuận Huân Tuân Chuẩn Thuần Thuyên Quyết Thức Phát Phi Phụng
Phượng Ân Ánh Ngân Như Nguyên Nhàn Luyện Nhuận Khuê Duẩn Thụy Tiệp Tiếp Toại Toán Thạnh Thế Viết Sỹ Chi Chính
Chiến Chung Cường Danh Diễn Du Điền Điệp Đoan Đông Gia Hạ Hiệp Hiển Hoạt Hợp Huấn Hữu Kha Khải Khiêm Kỳ Lân
Liêm Lĩnh Luật Lực Lượng Mẫn Nghị Nhã Nhuệ Niên Oánh Pháp Phấn Quế Sâm Sáng Tạo Tấn Thân Thăng Thiên Thuật
Thường Triết Triều Trực Tùy Uyên Văn Vĩ Vĩnh Xuyến Ý
"""
HIGHLAND_WORDS = frozenset(_HIGHLAND.split())
"""Words of the names of the Central Highlands that are no syllables of Vietnamese (general knowledge)."""

FAMILY_NAMES = tuple(_FAMILY.split())
"""Family names of nine in ten Vietnamese (general knowledge): a name that begins otherwise lost a word."""

GIVEN_NAMES = tuple(_GIVEN.split())
"""Common middle and given names (general knowledge)."""

_BARE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:[cmnpt]|ch|ng|nh)?")
_VOWELS = re.compile("[aeiouy]")
_LONE = frozenset("YA")  # what stands for a family name among peoples of the Highlands
_APOSTROPHED = re.compile(r"[A-ZĐ]'[A-ZĐÊÔƠƯ]?[^\W\d_]+$")  # ``H'Vi``, ``K'Brêl``
_LONG = 3  # letters: two consonants are those of several family names
_WORD = re.compile(r"(?:\b[A-ZĐ]')?[^\W\d_]+")


def _by_letters(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded_words(name), name)
    return found


_FAMILIES, _OTHERS = _by_letters(FAMILY_NAMES), _by_letters((*GIVEN_NAMES, *_HIGHLAND.split()))


_WRITTEN = frozenset({*GIVEN_NAMES, *FAMILY_NAMES})


def begins_name(text: str) -> bool:
    """Whether a family name begins the words, or what stands for one: ``Y``, ``A``, ``H'Vi``."""
    first = text.split()[0]
    return first in _LONE or bool(_APOSTROPHED.match(first)) or folded_words(first) in _FAMILIES


def family_as_written(text: str) -> str:
    """The name with the marks of its family name where it has other ones: ``Đồ Ái`` is ``Đỗ Ái``."""
    first, *rest = text.split()
    known = _FAMILIES.get(folded_words(first), first)
    return " ".join([first if first in FAMILY_NAMES else known, *rest])


def restored_family(word: str) -> str:
    """The family name whose first letter a seal's rim took or spoilt; "" where none or several fit."""
    for fold_or_not in (str.lower, fold):
        read = fold_or_not(word)
        for rest in (read, read[1:]):
            fitting = [name for name in FAMILY_NAMES if len(rest) >= 2 and fold_or_not(name)[1:] == rest]
            if len(fitting) == 1:
                return fitting[0]
    return ""


def spelled(text: str) -> str:
    """The name with each word capitalised and its marks restored; "" for what is no name.

    The first word must be a family name. A later word stays as it was read where that can be
    Vietnamese and its marks agree with no commoner name. Readers of handwriting drop vowels with marks
    below: ``Phm Th Hoa``.
    """
    words = _WORD.findall(text)
    first = folded_words(words[0]) if words else ""
    lone = bool(words) and (words[0] in _LONE or "'" in words[0])
    known = words[0] if lone else _FAMILIES.get(first)
    lost = len(first) >= _LONG and first not in _OTHERS
    family = known or (_with_vowels(first, _FAMILIES) if lost else "")
    if not family:
        return ""
    rest = [_restored(word) for word in words[1:]]
    return " ".join([family, *rest]) if all(rest) else ""


def _restored(word: str) -> str:
    bare = folded_words(word)
    if bare != word.lower() and word.capitalize() in _WRITTEN:
        return word.capitalize()
    if known := _OTHERS.get(bare) or _FAMILIES.get(bare):
        return known
    if bare[:1] == "y" and not is_syllable(word) and (known := _OTHERS.get(f"v{bare[1:]}")):
        return known
    if is_syllable(word) or _BARE.fullmatch(bare):
        return word.capitalize()
    return _with_vowels(bare, _OTHERS) if len(bare) > 1 else ""


def _with_vowels(word: str, names: Mapping[str, str]) -> str:
    """The first of the names whose consonants the word has in their order, some vowels lost; "" for none."""
    consonants = _VOWELS.sub("", word)
    longer = ((bare, name) for bare, name in names.items() if len(bare) > len(word) and bare[0] == word[0])
    return next((name for bare, name in longer if _VOWELS.sub("", bare) == consonants), "")
