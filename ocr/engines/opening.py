"""Opens a recognition engine by its name."""

from __future__ import annotations

import functools

from ocr.engines.engine import Engine


@functools.cache
def open_engine(name: str, language: str) -> Engine:
    """The engine ``tesserocr`` or ``pytesseract``, kept for the life of the process."""
    if name == "tesserocr":
        from ocr.engines.tesserocr import TesserocrEngine

        return TesserocrEngine(language)
    if name == "pytesseract":
        from ocr.engines.pytesseract import PytesseractEngine

        return PytesseractEngine(language)
    raise ValueError(f"unknown engine {name!r}")
