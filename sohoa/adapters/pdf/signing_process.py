"""Runs in the signing process alone: opens keys, holds them for the batch, signs with them.

What crosses the pipe is where a key is and what is to be signed; never a key, a PIN or a passphrase. A PIN
that a token refused is noted beside the keys, and not tried again before its file was written anew: tokens
lock.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pkcs11
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from pkcs11 import KeyType, Mechanism, ObjectClass
from pkcs11.exceptions import PinExpired, PinIncorrect, PinInvalid, PinLenRange, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_ecdsa_signature

from sohoa.adapters.pdf.values import KeySource
from sohoa.domain.errors import Misconfigured, Unavailable

if TYPE_CHECKING:
    from pkcs11._pkcs11 import lib as Library  # noqa: N812  so it calls its class
    from pkcs11.types import SignMixin

_PIN_REFUSED = (PinExpired, PinIncorrect, PinInvalid, PinLenRange, PinLocked)
_opened: dict[KeySource, Callable[[bytes], bytes]] = {}
_libraries: dict[Path, Library] = {}
_sessions: dict[tuple[Path, str], pkcs11.Session] = {}


def sign(source: KeySource, data: bytes) -> bytes:
    """The signature of the data by that key.

    Raises ``Unavailable`` where the key is away for now, ``Misconfigured`` where a person must act.
    """
    if source.kind == "pkcs12":
        return _kept(source, _from_file)(data)
    try:
        return _kept(source, _from_token)(data)
    except PKCS11Error:
        _start_anew(source.place)
    try:
        return _kept(source, _from_token)(data)
    except PKCS11Error as error:
        raise Unavailable(f"the key {source.label} is away: {type(error).__name__}") from error


def _kept(
    source: KeySource, opened: Callable[[KeySource], Callable[[bytes], bytes]]
) -> Callable[[bytes], bytes]:
    if source not in _opened:
        _opened[source] = opened(source)
    return _opened[source]


def _from_file(source: KeySource) -> Callable[[bytes], bytes]:
    try:
        data = source.place.read_bytes()
    except OSError as error:
        raise Unavailable(f"the key file {source.place} cannot be read: {error.strerror}") from error
    try:
        key = pkcs12.load_key_and_certificates(data, _secret(source).encode())[0]
    except ValueError as error:
        raise Misconfigured(f"{source.place}: damaged, or not opened by {source.secret_file}") from error
    if isinstance(key, rsa.RSAPrivateKey):
        return lambda text: key.sign(text, padding.PKCS1v15(), hashes.SHA256())
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return lambda text: key.sign(text, ec.ECDSA(hashes.SHA256()))
    raise Misconfigured(f"{source.place} holds no RSA or elliptic curve key")


def _from_token(source: KeySource) -> Callable[[bytes], bytes]:
    found = _session(source).get_key(object_class=ObjectClass.PRIVATE_KEY, label=source.label)
    key = cast("SignMixin", found)
    if key.key_type is KeyType.RSA:
        return lambda data: bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))
    if key.key_type is KeyType.EC:
        return lambda data: encode_ecdsa_signature(
            key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)
        )
    raise Misconfigured(f"{source.label} on token {source.token} is no RSA or elliptic curve key")


def _session(source: KeySource) -> pkcs11.Session:
    """The token's one session: a process logs in once, whatever keys it signs with."""
    at = source.place, source.token
    if at not in _sessions:
        token = _library(source.place).get_token(token_label=source.token)
        with _pin(source) as pin:
            _sessions[at] = token.open(user_pin=pin)
    return _sessions[at]


def _start_anew(place: Path) -> None:
    """Forget what was opened: a token that was put back is known to the library only after a new start."""
    for source in [source for source in _opened if source.place == place]:
        del _opened[source]
    for at in [at for at in _sessions if at[0] == place]:
        del _sessions[at]
    with contextlib.suppress(PKCS11Error):
        _library(place).reinitialize()


def _library(place: Path) -> Library:
    """The module, loaded once a process."""
    if place not in _libraries:
        try:
            _libraries[place] = pkcs11.lib(str(place))
        except (PKCS11Error, RuntimeError) as error:
            raise Misconfigured(f"the PKCS #11 module {place} cannot be loaded") from error
    return _libraries[place]


def _secret(source: KeySource) -> str:
    try:
        return source.secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"secret_file {source.secret_file} cannot be read") from error


@contextmanager
def _pin(source: KeySource) -> Iterator[str]:
    """The PIN, to log in with inside this block, one process at a time."""
    pin = _secret(source)
    state = source.secret_file.stat()
    written = f"{state.st_ino} {state.st_size} {state.st_mtime_ns}"
    source.refused.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256(f"{source.place}\0{source.token}".encode()).hexdigest()[:16]
    with (source.refused / f"pin-{name}").open("a+", encoding="ascii") as note:
        fcntl.flock(note, fcntl.LOCK_EX)
        note.seek(0)
        if note.read() == written:
            raise Misconfigured(
                f"token {source.token} refused the PIN of {source.secret_file}: it is not tried again"
                " until the file is written anew"
            )
        try:
            yield pin
        except _PIN_REFUSED as error:
            note.truncate(0)
            note.write(written)
            raise Misconfigured(
                f"token {source.token} refused the PIN of {source.secret_file} ({type(error).__name__})"
            ) from None
