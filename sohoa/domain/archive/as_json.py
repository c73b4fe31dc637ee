"""Records, fields and pages as plain JSON data, and back (the published schemas)."""

from __future__ import annotations

from typing import Any

from ocr.page import Box, Mark, Page, Word
from sohoa.domain.archive.record import (
    DocumentJson,
    EvidenceJson,
    FieldJson,
    FindingJson,
    MarkJson,
    PageJson,
    SignatureJson,
)
from sohoa.domain.archive.records import (
    DocumentPart,
    Evidence,
    Field,
    Fields,
    Finding,
    Integrity,
    Method,
    OriginalSignature,
)
from sohoa.domain.archive.signature_trust import read_trust, trust_json


def box_json(box: Box | None) -> list[int] | None:
    """[x, y, w, h] in pixels."""
    return None if box is None else [box.x, box.y, box.w, box.h]


def evidence_json(evidence: Evidence) -> EvidenceJson:
    """One piece of evidence."""
    return {
        "method": evidence.method.value,
        "page": evidence.page,
        "box": box_json(evidence.box),
        "value": evidence.value,
        "confidence": round(evidence.confidence, 4),
    }


def fields_json(fields: Fields) -> dict[str, FieldJson]:
    """All fields by name, with their evidence."""
    return {
        name: {
            "value": field.value,
            "raw": field.raw,
            "confidence": round(field.confidence, 4),
            "evidence": [evidence_json(e) for e in field.evidence],
        }
        for name, field in fields.items()
    }


def read_field(stored: FieldJson) -> Field:
    """The inverse of one of ``fields_json``; a field that the paper does not show has the value ""."""
    evidence = tuple(
        Evidence(
            Method(seen["method"]),
            seen["value"],
            seen["confidence"],
            seen["page"],
            Box(*seen["box"]) if seen["box"] else None,
        )
        for seen in stored["evidence"]
    )
    return Field(stored["value"] or "", stored["raw"], stored["confidence"], evidence)


def document_json(part: DocumentPart) -> DocumentJson:
    """One document of a file."""
    return {"pages": [part.first_page, part.last_page], "fields": fields_json(part.fields)}


def signature_json(signature: OriginalSignature) -> SignatureJson:
    """One digital signature of the original."""
    return {
        "signer": signature.signer,
        "signing_time": signature.signing_time,
        "digest": signature.digest,
        "integrity": signature.integrity.value,
        "covers_whole_file": signature.covers_whole_file,
    }


def stored_signature(signature: OriginalSignature) -> SignatureJson:
    """As ``signature_json``, with what the signature is worth."""
    plain = signature_json(signature)
    return {**plain, "trust": trust_json(signature.trust)} if signature.trust else plain


def read_signature(stored: SignatureJson) -> OriginalSignature:
    """The inverse of ``stored_signature``."""
    return OriginalSignature(
        stored["signer"],
        stored["signing_time"],
        stored["digest"],
        Integrity(stored["integrity"]),
        stored["covers_whole_file"],
        read_trust(stored["trust"]) if "trust" in stored else None,
    )


def finding_json(finding: Finding) -> FindingJson:
    """One measured fact below the profile's scan quality."""
    return {"code": finding.code, "page": finding.page, "detail": finding.detail}


def mark_json(mark: Mark) -> MarkJson:
    """One mark put on the page later."""
    return {"kind": mark.kind.value, "text": mark.text, "box": box_json(mark.box)}


def page_json(page: Page) -> PageJson:
    """Measures and marks of a page, without its text."""
    return {
        "number": page.number,
        "width_px": page.width_px,
        "height_px": page.height_px,
        "dpi": page.dpi,
        "source": page.source.value,
        "confidence": round(page.confidence, 4),
        "marks": [mark_json(mark) for mark in page.marks],
    }


def words_json(page: Page) -> dict[str, Any]:
    """The recognised words of a page with boxes: what a later search view or correction needs."""
    return {
        "number": page.number,
        "width_px": page.width_px,
        "height_px": page.height_px,
        "dpi": page.dpi,
        "turned_deg": page.turned_deg,
        "gutter_px": page.gutter_px,
        "source": page.source.value,
        "lines": [
            {
                "zone": line.zone.value,
                "words": [_word_json(word) for word in line.words],
            }
            for line in page.lines
        ],
        "digits": [
            {
                "gap": digits.gap.value,
                "box": box_json(digits.box),
                "candidates": [list(candidate) for candidate in digits.candidates],
                "printed": digits.printed,
            }
            for digits in page.digits
        ],
    }


def _word_json(word: Word) -> list[Any]:
    """Text, box, confidence; then the raw reading of a word that was mended."""
    raw = [word.raw] if word.raw else []
    return [word.text, *(box_json(word.box) or ()), round(word.confidence, 3), *raw]
