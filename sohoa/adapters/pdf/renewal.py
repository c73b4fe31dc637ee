"""A further time-stamp over a seal, before the one that protects it ends (ETSI EN 319 142-1, 5.5)."""

from __future__ import annotations

import asyncio
import io

from asn1crypto import x509  # type: ignore[import-untyped]  # ships no types
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.validation import async_validate_pdf_timestamp
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.fetchers.requests_fetchers import RequestsFetcherBackend

from sohoa.adapters.pdf.signing import DIGEST, Update, stamps
from sohoa.adapters.pdf.values import SigningPolicy
from sohoa.domain.errors import SohoaError, Unavailable

_FETCH_SECONDS = 10


def renewed(pdf: bytes, policy: SigningPolicy) -> bytes:
    """The file with revocation data of its newest time-stamp and a further one over all of it; no key signs.

    Raises ``Unavailable`` where the TSA or revocation data are away, or the newest time-stamp holds no more.
    """
    try:
        return asyncio.run(_renewed(pdf, policy))
    except (SohoaError, PdfError):
        raise
    except Exception as error:  # what foreign services answer may raise anything
        raise Unavailable(f"the time-stamp cannot be renewed ({type(error).__name__})") from error


async def _renewed(pdf: bytes, policy: SigningPolicy) -> bytes:
    stamper = stamps(policy)
    if stamper is None:
        raise Unavailable("no TSA is set: a time-stamp is renewed by another one (seal.tsa)")
    reader, output = PdfFileReader(io.BytesIO(pdf)), io.BytesIO(pdf)
    context, writer = _context(reader, policy), Update(output)
    ahead = stamper.validation_paths(context)  # type: ignore[no-untyped-call]
    stamped, paths = None, [path async for path in ahead]
    for stamp in reader.embedded_timestamp_signatures[-1:]:
        status = await async_validate_pdf_timestamp(stamp, context, skip_diff=True)
        if not (status.intact and status.valid and status.trusted):
            raise Unavailable("the newest time-stamp holds no more, or its revocation data cannot be had")
        stamped = stamp.pkcs7_content
        paths.append(status.validation_path)
    DocumentSecurityStore.supply_dss_in_writer(writer, stamped, paths=paths, validation_context=context)
    await PdfTimeStamper(stamper).async_timestamp_pdf(writer, DIGEST, in_place=True)
    return output.getvalue()


def _context(reader: PdfFileReader, policy: SigningPolicy) -> ValidationContext:
    """Revocation is asked for now; the certificates between are those in the file."""
    return ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in policy.roots],
        other_certs=[*DocumentSecurityStore.read_dss(reader).load_certs()],
        allow_fetching=True,
        revocation_mode="hard-fail",
        fetcher_backend=RequestsFetcherBackend(_FETCH_SECONDS),
    )
