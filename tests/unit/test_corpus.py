"""The generated corpus and what is counted on it."""

from __future__ import annotations

import re

import pytest

from bench import calibration
from bench.corpus_names import Clue
from bench.corpus_paper import Paper
from bench.corpus_papers import papers, vocabulary
from bench.field_answers import FIELDS, Answer, answers, same
from tests.support import scanmaker


@pytest.fixture(scope="module")
def made() -> list[Paper]:
    """Three hundred papers."""
    return list(papers(300, 1))


def _answer(confidence: float | None, right: bool) -> Answer:
    return Answer("a.pdf", "subject", "x", "y", confidence, right)


def test_same_seed_same_papers(made: list[Paper]) -> None:
    """A paper depends on the seed and its place alone, not on how many are made."""
    assert list(papers(5, 1)) == made[:5]
    assert list(papers(5, 2)) != made[:5]


def test_no_text_twice(made: list[Paper]) -> None:
    """No two papers say the same."""
    texts = {(*paper.document.subject, *paper.document.body) for paper in made}
    assert len(texts) == len(made)


def test_corpus_is_varied(made: list[Paper]) -> None:
    """All types, Party papers, drafts, handwriting, secret papers, stamps and ways of scanning are there."""
    assert {kind["name"] for kind in vocabulary()["types"]} <= {paper.document.type_name for paper in made}
    assert any(paper.document.is_party for paper in made)
    assert any(paper.document.issued is None for paper in made)
    assert any(paper.document.handwritten for paper in made)
    assert any(not paper.document.number.isdecimal() for paper in made if paper.document.number)
    assert any(paper.document.number_line for paper in made)
    assert {bool(paper.document.issued) for paper in made if paper.document.date_line} == {True, False}
    assert {paper.tone for paper in made} == {"colour", "gray", "bilevel"}
    assert {stamp for paper in made for stamp in paper.document.impressions} == set(scanmaker.Impression)


def test_names_of_files_inform_and_mislead(made: list[Paper]) -> None:
    """Some names tell the paper's number, some another one, some nothing; also papers without number."""
    assert {paper.clue for paper in made} == set(Clue)
    for paper in made:
        if paper.clue is Clue.RIGHT:
            digits = re.match(r"\d+", paper.document.number)
            assert digits is not None
            assert re.search(rf"(?<!\d)0*{int(digits[0])}(?!\d)", paper.name)
    misled = [paper for paper in made if paper.clue is Clue.WRONG]
    assert any(not paper.document.number for paper in misled)


def test_several_persons_sign_minutes_contracts_and_joint_papers(made: list[Paper]) -> None:
    """The one in the chair, the first party or the leading agency is who signs by the truth."""
    joint = {paper.document.type_name for paper in made if paper.document.co_signers}
    assert {"Biên bản", "Hợp đồng", "Thông tư liên tịch"} <= joint
    assert any(len(paper.document.co_signers) == 2 for paper in made)
    for paper in made:
        names = {lines[-1] for lines in paper.document.co_signers}
        assert paper.secret or paper.truth()["nguoi_ky"] not in names


def test_truth_of_a_secret_paper_says_nothing(made: list[Paper]) -> None:
    """Of a secret paper only the outcome is known."""
    assert next(paper for paper in made if paper.secret).truth() == {"outcome": "quarantined"}


def test_what_is_not_printed_is_absent(made: list[Paper]) -> None:
    """Every field of the truth is filled or said to be absent."""
    for paper in made:
        truth = paper.truth()
        if not paper.secret:
            empty = {name for name, key in FIELDS.items() if not truth[key]}
            assert empty == set(truth["absent"])


@pytest.mark.parametrize(
    ("name", "value", "wanted", "right"),
    [
        ("code_number", "007", "07", True),
        ("code_notation", "QD-UBND", "QĐ-UBND", False),
        ("code_notation", "qđ - ubnd", "QĐ-UBND", True),
        ("subject", "V/v Báo cáo tình hình", "báo cáo tình hình", True),
        ("signer_name", "", "Lê Văn A", False),
    ],
)
def test_same(name: str, value: str, wanted: str, right: bool) -> None:
    """Values are compared as the collections compare them."""
    assert same(name, value, wanted) is right


def test_a_value_for_an_absent_field_is_wrong() -> None:
    """Where the paper shows nothing, nothing is right."""
    truth = {"so": "", "absent": ["code_number"]}
    read = {"code_number": {"value": "12", "confidence": 0.5}}
    assert [answer.right for answer in answers("a.pdf", read, truth)] == [False]
    assert [answer.right for answer in answers("a.pdf", {}, truth)] == [True]


def test_calibration_error_and_threshold() -> None:
    """The error is the mean distance of confidence and share right; the threshold keeps the precision."""
    found = [_answer(0.96, True), _answer(0.96, True), _answer(0.6, False), _answer(None, False)]
    table = list(calibration.bins(found))
    assert [(each.count, each.right) for each in table] == [(1, 0.0), (2, 1.0)]
    assert calibration.calibration_error(table) == pytest.approx((2 * 0.04 + 0.6) / 3)
    assert calibration.threshold(found, 0.99) == (0.96, 0.5)
    assert calibration.threshold([_answer(0.9, False)], 0.99) is None
