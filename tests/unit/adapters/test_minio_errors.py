"""Every error of the S3 client becomes one of ours, with a sentence that says where and what to do."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import minio.error
import pytest
import urllib3.exceptions
from minio.error import S3Error
from urllib3 import HTTPResponse

from sohoa.adapters.minio_store.errors import errors_of, translated
from sohoa.domain.errors import Corrupt, Misconfigured, NoSpace, Rejected, SohoaError, Unavailable

PLACE = "object store https://s3.example:9000, bucket inbox"


def s3_error(code: str) -> S3Error:
    return S3Error(HTTPResponse(status=400), code, "words", "/x", "1", "1")


def vendor_classes() -> Iterator[type[Exception]]:
    for module, root in (
        (minio.error, minio.error.MinioException),
        (urllib3.exceptions, urllib3.exceptions.HTTPError),
    ):
        for _, found in inspect.getmembers(module, inspect.isclass):
            if issubclass(found, root):
                yield found


_NEEDS_MORE: dict[type[Exception], Exception] = {
    S3Error: s3_error("Unheard"),
    urllib3.exceptions.IncompleteRead: urllib3.exceptions.IncompleteRead(1, 2),
    urllib3.exceptions.InvalidChunkLength: urllib3.exceptions.InvalidChunkLength(HTTPResponse(), b"x"),
}


@pytest.mark.parametrize("kind", list(vendor_classes()), ids=lambda kind: kind.__name__)
def test_no_error_of_the_vendor_is_missing(kind: type[Exception]) -> None:
    """Whatever class the client or its HTTP library raises, the caller sees an error of the domain."""
    error = _NEEDS_MORE.get(kind) or kind.__new__(kind)
    with pytest.raises(SohoaError, match=r"s3\.example"), errors_of(PLACE):
        raise error


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("NoSuchBucket", Misconfigured),
        ("AccessDenied", Misconfigured),
        ("InvalidAccessKeyId", Misconfigured),
        ("SignatureDoesNotMatch", Misconfigured),
        ("RequestTimeTooSkewed", Misconfigured),
        ("XMinioStorageFull", NoSpace),
        ("XMinioAdminBucketQuotaExceeded", NoSpace),
        ("InsufficientStorage", NoSpace),
        ("KeyTooLongError", Rejected),
        ("XMinioInvalidObjectName", Rejected),
        ("XMinioParentIsObject", Rejected),
        ("BadDigest", Unavailable),
        ("XAmzContentSHA256Mismatch", Unavailable),
        ("NoSuchKey", Corrupt),
        ("SlowDown", Unavailable),
        ("InternalError", Unavailable),
        ("XMinioServerNotInitialized", Unavailable),
        ("SomethingNew", Unavailable),
    ],
)
def test_codes_of_the_service(code: str, kind: type[SohoaError]) -> None:
    """Who is at fault follows from the service's code."""
    assert type(translated(s3_error(code), PLACE)) is kind


def test_an_untrusted_certificate_is_a_matter_of_settings() -> None:
    """It is no outage: the sentence names the setting."""
    pool = urllib3.HTTPSConnectionPool("s3.example")
    error = urllib3.exceptions.MaxRetryError(
        pool, "/", urllib3.exceptions.SSLError("self-signed certificate")
    )
    with pytest.raises(Misconfigured, match=r"self-signed certificate.*store\.ca_file"), errors_of(PLACE):
        raise error


def test_a_full_local_disk_is_no_space() -> None:
    """The copy that is worked on needs room, too."""
    with pytest.raises(NoSpace), errors_of(PLACE):
        raise OSError(28, "No space left on device")
