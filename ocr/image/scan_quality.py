"""Findings on a scan: measured facts below the profile of a digital archive copy, never a rejection.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần II (200 dpi, colour, scale 100 %); Thông tư
05/2025/TT-BNV (24 bits a pixel); ISO 216 for page sizes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ocr.image.raster import Scan

_MIN_DPI = 200
_MIN_BITS = 24
_MM_PER_INCH = 25.4
_A_SERIES_MM = ((148, 210), (210, 297), (297, 420), (420, 594), (594, 841), (841, 1189))
_SIZE_TOLERANCE = 0.10
_LEAST_SKEW_DEG = 0.5


def scan_findings(scan: Scan | None, width: int, height: int, dpi: int) -> Iterator[tuple[str, str]]:
    """(code, detail) for resolution, colour and page size; ``width``, ``height`` in pixels at ``dpi``."""
    if scan is not None:
        if round(scan.dpi) < _MIN_DPI:
            yield "low_resolution", f"{round(scan.dpi)} dpi, at least {_MIN_DPI}"
        if scan.bits_per_pixel < _MIN_BITS:
            yield "not_colour", f"{scan.bits_per_pixel} bits per pixel, at least {_MIN_BITS}"
    wide, high = (side / dpi * _MM_PER_INCH for side in (width, height))
    if not is_a_series(wide, high):
        yield "page_size", f"{wide:.0f} x {high:.0f} mm is no A size"


def is_a_series(wide_mm: float, high_mm: float) -> bool:
    """Whether both sides are within a tenth of those of one A size, A5 to A0."""
    sides = sorted((wide_mm, high_mm))
    return any(
        all(abs(side - wanted) <= _SIZE_TOLERANCE * wanted for side, wanted in zip(sides, size, strict=True))
        for size in _A_SERIES_MM
    )


def position_findings(turned_deg: int, angle_deg: float) -> Iterator[tuple[str, str]]:
    """(code, detail) for a page that lies on its side or aslant."""
    if turned_deg:
        yield "rotated", f"{turned_deg} degrees"
    if abs(angle_deg) >= _LEAST_SKEW_DEG:
        yield "skewed", f"{angle_deg:.1f} degrees"
