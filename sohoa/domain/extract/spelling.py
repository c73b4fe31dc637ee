"""Sentence case and spelling of names that are printed in capitals.

The document's own running text is the best witness: it prints the same words in mixed case, in larger
type runs and more often than the head. A word list of agencies fills in where it does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from ocr.vietnamese.folding import fold
from sohoa.domain.extract.offices import WRITTEN_OUT
from sohoa.domain.vietnamese import is_upper, normalise

# First words of units whose next word begins what the unit is called.
_OFFICES = (
    "sở", "bộ", "ban", "phòng", "cục", "vụ", "viện", "chi cục", "tổng cục", "trung tâm", "trường", "hội",
    "khoa", "học viện", "công ty", "kho bạc", "ngân hàng", "bảo hiểm", "thanh tra", "liên đoàn", "bệnh viện",
)  # fmt: skip
_PLACES = (
    "tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu", "thôn",
    "khu phố", "ấp", "bản", "làng", "buôn",
)  # fmt: skip
_LOWER = (
    "và", "của", "các", "về", "cho", "nhân dân", "tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã",
    "phường", "thị trấn", "thôn", "cấp", "ủy", "trực thuộc",
)  # fmt: skip
_PHRASES = (
    "Ủy ban nhân dân", "Hội đồng nhân dân", "Mặt trận Tổ quốc Việt Nam", "Thông tin và Truyền thông",
    "Kế hoạch và Đầu tư", "Tài nguyên và Môi trường", "Nông nghiệp và Phát triển nông thôn",
    "Nông nghiệp và Môi trường", "Lao động - Thương binh và Xã hội", "Văn hóa, Thể thao và Du lịch",
    "Văn hóa - Thông tin", "Giáo dục và Đào tạo", "Khoa học và Công nghệ", "Giao thông vận tải",
    "Tài chính - Kế hoạch", "Dân tộc và Tôn giáo", "Tài chính", "Nội vụ", "Ngoại vụ", "Tư pháp", "Xây dựng",
    "Công Thương", "Y tế", "Du lịch", "Quốc phòng", "Công an", "Tòa án nhân dân", "Viện kiểm sát nhân dân",
    "Bộ Chỉ huy quân sự", "Ban Tổ chức", "Ban Tuyên giáo", "Ban Dân vận", "Ban Nội chính", "Ủy ban Kiểm tra",
    "Tỉnh ủy", "Thành ủy", "Huyện ủy", "Thị ủy", "Quận ủy", "Đảng ủy", "Đảng bộ", "Chi bộ", "Văn phòng",
    "Ban Chấp hành", "Ban Thường vụ", "Ban Quản lý", "Ban Chỉ đạo", "Bảo hiểm xã hội", "Kho bạc Nhà nước",
    "Ngân hàng Nhà nước", "Việt Nam", "Hồ Chí Minh", "Liên đoàn Lao động", "Hội Liên hiệp Phụ nữ",
    "Hội Nông dân", "Hội Cựu chiến binh", "Hội Chữ thập đỏ", "Đại học", "Cao đẳng", "Trung học phổ thông",
    "Trung học cơ sở", "Tiểu học", "Mầm non", "Đoàn Thanh niên Cộng sản", "Thủ tướng Chính phủ",
    "Trạm Y tế", "Trung tâm Y tế", "Bệnh viện Đa khoa", "đầu tư xây dựng", "khu công nghiệp", "khu kinh tế",
    "Phó Chánh Văn phòng", "Chánh Văn phòng", "Phó Chủ tịch", "Chủ tịch", "Phó Giám đốc", "Giám đốc",
    "Phó Trưởng phòng", "Trưởng phòng", "Phó Trưởng ban", "Trưởng ban", "Phó Hiệu trưởng", "Hiệu trưởng",
    "Phó Bí thư", "Bí thư", "Phó Cục trưởng", "Cục trưởng", "Thứ trưởng", "Bộ trưởng", "Chánh Thanh tra",
    "Viện trưởng", "Chi cục trưởng", "Kiểm sát viên", "Chánh án", "Tổng Giám đốc", "Thường trực",
)  # fmt: skip


def expand(name: str) -> str:
    """Well-known short forms written out in capitals: ``UBND`` becomes ``ỦY BAN NHÂN DÂN``."""
    name = re.sub(r"\b(TP|TX|TT)\.(?=\w)", r"\1. ", name)
    return " ".join(WRITTEN_OUT[word].upper() if word in WRITTEN_OUT else word for word in name.split())


def witnesses(lines: Iterable[str]) -> tuple[str, ...]:
    """The mixed-case lines of a document, joined where a name may run over the line's end."""
    mixed = [normalise(line) for line in lines if line and not is_upper(line, 0.5)]
    return (" ".join(mixed),)


def sentence_case(name: str, texts: Sequence[str] = ()) -> str:
    """The name in sentence case, letter by letter as the running text spells it where it does."""
    if not is_upper(name, 0.7):
        return normalise(name)
    printed = _witnessed(name, texts)
    return printed if printed is not None else _by_rule(normalise(name))


def _witnessed(name: str, texts: Sequence[str]) -> str | None:
    """The most frequent mixed-case spelling of the same words in the texts."""
    wanted = fold(normalise(name))
    if len(wanted) < 8:
        return None
    found: Counter[str] = Counter()
    for text in texts:
        folded = fold(text)
        if len(folded) != len(text):
            continue
        for match in re.finditer(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded):
            spelled = text[match.start() : match.end()]
            if spelled[0].isupper():
                found[spelled] += 1
    return found.most_common(1)[0][0] if found else None


def _by_rule(name: str) -> str:
    words = name.lower().split()
    cased = [word.capitalize() if _begins_name(words, index) else word for index, word in enumerate(words)]
    text = " ".join(cased)
    for phrase in _PHRASES:
        text = _spelled(text, phrase)
    text = re.sub(r"\btp\.?(?=\s|$)", "TP.", text, flags=re.IGNORECASE)
    return text[:1].upper() + text[1:]


def _spelled(text: str, phrase: str) -> str:
    """The text with that phrase as the word list spells it, also where OCR lost a mark or a space of it."""
    folded = fold(text)
    if len(folded) != len(text):
        return text
    pattern = r" ?".join(re.escape(word) for word in fold(phrase).split())
    for match in reversed([*re.finditer(rf"(?<!\w){pattern}(?!\w)", folded)]):
        text = text[: match.start()] + phrase + text[match.end() :]
    return text


def _begins_name(words: Sequence[str], index: int) -> bool:
    """Whether the word is capitalised: the first, what follows an office word, and a place's name."""
    if index == 0:
        return True
    for size in (1, 2):
        before = " ".join(words[max(0, index - size) : index])
        if before in _OFFICES and words[index] not in _LOWER:
            return True
    return _in_place(words, index)


def _in_place(words: Sequence[str], index: int) -> bool:
    for start in range(index - 1, -1, -1):
        pair = " ".join(words[start : start + 2])
        if pair in _PLACES:
            return start + 1 < index
        if words[start] in _PLACES:
            return " ".join(words[index - 1 : index + 1]) not in _PLACES and words[index] not in _PLACES
    return False
