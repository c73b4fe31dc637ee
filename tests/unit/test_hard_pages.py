"""The scan maker's hard pages: each kind is made the same again, and says what is valid on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.support.scanmaker import hard_pages, load_document, render_document, sheets_of, text_of
from tests.support.scanmaker.hard import EFFECTS, KINDS

_DPI = 60


@pytest.mark.parametrize("name", EFFECTS)
def test_an_effect_changes_the_page_and_is_the_same_for_a_seed(name: str) -> None:
    page = render_document(load_document("qd_47"), dpi=_DPI)[0]
    once, again = (
        np.asarray(EFFECTS[name](page, _DPI, np.random.default_rng(seed)).convert("L")) for seed in (3, 3)
    )
    assert np.array_equal(once, again)
    assert np.abs(once.astype(int) - np.asarray(page.convert("L"))).max() > 40


@pytest.mark.parametrize("name", ["bilevel", "dpi_98", "landscape_table", "picture_of_page", "two_up"])
def test_pages_and_texts_go_together(name: str) -> None:
    """A text for every page, and the document's own text among them."""
    made = hard_pages(name, load_document("tb_21"), seed=2)
    assert len(made.pages) == len(made.texts)
    assert "".join(made.texts).replace("\n", "") == "".join(text_of(load_document("tb_21"))).replace("\n", "")
    assert made.pdf().startswith(b"%PDF")
    assert made.dpi == KINDS[name].dpi


def test_struck_words_are_printed_but_do_not_count() -> None:
    """The text of a typed page is that of the same page without its errors."""
    document = replace(load_document("qd_47"), typed=True)
    erring = replace(document, struck=5)
    assert text_of(erring) == text_of(document)
    pieces = [piece for sheet in sheets_of(erring) for line in sheet.lines for piece in line.pieces]
    assert sum(bool(piece.over) for piece in pieces) == 5


def test_a_typed_page_stays_on_its_paper() -> None:
    """No word of a typed page is printed beyond the sheet's edge."""
    for sheet in sheets_of(replace(load_document("qd_47"), typed=True)):
        assert all(0 < piece.x < 595 - piece.width for line in sheet.lines for piece in line.pieces)
