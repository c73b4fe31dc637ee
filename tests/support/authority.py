"""A certification authority on loopback, with OCSP, CRL and RFC 3161 (certomancer), that can misbehave."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from werkzeug.serving import WSGIRequestHandler, make_server

PASSPHRASE, PIN = "mật khẩu thử", "pin-rieng-7f3a"
MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
TOKEN = "sohoa-thu"
_KEYS = ("root", "ca", "ocsp", "tsa", "foreign", "signer", "elliptic")
_SIGNERS = ("signer", "elliptic", "expired", "early", "revoked", "server", "soon")


@dataclass
class Authority:
    """The running authority: files of certificates and keys by name, and what its services do wrong."""

    folder: Path
    url: str
    down: set[str] = field(default_factory=set)
    """Of ocsp, crls and tsa, those that answer 503."""
    tsa_answers: bytes | None = None
    """Rubbish that the TSA answers."""
    tsa_clock: timedelta = timedelta()
    record: bool = False
    recorded: bytes = b""
    """The TSA's last answer while ``record`` is set."""

    @property
    def tsa(self) -> str:
        """The TSA's address."""
        return f"{self.url}/sohoa/tsa/tsa"

    @property
    def tsa_that_ends(self) -> str:
        """The address of a TSA whose certificate ends in a hundred days."""
        return f"{self.url}/sohoa/tsa/soon"

    def certificate(self, name: str) -> Path:
        """The certificate with those above it, but for the root."""
        return self.folder / f"{name}.pem"

    def key(self, name: str) -> Path:
        """The private key, PKCS #8 PEM."""
        return self.folder / "keys" / f"{name}.pem"


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """The authority, running, with everything below the folder."""
    (folder / "keys").mkdir(parents=True)
    for name in _KEYS:
        _write_key(folder / "keys" / f"{name}.pem", elliptic=name == "elliptic")
    answers = _Answers()
    server = make_server("127.0.0.1", 0, answers, threaded=True, request_handler=_Quiet)
    running = Authority(folder, f"http://127.0.0.1:{server.port}")
    path = folder / "certomancer.yaml"
    path.write_text(yaml.safe_dump(_config(folder, running.url)), encoding="utf-8")
    config = CertomancerConfig.from_file(str(path), allow_external_config=False, key_search_dir=str(folder))
    architecture = config.get_pki_arch(ArchLabel("sohoa"))
    for name in (*_SIGNERS, "root", "ca", "tsa"):
        chain = [name] if name == "root" else [name, "ca"] if name != "ca" else ["ca"]
        found = (architecture.get_cert(CertLabel(label)) for label in chain)
        pems = [_pem(certificate.dump()) for certificate in found]
        running.certificate(name).write_bytes(b"".join(pems))
    answers.serve(running, Animator(AnimatorArchStore({ArchLabel("sohoa"): architecture}), with_web_ui=False))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  of the base class
        """Say nothing."""


class _Answers:
    """The authority's services as a WSGI application, with what they do wrong."""

    def serve(self, state: Authority, animator: Animator) -> None:
        """Answer by this from now on."""
        self._state, self._animator = state, animator

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        state, service = self._state, environ["PATH_INFO"].split("/")[2]
        if service in state.down:
            start("503 Service Unavailable", [])
            return [b""]
        if service == "tsa":
            if state.tsa_answers is not None:
                start("200 OK", [("Content-Type", "application/timestamp-reply")])
                return [state.tsa_answers]
            environ["HTTP_X_CERTOMANCER_FAKE_TIME"] = (datetime.now(UTC) + state.tsa_clock).isoformat()
        answer = list(self._animator(environ, start))
        if service == "tsa" and state.record:
            state.recorded = b"".join(answer)
        return answer


def pkcs12_file(made: Authority, name: str, path: Path) -> Path:
    """The key of that name as a PKCS #12 file that the passphrase opens."""
    key = serialization.load_pem_private_key(made.key(name).read_bytes(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey)
    secret = serialization.BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, None, None, secret))
    path.chmod(0o600)
    return path


@contextmanager
def softhsm(made: Authority, folder: Path, names: Iterable[str] = ("signer", "elliptic")) -> Iterator[Path]:
    """A token of SoftHSM that holds these keys by their names; yields the folder of its objects."""
    tokens = folder / "tokens"
    tokens.mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {tokens}\nlog.level = ERROR\n", "ascii")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    pins = ["--pin", PIN, "--so-pin", "13572468"]
    try:
        _softhsm("--init-token", "--free", "--label", TOKEN, *pins)
        for number, name in enumerate(names, start=1):
            found = ["--import", str(made.key(name)), "--label", name, "--id", f"{number:02x}"]
            _softhsm(*found, "--token", TOKEN, *pins)
        yield tokens
    finally:
        if before is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = before


def _softhsm(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


def _write_key(path: Path, *, elliptic: bool) -> None:
    key = (
        ec.generate_private_key(ec.SECP256R1())
        if elliptic
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(pem)


def _pem(der: bytes) -> bytes:
    from cryptography.x509 import load_der_x509_certificate

    return load_der_x509_certificate(der).public_bytes(serialization.Encoding.PEM)


def _config(folder: Path, url: str) -> dict[str, Any]:
    now = datetime.now(UTC)
    always = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2090-01-01T00:00:00+0000"}
    published = {"crl-repo": "ca", "ocsp-service": "ca"}
    signs = {"issuer": "ca", "profiles": ["digsig-commitment"], "validity": always}
    certificates = {
        "root": {
            "subject": "root",
            "issuer": "root",
            "validity": always,
            "profiles": [{"id": "simple-ca", "params": {"crl-repo": "root"}}],
        },
        "ca": {
            "issuer": "root",
            "validity": always,
            "profiles": [{"id": "simple-ca", "params": {"max-path-len": 0, **published}}],
        },
        "ocsp": {"issuer": "ca", "validity": always, "profiles": ["ocsp-responder"]},
        "tsa": {"issuer": "ca", "validity": always, "extensions": _usages("time_stamping")},
        "tsa-soon": {
            "subject": "tsa",
            "subject-key": "tsa",
            "issuer": "ca",
            "validity": _validity(now, -400, 100),
            "extensions": _usages("time_stamping"),
        },
        "signer": signs,
        "elliptic": signs,
        "revoked": {
            **_as_signer(signs),
            "revocation": {"revoked-since": "2021-01-01T00:00:00+0000", "reason": "key_compromise"},
        },
        "expired": {**_as_signer(signs), "validity": _validity(now, -400, -30)},
        "early": {**_as_signer(signs), "validity": _validity(now, 30, 400)},
        "soon": {**_as_signer(signs), "validity": _validity(now, -400, 10)},
        "server": {
            **_as_signer({"issuer": "ca", "validity": always}),
            "extensions": _usages("server_auth"),
        },
    }
    names = {name: {"common-name": f"{name} thử nghiệm"} for name in _KEYS}
    names["signer"] = {"common-name": "Ủy ban nhân dân tỉnh mẫu"}
    return {
        "external-url-prefix": url,
        "keysets": {"sohoa": {"path-prefix": "keys", "keys": {n: {"path": f"{n}.pem"} for n in _KEYS}}},
        "pki-architectures": {
            "sohoa": {
                "keyset": "sohoa",
                "entity-defaults": {"country-name": "VN", "organization-name": "Thử nghiệm"},
                "entities": names,
                "certs": certificates,
                "services": {
                    "ocsp": {"ca": {"for-issuer": "ca", "responder-cert": "ocsp", "signing-key": "ocsp"}},
                    "crl-repo": {name: _crls(name) for name in ("root", "ca")},
                    "time-stamping": {
                        "tsa": {"signing-key": "tsa", "signing-cert": "tsa"},
                        "soon": {"signing-key": "tsa", "signing-cert": "tsa-soon"},
                    },
                },
            }
        },
    }


def _crls(issuer: str) -> dict[str, str]:
    return {"for-issuer": issuer, "signing-key": issuer, "simulated-update-schedule": "P30D"}


def _as_signer(template: dict[str, Any]) -> dict[str, Any]:
    return {**template, "subject": "signer", "subject-key": "signer"}


def _usages(extended: str) -> list[dict[str, Any]]:
    usage = {"schema": "key-usage", "params": ["digital_signature"]}
    return [
        {"id": "key_usage", "critical": True, "smart-value": usage},
        {"id": "extended_key_usage", "critical": True, "value": [extended]},
    ]


def _validity(now: datetime, start: int, end: int) -> dict[str, str]:
    moments = (now + timedelta(days=days) for days in (start, end))
    return dict(
        zip(("valid-from", "valid-to"), (f"{m:%Y-%m-%dT%H:%M:%S+0000}" for m in moments), strict=True)
    )
