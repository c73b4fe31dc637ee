"""Kinds of faults in the words of persons."""

from __future__ import annotations

import pytest

from sohoa.cli.fault_words import fault_words
from sohoa.usecases.checks.faults import FaultKind


@pytest.mark.parametrize("kind", FaultKind)
def test_every_kind_has_words_in_both_languages(kind: FaultKind, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two differ, and neither is the code."""
    told = set[str]()
    for code in ("vi", "en"):
        monkeypatch.setenv("SOHOA_LANG", code)
        told.add(fault_words(kind))
    assert len({*told, kind.value}) == 3
