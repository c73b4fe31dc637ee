"""Files that a PDF carries: in its list of embedded files, and behind annotations of its pages."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # ships no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]  # ships no types

from ocr.errors import Unreadable

_LONGEST_NAME = 120
_UNNAMED = "?"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside another: its name without control characters, and its bytes."""

    name: str
    data: bytes


def has_any(document: pdfium.PdfDocument) -> bool:
    """Whether the document lists embedded files; those behind annotations are found by ``on_page``."""
    return int(pdfium_c.FPDFDoc_GetAttachmentCount(document)) > 0


def on_page(page: pdfium.PdfPage) -> bool:
    """Whether an annotation of the page carries a file."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if annotation:
            subtype = pdfium_c.FPDFAnnot_GetSubtype(annotation)
            pdfium_c.FPDFPage_CloseAnnot(annotation)
            if subtype == pdfium_c.FPDF_ANNOT_FILEATTACHMENT:
                return True
    return False


def names(path: Path) -> tuple[str, ...]:
    """The names of all files that the PDF carries, in the order of ``take``; raises ``Unreadable``."""
    try:
        with pikepdf.open(path) as document:
            return tuple(_name(key, entry) for key, entry in _entries(document))
    except Exception as error:
        raise Unreadable("broken", f"attachments cannot be listed ({type(error).__name__})") from error


def take(path: Path, place: int, max_bytes: int) -> Attached:
    """The file at that place, 0-based; raises ``Unreadable`` where it is not there, broken or too large."""
    try:
        with pikepdf.open(path) as document:
            key, entry = list(_entries(document))[place]
            return Attached(_name(key, entry), _bytes(entry, max_bytes))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("broken", f"an attachment cannot be taken out ({type(error).__name__})") from error


def _entries(document: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Keys and file specifications (ISO 32000-1, 7.11.3)."""
    listed = document.Root.get("/Names", pikepdf.Dictionary()).get("/EmbeddedFiles")
    if listed is not None:
        yield from ((str(key), entry) for key, entry in pikepdf.NameTree(listed).items())
    for page in document.pages:
        annotations: Any = page.obj.get("/Annots", [])
        for annotation in list(annotations):
            if annotation.get("/Subtype") == "/FileAttachment" and "/FS" in annotation:
                yield "", annotation["/FS"]


def _name(key: str, entry: Any) -> str:
    named = entry.get("/UF") or entry.get("/F") if isinstance(entry, pikepdf.Dictionary) else entry
    said = unicodedata.normalize("NFC", str(named) if isinstance(named, pikepdf.String) else key)
    plain = "".join(sign for sign in said if not unicodedata.category(sign).startswith("C"))
    return plain.strip()[:_LONGEST_NAME] or _UNNAMED


def _bytes(entry: Any, max_bytes: int) -> bytes:
    """The embedded file, unpacked no further than the limit."""
    files = entry["/EF"]
    stream = next(files[key] for key in ("/UF", "/F", "/Unix", "/DOS", "/Mac") if key in files)
    raw = stream.read_raw_bytes()
    if stream.get("/Filter") in ("/FlateDecode", None) and "/DecodeParms" not in stream:
        unpack = zlib.decompressobj()
        data = raw if stream.get("/Filter") is None else unpack.decompress(raw, max_bytes + 1)
    else:
        data = stream.read_bytes()
    if len(data) > max_bytes:
        raise Unreadable("too_large", f"an attachment of more than {max_bytes} bytes")
    return data
