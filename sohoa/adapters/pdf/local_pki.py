"""The local test CA and its signing certificates: a product of its own, marked TEST wherever it shows.

Keys never leave the folder but through ``LocalTestPki.identity``. Two processes that start at once agree:
the first file to get its name wins.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sohoa.adapters.pdf.values import Identity
from sohoa.domain.errors import Misconfigured

ORGANISATION = "SOHOA TEST - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
_CA_NAME = "SOHOA TEST CA"
_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2099, 12, 31, tzinfo=UTC)
_COMMON_NAME_BYTES = 64


class LocalTestPki:
    """A test CA and one signer for each agency name, made on first use in a folder of mode 0700."""

    is_test = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def roots(self) -> tuple[bytes, ...]:
        """Certificates (DER) that validation may trust."""
        return (self._authority()[1].public_bytes(serialization.Encoding.DER),)

    def identity(self, agency: str, organ_name: str, at: datetime) -> Identity:  # noqa: ARG002  of the port
        """The agency's signer under that name, at any time; raises ``Misconfigured`` where it is damaged."""
        authority = self._authority()
        name = _common_name(organ_name)
        digest = hashlib.sha256(f"{agency}\0{organ_name}".encode()).digest()
        path = self._folder / f"signer-{base64.b32encode(digest).decode().lower()[:26]}.pem"
        key, certificate = self._pair(path, lambda: _issue_signer(agency, name, authority))
        return Identity(
            name=name,
            certificate=certificate.public_bytes(serialization.Encoding.DER),
            issuers=(authority[1].public_bytes(serialization.Encoding.DER),),
            sign=lambda data: key.sign(data, ec.ECDSA(hashes.SHA256())),
        )

    def identities(self) -> Sequence[tuple[str, Identity]]:
        """Nothing that could expire: certificates of the test authority are made when they are needed."""
        return ()

    def exposed(self) -> Sequence[str]:
        """The folder and the files in it that group or others can open, with their modes."""
        return exposed([self._folder, *sorted(self._folder.iterdir())] if self._folder.is_dir() else [])

    def _authority(self) -> _Pair:
        return self._pair(self._folder / "ca.pem", _issue_authority)

    def _pair(self, path: Path, make: Callable[[], _Pair]) -> _Pair:
        if not path.exists():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            _publish(path, _pem(make()))
        return _load(path)


def exposed(places: Iterable[Path]) -> Sequence[str]:
    """Those of the places that group or others can open, with their modes."""
    modes = ((place, stat.S_IMODE(place.lstat().st_mode)) for place in places)
    return [f"{place}: {mode:04o}" for place, mode in modes if mode & (stat.S_IRWXG | stat.S_IRWXO)]


_Pair = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def _publish(path: Path, data: bytes) -> None:
    """Give complete, durable bytes their name, unless another process was first."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
    finally:
        Path(name).unlink()


def _load(path: Path) -> _Pair:
    data = path.read_bytes()
    try:
        key = serialization.load_pem_private_key(data, password=None)
        certificate = x509.load_pem_x509_certificate(data)
    except ValueError as error:
        raise Misconfigured(f"{path} is damaged: restore it, or remove it to make a new test key") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Misconfigured(f"{path} does not hold an elliptic curve key")
    return key, certificate


def _pem(pair: _Pair) -> bytes:
    key, certificate = pair
    return _private(key, serialization.Encoding.PEM) + certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey, encoding: serialization.Encoding) -> bytes:
    return key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


def _issue_authority() -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(_CA_NAME)
    certificate = (
        _builder(name, name, key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def _issue_signer(agency: str, common_name: str, authority: _Pair) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    ca_key, ca_certificate = authority
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    certificate = (
        _builder(_name(common_name, agency), ca_certificate.subject, key)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(issuer, critical=False)
        .sign(ca_key, hashes.SHA256())
    )
    return key, certificate


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_FROM)
        .not_valid_after(_UNTIL)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common_name: str, agency: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
        *([x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, agency)] if agency else []),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ]
    return x509.Name(parts)


def _common_name(organ_name: str) -> str:
    """The name within X.520's limit for a common name, cut between characters."""
    if len(organ_name.encode()) <= _COMMON_NAME_BYTES:
        return organ_name or "?"
    cut = organ_name.encode()[: _COMMON_NAME_BYTES - 3].decode(errors="ignore")
    return f"{cut.rstrip()}…"
