"""Validation of our own seal: intact, nothing added but validation data and time-stamps, from a key we trust.

Certificates are judged at the time that the time-stamp proves, else at the claimed signing time: what was
sealed with a key that has ended since stays valid. By pyHanko, asking no other machine.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from asn1crypto import x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import ValidationContext

from sohoa.adapters.pdf import cms_reading
from sohoa.adapters.pdf.byte_range import covers_whole_file
from sohoa.adapters.pdf.metadata import said_of
from sohoa.adapters.pdf.signing import FIELD_NAME
from sohoa.ports import SealCheck

_LAST_BYTES = (b"%%EOF", b"%%EOF\n", b"%%EOF\r\n")
WEAK_DIGESTS = frozenset({"md2", "md5", "sha1"})
_OVER = datetime.min.replace(tzinfo=UTC)
_UNKNOWN = SealCheck(False, "", "")


def check_seal(pdf: bytes, roots: tuple[bytes, ...], tolerance: timedelta) -> SealCheck:
    """Never raises for a damaged file: the problem is in the result.

    ``tolerance`` is how far a time-stamp may be from the signing time that the block prints.
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        signatures = reader.embedded_regular_signatures
        if len(signatures) != 1:
            return replace(_UNKNOWN, problem=f"{len(signatures)} signatures instead of one")
        return _Seal(reader, pdf, signatures[0], roots, tolerance).checked()
    except Exception as error:  # noqa: BLE001 - whatever damaged bytes do to the parser is a finding
        return replace(_UNKNOWN, problem=f"the signature cannot be read ({type(error).__name__})")


class _Seal:
    """One file with its one signature, and the document time-stamps after it."""

    def __init__(
        self,
        reader: PdfFileReader,
        pdf: bytes,
        signature: EmbeddedPdfSignature,
        roots: tuple[bytes, ...],
        tolerance: timedelta,
    ) -> None:
        self._reader = reader
        self._pdf = pdf
        self._signature = signature
        self._stamps = reader.embedded_timestamp_signatures
        self._roots = [x509.Certificate.load(root) for root in roots]
        self._tolerance = tolerance
        self._store = _validation_data(reader)
        self._claimed = signature.self_reported_timestamp
        self._token = cms_reading.token_time(signature)

    def checked(self) -> SealCheck:
        problem = self._problem()
        said = said_of(self._reader.root["/Metadata"].data) if not problem else ("", "")
        return SealCheck(
            not problem,
            problem,
            cms_reading.signer(self._signature),
            *said,
            level=self._level(),
            until=self._until(),
            signing_time=self._claimed,
            certificate=sha256(self._signature.signer_cert.dump()).hexdigest(),
        )

    def _level(self) -> str:
        if self._token is None:
            return "B-B"
        if self._store is None:
            return "B-T"
        return "B-LTA" if self._stamps else "B-LT"

    def _until(self) -> datetime | None:
        """Until when the newest time-stamp proves its time: the end of its certificate, or a weak digest."""
        stamp = cms_reading.time_stamp(self._stamps[-1] if self._stamps else self._signature)
        if stamp is None:
            return None
        (info,) = stamp["signer_infos"]
        if info["digest_algorithm"]["algorithm"].native in WEAK_DIGESTS:
            return _OVER
        end: datetime = extract_certificate_info(stamp).signer_cert.not_valid_after
        return end

    def _problem(self) -> str:
        return self._outer_problem() or self._time_problem() or self._signature_problem() or self._later()

    def _outer_problem(self) -> str:
        if self._signature.field_name != FIELD_NAME:
            return "the signature is not in our field"
        last = self._stamps[-1] if self._stamps else self._signature
        if _is_whole(last, self._pdf):
            return ""
        # Validation data stand after the last signature; that they are nothing else is seen below.
        if self._store is not None and self._pdf[-8:].endswith(_LAST_BYTES):
            return ""
        return "the signature does not cover the whole file"

    def _time_problem(self) -> str:
        if self._claimed is None:
            return "the signature does not say when it was made"
        if self._token is not None and abs(self._token - self._claimed) > self._tolerance:
            return f"the time-stamp says {self._token.isoformat()}, the block {self._claimed.isoformat()}"
        return ""

    def _signature_problem(self) -> str:
        whole = _is_whole(self._signature, self._pdf)
        context = self._context(self._token or self._claimed)
        status = validate_pdf_signature(
            self._signature, context, ts_validation_context=context, skip_diff=whole
        )
        problem = _broken(status, "certificate")
        if problem:
            return problem
        if not whole and status.modification_level not in (
            ModificationLevel.NONE,
            ModificationLevel.LTA_UPDATES,
        ):
            return "the file was changed after it was signed"
        stamp = status.timestamp_validity
        if self._token is not None and (stamp is None or _broken(stamp, "")):
            return "the time-stamp is not valid, or not from a trusted TSA"
        return ""

    def _later(self) -> str:
        for stamp in self._stamps:
            status = validate_pdf_timestamp(
                stamp, self._context(cms_reading.token_time(stamp)), skip_diff=True
            )
            if _broken(status, "TSA"):
                return "a document time-stamp is not valid, or not from a trusted TSA"
        return ""

    def _context(self, moment: datetime | None) -> ValidationContext:
        """Trust at that moment; with validation data in the file, revocation must be found in them."""
        settings: dict[str, Any] = {
            "trust_roots": self._roots,
            "other_certs": self._signature.other_embedded_certs,
            "moment": moment,
            "allow_fetching": False,
            "revocation_mode": "hard-fail" if self._store else "soft-fail",
            "retroactive_revinfo": True,
            "time_tolerance": self._tolerance,
        }
        return self._store.as_validation_context(settings) if self._store else ValidationContext(**settings)


def _validation_data(reader: PdfFileReader) -> DocumentSecurityStore | None:
    return DocumentSecurityStore.read_dss(reader) if "/DSS" in reader.root else None


def _is_whole(signature: EmbeddedPdfSignature, pdf: bytes) -> bool:
    byte_range: Sequence[int] = [int(value) for value in signature.byte_range]
    return covers_whole_file(byte_range, len(signature.pkcs7_content), len(pdf))


def _broken(status: Any, whose: str) -> str:
    if not status.intact:
        return "the signed bytes were changed"
    if not status.valid:
        return "the signature value is wrong"
    return "" if status.trusted else f"the {whose} does not lead to a trusted root, or is revoked or unknown"


def check_unsigned(pdf: bytes) -> SealCheck:
    """What a copy without a signature says of itself; not valid where it bears one, or cannot be read."""
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        if reader.embedded_signatures:
            return replace(_UNKNOWN, problem="a signature, although the record says that none was made")
        return SealCheck(True, "", "", *said_of(reader.root["/Metadata"].data))
    except Exception as error:  # noqa: BLE001 - whatever damaged bytes do to the parser is a finding
        return replace(_UNKNOWN, problem=f"the copy cannot be read ({type(error).__name__})")
