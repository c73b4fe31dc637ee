"""Sheets that two pages share, as copiers and book scanners make them, and landscape sheets of one page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from PIL import Image

_MM_PER_INCH = 25.4
_PAPER = (252, 251, 247)


class Crease(StrEnum):
    """What shows between the pages."""

    NONE = "none"
    SHADOW = "shadow"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Joint:
    """How two pages lie side by side.

    ``apart_mm`` is paper put between them, or, below 0, cut off each page's inner margin. ``skew_deg`` turns
    the sheet counter-clockwise; ``half`` has A5 pages on A4 rather than A4 pages on A3.
    """

    apart_mm: float = 0.0
    crease: Crease = Crease.NONE
    skew_deg: float = 0.0
    half: bool = False


def two_up(left: Image.Image | None, right: Image.Image | None, dpi: int, joint: Joint) -> Image.Image:
    """The two pages on one sheet at ``dpi``, None for a blank one; the pages were painted at that ``dpi``."""
    some = left or right
    if some is None:
        raise ValueError("a sheet needs a page")
    blank = Image.new("RGB", some.size, _PAPER)
    pages = [page or blank for page in (left, right)]
    if joint.half:
        size = round(some.width / 2**0.5), round(some.height / 2**0.5)
        pages = [page.resize(size, Image.Resampling.LANCZOS) for page in pages]
    apart = round(joint.apart_mm * dpi / _MM_PER_INCH)
    width, height = pages[0].size
    sheet = Image.new("RGB", (2 * width + (apart if apart > 0 else 2 * apart), height), _PAPER)
    cut = max(0, -apart)
    sheet.paste(pages[0].crop((0, 0, width - cut, height)), (0, 0))
    sheet.paste(pages[1].crop((cut, 0, width, height)), (sheet.width - width + cut, 0))
    return _creased(sheet, dpi, joint.crease).rotate(
        joint.skew_deg, Image.Resampling.BICUBIC, fillcolor=_PAPER
    )


def _creased(sheet: Image.Image, dpi: int, crease: Crease) -> Image.Image:
    if crease is Crease.NONE:
        return sheet
    away = np.abs(np.arange(sheet.width) - sheet.width / 2) * _MM_PER_INCH / dpi
    light = np.where(away < 0.3, 0.25, 1.0) if crease is Crease.LINE else 1 - 0.75 * np.exp(-away / 2.5)
    pixels = np.asarray(sheet, dtype=np.float32) * light[None, :, None]
    return Image.fromarray(pixels.round().astype(np.uint8))
