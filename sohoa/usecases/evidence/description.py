"""Describe: the rules over the pages, with what lists that people wrote beside them say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sohoa.domain.archive.records import Description, Finding, Reading
from sohoa.domain.evidence.document_register import evidence_of
from sohoa.domain.evidence.shop_manifest import sheets_doubt
from sohoa.domain.extract.calibration import Calibration
from sohoa.domain.extract.describe import Context, describe
from sohoa.domain.extract.fusion import Given, together
from sohoa.ports import DocumentRegisters
from sohoa.usecases.evidence.given import evidence_for, registered
from sohoa.usecases.evidence.services import ContextServices, DescribingServices


def described(
    services: DescribingServices, agency: str, key: str, reading: Reading, name: str, doubts: Sequence[str]
) -> tuple[Reading, Description]:
    """The description with the shop's manifest and the register as evidence, and what is odd in them.

    ``doubts`` say where a folder document and its manifest differ.
    """
    outside = evidence_for(services, key)
    description = _described(
        services.registers,
        services.calibration,
        agency,
        reading,
        context_of(services, agency, name, outside.given),
    )
    if doubts:
        description = replace(description, review=(*description.review, "manifest_differs"))
    sheets = sheets_doubt(outside.given, len(reading.pages))
    found = (
        *outside.findings,
        *(Finding("manifest_pages", detail=doubt) for doubt in (*doubts, sheets) if doubt),
    )
    reading = replace(reading, findings=(*reading.findings, *found))
    return reading, description


def _described(
    registers: DocumentRegisters, calibration: Calibration, agency: str, reading: Reading, context: Context
) -> Description:
    """The description, once more where a register knows the document that was found."""
    description = describe(reading, context)
    entry = registered(registers, agency, description.fields)
    if entry is None:
        return description
    listed = evidence_of(entry, calibration.outside.register_line)
    return describe(reading, replace(context, given=together(context.given, listed)))


def context_of(services: ContextServices, agency: str, name: str, given: Given) -> Context:
    """What the rules may know beside the pages: agency, file name, today, what others say."""
    return Context(
        agency_name=services.agencies.name(agency),
        file_name=name,
        today=services.clock.today(),
        review_below=services.policy.review_below,
        types=services.types,
        calibration=services.calibration,
        marks=services.marks,
        agency_words=services.agency_words,
        given=given,
        agencies=services.agencies,
        vocabularies=services.vocabularies,
    )
