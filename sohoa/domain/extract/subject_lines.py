"""What the two places of a subject share: how it begins, what never does, its lines without ink."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ocr.page import Line
from sohoa.domain.vietnamese import nfc

CONCERNS = re.compile(r"^[^\w]*(?:v\s*[/⁄il1|.,]?\s*v\b|ve viec\b|vv\b|v[/⁄]v?)", re.IGNORECASE)
# What no subject begins with: who is written to, legal bases, the first article.
NEVER = re.compile(r"^[^\w]*(?:kinh (?:gui|trinh)\b|noi nhan\b|can cu\b|dieu 1\b|hom nay\b)")
ABOUT = re.compile(r"^[^\w]*(?:ve\b|v/v\b)")
RULE = re.compile(r"^[\W_]*$")


@dataclass(frozen=True, slots=True)
class Subject:
    """The subject's lines and how surely they begin and end where they should (0 to 1)."""

    lines: tuple[Line, ...]
    texts: tuple[str, ...]
    ends: float


def without_ink(line: Line) -> str:
    """The line without ink before its first word and after its last."""
    return re.sub(r"^[^\w(“\"']+|[\s_|~]+$", "", nfc(line.text))
