"""Tesseract as a command, by pytesseract: for machines whose tesserocr wheel does not load."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytesseract import (  # type: ignore[import-untyped]  # ships no types
    get_tesseract_version,
    pytesseract,
)

from ocr.engines.engine import EngineLine
from ocr.engines.tessdata import tessdata
from ocr.image.raster import Gray
from ocr.page import Box, Word

_SURE = 4.0
_MIN_SIDE = 3
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
_AUTO, _OSD_ONLY, _SINGLE_BLOCK, _SINGLE_LINE = 3, 0, 6, 7


class PytesseractEngine:
    """One call of the command a page; pixels and text stay in anonymous memory, never in a file."""

    def __init__(self, language: str) -> None:
        self._folder = tessdata(language)
        self._language = language

    def recognise(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        return self._read(image, dpi, _AUTO)

    def recognise_block(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        return self._read(image, dpi, _SINGLE_BLOCK)

    def recognise_line(self, image: Gray, dpi: int) -> tuple[EngineLine, ...]:
        return self._read(image, dpi, _SINGLE_LINE)

    def quarter_turns(self, image: Gray, dpi: int) -> int:
        """Needs the model ``osd``; 0 without it."""
        try:
            folder = tessdata("osd")
            printed = _run(image, "osd", f"--psm {_OSD_ONLY} --dpi {dpi} --tessdata-dir {folder}", "osd")
        except (FileNotFoundError, pytesseract.TesseractError):
            return 0
        turn = re.search(r"Orientation in degrees: (\d+)", printed)
        sure = re.search(r"Orientation confidence: ([\d.]+)", printed)
        if not turn or not sure or float(sure[1]) < _SURE:
            return 0
        return int(turn[1]) // 90 % 4

    def version(self) -> str:
        return f"tesseract {get_tesseract_version()} ({self._language})"

    def _read(self, image: Gray, dpi: int, segmentation: int) -> tuple[EngineLine, ...]:
        if min(image.shape) < _MIN_SIDE:
            return ()
        settings = f"--psm {segmentation} --dpi {dpi} --tessdata-dir {self._folder} -c tessedit_create_tsv=1"
        return _lines(_run(image, self._language, settings, "tsv"))


def _run(image: Gray, language: str, settings: str, extension: str) -> str:
    """The command's output; it reads and writes memory files through links in a private folder."""
    height, width = image.shape
    with (
        tempfile.TemporaryDirectory(dir=_SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None) as folder,
        _memory_file(f"{folder}/page.pgm", b"P5 %d %d 255\n" % (width, height) + image.tobytes()) as _,
        _memory_file(f"{folder}/text.{extension}", b"") as output,
    ):
        pytesseract.run_tesseract(f"{folder}/page.pgm", f"{folder}/text", extension, language, settings)
        output.seek(0)
        return output.read().decode("utf-8", "replace")


@contextmanager
def _memory_file(link: str, content: bytes) -> Iterator[io.FileIO]:
    descriptor = os.memfd_create("tesseract")
    with os.fdopen(descriptor, "r+b", buffering=0) as memory:
        rest = memoryview(content)
        while rest:
            rest = rest[memory.write(rest) :]
        Path(link).symlink_to(f"/proc/{os.getpid()}/fd/{descriptor}")
        yield memory


def _lines(table: str) -> tuple[EngineLine, ...]:
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = unicodedata.normalize("NFC", row.get("text") or "").strip()
        if row["level"] == "5" and text:
            left, top, width, height = (int(row[name]) for name in ("left", "top", "width", "height"))
            confidence = min(1.0, max(0.0, float(row["conf"]) / 100))
            line = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), [])
            line.append(Word(text, Box(left, top, width, height), confidence))
    return tuple(tuple(words) for words in lines.values())
