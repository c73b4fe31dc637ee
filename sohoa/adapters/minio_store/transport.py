"""HTTP for the S3 client: bounded waiting, and objects that are created only where there is none."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import certifi
import urllib3

_CONNECT_S = 5.0
_BUSY = (429, 500, 502, 503, 504)


class Transport(urllib3.PoolManager):
    """A connection pool; ``ca_file`` is the only authority trusted when it is given.

    Inside ``only_new`` the requests of this thread that create an object carry ``If-None-Match: *``, which
    the client cannot be told to send (conditional writes of S3, 2024).
    """

    def __init__(self, ca_file: Path | None, connections: int, timeout_s: float) -> None:
        authorities = str(ca_file) if ca_file else certifi.where()
        super().__init__(
            timeout=urllib3.Timeout(connect=_CONNECT_S, read=timeout_s),
            retries=urllib3.Retry(
                total=4, read=1, backoff_factor=0.3, status_forcelist=_BUSY, respect_retry_after_header=False
            ),
            maxsize=connections,
            cert_reqs="CERT_REQUIRED",
            ca_certs=authorities,
        )
        self._here = threading.local()

    @contextmanager
    def only_new(self, wanted: bool) -> Iterator[None]:
        """For the length of the block: an object that exists is not overwritten (if ``wanted``)."""
        self._here.only_new = wanted
        try:
            yield
        finally:
            self._here.only_new = False

    def urlopen(  # type: ignore[override]  # as in urllib3 itself
        self, method: str, url: str, redirect: bool = True, **kw: Any
    ) -> urllib3.BaseHTTPResponse:
        """The request, made conditional where it creates an object."""
        if getattr(self._here, "only_new", False) and _creates(method, url):
            kw["headers"] = {**kw.get("headers", {}), "If-None-Match": "*"}
        return super().urlopen(method, url, redirect, **kw)


def _creates(method: str, url: str) -> bool:
    query = url.partition("?")[2]
    return (method == "PUT" and not query) or (method == "POST" and query.startswith("uploadId="))
