"""One PAdES signature as incremental updates, by pyHanko (ETSI EN 319 142-1, RFC 3161)."""

from __future__ import annotations

import asyncio
import io
from datetime import datetime

from asn1crypto import cms, x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, InnerScaling, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.api import CAdESSignedAttrSpec
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, PdfTimeStamper, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import PreSignValidationStatus
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from sohoa.adapters.pdf.signing_key_check import fetching_context
from sohoa.adapters.pdf.values import Identity, SigningPolicy
from sohoa.domain.errors import SohoaError, Unavailable
from sohoa.ports import BlockPlace

FIELD_NAME = "SohoaSeal"
DIGEST = "sha256"
_BYTES_RESERVED = 16_384
_LONGEST_SIGNATURE = 512
_STAMP_SECONDS = 10
_REASON = "Số hóa, lưu trữ (TT 05/2025/TT-BNV)"
_FILL = SimpleBoxLayoutRule(
    x_align=AxisAlignment.ALIGN_MID,
    y_align=AxisAlignment.ALIGN_MID,
    inner_content_scaling=InnerScaling.STRETCH_FILL,
)


def sign(
    pdf: bytes,
    identity: Identity,
    at: datetime,
    stamp: tuple[bytes, BlockPlace] | None,
    policy: SigningPolicy,
) -> bytes:
    """The file with one signature over all of it, claimed to be made ``at``, at the policy's level.

    ``stamp`` is the visible block as a one-page PDF and its place on page 1; None signs invisibly. Raises
    ``Unavailable`` where the key, the TSA or revocation data are away, ``PdfError`` where the file itself is
    damaged; never signs at a lower level.
    """
    try:
        return asyncio.run(_signed(pdf, identity, at, stamp, policy))
    except SohoaError:
        raise
    except PathValidationError as error:
        raise Unavailable(f"revocation data cannot be had, or refuse ({type(error).__name__})") from error
    except PathBuildingError as error:
        raise Unavailable("the TSA or the signer leads to no authority of config/trust") from error
    except SigningError as error:
        raise Unavailable(f"validation data cannot be had ({error})") from error
    except PdfError:
        raise
    except Exception as error:  # what foreign services answer may raise anything
        raise Unavailable(f"the seal cannot be made ({type(error).__name__})") from error


async def _signed(
    pdf: bytes,
    identity: Identity,
    at: datetime,
    stamp: tuple[bytes, BlockPlace] | None,
    policy: SigningPolicy,
) -> bytes:
    writer = Update(io.BytesIO(pdf))
    signer = _signer(identity, stamp, policy)
    session = signer.init_signing_session(writer)
    session.system_time = at
    validation = await session.perform_presign_validation(writer)
    reserved = _BYTES_RESERVED
    if policy.tsa:
        reserved = await session.estimate_signature_container_size(validation)
    prepared = session.prepare_tbs_document(validation, reserved)
    output = io.BytesIO()
    digest, _ = prepared.digest_tbs_document(output=output)
    attributes = PdfCMSSignedAttributes(signing_time=at, cades_signed_attrs=CAdESSignedAttrSpec())
    signed = await prepared.perform_signature(digest.document_digest, attributes)
    if validation is not None:
        _add_validation_data(output, signed.sig_contents, validation, signer)
    if policy.level == "B-LTA":
        assert signer.default_timestamper is not None  # noqa: S101  the policy has a TSA
        stamps = PdfTimeStamper(signer.default_timestamper)
        await stamps.async_timestamp_pdf(Update(output), DIGEST, in_place=True)
    return output.getvalue()


def _add_validation_data(
    output: io.BytesIO, signature: bytes, validation: PreSignValidationStatus, signer: PdfSigner
) -> None:
    """Chains and revocation data of signer and TSA, as a revision of their own (PAdES, 5.5)."""
    writer = Update(output)
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        signature,
        paths=validation.validation_paths,
        validation_context=signer.signature_meta.validation_context,
        ocsps=validation.ocsps_to_embed,
        crls=validation.crls_to_embed,
    )
    writer.write_in_place()  # type: ignore[no-untyped-call]  # untyped in pyHanko


def _signer(identity: Identity, stamp: tuple[bytes, BlockPlace] | None, policy: SigningPolicy) -> PdfSigner:
    box = (stamp[1].left, stamp[1].bottom, stamp[1].right, stamp[1].top) if stamp else None
    lasting = policy.level in ("B-LT", "B-LTA")
    metadata = PdfSignatureMetadata(
        field_name=FIELD_NAME,
        md_algorithm=DIGEST,
        reason=_REASON,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=lasting,
        use_pades_lta=policy.level == "B-LTA",
        validation_context=fetching_context(identity, policy.roots) if lasting else None,
        signer_key_usage=set(),  # checked at the start: either of two usages will do
    )
    return PdfSigner(
        metadata,
        signer=KeyElsewhere(identity),
        timestamper=stamps(policy),
        stamp_style=_style(stamp[0]) if stamp else StaticStampStyle(border_width=0),
        new_field_spec=SigFieldSpec(FIELD_NAME, on_page=0, box=box),  # type: ignore[arg-type]  # floats do
    )


def stamps(policy: SigningPolicy) -> RequestsHTTPTimeStamper | None:
    """The policy's TSA, None at B-B."""
    if policy.level == "B-B":
        return None
    return _Stamps(policy.tsa, timeout=_STAMP_SECONDS)  # type: ignore[no-untyped-call]  # untyped in pyHanko


class KeyElsewhere(Signer):
    """Puts together what is signed; the signature itself comes from whoever holds the key."""

    def __init__(self, identity: Identity) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # constructor without types
        store.register_multiple([x509.Certificate.load(issuer) for issuer in identity.issuers])
        super().__init__(signing_cert=x509.Certificate.load(identity.certificate), cert_registry=store)
        self._sign = identity.sign

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if digest_algorithm != DIGEST:
            raise ValueError(f"signed with {DIGEST} alone, not {digest_algorithm}")
        return bytes(_LONGEST_SIGNATURE) if dry_run else self._sign(data)


class _Stamps(RequestsHTTPTimeStamper):
    """The TSA; whatever it does wrong, the seal waits."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except Exception as error:  # rubbish, silence and foreign nonces raise errors of all kinds
            raise Unavailable(f"the TSA gave no time-stamp ({type(error).__name__})") from error


class Update(IncrementalPdfFileWriter):
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
