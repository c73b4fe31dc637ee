"""Secrecy and urgency marks too faint for their ink to be told: found by darkness alone, beside the print.

Only what reads as a known wording is a mark: pale ink may be anything, print of the reverse side among it.
"""

from __future__ import annotations

import numpy as np

from ocr.engines.engine import Engine
from ocr.image import clean, transform
from ocr.image.raster import Gray, Mask, Pixels
from ocr.page import Mark
from ocr.stamps import ink_areas, stamp_text, wordings
from ocr.stamps.ink_areas import Area

_PRINT = 150  # darker is print, or ink that is read otherwise
_PRINT_HALO_PX = 3
_LEAST_DEPTH = 9  # in grey levels below the paper
_SPREADS = 2.5  # times the unevenness of the paper
_BELOW = 16  # percentile of one deviation below the middle
_SAMPLED = 4
_MOST = 6  # areas that are read on a page, the largest first
_BLACKEST = 4  # percentile
_WHITE = 255


def read(page: Pixels, dpi: int, engine: Engine) -> tuple[Mark, ...]:
    """The faint marks of a page."""
    even = clean.flattened(transform.darkest(page), dpi)
    areas = (area for area in ink_areas.stamp_areas(_faint(even), dpi) if area.is_small_stamp)
    likely = sorted(areas, key=lambda area: -area.box.w * area.box.h)[:_MOST]
    found = (_mark(even, area, dpi, engine) for area in likely)
    return tuple(mark for mark in found if mark is not None)


def _faint(even: Gray) -> Mask:
    """What is paler than print and darker than the paper's own unevenness, away from the print."""
    smooth = transform.blurred(even)
    sample = smooth[::_SAMPLED, ::_SAMPLED]
    middle, below = (float(np.percentile(sample, share)) for share in (50, _BELOW))
    limit = middle - max(_LEAST_DEPTH, _SPREADS * (middle - below))
    return (smooth < limit) & ~transform.grown(even < _PRINT, _PRINT_HALO_PX)


def _mark(even: Gray, area: Area, dpi: int, engine: Engine) -> Mark | None:
    box = area.box
    stamp = stamp_text.cut_gray(_stretched(even[box.y : box.bottom, box.x : box.right]), area)
    for reading in stamp_text.readings(stamp, dpi, engine):
        mark = wordings.worded(reading.text, box)
        if mark and wordings.is_upper(reading.text):
            return mark
    return None


def _stretched(patch: Gray) -> Gray:
    """The patch with its darkest part black and its paper white."""
    dark, paper = float(np.percentile(patch, _BLACKEST)), float(np.median(patch))
    spread = max(1.0, paper - dark)
    stretched: Gray = np.clip((patch - dark) * (_WHITE / spread), 0, _WHITE).astype(np.uint8)
    return stretched
