"""The client of one Elasticsearch, and the translation of its errors."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import elastic_transport
from elastic_transport.client_utils import DEFAULT
from elasticsearch import Elasticsearch
from elasticsearch.helpers import BulkIndexError, ScanError

from sohoa.domain.errors import Misconfigured, NoSpace, SohoaError, Unavailable

VENDOR_ERRORS = (elastic_transport.ApiError, elastic_transport.TransportError, BulkIndexError, ScanError)
FULL = "cluster_block_exception"

_REINDEX = "run `sohoa reindex`"
_BY_CLASS: tuple[tuple[type[Exception], type[SohoaError], str], ...] = (
    (elastic_transport.TlsError, Misconfigured,
     "its certificate is not trusted: set index.ca_file to the certificate of its authority"),
    (elastic_transport.ConnectionTimeout, Unavailable, "it did not answer in time: see its load and its log"),
    (elastic_transport.SniffingError, Unavailable, "its nodes cannot be listed: see its log"),
    (elastic_transport.SerializationError, Unavailable,
     "its answer is not JSON: does something else listen there?"),
    (elastic_transport.TransportError, Unavailable,
     "it cannot be reached: is it started, is index.url right?"),
    (BulkIndexError, Unavailable, "it did not take all records: the next run repeats them"),
    (ScanError, Unavailable, "it did not list all records: repeat the command"),
)  # fmt: skip
_BY_STATUS: tuple[tuple[tuple[int, ...], type[SohoaError], str], ...] = (
    ((401,), Misconfigured, "it refuses index.user and index.password: mend them"),
    ((403,), Misconfigured, "index.user may not do this: give it all rights on the index"),
    ((404,), Misconfigured, f"the index is missing: {_REINDEX}"),
    ((413,), Misconfigured, "one record is larger than a request may be: raise its http.max_content_length"),
    ((408, 409, 429, *range(500, 600)), Unavailable, "it is overloaded or not ready: see its log"),
)


class Server:
    """One Elasticsearch; ``where`` names it without user and password."""

    def __init__(
        self, url: str, user: str = "", password: str = "", ca_file: Path | None = None, timeout_s: float = 30
    ) -> None:
        parts = urlsplit(url)
        if parts.username or parts.password:
            raise Misconfigured("index.url holds a user or a password: put them into index.user and password")
        if parts.scheme not in ("http", "https"):
            raise Misconfigured(f"index.url {url!r} is not an address like https://host:9200")
        self.where = url
        try:
            trusted = ssl.create_default_context(cafile=ca_file) if parts.scheme == "https" else DEFAULT
            self.client = Elasticsearch(
                url,
                basic_auth=(user, password) if user else None,
                ssl_context=trusted,
                request_timeout=timeout_s,
                max_retries=1,
            )
        except (ValueError, OSError) as error:
            raise Misconfigured(f"index.url {url!r} or index.ca_file {ca_file} is wrong: {error}") from error

    @contextmanager
    def errors(self) -> Iterator[Elasticsearch]:
        """The client, with its errors in our words."""
        try:
            yield self.client
        except VENDOR_ERRORS as error:
            raise translated(error, self.where) from error

    def failure(self, status: int, kind: str) -> SohoaError:
        """The error for an answer, or for one item of it."""
        return _failure(status, kind, self.where)

    def close(self) -> None:
        """Give the connections back."""
        self.client.close()


def translated(error: Exception, where: str) -> SohoaError:
    """The domain error for an error of the client; without the server's words, which may quote a paper."""
    if isinstance(error, elastic_transport.ApiError):
        if not 400 <= error.meta.status < 600:
            return Misconfigured(f"search index at {where}: it does not answer as an Elasticsearch 9 does")
        return _failure(error.meta.status, error_kind(error.body), where)
    for vendors, kind, advice in _BY_CLASS:
        if isinstance(error, vendors):
            return kind(f"search index at {where}: {advice} ({type(error).__name__})")
    return Unavailable(f"search index at {where}: {type(error).__name__}")


def error_kind(body: Any) -> str:
    """The server's name for an error; of a failed search the first cause's."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return ""
    causes = error.get("root_cause") or [error]
    return str(causes[0].get("type", ""))


def _failure(status: int, kind: str, where: str) -> SohoaError:
    label = f"{kind}, status {status}" if kind else f"status {status}"
    if kind == FULL:
        return NoSpace(f"search index at {where}: it takes no more, make room on its disk ({label})")
    for statuses, meaning, advice in _BY_STATUS:
        if status in statuses:
            return meaning(f"search index at {where}: {advice} ({label})")
    return Misconfigured(f"search index at {where}: it does not understand the request: {_REINDEX} ({label})")
