"""What kind of document a file is, by content and not by name, within limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ocr.errors import Unreadable
from ocr.image import decode
from ocr.source.pdf import sheets

_HEAD_BYTES = 1024


class Kind(StrEnum):
    """The formats that are taken."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"


_EXTENSIONS = {Kind.PDF: "pdf", Kind.TIFF: "tif", Kind.JPEG: "jpg", Kind.PNG: "png"}
_SIGNATURES = (
    (b"II*\0", Kind.TIFF),
    (b"MM\0*", Kind.TIFF),
    (b"II+\0", Kind.TIFF),
    (b"MM\0+", Kind.TIFF),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on untrusted files: bytes of the file, its pages, pixels of one page."""

    max_bytes: int = 524_288_000
    max_pages: int = 2_000
    max_page_pixels: int = 120_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file is: its kind, the extension to store it under, its page count.

    ``born_digital`` are the numbers of pages that bear text and no scan: they are read in no time.
    ``carries_files`` says that other files are attached to it.
    """

    kind: Kind
    extension: str
    pages: int
    born_digital: frozenset[int] = frozenset()
    carries_files: bool = False


def inspect(path: Path, limits: Limits = Limits()) -> Facts:
    """Look into an untrusted file; every image frame is decoded to its end.

    Raises ``Unreadable`` for everything that is not a whole, openable document within the limits.
    """
    size_bytes = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head:
        raise Unreadable("empty")
    kind = _kind(head)
    if size_bytes > limits.max_bytes:
        raise Unreadable("too_large", f"{size_bytes} bytes, limit {limits.max_bytes}")
    if kind is Kind.PDF:
        return Facts(kind, _EXTENSIONS[kind], *sheets.check(path, limits.max_pages, limits.max_page_pixels))
    return Facts(kind, _EXTENSIONS[kind], decode.check(path, limits.max_pages, limits.max_page_pixels))


def _kind(head: bytes) -> Kind:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if b"%PDF" in head:
        return Kind.PDF
    raise Unreadable("not_a_document")
