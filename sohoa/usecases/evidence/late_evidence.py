"""Late evidence: a manifest or a register that came after records were described is applied to them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from sohoa.domain.archive.actions import Action
from sohoa.domain.archive.as_json import finding_json, read_field
from sohoa.domain.archive.records import Finding
from sohoa.domain.errors import Conflict, Corrupt, Refused, Unavailable
from sohoa.domain.evidence.document_register import evidence_of
from sohoa.domain.evidence.late_evidence import Reweighed, reweigh
from sohoa.domain.evidence.shop_manifest import sheets_doubt
from sohoa.domain.extract.fusion import with_type_codes
from sohoa.domain.extract.types import TypeTable
from sohoa.domain.inbox.keys import agency_of
from sohoa.domain.protection.access import Reader
from sohoa.ports import RecordRegister, RecordRow
from sohoa.usecases.archive.versions import Current, Revision, current, revise
from sohoa.usecases.evidence.given import OutsideEvidence, evidence_for, manifest_at, registered, row_below
from sohoa.usecases.evidence.services import LateServices, ReviewLimit

log = logging.getLogger("sohoa.late_evidence")
_MANIFESTS_AT_HAND = 8
_EvidenceFor = Callable[[Current], OutsideEvidence]


@dataclass(frozen=True, slots=True)
class LateChanges:
    """How many records late evidence changed, and how many of these it contradicts."""

    changed: int
    contradicted: int


def apply_late_manifest(
    reader: Reader, services: LateServices, key: str, until: datetime | None = None
) -> LateChanges:
    """Reweigh the records of the files that a batch's manifest names; repeating it changes nothing.

    Records made from ``until`` on had it when they were described; no file of theirs is read. Raises
    ``Unavailable`` while somebody works on one of the records.
    """
    read = lru_cache(_MANIFESTS_AT_HAND)(partial(manifest_at, services))
    manifest, folder = read(key), key.rpartition("/")[0]
    if manifest is None or not manifest.rows:
        return LateChanges(0, 0)
    rows = services.records.records(agency=agency_of(key), held_below=f"{folder}/")
    late = (row for row in rows if until is None or row.archived_at is None or row.archived_at < until)
    named = (row for row in late if row_below(manifest, folder, row.holder_key) is not None)

    def evidence(now: Current) -> OutsideEvidence:
        """A manifest speaks of files, not of their parts."""
        if now.record["part"]:
            return OutsideEvidence({})
        return evidence_for(services, now.record["source"]["key"], read)

    return _apply(reader, services, named, evidence)


def apply_late_register(
    reader: Reader, services: LateServices, agency: str, years: Set[int | None]
) -> LateChanges:
    """Reweigh the agency's records of these years by its registers; None stands for any year.

    Repeating it changes nothing. Raises ``Unavailable`` while somebody works on one of the records.
    """
    if not years:
        return LateChanges(0, 0)
    known = None if None in years else {year for year in years if year is not None}
    rows = services.records.records(agency=agency, years=known)
    return _apply(reader, services, rows, partial(_from_registers, services))


def _apply(
    reader: Reader, services: LateServices, rows: Iterable[RecordRow], evidence: _EvidenceFor
) -> LateChanges:
    standing = [row for row in rows if not row.withdrawn]
    found = [
        weighed for row in standing if (weighed := _reweighed(reader, services, row, evidence)) is not None
    ]
    return LateChanges(len(found), sum(bool(weighed.contradicted) for weighed in found))


def _reweighed(
    reader: Reader, services: LateServices, row: RecordRow, evidence: _EvidenceFor
) -> Reweighed | None:
    """What became of one record; one that was withdrawn or split meanwhile is passed over.

    One whose stored data is damaged is left to ``sohoa verify``.
    """
    try:
        weighed = _weighed(
            services.types, services.policy, current(reader, services, row.record_id), evidence
        )
        if weighed is not None:
            revise(
                reader,
                services,
                row.record_id,
                None,
                lambda now: _revision(services.types, services.policy, now, evidence),
            )
            log.info("%s reweighed: %s", row.record_id, ", ".join(weighed.fields))
    except Conflict as error:
        raise Unavailable(f"record {row.record_id} was changed meanwhile; try again") from error
    except (Corrupt, Refused) as error:
        if _stands(services.records, row.record_id):
            log.warning("%s not reweighed: %s", row.record_id, error)
        return None
    return weighed


def _stands(records: RecordRegister, record_id: str) -> bool:
    row = records.record(record_id)
    return row is not None and not row.withdrawn


def _revision(types: TypeTable, policy: ReviewLimit, now: Current, evidence: _EvidenceFor) -> Revision | None:
    weighed = _weighed(types, policy, now, evidence)
    if weighed is None:
        return None
    details = {"fields": list(weighed.fields), "contradicted": list(weighed.contradicted)}
    return Revision(weighed.record, [(Action.REWEIGHED, details)])


def _weighed(types: TypeTable, policy: ReviewLimit, now: Current, evidence: _EvidenceFor) -> Reweighed | None:
    """The record with the late evidence; None where that says nothing new that matters."""
    late = evidence(now)
    given = with_type_codes(late.given, types)
    weighed = reweigh(now.record, given, policy.review_below)
    if weighed is None:
        return None
    doubt = sheets_doubt(late.given, len(now.record["pages"])) if not now.record["part"] else ""
    new = (*late.findings, *((Finding("manifest_pages", detail=doubt),) if doubt else ()))
    known = now.record["findings"]
    rows = [finding_json(finding) for finding in new]
    findings = [*known, *(row for row in rows if row not in known)]
    return Reweighed({**weighed.record, "findings": findings}, weighed.fields, weighed.contradicted)


def _from_registers(services: LateServices, now: Current) -> OutsideEvidence:
    fields = {name: read_field(field) for name, field in now.record["fields"].items() if field["value"]}
    entry = registered(services.registers, now.record["agency"], fields)
    share = services.calibration.outside.register_line
    return OutsideEvidence(evidence_of(entry, share) if entry else {})
