"""Finds personal data in the text of pages and masks it (Luật 91/2025/QH15).

Numbers of identity cards, passports, telephones, bank accounts and persons' tax codes, and dates of birth.
A tag says what is where, never the value. What a word before it tells (``CMND``, ``STK``, ``sinh ngày``) is
believed in any form; without such a word only 12-digit identity numbers with a province and century, and
telephone numbers with a prefix in use, are. In doubt a number is masked: a mask hides, it removes nothing.

Not personal: names, an agency's own land line (on a line with ``Fax``, ``Website``, ``trụ sở``, ``tổng đài``,
``đường dây nóng``), accounts at the treasury (``Kho bạc``), and the years of classes (``học sinh năm 2024``).
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from ocr.vietnamese.folding import fold_in_place
from sohoa.domain.fields import NEVER_PERSONAL
from sohoa.domain.protection.digit_groups import (
    DIGIT,
    NUMBER_AHEAD,
    Group,
    digits,
    first_groups,
    groups_at,
    is_number,
    sizes,
)
from sohoa.domain.protection.personal_codes import PersonalCodes

MASK = "•"


class PersonalKind(StrEnum):
    """What kind of personal data."""

    IDENTITY_NUMBER = "identity_number"
    PASSPORT = "passport"
    BANK_ACCOUNT = "bank_account"
    TAX_CODE = "tax_code"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, order=True)
class PersonalTag:
    """Characters ``start`` to ``end`` of the text of a page (1-based) are personal data of that kind."""

    page: int
    start: int
    end: int
    kind: PersonalKind

    @staticmethod
    def of_json(stored: Mapping[str, Any]) -> PersonalTag:
        """The tag as ``record.json`` keeps it (``archive.record_document.personal_json``)."""
        return PersonalTag(stored["page"], stored["start"], stored["end"], PersonalKind(stored["kind"]))


_Found = tuple[int, int, PersonalKind]
_FILLER = r"(?:[^\d\n]{0,40}?\W)?"
_IDENTITY_WORD = r"(?:cccd|cmnd|cmtnd|cmt|can cuoc|chung minh|so dinh danh|dinh danh ca nhan|ddcn)"
_IDENTITY = re.compile(rf"(?<!\w){_IDENTITY_WORD}{_FILLER}{NUMBER_AHEAD}\(?")
_NINE = re.compile(rf"(?<![\w.,/\-])[0-9]{DIGIT}{{8}}(?![\w|])(?![.,]\d)(?!/[^\W\d])(?! ?(?:dong|vnd|d\b))")
_PASSPORT = re.compile(
    rf"(?<!\w)ho chieu{_FILLER}([a-z]{{1,2}}[ .]?{DIGIT}(?: ?{DIGIT}){{5,7}}|{DIGIT}{{8,9}})(?![\w|])"
)
_ACCOUNT = re.compile(
    rf"(?<!\w)(?:so tai khoan|tai khoan so|tai khoan(?= ?:)|stk|so tk|tk so|tk(?= ?:)){_FILLER}{NUMBER_AHEAD}"
)
_TAX = re.compile(
    rf"(?<!\w)(?:ma so thue|mst)(?: cua)?(?: thu nhap)?(?: ca nhan| tncn){_FILLER}{NUMBER_AHEAD}"
)
_MONEY = re.compile(r" ?(?:dong|vnd|trieu|ty)\b")
_TREASURY = re.compile(r"kho bac|kbnn")
_DAY = rf"{DIGIT}{{1,2}}"
_DATE = (
    rf"{_DAY} ?[/.\- ] ?{_DAY} ?[/.\- ] ?{DIGIT}{{4}}|{_DAY}/{_DAY}/{DIGIT}{{2}}|{_DAY} ?/ ?{DIGIT}{{4}}"
    rf"|{_DAY} thang {_DAY},? nam {DIGIT}{{4}}|[1il|]9{DIGIT}{{2}}|2[0o][0-4oil|]{DIGIT}"
)
_BORN = re.compile(
    r"(?<!\w)(?P<word>(?:ngay ?[,/]? ?)?(?:thang ?[,/]? ?)?(?:va )?nam sinh|ngay sinh|sinh ngay|sinh nam|sn)"
    rf"(?!\w)(?:[^\d\n:]{{0,30}}:)?[\s:.\-([]{{0,6}}(?:ngay )?(?P<date>{_DATE})(?![\w|])"
)
# Words that end in `sinh` and are followed by a year or day that is nobody's birthday.
_NOT_BORN = re.compile(
    r"(?<!\w)(?:hoc|phat|tuyen|ve|dan|an|thi|tai|hi|hy|giao|mon|cuu|san|nay|khai|muu|ho|thu|sat|phuc|khang|"
    r"quang|dan|giang|sinh|nam|nu|y|si|khi|song|thuc|du|cong|dien) $"
)
_PHONE_WORD = re.compile(
    r"(?<!\w)(?:dien thoai|so may|di dong|dt|sdt|dtdd|dd|tel|phone|mobile|fax|zalo|hotline)"
    rf"{_FILLER}{NUMBER_AHEAD}\(?(?=\+?(?:[0o]|84))\+?"
)
_START = re.compile(r"(?<![\w|])(?<!\d[.,\-])(?=[0-9oil|])(?=[oil|]{0,3}[0-9])")
_NOTATION_NEXT = re.compile(r"/[^\W\d]")
_MOBILE_SHAPES = frozenset(
    {(10,), (4, 3, 3), (4, 6), (3, 3, 4), (3, 7), (4, 2, 2, 2), (3, 4, 3), (5, 5), (4, 2, 4)}
)
_IDENTITY_SHAPES = frozenset({(12,), (3, 3, 3, 3), (4, 4, 4), (6, 6), (3, 9), (3, 3, 6), (3, 1, 2, 6)})
_AGENCY_LINE = re.compile(r"(?<!\w)fax|website|\.gov|tru so|tong dai|duong day nong|hotline")


def find_personal(texts: Sequence[str], codes: PersonalCodes) -> tuple[PersonalTag, ...]:
    """Tags of all pages, in order and without overlaps; ``texts`` are the pages' texts (NFC)."""
    return tuple(tag for page, text in enumerate(texts, start=1) for tag in find_on_page(text, codes, page))


def find_on_page(text: str, codes: PersonalCodes, page: int = 1) -> tuple[PersonalTag, ...]:
    """Tags of one page; where two readings of one number compete, the word before it decides."""
    folded = fold_in_place(text)
    chosen: list[_Found] = []
    bare, phones = partial(_bare_identity, codes=codes), partial(_phones, codes=codes)
    for rule in (_identity, _passports, _accounts, _tax_codes, _births, bare, phones, _listed):
        for found in rule(folded):
            place = bisect(chosen, found)
            free = place == 0 or chosen[place - 1][1] <= found[0]
            if free and (place == len(chosen) or found[1] <= chosen[place][0]):
                chosen.insert(place, found)
    return tuple(PersonalTag(page, *found) for found in chosen)


def mask(text: str, tags: Iterable[PersonalTag]) -> str:
    """The text with every letter and digit of the tagged places as ``•``; as long as before.

    Words in a date (``tháng``) stay. Places that lie outside of the text are passed over.
    """
    shown = list(text)
    for tag in tags:
        signs = r"\w*\d\w*" if tag.kind is PersonalKind.BIRTH_DATE else r"[\w|]+"
        for word in re.finditer(signs, text[tag.start : tag.end]):
            start, end = tag.start + word.start(), tag.start + word.end()
            shown[start:end] = MASK * (end - start)
    return "".join(shown)


def masked(text: str, codes: PersonalCodes) -> str:
    """The text with what is personal in it masked."""
    return mask(text, find_on_page(text, codes))


def masked_values(value: Any, codes: PersonalCodes) -> Any:
    """JSON data with all texts masked, but for numbers, notations and dates of documents."""
    if isinstance(value, str):
        return masked(value, codes)
    if isinstance(value, Mapping):
        return {k: v if k in NEVER_PERSONAL else masked_values(v, codes) for k, v in value.items()}
    return [masked_values(part, codes) for part in value] if isinstance(value, list | tuple) else value


def masked_pages(
    texts: Sequence[str],
    numbers: Sequence[int],
    stored: Sequence[Mapping[str, Any]],
    codes: PersonalCodes,
) -> list[str]:
    """Texts of the pages of those numbers, masked where tags are stored and where one is found now.

    Both, so that neither an older record nor text that was read anew shows what it should not.
    """
    known = [PersonalTag.of_json(tag) for tag in stored]
    pages = numbers if len(numbers) == len(texts) else range(1, len(texts) + 1)
    return [
        mask(text, [*find_on_page(text, codes), *(tag for tag in known if tag.page == page)])
        for page, text in zip(pages, texts, strict=True)
    ]


def _labelled(text: str, word: re.Pattern[str]) -> Iterator[tuple[int, list[Group]]]:
    """Where a number follows the word: its groups on one line first, then over a line's end."""
    for match in word.finditer(text):
        for over_lines in (False, True):
            groups = groups_at(text, match.end(), over_lines=over_lines)
            if groups and is_number(text, groups):
                yield match.end(), groups


def _first_of(groups: list[Group], counts: Sequence[int]) -> list[Group] | None:
    return next((part for count in counts if (part := first_groups(groups, count))), None)


def _identity(text: str) -> Iterator[_Found]:
    for _, groups in _labelled(text, _IDENTITY):
        part = _first_of(groups, (12, 9))
        if part:
            yield part[0][0], part[-1][1], PersonalKind.IDENTITY_NUMBER


def _passports(text: str) -> Iterator[_Found]:
    for match in _PASSPORT.finditer(text):
        if sum(sign.isdecimal() for sign in match[1]) > 4:
            yield match.start(1), match.end(1), PersonalKind.PASSPORT


def _accounts(text: str) -> Iterator[_Found]:
    for _, groups in _labelled(text, _ACCOUNT):
        part = _first_of(groups, range(19, 5, -1))
        if part is None:
            continue
        start, end = part[0][0], part[-1][1]
        line_start = text.rfind("\n", 0, start) + 1
        if not _MONEY.match(text, end) and not _TREASURY.search(text[line_start : end + 60]):
            yield start, end, PersonalKind.BANK_ACCOUNT


def _tax_codes(text: str) -> Iterator[_Found]:
    for _, groups in _labelled(text, _TAX):
        part = _first_of(groups, (13, 12, 10))
        if part:
            yield part[0][0], part[-1][1], PersonalKind.TAX_CODE


def _births(text: str) -> Iterator[_Found]:
    for match in _BORN.finditer(text):
        word_first = match["word"].startswith("sinh")
        if word_first and _NOT_BORN.search(text, max(0, match.start() - 12), match.start()):
            continue
        yield match.start("date"), match.end("date"), PersonalKind.BIRTH_DATE


def _bare_identity(text: str, codes: PersonalCodes) -> Iterator[_Found]:
    """Identity numbers that no word announces: province, century and year of birth must be possible."""
    for match in _START.finditer(text):
        part = first_groups(groups_at(text, match.start()), 12)
        if part is None or sizes(part) not in _IDENTITY_SHAPES or not is_number(text, part):
            continue
        end, number = part[-1][1], digits(text, part)
        split = len(part) > 1 and re.search(r"\d ?$", text[: match.start()][-2:])
        if number.startswith(codes.provinces) and int(number[3]) <= 3 and not split and _ends(text, end):
            yield match.start(), end, PersonalKind.IDENTITY_NUMBER


def _phones(text: str, codes: PersonalCodes) -> Iterator[_Found]:
    found = [*_labelled_phones(text), *_bare_phones(text, codes)]
    for start, end in dict.fromkeys(found):
        land = not digits(text, groups_at(text, start)).startswith(codes.mobile)
        if not (land and _AGENCY_LINE.search(_line_around(text, start))):
            yield start, end, PersonalKind.PHONE


def _labelled_phones(text: str) -> Iterator[Group]:
    for _, groups in _labelled(text, _PHONE_WORD):
        counts = (11, 12) if digits(text, groups)[:2] in ("02", "84") else (10, 11, 12, 9)
        part = _first_of(groups, (*counts, 10, 9))
        if part:
            yield part[0][0], part[-1][1]


def _bare_phones(text: str, codes: PersonalCodes) -> Iterator[Group]:
    for match in _START.finditer(text):
        start = match.start()
        groups = groups_at(text, start)
        abroad = text[max(0, start - 2) : start].rstrip().endswith("+") and text.startswith("84", start)
        for count in (11, 12, 13) if abroad else (10, 11):
            part = first_groups(groups, count)
            if part and is_number(text, part) and (abroad or _like_a_phone(text, part, codes)):
                if _ends(text, part[-1][1]):
                    yield start, part[-1][1]
                break


def _like_a_phone(text: str, groups: Sequence[Group], codes: PersonalCodes) -> bool:
    number, shape = digits(text, groups), sizes(groups)
    if len(number) == 11:
        return number.startswith(codes.land) and (shape[0] in (3, 4, 5, 11))
    year = shape == (3, 4, 3) and number[3:5] in ("19", "20")
    return shape in _MOBILE_SHAPES and number.startswith(codes.mobile) and not year


def _listed(text: str) -> Iterator[_Found]:
    """Nine digits in one piece below the heading of a list that asks for identity cards."""
    heading = re.search(rf"(?<!\w){_IDENTITY_WORD}(?!\w)", text)
    for match in _NINE.finditer(text, heading.end()) if heading else ():
        yield match.start(), match.end(), PersonalKind.IDENTITY_NUMBER


def _ends(text: str, end: int) -> bool:
    """Whether a number may end there: no document's notation and no further decimals follow."""
    return not _NOTATION_NEXT.match(text, end) and not re.match(r"[.,]\d", text[end : end + 2])


def _line_around(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else len(text)]
