"""The queue, a record under review, and what decisions left.

queue.json, viewed.json, decision.json, parts.json, sample.json, aliases.json
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sohoa.answers.reasons import reasons_answer
from sohoa.domain.archive.record_document import field_values
from sohoa.domain.fields import field_of, label
from sohoa.domain.inbox.states import State
from sohoa.domain.review.queue import Assignment
from sohoa.usecases.archive.verdicts import Sample
from sohoa.usecases.archive.versions import Current
from sohoa.usecases.evidence.aliases import Alias
from sohoa.usecases.review.decide import Decided
from sohoa.usecases.review.views import Doubtful, Viewed

ALIAS_COLUMNS = ("agency", "name", "alias", "authority_id", "record_id", "actor", "at")


def queue_answer(rows: Iterable[Doubtful]) -> list[dict[str, Any]]:
    """The records that wait for a person, what helps most first."""
    return [_waiting(row) for row in rows]


def _waiting(row: Doubtful) -> dict[str, Any]:
    return {
        "record_id": row.item.record_id,
        "agency": row.item.agency,
        "reasons": reasons_answer(row.item.doubts),
        "candidate": row.candidate,
        "key": row.key,
        "since": row.item.since.isoformat() if row.item.since else None,
        "assigned": [_work(work) for work in row.assigned],
    }


def _work(work: Assignment) -> dict[str, Any]:
    done = work.done_at.isoformat() if work.done_at else None
    return {"step": work.step.value, "person": work.person, "done_at": done}


def viewed_answer(viewed: Viewed, pictures: Mapping[str, Path]) -> dict[str, Any]:
    """A record under review with its doubts, and the files of its pictures by field."""
    record = viewed.now.record
    return {
        "record_id": record["record_id"],
        "agency": record["agency"],
        "version": viewed.now.manifest.version,
        "key": record["source"]["key"],
        "part": record["part"],
        "withdrawn": viewed.now.row.withdrawn,
        "reasons": reasons_answer(viewed.doubts),
        "fields": _fields(viewed),
        "documents": [document["pages"] for document in record["documents"]],
        "decisions": record.get("decisions", {}),
        "pictures": {name: str(path) for name, path in pictures.items()},
        "same_number": [_side(other) for other in viewed.same_number],
        "assigned": [_work(work) for work in viewed.assigned],
    }


def _fields(viewed: Viewed) -> dict[str, Any]:
    """Every field with its doubts; one that is missing has no value and no evidence."""
    known = viewed.now.record["fields"]
    missing = [field_of(code) for code in viewed.doubts if field_of(code) not in ("", *known)]
    none: Mapping[str, Any] = {"value": None, "raw": "", "confidence": 0.0, "evidence": []}
    fields = {**known, **dict.fromkeys(missing, none)}
    return {
        name: {
            "label": label(name),
            **field,
            "reasons": reasons_answer([code for code in viewed.doubts if field_of(code) == name]),
        }
        for name, field in fields.items()
    }


def _side(other: Current) -> dict[str, Any]:
    return {
        "record_id": other.row.record_id,
        "key": other.record["source"]["key"],
        "values": field_values(other.record),
    }


def decision_answer(done: Decided) -> dict[str, Any]:
    """The version that a decision made, and the doubts that it left."""
    state = State.NEEDS_REVIEW if done.doubts else State.ARCHIVED
    return {
        "record_id": done.record_id,
        "version": done.version,
        "state": state.value,
        "reasons": reasons_answer(done.doubts),
    }


def parts_answer(record_ids: Sequence[str]) -> dict[str, Any]:
    """The records that a split or a merge made."""
    return {"record_ids": list(record_ids)}


def sample_answer(found: Sample) -> dict[str, Any]:
    """A batch's sample: how it was drawn, what was found, and the verdict."""
    return {
        "verdict": found.judgement.verdict.value,
        "seed": found.seed,
        "accept_number": found.accept_number,
        "population": found.population,
        "record_ids": list(found.record_ids),
        "defective": list(found.judgement.defective),
        "unchecked": list(found.judgement.unchecked),
    }


def aliases_answer(found: Iterable[Alias]) -> list[dict[str, str]]:
    """Names of agencies that persons read and the register lacks."""
    return [{name: getattr(alias, name) for name in ALIAS_COLUMNS} for alias in found]
