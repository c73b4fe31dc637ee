"""A signed, time-stamped text outside of any PDF: detached CMS (CAdES) and an RFC 3161 token, for openssl."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable
from datetime import datetime

from asn1crypto import cms, x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.general import find_unique_cms_attribute
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms, validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

from sohoa.adapters.pdf.cms_reading import common_name
from sohoa.adapters.pdf.signing import KeyElsewhere, stamps
from sohoa.adapters.pdf.values import Identity, SigningPolicy
from sohoa.ports import SealCheck, TextSeal

_DIGEST = "sha256"


def sign_text(text: bytes, identity: Identity, at: datetime, policy: SigningPolicy) -> TextSeal:
    """Signature and, where there is a TSA, its token; raises ``Unavailable`` where either is away."""
    return asyncio.run(_signed(text, identity, at, policy))


async def _signed(text: bytes, identity: Identity, at: datetime, policy: SigningPolicy) -> TextSeal:
    attributes = PdfCMSSignedAttributes(signing_time=at, cades_signed_attrs=CAdESSignedAttrSpec())
    signed = await KeyElsewhere(identity).async_sign_general_data(
        text, _DIGEST, use_cades=True, signed_attr_settings=attributes
    )
    stamper = stamps(policy)
    token = b""
    if stamper is not None:
        token = (await stamper.async_timestamp(hashlib.sha256(text).digest(), _DIGEST)).dump()
    return TextSeal(signed.dump(), token)


def check_text(text: bytes, seal: TextSeal, roots: tuple[bytes, ...], policy: SigningPolicy) -> SealCheck:
    """Never raises for damaged data: the problem is in the result. Trust is judged at the time shown."""
    try:
        return asyncio.run(_checked(text, seal, roots, policy))
    except Exception as error:  # noqa: BLE001 - whatever damaged bytes do to the parser is a finding
        return SealCheck(False, f"the signature cannot be read ({type(error).__name__})", "")


async def _checked(text: bytes, seal: TextSeal, roots: tuple[bytes, ...], policy: SigningPolicy) -> SealCheck:
    signed = cms.ContentInfo.load(seal.signature, strict=True)["content"]
    claimed = _signing_time(signed)
    token = cms.ContentInfo.load(seal.token, strict=True)["content"] if seal.token else None
    stamped = _stamp_time(token) if token is not None else None
    context = _context((signed,), roots, stamped or claimed)
    status = await async_validate_detached_cms(text, signed, context)
    signer = common_name(status.signing_cert.subject.native)
    problem = "" if status.intact and status.valid else "the signed text was changed"
    if not problem and not status.trusted:
        problem = "the certificate does not lead to a trusted root"
    if not problem and token is not None:
        if stamped is None or abs(stamped - claimed) > policy.tolerance:
            problem = "the time-stamp is not of the signing time"
        else:
            problem = await _token_problem(text, token, _context((signed, token), roots, stamped))
    return SealCheck(not problem, problem, signer, signing_time=claimed, level="B-T" if token else "B-B")


async def _token_problem(text: bytes, token: cms.SignedData, context: ValidationContext) -> str:
    found = await validate_tst_signed_data(token, context, lambda name: hashlib.new(name, text).digest())
    good = found["intact"] and found["valid"] and found["validation_path"] is not None
    return "" if good else "the time-stamp is not valid, or not from a trusted TSA"


def _context(
    containers: Iterable[cms.SignedData], roots: tuple[bytes, ...], moment: datetime
) -> ValidationContext:
    return ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        other_certs=[choice.chosen for signed in containers for choice in signed["certificates"]],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )


def _signing_time(signed: cms.SignedData) -> datetime:
    (info,) = signed["signer_infos"]
    moment: datetime = find_unique_cms_attribute(info["signed_attrs"], "signing_time").native
    return moment


def _stamp_time(token: cms.SignedData) -> datetime:
    moment: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return moment
