"""Every error of the S3 client, of its HTTP library and of the network, as an error of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from minio.error import InvalidResponseError, MinioException, S3Error, ServerError
from urllib3.exceptions import HTTPError, SSLError

from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, Rejected, SohoaError, Unavailable

_NO_SPACE = ("StorageFull", "InsufficientStorage", "QuotaExceeded", "MinimumFreeDisk", "InsufficientCapacity")
_BAD_KEY = (
    "KeyTooLong",
    "InvalidObjectName",
    "InvalidResourceName",
    "ParentIsObject",
    "ExistsAsDirectory",
    "InvalidObjectKey",
)
_DAMAGED = ("BadDigest", "InvalidDigest", "SHA256Mismatch", "ChecksumMismatch", "IncompleteBody")
_REFUSED = (
    "AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken",
    "AuthorizationHeaderMalformed", "InvalidRegion", "AllAccessDisabled", "AccountProblem",
)  # fmt: skip
_CLOCK = "RequestTimeTooSkewed"
MISSING = frozenset({"NoSuchKey", "NoSuchObject", "NoSuchVersion", "ResourceNotFound"})
EXISTS = "PreconditionFailed"


@contextmanager
def errors_of(place: str) -> Iterator[None]:
    """Translate what goes wrong inside; ``place`` names the server and, where there is one, the bucket."""
    try:
        yield
    except (MinioException, HTTPError, OSError, ValueError) as error:
        raise translated(error, place) from error


def translated(error: Exception, place: str) -> SohoaError:
    """The domain error for an error of the client, of HTTP, of the network or of the local disk."""
    if isinstance(error, S3Error):
        return _of_service(error, place)
    if isinstance(error, HTTPError) and isinstance(getattr(error, "reason", error), SSLError):
        return Misconfigured(f"{place}: its certificate is not trusted ({_root(error)}): set store.ca_file")
    if isinstance(error, HTTPError):
        return Unavailable(
            f"{place} does not answer ({_root(error)}): is the server running, is the address right?"
        )
    if isinstance(error, ServerError | InvalidResponseError):
        return Unavailable(f"{place} gave no S3 answer: is it an S3 server, is a proxy between?")
    if isinstance(error, OSError):
        kind = NoSpace if error.errno in (28, 122) else Unavailable
        return kind(f"temporary file of {place}: {error.strerror or error}")
    return Misconfigured(f"{place}: {error}")


def _of_service(error: S3Error, place: str) -> SohoaError:
    code = error.code or f"HTTP {error.response.status}"
    if code == "NoSuchBucket":
        return Misconfigured(f"{place} does not exist: run `sohoa init`")
    if any(part in code for part in _NO_SPACE):
        return NoSpace(f"{place} is full ({code}): make room there")
    if any(part in code for part in _BAD_KEY):
        return Rejected("bad_key", f"the object store does not take this name ({code})")
    if any(part in code for part in _DAMAGED):
        return Unavailable(f"{place}: bytes were damaged on the way ({code})")
    if code in _REFUSED:
        return Misconfigured(
            f"{place} refuses ({code}): mend access key, secret key or the rights of that user"
        )
    if code == _CLOCK:
        return Misconfigured(f"{place} refuses: set the clock of this machine")
    if code in MISSING:
        return Corrupt(f"{place} has no such object any more")
    return Unavailable(f"{place}: {code}, {error.message}")


def _root(error: HTTPError) -> str:
    """The innermost reason, in a few words."""
    reason = getattr(error, "reason", None)
    return _root(reason) if isinstance(reason, HTTPError) else str(reason or error).rpartition(": ")[2][:120]
