"""Fields as they were read beside what is right, compared as the collections are, and kept as JSON lines."""

from __future__ import annotations

import difflib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FIELDS = {
    "code_number": "so", "code_notation": "ky_hieu", "issued_date": "ngay_ban_hanh",
    "organ_name": "co_quan_ban_hanh", "type_name": "loai_van_ban", "subject": "trich_yeu",
    "signer_name": "nguoi_ky",
}  # fmt: skip
"""Names of the fields, and of the same in a truth file."""
SURE = 0.9
_ALIKE = 0.95  # share of a subject's characters that must be right


@dataclass(frozen=True)
class Answer:
    """One field of one document: what was read, how sure (None: nothing was), and whether it is right."""

    document: str
    field: str
    wanted: str
    value: str
    confidence: float | None
    right: bool

    @property
    def sure(self) -> bool:
        """Whether it would be taken without a person."""
        return self.confidence is not None and self.confidence >= SURE


def answers(document: str, fields: Mapping[str, Any], truth: Mapping[str, Any]) -> Iterator[Answer]:
    """Every field that the truth knows or says to be absent."""
    for name, key in FIELDS.items():
        wanted = str(truth.get(key) or "")
        if not wanted and name not in truth.get("absent", ()):
            continue
        given = fields.get(name) or {}
        value = str(given.get("value") or "")
        as_good = (wanted, *truth.get("also", {}).get(name, ()))
        right = any(same(name, value, one) for one in as_good) if wanted else not value
        yield Answer(document, name, wanted, value, float(given["confidence"]) if value else None, right)


def same(name: str, value: str, wanted: str) -> bool:
    """Whether a value counts as right: noughts, case, marks and signs are ignored as the field allows."""
    if not value:
        return False
    if name == "code_number":
        return value.strip().lstrip("0") == wanted.strip().lstrip("0")
    if name == "code_notation":
        return _squeezed(value) == _squeezed(wanted)
    if name == "issued_date":
        return value[:10] == wanted
    one, other = _plain(value), _plain(wanted)
    if name == "subject":
        one, other = (re.sub(r"^(v v|ve viec|ve)\s+", "", text) for text in (one, other))
        return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE
    return one == other


def write(path: Path, found: Iterable[Answer]) -> None:
    """One JSON object a line."""
    lines = (json.dumps(asdict(answer), ensure_ascii=False) + "\n" for answer in found)
    path.write_text("".join(lines), encoding="utf-8")


def load(path: Path) -> list[Answer]:
    """What ``write`` wrote."""
    return [Answer(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text)).upper()


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    text = "".join(sign for sign in text if not unicodedata.combining(sign)).lower()
    return re.sub(r"[^a-z0-9]+", " ", text).strip()
