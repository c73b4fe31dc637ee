"""Seal: the signed copy of a record, and what the record says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ocr.page import Page
from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.record import SealJson
from sohoa.ports import Sealed, Sealer, SealRequest, SourceFile


def seal(
    sealer: Sealer,
    agencies: AgencyRegister,
    agency: str,
    record_id: str,
    original_sha256: str,
    title: str | None,
    sources: Sequence[SourceFile],
    pages: Sequence[Page],
    at: datetime,
) -> tuple[Sealed, SealJson]:
    """The signed copy, in the name of the agency whose paper it is, and its section of ``record.json``."""
    request = SealRequest(
        agency=agency,
        organ_name=agencies.name(agency),
        record_id=record_id,
        original_sha256=original_sha256,
        title=title or record_id,
        signing_time=at,
    )
    sealed = sealer.seal(sources, pages, request)
    return sealed, {
        "block": sealed.block,
        "signer": sealed.signer,
        "test_key": sealed.test_key,
        "signing_time": at.isoformat(),
        "notes": list(sealed.notes),
    }
