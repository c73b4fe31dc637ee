"""Seal: the signed copy of a record, and what the record says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ocr.page import Page
from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.record import Record, SealJson
from sohoa.domain.archive.records import COPY_DIFFERS, UNSEALED
from sohoa.ports import BlockPlace, Clock, Sealed, Sealer, SealRequest, SourceFile


def seal(
    sealer: Sealer,
    agencies: AgencyRegister,
    agency: str,
    record_id: str,
    original_sha256: str,
    title: str | None,
    sources: Sequence[SourceFile],
    pages: Sequence[Page],
    clock: Clock,
) -> tuple[Sealed, SealJson]:
    """The signed copy, in the name of the agency whose paper it is, and its section of ``record.json``.

    Where it cannot be signed now the copy is unsigned, and the section says so: it waits for its signature.
    """
    request = request_for(agencies, agency, record_id, original_sha256, title, clock)
    sealed = sealer.seal(sources, pages, request)
    return sealed, section_of(sealed)


def request_for(
    agencies: AgencyRegister,
    agency: str,
    record_id: str,
    original_sha256: str,
    title: str | None,
    clock: Clock,
) -> SealRequest:
    """What the sealed copy must show and carry."""
    return SealRequest(
        agency=agency,
        organ_name=agencies.name(agency),
        record_id=record_id,
        original_sha256=original_sha256,
        title=title or record_id,
        now=clock.now,
    )


def section_of(sealed: Sealed) -> SealJson:
    """The section ``seal`` of ``record.json``; without a signer the copy is not signed yet."""
    place = sealed.place
    section: SealJson = {
        "block": sealed.block,
        "signer": sealed.signer,
        "test_key": sealed.test_key,
        "signing_time": sealed.signing_time.isoformat(),
        "notes": list(sealed.notes),
    }
    if sealed.unsealed:
        waits = [place.left, place.bottom, place.right, place.top, place.rotation] if place else []
        return {**section, "place": waits}
    signed: SealJson = {**section, "certificate": sealed.certificate, "level": sealed.level}
    return {**signed, "until": sealed.until.isoformat()} if sealed.until else signed


def waiting_copy(pdf: bytes, section: SealJson) -> Sealed:
    """The unsigned copy as it was when it could not be signed."""
    waits = section.get("place")
    place = BlockPlace(waits[0], waits[1], waits[2], waits[3], int(waits[4])) if waits else None
    return Sealed(
        pdf=pdf,
        block=section["block"],
        place=place,
        signer="",
        test_key=section["test_key"],
        signing_time=datetime.fromisoformat(section["signing_time"]),
        unsealed="not signed yet",
        notes=tuple(section["notes"]),
    )


def with_seal(record: Record, sealed: Sealed, section: SealJson) -> Record:
    """The record with that section, and findings: that its copy waits for its signature, and unlike pages."""
    findings = [finding for finding in record["findings"] if finding["code"] != UNSEALED]
    findings += [{"code": COPY_DIFFERS, "page": page, "detail": ""} for page in sealed.unlike]
    if sealed.unsealed:
        findings.append({"code": UNSEALED, "page": None, "detail": sealed.unsealed})
    return {**record, "seal": section, "findings": findings}
