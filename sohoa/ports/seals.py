"""The signed archive copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ocr.page import Page
from sohoa.ports.recognition import SourceFile


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What the sealed archive copy must show and carry.

    ``organ_name`` and ``signing_time`` go into the visible block; ``metadata`` into XMP (title, record
    id, sha256 of the original, tool versions: the "distinct sign" of the law on e-transactions, art. 12).
    """

    agency: str
    organ_name: str
    record_id: str
    original_sha256: str
    title: str
    signing_time: datetime


@dataclass(frozen=True, slots=True)
class Sealed:
    """A signed PDF/A-2b; ``block`` is ``margin``, ``strip`` or ``invisible``; ``notes`` are findings.

    ``signer`` names the certificate; ``test_key`` is True for the local test key.
    """

    pdf: bytes
    block: str
    signer: str
    test_key: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SealCheck:
    """Validation of our own signature: ``valid`` only when intact, whole-file and from a trusted key.

    ``record_id`` and ``original_sha256`` are what a valid copy says of itself in its XMP packet.
    """

    valid: bool
    problem: str
    signer: str
    record_id: str = ""
    original_sha256: str = ""


class Sealer(Protocol):
    """Makes the signed PDF/A copy and validates it."""

    def seal(self, files: Sequence[SourceFile], pages: Sequence[Page], request: SealRequest) -> Sealed:
        """PDF/A-2b with an invisible text layer, then one PAdES B-B signature; the input is not changed.

        ``files`` are the document's files in order (one, except of folder documents), ``pages`` all their
        pages as read, numbered through.
        """
        ...

    def check(self, pdf: bytes) -> SealCheck:
        """Validate the signature of an archive copy."""
        ...

    def exposed_keys(self) -> Sequence[str]:
        """Folders and files of signing keys that others than their owner can open, with their modes."""
        ...
