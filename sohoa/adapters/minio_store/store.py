"""The ``ObjectStore`` port over S3.

An upload is one atomic step for readers: it appears whole, and only where there was nothing. Buckets keep
versions; where the server has it they are made with object lock.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import IO, BinaryIO
from urllib.parse import urlsplit

from minio import Minio
from minio.commonconfig import ENABLED
from minio.error import S3Error
from minio.versioningconfig import VersioningConfig
from urllib3 import BaseHTTPResponse

from sohoa.adapters.minio_store.errors import EXISTS, MISSING, errors_of
from sohoa.adapters.minio_store.locks import is_locked, lock_bucket, locked_until
from sohoa.adapters.minio_store.transport import Transport
from sohoa.adapters.scratch import scratch_file, scratch_folder
from sohoa.domain.archive.object_keys import key_fault, key_of_name
from sohoa.domain.errors import Changed, Corrupt, Misconfigured, Rejected
from sohoa.domain.inbox.states import ObjectInfo, Stray

_PART_BYTES = 16 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_CONNECTIONS = 32
_KEY_BYTES = 1024
_NOT_IMPLEMENTED = ("NotImplemented", "MethodNotAllowed")


class _Exists(Exception):
    """Another writer has created the object meanwhile."""


class MinioStore:
    """S3 at ``endpoint`` (``https://host:port``); ``buckets`` are those that ``ping`` looks for.

    The server keeps what is written into the buckets of ``locked_days`` for so many days (compliance mode).
    ``scratch`` is the folder for copies that are being worked on; ``timeout_s`` how long the server may be
    silent. Safe for threads; every process opens its own. Raises ``Misconfigured`` for a wrong address.
    """

    def __init__(
        self,
        endpoint: str,
        access_key: str,
        secret_key: str,
        *,
        scratch: Path,
        buckets: Sequence[str] = (),
        locked_days: Mapping[str, int] | None = None,
        region: str = "",
        ca_file: Path | None = None,
        timeout_s: float = 60.0,
    ) -> None:
        address = urlsplit(endpoint)
        self._name = f"object store {endpoint}"
        self._scratch = scratch
        self._buckets = tuple(buckets)
        self._locked_days = dict(locked_days or {})
        with errors_of(self._name):
            self._http = Transport(ca_file, _CONNECTIONS, timeout_s)
            self._client = Minio(
                address.netloc + address.path.rstrip("/"),
                access_key=access_key or None,
                secret_key=secret_key or None,
                secure=address.scheme == "https",
                region=region or None,
                http_client=self._http,
            )

    def prepare(self, *buckets: str) -> None:
        """Make these buckets, with versions and, where the server has it, object lock; what exists stays."""
        for bucket in buckets:
            with self._errors(bucket):
                if not self._client.bucket_exists(bucket):
                    self._make(bucket)
                if bucket in self._locked_days:
                    lock_bucket(self._client, bucket, self._locked_days[bucket], self._place(bucket))

    def list(self, bucket: str, prefix: str = "") -> Iterator[ObjectInfo]:
        """All objects below a prefix, sorted by the UTF-8 bytes of the key; streaming."""
        with self._errors(bucket):
            for item in self._client.list_objects(bucket, prefix=_askable(prefix), recursive=True):
                if (item.object_name or "").startswith(prefix):
                    yield ObjectInfo(str(item.object_name), item.size or 0, str(item.etag))

    def strays(self, bucket: str, prefix: str = "") -> Iterator[Stray]:
        """Nothing: whatever a bucket holds is an object."""
        del bucket, prefix
        return iter(())

    def stat(self, bucket: str, key: str) -> ObjectInfo | None:
        """The object, or None."""
        name = key_of_name(key)
        with self._errors(bucket):
            try:
                found = self._client.stat_object(bucket, name)
            except S3Error as error:
                if error.code in MISSING:
                    return None
                raise
        return ObjectInfo(name, found.size or 0, str(found.etag))

    def get(self, bucket: str, key: str) -> bytes:
        """The whole object; raises ``Corrupt`` when it does not exist."""
        with self._errors(bucket), self._opened(bucket, key) as response:
            return response.read()

    @contextmanager
    def fetch(self, bucket: str, key: str, etag: str = "") -> Iterator[Path]:
        """A copy of the object, gone at the end of the block; see the port."""
        with ExitStack() as stack:
            with self._errors(bucket):
                path, file = stack.enter_context(scratch_file(self._scratch))
                self._copy(bucket, key, etag, file)
                file.flush()
            yield path

    @contextmanager
    def fetch_all(
        self, bucket: str, keys: Sequence[str], etags: Sequence[str] = ()
    ) -> Iterator[Sequence[Path]]:
        """Copies of the objects, gone at the end of the block; one file is open at a time."""
        with ExitStack() as stack:
            with self._errors(bucket):
                folder = stack.enter_context(scratch_folder(self._scratch))
                paths = [folder / f"{number:06d}" for number in range(1, len(keys) + 1)]
                for key, etag, path in zip(keys, etags or repeat(""), paths, strict=False):
                    with path.open("xb") as file:
                        self._copy(bucket, key, etag, file)
            yield paths

    def put(self, bucket: str, key: str, data: bytes | Path, *, replace: bool = False) -> ObjectInfo:
        """Write at once or not at all; see the port. The server checks every part's checksum."""
        name = _name_of(key)
        with io.BytesIO(data) if isinstance(data, bytes) else data.open("rb") as source:
            size = source.seek(0, io.SEEK_END)
            found = self.stat(bucket, name)
            if found is None:
                with suppress(_Exists):
                    return self._upload(bucket, name, source, size, replace=False)
                found = self.stat(bucket, name)
            if found and self._holds(bucket, found, source, size):
                return found
            if replace:
                return self._upload(bucket, name, source, size, replace=True)
        raise Corrupt(f"{self._place(bucket)} holds other bytes under this key")

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object with all its versions; removing one that does not exist is a no-op.

        Locked versions stay until the end of their lock, behind a mark that hides them.
        """
        name = key_of_name(key)
        with self._errors(bucket):
            versions = [
                item.version_id
                for item in self._client.list_objects(
                    bucket, prefix=name, recursive=True, include_version=True
                )
                if item.object_name == name
            ]
            # Oldest first: an older version never becomes the current one.
            for version in reversed(versions):
                try:
                    self._client.remove_object(bucket, name, version_id=version)
                except S3Error as error:
                    if not is_locked(error):
                        raise
                    self._client.remove_object(bucket, name)
                    return

    def locked_until(self, bucket: str, key: str) -> datetime | None:
        """The end of the lock of the object's newest version."""
        with self._errors(bucket):
            return locked_until(self._client, bucket, key_of_name(key))

    def free_bytes(self) -> None:
        """S3 does not say how much room is left."""
        return

    def ping(self) -> str:
        """One line that names the server and its buckets; raises ``Unavailable`` or ``Misconfigured``."""
        for bucket in self._buckets:
            with self._errors(bucket):
                if not self._client.bucket_exists(bucket):
                    raise Misconfigured(f"{self._place(bucket)} does not exist: run `sohoa init`")
        return f"S3 {self._name}, buckets {', '.join(self._buckets)}"

    def _place(self, bucket: str) -> str:
        return f"{self._name}, bucket {bucket}"

    def _errors(self, bucket: str) -> AbstractContextManager[None]:
        return errors_of(self._place(bucket))

    def _make(self, bucket: str) -> None:
        try:
            self._client.make_bucket(bucket, object_lock=True)
        except S3Error as error:
            if error.code not in _NOT_IMPLEMENTED:
                raise
            self._client.make_bucket(bucket)
            self._client.set_bucket_versioning(bucket, VersioningConfig(ENABLED))

    def _holds(self, bucket: str, found: ObjectInfo, source: BinaryIO, size: int) -> bool:
        """Whether the object's bytes are those of the source."""
        if found.size_bytes != size:
            return False
        source.seek(0)
        with self._errors(bucket), self._opened(bucket, found.key) as response:
            return all(chunk == source.read(len(chunk)) for chunk in response.stream(_CHUNK_BYTES))

    def _copy(self, bucket: str, key: str, etag: str, file: IO[bytes]) -> None:
        """Write the object's bytes; raises ``Changed`` where it has not the etag that is asked for."""
        try:
            with self._opened(bucket, key) as response:
                if etag and response.headers.get("ETag", "").strip('"') != etag:
                    raise Changed(f"{self._place(bucket)}: an object was replaced meanwhile")
                shutil.copyfileobj(response, file, _CHUNK_BYTES)
        except S3Error as error:
            if etag and error.code in MISSING:
                raise Changed(f"{self._place(bucket)}: an object was removed meanwhile") from error
            raise

    @contextmanager
    def _opened(self, bucket: str, key: str) -> Iterator[BaseHTTPResponse]:
        response = self._client.get_object(bucket, key_of_name(key))
        try:
            yield response
        finally:
            response.close()
            response.release_conn()

    def _upload(self, bucket: str, name: str, source: BinaryIO, size: int, *, replace: bool) -> ObjectInfo:
        """Raises ``_Exists`` when the object is there and must not be replaced."""
        source.seek(0)
        with self._errors(bucket), self._http.only_new(not replace):
            try:
                done = self._client.put_object(bucket, name, source, size, part_size=_PART_BYTES)
            except S3Error as error:
                if error.code != EXISTS:
                    raise
                raise _Exists from error
        return ObjectInfo(name, size, str(done.etag))


def _askable(prefix: str) -> str:
    """What MinIO can be asked for of a prefix: no folder ``.`` or ``..``, not with blanks either."""
    parts = prefix.split("/")
    bad = next((place for place, part in enumerate(parts) if part.strip() in {".", ".."}), None)
    return prefix if bad is None else "".join(f"{part}/" for part in parts[:bad])


def _name_of(key: str) -> str:
    """The object's name for a key that may be written; raises ``Rejected``."""
    name = key_of_name(key)
    fault = key_fault(key) or ("a key cannot be that long" if len(name.encode()) > _KEY_BYTES else "")
    if fault:
        raise Rejected("bad_key", fault)
    return name
