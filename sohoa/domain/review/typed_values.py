"""Values that a person types for a field: read the way people write them, refused with a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from ocr.vietnamese.folding import letters
from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.fields import FIELDS, SETTABLE, FieldSpec, Kind, label
from sohoa.domain.marks import Marks
from sohoa.domain.review.decisions import DRAFT
from sohoa.domain.vietnamese import nfc

_LONGEST = 2000
_EARLIEST_YEAR = 1800
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_NUMBER = re.compile(r"\d{1,6}(?:[A-Za-zĐđ]| ?(?:bis|ter))?")
_PART = r"[^\W_][\w&.]*"
_NOTATION = re.compile(rf"{_PART}(?:[-/]{_PART})*")
_YES, _NO = ("yes", "true", "co"), ("no", "false", "khong")


@dataclass(frozen=True, slots=True)
class Rules:
    """What values are checked against: document types in force, the day, agency register, marks."""

    types: TypeTable
    today: date
    agencies: AgencyRegister
    marks: Marks


def parse_value(name: str, text: str, rules: Rules) -> str | None:
    """The value of the field as it is stored; None for an empty text: the paper shows none.

    The spelling of names and texts stays the person's. Raises ``ValueError`` with a sentence that says
    what is wrong and what would be right.
    """
    if name not in SETTABLE:
        raise ValueError(f"there is no field {name!r} to set: {', '.join(SETTABLE)}")
    value = " ".join(nfc(text).split())
    if any(not sign.isprintable() for sign in value) or len(value) > _LONGEST:
        raise ValueError(f"{name} ({label(name)}) must be printable text of at most {_LONGEST} characters")
    if not value and name == DRAFT:
        raise ValueError("draft must be yes or no")
    spec = FIELDS[name]
    return _PARSERS[spec.kind](spec, value, rules) if value else None


def _as_typed(_: FieldSpec, value: str, __: Rules) -> str:
    return value


def _day(field: FieldSpec, value: str, rules: Rules) -> str:
    """ISO or day/month/year; a day that exists, not in the future."""
    iso, local = _ISO.fullmatch(value), _LOCAL.fullmatch(value)
    parts = iso.groups() if iso else tuple(reversed(local.groups())) if local else None
    if parts is None:
        raise ValueError(f"{field.name} {value!r} must be like 2024-01-31 or 31/01/2024")
    try:
        found = date(*map(int, parts))
    except ValueError as error:
        raise ValueError(f"{field.name} {value!r} is not a day of the calendar") from error
    if found > rules.today or found.year < _EARLIEST_YEAR:
        raise ValueError(f"{field.name} {value!r} lies in the future or before {_EARLIEST_YEAR}")
    return found.isoformat()


def _type(field: FieldSpec, value: str, rules: Rules) -> str:
    """A type of the table; typed without marks it is found where it is the only one."""
    if rules.types.named(value):
        return value
    alike = [kind.name for kind in rules.types.types if letters(kind.name) == letters(value)]
    if len(set(alike)) == 1:
        return alike[0]
    raise ValueError(f"{field.name} {value!r} is not in config/document_types.yaml")


def _number(field: FieldSpec, value: str, _: Rules) -> str:
    if not _NUMBER.fullmatch(value):
        raise ValueError(f"{field.name} {value!r} must be digits, with a letter or bis behind at most")
    return value


def _notation(field: FieldSpec, value: str, _: Rules) -> str:
    squeezed = re.sub(r"\s*([-/])\s*", r"\1", value)
    if not _NOTATION.fullmatch(squeezed):
        raise ValueError(f"{field.name} {value!r} must be like QĐ-UBND, without the number")
    return squeezed


def _count(field: FieldSpec, value: str, _: Rules) -> str:
    if not value.isdecimal() or not value.isascii() or not int(value):
        raise ValueError(f"{field.name} {value!r} must be a whole number")
    return str(int(value))


def _agency(field: FieldSpec, value: str, rules: Rules) -> str:
    if not rules.agencies.knows(value):
        raise ValueError(f"{field.name} {value!r} is not in config/agencies.yaml")
    return value


def _language(field: FieldSpec, value: str, _: Rules) -> str:
    if not re.fullmatch(r"[0-9]{2}", value):
        raise ValueError(f"{field.name} {value!r} must be a code of two digits: 01 is Vietnamese")
    return value


def _mark(field: FieldSpec, value: str, rules: Rules) -> str:
    choices = rules.marks.choices(field.name)
    found = next((choice for choice in choices if letters(choice) == letters(value)), None)
    if found is None:
        raise ValueError(f"{field.name} {value!r} must be one of: {', '.join(choices)}")
    return found


def _yes_no(field: FieldSpec, value: str, _: Rules) -> str:
    if letters(value) in _YES:
        return "yes"
    if letters(value) in _NO:
        return "no"
    raise ValueError(f"{field.name} {value!r} must be yes or no")


_PARSERS: Mapping[Kind, Callable[[FieldSpec, str, Rules], str]] = {
    Kind.TEXT: _as_typed,
    Kind.DAY: _day,
    Kind.TYPE: _type,
    Kind.NUMBER: _number,
    Kind.NOTATION: _notation,
    Kind.COUNT: _count,
    Kind.AGENCY: _agency,
    Kind.LANGUAGE: _language,
    Kind.MARK: _mark,
    Kind.YES_NO: _yes_no,
}
