"""A PDF made fit for the archive, gently: page content and image streams stay as they are.

What PDF/A forbids or an archive copy must not carry is not copied: actions, scripts, embedded files,
links, forms, private data. Only keys named here survive (ISO 32000-1, 7.7.2 and 7.7.3).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from sohoa.adapters.pdf.geometry import Frame, Rect, intersection

_ROOT_KEYS = ("/Type", "/Pages")
_TRAILER_KEYS = ("/Root", "/Size", "/ID")
_TREE_KEYS = ("/Type", "/Parent", "/Kids", "/Count")
_PAGE_KEYS = (
    "/Type",
    "/Parent",
    "/Resources",
    "/MediaBox",
    "/CropBox",
    "/Contents",
    "/Rotate",
    "/UserUnit",
    "/Group",
)
_XOBJECT_DROPS = (
    "/Interpolate",
    "/Alternates",
    "/OPI",
    "/PS",
    "/Ref",
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/Measure",
    "/PtData",
    "/StructParent",
    "/StructParents",
)
# Optional since PDF/A-2, but wrong in many files (ISO 19005-2, 6.2.11.4.2).
_FONT_DROPS = ("/CIDSet", "/CharSet")
_CONTENT_KEYS = ("/Length", "/Filter", "/DecodeParms")
_DEFAULT_BOX = (0.0, 0.0, 612.0, 792.0)


def rewritten(path: Path) -> bytes:
    """A damaged file with its structure written anew; raises ``pikepdf.PdfError``."""
    with pikepdf.open(path) as pdf:
        stream = io.BytesIO()
        pdf.save(stream)
        return stream.getvalue()


def clean(pdf: Pdf) -> None:
    """Drop everything but the pages' content, in place."""
    _keep(pdf.Root, _ROOT_KEYS)
    _keep(pdf.trailer, _TRAILER_KEYS)
    for page in pdf.pages:
        _keep(page.obj, _PAGE_KEYS)
        _mend_page(page.obj)
        for stream in _content_streams(page.obj):
            _keep(stream, _CONTENT_KEYS)
    for obj in pdf.objects:
        if isinstance(obj, Stream) and obj.get(Name.Subtype) in (Name.Image, Name.Form):
            _drop(obj, _XOBJECT_DROPS)
        elif isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.FontDescriptor:
            _drop(obj, _FONT_DROPS)
        elif isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.Pages:
            _keep(obj, _TREE_KEYS)


def hides_content(pdf: Pdf) -> bool:
    """Whether optional content may be hidden: without its settings, the page would look different."""
    settings = pdf.Root.get(Name.OCProperties)
    default = settings.get(Name.D) if isinstance(settings, Dictionary) else None
    if not isinstance(default, Dictionary):
        return False
    return bool(default.get(Name.OFF) or default.get(Name.AS)) or default.get(Name.BaseState) == Name.OFF


def _content_streams(page: Object) -> list[Stream]:
    contents = page.get(Name.Contents)
    parts = list(contents) if isinstance(contents, Array) else [contents]
    return [part for part in parts if isinstance(part, Stream)]


def _drop(obj: Object, keys: Sequence[str]) -> None:
    for key in keys:
        if key in obj:
            del obj[key]


def _keep(obj: Object, keys: Sequence[str]) -> None:
    for key in [key for key in obj.keys() if key not in keys]:  # noqa: SIM118 - not a dict
        del obj[key]


def _mend_page(page: Object) -> None:
    """Boxes as numbers, rotation a multiple of 90: what viewers assume where a file says nonsense."""
    page.MediaBox = Array([round(value, 4) for value in _box(page, "/MediaBox") or _DEFAULT_BOX])
    crop = _box(page, "/CropBox")
    if crop is None or intersection(crop, _media(page)) is None:
        if Name.CropBox in page:
            del page[Name.CropBox]
    else:
        page.CropBox = Array([round(value, 4) for value in crop])
    page.Rotate = rotation(page)
    if not isinstance(page.get(Name.Resources), Dictionary):
        page.Resources = Dictionary()


def frame(page: Object) -> Frame:
    """The page's visible box, rotation and unit."""
    media = _media(page)
    left, bottom, right, top = intersection(_box(page, "/CropBox") or media, media) or media
    return Frame(left, bottom, right - left, top - bottom, rotation(page), user_unit(page))


def rotation(page: Object) -> int:
    """The page's rotation: 0, 90, 180 or 270 degrees clockwise."""
    try:
        turned = int(page.get(Name.Rotate, 0))
    except (TypeError, ValueError):
        return 0
    return turned % 360 if turned % 90 == 0 else 0


def user_unit(page: Object) -> float:
    """The page's unit in points."""
    try:
        unit = float(page.get(Name.UserUnit, 1))
    except (TypeError, ValueError):
        return 1.0
    return unit if unit > 0 else 1.0


def _media(page: Object) -> Rect:
    return _box(page, "/MediaBox") or _DEFAULT_BOX


def _box(page: Object, key: str) -> Rect | None:
    return rectangle(page.get(key))


def rectangle(value: Object | None) -> Rect | None:
    """A PDF rectangle, normalised; None for anything else or an empty one."""
    if not isinstance(value, Array) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(side) for side in value)
    except (TypeError, ValueError):
        return None
    box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
    return box if box[0] < box[2] and box[1] < box[3] else None


def add_under(pdf: Pdf, page: pikepdf.Page, content: bytes) -> None:
    """Put content below everything on the page."""
    page.contents_add(pdf.make_stream(content), prepend=True)


def add_over(pdf: Pdf, page: pikepdf.Page, content: bytes) -> None:
    """Put content above everything on the page, in untouched user space."""
    surplus = sum({b"q": 1, b"Q": -1}[bytes(op)] for op in _stack_operators(page))
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    page.contents_add(pdf.make_stream(b"\n" + b"Q " * (1 + max(surplus, 0)) + b"\n" + content))


def _stack_operators(page: pikepdf.Page) -> Iterator[bytes]:
    for instruction in pikepdf.parse_content_stream(page, "q Q"):
        yield str(instruction.operator).encode("ascii")


def resource(page: pikepdf.Page, kind: Name, name: str, value: Object) -> None:
    """Give the page a resource of its own; shared dictionaries of other pages stay as they are."""
    shared = page.obj.get(Name.Resources, Dictionary())
    resources = Dictionary(dict(shared.items()))
    group = resources.get(kind)
    members = Dictionary(dict(group.items()) if isinstance(group, Dictionary) else {})
    members[name] = value
    resources[kind] = members
    page.obj.Resources = resources
