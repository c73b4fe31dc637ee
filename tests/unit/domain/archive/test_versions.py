"""Manifests and paths of the archive."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.versions import (
    FileEntry,
    Manifest,
    entry_for,
    is_manifest_path,
    json_bytes,
    manifest_path,
    version_of,
)
from sohoa.domain.errors import Corrupt

digests = st.text("0123456789abcdef", min_size=64, max_size=64)
entries = st.builds(FileEntry, st.integers(0, 2**40), digests)


@given(st.dictionaries(st.text(min_size=1), entries), st.integers(1, 99), digests)
def test_a_manifest_comes_back_from_its_bytes(files: dict[str, FileEntry], version: int, before: str) -> None:
    """Manifest to bytes and back is the identity, and equal manifests have equal bytes."""
    manifest = Manifest("id", version, files, before)
    assert Manifest.from_bytes(manifest.to_bytes()) == manifest
    assert Manifest.from_bytes(manifest.to_bytes()).to_bytes() == manifest.to_bytes()


@given(st.binary(max_size=60))
def test_anything_else_is_corrupt(data: bytes) -> None:
    """Bytes that are no manifest are refused with one kind of error."""
    with pytest.raises(Corrupt):
        Manifest.from_bytes(data)


@pytest.mark.parametrize(
    "change",
    [{"files": []}, {"files": {"a": 7}}, {"files": {"a": {"size": "1", "sha256": "x"}}}, {"version": True},
     {"version": "1"}, {"record_id": None}, {"previous_manifest_sha256": 0}, {"schema": []}],
)  # fmt: skip
def test_another_type_is_corrupt(change: dict[str, object]) -> None:
    """A manifest whose parts are of another type is refused, and so is one too deep to be read."""
    plain = json.loads(Manifest("id", 1, {"a": FileEntry(1, "x")}, "").to_bytes())
    with pytest.raises(Corrupt):
        Manifest.from_bytes(json_bytes({**plain, **change}))
    with pytest.raises(Corrupt):
        Manifest.from_bytes(b"[" * 100_000 + b"]" * 100_000)


@pytest.mark.parametrize(
    ("path", "is_one"),
    [("v1/manifest.json", True), ("v12/manifest.json", True), ("manifest.json", False),
     ("v0/manifest.json", False), ("v01/manifest.json", False), ("v1/text/manifest.json", False),
     ("text/manifest.json", False)],
)  # fmt: skip
def test_a_manifest_lies_in_its_version(path: str, is_one: bool) -> None:
    """A file of that name anywhere else is none."""
    assert is_manifest_path(path) is is_one


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_entries_tell_bytes_apart(one: bytes, other: bytes) -> None:
    """Two files have equal entries only when their bytes are equal."""
    assert (entry_for(one) == entry_for(other)) == (one == other)


def test_versions_are_read_from_paths() -> None:
    """The original belongs to no version."""
    assert version_of(manifest_path(12)) == 12
    assert version_of("original.pdf") == 0
    assert version_of("v0/x") == 0
