"""Plain values that cross between the process that opens files and the one that holds the key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DeriveOptions:
    """What the archive copy must carry besides its pages.

    ``block_width`` and ``block_height`` are the visible block's size in points, 0 for none.
    ``no_room`` is ``strip`` or ``invisible``: what to do where page 1 has no free place for it.
    """

    title: str
    organ_name: str
    record_id: str
    original_sha256: str
    signing_time: datetime
    test_key: bool
    tools: str
    block_width: float = 0.0
    block_height: float = 0.0
    no_room: str = "strip"


@dataclass(frozen=True, slots=True)
class PdfSource:
    """One file of the document that is copied; ``kind`` is pdf, tiff, jpeg or png."""

    path: Path
    kind: str
    pages: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where the block stands on page 1: left, bottom, right, top in user space units.

    ``rotation`` (0, 90, 180 or 270) is the page's own, clockwise: the block is turned against it.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int


@dataclass(frozen=True, slots=True)
class Derived:
    """The unsigned archive copy; ``block`` is ``margin``, ``strip`` or ``invisible``."""

    pdf: bytes
    block: str
    placement: Placement | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identity:
    """A signing identity, all parts DER: certificate, private key (PKCS #8), issuers up to the root.

    ``name`` is the certificate's common name.
    """

    name: str
    certificate: bytes
    private_key: bytes = field(repr=False)
    issuers: tuple[bytes, ...]
