"""How a scan comes: as it should, or turned, two pages on a sheet, a negative, mislabelled, stamped.

Each is a thing that scanners, converters and office programs do to good papers.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from itertools import zip_longest

import pikepdf
from PIL import Image, ImageOps

from tests.support.annotated import Drawing, How, put_on
from tests.support.scanmaker import Document, as_born_digital
from tests.support.scanmaker.two_up import Crease, Joint, two_up

_SECRECY = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
_ANNOTATIONS = ("Stamp", "FreeText", "Tx")


class Carrier(StrEnum):
    """What is odd about the file."""

    PLAIN = "plain"
    TURNED = "turned"  # the pixels lie on their head or side
    PIXELS_AS_POINTS = "pixels_as_points"  # the page's box counts pixels
    CLAIMED = "claimed"  # a resolution that cannot be
    USER_UNIT = "user_unit"  # the page's box counts inches
    NEGATIVE = "negative"  # white on black
    FOREIGN_LAYER = "foreign_layer"  # a text below the picture, of another number and day
    STAMPED = "stamped"  # a secrecy mark put on as an annotation
    TWO_UP = "two_up"  # two pages on a sheet


ODD = tuple(carrier for carrier in Carrier if carrier is not Carrier.PLAIN)
Write = Callable[[Sequence[Image.Image], int], bytes]


def carried(
    carrier: Carrier,
    document: Document,
    pages: Sequence[Image.Image],
    dpi: int,
    write: Write,
    chance: random.Random,
) -> bytes:
    """The pages as such a file; ``write`` makes a PDF of pages and their resolution."""
    match carrier:
        case Carrier.TURNED:
            turn = chance.choice((90, 180, 270))
            return write([page.rotate(turn, expand=True) for page in pages], dpi)
        case Carrier.PIXELS_AS_POINTS:
            return write(pages, 72)
        case Carrier.CLAIMED:
            return write(pages, chance.choice([claim for claim in (96, 600, 1200) if claim != dpi]))
        case Carrier.USER_UNIT:
            return _in_inches(write(pages, dpi))
        case Carrier.NEGATIVE:
            return write([ImageOps.invert(page.convert("RGB")) for page in pages], dpi)
        case Carrier.FOREIGN_LAYER:
            return _above(write(pages, dpi), as_born_digital(_another(document, chance)))
        case Carrier.STAMPED:
            drawing = Drawing(chance.choice(_SECRECY), how=chance.choice(list(How)))
            at = chance.choice(((22, 8), (150, 12), (90, 60)))
            return put_on(write(pages, dpi), chance.choice(_ANNOTATIONS), drawing, at)
        case Carrier.TWO_UP:
            joint = Joint(chance.uniform(-6, 8), chance.choice(list(Crease)), chance.uniform(-0.8, 0.8))
            pairs = zip_longest(pages[::2], pages[1::2])
            return write([two_up(left, right, dpi, joint) for left, right in pairs], dpi)
        case Carrier.PLAIN:
            return write(pages, dpi)


def _another(document: Document, chance: random.Random) -> Document:
    """The paper with another number and day, as a bad recognition leaves them."""
    number = str(chance.randrange(1, 900)) if document.number else ""
    issued = document.issued and document.issued - timedelta(days=chance.randrange(1, 400))
    return replace(document, number=number, issued=issued)


def _above(scan: bytes, text: bytes) -> bytes:
    """The scan's pages over those of the text, as programs leave what they recognised."""
    with pikepdf.open(io.BytesIO(scan)) as below, pikepdf.open(io.BytesIO(text)) as layer:
        for page, words in zip(below.pages, layer.pages, strict=False):
            page.add_underlay(words, pikepdf.Rectangle(page.mediabox))
        return _saved(below)


def _in_inches(pdf: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            page.contents_add(b"q 0.0138888889 0 0 0.0138888889 0 0 cm", prepend=True)
            page.contents_add(b"Q")
            page.mediabox = pikepdf.Array([0, 0, round(width / 72, 4), round(height / 72, 4)])
            page.obj.UserUnit = 72
        return _saved(document)


def _saved(document: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer, static_id=True)
    return buffer.getvalue()
