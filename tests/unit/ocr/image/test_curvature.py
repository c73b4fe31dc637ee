"""Bent lines are found and straightened; straight ones, level or not, are left alone."""

from __future__ import annotations

import functools
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.image import clean, curvature, transform
from ocr.image.raster import Gray
from ocr.page import Box
from tests.support.scanmaker import CLEAN, GOOD, POOR, Ageing, load_document, render_document

_DPI = 150


@functools.cache
def scan(ageing: Ageing = CLEAN, *, typed: bool = False) -> Gray:
    document = replace(load_document("qd_47"), typed=typed)
    return transform.gray(np.asarray(render_document(document, ageing, _DPI, 5)[0]))


def bent(page: Gray, depth_px: float, phase: float = 0.0) -> Gray:
    """The page with lines that rise and fall by so much."""
    height, width = page.shape
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    lower = ys - depth_px * np.sin(np.pi * xs / width + phase)
    return np.asarray(
        cv2.remap(page, xs, lower.astype(np.float32), cv2.INTER_CUBIC, borderValue=255), dtype=np.uint8
    )


@pytest.mark.parametrize("ageing", [CLEAN, GOOD, POOR, replace(GOOD, skew_deg=2.5)])
@pytest.mark.parametrize("typed", [False, True])
def test_a_scanned_page_is_straight(ageing: Ageing, typed: bool) -> None:
    page = scan(ageing, typed=typed)
    assert curvature.found(page, _DPI, clean.skew_deg(page, _DPI)) is None


@settings(max_examples=4, deadline=None)
@given(st.floats(12, 22), st.floats(-0.3, 0.3))
def test_bent_lines_are_level_after_straightening(depth_px: float, phase: float) -> None:
    """What is left of the bend is less than a third of it, wherever there is print."""
    page = bent(scan(), depth_px, phase)
    skew = clean.skew_deg(page, _DPI)
    curve = curvature.found(page, _DPI, skew)
    assert curve is not None
    across = range(200, 1100, 100)
    tilt = np.tan(np.radians(skew))
    left = [
        curve.on_page(Box(x, 600, 10, 10)).y - depth_px * np.sin(np.pi * x / page.shape[1] + phase) + tilt * x
        for x in across
    ]
    assert np.ptp(left) < depth_px / 3


def test_a_page_with_hardly_any_print_is_left_alone() -> None:
    assert curvature.found(np.full((1754, 1240), 255, np.uint8), _DPI, 0.0) is None
