"""Object lock of S3: what a server keeps, whoever asks for its removal, until a day that was set before."""

from __future__ import annotations

from datetime import datetime

from minio import Minio
from minio.commonconfig import COMPLIANCE
from minio.error import S3Error
from minio.objectlockconfig import DAYS, ObjectLockConfig

from sohoa.domain.errors import Misconfigured

WITHOUT_LOCK = frozenset(
    {
        "NoSuchObjectLockConfiguration",
        "ObjectLockConfigurationNotFoundError",
        "InvalidBucketState",
        "NotImplemented",
    }
)
"""What servers say of a bucket or an object that has no lock."""


def lock_bucket(client: Minio, bucket: str, days: int, place: str) -> None:
    """From now on the server locks every object of the bucket when it is written, in compliance mode.

    Raises ``Misconfigured`` for a bucket that cannot have locks.
    """
    try:
        client.set_object_lock_config(bucket, ObjectLockConfig(COMPLIANCE, days, DAYS))
    except S3Error as error:
        if error.code not in WITHOUT_LOCK:
            raise
        raise Misconfigured(
            f"{place} was made without object lock: set store.lock_days to 0, or take a new bucket"
        ) from error


def locked_until(client: Minio, bucket: str, name: str) -> datetime | None:
    """The end of the lock of the object's newest version."""
    try:
        found = client.get_object_retention(bucket, name)
    except S3Error as error:
        if error.code in WITHOUT_LOCK or "missing" in (error.message or "").lower():
            return None
        raise
    return found.retain_until_date if found else None


def is_locked(error: S3Error) -> bool:
    """Whether the server refuses because the version is locked; it has no code of its own for that."""
    return any(word in (error.message or "") for word in ("WORM", "object lock"))
