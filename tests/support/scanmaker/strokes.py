"""Pen strokes: digits and a few letters by a clerk, and scribbled signatures, drawn as smooth curves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Points = NDArray[np.float64]

# Control points of each character in a box of height 1, origin at the top left.
_STROKES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.34, 0.02), (0.09, 0.28), (0.05, 0.66), (0.27, 0.98), (0.52, 0.7), (0.52, 0.28), (0.3, 0.0)),),
    "1": (((0.08, 0.3), (0.22, 0.18), (0.36, 0.0)), ((0.36, 0.0), (0.33, 0.5), (0.3, 1.0))),
    "2": (
        ((0.06, 0.25), (0.26, 0.02), (0.5, 0.2), (0.36, 0.58), (0.04, 0.97)),
        ((0.04, 0.97), (0.3, 0.92), (0.58, 0.96)),
    ),
    "3": (
        ((0.08, 0.1), (0.34, 0.02), (0.46, 0.22), (0.2, 0.45)),
        ((0.2, 0.45), (0.5, 0.58), (0.44, 0.9), (0.2, 1.0), (0.02, 0.86)),
    ),
    "4": (((0.34, 0.0), (0.2, 0.34), (0.04, 0.64), (0.58, 0.6)), ((0.44, 0.3), (0.4, 0.66), (0.36, 1.02))),
    "5": (
        ((0.54, 0.03), (0.34, 0.05), (0.16, 0.05)),
        ((0.16, 0.05), (0.13, 0.24), (0.1, 0.45)),
        ((0.1, 0.45), (0.36, 0.38), (0.52, 0.64), (0.38, 0.94), (0.04, 0.94)),
    ),
    "6": (((0.44, 0.02), (0.16, 0.34), (0.06, 0.7), (0.24, 0.98), (0.48, 0.8), (0.4, 0.56), (0.09, 0.7)),),
    "7": (
        ((0.04, 0.06), (0.3, 0.03), (0.56, 0.04)),
        ((0.56, 0.04), (0.34, 0.45), (0.2, 1.0)),
        ((0.16, 0.5), (0.3, 0.47), (0.48, 0.49)),
    ),
    "8": (
        ((0.46, 0.14), (0.25, 0.0), (0.1, 0.2), (0.3, 0.46), (0.5, 0.73), (0.28, 1.0)),
        ((0.28, 1.0), (0.06, 0.75), (0.28, 0.46), (0.48, 0.2), (0.44, 0.12)),
    ),
    "9": (
        ((0.47, 0.2), (0.25, 0.02), (0.08, 0.28), (0.24, 0.5), (0.46, 0.3), (0.48, 0.18)),
        ((0.48, 0.18), (0.44, 0.6), (0.32, 1.02)),
    ),
    "a": (
        ((0.46, 0.52), (0.24, 0.42), (0.06, 0.7), (0.22, 0.98), (0.44, 0.74), (0.46, 0.5)),
        ((0.46, 0.5), (0.45, 0.8), (0.58, 0.98)),
    ),
    "b": (
        ((0.14, -0.02), (0.1, 0.45), (0.08, 0.94)),
        ((0.08, 0.94), (0.4, 0.98), (0.46, 0.68), (0.28, 0.5), (0.09, 0.7)),
    ),
    "c": (((0.46, 0.58), (0.26, 0.46), (0.07, 0.72), (0.24, 0.97), (0.48, 0.88)),),
    "A": (
        ((0.28, 0.0), (0.14, 0.5), (0.0, 1.0)),
        ((0.28, 0.0), (0.42, 0.5), (0.54, 1.0)),
        ((0.08, 0.62), (0.26, 0.6), (0.46, 0.62)),
    ),
    "B": (
        ((0.08, 0.0), (0.08, 0.5), (0.06, 1.0)),
        ((0.08, 0.02), (0.44, 0.06), (0.4, 0.42), (0.1, 0.48)),
        ((0.1, 0.48), (0.52, 0.56), (0.46, 0.96), (0.06, 1.0)),
    ),
    "/": (((0.42, -0.06), (0.24, 0.5), (0.04, 1.08)),),
}
_OVERSAMPLE = 4
_ADVANCE = 0.72


def smooth(points: Points, per_segment: int = 14) -> Points:
    """A Catmull-Rom curve through the points."""
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, per_segment, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        inner = 2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
        parts.append(0.5 * (inner + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack([*parts, points[-1:]])


def written_by_pen(sign: str) -> bool:
    """Whether the pen knows the sign."""
    return sign in _STROKES


def digits_tile(text: str, height_px: float, rng: np.random.Generator) -> Image.Image:
    """Signs of numbers by pen as a coverage mask; the baseline is the tile's lower quarter line."""
    scale = height_px * _OVERSAMPLE
    size = (int(scale * (_ADVANCE * len(text) + 0.8)), int(scale * 1.6))
    tile = Image.new("L", size)
    draw = ImageDraw.Draw(tile)
    slant = rng.normal(0.16, 0.05)
    x = 0.15
    for character in text:
        lift, grow = rng.normal(0, 0.03), rng.normal(1.0, 0.05)
        for stroke in _STROKES[character]:
            points = np.array(stroke) + rng.normal(0, 0.018, (len(stroke), 2))
            points = points * grow + (x, 0.2 + lift)
            points[:, 0] += slant * (1.0 - points[:, 1])
            _ink(draw, smooth(points) * scale, scale * 0.085, rng)
        x += _ADVANCE * rng.normal(0.95, 0.05)
    return tile.resize((size[0] // _OVERSAMPLE, size[1] // _OVERSAMPLE), Image.Resampling.LANCZOS)


def signature_tile(width_px: float, rng: np.random.Generator) -> Image.Image:
    """A scribble: a tall first loop, a wave that dies away, a flourish back under it."""
    scale = width_px * 2
    tile = Image.new("L", (int(scale), int(scale * 0.62)))
    draw = ImageDraw.Draw(tile)
    for stroke, shake in ((_loop(rng), 0.012), (_wave(rng), 0.008), (_flourish(rng), 0.012)):
        points = (stroke + rng.normal(0, shake, stroke.shape)).clip((0.02, 0.02), (0.98, 0.6))
        _ink(draw, smooth(points, 30) * scale, scale * 0.009, rng)
    return tile.resize((int(scale) // 2, int(scale * 0.62) // 2), Image.Resampling.LANCZOS)


def _loop(rng: np.random.Generator) -> Points:
    """The first letter: one or two turns of a leaning ellipse."""
    turns, points = rng.uniform(1.1, 2.2), int(rng.integers(9, 13))
    angle = np.linspace(0, 2 * np.pi * turns, points) * rng.choice([-1, 1]) + rng.uniform(1, 3)
    across, down = rng.uniform(0.05, 0.12), rng.uniform(0.14, 0.24)
    y = 0.3 + down * np.sin(angle)
    x = 0.2 + across * np.cos(angle) + np.linspace(0, 0.06, points) + rng.uniform(0.1, 0.3) * (0.3 - y)
    return np.stack([x, y], axis=1)


def _wave(rng: np.random.Generator) -> Points:
    """The rest of the name: teeth that grow flat."""
    steps = int(rng.integers(6, 14))
    x = np.linspace(0.24, rng.uniform(0.7, 0.9), steps) + rng.normal(0, 0.015, steps)
    teeth = np.where(np.arange(steps) % 2, 1, -1) * rng.uniform(0.3, 1.2, steps)
    y = 0.36 + np.linspace(rng.uniform(0.1, 0.18), 0.02, steps) * teeth
    return np.stack([x, y], axis=1)


def _flourish(rng: np.random.Generator) -> Points:
    """A stroke from the end back under the name and out again, or a plain underline."""
    low, end = rng.uniform(0.46, 0.56), rng.uniform(0.7, 0.97)
    if rng.random() < 0.3:
        return np.array([(0.2, low), (0.45, low + 0.01), (end, low - 0.05)])
    back = rng.uniform(0.2, 0.5)
    return np.array(
        [(0.85, 0.35), (0.9, 0.3), (0.7, low), (back, low + 0.02), (back + 0.1, 0.42), (end, 0.44)]
    )


def _ink(draw: ImageDraw.ImageDraw, curve: Points, width: float, rng: np.random.Generator) -> None:
    """A line of slowly changing width: the pressure of a ball pen."""
    pressure = width * (1 + 0.22 * np.sin(np.linspace(0, rng.uniform(2, 6), len(curve))))
    for start, end, pen in zip(curve, curve[1:], pressure, strict=False):
        draw.line([tuple(start), tuple(end)], fill=255, width=max(1, round(pen)))
        r = pen / 2
        draw.ellipse([end[0] - r, end[1] - r, end[0] + r, end[1] + r], fill=255)
