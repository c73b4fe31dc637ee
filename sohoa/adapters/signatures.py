"""Digital signatures of originals: who, when, whether the signed bytes are unchanged, and what that is worth.

Times are the time-stamp token's where there is one; otherwise the
signer's own claim (one clock was seen 18 minutes off its token).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from sohoa.adapters.pdf import cms_reading
from sohoa.adapters.pdf.byte_range import covers_whole_file
from sohoa.adapters.pdf.trust import judged
from sohoa.domain.archive.records import Integrity, OriginalSignature
from sohoa.domain.archive.signature_trust import SignatureTrust

_MAX_SIGNATURES = 100


def read_signatures(path: Path, roots: tuple[bytes, ...] = ()) -> list[OriginalSignature]:
    """All signatures of a file, oldest first; never raises for a broken one. ``roots`` (DER) are trusted.

    Call it in a limited worker process only: it parses untrusted structure.
    """
    with path.open("rb") as stream:
        try:
            reader = PdfFileReader(stream, strict=False)
            fields = list(islice(enumerate_sig_fields(reader, filled_status=True), _MAX_SIGNATURES))
        except Exception:  # noqa: BLE001 - what cannot be parsed has no signatures that can be read
            return []
        file_bytes = path.stat().st_size
        found = [_signature(reader, name, reference, file_bytes, roots) for name, _, reference in fields]
    return [signature for _, signature in sorted(found, key=lambda item: item[0])]


def _signature(
    reader: PdfFileReader, name: str, reference: IndirectObject, file_bytes: int, roots: tuple[bytes, ...]
) -> tuple[int, OriginalSignature]:
    """A signature with the revision it was made in; an unreadable one is unknown and comes last."""
    try:
        field = reference.get_object()  # type: ignore[no-untyped-call]  # untyped in pyHanko
        if not isinstance(field, DictionaryObject):
            raise TypeError("not a field")
        embedded = EmbeddedPdfSignature(reader, field, name)
        byte_range = [int(value) for value in embedded.byte_range]
    except Exception:  # noqa: BLE001 - any defect of the container leaves the integrity unknown
        return reader.xrefs.total_revisions, OriginalSignature("", "", "", Integrity.UNKNOWN, False)
    whole = covers_whole_file(byte_range, len(embedded.pkcs7_content), file_bytes)
    signature = OriginalSignature(
        signer=_readable(lambda: cms_reading.signer(embedded)),
        signing_time=_readable(lambda: cms_reading.signing_time(embedded)),
        digest=embedded.md_algorithm,
        integrity=cms_reading.integrity(embedded),
        covers_whole_file=whole,
        trust=_judged(embedded, reader, roots, whole=whole),
    )
    return embedded.signed_revision, signature


def _judged(
    embedded: EmbeddedPdfSignature, reader: PdfFileReader, roots: tuple[bytes, ...], *, whole: bool
) -> SignatureTrust | None:
    try:
        return judged(embedded, reader, roots, whole=whole)
    except Exception:  # noqa: BLE001 - see above
        return None


def _readable(part: Callable[[], str]) -> str:
    """The part as text, empty when the container's own data is defective."""
    try:
        return part()
    except Exception:  # noqa: BLE001 - see above
        return ""
