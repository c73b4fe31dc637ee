"""Findings on a scan against the requirements of Nghị định 30/2020 and Thông tư 05/2025."""

from __future__ import annotations

import pytest

from ocr.image import scan_quality
from ocr.image.raster import Scan


@pytest.mark.parametrize(
    ("dpi", "bits", "codes"),
    [
        (200, 24, []),
        (199.6, 24, []),
        (199.4, 24, ["low_resolution"]),
        (300, 8, ["not_colour"]),
        (100, 1, ["low_resolution", "not_colour"]),
    ],
)
def test_resolution_and_colour(dpi: float, bits: int, codes: list[str]) -> None:
    """199 dpi fails and 200 dpi passes; less than 24 bits a pixel is not colour."""
    assert [code for code, _ in scan_quality.scan_findings(Scan(dpi, bits), 1654, 2339, 200)] == codes


def test_typeset_pages_have_no_scan_findings() -> None:
    """A page that was never paper is measured for its size only."""
    assert list(scan_quality.scan_findings(None, 1654, 2339, 200)) == []


@pytest.mark.parametrize("size_mm", [(210, 297), (297, 210), (420, 297), (216, 279)])
def test_a_sizes_have_a_tolerance_of_a_tenth(size_mm: tuple[float, float]) -> None:
    """A size of the A series in either direction fits within ten per cent."""
    assert scan_quality.is_a_series(*size_mm)


@pytest.mark.parametrize("size_mm", [(190, 330), (60, 80), (210, 350)])
def test_other_sizes_do_not_fit(size_mm: tuple[float, float]) -> None:
    """Anything else is a finding."""
    assert not scan_quality.is_a_series(*size_mm)


def test_position() -> None:
    """A turned page and a slant of half a degree are findings, a tenth is not."""
    assert [code for code, _ in scan_quality.position_findings(90, 0.6)] == ["rotated", "skewed"]
    assert list(scan_quality.position_findings(0, 0.1)) == []
