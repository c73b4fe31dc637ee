"""A sealer as in production, in a folder of the test's own, and synthetic scans to seal."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path

from ocr.page import Box, Line, Page, Source, Word
from ocr.process.pool import WorkerPool
from sohoa.adapters.pdf.local_pki import LocalTestPki
from sohoa.adapters.pdf.values import SigningPolicy
from sohoa.adapters.sealer import Appearance, PdfSealer
from sohoa.ports import FileFacts, Sealed, SealRequest, SourceFile

FONT = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
ORGAN = "Ủy ban nhân dân tỉnh Sông Lam"
AT = datetime(2026, 3, 5, 9, 7, 8, tzinfo=timezone(timedelta(hours=7)))
A4_PX = (1654, 2339)


@contextmanager
def sealing(folder: Path, *, no_room: str = "strip") -> Iterator[PdfSealer]:
    """A sealer with one worker process and a test PKI below the folder."""
    with WorkerPool(1, 3072) as pool:
        yield sealer_with_test_key(pool, folder / "pki", no_room=no_room)


def sealer_with_test_key(
    pool: WorkerPool, keys: Path, *, font: Path = FONT, no_room: str = "strip", profile: str = "tt05-archive"
) -> PdfSealer:
    """A sealer with the test key, at level B-B."""
    pki = LocalTestPki(keys)
    policy = SigningPolicy("B-B", "", timedelta(minutes=5), pki.roots())
    return PdfSealer(pool, pki, Appearance(profile, font, no_room), policy)


def seal(
    sealer: PdfSealer, path: Path, pages: Sequence[Page], *, kind: str = "pdf", organ: str = ORGAN
) -> Sealed:
    """Seal a file with the usual request."""
    request = SealRequest("Z99.01", organ, "abcdefghijklmnop", "0f" * 32, "Thử <&> nghiệm", lambda: AT)
    return sealer.seal([SourceFile(path, FileFacts(kind, kind, len(pages)))], pages, request)


def read_page(
    *texts: str, number: int = 1, source: Source = Source.OCR, size: tuple[int, int] = A4_PX, dpi: int = 200
) -> Page:
    """A page with one line for each text, evenly set in the middle of the page."""
    lines = [_line(text, size[1] // 3 + index * 60) for index, text in enumerate(texts)]
    return Page(number, size[0], size[1], dpi, source, tuple(lines))


def _line(text: str, y: int) -> Line:
    words, x = [], 200
    for word in text.split():
        words.append(Word(word, Box(x, y, 16 * len(word), 34), 0.9))
        x += 16 * (len(word) + 1)
    return Line(tuple(words))


def tool(*command: str | Path) -> str:
    """What a command of poppler's prints."""
    run = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True)
    return run.stdout
