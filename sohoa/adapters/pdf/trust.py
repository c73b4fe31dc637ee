"""What a signature of an original is worth: chain, revocation, time-stamp, and what was done after signing.

Asks no other machine: revocation data are those in the file. What cannot be found out is unknown, never
valid.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from sohoa.adapters.pdf import cms_reading
from sohoa.adapters.pdf.validation import WEAK_DIGESTS
from sohoa.domain.archive.signature_trust import Later, Revocation, SignatureTrust

_ALLOWED = (ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
_TIMESTAMP = "/DocTimeStamp"


def judged(
    signature: EmbeddedPdfSignature, reader: PdfFileReader, roots: tuple[bytes, ...], *, whole: bool
) -> SignatureTrust:
    """What the signature is worth; ``whole`` says that it covers the whole file. Never raises."""
    claimed, token = cms_reading.claim(signature), cms_reading.token_time(signature)
    lenient = _status(signature, reader, roots, token or claimed, "soft-fail", whole=whole)
    strict = _status(signature, reader, roots, token or claimed, "hard-fail", whole=True)
    algorithm = str(signature.md_algorithm or "").lower()
    return SignatureTrust(
        claimed_time=claimed.isoformat() if claimed else "",
        stamped_time=token.isoformat() if token else "",
        issuer=cms_reading.common_name(signature.signer_cert.issuer.native),
        trusted=bool(lenient is not None and lenient.intact and lenient.valid and lenient.trusted),
        revocation=_revocation(lenient, strict),
        later=Later.NOTHING if whole else _later(lenient, is_last=_is_last(signature, reader)),
        weak=algorithm if algorithm in WEAK_DIGESTS else "",
    )


def _status(
    signature: EmbeddedPdfSignature,
    reader: PdfFileReader,
    roots: tuple[bytes, ...],
    moment: datetime | None,
    mode: str,
    *,
    whole: bool,
) -> Any:
    """pyHanko's verdict at that moment, None where it has none."""
    try:
        context = _context(signature, reader, roots, moment, mode)
        if signature.sig_object.get("/Type") == _TIMESTAMP:
            return validate_pdf_timestamp(signature, context, skip_diff=whole)
        return validate_pdf_signature(signature, context, skip_diff=whole)
    except Exception:  # noqa: BLE001 - whatever a damaged container does, nothing is known then
        return None


def _context(
    signature: EmbeddedPdfSignature,
    reader: PdfFileReader,
    roots: tuple[bytes, ...],
    moment: datetime | None,
    mode: str,
) -> ValidationContext:
    settings: dict[str, Any] = {
        "trust_roots": [x509.Certificate.load(root) for root in roots],
        "other_certs": signature.other_embedded_certs,
        "moment": moment,
        "allow_fetching": False,
        "revocation_mode": mode,
        "retroactive_revinfo": True,
        **_archived(signature),
    }
    if "/DSS" not in reader.root:
        return ValidationContext(**settings)
    return DocumentSecurityStore.read_dss(reader).as_validation_context(settings)


def _archived(signature: EmbeddedPdfSignature) -> dict[str, Any]:
    """Revocation data that the signer put into the signature itself (ISO 32000-1, 12.8.3.3.2)."""
    try:
        found = find_unique_cms_attribute(
            signature.signer_info["signed_attrs"], "adobe_revocation_info_archival"
        )
        return {"ocsps": list(found["ocsp"] or ()), "crls": list(found["crl"] or ())}
    except Exception:  # noqa: BLE001 - no such attribute, or one that cannot be parsed
        return {}


def _revocation(lenient: Any, strict: Any) -> Revocation:
    if lenient is not None and lenient.revoked:
        return Revocation.REVOKED
    return Revocation.GOOD if strict is not None and strict.trusted else Revocation.UNKNOWN


def _is_last(signature: EmbeddedPdfSignature, reader: PdfFileReader) -> bool:
    return all(other.signed_revision <= signature.signed_revision for other in reader.embedded_signatures)


def _later(status: Any, *, is_last: bool) -> Later:
    """What was added after signing: nothing that shows, or what the signer has not seen (shadow attacks).

    Form fields are filled for the next one who signs; after the last signature nobody vouches for them.
    """
    level = status.modification_level if status is not None else None
    if level is ModificationLevel.OTHER or (level is ModificationLevel.FORM_FILLING and is_last):
        return Later.CHANGED
    if level is ModificationLevel.NONE:
        return Later.NOTHING
    return Later.ALLOWED if level in _ALLOWED else Later.UNKNOWN
