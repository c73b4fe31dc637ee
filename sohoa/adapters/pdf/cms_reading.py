"""What the CMS container of a PDF signature says: signer, time, integrity (RFC 5652, RFC 3161)."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from asn1crypto import cms  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.generic import DictionaryObject, parse_pdf_date
from pyhanko.sign.general import find_cms_attribute_iter, find_unique_cms_attribute
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from sohoa.adapters.pdf.byte_range import leaves_out_the_signature
from sohoa.domain.archive.records import Integrity

_SAME_CLOCK = timedelta(minutes=10)
_SHA1_CONTAINER = "/adbe.pkcs7.sha1"


def signer(signature: EmbeddedPdfSignature) -> str:
    """Common name of the signer's certificate; empty when it has none."""
    return common_name(signature.signer_cert.subject.native)


def common_name(subject: dict[str, Any]) -> str:
    """The (last) common name of a certificate's subject."""
    name = subject.get("common_name", "")
    return str(name[-1] if isinstance(name, list) and name else name or "")


def signing_time(signature: EmbeddedPdfSignature) -> str:
    """ISO 8601 with offset: the time-stamp token's time, else the signingTime attribute, else /M."""
    moment = token_time(signature)
    moment = moment or claim(signature)
    return moment.isoformat() if moment else ""


def claim(signature: EmbeddedPdfSignature) -> datetime | None:
    """When the signer says that it was made."""
    return claimed_time(_attribute_time(signature), _dictionary_time(signature.sig_object))


def claimed_time(attribute: datetime | None, dictionary: datetime | None) -> datetime | None:
    """The signer's own claim: the attribute where there is one.

    Some signing programs write their local wall clock into the attribute as if it were UTC, seen in a
    third of real signatures without token: then /M shows the same clock with its true offset.
    """
    if attribute is None or dictionary is None:
        return attribute or dictionary
    mislabelled = abs(attribute.replace(tzinfo=None) - dictionary.replace(tzinfo=None)) <= _SAME_CLOCK
    return attribute.replace(tzinfo=dictionary.tzinfo) if mislabelled else attribute


def integrity(signature: EmbeddedPdfSignature) -> Integrity:
    """Whether the signed bytes are unchanged; unknown where that cannot be decided."""
    content = signature.signed_data["encap_content_info"]
    kind = content["content_type"].native
    try:
        byte_range = [int(value) for value in signature.byte_range]
        if not leaves_out_the_signature(byte_range, len(signature.pkcs7_content)):
            return Integrity.UNKNOWN
        digest = signature.compute_digest()
        if kind == "tst_info" or signature.sig_object.get("/SubFilter") == _SHA1_CONTAINER:
            raw = bytes(content["content"])
            if _imprint(signature, raw, kind) != digest:
                return Integrity.INVALID
            digest = hashlib.new(signature.md_algorithm, raw).digest()
        intact, valid = validate_sig_integrity(signature.signer_info, signature.signer_cert, kind, digest)
    except Exception:  # noqa: BLE001 - unknown algorithms and defects decide nothing
        return Integrity.UNKNOWN
    return Integrity.VALID if intact and valid else Integrity.INVALID


def _imprint(signature: EmbeddedPdfSignature, raw: bytes, kind: str) -> bytes:
    """The digest of the document that the container carries."""
    if kind == "tst_info":
        info = signature.signed_data["encap_content_info"]["content"].parsed
        return bytes(info["message_imprint"]["hashed_message"].native)
    return raw


def token_time(signature: EmbeddedPdfSignature) -> datetime | None:
    """The time of ``time_stamp``."""
    token = time_stamp(signature)
    return _gen_time(token["encap_content_info"]["content"].parsed) if token is not None else None


def time_stamp(signature: EmbeddedPdfSignature) -> cms.SignedData | None:
    """The signature time-stamp whose imprint is of this signature; of a document time-stamp itself."""
    if signature.signed_data["encap_content_info"]["content_type"].native == "tst_info":
        return signature.signed_data
    value = signature.signer_info["signature"].native
    for token in _tokens(signature.signer_info):
        info = token["content"]["encap_content_info"]["content"].parsed
        imprint = info["message_imprint"]
        algorithm = imprint["hash_algorithm"]["algorithm"].native
        if hashlib.new(algorithm, value).digest() == imprint["hashed_message"].native:
            return token["content"]
    return None


def _tokens(signer_info: cms.SignerInfo) -> list[Any]:
    try:
        return list(find_cms_attribute_iter(signer_info["unsigned_attrs"], "signature_time_stamp_token"))
    except Exception:  # noqa: BLE001 - no such attribute, or one that cannot be parsed
        return []


def _gen_time(info: Any) -> datetime | None:
    moment = info["gen_time"].native
    return moment if isinstance(moment, datetime) else None


def _attribute_time(signature: EmbeddedPdfSignature) -> datetime | None:
    try:
        moment = find_unique_cms_attribute(signature.signer_info["signed_attrs"], "signing_time").native
    except Exception:  # noqa: BLE001 - no such attribute, or one that cannot be parsed
        return None
    return _zoned(moment)


def _dictionary_time(signature: DictionaryObject) -> datetime | None:
    try:
        return _zoned(parse_pdf_date(signature["/M"], strict=False))
    except Exception:  # noqa: BLE001 - no date, or one that cannot be parsed
        return None


def _zoned(moment: object) -> datetime | None:
    if not isinstance(moment, datetime):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
