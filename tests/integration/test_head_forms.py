"""Heads that are not as Nghị định 30 has them, on scans and born digital, read from pixels to fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from sohoa import wiring
from sohoa.domain.archive.records import Field
from sohoa.settings import load_settings
from sohoa.usecases.pipeline.read import FileReader, read
from tests.support.scanmaker import (
    CLEAN,
    GOOD,
    Document,
    as_born_digital,
    as_pdf,
    load_document,
    render_document,
)

_SURE = 0.9
_PLAIN = replace(load_document("qd_47"), issued=date(2019, 1, 15), handwritten=False)


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    """A reader with the project's own settings."""
    with wiring.open_reader(load_settings()) as (opened, _):
        yield opened


@dataclass(frozen=True)
class _Form:
    """How a head is printed: its number as the record shall have it, and in what manner it comes."""

    number: str = "79"
    notation: str = "QĐ-UBND"
    number_line: str = ""
    date_line: str = ""
    handwritten: bool = False
    is_born: bool = False
    dpi: int = 200

    def document(self) -> Document:
        """The paper."""
        return replace(
            _PLAIN,
            number=self.number,
            notation=self.notation,
            number_line=self.number_line,
            date_line=self.date_line,
            handwritten=self.handwritten,
        )

    def pdf(self) -> bytes:
        """Its first page."""
        if self.is_born:
            return as_born_digital(self.document())
        pages = render_document(self.document(), CLEAN if self.dpi > 200 else GOOD, self.dpi)
        return as_pdf(pages[:1], self.dpi)


def _fields(reader: FileReader, folder: Path, form: _Form) -> dict[str, Field]:
    path = folder / "scan.pdf"
    path.write_bytes(form.pdf())
    described = read(reader, path, "").described
    assert described is not None
    return dict(described.description.fields)


@pytest.mark.parametrize(
    "form",
    [
        _Form("01a", "2019/QĐ-UBND"),
        _Form("15b"),
        _Form("125A", dpi=300),
        _Form("08bis", dpi=150),
        _Form("12c", handwritten=True),
        _Form("15b", handwritten=True),
        _Form("126", handwritten=True),
        _Form("15b", is_born=True),
        _Form("08bis", "2019/QĐ-UBND", is_born=True),
    ],
)
def test_a_number_with_letters_is_right_or_doubtful(reader: FileReader, tmp_path: Path, form: _Form) -> None:
    """Letters behind the digits, printed or by pen, are never taken for digits with certainty."""
    found = _fields(reader, tmp_path, form)["code_number"]
    assert found.value == form.number or found.confidence < _SURE
    if not form.handwritten:
        assert found.value == form.number


@pytest.mark.parametrize(
    "form",
    [
        _Form("435", "QĐ/UB", "Số: {number} QĐ/UB"),
        _Form("12", "QĐ/UB", "{number} QĐ/UB", dpi=150),
        _Form("25", "QĐ/TU", "{number}-QĐ/TU"),
        _Form("33", "2004/QĐ-UB", "Quyết định số: {number}/2004/QĐ-UB"),
        _Form(date_line="{place}, ngày {day}/{month}/{year}"),
        _Form(date_line="Ngày {day}-{month}-{year}", dpi=150),
        _Form(date_line="-"),
        _Form(date_line="{place}, mùa xuân", dpi=300),
    ],
)
def test_other_forms_of_number_and_date_are_read(reader: FileReader, tmp_path: Path, form: _Form) -> None:
    """Old and bare number lines are read; a date that is in digits, missing or strange costs no number."""
    found = _fields(reader, tmp_path, form)
    assert (found["code_number"].value, found["code_notation"].value) == (form.number, form.notation)
    dated = not form.date_line or "{day}" in form.date_line
    assert ("issued_date" in found) is dated
    if dated:
        assert found["issued_date"].value == "2019-01-15"
