"""The visible block of a signature, drawn as a small PDF/A-clean page.

No picture, Times New Roman or a metric equivalent, 10 pt, upright, black, not bold. What it says is the
profile's: ``tt05-archive`` (TT 05/2025/TT-BNV, art. 8) agency and time, ``nd30-copy`` (NĐ 30/2020, Phụ lục I,
part II) form of copy, agency and time, ``tthc`` (TT 01/2023/TT-VPCP) who scanned and when, top left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.fonts import TTFFont

from sohoa.domain.errors import Misconfigured

_FAMILY = "Block"
_SIZE_PT = 10
_LEADING_PT = 11.5
_MAX_WIDTH_PT = 190.0
PROFILES = ("tt05-archive", "nd30-copy", "tthc")
_COPY_FORM = "Sao y"
_TEST_LINE = "CHỮ KÝ THỬ NGHIỆM - TEST"


@dataclass(frozen=True, slots=True)
class Names:
    """The agency whose paper it is, and who signs by the certificate."""

    organ: str
    signer: str


@dataclass(frozen=True, slots=True)
class Block:
    """The block's lines and its size in points."""

    lines: tuple[str, ...]
    width: float
    height: float


def corner(profile: str) -> str:
    """The top corner of page 1 where the profile's block belongs."""
    return "left" if profile == "tthc" else "right"


def block(font: Path, profile: str, names: Names, signing_time: datetime, *, test_key: bool) -> Block:
    """The lines of the block; a long agency name is wrapped. Raises ``Misconfigured`` without the font."""
    form = [_COPY_FORM] if profile == "nd30-copy" else []
    name = names.signer if profile == "tthc" else names.organ
    test = [_TEST_LINE] if test_key else []
    texts = [*form, name, signing_time.isoformat(timespec="seconds"), *test]
    with _canvas(font) as canvas:
        lines = tuple(line for text in texts for line in _wrapped(canvas, text))
        width = max(canvas.get_string_width(line) for line in lines)
    return Block(lines, round(width + 1, 2), round(len(lines) * _LEADING_PT, 2))


def _wrapped(canvas: FPDF, text: str) -> list[str]:
    """Lines of at most the block's width, broken between words, within a word only if it is wider."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if canvas.get_string_width(longer) <= _MAX_WIDTH_PT:
            lines[-1] = longer
            continue
        lines.append("")
        for char in word:
            if canvas.get_string_width(lines[-1] + char) > _MAX_WIDTH_PT:
                lines.append("")
            lines[-1] += char
    return [line for line in lines if line]


def draw(font: Path, drawn: Block, rotation: int) -> bytes:
    """The block as a one-page PDF; turned against a page that is shown ``rotation`` degrees clockwise."""
    turned = rotation in (90, 270)
    size = (drawn.height, drawn.width) if turned else (drawn.width, drawn.height)
    with _canvas(font, size) as canvas:
        canvas.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))
        canvas.add_page()
        with canvas.rotation(rotation, *_pivot(drawn, rotation)):
            for index, line in enumerate(drawn.lines):
                canvas.text(0.5, (index + 0.8) * _LEADING_PT, line)
        return bytes(canvas.output())


def _pivot(drawn: Block, rotation: int) -> tuple[float, float]:
    """The point around which the upright block turns into the turned page."""
    return {
        0: (0.0, 0.0),
        90: (drawn.width / 2, drawn.width / 2),
        180: (drawn.width / 2, drawn.height / 2),
        270: (drawn.height / 2, drawn.height / 2),
    }[rotation]


@contextmanager
def _canvas(font: Path, size: tuple[float, float] = (200.0, 100.0)) -> Iterator[FPDF]:
    if not font.is_file():
        raise Misconfigured(f"seal.font: {font} does not exist; install the Tinos font or name another one")
    canvas = FPDF(unit="pt", format=size)
    canvas.set_margin(0)
    canvas.c_margin = 0
    canvas.set_auto_page_break(False)
    canvas.add_font(_FAMILY, "", str(font))
    canvas.set_font(_FAMILY, size=_SIZE_PT)
    try:
        yield canvas
    finally:
        for opened in canvas.fonts.values():
            if isinstance(opened, TTFFont):
                opened.ttfont.close()
