"""One PAdES B-B signature as an incremental update, by pyHanko (ETSI EN 319 142-1)."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime

from asn1crypto import keys, x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sohoa.adapters.pdf.values import Identity, Placement

FIELD_NAME = "SohoaSeal"
_DIGEST = "sha256"
_BYTES_RESERVED = 16_384
_REASON = "Số hóa, lưu trữ (TT 05/2025/TT-BNV)"
_FILL = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    inner_content_scaling=InnerScaling.STRETCH_FILL,
)


def sign(pdf: bytes, identity: Identity, at: datetime, stamp: tuple[bytes, Placement] | None) -> bytes:
    """The file with one signature over all of it, claimed to be made ``at``.

    ``stamp`` is the visible block as a one-page PDF and its place on page 1; None signs invisibly.
    """
    return asyncio.run(_signed(pdf, identity, at, stamp))


async def _signed(
    pdf: bytes, identity: Identity, at: datetime, stamp: tuple[bytes, Placement] | None
) -> bytes:
    writer = _Update(io.BytesIO(pdf))
    box = None
    if stamp is not None:
        place = stamp[1]
        box = (place.left, place.bottom, place.right, place.top)
    signer = PdfSigner(
        PdfSignatureMetadata(
            field_name=FIELD_NAME, md_algorithm=_DIGEST, reason=_REASON, subfilter=SigSeedSubFilter.PADES
        ),
        signer=_signer(identity),
        stamp_style=_style(stamp[0]) if stamp else StaticStampStyle(border_width=0),
        new_field_spec=SigFieldSpec(FIELD_NAME, on_page=0, box=box),  # type: ignore[arg-type]  # floats do
    )
    session = signer.init_signing_session(writer)
    session.system_time = at
    prepared = session.prepare_tbs_document(None, _BYTES_RESERVED)
    output = io.BytesIO()
    digest, _ = prepared.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=at, cades_signed_attrs=CAdESSignedAttrSpec())
    await prepared.perform_signature(digest.document_digest, attributes)
    return output.getvalue()


class _Update(IncrementalPdfFileWriter):
    """An incremental update that leaves XMP and document information alone.

    pyHanko would set the modification date to the present and name itself, so that the two no longer
    agree with the signing time; it offers no setting for it.
    """

    def _update_meta(self) -> None:
        return None


class _ImportedPage(PdfContent):
    """The first page of a small PDF as the background of a stamp."""

    def __init__(self, pdf: bytes) -> None:
        super().__init__()
        self._pdf = pdf

    def render(self) -> bytes:
        imported = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._pdf)))
        self.resources.xobject["/Block"] = imported
        left, bottom, right, top = imported.get_object()["/BBox"]
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/Block Do"


def _style(block: bytes) -> StaticStampStyle:
    return StaticStampStyle(
        background=_ImportedPage(block), background_opacity=1.0, border_width=0, background_layout=_FILL
    )


def _signer(identity: Identity) -> SimpleSigner:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # constructor without types
    store.register_multiple([x509.Certificate.load(issuer) for issuer in identity.issuers])
    return SimpleSigner(
        signing_cert=x509.Certificate.load(identity.certificate),
        signing_key=keys.PrivateKeyInfo.load(identity.private_key),
        cert_registry=store,
    )
