"""The project's own table of document types, and describing with a context that may be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from ocr.page import Page
from ocr.vietnamese.language_file import syllables
from sohoa.domain.agencies import AgencyRegister
from sohoa.domain.archive.records import Description, Finding, OriginalSignature, Reading
from sohoa.domain.extract.describe import Context, describe
from sohoa.domain.extract.fusion import Given
from sohoa.domain.extract.types import TypeTable, load_types
from sohoa.domain.extract.vocabularies import Vocabularies, load_vocabularies
from tests.support.agency_words import AGENCY_WORDS
from tests.support.calibration import CALIBRATION
from tests.support.marks import MARKS

Describe = Callable[..., Description]
_NOBODY = AgencyRegister(())
_CONFIG = Path(__file__).parents[4] / "config"


@pytest.fixture(scope="session")
def types() -> TypeTable:
    """``config/document_types.yaml`` as it is delivered."""
    return load_types(yaml.safe_load((_CONFIG / "document_types.yaml").read_text(encoding="utf-8")))


@pytest.fixture(scope="session")
def vocabularies() -> Vocabularies:
    """``config/vocabularies.yaml`` as it is delivered."""
    data = yaml.safe_load((_CONFIG / "vocabularies.yaml").read_text(encoding="utf-8"))
    return load_vocabularies(data, syllables())


@pytest.fixture
def described(types: TypeTable, vocabularies: Vocabularies) -> Describe:
    """Describe pages; the file's name, the inbox's agency, the register and signatures may be given."""

    def run(
        *pages: Page,
        file_name: str = "scan.pdf",
        agency: str = "",
        signatures: tuple[OriginalSignature, ...] = (),
        findings: tuple[Finding, ...] = (),
        today: date = date(2026, 11, 1),
        register: AgencyRegister = _NOBODY,
        given: Given | None = None,
    ) -> Description:
        context = Context(
            agency,
            file_name,
            today,
            0.9,
            types,
            CALIBRATION,
            MARKS,
            AGENCY_WORDS,
            given or {},
            register,
            vocabularies,
        )
        return describe(Reading(pages, signatures, findings), context)

    return run
