"""What paper, years and a scanner do to a page."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Pixels = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ageing:
    """Strength of each defect; the default is a fresh page in a good scanner.

    ``skew_deg`` turns the page; ``tint`` is the paper's colour; ``fade`` 0-1 takes toner away;
    ``blur_px`` at 200 dpi; ``noise`` is a standard deviation in grey levels; ``blotch`` the depth of
    uneven paper in grey levels; ``specks`` per page; ``jpeg_quality`` a first lossy save by the scanner.
    """

    skew_deg: float = 0.0
    tint: tuple[int, int, int] = (255, 255, 255)
    fade: float = 0.0
    blur_px: float = 0.45
    noise: float = 0.0
    blotch: float = 0.0
    specks: int = 0
    edge_shadow: bool = False
    jpeg_quality: int | None = None


CLEAN = Ageing()
GOOD = Ageing(skew_deg=0.25, tint=(253, 252, 248), blur_px=0.5, noise=1.5, specks=6, jpeg_quality=85)
WORN = Ageing(-0.7, (246, 240, 224), 0.12, 0.6, 2.6, 5.0, 60, True, 75)
POOR = Ageing(1.0, (238, 228, 204), 0.25, 0.75, 4.0, 9.0, 160, True, 60)


def smooth_noise(size: tuple[int, int], cell_px: float, rng: np.random.Generator) -> Pixels:
    """Noise of mean 0 and deviation about 1 that changes over ``cell_px`` pixels; shape (height, width)."""
    width, height = size
    coarse = rng.standard_normal((max(2, round(height / cell_px)), max(2, round(width / cell_px))))
    image = Image.fromarray(coarse.astype(np.float32))
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC), dtype=np.float32)


def aged(image: Image.Image, ageing: Ageing, dpi: int, rng: np.random.Generator) -> Image.Image:
    """The page after its years: turned, yellowed, faded, blurred, specked and saved by a scanner."""
    if ageing == Ageing(blur_px=0):
        return image
    pixels: Pixels = np.asarray(image, dtype=np.float32) / np.float32(255)
    pixels = 1 - (1 - pixels) * np.float32(1 - ageing.fade)
    pixels *= np.asarray(ageing.tint, dtype=np.float32)
    if ageing.blotch:
        stain = smooth_noise(image.size, dpi * 1.2, rng) * np.float32(ageing.blotch / 512)
        pixels *= 1 - np.abs(stain)[..., None]
    if ageing.specks:
        _speck(pixels, ageing.specks, dpi, rng)
    turned = _image(pixels).rotate(ageing.skew_deg, Image.Resampling.BICUBIC, fillcolor=ageing.tint)
    soft = turned.filter(ImageFilter.GaussianBlur(ageing.blur_px * dpi / 200))
    return _scanned(soft, ageing, dpi, rng)


def _scanned(image: Image.Image, ageing: Ageing, dpi: int, rng: np.random.Generator) -> Image.Image:
    pixels = np.array(image, dtype=np.float32)
    if ageing.edge_shadow:
        depth = np.exp(-np.arange(image.width, dtype=np.float32) / (dpi * 0.06)) * 110
        pixels -= depth[None, :, None]
    if ageing.noise:
        grain = rng.standard_normal(pixels.shape[:2], dtype=np.float32) * np.float32(ageing.noise)
        pixels += grain[..., None]
    out = _image(pixels)
    if ageing.jpeg_quality is None:
        return out
    buffer = io.BytesIO()
    out.save(buffer, "JPEG", quality=ageing.jpeg_quality)
    with Image.open(buffer) as saved:
        return saved.convert("RGB")


def _speck(pixels: Pixels, count: int, dpi: int, rng: np.random.Generator) -> None:
    """Dust: small dark dots of one to three pixels at 200 dpi."""
    height, width = pixels.shape[:2]
    for _ in range(count):
        x, y = int(rng.integers(0, width - 4)), int(rng.integers(0, height - 4))
        side = int(rng.integers(1, 4) * dpi / 200)
        pixels[y : y + side, x : x + side] *= rng.uniform(0.3, 0.8)


def _image(pixels: Pixels) -> Image.Image:
    return Image.fromarray(pixels.clip(0, 255).round().astype(np.uint8))
