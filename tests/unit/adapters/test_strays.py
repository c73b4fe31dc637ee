"""What lies in a bucket's folder and is no object."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sohoa.adapters.directory_store.files import temporary_name
from sohoa.adapters.directory_store.strays import strays

TEMPORARY = ".tmp"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A bucket with an object, and with what a writer is at work on."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "object").write_bytes(b"x")
    (tmp_path / TEMPORARY).mkdir()
    (tmp_path / TEMPORARY / temporary_name()).write_bytes(b"x")
    return tmp_path


def found(base: Path, below: str = "") -> list[tuple[str, str]]:
    return sorted((stray.key, stray.kind) for stray in strays(base, base / below, TEMPORARY))


def test_objects_and_temporary_files_of_writers_are_none(base: Path) -> None:
    """Neither is named."""
    assert found(base) == []


def test_each_kind_is_named(base: Path) -> None:
    """Links (never followed), pipes, empty folders, and what no writer put among the temporary files."""
    (base / "a" / "link").symlink_to(base)
    os.mkfifo(base / "a" / "b" / "pipe")
    (base / "c" / "empty").mkdir(parents=True)
    (base / TEMPORARY / "x").write_bytes(b"x")
    (base / TEMPORARY / "folder").mkdir()
    assert found(base) == [
        (".tmp/folder", "what no writer made"),
        (".tmp/x", "what no writer made"),
        ("a/b/pipe", "a pipe"),
        ("a/link", "a symbolic link"),
        ("c/empty/", "an empty folder"),
    ]
    assert found(base, "a/b") == [("a/b/pipe", "a pipe")]


def test_folders_may_be_deep(base: Path) -> None:
    """Five hundred folders, one in another."""
    path = base
    for _ in range(500):
        path = path / "d"
    path.mkdir(parents=True)
    assert found(base) == [("d/" * 500, "an empty folder")]
