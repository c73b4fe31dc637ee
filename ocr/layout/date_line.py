"""The line with place and date, ``Sông Lam, ngày 05 tháng 3 năm 2020``: every pattern of it.

names_a_day     while day and month are not read yet: two of ``ngày``, ``tháng``, ``năm`` in a short line
is_date_line    once they are read: all three, as they are misread, and a year that begins with a digit
DATE_LINE       place, day, month and year of a folded line
NUMERIC         the same of a date in digits, which ends the line: ``ngày 15/01/2019``, ``Ngày: 12-6-2020``
is_bare_date    whether a line is that date and nothing else, is_place_and_date with a place before it
DAY_AND_MONTH   day and month of a line in plain letters
HANDWRITTEN     the same in the plain letters of the reader of handwriting

Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, box 4.
"""

from __future__ import annotations

import re

from ocr.vietnamese.folding import fold, folded_words

DATE_LINE = re.compile(
    r"^(?P<place>.*)(?:^|(?<=[\W]))nga?y?(?P<day>.{0,12}?)\s*th\W?a?n?g"
    r"(?P<month>.{0,12}?)\s*n[a-z]m\W*(?P<year>\d\S*.*)?$"
)
NUMERIC = re.compile(
    r"^(?P<place>.*?)(?:(?:^|(?<=\W))nga?y?\W{0,3}|,\s*)(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})"
    r"\s?[/.-]\s?(?P<year>(?:19|20)\d\d)\W*$"
)
DAY_AND_MONTH = re.compile(
    r"^.*(?:^|(?<=\W))nga?y?(?P<day>.{0,12}?)\s*(?=th\W?a?n?g)th\W?a?n?g(?P<month>.{0,12}?)\s*n[a-z]m\W*\d"
)
HANDWRITTEN = re.compile(
    r"^.*ng(?:[^,y0-9]{0,2}y|[a-z]?(?=[^a-z]))\s*(?P<day>.*?)\s*t?h[a-z0-9]{1,2}g"
    r"\s*(?P<month>.*?)\s*n[^0-9]{0,2}m?\s*(?:19|20|2)"
)
_WORDS = ("ngay", "thang", "nam")
_LONGEST = 60  # letters: what is longer is a sentence
_PLACE_WORDS = 6
_DATE = re.compile(r"\bnga\w?.{0,14}?th\W?[a-z]{1,3}\W?g?.{0,10}?n[a-z]{1,2}m?\W*\d", re.IGNORECASE)


def names_a_day(text: str) -> bool:
    """Whether a line may be the date line: two of its three words suffice, the year may be lost."""
    plain = folded_words(text)
    in_words = sum(word in plain for word in _WORDS) >= 2
    return len(plain) < _LONGEST and (in_words or bool(NUMERIC.match(fold(text))))


def is_date_line(text: str) -> bool:
    """Whether a line of the right column is ``<place>, ngày … tháng … năm <year>``, or that in digits."""
    plain = fold(text)
    return bool(_DATE.search(plain) or (len(plain) < _LONGEST and NUMERIC.match(plain)))


def is_bare_date(text: str) -> bool:
    """Whether the line holds nothing but ``Ngày`` and a date, as judgments have it under their number."""
    place = _place_of_date(text)
    return place == "" and text.lstrip(" .:-_").startswith("N")


def is_place_and_date(text: str) -> bool:
    """Whether the line holds nothing but a place, whose words have capitals, and a date."""
    words = (_place_of_date(text) or "").replace("-", " ").split()
    return 0 < len(words) <= _PLACE_WORDS and all(word[0].isupper() for word in words)


def _place_of_date(text: str) -> str | None:
    """What stands before the date, None where the line is none."""
    plain = fold(text)
    match = NUMERIC.match(plain) or DATE_LINE.match(plain)
    if match is None or not match["year"] or len(plain) > _LONGEST or len(plain) != len(text):
        return None
    return text[: match.end("place")].strip(" .,:;-_")
