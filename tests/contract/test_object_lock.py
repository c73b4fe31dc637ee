"""What a real S3 server does with objects that are locked in compliance mode.

What a test locks stays on the server until the next day: nobody can remove it, which is what is tried here.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from minio import Minio
from minio.error import S3Error

from sohoa.adapters.minio_store import MinioStore
from sohoa.domain.errors import Corrupt, Misconfigured
from sohoa.settings import Settings
from tests.support.buckets import client, remove
from tests.support.servers import needed

KEY = "Z99.01/r/v1/manifest.json"


@pytest.fixture
def settings() -> Settings:
    return needed("store")


@pytest.fixture
def bare(settings: Settings) -> Minio:
    return client(settings.store)


@pytest.fixture
def bucket() -> str:
    return f"locked-{secrets.token_hex(6)}"


def store_of(settings: Settings, bucket: str, scratch: Path) -> MinioStore:
    """A store that locks what it writes into the bucket for a day."""
    store = settings.store
    return MinioStore(
        store.endpoint,
        store.secret("access_key"),
        store.secret("secret_key"),
        scratch=scratch,
        locked_days={bucket: 1},
        region=store.region,
        ca_file=store.ca_file,
    )


@pytest.fixture
def locked(settings: Settings, bucket: str, tmp_path: Path) -> MinioStore:
    made = store_of(settings, bucket, tmp_path)
    made.prepare(bucket)
    return made


def versions(bare: Minio, bucket: str) -> list[str]:
    """Ids of the versions of everything in the bucket that holds bytes."""
    found = bare.list_objects(bucket, recursive=True, include_version=True)
    return [str(item.version_id) for item in found if not item.is_delete_marker]


def test_nobody_removes_what_is_locked(locked: MinioStore, bare: Minio, bucket: str) -> None:
    """Neither with the keys of the site nor by a version's id; it says until when."""
    locked.put(bucket, KEY, b"1")
    until = locked.locked_until(bucket, KEY)
    assert until is not None
    assert timedelta(hours=23) < until - datetime.now(UTC) <= timedelta(days=1)
    (version,) = versions(bare, bucket)
    with pytest.raises(S3Error, match="WORM"):
        bare.remove_object(bucket, KEY, version_id=version)
    assert locked.get(bucket, KEY) == b"1"


def test_what_is_written_over_or_swept_is_still_there(locked: MinioStore, bare: Minio, bucket: str) -> None:
    """Debris of an interrupted write is hidden, and the place can be written again; no version is lost."""
    locked.put(bucket, KEY, b"1")
    with pytest.raises(Corrupt):
        locked.put(bucket, KEY, b"2")
    locked.delete(bucket, KEY)
    assert locked.stat(bucket, KEY) is None
    assert list(locked.list(bucket)) == []
    locked.put(bucket, KEY, b"3")
    locked.put(bucket, KEY, b"4", replace=True)
    assert locked.get(bucket, KEY) == b"4"
    kept = {bare.get_object(bucket, KEY, version_id=version).data for version in versions(bare, bucket)}
    assert kept == {b"1", b"3", b"4"}


@pytest.fixture
def unlocked(bare: Minio, bucket: str) -> Iterator[str]:
    bare.make_bucket(bucket)
    yield bucket
    remove(bare, bucket)


def test_a_bucket_that_cannot_lock_is_refused(settings: Settings, unlocked: str, tmp_path: Path) -> None:
    """It says what to do; without the setting its objects have no lock."""
    with pytest.raises(Misconfigured, match=r"store\.lock_days"):
        store_of(settings, unlocked, tmp_path).prepare(unlocked)
    client(settings.store).put_object(unlocked, KEY, io.BytesIO(b"1"), 1)
    assert store_of(settings, unlocked, tmp_path).locked_until(unlocked, KEY) is None
