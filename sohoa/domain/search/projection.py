"""What a search index makes of a record's fields: the same for every engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sohoa.domain.search.entry import IndexEntry
from sohoa.domain.search.folding import BEYOND_BMP, fold_plain, indexable, words
from sohoa.domain.search.query_tree import FilterName

_FIRST = ("subject", "type_name", "organ_name", "signer_name")
NO_NUMBER = 2**31 - 1
_DIGITS = re.compile(r"\d{1,8}", re.ASCII)
_BORDER = f"\n{BEYOND_BMP}\n"


def code_of(fields: Mapping[str, str]) -> str:
    """Number and notation as printed: ``374/QĐ-UBND``; empty where one is missing."""
    number, notation = fields.get("code_number", "").strip(), fields.get("code_notation", "").strip()
    if notation.startswith(f"{number}/"):
        return notation
    return f"{number}/{notation}" if number and notation else ""


def issued_of(fields: Mapping[str, str]) -> str:
    """The issue date in ISO 8601, or empty where the field is not a date."""
    try:
        return date.fromisoformat(fields.get("issued_date", "").strip()).isoformat()
    except ValueError:
        return ""


def year_of(fields: Mapping[str, str]) -> int | None:
    """The issue year, or None."""
    issued = issued_of(fields)
    return int(issued[:4]) if issued else None


def number_of(fields: Mapping[str, str]) -> int:
    """The number as a figure, to sort by; ``NO_NUMBER`` where there is none."""
    match = _DIGITS.match(fields.get("code_number", "").strip())
    return int(match[0]) if match else NO_NUMBER


def signer_of(fields: Mapping[str, str]) -> str:
    """The signer's name as it is shown."""
    return indexable(" ".join(fields.get("signer_name", "").split()))


def typed_words(text: str) -> str:
    """What was typed of a name or a number, to be found from the beginning of a word on."""
    return " ".join(map(fold_plain, words(text)))


def header_values(fields: Mapping[str, str]) -> tuple[str, ...]:
    """The field values that are searched like text, the most telling first."""
    names = [*_FIRST, *sorted(name for name in fields if name not in _FIRST)]
    values = (code_of(fields), *(fields.get(name, "") for name in names))
    return tuple(dict.fromkeys(indexable(value) for value in values if value.strip()))


def header_of(fields: Mapping[str, str]) -> str:
    """The header text; a border keeps phrases from running across two values."""
    return _BORDER.join(header_values(fields))


def filter_terms(name: FilterName, value: str) -> tuple[str, str]:
    """A whole value as two terms, with marks and without; both empty where it has no words.

    Leading zeros of document numbers do not count: ``05`` is ``5``.
    """
    found = words(value)
    if name == "number":
        found = tuple(word.lstrip("0") or "0" if word.isdecimal() else word for word in found)
    marked = " ".join(found)
    return marked, fold_plain(marked)


def filter_values(entry: IndexEntry) -> tuple[tuple[FilterName, str], ...]:
    """The whole values that filters compare; a number is found bare and with its notation."""
    fields = entry.fields
    year = year_of(fields)
    pairs: tuple[tuple[FilterName, str], ...] = (
        ("agency", entry.agency),
        ("type", fields.get("type_name", "")),
        ("number", fields.get("code_number", "")),
        ("number", code_of(fields)),
        ("year", str(year or "")),
        ("dossier", entry.dossier),
        ("state", entry.state),
        ("quality", entry.quality),
        ("signed", entry.signed),
        ("signer", signer_of(fields)),
    )
    return tuple((name, value) for name, value in pairs if value.strip())
