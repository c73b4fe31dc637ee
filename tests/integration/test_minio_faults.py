"""The object store's server is down, dies, is silent, refuses, is full or gets damaged bytes."""

from __future__ import annotations

import http.server
import io
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from sohoa.adapters.minio_store import MinioStore
from sohoa.domain.errors import Misconfigured, NoSpace, SohoaError, Unavailable
from sohoa.settings import StoreSettings, load_settings
from tests.support.buckets import client, minio_store
from tests.support.servers import needed
from tests.support.services import minio
from tests.support.services.machine import free_port
from tests.support.services.private import KILLS, Private, private
from tests.support.services.server import tls

pytestmark = [pytest.mark.slow, KILLS]
BUCKET = "inbox"


@dataclass
class Own:
    """A MinIO of this module's own, and the settings that reach it."""

    server: Private
    settings: StoreSettings
    scratch: Path

    def store(self, **changes: object) -> MinioStore:
        return minio_store(self.settings.model_copy(update=changes), self.scratch, BUCKET)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    needed("store")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with private(minio, Path(folder), "minio") as server:
            settings = load_settings(dict(server.settings)).store
            own = Own(server, settings, tmp_path_factory.mktemp("scratch"))
            own.store().prepare(BUCKET)
            yield own


def test_buckets_keep_versions_and_may_be_locked(own: Own) -> None:
    """A made bucket has versioning and object lock, so that retention can be set; none is set by default."""
    bare = client(own.settings)
    assert bare.get_bucket_versioning(BUCKET).status == "Enabled"
    lock = bare.get_object_lock_config(BUCKET)
    assert (lock.mode, lock.duration) == (None, None)


def test_deleted_bytes_are_gone_with_all_versions(own: Own) -> None:
    """What is deleted (a secret object) leaves no older version and no marker behind."""
    store = own.store()
    store.put(BUCKET, "secret/k", b"one")
    store.put(BUCKET, "secret/k", b"two", replace=True)
    store.put(BUCKET, "secret/k2", b"other")
    store.delete(BUCKET, "secret/k")
    left = client(own.settings).list_objects(BUCKET, prefix="secret/", recursive=True, include_version=True)
    assert [item.object_name for item in left] == ["secret/k2"]


def test_a_large_object_travels_in_parts(own: Own, tmp_path: Path) -> None:
    """40 MB go up in parts and come back equal; another writer's bytes are refused there, too."""
    source = tmp_path / "large"
    source.write_bytes(os.urandom(1 << 20) * 40)
    store = own.store()
    assert "-" in store.put(BUCKET, "large", source).etag
    with store.fetch(BUCKET, "large") as path:
        assert path.read_bytes() == source.read_bytes()
    assert not list(own.scratch.iterdir())
    with source.open("r+b") as file:
        file.write(b"changed")
    with pytest.raises(SohoaError, match="other bytes"):
        store.put(BUCKET, "large", source)


def test_objects_of_other_programs_are_compared_by_their_bytes(own: Own) -> None:
    """A scan that another program uploaded has no digest of ours; the same bytes are still a no-op."""
    client(own.settings).put_object(BUCKET, "foreign", io.BytesIO(b"scan"), 4)
    store = own.store()
    assert store.put(BUCKET, "foreign", b"scan").size_bytes == 4
    with pytest.raises(SohoaError):
        store.put(BUCKET, "foreign", b"nacs")


def test_folder_markers_are_objects(own: Own) -> None:
    """The empty object that some programs leave for a folder is listed and found, and does no harm."""
    client(own.settings).put_object(BUCKET, "Z99.01/folder/", io.BytesIO(b""), 0)
    store = own.store()
    assert [info.key for info in store.list(BUCKET, "Z99.01/")] == ["Z99.01/folder/"]
    found = store.stat(BUCKET, "Z99.01/folder/")
    assert found is not None
    assert found.size_bytes == 0


def test_wrong_credentials_are_named(own: Own) -> None:
    """Key and secret are never shown; the sentence says which setting."""
    for change in ({"access_key": SecretStr("nobody0")}, {"secret_key": SecretStr("wrong-secret")}):
        with pytest.raises(Misconfigured, match="access key, secret key") as caught:
            own.store(**change).ping()
        assert "wrong-secret" not in str(caught.value)


def test_a_missing_bucket_is_named(own: Own) -> None:
    """Ping says which bucket, and what to do."""
    with pytest.raises(Misconfigured, match="bucket nowhere does not exist: run `sohoa init`"):
        minio_store(own.settings, own.scratch, "nowhere").ping()


def test_an_untrusted_certificate_is_refused(own: Own) -> None:
    """Without the authority's file the server is not talked to."""
    with pytest.raises(Misconfigured, match=r"store\.ca_file"):
        own.store(ca_file=None).ping()


def test_a_server_that_is_down_is_unavailable_soon(tmp_path: Path) -> None:
    """One sentence with the address, within seconds."""
    settings = StoreSettings(
        kind="s3",
        endpoint=f"http://127.0.0.1:{free_port()}",
        access_key=SecretStr("a"),
        secret_key=SecretStr("b"),
    )
    started = time.monotonic()
    with pytest.raises(Unavailable, match=settings.endpoint):
        minio_store(settings, tmp_path, BUCKET).ping()
    assert time.monotonic() - started < 30


def test_a_silent_server_is_unavailable(own: Own, tmp_path: Path) -> None:
    """A server that accepts and says nothing does not hold the night up for ever."""
    settings, key, secret = own.settings, own.settings.secret("access_key"), own.settings.secret("secret_key")
    store = MinioStore(
        settings.endpoint, key, secret, scratch=tmp_path, ca_file=settings.ca_file, timeout_s=1
    )
    own.server.pause()
    try:
        with pytest.raises(Unavailable, match="does not answer"):
            list(store.list(BUCKET))
    finally:
        own.server.pause(signal.SIGCONT)


def test_a_killed_server_leaves_no_half_object(own: Own, tmp_path: Path) -> None:
    """Killed during an upload: Unavailable; after the restart there is no object, and the repeat succeeds."""
    source = tmp_path / "large"
    source.write_bytes(os.urandom(1 << 20) * 200)
    store = own.store()
    killer = threading.Timer(0.3, own.server.kill)
    killer.start()
    try:
        with pytest.raises(Unavailable):
            store.put(BUCKET, "cut", source)
    finally:
        killer.join()
        own.server.start()
    assert store.stat(BUCKET, "cut") is None
    store.put(BUCKET, "cut", source)
    with store.fetch(BUCKET, "cut") as path:
        assert path.stat().st_size == source.stat().st_size


class _Proxy(http.server.BaseHTTPRequestHandler):
    """Hands requests on; what is uploaded is damaged, or answered as a full server would."""

    upstream: httpx.Client
    full = False

    def _forward(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.full and self.command == "PUT":
            words = b"<Error><Code>XMinioStorageFull</Code><Message>full</Message></Error>"
            return self._answer(507, {"Content-Type": "application/xml"}, words)
        damaged = body.replace(b"good", b"evil") if self.command == "PUT" else body
        got = self.upstream.request(self.command, self.path, headers=dict(self.headers), content=damaged)
        headers = {name: value for name, value in got.headers.items() if name != "content-length"}
        return self._answer(got.status_code, headers, got.content)

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _forward  # noqa: N815 (names of the base class)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (name of the base class)
        pass


@contextmanager
def proxy(own: Own, *, full: bool) -> Iterator[MinioStore]:
    """A store that reaches the server through the proxy, which answers as a plain HTTP server."""
    assert own.settings.ca_file
    trusted = tls(own.settings.ca_file.parent)
    with httpx.Client(base_url=own.settings.endpoint, verify=trusted, trust_env=False) as upstream:
        handler = type("Handler", (_Proxy,), {"upstream": upstream, "full": full})
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield own.store(endpoint=f"http://127.0.0.1:{server.server_port}")
        finally:
            server.shutdown()
            thread.join()
            server.server_close()


def test_bytes_damaged_on_the_way_are_refused(own: Own) -> None:
    """The server compares the checksum of what arrives: the object does not come into being."""
    with proxy(own, full=False) as store:
        store.put(BUCKET, "through", b"fine bytes")
        with pytest.raises(Unavailable, match="damaged on the way"):
            store.put(BUCKET, "damaged", b"good bytes")
    assert own.store().stat(BUCKET, "damaged") is None
    assert own.store().get(BUCKET, "through") == b"fine bytes"


def test_a_full_server_is_no_space(own: Own) -> None:
    """The answer of a full server says: make room."""
    with proxy(own, full=True) as store, pytest.raises(NoSpace, match="make room"):
        store.put(BUCKET, "k", b"bytes")


def test_what_a_killed_process_left_is_removed(own: Own) -> None:
    """A working copy whose process was killed goes with the next piece of work; one in use stays."""
    store = own.store()
    store.put(BUCKET, "k", b"bytes")
    held = subprocess.Popen(["flock", own.scratch / "used", "sleep", "60"])
    try:
        (own.scratch / "left").write_bytes(b"text")
        while not (own.scratch / "used").exists():
            time.sleep(0.01)
        time.sleep(0.2)
        for name in ("left", "used"):
            os.utime(own.scratch / name, (0, 0))
        with store.fetch(BUCKET, "k"):
            assert not (own.scratch / "left").exists()
            assert (own.scratch / "used").exists()
    finally:
        held.kill()
        held.wait()
