"""Text layers as other programs leave them: unseen over scans, and with wrong maps from signs to letters."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import repeat

import pikepdf
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from tests.support.scanmaker.born_digital import draw, opened
from tests.support.scanmaker.document import Document
from tests.support.scanmaker.layout import HEIGHT_PT, WIDTH_PT
from tests.support.scanmaker.typesetting import sheets_of

_QUALITY = 70
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?=\n|endbfchar|<)")


def with_layer(
    pictures: Sequence[Image.Image],
    document: Document,
    *,
    mode: TextMode = TextMode.INVISIBLE,
    times: int = 1,
    under: bool = False,
    gray: float = 0.0,
) -> bytes:
    """A PDF of the pictures with the words of the document as their layer, over them or ``under`` them.

    ``gray`` is the letters' colour, 0 for black and 1 for white, where the ``mode`` shows them.
    """
    pdf = opened(document)
    pdf.set_image_filter("DCTDecode")
    pdf.set_text_color(round(255 * gray))
    for picture, sheet in zip(pictures, sheets_of(document), strict=True):
        pdf.add_page()
        if not under:
            _place(pdf, picture)
        with pdf.local_context(text_mode=mode):
            for _ in repeat(None, times):
                draw(pdf, sheet)
        if under:
            _place(pdf, picture)
    return bytes(pdf.output())


def _place(pdf: FPDF, picture: Image.Image) -> None:
    jpeg = io.BytesIO()
    picture.save(jpeg, "JPEG", quality=_QUALITY)
    pdf.image(jpeg, 0, 0, WIDTH_PT, HEIGHT_PT)


def remapped(pdf: bytes, means: Callable[[str, str], str], rename: Callable[[str], str] = str) -> bytes:
    """The PDF, drawn as before, whose fonts say other letters.

    ``means`` gives for a font's name and a letter what the font says it is, ``rename`` the font's new name.
    """
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                name = str(item.BaseFont).lstrip("/")
                told = _told(item.ToUnicode.read_bytes(), partial(means, name))
                item.ToUnicode = document.make_stream(told)
                _rename(item, rename(name))
        document.save(out, static_id=True)
    return out.getvalue()


def _rename(font: pikepdf.Object, name: str) -> None:
    own = font.DescendantFonts[0]
    for holder, key in ((font, "/BaseFont"), (own, "/BaseFont"), (own.FontDescriptor, "/FontName")):
        holder[key] = pikepdf.Name(f"/{name}")


def _told(cmap: bytes, means: Callable[[str], str]) -> bytes:
    head, body = cmap.split(b"endcodespacerange", 1)

    def changed(pair: re.Match[bytes]) -> bytes:
        letter = bytes.fromhex(pair[2].decode()).decode("utf-16-be")
        code = means(letter).encode("utf-16-be").hex().upper().encode()
        return b"<%s> <%s>" % (pair[1], code)

    return head + b"endcodespacerange" + _PAIR.sub(changed, body)
