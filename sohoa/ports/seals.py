"""The signed archive copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ocr.page import Page
from sohoa.ports.recognition import SourceFile


@dataclass(frozen=True, slots=True)
class SealRequest:
    """What the sealed archive copy must show and carry.

    ``organ_name`` goes into the visible block; title, record id, sha256 of the original and tool versions go
    into XMP (the "distinct sign" of the law on e-transactions, art. 12). ``now`` tells the time: the copy
    may take minutes to make, and the block prints when it was signed.
    """

    agency: str
    organ_name: str
    record_id: str
    original_sha256: str
    title: str
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class BlockPlace:
    """Where the visible block stands on page 1, in user space units; ``rotation`` is the page's own."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int


LASTING = ("B-LT", "B-LTA")
"""Levels that hold revocation data; their time-stamps can be renewed."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A PDF/A-2b, signed unless ``unsealed`` says why not (then it waits for its signature).

    ``block`` is ``margin``, ``strip`` or ``invisible``, ``place`` where on page 1; ``notes`` say what was
    changed on the way, ``unlike`` are pages that do not look as the original's, ``until`` is
    how long its newest time-stamp proves its time.
    ``signer`` names the certificate whose SHA-256 is ``certificate``, ``level`` the PAdES level,
    ``signing_time`` is what the block prints; ``test_key`` is True for the local test key.
    """

    pdf: bytes
    block: str
    place: BlockPlace | None
    signer: str
    test_key: bool
    signing_time: datetime
    certificate: str = ""
    level: str = ""
    unsealed: str = ""
    notes: tuple[str, ...] = ()
    unlike: tuple[int, ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SealCheck:
    """Validation of our own signature: ``valid`` only when intact, whole-file and from a trusted key.

    ``record_id`` and ``original_sha256`` are what a valid copy says of itself in its XMP packet, ``level`` is
    what PAdES level its parts make up, ``certificate`` the SHA-256 of the signer's, ``until`` how
    long the newest time-stamp proves its time, None without one.
    """

    valid: bool
    problem: str
    signer: str
    record_id: str = ""
    original_sha256: str = ""
    level: str = ""
    signing_time: datetime | None = None
    certificate: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyState:
    """A signing key as it is now: for which agency (``*`` for all), until when, and what is wrong.

    A key with a ``problem`` seals nothing; a ``warning`` is for a person to act on in time.
    """

    agency: str
    signer: str
    certificate: str
    until: datetime
    problem: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class TextSeal:
    """A detached signature (CMS, DER) of a text, and the RFC 3161 token over it, empty without a TSA."""

    signature: bytes
    token: bytes


class Sealer(Protocol):
    """Makes the signed PDF/A copy and validates it."""

    @property
    def level(self) -> str:
        """The PAdES level that is set: B-B, B-T, B-LT or B-LTA; all but the first have a time-stamp."""
        ...

    def seal(self, files: Sequence[SourceFile], pages: Sequence[Page], request: SealRequest) -> Sealed:
        """PDF/A-2b with an invisible text layer, then one PAdES signature; the input is not changed.

        ``files`` are the document's files in order (one, except of folder documents), ``pages`` all their
        pages as read, numbered through. Where the key, the TSA or revocation data are away the copy is
        returned unsigned, and says so.
        """
        ...

    def complete(self, copy: Sealed, request: SealRequest) -> Sealed:
        """Sign a copy that waited for its signature; as it was, with the reason, where it has to wait on."""
        ...

    def renew(self, pdf: bytes) -> tuple[bytes, SealCheck]:
        """The sealed copy with a further time-stamp, and what it is worth then.

        Raises ``Unavailable`` with the reason where that cannot be done, or would prove nothing for longer.
        """
        ...

    def unsigned(self, pdf: bytes) -> SealCheck:
        """What a copy that waits for its signature says of itself; ``valid`` when it bears no signature."""
        ...

    def sign_text(self, text: bytes, at: datetime) -> TextSeal:
        """Sign and time-stamp a text in the site's name; raises ``Unavailable`` where that cannot be done."""
        ...

    def check_text(self, text: bytes, seal: TextSeal) -> SealCheck:
        """Validate what ``sign_text`` made."""
        ...

    def keys(self, at: datetime) -> Sequence[KeyState]:
        """Every key that is configured, checked now: validity, usage, key, chain and revocation."""
        ...

    def check(self, pdf: bytes) -> SealCheck:
        """Validate the signature of an archive copy."""
        ...

    def exposed_keys(self) -> Sequence[str]:
        """Folders and files of signing keys that others than their owner can open, with their modes."""
        ...
