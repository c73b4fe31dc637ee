"""Measured values in the calibration: only they change, and what comes out is a calibration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import yaml

from bench.calibration_file import rewritten
from bench.observations import Observation, observations
from ocr.page import Box, Digits, Gap
from sohoa.domain.archive.records import Integrity, OriginalSignature, Reading
from sohoa.domain.errors import Misconfigured
from sohoa.domain.extract.calibration import load_calibration
from sohoa.domain.extract.describe import Context
from sohoa.domain.extract.types import load_types
from tests.support.agency_words import AGENCY_WORDS
from tests.support.calibration import CALIBRATION, PATH
from tests.support.marks import MARKS
from tests.support.pages import MOTTO, page

_TEXT = PATH.read_text(encoding="utf-8")
_TYPES = load_types(yaml.safe_load((PATH.parent / "document_types.yaml").read_text(encoding="utf-8")))
_PAPER = page(
    left=("ỦY BAN NHÂN DÂN", "TỈNH SÔNG LAM", "", "Số: 374/QĐ-UBND"),
    right=(*MOTTO, "", "Sông Lam, ngày 04 tháng 3 năm 2024"),
    body=("QUYẾT ĐỊNH", "Về việc kiểm tra"),
)
_CONTEXT = Context("", "374 QĐ-UBND.pdf", date(2026, 11, 1), 0.9, _TYPES, CALIBRATION, MARKS, AGENCY_WORDS)
_TRUTH = {"so": "374", "ngay_ban_hanh": "2024-03-04", "loai_van_ban": "Quyết định"}


def test_only_what_was_observed_often_enough_changes() -> None:
    """The lines of measured values get share, number and source; all other lines stay letter by letter."""
    often = [Observation("types.heading", index % 50 != 0) for index in range(200)]
    seldom = [Observation("types.notation", False)] * 99
    after = rewritten(_TEXT, [*often, *seldom], "200 made papers", 100)
    changed = [
        (old, new) for old, new in zip(_TEXT.splitlines(), after.splitlines(), strict=True) if old != new
    ]
    comment = "  # the heading; the notation names no type"
    judged = "  heading: {value: 0.95, n: 0, source: judged}" + comment
    assert changed == [(judged, '  heading: {value: 0.975, n: 200, source: "200 made papers"}' + comment)]
    assert load_calibration(yaml.safe_load(after)).types.heading == 0.975


def test_a_curve_is_measured_point_by_point() -> None:
    """Of a curve only the points change that enough cases lie nearest to."""
    found = [Observation("digits.by_ocr_confidence", index < 90, 0.91) for index in range(98)]
    found += [Observation("digits.by_ocr_confidence", True, 0.2)] * 2
    curve = load_calibration(yaml.safe_load(rewritten(_TEXT, found, "s", 98))).digits.by_ocr_confidence
    assert curve == {**CALIBRATION.digits.by_ocr_confidence, 0.9: 0.91}


def test_days_to_the_signature_are_shares_of_all() -> None:
    """Days are counted, none becomes impossible."""
    found = [Observation("dates.days_to_signature", True, index % 2) for index in range(100)]
    days = load_calibration(yaml.safe_load(rewritten(_TEXT, found, "s", 100))).dates.days_to_signature
    assert (days[0], days[1], days[7]) == (0.472, 0.472, 0.009)


def test_a_file_that_is_no_calibration_is_refused() -> None:
    """A calibration that lacks a value is not written anew."""
    with pytest.raises(Misconfigured, match="lacks language"):
        rewritten(_TEXT.replace("  language:", "  # language:"), [], "s", 1)


def test_a_paper_shows_which_values_came_true() -> None:
    """The number read and in the file's name, the type by heading and notation, the day of the signature."""
    signed = OriginalSignature("Ủy ban", "2024-03-05T08:00:00+07:00", "sha256", Integrity.VALID, True)
    found = set(observations(Reading((_PAPER,), (signed,)), _CONTEXT, _TRUTH))
    assert {each for each in found if each.key != "digits.by_ocr_confidence"} == {
        Observation("file_names.beside_abbreviation", True),
        Observation("types.heading_and_notation", True),
        Observation("dates.days_to_signature", True, 1),
    }
    assert [each.held for each in found if each.key == "digits.by_ocr_confidence"] == [True]


def test_digits_by_hand_are_counted_one_by_one() -> None:
    """A digit that the likeliest reading has wrong is a misread one; print in the gap is right or wrong."""
    digits = Digits(Gap.NUMBER, Box(0, 0, 9, 9), (("371", 0.9), ("", 0.1)), "3Z4")
    found = list(observations(Reading((replace(_PAPER, digits=(digits,)),), ()), _CONTEXT, _TRUTH))
    wrong = [each.held for each in found if each.key == "digits.misread"]
    assert wrong == [False, False, True]
    assert Observation("numbers.print_in_gap", False) in found
