"""Port ``Sealer``: the copy is made in a limited worker process, signed and validated here.

What bears the name of a seal was validated after it was made, at the level that is set; everything else waits
for its signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from ocr.errors import WorkerFault
from ocr.page import Page
from sohoa.adapters.pdf import block as visible
from sohoa.adapters.pdf.fit_keys import FitKeys
from sohoa.adapters.pdf.renewal import renewed
from sohoa.adapters.pdf.signing import sign
from sohoa.adapters.pdf.statement import check_text, sign_text
from sohoa.adapters.pdf.validation import check_seal, check_unsigned
from sohoa.adapters.pdf.values import Derived, DeriveOptions, Identity, PdfSource, SigningPolicy
from sohoa.domain.errors import Misconfigured, SohoaError, Unavailable
from sohoa.domain.local_time import VIETNAM
from sohoa.ports import LASTING, KeyState, SealCheck, Sealed, SealRequest, SourceFile, TextSeal

EVERY_AGENCY, SITE = "*", "Sohoa"
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

    def identity(self, agency: str, organ_name: str, at: datetime) -> Identity:
        """The agency's signing identity at that time; raises ``Unavailable`` where there is none."""
        ...

    def identities(self) -> Sequence[tuple[str, Identity]]:
        """Every configured key with the agency, or ``*``, that it is for."""
        ...

    def exposed(self) -> Sequence[str]:
        """Folders and files of keys that others than their owner can open, with their modes."""
        ...


@dataclass(frozen=True, slots=True)
class Appearance:
    """How copies look: profile and font of the visible block, and what to do where page 1 has no room."""

    profile: str
    font: Path
    no_room: str


class PdfSealer:
    """Makes signed PDF/A-2b copies."""

    def __init__(self, pool: Workers, pki: Pki, look: Appearance, policy: SigningPolicy) -> None:
        if look.profile not in visible.PROFILES:
            known = ", ".join(visible.PROFILES)
            raise Misconfigured(f"profile {look.profile} cannot be sealed: known are {known}")
        self._pool = pool
        self._pki = pki
        self._look = look
        self._policy = policy
        self._fit = FitKeys(policy, is_test=pki.is_test)

    @property
    def level(self) -> str:
        """The level of the policy."""
        return self._policy.level

    def seal(self, files: Sequence[SourceFile], pages: Sequence[Page], request: SealRequest) -> Sealed:
        """PDF/A-2b with an invisible text layer, then one PAdES signature; the input is not changed.

        Raises ``Rejected`` for a file that cannot be drawn, ``Unavailable`` when the worker died.
        """
        at = _second(request)
        derived = self._derive(files, pages, self._options(request, at))
        return self.complete(_waiting(derived, at, test_key=self._pki.is_test), request)

    def complete(self, copy: Sealed, request: SealRequest) -> Sealed:
        """Sign a copy that waited; as it was, with the reason, where it has to wait on."""
        at = _second(request)
        try:
            identity = self._pki.identity(request.agency, request.organ_name, at)
        except Unavailable as error:
            return replace(copy, unsealed=str(error))
        reason = self._fit.refusal(identity, at)
        if reason:
            return replace(copy, unsealed=reason)
        try:
            return self._signed(copy, identity, request, at)
        except SohoaError as error:
            self._fit.note(identity, str(error))
            return replace(copy, unsealed=str(error))

    def renew(self, pdf: bytes) -> tuple[bytes, SealCheck]:
        """The sealed copy with a further time-stamp, and what it is worth then; raises ``Unavailable``."""
        before = self.check(pdf)
        if not before.valid or before.level not in LASTING:
            reason = before.problem or f"level {before.level} keeps no revocation data"
            raise Unavailable(f"its time-stamp cannot be renewed: {reason}")
        stamped = renewed(pdf, self._policy)
        after = self.check(stamped)
        if not after.valid or after.level != "B-LTA":
            raise Unavailable(f"the renewed seal is not valid: {after.problem or after.level}")
        if before.until is None or after.until is None or after.until <= before.until:
            raise Unavailable("the TSA's certificate ends no later than that of the time-stamp before")
        return stamped, after

    def check(self, pdf: bytes) -> SealCheck:
        """Validate the signature of an archive copy."""
        return check_seal(pdf, self._pki.roots(), self._policy.tolerance)

    def unsigned(self, pdf: bytes) -> SealCheck:
        """What a copy without a signature says of itself; not valid where it bears one."""
        return check_unsigned(pdf)

    def sign_text(self, text: bytes, at: datetime) -> TextSeal:
        """Sign and time-stamp a text with the province's key, else the first that is in use."""
        identity = self._pki.identity(EVERY_AGENCY, SITE, at)
        reason = self._fit.refusal(identity, at)
        if reason:
            raise Unavailable(reason)
        seal = sign_text(text, identity, at.replace(microsecond=0), self._policy)
        check = self.check_text(text, seal)
        if not check.valid:
            raise Unavailable(check.problem)
        return seal

    def check_text(self, text: bytes, seal: TextSeal) -> SealCheck:
        """Validate what ``sign_text`` made."""
        return check_text(text, seal, self._policy.roots, self._policy)

    def keys(self, at: datetime) -> Sequence[KeyState]:
        """Every configured key, checked now."""
        return [self._fit.state(agency, identity, at) for agency, identity in self._pki.identities()]

    def exposed_keys(self) -> Sequence[str]:
        """Folders and files of signing keys that others than their owner can open, with their modes."""
        return self._pki.exposed()

    def _signed(self, copy: Sealed, identity: Identity, request: SealRequest, at: datetime) -> Sealed:
        stamp = None
        if copy.place is not None:
            names = visible.Names(request.organ_name, identity.name)
            drawn = self._block(names, at)
            stamp = visible.draw(self._look.font, drawn, copy.place.rotation), copy.place
        pdf = sign(copy.pdf, identity, at, stamp, self._policy)
        check = self.check(pdf)
        if not check.valid or check.level != self._policy.level:
            reason = check.problem or f"a seal of level {check.level}, not {self._policy.level}"
            return replace(copy, unsealed=reason)
        return replace(
            copy,
            pdf=pdf,
            signer=identity.name,
            signing_time=at,
            certificate=sha256(identity.certificate).hexdigest(),
            level=check.level,
            until=check.until,
            unsealed="",
        )

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

    def _options(self, request: SealRequest, at: datetime) -> DeriveOptions:
        block = self._block(visible.Names(request.organ_name, self._signer(request, at)), at)
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
            no_room=self._look.no_room,
            corner=visible.corner(self._look.profile),
        )

    def _signer(self, request: SealRequest, at: datetime) -> str:
        """The name in the certificate; the agency's where no key is there yet."""
        try:
            return self._pki.identity(request.agency, request.organ_name, at).name
        except Unavailable:
            return request.organ_name

    def _block(self, names: visible.Names, at: datetime) -> visible.Block:
        look = self._look
        return visible.block(look.font, look.profile, names, at, test_key=self._pki.is_test)

    @cached_property
    def _tools(self) -> str:
        names = ("sohoa", "pikepdf", "img2pdf", "pypdfium2", "pyhanko")
        return ", ".join(f"{name} {version(name)}" for name in names)


def _waiting(derived: Derived, at: datetime, *, test_key: bool) -> Sealed:
    return Sealed(
        pdf=derived.pdf,
        block=derived.block,
        place=derived.placement,
        signer="",
        test_key=test_key,
        signing_time=at,
        unsealed="not signed yet",
        notes=derived.notes,
        unlike=derived.unlike,
    )


def _second(request: SealRequest) -> datetime:
    return request.now().astimezone(VIETNAM).replace(microsecond=0)
