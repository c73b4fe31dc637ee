"""Pages photographed by telephone: askew, curved, in uneven light, held by fingers."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image

from tests.support.scanmaker.ageing import smooth_noise
from tests.support.scanmaker.hard.pixels import Pixels, light_of, picture_of

_DESKS = ((0.36, 0.27, 0.20), (0.22, 0.24, 0.27), (0.52, 0.46, 0.38))
_SKIN = (0.80, 0.62, 0.52)
_MARGIN = 0.07  # of desk around the sheet


def photographed(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A sheet on a desk, its corners askew, shadow over it."""
    return _taken(page, dpi, rng, bend=0.0)


def curved(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A sheet that does not lie flat: its lines are waves, by up to a line's height and a half."""
    return _taken(page, dpi, rng, bend=float(rng.uniform(0.006, 0.011)))


def held(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A photographed sheet with fingers at its edges."""
    taken = light_of(_taken(page, dpi, rng, bend=0.0))
    height, width = taken.shape[:2]
    fingers = np.zeros((height, width), np.float32)
    for side in (0, 1):
        y, reach = int(height * rng.uniform(0.45, 0.8)), width * rng.uniform(0.09, 0.12)
        tip = int(reach), y
        at = tip if side == 0 else (width - tip[0], y)
        edge = (-width // 20 if side == 0 else width + width // 20, y + int(width * 0.06))
        cv2.line(fingers, edge, at, 1.0, round(width * 0.05), cv2.LINE_AA)
    mask = np.asarray(cv2.GaussianBlur(fingers, (0, 0), dpi / 100), dtype=np.float32)[..., None]
    return picture_of(taken * (1 - mask) + np.asarray(_SKIN, dtype=np.float32) * mask)


def shaded(page: Image.Image, dpi: int, rng: np.random.Generator) -> Image.Image:
    """A flat page below a lamp and a shadow with an edge, as a telephone held over it casts."""
    return picture_of(light_of(page) * _lighting(page.size, dpi, rng)[..., None])


def _taken(page: Image.Image, dpi: int, rng: np.random.Generator, bend: float) -> Image.Image:
    light = light_of(page)
    height, width = light.shape[:2]
    desk = np.asarray(_DESKS[rng.integers(len(_DESKS))], dtype=np.float32)
    grain = smooth_noise(page.size, max(2.0, dpi / 30), rng)[..., None] * 0.02
    mapped = _onto_sheet(width, height, rng, bend)
    sheet = cv2.remap(
        light, *mapped, cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=(-1.0, -1.0, -1.0)
    )
    on_sheet = (sheet.min(axis=2, keepdims=True) > -0.5).astype(np.float32)
    scene = sheet.clip(0, 1) * on_sheet + (desk + grain) * (1 - on_sheet)
    soft = cv2.GaussianBlur(scene, (0, 0), dpi / 200 * float(rng.uniform(0.5, 0.9)))
    lit = soft * _lighting(page.size, dpi, rng)[..., None]
    return picture_of(lit + rng.standard_normal(lit.shape, dtype=np.float32) * np.float32(0.012))


def _onto_sheet(width: int, height: int, rng: np.random.Generator, bend: float) -> tuple[Pixels, Pixels]:
    """Where on the page each pixel of the photograph comes from."""
    corners = np.asarray([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    inwards = np.asarray([(1, 1), (-1, 1), (-1, -1), (1, -1)], dtype=np.float32)
    moved = corners + inwards * _MARGIN * width * rng.uniform(0.25, 1.0, (4, 2)).astype(np.float32)
    to_page = cv2.getPerspectiveTransform(moved.astype(np.float32), corners)
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    at = np.asarray(cv2.perspectiveTransform(np.stack((xs, ys), axis=-1), to_page), dtype=np.float32)
    wave = np.sin(at[..., 0] / width * np.pi * rng.uniform(0.9, 1.4) + rng.uniform(-0.4, 0.4))
    return at[..., 0].copy(), np.asarray(at[..., 1] + bend * height * wave, dtype=np.float32)


def _lighting(size: tuple[int, int], dpi: int, rng: np.random.Generator) -> Pixels:
    """Light that falls off to one side, and a soft-edged shadow over a part of the page."""
    width, height = size
    xs, ys = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    angle = rng.uniform(0, 2 * np.pi)
    lamp = 1 - rng.uniform(0.15, 0.3) * (1 + np.cos(angle) * xs + np.sin(angle) * ys) / 2
    edge = np.cos(angle + 1) * xs + np.sin(angle + 1) * ys - rng.uniform(-0.2, 0.5)
    shadow = 1 - rng.uniform(0.25, 0.45) / (1 + np.exp(-edge * width / (dpi * 0.12)))
    return np.asarray(lamp * shadow, dtype=np.float32)
