"""Vietnamese personal names: how syllables that were read without their marks are spelled."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ocr.vietnamese.folding import folded_words
from ocr.vietnamese.syllables import is_syllable

_FAMILY = """
Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Hà Cao Lương Trương Mai Tô
Phùng Thái Châu Tạ Chu Lâm Đoàn Kiều Quách Nông Hứa Vương Thạch Kim Đào Trịnh Tống Lưu La Tăng Quan
Triệu Lục Mạc Doãn Từ Diệp Bế Giàng Vàng Sùng Lò Cầm Quàng Điểu Siu Rơ Đàm Hầu Khổng Ông Nghiêm Tôn Phó
Thân Viên Khuất Cù Bạch Ma Hoa Âu Lã Ngụy Giang Vi Ninh Đậu Thiều Trà Ung Lường Tòng Cà Lèo Mè
Vừ Thào Mùa Hạng Lầu Sồng Tráng Chang Chảo Tẩn Phàn Lềnh Ly Nay Ksor Kpă Rmah Rcom Rahlan Romah Rơlan Êban
Niê Ayun Kbuôr Ênuôl Êñuôl Hmok Byă Knul Kriêng Cil Kơ Liêng Păng Bonyong Blong Đèo Lô Cụt Moong Vũng
"""
_HIGHLAND = """
Êban Êñuôl Ênuôl Êcăm Ksor Rmah Rcom Rahlan Romah Rơlan Hmok Ayun Ayŭn Mlô Kbuôr Adrơng Hđơk Hwing Bkrông
Bdap Mah Mjâo Ktla Ađrâo Alê Puih Hlong Knul Byă Kđăm Niê Krông Buôn Drong Bya Ktul Hra Jrang Ktê Nông Srŭk
"""
_GIVEN = """
Văn Thị Xuân Đức Minh Quang Hữu Công Thanh Ngọc Hồng Thành Tuấn Anh Hùng Dũng Cường Hải Sơn Nam Phong
Long Khánh Tùng Trung Hiếu Nghĩa Tâm Bình An Hòa Phương Hương Hoa Lan Mai Hạnh Phúc Thảo Vân Yến Nga
Nhung Hằng Thủy Thu Trang Linh Huyền Hiền Dung Oanh Loan Quyên Trinh Liên Bích Kim Tuyết Mỹ Diệu Thúy
Nguyệt Vinh Quý Phú Thọ Lộc Tài Đạt Thắng Lợi Toàn Hoàn Hoàng Huy Khoa Kiên Lâm Mạnh Nhân Nhật Quân Quốc
Sang Tân Thái Thiện Thịnh Thông Tiến Tín Toản Trí Trọng Trường Tuyên Tư Việt Vượng Duy Bảo Bá Đình Đăng
Giang Hào Hậu Hưng Khang Ngoạn Phước
"""
HIGHLAND_WORDS = frozenset(_HIGHLAND.split())
"""Words of the names of the Central Highlands that are no syllables of Vietnamese (general knowledge)."""

FAMILY_NAMES = tuple(_FAMILY.split())
"""Family names of nine in ten Vietnamese (general knowledge): a name that begins otherwise lost a word."""

_WORD = re.compile(r"[^\W\d_]+")


def _by_letters(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(folded_words(name), name)
    return found


_FAMILIES, _OTHERS = _by_letters(FAMILY_NAMES), _by_letters(_GIVEN.split())


def spelled(text: str) -> str:
    """The name with each word capitalised and its marks restored; "" for what is no name.

    The first word must be a family name. A later word stays as it was read where that can be
    Vietnamese and its marks agree with no commoner name.
    """
    words = _WORD.findall(text)
    family = _FAMILIES.get(folded_words(words[0])) if words else None
    if family is None:
        return ""
    rest = [_restored(word) for word in words[1:]]
    return " ".join([family, *rest]) if all(rest) else ""


def _restored(word: str) -> str:
    known = _OTHERS.get(folded_words(word)) or _FAMILIES.get(folded_words(word))
    return known or (word.capitalize() if is_syllable(word) else "")
