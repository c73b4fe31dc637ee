"""Pages of invented papers (``bench.corpus_papers``) with something put on them, as plain pictures.

Forms and sizes of the marks: Thông tư 24/2020/TT-BCA; what offices do instead of them is invented.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bench.corpus_papers import papers
from bench.secrecy_texts import FOREIGN
from tests.support.scanmaker.ageing import GOOD, Ageing, aged
from tests.support.scanmaker.document import Document
from tests.support.scanmaker.hard import EFFECTS
from tests.support.scanmaker.painting import render_document
from tests.support.scanmaker.typeface import FOLDER, Face, font
from tests.support.scanmaker.typesetting import sheets_of

Place = tuple[float, float]
"""Middle of a mark, as shares of the page's width and height."""

RED, BLUE, VIOLET, BLACK = (206, 22, 34), (28, 52, 158), (70, 52, 150), (22, 22, 24)
TOP, FOOT = 0.035, 0.965
"""Where marks are printed at the edges of a page."""

_PAINT_DPI = 200
_UNAGED = Ageing(blur_px=0)
_RECIPIENTS = 1


@dataclass(frozen=True)
class Imprint:
    """A mark as it is put on the page: ``depth`` of its ink 0 to 1, ``frames`` around it, degrees turned.

    ``at`` None is the free place below the number. ``spacing`` are blanks between letters; ``hollow``
    letters are outlines; a ``field`` is white letters on painted ground.
    """

    text: str
    at: Place | None = None
    ink: tuple[int, int, int] = RED
    depth: float = 0.88
    frames: int = 2
    size_pt: float = 13.0
    turned: float = 0.0
    face: str = "Tinos-Bold"
    spacing: int = 0
    hollow: bool = False
    field: bool = False


@dataclass(frozen=True)
class Scan:
    """How the page is scanned; ``photo`` is by a camera held askew, in uneven light.

    ``effects`` are what the scan maker's hard pages do to it, by their names.
    """

    dpi: int = 150
    tone: str = "colour"
    ageing: Ageing = GOOD
    photo: bool = False
    effects: tuple[str, ...] = ()
    jpeg: int | None = None


@dataclass(frozen=True)
class Way:
    """What is put on a page and how it is scanned; ``words`` are added to its text, ``page`` is 1 or 2.

    Papers of few paragraphs are read faster.
    """

    imprints: tuple[Imprint, ...] = ()
    scan: Scan = Scan()
    words: tuple[str, ...] = ()
    page: int = 1
    paragraphs: int = 1
    heading: tuple[str, ...] = ()
    foreign: str = ""


@dataclass(frozen=True)
class Case:
    """One page: the name of its way, whether it bears a mark, its picture as a file's bytes."""

    name: str
    secret: bool
    picture: bytes
    suffix: str

    def write(self, path: Path) -> Path:
        """Writes it; returns the path with its ending."""
        target = path.with_suffix(self.suffix)
        target.write_bytes(self.picture)
        return target


def drawn(name: str, way: Way, chance: random.Random, *, secret: bool) -> Case:
    """The page of that way; all chance comes from the generator."""
    rng = np.random.default_rng(chance.randrange(2**32))
    page, below = _foreign(way.foreign, chance) if way.foreign else _page(way, chance)
    for imprint in way.imprints:
        _put(page, imprint, imprint.at or below, rng)
    scanned = _scanned(page, way.scan, rng)
    buffer = io.BytesIO()
    dpi = (way.scan.dpi, way.scan.dpi)
    if way.scan.jpeg is None:
        scanned.save(buffer, "PNG", dpi=dpi)
        return Case(name, secret, buffer.getvalue(), ".png")
    scanned.save(buffer, "JPEG", quality=way.scan.jpeg, dpi=dpi)
    return Case(name, secret, buffer.getvalue(), ".jpg")


def _page(way: Way, chance: random.Random) -> tuple[Image.Image, Place]:
    """The page before it is stamped and scanned, and the free place below its number."""
    document = _document(way, chance)
    sheets = sheets_of(document)
    image = render_document(document, _UNAGED, _PAINT_DPI, chance.randrange(10_000))[way.page - 1]
    x, y = sheets[0].below_number or (100.0, 150.0)
    width, height = image.width / _PAINT_DPI * 72, image.height / _PAINT_DPI * 72
    below = ((x + 96) / width, (y + 14) / height)
    return image, below if way.page == 1 else (chance.uniform(0.3, 0.7), TOP)


def _document(way: Way, chance: random.Random) -> Document:
    paper = next(iter(papers(1, chance.randrange(10_000))))
    stripped = replace(paper.document, impressions=(), incoming=(), canary=(), co_signers=())
    document = replace(
        stripped, recipients=stripped.recipients[:_RECIPIENTS], addressees=stripped.addressees[:1]
    )
    body = [text for text in document.body[: way.paragraphs] if text]
    for text in way.words:
        body.insert(chance.randrange(len(body) + 1), text)
    while way.page > len(sheets_of(replace(document, body=tuple(body)))):
        body += document.body
    if way.heading:
        return replace(document, body=tuple(body), subject=way.heading)
    return replace(document, body=tuple(body))


def _foreign(language: str, chance: random.Random) -> tuple[Image.Image, Place]:
    """A letter in another language: a sender's block, a boxed note, paragraphs."""
    title, box, *sentences = FOREIGN[language]
    image = Image.new("RGB", (1654, 2339), "white")
    draw = ImageDraw.Draw(image)
    draw.text((200, 160), title, BLACK, font(Face.BOLD, 46))
    left = chance.randrange(200, 1100)
    draw.rectangle((left, 290, left + chance.randrange(120, 420), 350), outline=BLACK, width=3)
    draw.text((left + 14, 300), box, BLACK, font(Face.BOLD, 34))
    for row in range(24):
        draw.text((200, 480 + 56 * row), chance.choice(sentences), BLACK, font(Face.REGULAR, 34))
    return image, (0.5, 0.5)


def _put(page: Image.Image, imprint: Imprint, at: Place, rng: np.random.Generator) -> None:
    """Lays the mark's ink over the page, as inks do; a painted field covers what is below."""
    tile = _tile(imprint)
    ground = Image.new("L", tile.size, 255) if imprint.field else tile
    turned, cover = (
        part.rotate(imprint.turned, Image.Resampling.BICUBIC, expand=True) for part in (tile, ground)
    )
    x = round(min(max(at[0] * page.width - turned.width / 2, 4), page.width - turned.width - 4))
    y = round(min(max(at[1] * page.height - turned.height / 2, 4), page.height - turned.height - 4))
    if imprint.field:
        page.paste(imprint.ink, (x, y), cover)
        page.paste((255, 255, 255), (x, y), turned)
        return
    grain = 1 - np.abs(rng.normal(0, 0.08, (turned.height, turned.width, 1)))
    share = np.asarray(turned, dtype=np.float32)[..., None] / 255 * imprint.depth * grain
    box = (x, y, x + turned.width, y + turned.height)
    below = np.asarray(page.crop(box), dtype=np.float32)
    mixed = below * (1 - share * (1 - np.asarray(imprint.ink, dtype=np.float32) / 255))
    page.paste(Image.fromarray(mixed.round().clip(0, 255).astype(np.uint8)), (x, y))


def _tile(imprint: Imprint) -> Image.Image:
    """The mark's own picture, level: how much ink is where."""
    mm = _PAINT_DPI / 25.4
    cut = _font(imprint.face, imprint.size_pt * _PAINT_DPI / 72)
    text = (" " * imprint.spacing).join(imprint.text) if imprint.spacing else imprint.text
    lines = text.split("\n")
    wide = max(cut.getlength(line) for line in lines)
    pad = imprint.size_pt / 13 * mm * (1.2 + imprint.frames) if imprint.frames or imprint.field else 2.0
    step = imprint.size_pt * _PAINT_DPI / 72 * 1.15
    tile = Image.new("L", (round(wide + 2 * pad + 2 * mm), round(step * len(lines) + 1.4 * pad)))
    draw = ImageDraw.Draw(tile)
    for frame in range(imprint.frames):
        inset = frame * mm
        edge = (inset, inset, tile.width - 1 - inset, tile.height - 1 - inset)
        draw.rectangle(edge, outline=255, width=max(2, round(0.35 * mm)))
    for row, line in enumerate(lines):
        middle = tile.width / 2, tile.height / 2 + (row - (len(lines) - 1) / 2) * step
        stroke = max(1, round(imprint.size_pt / 12)) if imprint.hollow else 0
        draw.text(
            middle, line, 0 if imprint.hollow else 255, cut, anchor="mm", stroke_width=stroke, stroke_fill=255
        )
    return tile


def _font(face: str, size_px: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"{face}.ttf", size_px, layout_engine=ImageFont.Layout.BASIC)


def _scanned(page: Image.Image, scan: Scan, rng: np.random.Generator) -> Image.Image:
    image = aged(page, scan.ageing, _PAINT_DPI, rng)
    if scan.photo:
        image = _photographed(image, rng)
    for name in scan.effects:
        image = EFFECTS[name](image, _PAINT_DPI, rng)
    if scan.dpi != _PAINT_DPI:
        size = (round(side * scan.dpi / _PAINT_DPI) for side in image.size)
        image = image.resize(tuple(size), Image.Resampling.LANCZOS)  # type: ignore[arg-type]
    if scan.tone == "colour":
        return image
    gray = image.convert("L")
    return gray if scan.tone == "gray" else gray.point(lambda level: 255 * (level > 170)).convert("1")


def _photographed(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Askew corners, light that falls from one side."""
    width, height = image.size
    off = rng.uniform(0, 0.02, 8) * width
    corners = (
        -off[0],
        -off[1],
        -off[2],
        height + off[3],
        width + off[4],
        height + off[5],
        width + off[6],
        -off[7],
    )
    askew = image.transform(
        image.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=(120, 110, 100)
    )
    light = np.linspace(1.0, rng.uniform(0.55, 0.8), width, dtype=np.float32)[None, :, None]
    lit = np.asarray(askew.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32) * light
    return Image.fromarray(lit.clip(0, 255).astype(np.uint8))
