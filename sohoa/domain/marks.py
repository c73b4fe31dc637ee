"""Wordings of stamps and lines as data: secrecy, urgency, form of copy (``ocr/data/marks.yaml``).

There is no empty list: without every level and every reason there are no ``Marks``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ocr.vietnamese.folding import letters
from sohoa.domain.errors import Misconfigured

SECRECY, RECALL, DECLASSIFIED = "secrecy_mark", "recall_mark", "declassified_mark"
_REASONS = frozenset({SECRECY, RECALL, DECLASSIFIED})
_LEVELS = frozenset({"mat", "toimat", "tuyetmat"})  # Luật 29/2018/QH14, Điều 8: a list without one is damaged
_FIELDS = ("urgency", "copy_form")
_MOST_SLIPS = 4


@dataclass(frozen=True, slots=True)
class SecrecyWording:
    """A wording in folded letters, the code of its reason, and how many letters OCR may get wrong in it."""

    letters: str
    reason: str
    slips: int


@dataclass(frozen=True, slots=True)
class Marks:
    """What stamps say: ``values`` are, by field, the field's value for each wording in folded letters.

    ``other`` stamps are neither secret nor a field's; ``not_secrecy`` looks like a secrecy wording and is
    none. Raises ``ValueError`` where a level of secrecy or a reason has no wording.
    """

    secrecy: tuple[SecrecyWording, ...]
    values: Mapping[str, Mapping[str, str]]
    other: frozenset[str]
    not_secrecy: frozenset[str]

    def __post_init__(self) -> None:
        absent = _LEVELS - {each.letters for each in self.secrecy if each.reason == SECRECY}
        absent |= _REASONS - {each.reason for each in self.secrecy}
        if absent:
            raise ValueError(f"secrecy: no wording for {', '.join(sorted(absent))}")
        if hidden := {each.letters for each in self.secrecy} & (self.harmless | self.not_secrecy):
            raise ValueError(f"secrecy: {', '.join(sorted(hidden))} is said to be harmless, too")

    @property
    def harmless(self) -> frozenset[str]:
        """Wordings of stamps that are no secrecy marks, in folded letters."""
        return self.other.union(*self.values.values())

    def choices(self, name: str) -> tuple[str, ...]:
        """The values that a field may have, each once, in the order of the list."""
        return tuple(dict.fromkeys(self.values[name].values()))


def load_marks(data: Mapping[str, Any]) -> Marks:
    """Build them from the parsed YAML; raises ``Misconfigured`` naming list and entry."""
    words = data.get("not_secrecy")
    if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
        raise Misconfigured("marks: not_secrecy must be a list of words")
    sources = data.get("sources")
    if not isinstance(sources, dict) or not sources:
        raise Misconfigured("marks: sources are missing")
    listed = {name: _entries(data, name, sources) for name in ("secrecy", *_FIELDS, "other")}
    try:
        return Marks(
            tuple(_secrecy(entry) for entry in listed["secrecy"]),
            {name: {letters(entry["wording"]): entry["value"] for entry in listed[name]} for name in _FIELDS},
            frozenset(letters(entry["wording"]) for entry in listed["other"]),
            frozenset(words),
        )
    except ValueError as error:
        raise Misconfigured(f"marks: {error}") from error


_KEYS = {"secrecy": ("reason", "slips"), "other": (), **dict.fromkeys(_FIELDS, ("value",))}


def _entries(data: Mapping[str, Any], name: str, sources: Iterable[str]) -> list[Mapping[str, Any]]:
    listed = data.get(name)
    if not isinstance(listed, list) or not listed:
        raise Misconfigured(f"marks: the list {name!r} is missing or empty")
    wanted = {"wording", "source", *_KEYS[name]}
    for number, entry in enumerate(listed, start=1):
        if not isinstance(entry, dict) or not wanted <= entry.keys() <= wanted | {"stamp"}:
            raise Misconfigured(f"marks: {name}[{number}] must have {', '.join(sorted(wanted))}")
        texts = (entry[key] for key in wanted - {"slips"})
        if not all(isinstance(text, str) and letters(text) for text in texts):
            raise Misconfigured(f"marks: {name}[{number}]: what is no number must be text")
        if entry["source"] not in sources:
            raise Misconfigured(f"marks: {name}[{number}]: unknown source {entry['source']!r}")
    return listed


def _secrecy(entry: Mapping[str, Any]) -> SecrecyWording:
    slips = entry["slips"]
    if entry["reason"] not in _REASONS or type(slips) is not int or not 0 <= slips <= _MOST_SLIPS:
        raise ValueError(f"secrecy: {entry['wording']}: reason or slips are none that exist")
    return SecrecyWording(letters(entry["wording"]), entry["reason"], slips)
