"""Buckets of the real object store for tests: their own names, removed with all versions afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import urllib3
from minio import Minio

from sohoa.adapters.minio_store import MinioStore
from sohoa.settings import StoreSettings
from tests.support.servers import needed

# One name a process: several may test on one server.
BUCKET = f"contract-{secrets.token_hex(6)}"


def client(settings: StoreSettings) -> Minio:
    """The bare client, as any other program would use it."""
    address = urlsplit(settings.endpoint)
    return Minio(
        address.netloc,
        access_key=settings.secret("access_key"),
        secret_key=settings.secret("secret_key"),
        secure=address.scheme == "https",
        http_client=urllib3.PoolManager(ca_certs=str(settings.ca_file) if settings.ca_file else None),
    )


def minio_store(settings: StoreSettings, scratch: Path, *buckets: str) -> MinioStore:
    """The store under test, on the server of these settings."""
    return MinioStore(
        settings.endpoint,
        settings.secret("access_key"),
        settings.secret("secret_key"),
        scratch=scratch,
        buckets=buckets,
        region=settings.region,
        ca_file=settings.ca_file,
    )


@contextmanager
def empty_bucket(scratch: Path) -> Iterator[MinioStore]:
    """A store whose ``BUCKET`` is empty, and is so again afterwards."""
    settings = needed("store").store
    store = minio_store(settings, scratch, BUCKET)
    store.prepare(BUCKET)
    try:
        yield store
    finally:
        remove(client(settings), BUCKET)


def remove(bare: Minio, bucket: str) -> None:
    """Take away the bucket and every version of every object in it."""
    for item in bare.list_objects(bucket, recursive=True, include_version=True):
        bare.remove_object(bucket, str(item.object_name), version_id=item.version_id)
    bare.remove_bucket(bucket)
