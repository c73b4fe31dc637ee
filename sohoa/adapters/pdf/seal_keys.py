"""The keys of ``config/seals.yaml``: which agency signs with which key, from when to when."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509  # type: ignore[import-untyped]  # ships no types

from ocr.errors import WorkerFault
from sohoa.adapters.pdf.cms_reading import common_name
from sohoa.adapters.pdf.local_pki import exposed
from sohoa.adapters.pdf.values import Identity, KeySource
from sohoa.domain.errors import Misconfigured, Unavailable
from sohoa.domain.local_time import VIETNAM

ALL_AGENCIES = "*"
ENTRY_KEYS = (
    *("agency", "certificate", "secret_file", "file", "module", "token", "label"),
    *("valid_from", "valid_to"),
)
REQUIRED_KEYS = ("agency", "certificate", "secret_file")
_REQUIRED_OF: Mapping[str, tuple[str, ...]] = {"pkcs12": ("file",), "pkcs11": ("module", "token", "label")}


@dataclass(frozen=True, slots=True)
class SealKey:
    """One entry: the key of an agency, or of all (``*``), used from and to these days, both included."""

    agency: str
    identity: Identity
    valid_from: date | None
    valid_to: date | None

    def serves(self, agency: str, day: date) -> bool:
        """Whether the agency's papers (``*``: those of no agency) are sealed with it on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        ended = self.valid_to is not None and self.valid_to < day
        return (self.agency == agency or ALL_AGENCIES in (self.agency, agency)) and begun and not ended


class ConfiguredPki:
    """Keys of the province or of its agencies, and the authorities that are trusted."""

    is_test = False

    def __init__(self, keys: Sequence[SealKey], roots: tuple[bytes, ...], places: Sequence[Path]) -> None:
        self._keys = keys
        self._roots = roots
        self._places = places

    def roots(self) -> tuple[bytes, ...]:
        """Certificates (DER) of ``config/trust``."""
        return self._roots

    def identity(self, agency: str, organ_name: str, at: datetime) -> Identity:
        """The agency's own key before that of all agencies; of two, the one that came into use later.

        Raises ``Unavailable`` where ``config/seals.yaml`` has none for that day.
        """
        day = at.astimezone(VIETNAM).date()
        serving = [key for key in self._keys if key.serves(agency, day)]
        if not serving:
            raise Unavailable(f"config/seals.yaml has no key for {agency} ({organ_name}) on {day}")
        own = agency == ALL_AGENCIES
        best = max(serving, key=lambda key: ((key.agency == ALL_AGENCIES) == own, key.valid_from or date.min))
        return best.identity

    def identities(self) -> Sequence[tuple[str, Identity]]:
        """Every key with the agency, or ``*``, whose papers it seals."""
        return [(key.agency, key.identity) for key in self._keys]

    def exposed(self) -> Sequence[str]:
        """Key files and secrets that others than their owner can open, with their modes."""
        return exposed(place for place in self._places if place.exists())


def configured_pki(
    kind: str,
    entries: Sequence[Mapping[str, Any]],
    folder: Path,
    refused: Path,
    roots: tuple[bytes, ...],
    sign: Callable[[KeySource, bytes], bytes],
) -> ConfiguredPki:
    """The keys of these entries; paths are relative to ``folder``. ``sign`` asks the signing process.

    Raises ``Misconfigured`` naming the entry.
    """
    keys, places = [], list[Path]()
    for number, entry in enumerate(entries, start=1):
        where = f"seals[{number}]"
        missing = [name for name in _REQUIRED_OF[kind] if not entry.get(name)]
        if missing:
            raise Misconfigured(f"{where}: a key of kind {kind} needs {', '.join(missing)}")
        source = _source(kind, entry, folder, refused)
        identity = _identity(where, folder / str(entry["certificate"]), partial(_asked, sign, source))
        keys.append(SealKey(str(entry["agency"]), identity, entry.get("valid_from"), entry.get("valid_to")))
        places += [source.secret_file, *([source.place] if kind == "pkcs12" else [])]
    return ConfiguredPki(keys, roots, places)


def _asked(sign: Callable[[KeySource, bytes], bytes], source: KeySource, data: bytes) -> bytes:
    """The signing process's answer; one that hangs, dies or cannot start is a key that is away."""
    try:
        return sign(source, data)
    except (WorkerFault, OSError) as error:
        raise Unavailable(f"the signing process gave no signature ({type(error).__name__})") from error


def _source(kind: str, entry: Mapping[str, Any], folder: Path, refused: Path) -> KeySource:
    return KeySource(
        kind=kind,
        place=folder / str(entry["file" if kind == "pkcs12" else "module"]),
        secret_file=folder / str(entry["secret_file"]),
        token=str(entry.get("token", "")),
        label=str(entry.get("label", "")),
        refused=refused,
    )


def _identity(where: str, path: Path, sign: Callable[[bytes], bytes]) -> Identity:
    certificates = certificates_in(path, f"{where}: certificate")
    subject = x509.Certificate.load(certificates[0]).subject.native
    return Identity(common_name(subject), certificates[0], certificates[1:], sign)


def certificates_in(path: Path, what: str) -> tuple[bytes, ...]:
    """All certificates of a PEM or DER file, in their order; raises ``Misconfigured``."""
    try:
        data = path.read_bytes()
        found = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
        return tuple(x509.Certificate.load(der, strict=True).dump() for der in found)
    except OSError as error:
        raise Misconfigured(f"{what} {path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise Misconfigured(f"{what} {path} holds no certificate") from error


def trusted_in(folder: Path) -> tuple[bytes, ...]:
    """All certificates of a folder; none where there is no folder. Raises ``Misconfigured``."""
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    chosen = [path for path in files if path.suffix in (".pem", ".crt", ".cer", ".der")]
    return tuple(der for path in chosen for der in certificates_in(path, "trusted certificate"))
