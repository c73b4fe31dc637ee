"""What machines and their ribbons, carbons and stencils do to the print, before it is scanned."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from tests.support.scanmaker.ageing import smooth_noise
from tests.support.scanmaker.hard.pixels import light_of, picture_of

_LETTER_INCHES, _PATCH_INCHES = 0.08, 0.9
_CARBON = (0.30, 0.30, 0.46)
_PINS_PER_INCH = 100


def ribbon(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A worn ribbon: every letter of another strength, whole stretches faint."""
    letters = smooth_noise(page.size, dpi * _LETTER_INCHES, rng)
    patches = smooth_noise(page.size, dpi * _PATCH_INCHES, rng)
    strength = (0.74 + 0.12 * letters + 0.14 * patches).clip(0.3, 1)
    return picture_of(1 - (1 - light_of(page)) * strength[..., None])


def carbon(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A copy below carbon paper: soft, fat, bluish, with smears where hands pressed."""
    soft = cv2.GaussianBlur(light_of(page), (0, 0), dpi / 200 * 1.1)
    ink = (1 - soft).clip(0, 1) ** 0.75
    ink *= (0.78 + 0.1 * smooth_noise(page.size, dpi * _PATCH_INCHES, rng)).clip(0.5, 1)[..., None]
    smears = smooth_noise(page.size, dpi * 0.5, rng).clip(0.9, 2)[..., None] - 0.9
    light = 1 - (ink + smears * 0.1) * (1 - np.asarray(_CARBON, dtype=np.float32))
    return picture_of(np.asarray(light, dtype=np.float32))


def mimeograph(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A stencil's print: rough edges, filled eyes, letters half inked, ink sprinkled over the sheet."""
    soft = cv2.GaussianBlur(light_of(page)[..., 0], (0, 0), dpi / 200 * 0.9)
    rough = smooth_noise(page.size, max(1.0, dpi * 0.008), rng) * 0.10
    pressure = smooth_noise(page.size, dpi * _PATCH_INCHES, rng) * 0.10
    ink = 1 / (1 + np.exp((soft + rough + pressure - 0.58) * 14))
    grain = (rng.random(ink.shape, dtype=np.float32) < 0.0012).astype(np.float32)
    spots = cv2.GaussianBlur(cv2.dilate(grain, np.ones((2, 2), np.uint8)), (0, 0), 0.6)
    covered = np.maximum(ink * 0.82, spots * 0.6)
    return picture_of(np.repeat((1 - covered)[..., None], 3, axis=2))


def dot_matrix(page: Image.Image, dpi: int, _: np.random.Generator) -> Image.Image:
    """Letters of round dots, 100 an inch."""
    step = dpi / _PINS_PER_INCH
    size = round(page.width / step), round(page.height / step)
    dots = np.asarray(page.convert("L").resize(size, Image.Resampling.BOX)) < 150
    ys, xs = np.nonzero(dots)
    fine = 4  # shots of a dot's round form a pixel
    sheet = np.full((page.height, page.width), 255, np.uint8)
    radius = round(step * 0.47 * 2**fine)
    for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
        middle = round((x + 0.5) * step * 2**fine), round((y + 0.5) * step * 2**fine)
        cv2.circle(sheet, middle, radius, 45, cv2.FILLED, cv2.LINE_AA, fine)
    return Image.fromarray(sheet).convert("RGB")
