"""Round seals on scans without colours: found by their ring, taken out of the brightness that is read.

On a grey scan the seal's ink is paler than the print; on one of pure black and white it is not, and only
the rings themselves can be taken out. Size: 36 mm and more (see ``ocr.stamps.ink_areas``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from ocr.image import transform
from ocr.image.raster import Gray
from ocr.page import Box

_FIND_DPI = 100
_RADIUS_MM = (13.0, 24.0)
_UPPER_SHARE = 0.25  # where no seal is put: the head
_EDGE, _VOTES = 100, 45
_MOST = 4  # circles that are looked at closely
_ANGLES = 360
_COVERED, _NEARLY_COVERED = 0.55, 0.3  # of the ring, after and before its middle is found to the pixel
_RING_COVERED = 0.5
_INNERMOST, _OUTERMOST = 0.35, 1.08
_BLACKEST = 0.2
_PALER = 30
_WHITE, _DARK, _PRINT = 255, 190, 128
_DARK_OF_PAPER = 0.8
_PAPER_PERCENTILE = 75
_SECOND_RING = 1.12  # of the radius: seals have a thin ring inside the thick one
_BESIDE = 1.08  # of the radius: where no more than half as much may be drawn as on the ring
_MOST_RINGS = 0.5  # of the radii: a filled disc or a picture is no seal
_MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class _Circle:
    x: float
    y: float
    radius: float

    def box(self, page: Gray) -> Box:
        """The square around it, cut at the page's edges."""
        left, top = max(0, round(self.x - self.radius)), max(0, round(self.y - self.radius))
        right = min(page.shape[1], round(self.x + self.radius))
        return Box(left, top, right - left, min(page.shape[0], round(self.y + self.radius)) - top)


def lifted(page: Gray, dpi: int) -> tuple[Gray, tuple[Box, ...]]:
    """The page without the ink of its seals, and where they are; the page itself where it has none."""
    dark = _dark_level(page)
    found = ((seal, _rings(page, seal, dark)) for seal in _circles(page, dpi, dark))
    seals = [(seal, rings) for seal, rings in found if rings is not None]
    if not seals:
        return page, ()
    clear, black = page.copy(), _print_level(page)
    for seal, rings in seals:
        _clear(clear, seal, rings, black)
    return clear, tuple(seal.box(page) for seal, _ in seals)


def _circles(page: Gray, dpi: int, dark: float) -> Iterator[_Circle]:
    """Circles of a seal's size, most of each drawn, with little beside it."""
    ratio = min(1.0, _FIND_DPI / dpi)
    small = transform.coarse(page, ratio)
    top = round(_UPPER_SHARE * small.shape[0])
    least, most = (round(radius * dpi * ratio / _MM_PER_INCH) for radius in _RADIUS_MM)
    found = cv2.HoughCircles(
        np.ascontiguousarray(small[top:]),
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=2 * least,
        param1=_EDGE,
        param2=_VOTES,
        minRadius=least,
        maxRadius=most,
    )
    for x, y, radius in [] if found is None else found[0][:_MOST]:
        circle = _outermost(page, _Circle(x / ratio, (y + top) / ratio, radius / ratio), dpi, dark)
        if circle is not None:
            yield circle


def _outermost(page: Gray, rough: _Circle, dpi: int, dark: float) -> _Circle | None:
    """The circle through the outer ring, to the pixel; None where too little of it is drawn."""
    slack = max(2, round(dpi / _FIND_DPI * 2))
    best, covered = rough, 0.0
    near = np.arange(round(rough.radius) - slack, round(rough.radius) + slack + 1)
    if (_around(page, rough, near) < dark).mean(axis=1).max() < _NEARLY_COVERED:
        return None
    for dx in range(-slack, slack + 1):
        for dy in range(-slack, slack + 1):
            moved = _Circle(rough.x + dx, rough.y + dy, rough.radius)
            shares = (_around(page, moved, near) < dark).mean(axis=1)
            if shares.max() > covered:
                covered = float(shares.max())
                best = _Circle(moved.x, moved.y, float(near[int(shares.argmax())]))
    if covered < _COVERED:
        return None
    further = np.arange(round(best.radius), round(best.radius * _SECOND_RING) + 1)
    drawn = further[(_around(page, best, further) < dark).mean(axis=1) >= _COVERED]
    outer = _Circle(best.x, best.y, float(drawn[-1]))
    beside = np.array([round(outer.radius * _BESIDE)])
    return outer if (_around(page, outer, beside) < dark).mean() <= covered / 2 else None


def _dark_level(page: Gray) -> float:
    """Below this something is drawn or printed on the paper, white or not."""
    sample = page[::4, ::4]
    return min(_DARK, _DARK_OF_PAPER * float(np.percentile(sample, _PAPER_PERCENTILE)))


def _around(page: Gray, circle: _Circle, radii: npt.NDArray[np.int64]) -> Gray:
    """Brightness along circles of these radii about its middle, of shape (radii, angles)."""
    turn = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)
    xs = np.rint(circle.x + radii[:, None] * np.cos(turn)).astype(np.int64)
    ys = np.rint(circle.y + radii[:, None] * np.sin(turn)).astype(np.int64)
    inside = (xs >= 0) & (ys >= 0) & (xs < page.shape[1]) & (ys < page.shape[0])
    values: Gray = np.full(xs.shape, _WHITE, dtype=np.uint8)
    values[inside] = page[ys[inside], xs[inside]]
    return values


def _print_level(page: Gray) -> float:
    """How dark the page's print is."""
    sample = page[::2, ::2]
    dark = sample[sample < _PRINT]
    return float(np.quantile(dark, _BLACKEST)) if dark.size else 0.0


def _rings(page: Gray, seal: _Circle, dark: float) -> npt.NDArray[np.int64] | None:
    """Radii at which the seal is drawn around; None for a filled disc."""
    radii = np.arange(round(seal.radius * _INNERMOST), round(seal.radius * _OUTERMOST) + 1)
    rings = radii[(_around(page, seal, radii) < dark).mean(axis=1) >= _RING_COVERED]
    return rings if len(rings) <= _MOST_RINGS * len(radii) else None


def _clear(page: Gray, seal: _Circle, rings: npt.NDArray[np.int64], black: float) -> None:
    """Take the seal's ink out: by its brightness where paler than the ``black`` print, else its rings."""
    ink = float(np.median(np.minimum.reduce(_around(page, seal, rings)))) if len(rings) else 0.0
    reach = round(seal.radius * _OUTERMOST)
    top, left = max(0, round(seal.y) - reach), max(0, round(seal.x) - reach)
    part = page[top : round(seal.y) + reach + 1, left : round(seal.x) + reach + 1]
    ys, xs = np.ogrid[: part.shape[0], : part.shape[1]]
    away = np.hypot(xs + left - seal.x, ys + top - seal.y)
    if ink - black >= _PALER:
        stretched = np.clip((part - black) * (_WHITE / (ink - black)), 0, _WHITE).astype(np.uint8)
        part[:] = np.where(away <= reach, stretched, part)
        return
    for ring in rings:
        part[np.abs(away - ring) <= 1] = _WHITE
