"""Late evidence: a manifest or a register that came after records were described is heard by them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

from sohoa.domain.as_json import read_field
from sohoa.domain.correspondence import evidence_of
from sohoa.domain.errors import Conflict, Corrupt, Unavailable
from sohoa.domain.extract.fusion import together, with_type_codes
from sohoa.domain.inbox import agency_of
from sohoa.domain.late_evidence import Reweighed, reweigh
from sohoa.domain.manifest import sheets_doubt
from sohoa.domain.records import Finding
from sohoa.ports import RecordRow
from sohoa.usecases.enter_register import registered
from sohoa.usecases.given import Said, said_of
from sohoa.usecases.services import Services
from sohoa.usecases.versions import Current, Revision, current, revise

log = logging.getLogger("sohoa.late_evidence")


@dataclass(frozen=True, slots=True)
class Heard:
    """How many records late evidence changed, and how many of these it contradicts."""

    changed: int
    contradicted: int


def hear_manifest(services: Services, key: str) -> Heard:
    """Let the records of files below a batch's manifest hear it; repeating it changes nothing."""
    folder = key.rpartition("/")[0] + "/"
    return _hear(services, agency_of(key), lambda row: row.holder_key.startswith(folder))


def hear_register(services: Services, agency: str, years: Set[int | None]) -> Heard:
    """Let the agency's records of these years hear its registers; None stands for any year.

    Repeating it changes nothing. Raises ``Unavailable`` while somebody works on one of the records.
    """
    return _hear(services, agency, lambda row: None in years or row.year is None or row.year in years)


def _hear(services: Services, agency: str, concerned: Callable[[RecordRow], bool]) -> Heard:
    rows = [row for row in services.records.records(agency=agency) if not row.withdrawn and concerned(row)]
    found = [weighed for row in rows if (weighed := _heard(services, row)) is not None]
    return Heard(len(found), sum(bool(weighed.contradicted) for weighed in found))


def _heard(services: Services, row: RecordRow) -> Reweighed | None:
    """What became of one record; one whose stored data is damaged is left to ``sohoa verify``."""
    try:
        weighed = _weighed(services, current(services, row.record_id))
        if weighed is not None:
            revise(services, row.record_id, None, lambda now: _revision(services, now))
            log.info("%s reweighed: %s", row.record_id, ", ".join(weighed.fields))
    except Conflict as error:
        raise Unavailable(f"record {row.record_id} was changed meanwhile; try again") from error
    except Corrupt as error:
        log.warning("%s not reweighed: %s", row.record_id, error)
        return None
    return weighed


def _revision(services: Services, now: Current) -> Revision | None:
    weighed = _weighed(services, now)
    if weighed is None:
        return None
    details = {"fields": list(weighed.fields), "contradicted": list(weighed.contradicted)}
    return Revision(weighed.record, [("reweighed", details)])


def _weighed(services: Services, now: Current) -> Reweighed | None:
    """The record after everybody was heard; None where nobody says anything new that matters."""
    said = _said(services, now)
    weighed = reweigh(now.record, said.given, services.policy.review_below)
    if weighed is None:
        return None
    doubt = sheets_doubt(said.given, len(now.record["pages"])) if not now.record["part"] else ""
    told = (*said.findings, *((Finding("manifest_pages", detail=doubt),) if doubt else ()))
    known: list[dict[str, Any]] = now.record["findings"]
    rows = [{"code": finding.code, "page": finding.page, "detail": finding.detail} for finding in told]
    findings = [*known, *(row for row in rows if row not in known)]
    return Reweighed({**weighed.record, "findings": findings}, weighed.fields, weighed.contradicted)


def _said(services: Services, now: Current) -> Said:
    """What manifests and registers say of the record; a manifest speaks of files, not of their parts."""
    record = now.record
    said = Said({}) if record["part"] else said_of(services, record["source"]["key"])
    fields = {name: read_field(field) for name, field in record["fields"].items() if field["value"]}
    entry = registered(services, record["agency"], fields)
    given = together(said.given, evidence_of(entry) if entry else {})
    return Said(with_type_codes(given, services.types), said.findings)
