"""The project's own table of document types, and describing with a context that may be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml

from ocr.page import Page
from sohoa.domain.extract import Context, TypeTable, describe, load_types
from sohoa.domain.records import Description, OriginalSignature, Reading

Describe = Callable[..., Description]


@pytest.fixture(scope="session")
def types() -> TypeTable:
    """``config/document_types.yaml`` as it is delivered."""
    path = Path(__file__).parents[4] / "config" / "document_types.yaml"
    return load_types(yaml.safe_load(path.read_text(encoding="utf-8")))


@pytest.fixture
def described(types: TypeTable) -> Describe:
    """Describe pages; the file's name, the inbox's agency and signatures may be given."""

    def run(
        *pages: Page,
        file_name: str = "scan.pdf",
        agency: str = "",
        signatures: tuple[OriginalSignature, ...] = (),
        today: date = date(2026, 11, 1),
    ) -> Description:
        context = Context(agency, file_name, today, 0.9, types)
        return describe(Reading(pages, signatures), context)

    return run
