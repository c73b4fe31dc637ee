"""Validation of our own seal: intact, the whole file, from a key that we trust; by pyHanko."""

from __future__ import annotations

import io

from asn1crypto import x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from sohoa.adapters.pdf import cms_reading
from sohoa.adapters.pdf.byte_range import covers_whole_file
from sohoa.adapters.pdf.metadata import said_of
from sohoa.adapters.pdf.signing import FIELD_NAME
from sohoa.ports import SealCheck


def check_seal(pdf: bytes, roots: tuple[bytes, ...]) -> SealCheck:
    """Never raises for a damaged file: the problem is in the result."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = reader.embedded_signatures
        if len(signatures) != 1:
            return SealCheck(False, f"{len(signatures)} signatures instead of one", "")
        return _checked(signatures[0], reader, pdf, roots)
    except Exception as error:  # noqa: BLE001 - whatever damaged bytes do to the parser is a finding
        return SealCheck(False, f"the signature cannot be read ({type(error).__name__})", "")


def _checked(
    signature: EmbeddedPdfSignature, reader: PdfFileReader, pdf: bytes, roots: tuple[bytes, ...]
) -> SealCheck:
    signer = cms_reading.signer(signature)
    problem = _problem(signature, pdf, roots)
    said = said_of(reader.root["/Metadata"].data) if not problem else ("", "")
    return SealCheck(not problem, problem, signer, *said)


def _problem(signature: EmbeddedPdfSignature, pdf: bytes, roots: tuple[bytes, ...]) -> str:
    if signature.field_name != FIELD_NAME:
        return "the signature is not in our field"
    if not covers_whole_file(signature.byte_range, len(signature.pkcs7_content), len(pdf)):
        return "the signature does not cover the whole file"
    context = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(signature, context, skip_diff=True)
    if not status.intact:
        return "the signed bytes were changed"
    if not status.valid:
        return "the signature value is wrong"
    if not status.trusted:
        return "the certificate does not lead to a trusted root"
    return ""
