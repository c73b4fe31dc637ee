"""Signs a PDF as a Vietnamese agency does, with a key that is made up on the spot and protects nothing.

The key comes out of a fixed seed, time and ids are given, so the signed file stays the same. Never use
such a key for anything else.
"""

from __future__ import annotations

import asyncio
import functools
import io
import math
import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from asn1crypto import keys  # type: ignore[import-untyped]  # the library has no types
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from fpdf import FPDF
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import ImportedPdfPage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import (
    PdfCMSEmbedder,
    SigAppearanceSetup,
    SigIOSetup,
    SigObjSetup,
)
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tests.support.scanmaker.typeface import Face

_SMALL = math.factorial(2000)
_BOX_PT = (362, 790, 562, 834)


class _SteadyWriter(IncrementalPdfFileWriter):
    """An incremental writer without clock and random id."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        first = prev.trailer["/ID"][0] if "/ID" in prev.trailer else generic.ByteStringObject(b"\x01" * 16)
        return generic.ArrayObject([first, generic.ByteStringObject(b"\x02" * 16)])

    def _update_meta(self) -> None:
        """Leaves the modification date alone."""


class _SteadyPage(ImportedPdfPage):
    """A page of another file as content, under a fixed resource name instead of a random one."""

    def render(self) -> bytes:
        super().render()
        _, form = self.resources.xobject.popitem()
        self.resources.xobject["/Appearance"] = form
        return b"/Appearance Do"


def digitally_signed(pdf: bytes, agency: str, signed_at: datetime, seed: int = 1) -> bytes:
    """The PDF with a visible signature at the top right of page 1, added as an incremental update."""
    signer = _signer(agency, seed)
    writer = _SteadyWriter(io.BytesIO(pdf))
    spec = SigFieldSpec("Signature1", on_page=0, box=_BOX_PT)
    steps = PdfCMSEmbedder(new_field_spec=spec).write_cms(field_name="Signature1", writer=writer)
    next(steps)
    placeholder = SignatureObject(
        timestamp=signed_at, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED, bytes_reserved=8192
    )
    with _appearance(agency, signed_at) as style:
        look = SigAppearanceSetup(style, signed_at, None)
        steps.send(SigObjSetup(placeholder, appearance_setup=look))
    digest, output = steps.send(SigIOSetup("sha256"))
    attributes = PdfCMSSignedAttributes(signing_time=signed_at)
    cms = signer.async_sign(digest.document_digest, "sha256", signed_attr_settings=attributes)
    steps.send(asyncio.run(cms))
    signed: bytes = output.getvalue()
    return signed


@contextmanager
def _appearance(agency: str, signed_at: datetime) -> Iterator[StaticStampStyle]:
    """The agency and the time, as agencies show them; its page is read only when it is applied."""
    pdf = FPDF(unit="pt", format=(_BOX_PT[2] - _BOX_PT[0], _BOX_PT[3] - _BOX_PT[1]))
    pdf.set_creation_date(signed_at)
    pdf.set_auto_page_break(False)
    pdf.add_font("Tinos", "", Face.REGULAR.file)
    pdf.add_page()
    pdf.set_font("Tinos", "", 9.5)
    moment = signed_at.isoformat(sep=" ", timespec="seconds")
    for row, text in enumerate((f"Ký bởi: {agency}", "Cơ quan: Tỉnh Sông Lam", f"Thời gian ký: {moment}")):
        pdf.text(3, 12 + 13 * row, text)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "appearance.pdf"
        page.write_bytes(bytes(pdf.output()))
        content = _SteadyPage(str(page))  # type: ignore[no-untyped-call]  # the library left it untyped
        yield StaticStampStyle(border_width=0, background=content, background_opacity=1)


def _signer(agency: str, seed: int) -> signers.SimpleSigner:
    key = _key(seed)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.LOCALITY_NAME, "Tỉnh Sông Lam (MẪU)"),
            x509.NameAttribute(NameOID.COMMON_NAME, agency),
        ]
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(20_000 + seed)
        .not_valid_before(datetime(2023, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2033, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    secret = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # the library left it untyped
    return signers.SimpleSigner(asn1_x509.Certificate.load(der), keys.PrivateKeyInfo.load(secret), store)


@functools.cache
def _key(seed: int) -> rsa.RSAPrivateKey:
    """RSA with 2048 bits from a seed: the same for everybody, hence worthless, as a sample's must be."""
    numbers = random.Random(seed)  # noqa: S311
    exponent = 65537
    p, q = _prime(numbers, exponent), _prime(numbers, exponent)
    d = pow(exponent, -1, (p - 1) * (q - 1) // math.gcd(p - 1, q - 1))
    public = rsa.RSAPublicNumbers(exponent, p * q)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def _prime(numbers: random.Random, exponent: int, bits: int = 1024) -> int:
    """A prime found by Fermat's test to several bases; good enough for a key that guards nothing."""
    while True:
        candidate = numbers.getrandbits(bits) | (3 << (bits - 2)) | 1
        possible = math.gcd(candidate, _SMALL) == 1 and math.gcd(candidate - 1, exponent) == 1
        if possible and all(pow(base, candidate - 1, candidate) == 1 for base in (2, 3, 5, 7)):
            return candidate
