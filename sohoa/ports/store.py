"""The object store: inbox, archive, quarantine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from sohoa.domain.inbox.states import ObjectInfo, Stray


class ObjectStore(Protocol):
    """Buckets of immutable-looking objects: the inbox is only read, the archive written once."""

    def list(self, bucket: str, prefix: str = "") -> Iterator[ObjectInfo]:
        """All objects below a prefix, sorted by the UTF-8 bytes of the key; streaming."""
        ...

    def strays(self, bucket: str, prefix: str = "") -> Iterator[Stray]:
        """What lies below a prefix and is no object: links, pipes, devices, empty folders, foreign debris."""
        ...

    def stat(self, bucket: str, key: str) -> ObjectInfo | None:
        """The object, or None."""
        ...

    def get(self, bucket: str, key: str) -> bytes:
        """The whole object; raises ``Corrupt`` when it does not exist."""
        ...

    def fetch(self, bucket: str, key: str, etag: str = "") -> AbstractContextManager[Path]:
        """The object as a readable local file that must not be changed, for the length of the block.

        With an ``etag`` it is a copy of that very version, which nobody else can change; raises ``Changed``
        where the object is another by now, or gone. Without, raises ``Corrupt`` when it does not exist.
        """
        ...

    def fetch_all(
        self, bucket: str, keys: Sequence[str], etags: Sequence[str] = ()
    ) -> AbstractContextManager[Sequence[Path]]:
        """Several objects as ``fetch`` gives one, in the order of the keys; any number of them.

        ``etags`` are none, or one for each key.
        """
        ...

    def put(self, bucket: str, key: str, data: bytes | Path, *, replace: bool = False) -> ObjectInfo:
        """Write atomically and durably.

        The same bytes again are a no-op; other bytes under an existing key raise ``Corrupt`` unless
        ``replace`` (only for debris: files of a version without manifest).
        """
        ...

    def delete(self, bucket: str, key: str) -> None:
        """Remove the object; removing one that does not exist is a no-op."""
        ...

    def locked_until(self, bucket: str, key: str) -> datetime | None:
        """Until when the store itself refuses to let go of the object; None where nothing holds it."""
        ...

    def free_bytes(self) -> int | None:
        """Room left, or None where the store cannot say."""
        ...

    def ping(self) -> str:
        """One line that names service and version; raises ``Unavailable`` or ``Misconfigured``."""
        ...
