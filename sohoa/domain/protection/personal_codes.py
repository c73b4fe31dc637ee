"""Codes of provinces and of telephones as data (``personal_codes.yaml`` beside this module)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sohoa.domain.errors import Misconfigured


@dataclass(frozen=True, slots=True)
class PersonalCodes:
    """How numbers of persons begin: identity numbers by province, mobile telephones, land lines.

    Raises ``ValueError`` where a list is empty: nothing is masked by half.
    """

    provinces: tuple[str, ...]
    mobile: tuple[str, ...]
    land: tuple[str, ...]

    def __post_init__(self) -> None:
        if not (self.provinces and self.mobile and self.land):
            raise ValueError("codes of provinces and of telephones are needed")


def load_personal_codes(data: Mapping[str, Any]) -> PersonalCodes:
    """Build them from the parsed YAML; raises ``Misconfigured`` naming the faulty list."""
    return PersonalCodes(_codes(data, "provinces"), _codes(data, "mobile"), _codes(data, "land"))


def _codes(data: Mapping[str, Any], section: str) -> tuple[str, ...]:
    listed, sources = data.get(section), data.get("sources")
    if not isinstance(listed, list) or not listed or not isinstance(sources, dict):
        raise Misconfigured(f"personal codes: sources or the list {section!r} are missing or empty")
    found: list[str] = []
    for number, entry in enumerate(listed, start=1):
        codes = entry.get("codes") if isinstance(entry, dict) else None
        if not isinstance(codes, list) or not codes or not all(map(_is_code, codes)):
            raise Misconfigured(f"personal codes: {section}[{number}]: codes must be digits in quotes")
        if entry.get("source") not in sources:
            raise Misconfigured(f"personal codes: {section}[{number}]: its source is none of those listed")
        found += codes
    return tuple(found)


def _is_code(code: object) -> bool:
    return isinstance(code, str) and re.fullmatch("0[0-9]{2,3}", code) is not None
