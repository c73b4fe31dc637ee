"""A sealer with keys of its own: a PKCS #12 file or a token, at any level, against the authority of tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ocr.process.pool import WorkerPool
from sohoa.adapters.pdf.seal_keys import ConfiguredPki, certificates_in, configured_pki
from sohoa.adapters.pdf.values import SigningPolicy
from sohoa.adapters.sealer import Appearance, PdfSealer
from sohoa.ports import Sealed, SealRequest
from tests.support.authority import MODULE, PASSPHRASE, PIN, TOKEN, Authority, pkcs12_file
from tests.support.scanmaker import GOOD, as_pdf, load_document, render_document
from tests.support.sealing import FONT, ORGAN, read_page, seal


@dataclass
class Keys:
    """Sealers that sign with the authority's certificates in one signing process."""

    made: Authority
    folder: Path
    signing: WorkerPool
    seconds: float = 60.0
    """What a signature may take."""

    def entry(self, kind: str, name: str, *, key: str = "", agency: str = "*") -> dict[str, Any]:
        """The entry of ``config/seals.yaml`` for the certificate; ``key`` is another's key."""
        held = key or ("elliptic" if name == "elliptic" else "signer")
        secret = self.folder / f"{kind}.secret"
        if not secret.exists():
            secret.write_text(PIN if kind == "pkcs11" else PASSPHRASE, "utf-8")
            secret.chmod(0o600)
        common = {
            "agency": agency,
            "certificate": str(self.made.certificate(name)),
            "secret_file": str(secret),
        }
        if kind == "pkcs11":
            return {**common, "module": str(MODULE), "token": TOKEN, "label": held}
        return {**common, "file": str(pkcs12_file(self.made, held, self.folder / f"{held}.p12"))}

    def sealer(
        self,
        kind: str = "pkcs12",
        name: str = "signer",
        level: str = "B-B",
        *,
        key: str = "",
        roots: tuple[bytes, ...] | None = None,
        tsa: str = "",
    ) -> PdfSealer:
        """A sealer that makes no copies: it completes those that wait."""
        trusted = self.roots if roots is None else roots
        address = (tsa or self.made.tsa) if level != "B-B" else ""
        policy = SigningPolicy(level, address, timedelta(minutes=5), trusted)
        sign = partial(self.signing.call, "sohoa.adapters.pdf.signing_process:sign", timeout_s=self.seconds)
        entry = self.entry(kind, name, key=key)
        pki = configured_pki(kind, [entry], self.folder, self.folder / "pins", trusted, sign)
        return PdfSealer(self.signing, pki, Appearance("tt05-archive", FONT, "strip"), policy)

    def in_another_process(self, copy: Sealed, kind: str = "pkcs11") -> str:
        """Why a signing process that just started does not seal the copy; empty where it does."""
        with WorkerPool(1, 1024) as pool:
            return completed(Keys(self.made, self.folder, pool).sealer(kind), copy).unsealed

    @property
    def signer_alone(self) -> tuple[bytes, ...]:
        """The signer's certificate, for who trusts no authority."""
        return certificates_in(self.made.certificate("signer"), "signer")[:1]

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The authority's root."""
        return certificates_in(self.made.certificate("root"), "root")


def request(at: datetime | None = None) -> SealRequest:
    """The usual request, now or at that time."""
    return SealRequest(
        "Z99.01", ORGAN, "abcdefghijklmnop", "0f" * 32, "Thử <&> nghiệm", lambda: at or datetime.now(UTC)
    )


def completed(sealer: PdfSealer, copy: Sealed, at: datetime | None = None) -> Sealed:
    """The copy, signed where that is possible now."""
    return sealer.complete(copy, request(at))


def unsigned_copy(folder: Path) -> Sealed:
    """The copy of a one-page scan, made below the folder while there is no key."""
    scan = folder / "scan.pdf"
    scan.write_bytes(as_pdf(render_document(load_document("qd_47"), GOOD)[:1], 200))
    nobody = ConfiguredPki([], (), [])
    policy = SigningPolicy("B-B", "", timedelta(minutes=5), ())
    with WorkerPool(1, 3072) as pool:
        keyless = PdfSealer(pool, nobody, Appearance("tt05-archive", FONT, "strip"), policy)
        return seal(keyless, scan, [read_page("Quyết định")])
