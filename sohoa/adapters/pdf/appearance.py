"""Annotations turned into pictures that look like them: stamps, notes, signature appearances.

Each group of overlapping annotations is drawn alone, by pdfium, and comes back as pixels with alpha, so
that fonts which were never embedded do no harm and forms, links and scripts can be dropped.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from sohoa.adapters.pdf import document
from sohoa.adapters.pdf.geometry import Rect, clusters, intersection, number, union
from sohoa.adapters.pdf.render import Pixels, Renderer, Unrenderable, rendering

_DPI = 300
_HIDDEN, _NO_VIEW = 2, 32
_UNDRAWN = (Name.Popup, Name.Link)
_LINKS = ("/P", "/Popup", "/IRT", "/A", "/AA", "/Dest", "/StructParent")
_ROOT_LINKS = ("/Dests", "/Names", "/Outlines", "/OpenAction", "/AA", "/StructTreeRoot", "/Threads")


@dataclass(frozen=True, slots=True)
class Appearance:
    """What a group of annotations looks like: pixels with alpha over a rectangle of user space."""

    page_number: int
    rect: Rect
    pixels: Pixels


def appearances(path: Path) -> list[Appearance]:
    """All visible annotations of a file; an empty list where there are none.

    Raises ``Unrenderable`` when pdfium cannot draw them, ``pikepdf.PdfError`` when the file is broken.
    """
    with pikepdf.open(path) as pdf:
        groups = [
            (number, rect, members)
            for number, page in enumerate(pdf.pages, 1)
            for rect, members in _groups(page.obj)
        ]
        if not groups:
            return []
        drawn = _alone(pdf, groups)
    with rendering(drawn) as renderer:
        found = [_drawn(renderer, sheet, *group[:2]) for sheet, group in enumerate(groups, 1)]
    return [appearance for appearance in found if appearance is not None]


def place(pdf: Pdf, page: pikepdf.Page, found: list[Appearance]) -> None:
    """Draw appearances of one page on it."""
    content = []
    for index, appearance in enumerate(found):
        name = f"/SohoaMark{index}"
        document.resource(page, Name.XObject, name, _image(pdf, appearance.pixels))
        left, bottom, right, top = appearance.rect
        matrix = (right - left, 0.0, 0.0, top - bottom, left, bottom)
        content.append(f"q {' '.join(number(value) for value in matrix)} cm {name} Do Q")
    document.add_over(pdf, page, "\n".join(content).encode("ascii"))


def _groups(page: Object) -> list[tuple[Rect, list[Object]]]:
    frame = document.frame(page)
    visible = (frame.left, frame.bottom, frame.left + frame.width, frame.bottom + frame.height)
    seen: list[tuple[Rect, Object]] = []
    annotations = page.get(Name.Annots)
    for annotation in list(annotations) if isinstance(annotations, Array) else []:
        rect = document.rectangle(annotation.get(Name.Rect)) if _is_drawn(annotation) else None
        shown = intersection(rect, visible) if rect else None
        if shown:
            seen.append((shown, annotation))
    groups = clusters([rect for rect, _ in seen])
    return [(union([seen[i][0] for i in group]), [seen[i][1] for i in group]) for group in groups]


def _is_drawn(annotation: Object) -> bool:
    if not isinstance(annotation, Dictionary) or annotation.get(Name.Subtype) in _UNDRAWN:
        return False
    try:
        flags = int(annotation.get(Name.F, 0))
    except (TypeError, ValueError):
        flags = 0
    return not flags & (_HIDDEN | _NO_VIEW)


def _alone(pdf: Pdf, groups: list[tuple[int, Rect, list[Object]]]) -> bytes:
    """A PDF with one empty page for each group, as large as the group."""
    for page in pdf.pages:
        for annotation in page.obj.get(Name.Annots, Array()):
            _drop(annotation, _LINKS)
    _drop(pdf.Root, _ROOT_LINKS)
    sheets = [_sheet(pdf, rect, members) for _, rect, members in groups]
    while len(pdf.pages):
        del pdf.pages[-1]
    for sheet in sheets:
        pdf.pages.append(pikepdf.Page(sheet))
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def _sheet(pdf: Pdf, rect: Rect, members: list[Object]) -> Object:
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([round(side, 4) for side in rect]),
            Resources=Dictionary(),
            Annots=Array(members),
        )
    )


def _drop(obj: Object, keys: tuple[str, ...]) -> None:
    if isinstance(obj, Dictionary):
        for key in keys:
            if key in obj:
                del obj[key]


def _drawn(renderer: Renderer, sheet: int, page_number: int, rect: Rect) -> Appearance | None:
    try:
        pixels = renderer.page_rgba(sheet, _DPI)
    except Unrenderable:
        return None
    return Appearance(page_number, rect, pixels) if pixels[..., 3].any() else None


def _image(pdf: Pdf, pixels: Pixels) -> Object:
    height, width = pixels.shape[:2]
    mask = _stream(pdf, pixels[..., 3], width, height, Name.DeviceGray)
    image = _stream(pdf, pixels[..., :3], width, height, Name.DeviceRGB)
    image.SMask = mask
    return image


def _stream(pdf: Pdf, samples: Pixels, width: int, height: int, space: Name) -> Object:
    stream = pdf.make_stream(zlib.compress(np.ascontiguousarray(samples).tobytes(), 9))
    stream.stream_dict.Filter = Name.FlateDecode
    for key, value in (("/Type", Name.XObject), ("/Subtype", Name.Image), ("/ColorSpace", space)):
        stream[key] = value
    stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
    return stream
