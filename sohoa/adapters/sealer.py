"""Port ``Sealer``: the copy is made in a limited worker process, signed and validated here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from ocr.errors import WorkerFault
from ocr.page import Page
from sohoa.adapters.pdf import block as visible
from sohoa.adapters.pdf.signing import sign
from sohoa.adapters.pdf.validation import check_seal
from sohoa.adapters.pdf.values import Derived, DeriveOptions, Identity, PdfSource
from sohoa.domain.errors import Misconfigured, Unavailable
from sohoa.domain.local_time import VIETNAM
from sohoa.ports import SealCheck, Sealed, SealRequest, SourceFile

_PROFILES = ("tt05-archive",)
_BASE_SECONDS, _SECONDS_A_PAGE = 60.0, 10.0


class Workers(Protocol):
    """The part of the worker pool that is used here."""

    def call(self, function: str, *args: Any, timeout_s: float) -> Any:
        """Run ``package.module:name`` in a worker process."""
        ...


class Pki(Protocol):
    """Whose key signs, and which certificates are trusted."""

    @property
    def is_test(self) -> bool:
        """Whether outputs must be marked TEST."""
        ...

    def roots(self) -> tuple[bytes, ...]:
        """Trusted certificates, DER."""
        ...

    def identity(self, agency: str, organ_name: str) -> Identity:
        """The agency's signing identity."""
        ...

    def exposed(self) -> Sequence[str]:
        """Folders and files of keys that others than their owner can open, with their modes."""
        ...


class PdfSealer:
    """Makes signed PDF/A-2b copies by profile ``tt05-archive``."""

    def __init__(self, pool: Workers, pki: Pki, font: Path, no_room: str, profile: str) -> None:
        if profile not in _PROFILES:
            raise Misconfigured(f"profile {profile} cannot be sealed: known are {', '.join(_PROFILES)}")
        self._pool = pool
        self._pki = pki
        self._font = font
        self._no_room = no_room

    def seal(self, files: Sequence[SourceFile], pages: Sequence[Page], request: SealRequest) -> Sealed:
        """PDF/A-2b with an invisible text layer, then one PAdES B-B signature; the input is not changed.

        Raises ``Rejected`` for a file that cannot be drawn, ``Unavailable`` when the worker died.
        """
        at = request.signing_time.astimezone(VIETNAM).replace(microsecond=0)
        test_key = self._pki.is_test
        block = visible.block(self._font, request.organ_name, at, test_key=test_key)
        derived = self._derive(files, pages, self._options(request, at, block))
        identity = self._pki.identity(request.agency, request.organ_name)
        stamp = None
        if derived.placement is not None:
            drawn = visible.draw(self._font, block, derived.placement.rotation)
            stamp = drawn, derived.placement
        return Sealed(
            pdf=sign(derived.pdf, identity, at, stamp),
            block=derived.block,
            signer=identity.name,
            test_key=test_key,
            notes=derived.notes,
        )

    def check(self, pdf: bytes) -> SealCheck:
        """Validate the signature of an archive copy."""
        return check_seal(pdf, self._pki.roots())

    def exposed_keys(self) -> Sequence[str]:
        """Folders and files of signing keys that others than their owner can open, with their modes."""
        return self._pki.exposed()

    def _derive(self, files: Sequence[SourceFile], pages: Sequence[Page], options: DeriveOptions) -> Derived:
        seconds = _BASE_SECONDS + _SECONDS_A_PAGE * max(len(pages), sum(file.facts.pages for file in files))
        parts = tuple(PdfSource(file.path, file.facts.kind, file.facts.pages) for file in files)
        arguments = (parts, tuple(pages), options)
        try:
            derived = self._pool.call("sohoa.adapters.pdfa:derive", *arguments, timeout_s=seconds)
        except WorkerFault as error:
            raise Unavailable(f"the archive copy was not made: {error}") from error
        if not isinstance(derived, Derived):
            raise Unavailable("the worker's answer is not an archive copy")
        return derived

    def _options(self, request: SealRequest, at: datetime, block: visible.Block) -> DeriveOptions:
        return DeriveOptions(
            title=request.title,
            organ_name=request.organ_name,
            record_id=request.record_id,
            original_sha256=request.original_sha256,
            signing_time=at,
            test_key=self._pki.is_test,
            tools=self._tools,
            block_width=block.width,
            block_height=block.height,
            no_room=self._no_room,
        )

    @cached_property
    def _tools(self) -> str:
        names = ("sohoa", "pikepdf", "img2pdf", "pypdfium2", "pyhanko")
        return ", ".join(f"{name} {version(name)}" for name in names)
