"""Records found, shown and checked: search.json, show.json, verify.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sohoa.ports import SearchResult
from sohoa.usecases.checks.verify import VerifyReport
from sohoa.usecases.search.search import Shown

_SIGNATURE = ("signer", "signing_time", "digest", "integrity", "covers_whole_file")
_SEAL = ("block", "notes", "signer", "signing_time", "test_key")


def search_answer(found: SearchResult) -> dict[str, Any]:
    """How many records were found, and the first of them."""
    hits = [
        {
            "record_id": hit.record_id,
            "score": hit.score,
            "fields": dict(hit.fields),
            "highlights": list(hit.highlights),
        }
        for hit in found.hits
    ]
    return {"total": found.total, "hits": hits}


def show_answer(shown: Shown) -> dict[str, Any]:
    """The stored record, with its state, history, files and neighbours."""
    return {
        **shown.record,
        "seal": _only(_SEAL, shown.record["seal"]),
        "signatures": [_only(_SIGNATURE, signature) for signature in shown.record["signatures"]],
        "version": shown.row.version,
        "withdrawn": shown.row.withdrawn,
        "files": list(shown.files),
        "states": [{"key": s.key, "state": s.state.value, "reason": s.reason} for s in shown.states],
        "events": [
            {"at": e.at.isoformat(), "actor": e.actor, "action": e.action, "details": dict(e.details)}
            for e in shown.events
        ],
        "same_number": list(shown.same_number),
        "file_codes": list(shown.file_codes),
    }


def _only(keys: Sequence[str], stored: Mapping[str, Any]) -> dict[str, Any]:
    """What the schema has of a section; the archive keeps more."""
    return {key: stored[key] for key in keys if key in stored}


def verify_answer(report: VerifyReport) -> dict[str, Any]:
    """How many records were checked, and every fault."""
    faults = [
        {"path": f.path, "kind": f.kind, "expected": f.expected, "found": f.found} for f in report.faults
    ]
    return {"checked": report.checked, "faults": faults}
