"""Plain values that cross between the process that opens files and the one that holds the key."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sohoa.ports import BlockPlace


@dataclass(frozen=True, slots=True)
class DeriveOptions:
    """What the archive copy must carry besides its pages.

    ``block_width`` and ``block_height`` are the visible block's size in points, 0 for none.
    ``no_room`` is ``strip`` or ``invisible``: what to do where page 1 has no free place for it.
    ``corner`` is the top corner where the block belongs: ``left`` or ``right``.
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
    corner: str = "right"


@dataclass(frozen=True, slots=True)
class PdfSource:
    """One file of the document that is copied; ``kind`` is pdf, tiff, jpeg or png."""

    path: Path
    kind: str
    pages: int


@dataclass(frozen=True, slots=True)
class Derived:
    """The unsigned archive copy; ``block`` is ``margin``, ``strip`` or ``invisible``.

    ``unlike`` are the pages that do not look as the original's.
    """

    pdf: bytes
    block: str
    placement: BlockPlace | None
    notes: tuple[str, ...]
    unlike: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """A signing identity: certificate and issuers up to the root (DER), and what signs with the key.

    ``name`` is the certificate's common name; ``sign`` gives the signature of the data's SHA-256 (RSA
    PKCS #1 v1.5, or ECDSA as DER) and raises ``Unavailable`` where the key is away.
    """

    name: str
    certificate: bytes
    issuers: tuple[bytes, ...]
    sign: Callable[[bytes], bytes] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class KeySource:
    """Where a key is; what opens it is in ``secret_file``, and only the signing process reads that.

    ``place`` is the PKCS #12 file or the PKCS #11 module, ``token`` and ``label`` name the key on a token,
    ``refused`` is the folder where it is noted that a token refused a PIN.
    """

    kind: str
    place: Path
    secret_file: Path
    token: str
    label: str
    refused: Path


@dataclass(frozen=True, slots=True)
class SigningPolicy:
    """How seals are made: PAdES level (ETSI EN 319 142-1), URL of the TSA (RFC 3161), trusted roots (DER).

    ``tolerance`` is how far a time-stamp may be from the printed time.
    """

    level: str
    tsa: str
    tolerance: timedelta
    roots: tuple[bytes, ...]
