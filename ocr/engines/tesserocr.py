"""Tesseract inside the process, by tesserocr."""

from __future__ import annotations

import unicodedata
from typing import Any

import tesserocr  # type: ignore[import-untyped]  # ships no types

from ocr.engines.engine import EngineLine
from ocr.engines.tessdata import tessdata
from ocr.image.raster import Gray
from ocr.page import Box, Word

_SURE = 4.0
_MIN_SIDE = 3


class TesserocrEngine:
    """Keeps the loaded model for the life of the object; about 80 MB."""

    def __init__(self, language: str) -> None:
        self._folder = f"{tessdata(language)}/"
        self._language = language
        self._api = tesserocr.PyTessBaseAPI(path=self._folder, lang=language, psm=tesserocr.PSM.AUTO)
        self._turner: Any = None

    def recognise(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        return self._read(image, dpi, tesserocr.PSM.AUTO)

    def recognise_block(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        return self._read(image, dpi, tesserocr.PSM.SINGLE_BLOCK)

    def recognise_line(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        return self._read(image, dpi, tesserocr.PSM.SINGLE_LINE)

    def quarter_turns(self, image: Gray, dpi: int) -> int:
        """Needs the model ``osd``; 0 without it."""
        if self._turner is None:
            try:
                folder = tessdata("osd")
            except FileNotFoundError:
                return 0
            self._turner = tesserocr.PyTessBaseAPI(path=f"{folder}/", lang="osd", psm=tesserocr.PSM.OSD_ONLY)
        _give(self._turner, image, dpi)
        found = self._turner.DetectOrientationScript()
        self._turner.Clear()
        if not found or found["orient_conf"] < _SURE:
            return 0
        return int(found["orient_deg"]) // 90 % 4

    def version(self) -> str:
        return f"tesseract {tesserocr.tesseract_version().split()[1]} ({self._language})"

    def _read(self, image: Gray, dpi: int, segmentation: int) -> tuple[EngineLine, ...]:
        if min(image.shape) < _MIN_SIDE:
            return ()
        self._api.SetPageSegMode(segmentation)
        _give(self._api, image, dpi)
        try:
            return _lines(self._api) if self._api.Recognize() else ()
        finally:
            self._api.Clear()


def _give(api: Any, image: Gray, dpi: int) -> None:
    height, width = image.shape
    api.SetImageBytes(image.tobytes(), width, height, 1, width)
    api.SetSourceResolution(dpi)


def _lines(api: Any) -> tuple[EngineLine, ...]:
    lines: list[list[Word]] = []
    level = tesserocr.RIL.WORD
    for item in tesserocr.iterate_level(api.GetIterator(), level):
        if item.Empty(level):
            continue
        if item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) or not lines:
            lines.append([])
        text = unicodedata.normalize("NFC", item.GetUTF8Text(level)).strip()
        if text:
            left, top, right, bottom = item.BoundingBox(level)
            confidence = min(1.0, max(0.0, item.Confidence(level) / 100))
            lines[-1].append(Word(text, Box(left, top, right - left, bottom - top), confidence))
    return tuple(tuple(line) for line in lines if line)
