"""What every object store does."""

import threading
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.domain.errors import Changed, Corrupt, Misconfigured, Rejected
from sohoa.ports import ObjectStore
from tests.support.buckets import BUCKET

ODD_KEYS = ["a b/ c .pdf", "Hồ sơ/Quyết định số 5.pdf", "ho\u0302\u0300 so\u031b.pdf", "x/%41&?#+;.pdf",
            "-/~.txt", "dấu\u00a0cách/'\"`$(x).pdf", "a\\b.pdf", "..a/b..", ".hidden"]  # fmt: skip
parts = st.text(alphabet="aăzA-.!~ 0đ", min_size=1, max_size=3).filter(lambda part: part not in {".", ".."})


def keys(store: ObjectStore, prefix: str = "") -> list[str]:
    return [info.key for info in store.list(BUCKET, prefix)]


@pytest.mark.parametrize("key", ODD_KEYS)
def test_odd_names_come_back(store: ObjectStore, key: str) -> None:
    """A key with blanks, Vietnamese in either normal form or signs of shells names its own object."""
    info = store.put(BUCKET, key, b"bytes")
    assert (info.key, info.size_bytes) == (key, 5)
    assert store.stat(BUCKET, key) == info
    assert list(store.list(BUCKET)) == [info]
    assert store.get(BUCKET, key) == b"bytes"


def test_both_normal_forms_are_different_keys(store: ObjectStore) -> None:
    """Keys are bytes: NFC and NFD do not overwrite each other."""
    store.put(BUCKET, "hồ.pdf", b"1")
    store.put(BUCKET, "ho\u0302\u0300.pdf", b"2")
    assert len(keys(store)) == 2


@given(st.sets(st.lists(parts, min_size=1, max_size=3).map(tuple), max_size=12), parts)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_listing_is_sorted_by_bytes(store: ObjectStore, paths: set[tuple[str, ...]], prefix: str) -> None:
    """The listing has every object once, in the order of the key's UTF-8 bytes, below any prefix."""
    for info in list(store.list(BUCKET)):
        store.delete(BUCKET, info.key)
    # ``f/`` keeps a file from having the name of another one's folder.
    wanted = {
        "/".join(f"{part}" for part in (*("d" + p for p in path[:-1]), "f" + path[-1])) for path in paths
    }
    for key in wanted:
        store.put(BUCKET, key, key.encode())
    assert keys(store) == sorted(wanted, key=str.encode)
    for start in (prefix, "d" + prefix, f"d{prefix}/"):
        assert keys(store, start) == sorted((k for k in wanted if k.startswith(start)), key=str.encode)


@pytest.mark.parametrize("prefix", [".", "..", ". ", "a/. ", "a/../", "a b/."])
def test_odd_prefixes(store: ObjectStore, prefix: str) -> None:
    """A prefix is the beginning of keys, whatever it would mean as a path."""
    for key in ("a/.b/x", "a b/.c", ".d", "e"):
        store.put(BUCKET, key, b"")
    wanted = [key for key in (".d", "a b/.c", "a/.b/x", "e") if key.startswith(prefix)]
    assert keys(store, prefix) == wanted


def test_folder_and_file_order(store: ObjectStore) -> None:
    """``a-b/x`` is before ``a/x``, because ``-`` is before ``/``."""
    for key in ("a/x", "a-b/x", "a.txt", "a0", "b"):
        store.put(BUCKET, key, b"")
    assert keys(store) == ["a-b/x", "a.txt", "a/x", "a0", "b"]


def test_missing_objects(store: ObjectStore) -> None:
    """What is not there is None, Corrupt or nothing to do, each where it belongs."""
    assert store.stat(BUCKET, "no/such") is None
    store.delete(BUCKET, "no/such")
    with pytest.raises(Corrupt):
        store.get(BUCKET, "no/such")
    with pytest.raises(Corrupt), store.fetch(BUCKET, "no/such"):
        pass
    assert keys(store, "no/") == []


def test_same_bytes_again_change_nothing(store: ObjectStore, tmp_path: Path) -> None:
    """A repeated put, of bytes or of a file, leaves object and etag alone."""
    first = store.put(BUCKET, "k", b"same")
    source = tmp_path / "source"
    source.write_bytes(b"same")
    assert store.put(BUCKET, "k", b"same") == first
    assert store.put(BUCKET, "k", source) == first


def test_other_bytes_are_refused(store: ObjectStore) -> None:
    """Nothing is overwritten, unless debris is replaced on purpose; the etag then changes."""
    first = store.put(BUCKET, "k", b"one")
    with pytest.raises(Corrupt):
        store.put(BUCKET, "k", b"two")
    assert store.get(BUCKET, "k") == b"one"
    assert store.put(BUCKET, "k", b"two", replace=True).etag != first.etag
    assert store.get(BUCKET, "k") == b"two"


def test_deleted_objects_are_gone(store: ObjectStore) -> None:
    """A deleted key is free for other bytes."""
    store.put(BUCKET, "d/k", b"one")
    store.delete(BUCKET, "d/k")
    assert keys(store) == []
    store.put(BUCKET, "d/k", b"two")


def test_fetch_gives_a_file(store: ObjectStore, tmp_path: Path) -> None:
    """A large file goes in from a path and comes out as a path with the same bytes."""
    source = tmp_path / "source"
    source.write_bytes(bytes(range(256)) * 12_000)
    store.put(BUCKET, "big", source)
    with store.fetch(BUCKET, "big") as path:
        assert path.read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    "key", ["", "/a", "a/", "a//b", "../a", "a/../b", "./a", "a\0b", "x" * 2000, "\ud800"]
)
def test_bad_keys_are_rejected(store: ObjectStore, key: str) -> None:
    """A key that cannot name an object is refused with a reason, never a traceback."""
    with pytest.raises(Rejected) as caught:
        store.put(BUCKET, key, b"x")
    assert caught.value.code == "bad_key"


def test_a_bucket_that_does_not_exist(store: ObjectStore) -> None:
    """A missing bucket is a fault of the installation, not an empty listing."""
    for ask in (lambda: list(store.list("nowhere")), lambda: store.put("nowhere", "k", b"")):
        with pytest.raises(Misconfigured):
            ask()


def test_one_of_many_writers_wins(store: ObjectStore) -> None:
    """Of writers with different bytes for one key exactly one succeeds; the object is its bytes."""
    won: list[bytes] = []

    def write(data: bytes) -> None:
        try:
            store.put(BUCKET, "k", data)
        except Corrupt:
            return
        won.append(data)

    threads = [threading.Thread(target=write, args=(bytes([n]) * 100_000,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [store.get(BUCKET, "k")]


def test_health(store: ObjectStore) -> None:
    """Ping answers in one line and the room left is a number or unknown."""
    assert "\n" not in store.ping()
    assert (store.free_bytes() or 1) > 0


def test_many_objects_are_fetched_in_the_order_asked_for(store: ObjectStore) -> None:
    """``fetch_all`` gives each key's bytes, in order, however many files a process may have open."""
    wanted = [f"a.pages/{number}.jpg" for number in (10, 2, 1)]
    for key in wanted:
        store.put(BUCKET, key, key.encode())
    with store.fetch_all(BUCKET, wanted) as paths:
        assert [path.read_bytes().decode() for path in paths] == wanted
    with store.fetch_all(BUCKET, []) as paths:
        assert list(paths) == []
    with pytest.raises(Corrupt), store.fetch_all(BUCKET, [*wanted, "a.pages/3.jpg"]):
        pass


def test_a_version_that_is_asked_for_is_a_copy_of_its_own(store: ObjectStore) -> None:
    """What is fetched by etag stays as it is while the object is replaced and removed."""
    first = store.put(BUCKET, "a/scan.pdf", b"first")
    other = store.put(BUCKET, "a/other.pdf", b"other")
    with store.fetch(BUCKET, "a/scan.pdf", first.etag) as path:
        store.put(BUCKET, "a/scan.pdf", b"second, longer", replace=True)
        assert path.read_bytes() == b"first"
    with store.fetch_all(BUCKET, ["a/other.pdf"], [other.etag]) as paths:
        store.delete(BUCKET, "a/other.pdf")
        assert [path.read_bytes() for path in paths] == [b"other"]


def test_a_version_that_is_no_more_is_changed(store: ObjectStore) -> None:
    """An object that was replaced or removed since it was listed is told from damage."""
    kept = store.put(BUCKET, "a/kept.pdf", b"kept")
    replaced = store.put(BUCKET, "a/replaced.pdf", b"first")
    removed = store.put(BUCKET, "a/removed.pdf", b"first")
    store.put(BUCKET, "a/replaced.pdf", b"second", replace=True)
    store.delete(BUCKET, "a/removed.pdf")
    for gone in (replaced, removed):
        with pytest.raises(Changed), store.fetch(BUCKET, gone.key, gone.etag):
            pass
        with pytest.raises(Changed), store.fetch_all(BUCKET, [kept.key, gone.key], [kept.etag, gone.etag]):
            pass
