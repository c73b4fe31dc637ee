"""What somebody changes by hand on MinIO or in Elasticsearch is noticed as it is on files; each act once."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from minio import Minio

from sohoa.settings import Settings, load_settings
from tests.support import indices
from tests.support.buckets import client, remove
from tests.support.servers import needed, variables
from tests.support.site import Site, stored_site

pytestmark = pytest.mark.slow
AGENCY, PLAIN = "Z99.01", "Z99.01/lo-1/qd-47.tif"


def of_server(section: str) -> dict[str, str]:
    """The variables that reach one of the servers."""
    needed(section)
    return {name: v for name, v in variables().items() if name.startswith(f"SOHOA_{section.upper()}__")}


def settings_of(site: Site) -> Settings:
    return load_settings({name: v for name, v in site.environment.items() if name.startswith("SOHOA_")})


def faults(site: Site) -> set[str]:
    """The kinds of faults that ``verify`` names."""
    return {fault["kind"] for fault in site.json("verify", code=1)["faults"]}


@dataclass
class Bucket:
    """The archive as another program sees it; ``name`` is that of a record in it."""

    bare: Minio
    bucket: str
    name: str

    def put(self, key: str, data: bytes = b"x") -> None:
        self.bare.put_object(self.bucket, key, io.BytesIO(data), len(data))

    def inside(self, path: str, data: bytes = b"x") -> None:
        """Put it into the record's folder."""
        self.put(f"{AGENCY}/{self.name}/{path}", data)

    def take(self, path: str) -> None:
        """Remove it as S3 does: a mark lies over its versions."""
        self.bare.remove_object(self.bucket, f"{AGENCY}/{self.name}/{path}")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The home of version 0.1, only to be copied."""
    return stored_site(tmp_path_factory.mktemp("stored"))


@pytest.fixture
def on_minio(stored: Site, tmp_path: Path) -> Iterator[tuple[Site, Bucket]]:
    """The stored home with its archive in buckets of its own, whose inbox is empty."""
    token, site = secrets.token_hex(5), stored_site(tmp_path)
    names = {kind: f"{kind}-{token}" for kind in ("inbox", "archive", "quarantine")}
    site.extra |= of_server("store") | {f"SOHOA_STORE__{k.upper()}_BUCKET": v for k, v in names.items()}
    site.run("init")
    bare = client(settings_of(site).store)
    try:
        archive = stored.home / "archive"
        for path in (path for path in archive.rglob("*") if path.is_file()):
            bare.fput_object(names["archive"], path.relative_to(archive).as_posix(), str(path))
        assert site.json("verify")["faults"] == []
        record = site.json("where", PLAIN)[0]["record_id"]
        yield site, Bucket(bare, names["archive"], record)
    finally:
        for name in names.values():
            remove(bare, name)


OBJECTS: dict[str, tuple[Callable[[Bucket], object], str]] = {
    "an object more": (lambda b: b.inside("v1/more.txt"), "extra"),
    "an object beside the agencies": (lambda b: b.put("more.txt"), "extra"),
    "an empty folder": (lambda b: b.inside("v1/more/", b""), "extra"),
    "a manifest in no version": (lambda b: b.inside("manifest.json"), "extra"),
    "a manifest deeper in a version": (lambda b: b.inside("v1/text/manifest.json"), "extra"),
    "a folder with a manifest alone": (lambda b: b.put(f"{AGENCY}/new/manifest.json"), "extra"),
    "an object under another agency": (lambda b: b.put(f"Z99.02/{b.name}/v1/note.txt"), "extra"),
    "another original": (lambda b: b.inside("original.tif"), "changed"),
    "a deep manifest": (lambda b: b.inside("v1/manifest.json", b"[" * 200_000), "unreadable_manifest"),
    "an object is gone": (lambda b: b.take("v1/text/body.txt"), "missing"),
    "a manifest is gone": (lambda b: b.take("v1/manifest.json"), "missing_record"),
}


@pytest.mark.parametrize("act", OBJECTS)
def test_each_act_on_the_bucket_is_noticed(act: str, on_minio: tuple[Site, Bucket]) -> None:
    """``verify`` ends with exit 1 and names what was done."""
    site, bucket = on_minio
    tamper, kind = OBJECTS[act]
    tamper(bucket)
    assert kind in faults(site)


@dataclass
class Served:
    """The index as another program sees it; ``name`` is that of a record in it."""

    bare: Elasticsearch
    alias: str
    name: str

    def say(self, **values: Any) -> None:
        """Let the record's entry say something else."""
        self.bare.update(index=self.alias, id=self.name, doc=values, refresh=True)


@pytest.fixture
def on_elasticsearch(tmp_path: Path) -> Iterator[tuple[Site, Served]]:
    """The stored home with an index of its own on the server."""
    site = stored_site(tmp_path)
    site.extra |= of_server("index") | {"SOHOA_INDEX__NAME": f"test-{secrets.token_hex(6)}"}
    settings = settings_of(site).index
    try:
        site.run("reindex")
        assert site.json("verify")["faults"] == []
        record = site.json("where", PLAIN)[0]["record_id"]
        with indices.client(settings) as bare:
            yield site, Served(bare, settings.name, record)
    finally:
        indices.remove_indices(settings, settings.name)


ENTRIES: dict[str, tuple[Callable[[Served], object], str]] = {
    "other values": (lambda s: s.say(fields={"subject": "x"}), "index_differs"),
    "another text": (lambda s: s.say(body="x"), "index_differs"),
    "another date": (lambda s: s.say(issued=19990101), "index_differs"),
    "another agency": (lambda s: s.say(agency="Z99.02"), "index_differs"),
    "an unknown level": (lambda s: s.say(mode="07"), "index_differs"),
    "an entry is gone": (lambda s: s.bare.delete(index=s.alias, id=s.name, refresh=True), "not_indexed"),
    "an entry more of an unknown level": (
        lambda s: s.bare.index(
            index=s.alias, id="more", document={"record_id": "more", "mode": "07"}, refresh=True
        ),
        "extra_in_index",
    ),
}


@pytest.mark.parametrize("act", ENTRIES)
def test_each_act_on_the_index_is_noticed(act: str, on_elasticsearch: tuple[Site, Served]) -> None:
    """``verify`` ends with exit 1 and names what was done."""
    site, served = on_elasticsearch
    tamper, kind = ENTRIES[act]
    tamper(served)
    assert kind in faults(site)
