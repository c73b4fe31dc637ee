"""The signer's name stamped in red under a round seal, often in a script face.

The seal itself is taken out; the reader of handwriting reads what is left in several bands, and the
spelling that most bands agree on stands. It drops marks, so they are restored where only one fits. Where the
name begins inside the seal, which takes its first letters along, the bands are read again with the seal.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from statistics import mean

import numpy as np
import numpy.typing as npt

from ocr.handwriting.digits import SignReader, line_text
from ocr.image.raster import Gray, Pixels
from ocr.page import Box, Mark, MarkKind
from ocr.vietnamese.folding import folded_words
from ocr.vietnamese.personal_names import spelled

_MM_PER_INCH = 25.4
_ABOVE_MM, _BELOW_MM, _LEFT_MM, _RIGHT_MM = 8.0, 14.0, 12.0, 40.0
_BANDS_MM = (7.0, 9.0)
_STEP_MM = 1.5
_CONTRAST = 2.2
_INK = 170
_LEAST_COLUMNS_MM = 12.0
_MARGIN_PX = 6
_RING = 1.06
_SURE = 0.8
_WORDS = range(2, 6)
_GLUED = re.compile(r"([^\W\d_])(?<=[^A-ZĐ'])([A-ZĐ][^\W\d_])")  # ``VũNgoạn``


def read(pixels: Pixels, dpi: int, seal: Box, reader: SignReader) -> Mark | None:
    """The name under the seal, whose box is in the pixels; None where there is none that can be read."""
    box = _surroundings(seal, dpi, pixels.shape[1], pixels.shape[0])
    whole = _redness(pixels[box.y : box.bottom, box.x : box.right])
    without = whole.copy()
    _erase_seal(without, seal, box)
    name = _agreed(without, without, dpi, reader) or _agreed(without, whole, dpi, reader)
    return Mark(MarkKind.STAMP, name, box) if name else None


def _agreed(red: Gray, shown: Gray, dpi: int, reader: SignReader) -> str:
    """The name that most bands show, at least two; "" without. In capitals they show the seal's own words."""
    votes: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for band in _bands(red, shown, dpi):
        text, share = line_text(reader.signs(band))
        name = "" if text.isupper() else spelled(_GLUED.sub(r"\1 \2", text))
        if share >= _SURE and len(name.split()) in _WORDS:
            votes[folded_words(name)].append((share, name))
    best = max(votes.values(), key=lambda readings: sum(share for share, _ in readings), default=[])
    sure = len(best) >= 2 and mean(share for share, _ in best) >= _SURE
    return max(best)[1] if sure else ""


def _surroundings(seal: Box, dpi: int, width: int, height: int) -> Box:
    above, below, left, right = (
        round(side / _MM_PER_INCH * dpi) for side in (_ABOVE_MM, _BELOW_MM, _LEFT_MM, _RIGHT_MM)
    )
    x, y = max(0, seal.x - left), max(0, seal.bottom - above)
    return Box(x, y, min(width, seal.right + right) - x, min(height, seal.bottom + below) - y)


def _redness(pixels: Pixels) -> Gray:
    """The page as it would be in black ink if only its red ink were there."""
    channels = pixels.astype(np.int16)
    chroma = channels[:, :, 0] - np.minimum(channels[:, :, 1], channels[:, :, 2])
    red: Gray = np.clip(255 - chroma * _CONTRAST, 0, 255).astype(np.uint8)
    return red


def _erase_seal(red: Gray, seal: Box, box: Box) -> None:
    ys, xs = np.ogrid[: red.shape[0], : red.shape[1]]
    middle_x, middle_y = seal.middle
    across = (xs + box.x - middle_x) / (seal.w / 2 * _RING)
    down = (ys + box.y - middle_y) / (seal.h / 2 * _RING)
    red[across**2 + down**2 <= 1] = 255


def _bands(red: Gray, shown: Gray, dpi: int) -> Iterator[Gray]:
    """Strips as high as a line of script where ``red`` bears enough ink for a name, cut to what is shown."""
    step = max(1, round(_STEP_MM / _MM_PER_INCH * dpi))
    least = _LEAST_COLUMNS_MM / _MM_PER_INCH * dpi
    for high in (round(band / _MM_PER_INCH * dpi) for band in _BANDS_MM):
        for top in range(0, red.shape[0] - high + 1, step):
            if len(_inked(red[top : top + high])) >= least:
                band = shown[top : top + high]
                columns = _inked(band)
                left, right = max(0, columns[0] - _MARGIN_PX), columns[-1] + 1 + _MARGIN_PX
                yield np.ascontiguousarray(band[:, left:right])


def _inked(band: Gray) -> npt.NDArray[np.intp]:
    """The columns of the band that bear ink."""
    return np.flatnonzero((band < _INK).sum(axis=0) > 1)
