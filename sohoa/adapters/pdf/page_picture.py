"""One page of an archive copy as a picture for the screen; runs in a limited worker process."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from ocr.page import Box
from sohoa.adapters.pdf.render import Pixels, Unrenderable, rendering
from sohoa.domain.errors import Rejected

_MAX_SIDE = 3_000
_COVER = (90, 90, 90)
_GREY_TOLERANCE = 12
# Runs of the same value: of scanned pages half the time of the deflate that is usual, and some bytes less.
_PNG = [cv2.IMWRITE_PNG_COMPRESSION, 1, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
# Paper from 248 on is white; towards it from 200 on greys are spread, so that no edge shows in a tint.
_TONES = np.interp(np.arange(256), (0, 200, 248, 255), (0, 200, 255, 255))
_STEPS = (np.round(_TONES / 5) * 5).astype(np.uint8)


def ready() -> bytes:
    """Nothing is drawn: whoever calls it in a worker has it load this module."""
    return b""


def png(path: Path, number: int, dpi: int, size_px: tuple[int, int], hidden: Sequence[Box]) -> bytes:
    """The page (1-based) as PNG, at most 3,000 pixels high or wide, with the hidden boxes painted over.

    ``size_px`` is the page as it was read, in whose pixels the boxes are. A strip that was added on top of it
    for the visible signature is left out. Raises ``Rejected`` (broken) for what cannot be drawn.
    """
    try:
        with rendering(path) as renderer:
            longest = max(renderer.size(number)) / 72
            shown = renderer.page(number, min(dpi, _MAX_SIDE / max(longest, 0.01)))
    except Unrenderable as error:
        raise Rejected("broken", f"page {number} cannot be drawn") from error
    height, width = shown.shape[:2]
    scale = width / size_px[0]
    paper = shown[max(0, height - round(size_px[1] * scale)) :].copy()
    for box in hidden:
        first, last = (round(box.x * scale), round(box.y * scale)), (box.right * scale, box.bottom * scale)
        cv2.rectangle(paper, first, (round(last[0]), round(last[1])), _COVER, thickness=-1)
    return _encoded(paper)


def _encoded(pixels: Pixels) -> bytes:
    """In grey where there is no colour; of a scanner's noise no more than an eye sees: a third less bytes."""
    red, green, blue = cv2.split(pixels)
    highest, lowest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    spread = int(cv2.subtract(highest, lowest).max())
    shown = green if spread <= _GREY_TOLERANCE else cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    steps = cv2.LUT(shown, _STEPS)
    return cv2.imencode(".png", steps, _PNG)[1].tobytes()
