"""Reasons in answers."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.domain.reasons import reason


def reasons_answer(codes: Sequence[str]) -> list[dict[str, str]]:
    """Reason codes with their Vietnamese and English sentences."""
    return [{"code": r.code, "vi": r.vi, "en": r.en} for r in map(reason, codes)]
