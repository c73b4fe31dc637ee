"""Document types as data: names, abbreviations of the notation, codes (``config/document_types.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rapidfuzz.distance import Levenshtein

from ocr.vietnamese.folding import fold, letters
from sohoa.domain.errors import Misconfigured
from sohoa.domain.extract.spelling import sentence_case
from sohoa.domain.vietnamese import nfc, normalise

LETTER = "Công văn"
CONSOLIDATED = "Văn bản hợp nhất"
"""Its heading names the kind of the text that it holds; its notation tells what it is."""

_JOINT = re.compile("(?<=[A-Za-zĐ]{2})(?:LT|LN|LB)$")
_QUALIFIER = re.compile(
    r"^(?:liên (?:ngành|tịch|bộ|sở)\b|(?:họp|khẩn|khẩn cấp|thượng khẩn|hỏa tốc|hoả tốc)$|số\W*\d.*)",
    re.IGNORECASE,
)
_FORGIVING = 6  # headings of so many letters may hold one wrong letter


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document; ``abbreviations`` in the letters of the law, newest rule first.

    ``headings`` are other words for it. ``alone`` says that its name is a heading only without further words,
    ``titled`` that words after it on its line are part of the name (``GIẤY PHÉP XÂY DỰNG``).
    """

    name: str
    code: str
    abbreviations: tuple[str, ...]
    source: str
    headings: tuple[str, ...] = ()
    alone: bool = False
    titled: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    """How a heading begins, in plain letters."""

    letters: str
    kind: DocumentType
    alone: bool


@dataclass(frozen=True)
class TypeTable:
    """All document types of one version of the rules; ``unknown_code`` is that of any other kind.

    ``title_words`` are what headings of such other kinds begin with.
    """

    types: tuple[DocumentType, ...]
    version: str
    unknown_code: str
    title_words: tuple[str, ...] = ()

    @cached_property
    def _by_abbreviation(self) -> Mapping[str, DocumentType]:
        found: dict[str, DocumentType] = {}
        for kind in self.types:
            for text in kind.abbreviations:
                found.setdefault(text, kind)
        return found

    @cached_property
    def _headings(self) -> tuple[_Heading, ...]:
        names = [_Heading(letters(kind.name), kind, kind.alone) for kind in self.types]
        others = [_Heading(letters(text), kind, False) for kind in self.types for text in kind.headings]
        return tuple(sorted((*names, *others), key=lambda heading: -len(heading.letters)))

    def named(self, name: str) -> DocumentType | None:
        """The type of exactly that name."""
        return next((kind for kind in self.types if kind.name == name), None)

    def abbreviated(self, text: str) -> DocumentType | None:
        """The type of exactly that abbreviation: ``ĐA`` and ``DA`` are different types.

        Papers of several issuers say so behind it: ``HDLT`` is a Hướng dẫn liên tịch.
        """
        return self._by_abbreviation.get(text) or self._by_abbreviation.get(_JOINT.sub("", text))

    def of_title(self, text: str) -> DocumentType | None:
        """The kind that the table does not know, by a heading that begins with a word of papers."""
        begun = any(fold(text).startswith(f"{fold(word)} ") for word in self.title_words)
        return DocumentType(sentence_case(nfc(text)), self.unknown_code, (), "") if begun else None

    def abbreviations_like(self, text: str) -> tuple[tuple[str, DocumentType], ...]:
        """Abbreviations that equal the text but for case, marks and a doubled ``Đ`` (an OCR slip)."""
        wanted = _squeeze(text)
        return tuple(pair for pair in self._by_abbreviation.items() if _squeeze(pair[0]) == wanted)

    def of_heading(self, text: str) -> tuple[DocumentType, str] | None:
        """The type that a heading begins with and the rest of the heading; one wrong letter is forgiven."""
        read = letters(text)
        for allowed in (0, 1):  # another type's exact name comes before this one's misread name
            for heading in self._headings:
                length = len(heading.letters)
                if allowed and length < _FORGIVING:
                    continue
                if not read or Levenshtein.distance(read[:length], heading.letters) > allowed:
                    continue
                rest = _after(text, length)
                if length >= _FORGIVING or not rest[:1].isalnum():
                    own = _without_qualifier(rest)
                    if not (heading.alone and own):
                        return heading.kind, own
        return None


def _without_qualifier(rest: str) -> str:
    """What of the words behind the type is subject or name: not how urgent or joint it is, nor English."""
    english = rest.startswith(("/", " /", "(", " (")) and rest.isascii()
    return "" if english else _QUALIFIER.sub("", nfc(rest).strip(" :.-")).strip(" :.-")


def _squeeze(text: str) -> str:
    read = letters(text)
    return read.replace("dd", "d")


def _after(text: str, count: int) -> str:
    """What follows the first ``count`` letters or digits of the text."""
    seen = 0
    for index, sign in enumerate(text):
        if seen == count:
            return text[index:]
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
        tuple(map(normalise, map(str, data.get("title_words", ())))),
    )


def _entry(index: int, entry: Any) -> DocumentType:
    try:
        return DocumentType(
            normalise(str(entry["name"])),
            str(entry["code"]),
            tuple(str(item["text"]) for item in entry["abbreviations"]),
            str(entry["source"]),
            tuple(normalise(str(text)) for text in entry.get("headings", ())),
            bool(entry.get("alone", False)),
            bool(entry.get("titled", False)),
        )
    except (KeyError, TypeError) as error:
        raise Misconfigured(f"document types: entry {index} lacks {error}") from error
