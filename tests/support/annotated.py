"""PDFs on which something was put later: annotations and form fields, with drawings of several sorts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pikepdf
from fontTools.pens.basePen import BasePen  # type: ignore[import-untyped]  # ships no types
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types
from fpdf import FPDF
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageDraw

from tests.support.scanmaker.typeface import Face, font, width_pt

POINTS_PER_MM = 72 / 25.4
HIDDEN = 2
_PRINTED = 4
_PUSH_BUTTON = 1 << 16
_PICTURE_DPI = 200

Ink = tuple[int, int, int]
RED, BLUE, BLACK = (205, 40, 45), (30, 50, 180), (20, 20, 20)


class How(StrEnum):
    """What a drawing is made of."""

    TEXT = "text"
    PICTURE = "picture"
    OUTLINES = "outlines"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A wording in so many frames, millimetres wide and high."""

    wording: str
    size_mm: tuple[float, float] = (30, 10)
    how: How = How.TEXT
    ink: Ink = RED
    frames: int = 2
    size_pt: float = 13

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points."""
        return self.size_mm[0] * POINTS_PER_MM, self.size_mm[1] * POINTS_PER_MM


def put_on(
    pdf: bytes,
    subtype: str,
    drawing: Drawing | None,
    at_mm: tuple[float, float],
    *,
    size_mm: tuple[float, float] = (30, 10),
    says: str = "",
    flags: int = _PRINTED,
) -> bytes:
    """The PDF with an annotation on its first page, its top left corner at the place.

    ``subtype`` is that of ISO 32000-1, or ``Tx`` and ``Btn`` for form fields; ``says`` is its value or
    contents.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        wide, high = drawing.size if drawing else (side * POINTS_PER_MM for side in size_mm)
        left = float(page.cropbox[0]) + at_mm[0] * POINTS_PER_MM
        top = float(page.cropbox[3]) - at_mm[1] * POINTS_PER_MM
        annotation = Dictionary(
            Type=Name.Annot, Rect=Array([round(side, 3) for side in (left, top - high, left + wide, top)])
        )
        annotation.F = flags
        field = subtype in ("Tx", "Btn")
        annotation.Subtype = Name.Widget if field else Name(f"/{subtype}")
        if drawing:
            annotation.AP = Dictionary(N=form_of(document, drawing))
        if says:
            annotation["/V" if field else "/Contents"] = String(says)
        kept = document.make_indirect(annotation)
        if field:
            kept.Ff = _PUSH_BUTTON if subtype == "Btn" else 0
            kept.FT, kept.T = Name(f"/{subtype}"), String(f"o{left:.0f}-{top:.0f}")
            form = document.Root.get("/AcroForm", Dictionary(Fields=Array()))
            form.Fields.append(kept)
            document.Root.AcroForm = form
        page.obj.Annots = Array([*page.obj.get("/Annots", Array()), kept])
        return saved(document)


def saved(document: Pdf) -> bytes:
    """The document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def turned(pdf: bytes, degrees: int) -> bytes:
    """The same to a viewer, but stored lying: turned, and with the key that turns it back."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        wide, high = float(page.mediabox[2]), float(page.mediabox[3])
        matrix = {
            90: (0, 1, -1, 0, high, 0),
            180: (-1, 0, 0, -1, wide, high),
            270: (0, -1, 1, 0, 0, wide),
        }[degrees]
        a, b, c, d, e, f = matrix
        page.contents_add(document.make_stream(f"q {a} {b} {c} {d} {e} {f} cm\n".encode()), prepend=True)
        page.contents_add(document.make_stream(b"\nQ"))
        page.obj.MediaBox = Array([0, 0, wide, high] if degrees == 180 else [0, 0, high, wide])
        page.obj.Rotate = degrees
        annotations: Any = page.obj.get("/Annots", Array())
        for annotation in annotations:
            x0, y0, x1, y1 = (float(side) for side in annotation.Rect)
            us, vs = zip(
                *((a * x + c * y + e, b * x + d * y + f) for x, y in ((x0, y0), (x1, y1))), strict=True
            )
            annotation.Rect = Array([round(side, 3) for side in (min(us), min(vs), max(us), max(vs))])
            if "/AP" in annotation:
                annotation.AP.N.Matrix = Array([a, b, c, d, 0, 0])
        return saved(document)


def form_of(document: Pdf, drawing: Drawing) -> pikepdf.Object:
    """The drawing as a form of the document."""
    made = {How.TEXT: _text, How.PICTURE: _picture, How.OUTLINES: _outlines}[drawing.how](drawing)
    with pikepdf.open(io.BytesIO(made)) as single:
        form = document.copy_foreign(single.pages[0].as_form_xobject())
    form.Matrix = Array([1, 0, 0, 1, 0, 0])
    return form


def _sheet(drawing: Drawing) -> FPDF:
    sheet = FPDF(unit="pt", format=drawing.size)
    sheet.set_auto_page_break(False)
    sheet.set_margin(0)
    sheet.add_page()
    return sheet


def _framed(drawing: Drawing) -> FPDF:
    sheet = _sheet(drawing)
    wide, high = drawing.size
    sheet.set_draw_color(*drawing.ink)
    sheet.set_text_color(*drawing.ink)
    sheet.set_line_width(1.0)
    for frame in range(drawing.frames):
        edge = (0.5 + frame) * POINTS_PER_MM
        sheet.rect(edge, edge, wide - 2 * edge, high - 2 * edge)
    return sheet


def _text(drawing: Drawing) -> bytes:
    sheet = _framed(drawing)
    wide, high = drawing.size
    sheet.add_font("Tinos", "", Face.BOLD.file)
    sheet.set_font("Tinos", "", drawing.size_pt)
    length = width_pt(drawing.wording, Face.BOLD, drawing.size_pt)
    sheet.text((wide - length) / 2, high / 2 + 0.35 * drawing.size_pt, drawing.wording)
    return bytes(sheet.output())


def _picture(drawing: Drawing) -> bytes:
    scale = _PICTURE_DPI / 25.4
    wide, high = (round(side * scale) for side in drawing.size_mm)
    picture = Image.new("RGB", (wide, high), "white")
    draw = ImageDraw.Draw(picture)
    for frame in range(drawing.frames):
        edge = round((0.5 + frame) * scale)
        draw.rectangle((edge, edge, wide - 1 - edge, high - 1 - edge), outline=drawing.ink, width=3)
    letters = font(Face.BOLD, drawing.size_pt * _PICTURE_DPI / 72)
    draw.text((wide / 2, high / 2), drawing.wording, font=letters, fill=drawing.ink, anchor="mm")
    sheet = _sheet(drawing)
    sheet.image(Image.fromarray(np.asarray(picture)), 0, 0, *drawing.size)
    return bytes(sheet.output())


class _Paths(BasePen):  # type: ignore[misc]  # the library has no types
    """Glyphs as operators of a content stream."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.operators: list[str] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - the library's name
        self.operators.append(f"{pt[0]:.1f} {pt[1]:.1f} m")

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - the library's name
        self.operators.append(f"{pt[0]:.1f} {pt[1]:.1f} l")

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802 - the library's name
        self.operators.append(" ".join(f"{x:.1f} {y:.1f}" for x, y in points) + " c")

    def _closePath(self) -> None:  # noqa: N802 - the library's name
        self.operators.append("h")


def outlines(wording: str, at: tuple[float, float], size_pt: float, ink: Ink) -> bytes:
    """Content that draws the wording as filled paths, its baseline beginning at the place in points."""
    face = TTFont(Face.BOLD.file)
    glyphs, names, scale = face.getGlyphSet(), face.getBestCmap(), size_pt / face["head"].unitsPerEm
    x = at[0]
    content = ["q", " ".join(f"{part / 255:.3f}" for part in ink) + " rg"]
    for letter in wording:
        glyph = glyphs[names[ord(letter)]]
        pen = _Paths(glyphs)
        glyph.draw(pen)
        content.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.2f} {at[1]:.2f} cm")
        content += [*pen.operators, "f Q"] if pen.operators else ["Q"]
        x += glyph.width * scale
    return "\n".join([*content, "Q"]).encode()


def _outlines(drawing: Drawing) -> bytes:
    wide, high = drawing.size
    length = width_pt(drawing.wording, Face.BOLD, drawing.size_pt)
    at = (wide - length) / 2, high / 2 - 0.35 * drawing.size_pt
    with pikepdf.open(io.BytesIO(bytes(_framed(drawing).output()))) as single:
        page = single.pages[0]
        page.contents_add(single.make_stream(outlines(drawing.wording, at, drawing.size_pt, drawing.ink)))
        return saved(single)


def with_attachment(pdf: bytes, name: str, data: bytes, *, on_page: bool = False) -> bytes:
    """The PDF with a file in its list of embedded files, or behind an annotation of its first page."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if on_page:
            file = document.make_stream(data)
            file.Type = Name.EmbeddedFile
            named = Dictionary(Type=Name.Filespec, UF=String(name), F=String(name), EF=Dictionary(F=file))
            pin = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([500, 20, 515, 40]))
            pin.FS = document.make_indirect(named)
            document.pages[0].obj.Annots = Array([document.make_indirect(pin)])
        else:
            document.attachments[name] = data
        return saved(document)


def with_content(pdf: bytes, drawing: Drawing, at_mm: tuple[float, float], *, layer: str = "") -> bytes:
    """The PDF with the drawing in its first page's content.

    ``layer`` puts it into one that is "on" or "off", or "reversed": shown only while that layer is off.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        form = form_of(document, drawing)
        page.add_resource(form, Name.XObject, Name.Drawing)
        left = at_mm[0] * POINTS_PER_MM
        bottom = float(page.mediabox[3]) - at_mm[1] * POINTS_PER_MM - drawing.size[1]
        content = f"q 1 0 0 1 {left:.2f} {bottom:.2f} cm /Drawing Do Q"
        if layer:
            group = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("1")))
            member = Dictionary(Type=Name.OCMD, OCGs=group, P=Name.AllOff)
            named = document.make_indirect(member) if layer == "reversed" else group
            page.add_resource(named, Name.Properties, Name.Layer)
            content = f"/OC /Layer BDC {content} EMC"
            off = Array([group] if layer == "off" else [])
            document.Root.OCProperties = Dictionary(
                OCGs=Array([group]), D=Dictionary(OFF=off, Order=Array([group]))
            )
        page.contents_add(document.make_stream(b"q "), prepend=True)
        page.contents_add(document.make_stream(f"\nQ\n{content}\n".encode()))
        return saved(document)


def cropped(pdf: bytes, top_mm: float = 0, left_mm: float = 0) -> bytes:
    """The PDF with a margin of its first page cut off from view."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        x0, y0, x1, y1 = (float(side) for side in page.mediabox)
        page.obj.CropBox = Array(
            [round(side, 2) for side in (x0 + left_mm * POINTS_PER_MM, y0, x1, y1 - top_mm * POINTS_PER_MM)]
        )
        return saved(document)
