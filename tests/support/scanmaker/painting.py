"""Paints a document's sheets as scanned pages."""

from __future__ import annotations

import zlib

import numpy as np
from PIL import Image, ImageDraw

from tests.support.scanmaker import impressions as stamps
from tests.support.scanmaker.ageing import CLEAN, Ageing, aged, smooth_noise
from tests.support.scanmaker.document import Document, Impression
from tests.support.scanmaker.layout import (
    HEIGHT_PT,
    POINTS_PER_MM,
    WIDTH_PT,
    Piece,
    Sheet,
    Signature,
)
from tests.support.scanmaker.strokes import digits_tile, signature_tile
from tests.support.scanmaker.typeface import Face, font
from tests.support.scanmaker.typesetting import sheets_of

_TONER = (22, 22, 24)
_BLUE_INK = (28, 52, 158)
_RED_INK = (206, 22, 34)
_VIOLET_INK = (70, 52, 150)


def render_document(
    document: Document, ageing: Ageing = CLEAN, dpi: int = 200, seed: int = 1
) -> list[Image.Image]:
    """The pages as RGB images of A4 at ``dpi``; the same arguments give the same pixels."""
    return [
        _page(document, sheet, number, ageing, dpi, seed)
        for number, sheet in enumerate(sheets_of(document), start=1)
    ]


def _page(document: Document, sheet: Sheet, number: int, ageing: Ageing, dpi: int, seed: int) -> Image.Image:
    rng = np.random.default_rng([seed, number])
    canvas = _Canvas(dpi, rng)
    canvas.print(sheet)
    for signature in sheet.signatures if document.signed else ():
        canvas.sign(signature)
    if sheet.below_number:
        canvas.stamp(sheet.below_number, document)
    return aged(canvas.image, ageing, dpi, rng)


class _Canvas:
    """White paper that takes inks one over another; they multiply, as inks do."""

    def __init__(self, dpi: int, rng: np.random.Generator) -> None:
        self.dpi, self.rng, self.scale = dpi, rng, dpi / 72
        size = round(WIDTH_PT * self.scale), round(HEIGHT_PT * self.scale)
        self.image = Image.new("RGB", size, "white")

    def print(self, sheet: Sheet) -> None:
        """Toner, then the pen on the lines."""
        toner = Image.new("L", self.image.size)
        draw = ImageDraw.Draw(toner)
        for rule in sheet.rules:
            y = rule.y * self.scale
            draw.line((rule.x0 * self.scale, y, rule.x1 * self.scale, y), 255, max(1, round(self.dpi / 130)))
        pieces = [piece for line in sheet.lines for piece in line.pieces]
        for piece in pieces:
            if piece.face is Face.TYPED and not piece.pen:
                self._type(draw, piece)
            elif not piece.pen:
                cut = font(piece.face, piece.size_pt * self.scale)
                draw.text((piece.x * self.scale, piece.y * self.scale), piece.text, 255, cut, anchor="ls")
        self._lay(toner, (0, 0), _TONER, 1.0, uneven=0.0)
        for piece in pieces:
            if piece.pen:
                self._write(piece)

    def _type(self, draw: ImageDraw.ImageDraw, piece: Piece) -> None:
        """Letter by letter, none quite on the line."""
        cut, pitch = font(piece.face, piece.size_pt * self.scale), piece.width / len(piece.text)
        for struck in filter(None, (piece.text, piece.over * len(piece.text))):
            for place, letter in enumerate(struck):
                x = (piece.x + place * pitch) * self.scale
                y = (piece.y + float(self.rng.normal(0, 0.25))) * self.scale
                draw.text((x, y), letter, 255, cut, anchor="ls")
                if letter == "0":  # which typewriters do not stroke
                    middle, up = x + pitch * self.scale / 2, pitch * self.scale
                    eye = (middle - up * 0.13, y - up * 0.75, middle + up * 0.13, y - up * 0.38)
                    draw.ellipse(eye, 0)

    def _write(self, piece: Piece) -> None:
        height = piece.size_pt * 0.86 * self.scale
        tile = digits_tile(piece.text, height, self.rng)
        x, y = (piece.x - 2) * self.scale, piece.y * self.scale - height * 1.16
        self._lay(tile, (round(x), round(y)), _BLUE_INK, 0.95, uneven=0.1)

    def sign(self, signature: Signature) -> None:
        """The signer's own scribble, the same on all papers, and the seal over its left third."""
        x, y = signature.x * self.scale, signature.y * self.scale
        mm = self.dpi / 25.4
        width = 42 * mm
        tile = signature_tile(width, np.random.default_rng(zlib.crc32(signature.signer.encode())))
        self._lay(tile, (round(x - width / 2), round(y - tile.height / 2)), _BLUE_INK, 0.92, uneven=0.15)
        if not signature.seal:
            return
        lean = float(self.rng.normal(0, 5))
        round_seal = stamps.seal_tile(signature.seal, self.dpi).rotate(lean, Image.Resampling.BICUBIC)
        left = round(x - width / 2 + width / 3 - round_seal.width)
        top = round(y - round_seal.height / 2 + self.rng.normal(0, 1.2) * mm)
        self._lay(round_seal, (left, top), _RED_INK, 0.82, uneven=0.3)

    def stamp(self, at: tuple[float, float], document: Document) -> None:
        """The rubber stamps under the number."""
        for impression in document.impressions:
            if impression is Impression.INCOMING:
                self._incoming(at, document.incoming)
            else:
                self._framed(at, impression)

    def _framed(self, at: tuple[float, float], impression: Impression) -> None:
        kinds = {
            Impression.SECRET: stamps.SECRET,
            Impression.TOP_SECRET: stamps.TOP_SECRET,
            Impression.URGENT: stamps.URGENT,
            Impression.VERY_URGENT: stamps.VERY_URGENT,
            Impression.MOST_URGENT: stamps.MOST_URGENT,
        }
        tile = self._leaning(stamps.box_stamp_tile(kinds[impression], self.dpi))
        x, y = (at[0] + 24 * POINTS_PER_MM) * self.scale, (at[1] + 3) * self.scale
        self._lay(tile, (round(x), round(y)), _RED_INK, 0.88, uneven=0.16)

    def _incoming(self, at: tuple[float, float], entry: tuple[str, ...]) -> None:
        *agency, number, day = entry
        printed = self._leaning(stamps.incoming_tile(tuple(agency), self.dpi))
        pen = stamps.incoming_pen(number, day, self.dpi, self.rng)
        place = round((at[0] + 2) * self.scale), round((at[1] + 4) * self.scale)
        self._lay(printed, place, _VIOLET_INK, 0.85, uneven=0.25)
        self._lay(pen, place, _BLUE_INK, 0.95, uneven=0.1)

    def _leaning(self, tile: Image.Image) -> Image.Image:
        """Slightly turned, as pressed by hand."""
        return tile.rotate(float(self.rng.normal(0, 0.9)), Image.Resampling.BICUBIC, expand=True)

    def _lay(
        self, tile: Image.Image, at: tuple[int, int], ink: tuple[int, int, int], depth: float, uneven: float
    ) -> None:
        coverage = np.asarray(tile, dtype=np.float32) * np.float32(depth / 255)
        if uneven:
            patches = smooth_noise(tile.size, self.dpi / 12, self.rng) * uneven
            coverage = coverage * (1 - np.abs(patches)).clip(0.25, 1)
        box = (*at, at[0] + tile.width, at[1] + tile.height)
        below = np.asarray(self.image.crop(box), dtype=np.float32)
        tone = 1 - coverage[..., None] * (1 - np.asarray(ink, dtype=np.float32) / 255)
        mixed = Image.fromarray((below * tone).round().astype(np.uint8))
        self.image.paste(mixed, at)
