"""The document type: heading and the notation's abbreviation vouch for each other."""

from __future__ import annotations

import re

from ocr.layout.number_line import kind_in_label
from ocr.vietnamese.folding import fold
from sohoa.domain.archive.records import Evidence, Field, Method
from sohoa.domain.extract.calibration import TypeShares
from sohoa.domain.extract.confidence import clip
from sohoa.domain.extract.head import Head
from sohoa.domain.extract.notation import stands_for
from sohoa.domain.extract.types import CONSOLIDATED, LETTER, DocumentType, TypeTable
from sohoa.domain.vietnamese import is_upper, nfc

_YEAR = r"^(?:19|20)\d\d/"  # before the type: ``2020/NQ-HĐND``
_RIGHTMOST = 0.72  # of the page: the middle of a title


def type_fields(
    head: Head, notation: Field | None, organ_name: str, types: TypeTable, shares: TypeShares
) -> dict[str, Field]:
    """type_name and type_code (TT 05); a letter without heading is a công văn (NĐ 30, Điều 7)."""
    from_note = _of_notation(notation.value, types) if notation else None
    kind, share = _decide(head, notation, from_note, organ_name, types, shares)
    if kind is None:
        return {}
    box = head.heading.box if head.heading else None
    evidence = [Evidence(Method.TEXT, kind.name, clip(share), head.page.number, box)]
    raw = head.heading.text if head.heading and head.kind is kind else (notation.raw if notation else "")
    return {
        "type_name": Field(kind.name, raw, clip(share), tuple(evidence)),
        "type_code": Field(kind.code, raw, clip(share), tuple(evidence)),
    }


def _decide(
    head: Head,
    notation: Field | None,
    from_note: DocumentType | None,
    organ_name: str,
    types: TypeTable,
    shares: TypeShares,
) -> tuple[DocumentType | None, float]:
    if from_note is not None and from_note.name == CONSOLIDATED:
        return from_note, shares.heading_against_notation
    if head.kind is not None and not head.untold:
        return head.kind, _heading_share(head.kind, notation, from_note, shares)
    if labelled := _of_label(head, types):
        return labelled, shares.heading
    concerning = any(re.match(r"\W*v\W{0,2}v\b", fold(line.text)) for line in head.below)
    if from_note is not None and not concerning:
        return from_note, shares.notation
    if from_note is not None:  # an office whose short form is also a type's: ``PC`` of an ``Điện lực``
        own = from_note.name == LETTER
        return types.named(LETTER), shares.letter if own else shares.letter_of_other_notation
    first = re.split(r"[-/]", notation.value)[0] if notation else ""
    own = notation is not None and (concerning or stands_for(first, organ_name))
    if head.untold and not own:
        return head.kind, shares.untold
    return _letter(head, types, shares, own=own, concerning=concerning, numbered=notation is not None)


def _heading_share(
    kind: DocumentType, notation: Field | None, from_note: DocumentType | None, shares: TypeShares
) -> float:
    """How far the kind of the heading is trusted beside the notation."""
    if from_note is kind or (notation and _type_part(notation.value) in kind.abbreviations):
        return shares.heading_and_notation
    if from_note is None:
        plain = notation is None or not _has_type_part(notation.value)
        return shares.heading if plain else shares.heading_beside_short_part
    return shares.heading_against_notation


def _letter(
    head: Head, types: TypeTable, shares: TypeShares, *, own: bool, concerning: bool, numbered: bool
) -> tuple[DocumentType | None, float]:
    """A công văn, where ``V/v`` or ``Kính gửi`` tell it; ``own`` says that the notation is one of letters."""
    addressed = _is_addressed(head)
    if numbered and (addressed or concerning):
        return types.named(LETTER), shares.letter if own else shares.letter_of_other_notation
    if concerning or (addressed and not _has_title(head)):
        return types.named(LETTER), shares.letter_without_notation
    return None, 0.0


def _is_addressed(head: Head) -> bool:
    """Whether ``Kính gửi`` stands under the head."""
    lines = (*head.below, *head.body[:12])
    return any(fold(line.text).lstrip(" -").startswith("kinh gui") for line in lines)


def _has_title(head: Head) -> bool:
    """Whether a line in capitals stands above ``Kính gửi``: forms and applications have their own title."""
    for line in head.body:
        if fold(line.text).lstrip(" -").startswith("kinh gui"):
            return False
        if (
            is_upper(line.text, 0.8)
            and len(line.words) > 1
            and line.box.middle[0] < _RIGHTMOST * head.page.width_px
        ):
            return True
    return False


def _of_label(head: Head, types: TypeTable) -> DocumentType | None:
    """The type that the number's label names: ``Bản án số:``, ``Luật số:``."""
    named = kind_in_label(nfc(head.number.text)) if head.number else ""
    return next((kind for kind in types.types if named and fold(kind.name) == named), None)


def _of_notation(note: str, types: TypeTable) -> DocumentType | None:
    """The type whose abbreviation the notation begins with; a lone office (``UBND-TTHC``) has none."""
    first = _type_part(note)
    return types.abbreviated(first) if first != re.sub(_YEAR, "", note) else None


def _type_part(note: str) -> str:
    return re.split(r"[-/]", re.sub(_YEAR, "", note))[0]


def _has_type_part(note: str) -> bool:
    return 1 <= len(_type_part(note)) <= 3
