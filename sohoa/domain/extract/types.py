"""Document types as data: names, abbreviations of the notation, codes (``config/document_types.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz.distance import Levenshtein

from ocr.vietnamese.folding import letters
from sohoa.domain.errors import Misconfigured
from sohoa.domain.vietnamese import normalise

LETTER = "Công văn"
_FORGIVING = 6  # headings of so many letters may hold one wrong letter


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document; ``abbreviations`` in the letters of the law, newest rule first."""

    name: str
    code: str
    abbreviations: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class TypeTable:
    """All document types of one version of the rules; ``unknown_code`` is that of any other kind."""

    types: tuple[DocumentType, ...]
    version: str
    unknown_code: str

    @cached_property
    def _by_abbreviation(self) -> Mapping[str, DocumentType]:
        found: dict[str, DocumentType] = {}
        for kind in self.types:
            for text in kind.abbreviations:
                found.setdefault(text, kind)
        return found

    @cached_property
    def _headings(self) -> tuple[tuple[str, DocumentType], ...]:
        return tuple(
            sorted(((letters(kind.name), kind) for kind in self.types), key=lambda pair: -len(pair[0]))
        )

    def named(self, name: str) -> DocumentType | None:
        """The type of exactly that name."""
        return next((kind for kind in self.types if kind.name == name), None)

    def abbreviated(self, text: str) -> DocumentType | None:
        """The type of exactly that abbreviation: ``ĐA`` and ``DA`` are different types."""
        return self._by_abbreviation.get(text)

    def abbreviations_like(self, text: str) -> tuple[tuple[str, DocumentType], ...]:
        """Abbreviations that equal the text but for case, marks and a doubled ``Đ`` (an OCR slip)."""
        wanted = _squeeze(text)
        return tuple(pair for pair in self._by_abbreviation.items() if _squeeze(pair[0]) == wanted)

    def of_heading(self, text: str) -> tuple[DocumentType, str] | None:
        """The type that a heading begins with and the rest of the heading; one wrong letter is forgiven."""
        read = letters(text)
        for allowed in (0, 1):  # another type's exact name comes before this one's misread name
            for heading, kind in self._headings:
                if kind.name == LETTER or (allowed and len(heading) < _FORGIVING):
                    continue
                if read and Levenshtein.distance(read[: len(heading)], heading) <= allowed:
                    return kind, _after(text, len(heading))
        return None


def _squeeze(text: str) -> str:
    read = letters(text)
    return read.replace("dd", "d")


def _after(text: str, count: int) -> str:
    """What follows the first ``count`` letters or digits of the text."""
    seen = 0
    for index, sign in enumerate(text):
        if seen == count:
            return text[index:].strip(" :.-")
        seen += sign.isalnum()
    return ""


def load_types(data: Mapping[str, Any]) -> TypeTable:
    """Build the table from the parsed YAML; raises ``Misconfigured`` naming the faulty entry."""
    entries = data.get("types")
    if not isinstance(entries, list) or not entries:
        raise Misconfigured("document types: the list 'types' is missing or empty")
    return TypeTable(
        tuple(_entry(index, entry) for index, entry in enumerate(entries, 1)),
        str(data.get("version", "")),
        str(data.get("unknown_code", "32")),
    )


def _entry(index: int, entry: Any) -> DocumentType:
    try:
        return DocumentType(
            normalise(str(entry["name"])),
            str(entry["code"]),
            tuple(str(item["text"]) for item in entry["abbreviations"]),
            str(entry["source"]),
        )
    except (KeyError, TypeError) as error:
        raise Misconfigured(f"document types: entry {index} lacks {error}") from error
