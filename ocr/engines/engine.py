"""The port of recognition engines."""

from __future__ import annotations

from typing import Protocol

from ocr.image.raster import Gray
from ocr.page import Word

EngineLine = tuple[Word, ...]


class Engine(Protocol):
    """Turns pixels into words; not safe for threads, one per worker process."""

    def recognise(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        """Words of a page grouped in lines, in the engine's order, boxes in the image's pixels.

        ``image`` has the shape (height, width), 0 is black. No empty line, no empty word.
        """
        ...

    def recognise_block(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        """Words of a crop that holds one block of print, or nothing."""
        ...

    def recognise_line(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        """Words of a crop that holds one printed line, or nothing."""
        ...

    def quarter_turns(self, image: Gray, dpi: int) -> int:
        """How many quarter turns counter-clockwise bring the page upright; 0 unless the engine is sure."""
        ...

    def version(self) -> str:
        """Name and version of engine and model, for the record's provenance."""
        ...
