"""What is special about the object store in a directory."""

import errno
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.adapters.directory_store import DirectoryStore
from sohoa.adapters.directory_store.files import temporary_name, translated
from sohoa.adapters.directory_store.store import TEMPORARY
from sohoa.domain.archive.object_keys import key_of_name, name_of_key
from sohoa.domain.errors import Changed, Misconfigured, NoSpace, Rejected, SohoaError, Unavailable

BUCKET = "inbox"


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    made = DirectoryStore(tmp_path, tmp_path / "work")
    made.prepare(BUCKET)
    return made


@given(st.binary(min_size=1))
def test_any_file_name_has_a_key(name: bytes) -> None:
    """File names of any bytes become valid Unicode and find back."""
    key = key_of_name(os.fsdecode(name))
    assert os.fsencode(name_of_key(key)) == name
    assert key.encode().decode() == key


def test_names_that_are_not_utf8(store: DirectoryStore, tmp_path: Path) -> None:
    """A file named in a legacy code page is listed and read under the key in the listing."""
    path = os.path.join(os.fsencode(tmp_path), b"inbox", b"c\xf4ng v\xe3n.pdf")  # noqa: PTH118 (bytes)
    Path(os.fsdecode(path)).write_bytes(b"x")
    (info,) = store.list(BUCKET)
    assert store.stat(BUCKET, info.key) == info
    assert store.put(BUCKET, info.key, b"x") == info
    assert store.get(BUCKET, os.fsdecode(b"c\xf4ng v\xe3n.pdf")) == b"x"


def test_links_are_not_objects(store: DirectoryStore, tmp_path: Path) -> None:
    """Symbolic links lead neither out of the bucket nor into the listing; pipes are no objects either."""
    inbox, outside = tmp_path / BUCKET, tmp_path / "outside"
    outside.mkdir()
    (outside / "secret").write_bytes(b"s")
    (inbox / "folder").symlink_to(outside)
    (inbox / "file").symlink_to(outside / "secret")
    os.mkfifo(inbox / "pipe")
    assert list(store.list(BUCKET)) == list(store.list(BUCKET, "folder/")) == []
    assert [store.stat(BUCKET, key) for key in ("folder/secret", "file", "pipe")] == [None] * 3
    for key in ("folder/new", "folder/a/b", "file"):
        with pytest.raises(Rejected):
            store.put(BUCKET, key, b"x", replace=key != "file")
    store.delete(BUCKET, "folder/secret")
    assert sorted(path.name for path in outside.iterdir()) == ["secret"]


def test_the_etag_tells_a_changed_file(store: DirectoryStore, tmp_path: Path) -> None:
    """A file that a person drops or overwrites in the inbox is an object with a new etag."""
    path = tmp_path / BUCKET / "dropped.pdf"
    path.write_bytes(b"one")
    (first,) = store.list(BUCKET)
    path.write_bytes(b"two")
    os.utime(path, ns=(1, 1))
    (second,) = store.list(BUCKET)
    assert first.etag != second.etag


def test_temporary_files_are_invisible_and_swept(store: DirectoryStore, tmp_path: Path) -> None:
    """What a killed writer left is not in the listing and is removed by a later write."""
    folder = tmp_path / BUCKET / TEMPORARY
    folder.mkdir()
    for name, age in (("old", 0), ("young", None)):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, None if age is None else (age, age))
    assert list(store.list(BUCKET)) == []
    store.put(BUCKET, "k", b"x")
    assert [path.name for path in folder.iterdir()] == ["young"]


@pytest.mark.parametrize("fault", [MemoryError, KeyboardInterrupt])
def test_an_interrupted_write_leaves_nothing(
    store: DirectoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]
) -> None:
    """Until the write is durable nothing is under the key, and the temporary file goes."""

    def fail(descriptor: int) -> None:
        raise fault

    monkeypatch.setattr(os, "fsync", fail)
    (tmp_path / BUCKET / TEMPORARY).mkdir()
    with pytest.raises(fault):
        store.put(BUCKET, "k", b"x")
    assert [path for path in (tmp_path / BUCKET).rglob("*") if path.is_file()] == []


def test_file_systems_without_hard_links(
    store: DirectoryStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where links are not supported the file is renamed, and still nothing is overwritten."""

    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EOPNOTSUPP, "not supported")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    assert store.put(BUCKET, "k", b"x").size_bytes == 1
    with pytest.raises(SohoaError):
        store.put(BUCKET, "k", b"y")
    assert store.get(BUCKET, "k") == b"x"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoSpace), (errno.EDQUOT, NoSpace), (errno.EACCES, Misconfigured),
        (errno.EPERM, Misconfigured), (errno.EROFS, Misconfigured), (errno.ENAMETOOLONG, Rejected),
        (errno.EISDIR, Rejected), (errno.EIO, Unavailable), (errno.ESTALE, Unavailable),
    ],
)  # fmt: skip
def test_system_errors_are_translated(number: int, kind: type[SohoaError]) -> None:
    """Each way a disk fails says whose fault it is."""
    assert type(translated(OSError(number, os.strerror(number)), Path("/srv/\udcff"))) is kind


def test_no_root(tmp_path: Path) -> None:
    """A home that was not made yet says how to make it."""
    missing = DirectoryStore(tmp_path / "none", tmp_path / "work")
    with pytest.raises(Misconfigured, match="sohoa init"):
        missing.ping()
    with pytest.raises(Misconfigured, match="sohoa init"):
        list(missing.list(BUCKET))


def _limited(folder: Path, code: str, *limits: tuple[int, int]) -> str:
    """What a process of its own prints, under resource limits."""

    def limit() -> None:
        for kind, value in limits:
            resource.setrlimit(kind, (value, value))

    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, preexec_fn=limit, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_a_large_put_needs_little_memory(tmp_path: Path) -> None:
    """200 MB go through a process that may not use that much memory."""
    with (tmp_path / "big").open("wb") as big:
        big.truncate(200_000_000)
    code = (
        "import sys; from pathlib import Path; from sohoa.adapters.directory_store import DirectoryStore\n"
        "home = Path(sys.argv[1]); store = DirectoryStore(home, home / 'work'); store.prepare('b')\n"
        "print(store.put('b', 'k', home / 'big').size_bytes)"
    )
    assert _limited(tmp_path, code, (resource.RLIMIT_AS, 200_000_000)) == "200000000"


def test_what_a_killed_writer_left_is_gone_with_the_next_write(tmp_path: Path) -> None:
    """A temporary file of a process that ended is removed; one of a living process stays."""
    store = DirectoryStore(tmp_path, tmp_path / "work")
    store.prepare("archive")
    store.put("archive", "a", b"1")
    folder = tmp_path / "archive" / TEMPORARY
    ended = subprocess.Popen(["true"])
    ended.wait()
    host = temporary_name().split(".")[1]
    left, own = folder / f"{ended.pid}.{host}.ab", folder / temporary_name()
    left.write_bytes(b"half")
    own.write_bytes(b"being written")
    store.put("archive", "b", b"2")
    assert not left.exists()
    assert own.exists()


def test_a_file_that_is_written_to_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    """A scanner that still writes changes time and size of its file: no half of it becomes a document."""
    store = DirectoryStore(tmp_path, tmp_path / "work")
    store.prepare("inbox")
    listed = store.put("inbox", "a/scan.pdf", b"x" * 100)
    with (tmp_path / "inbox" / "a" / "scan.pdf").open("ab") as scanner:
        scanner.write(b"more")
    with pytest.raises(Changed), store.fetch("inbox", "a/scan.pdf", listed.etag):
        pass


def test_a_pipe_in_the_place_of_an_object_is_not_waited_for(tmp_path: Path) -> None:
    """A FIFO under an object's name is no object, with or without a version."""
    store = DirectoryStore(tmp_path, tmp_path / "work")
    store.prepare("inbox")
    listed = store.put("inbox", "a/scan.pdf", b"x")
    (tmp_path / "inbox" / "a" / "scan.pdf").unlink()
    os.mkfifo(tmp_path / "inbox" / "a" / "scan.pdf")
    with pytest.raises(Changed), store.fetch("inbox", "a/scan.pdf", listed.etag):
        pass
