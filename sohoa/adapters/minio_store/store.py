"""The ``ObjectStore`` port over S3.

Objects that Sohoa writes carry their SHA-256 as metadata: repeats are seen, and what is fetched is checked,
without a second transfer. Buckets keep versions; where the server has it they are made with object lock.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO
from urllib.parse import urlsplit

from minio import Minio
from minio.commonconfig import ENABLED
from minio.error import S3Error
from minio.versioningconfig import VersioningConfig

from sohoa.adapters.minio_store.errors import EXISTS, MISSING, errors_of
from sohoa.adapters.minio_store.scratch import scratch_file
from sohoa.adapters.minio_store.transport import Transport
from sohoa.domain.errors import Corrupt, Misconfigured, Rejected
from sohoa.domain.keys import key_fault, key_of_name
from sohoa.domain.states import ObjectInfo

_PART_BYTES = 16 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_CONNECTIONS = 32
_KEY_BYTES = 1024
_DIGEST = "x-amz-meta-sha256"
_NOT_IMPLEMENTED = ("NotImplemented", "MethodNotAllowed")


class _Exists(Exception):
    """Another writer has created the object meanwhile."""


class MinioStore:
    """S3 at ``endpoint`` (``https://host:port``); ``buckets`` are those that ``ping`` looks for.

    ``scratch`` is the folder for copies that are being worked on; ``timeout_s`` how long the server may be
    silent.
    Safe for threads; every process opens its own. Raises ``Misconfigured`` for an address that is none.
    """

    def __init__(
        self,
        endpoint: str,
        access_key: str,
        secret_key: str,
        *,
        scratch: Path,
        buckets: Sequence[str] = (),
        region: str = "",
        ca_file: Path | None = None,
        timeout_s: float = 60.0,
    ) -> None:
        address = urlsplit(endpoint)
        self._name = f"object store {endpoint}"
        self._scratch = scratch
        self._buckets = tuple(buckets)
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

    def list(self, bucket: str, prefix: str = "") -> Iterator[ObjectInfo]:
        """All objects below a prefix, sorted by the UTF-8 bytes of the key; streaming."""
        with self._errors(bucket):
            for item in self._client.list_objects(bucket, prefix=prefix, recursive=True):
                yield ObjectInfo(str(item.object_name), item.size or 0, str(item.etag))

    def stat(self, bucket: str, key: str) -> ObjectInfo | None:
        """The object, or None."""
        found = self._look(bucket, key_of_name(key))
        return found[0] if found else None

    def get(self, bucket: str, key: str) -> bytes:
        """The whole object; raises ``Corrupt`` when it does not exist or is not what was written."""
        data = io.BytesIO()
        self._download(bucket, key, data)
        return data.getvalue()

    @contextmanager
    def fetch(self, bucket: str, key: str) -> Iterator[Path]:
        """A copy of the object, gone at the end of the block."""
        with ExitStack() as stack:
            with errors_of(self._name):
                path, file = stack.enter_context(scratch_file(self._scratch))
                self._download(bucket, key, file)
                file.flush()
            yield path

    def put(self, bucket: str, key: str, data: bytes | Path, *, replace: bool = False) -> ObjectInfo:
        """Write at once or not at all; see the port. The server checks every part's checksum."""
        name = _name_of(key)
        with _opened(data) as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
            size = source.seek(0, io.SEEK_END)
            found = self._look(bucket, name)
            if found is None or (replace and found[1] != digest):
                source.seek(0)
                try:
                    return self._upload(bucket, name, source, size, digest, replace)
                except _Exists:
                    found = self._look(bucket, name)
        if found is None or not self._holds(bucket, name, found, size, digest):
            raise Corrupt(f"{self._place(bucket)} holds other bytes under this key")
        return found[0]

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object with all its versions; removing one that does not exist is a no-op."""
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
                self._client.remove_object(bucket, name, version_id=version)

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

    def _look(self, bucket: str, name: str) -> tuple[ObjectInfo, str] | None:
        """The object and the SHA-256 that it was written with (empty when another program wrote it)."""
        with self._errors(bucket):
            try:
                found = self._client.stat_object(bucket, name)
            except S3Error as error:
                if error.code in MISSING:
                    return None
                raise
        info = ObjectInfo(name, found.size or 0, str(found.etag))
        return info, _digest_of(found.metadata or {})

    def _holds(self, bucket: str, name: str, found: tuple[ObjectInfo, str], size: int, digest: str) -> bool:
        info, stored = found
        if info.size_bytes != size or stored:
            return info.size_bytes == size and stored == digest
        with self.fetch(bucket, name) as path, path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest

    def _upload(
        self, bucket: str, name: str, source: BinaryIO, size: int, digest: str, replace: bool
    ) -> ObjectInfo:
        """Raises ``_Exists`` when another writer was first."""
        with self._errors(bucket), self._http.only_new(not replace):
            try:
                done = self._client.put_object(
                    bucket, name, source, size, metadata={"sha256": digest}, part_size=_PART_BYTES
                )
            except S3Error as error:
                if error.code != EXISTS:
                    raise
                raise _Exists from error
        return ObjectInfo(name, size, str(done.etag))

    def _download(self, bucket: str, key: str, target: IO[bytes]) -> None:
        seen = hashlib.sha256()
        with self._errors(bucket):
            response = self._client.get_object(bucket, key_of_name(key))
            try:
                stored = _digest_of(response.headers)
                for chunk in response.stream(_CHUNK_BYTES):
                    target.write(chunk)
                    if stored:
                        seen.update(chunk)
            finally:
                response.close()
                response.release_conn()
        if stored and seen.hexdigest() != stored:
            raise Corrupt(f"{self._place(bucket)}: an object is not what was written there")


def _name_of(key: str) -> str:
    """The object's name for a key that may be written; raises ``Rejected``."""
    name = key_of_name(key)
    fault = key_fault(key) or ("a key cannot be that long" if len(name.encode()) > _KEY_BYTES else "")
    if fault:
        raise Rejected("bad_key", fault)
    return name


def _opened(data: bytes | Path) -> io.BytesIO | io.BufferedReader:
    return io.BytesIO(data) if isinstance(data, bytes) else data.open("rb")


def _digest_of(headers: Mapping[str, str]) -> str:
    return next((value for name, value in headers.items() if name.lower() == _DIGEST), "")
