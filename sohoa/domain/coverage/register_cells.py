"""Cells of a holdings register as people write them: Vietnamese numbers, days in four forms, years.

Every function raises ``ValueError`` with a sentence in Vietnamese that says what is wrong and what to write.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

FIRST_YEAR, LAST_YEAR = 1800, 2100
EXACT = "E0"
"""Ends the text of a number cell that is not whole: there point and comma are no question."""

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
_WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}([.,\s\u202f'])[0-9]{3}(?:\1[0-9]{3})*")
_FRACTION = re.compile(
    r"([0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),([0-9]{1,3})|([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)\.([0-9]{1,3})"
)
_EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?" + EXACT)
_WORDS = re.compile(r"ngày\s+([0-9]{1,2})\s+tháng\s+([0-9]{1,2})\s+năm\s+([0-9]{4})", re.IGNORECASE)
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})(?:[T ][0-9:.]*)?")
_SERIAL = re.compile(r"[2-6][0-9]{4}")
_SERIAL_BEGIN = date(1899, 12, 30)


def count(text: str, most: int) -> Decimal:
    """A whole number: ``1234``, ``1.234``, ``1,234`` or ``1 234``."""
    bare = _SPACES.sub("", text)
    if _EXACT.fullmatch(bare):
        raise ValueError(f"ô chứa số lẻ {_shown(bare)}: số lượng phải là số nguyên")
    _refuse_odd(text, bare)
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError(f"“{text[:30]}” không phải số nguyên (viết 1234, 1.234, 1,234 hoặc 1 234)")
    return _at_most(Decimal(re.sub("[.,]", "", bare)), most)


def measure(text: str, most: int) -> Decimal:
    """A number with up to three decimals: ``12,5`` or ``12.5``; ``1.234`` could be two and is refused."""
    bare = _SPACES.sub("", text)
    if _EXACT.fullmatch(bare):
        value = Decimal(bare.removesuffix(EXACT))
        if value < 0:
            raise ValueError("số âm")
        return _at_most(round(value, 3), most)
    _refuse_odd(text, bare)
    if bare.isdecimal():
        return _at_most(Decimal(bare), most)
    found = _FRACTION.fullmatch(bare)
    if found is None:
        raise ValueError(f"“{text[:30]}” không phải số (viết 12,5)")
    whole, part = (found[1], found[2]) if found[1] else (found[3], found[4])
    if len(part) == 3 and len(whole) <= 3 and whole != "0":
        raise ValueError(f"“{text[:30]}” có thể là hai số khác nhau: viết 1234 hoặc 1,23")
    return _at_most(Decimal(f"{re.sub('[.,]', '', whole)}.{part}"), most)


def day(text: str) -> date:
    """``31/12/2025``, ``2025-12-31``, ``ngày 31 tháng 12 năm 2025`` or the number that spreadsheets keep."""
    bare = " ".join(text.split())
    if _SERIAL.fullmatch(bare):
        return _SERIAL_BEGIN + timedelta(days=int(bare))
    found = _WORDS.fullmatch(bare) or _DAY_FIRST.fullmatch(bare)
    parts = (found[3], found[2], found[1]) if found else None
    if parts is None and (last := _YEAR_FIRST.fullmatch(bare)):
        parts = (last[1], last[2], last[3])
    try:
        if parts is not None:
            return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        pass
    raise ValueError(f"“{text[:30]}” không phải ngày (viết 31/12/2025 hoặc 2025-12-31)")


def year(text: str) -> int | None:
    """The year of issue; None for an empty cell: paper whose year is not known."""
    bare = text.strip()
    if not bare:
        return None
    if re.fullmatch("[0-9]{4} ?[-–/] ?[0-9]{4}", bare):
        raise ValueError(f"“{bare}” là nhiều năm: khai mỗi năm một dòng")
    if not re.fullmatch("[0-9]{4}", bare) or not FIRST_YEAR <= int(bare) <= LAST_YEAR:
        raise ValueError(f"“{bare[:30]}” không phải năm từ {FIRST_YEAR} đến {LAST_YEAR}")
    return int(bare)


def _refuse_odd(text: str, bare: str) -> None:
    if bare.startswith(("-", "−", "–", "(")):
        raise ValueError(f"“{text[:30]}” là số âm")
    if re.search(r"[^\W\d_]", bare):
        raise ValueError(f"“{text[:30]}” có chữ: ô chỉ ghi số, đơn vị theo tiêu đề cột")


def _at_most(value: Decimal, most: int) -> Decimal:
    if value > most:
        raise ValueError(f"{value:f} quá lớn (nhiều nhất {most}): xem lại số và đơn vị")
    return value


def _shown(exact: str) -> str:
    return exact.removesuffix(EXACT).replace(".", ",")
