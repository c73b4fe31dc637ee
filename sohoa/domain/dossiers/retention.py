"""Terms of preservation (TT 05/2025/TT-BNV, codes 01-07) and which of them are over.

An expired term never deletes anything: the hồ sơ is proposed for a council's decision (``Xem xét hủy``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from sohoa.domain.dossiers.dossier import DossierSummary

PERMANENT, OTHER = "01", "07"
_YEARS: Mapping[str, int] = {"02": 70, "03": 50, "04": 30, "05": 20, "06": 10}
_TERM = re.compile(r"(\d{1,3}) năm")


def retention_code(given: str) -> str:
    """The code of a term as a list gives it: itself, ``Vĩnh viễn`` or years; empty where none is given."""
    term = " ".join(given.lower().split())
    if not term or re.fullmatch(r"0[1-7]", term):
        return term
    if term == "vĩnh viễn":
        return PERMANENT
    years = _years_given(term)
    return next((code for code, known in _YEARS.items() if known == years), OTHER)


def expires_on(dossier: DossierSummary) -> date | None:
    """The first day after the term: 1 January, its years after the year in which the hồ sơ ended.

    None for what is kept permanently, and where the term or the end is not known: such are never proposed.
    """
    given = dossier.values.get("maintenance", "")
    years = _YEARS.get(retention_code(given)) or _years_given(" ".join(given.lower().split()))
    end = (dossier.values.get("end_date", "") or dossier.end_date)[:4]
    if not years or not end.isdecimal():
        return None
    return date(int(end) + years + 1, 1, 1)


def _years_given(term: str) -> int:
    found = _TERM.fullmatch(term)
    return int(found[1]) if found else 0
