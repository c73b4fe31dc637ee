"""Registers and lists entered, dossiers: import.json, dossiers.json, dossier.json."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sohoa.domain.dossiers.dossier import DossierMember, DossierSummary
from sohoa.ports import Entered

PROPOSAL = "Xem xét hủy"
"""What the law calls the state of a hồ sơ whose term is over (TT 05/2025)."""


def import_answer(entered: Entered, faults: Sequence[str], **more: int) -> dict[str, Any]:
    """How many lines were new, changed or there already, further counts, and lines that cannot be used."""
    counts = {"new": entered.new, "changed": entered.changed, "same": entered.same}
    return {**counts, **more, "faults": list(faults)}


def dossiers_answer(found: Sequence[DossierSummary], loose: Sequence[str]) -> dict[str, Any]:
    """Every dossier, and the records that are in none."""
    return {"files": [summary_answer(summary) for summary in found], "loose": list(loose)}


def expired_answer(due: Sequence[tuple[date, DossierSummary]]) -> dict[str, Any]:
    """Hồ sơ whose term is over: proposed for a decision, nothing more."""
    return {
        "files": [
            summary_answer(dossier) | {"expired_on": day.isoformat(), "proposal": PROPOSAL}
            for day, dossier in due
        ]
    }


def dossier_answer(summary: DossierSummary, members: Sequence[DossierMember]) -> dict[str, Any]:
    """One dossier with its records."""
    return summary_answer(summary) | {"records": [_member(member) for member in members]}


def summary_answer(summary: DossierSummary) -> dict[str, Any]:
    """A dossier: what its list gives, what its records make of it, and what is missing."""
    return {
        "agency": summary.agency,
        "file_code": summary.code,
        "start_date": summary.start_date,
        "end_date": summary.end_date,
        "total_doc": summary.documents,
        "number_of_page": summary.pages,
        "given": dict(summary.values),
        "gaps": list(map(str, summary.gaps)),
    }


def _member(member: DossierMember) -> dict[str, Any]:
    return {
        "record_id": member.record_id,
        "ordinal": member.ordinal,
        "issued_date": member.issued_date,
        "method": member.method.value,
    }
