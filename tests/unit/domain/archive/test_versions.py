"""Manifests and paths of the archive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.domain.archive.versions import FileEntry, Manifest, entry_for, manifest_path, version_of
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


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_entries_tell_bytes_apart(one: bytes, other: bytes) -> None:
    """Two files have equal entries only when their bytes are equal."""
    assert (entry_for(one) == entry_for(other)) == (one == other)


def test_versions_are_read_from_paths() -> None:
    """The original belongs to no version."""
    assert version_of(manifest_path(12)) == 12
    assert version_of("original.pdf") == 0
    assert version_of("v0/x") == 0
