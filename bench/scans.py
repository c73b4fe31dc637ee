"""Scanned pages for the benches of reading, some with what they say."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import img2pdf  # type: ignore[import-untyped]  # ships no types
from PIL import Image
from rapidfuzz.distance import Levenshtein

from ocr.errors import Unreadable
from ocr.image.raster import Raster
from ocr.source import files
from ocr.source.pdf import sheets

MOST_PIXELS = 120_000_000
_QUALITY = 85


@dataclass(frozen=True)
class Scan:
    """One scanned page: where it is from, its pixels, its text where somebody transcribed it."""

    path: Path
    number: int
    raster: Raster
    text: str = ""


def scans(data: Path, transcripts: Path, most: int) -> Iterator[Scan]:
    """At most so many scanned pages below ``data``: transcribed ones, then others of their folders."""
    chosen = list(_transcribed(data, transcripts))
    known = {(path, number) for path, number, _ in chosen}
    folders = sorted({path.parent for path, _, _ in chosen}) or [data]
    others = (found for folder in folders for found in _pages(folder))
    chosen += [(path, number, "") for path, number in others if (path, number) not in known]
    given = 0
    for path, number, text in chosen:
        if given == most:
            return
        raster = sheets.sheet(path, number, MOST_PIXELS).raster
        if raster.scan is not None:
            given += 1
            yield Scan(path, number, raster, text)


def _transcribed(data: Path, transcripts: Path) -> Iterator[tuple[Path, int, str]]:
    for transcript in sorted(transcripts.glob("*.json")):
        truth = json.loads(transcript.read_text(encoding="utf-8"))
        stem = transcript.stem.rsplit(".p", 1)[0]
        path = next((found for found in sorted(data.rglob("*.pdf")) if found.stem == stem), None)
        if path is not None:
            yield path, truth["page"], truth["text"]


def _pages(data: Path) -> Iterator[tuple[Path, int]]:
    for path in sorted(data.rglob("*.pdf")):
        try:
            count = files.inspect(path).pages
        except Unreadable:
            continue
        yield from ((path, number) for number in range(1, count + 1))


def as_pdf(pages: list[Scan]) -> bytes:
    """The pages as one PDF of JPEG pictures without text, as a scanner delivers it."""
    pictures = []
    for page in pages:
        buffer = io.BytesIO()
        dpi = page.raster.dpi
        Image.fromarray(page.raster.pixels).save(buffer, "JPEG", quality=_QUALITY, dpi=(dpi, dpi))
        pictures.append(buffer.getvalue())
    return bytes(img2pdf.convert(pictures))


def character_errors(read: str, truth: str) -> float:
    """Share of characters that are wrong, white space apart."""
    plain, wanted = (
        re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip() for text in (read, truth)
    )
    return Levenshtein.distance(plain, wanted) / max(1, len(wanted))
