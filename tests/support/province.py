"""A site on the real servers, with buckets, a database and an index of its own."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from minio import Minio
from sqlalchemy.engine import URL, make_url

from sohoa.settings import Settings, load_settings
from tests.support.buckets import client, remove
from tests.support.databases import session
from tests.support.indices import remove_indices
from tests.support.site import Site


class Province(Site):
    """A home whose store, ledger and index are servers."""

    @property
    def settings(self) -> Settings:
        """The settings that its commands see."""
        return load_settings({name: v for name, v in self.environment.items() if name.startswith("SOHOA_")})

    @property
    def objects(self) -> Minio:
        """The bare client of its object store."""
        return client(self.settings.store)

    def bytes_of(self, bucket: str, key: str) -> bytes:
        """An object, as another program reads it."""
        response = self.objects.get_object(bucket, key)
        try:
            return response.read()
        finally:
            response.close()
            response.release_conn()

    def keys(self, bucket: str) -> list[str]:
        """All keys of a bucket."""
        return [str(item.object_name) for item in self.objects.list_objects(bucket, recursive=True)]

    def versions(self, bucket: str) -> list[tuple[str | None, str | None]]:
        """All versions of all objects of a bucket."""
        found = self.objects.list_objects(bucket, recursive=True, include_version=True)
        return [(item.object_name, item.version_id) for item in found]

    def ledger(self) -> str:
        """All rows of its ledger, as another program reads them."""
        name = self.settings.ledger.url.rpartition("/")[2]
        with session(_address(self.settings), name) as connection:
            tables = ("objects", "records", "events")
            return repr([connection.execute(f"TABLE {table}".encode()).fetchall() for table in tables])


@contextmanager
def province(home: Path, servers: Mapping[str, str], **extra: str) -> Iterator[Province]:
    """A site on the servers that these variables reach; what it made there is removed afterwards."""
    token = secrets.token_hex(5)
    names = {
        "SOHOA_STORE__INBOX_BUCKET": f"inbox-{token}",
        "SOHOA_STORE__ARCHIVE_BUCKET": f"archive-{token}",
        "SOHOA_STORE__QUARANTINE_BUCKET": f"quarantine-{token}",
        "SOHOA_STORE__REPORTS_BUCKET": f"reports-{token}",
        "SOHOA_LEDGER__URL": f"{servers['SOHOA_LEDGER__URL'].rpartition('/')[0]}/sohoa_{token}",
        "SOHOA_INDEX__NAME": f"records-{token}",
    }
    site = Province(home, {**servers, **names, **extra})
    with session(_address(site.settings)) as connection:
        connection.execute(f"CREATE DATABASE sohoa_{token} TEMPLATE template0".encode())
    try:
        yield site
    finally:
        for bucket in ("inbox", "archive", "quarantine", "reports"):
            if site.objects.bucket_exists(f"{bucket}-{token}"):
                remove(site.objects, f"{bucket}-{token}")
        with session(_address(site.settings)) as connection:
            connection.execute(f"DROP DATABASE sohoa_{token} WITH (FORCE)".encode())
        remove_indices(site.settings.index, site.settings.index.name)


def _address(settings: Settings) -> URL:
    return make_url(settings.ledger.url).set(password=settings.ledger.secret("password"))
