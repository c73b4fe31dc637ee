"""Declared holdings: holdings_import.json, holdings.json, declarations.json."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sohoa.domain.coverage.holdings import Declaration, Holding
from sohoa.ports import Entered


def holdings_import_answer(
    entered: Entered, faults: Sequence[str], notes: Sequence[str], rest: Path | None
) -> dict[str, Any]:
    """How many declarations were new, corrected, there already; faults by line; the file of rows left."""
    counts = {"new": entered.new, "changed": entered.changed, "same": entered.same}
    return {**counts, "faults": list(faults), "notes": list(notes), "rest": str(rest) if rest else None}


def holding_answer(holding: Holding) -> dict[str, Any]:
    """One declaration; numbers are decimal texts, so that none is rounded."""
    low, high = holding.bounds or (None, None)
    return {
        "agency": holding.agency,
        "fonds": holding.fonds,
        "year": holding.year,
        "retention": holding.retention,
        "kind": holding.kind,
        "unit": holding.unit.value,
        "held": f"{holding.held:f}",
        "low": None if low is None else f"{low:f}",
        "high": None if high is None else f"{high:f}",
        "source": holding.source,
        "as_of": holding.as_of.isoformat(),
        "valid_to": holding.valid_to.isoformat() if holding.valid_to else None,
        "row": holding.row,
    }


def declaration_answer(declaration: Declaration) -> dict[str, Any]:
    """A declaration with who made it when."""
    return holding_answer(declaration.holding) | {
        "number": declaration.number,
        "declared_by": declaration.declared_by,
        "declared_at": declaration.declared_at.isoformat(),
        "counts_from": declaration.counts_from.isoformat(),
    }
