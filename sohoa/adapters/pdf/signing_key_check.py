"""Our own check of a signing certificate before it signs: pyHanko seals B-B and B-T with any.

Validity, usage, key, chain and revocation (RFC 5280, RFC 6960).
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from asn1crypto import x509  # type: ignore[import-untyped]  # ships no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
)
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from sohoa.adapters.pdf.values import Identity
from sohoa.domain.errors import SohoaError

WARN_BEFORE = timedelta(days=30)
_FETCH_SECONDS = 10
_SIGNS = frozenset({"digital_signature", "non_repudiation"})
_OTHER_PURPOSES = frozenset({"server_auth", "code_signing", "time_stamping", "ocsp_signing"})
_PROBE = b"sohoa: does this key belong to the certificate?"


def unfit(identity: Identity, at: datetime) -> str:
    """Why the certificate itself must not sign at that time; empty where it may."""
    certificate = x509.Certificate.load(identity.certificate)
    if at < certificate.not_valid_before:
        return f"the certificate is not valid before {certificate.not_valid_before.isoformat()}"
    if at > certificate.not_valid_after:
        return f"the certificate expired at {certificate.not_valid_after.isoformat()}"
    usage = certificate.key_usage_value
    if certificate.ca or (usage is not None and not _SIGNS & usage.native):
        return "the certificate is not for signing documents (key usage)"
    extended = certificate.extended_key_usage_value
    if extended is not None and set(extended.native) <= _OTHER_PURPOSES:
        return "the certificate is not for signing documents (extended key usage)"
    return ""


def foreign_key(identity: Identity) -> str:
    """Why the key is not the certificate's, or cannot be had; empty where it signs as it should."""
    try:
        signature = identity.sign(_PROBE)
    except SohoaError as error:
        return str(error)
    public = load_der_x509_certificate(identity.certificate).public_key()
    try:
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, _PROBE, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, _PROBE, ec.ECDSA(hashes.SHA256()))
        else:
            return "the certificate holds no RSA or elliptic curve key"
    except InvalidSignature:
        return "the key does not match the certificate"
    return ""


def untrusted(identity: Identity, roots: tuple[bytes, ...], *, must_know: bool) -> str:
    """Why the chain does not hold now; ``must_know``: also where revocation cannot be found out."""
    context = fetching_context(identity, roots, must_know=must_know)
    validator = CertificateValidator(x509.Certificate.load(identity.certificate), validation_context=context)
    try:
        asyncio.run(validator.async_validate_path())
    except RevokedError:
        return "the certificate, or an authority above it, is revoked"
    except InsufficientRevinfoError:
        return "revocation data cannot be had"
    except PathBuildingError:
        return "the certificate does not lead to an authority of config/trust"
    except PathValidationError as error:
        return f"the chain of the certificate does not hold ({type(error).__name__})"
    except Exception as error:  # noqa: BLE001 - what a foreign service answers may raise anything
        return f"revocation data cannot be had ({type(error).__name__})"
    return ""


def fetching_context(
    identity: Identity, roots: tuple[bytes, ...], *, must_know: bool = True
) -> ValidationContext:
    """Validation with OCSP and CRLs asked for now; ``must_know`` fails where they do not answer."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        other_certs=[x509.Certificate.load(issuer) for issuer in identity.issuers],
        allow_fetching=True,
        revocation_mode="hard-fail" if must_know else "soft-fail",
        fetcher_backend=RequestsFetcherBackend(_FETCH_SECONDS),
    )


def ends_soon(identity: Identity, at: datetime) -> str:
    """A warning in the last 30 days of the certificate; empty before."""
    end = x509.Certificate.load(identity.certificate).not_valid_after
    if not at <= end <= at + WARN_BEFORE:
        return ""
    return (
        f"the certificate ends in {(end - at).days} days, at {end.isoformat()}: replace it (docs/runbook.md)"
    )
