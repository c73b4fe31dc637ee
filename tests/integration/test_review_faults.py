"""Killed writers, damaged records and tampering in the review, through the command line."""

from __future__ import annotations

import pytest

from tests.support.review import AN, UNREAD, codes, correction, folder_of, holds, id_of, state_of
from tests.support.site import Site

pytestmark = pytest.mark.slow


def test_what_a_killed_writer_left_is_replaced(site: Site) -> None:
    """Files of a version without a manifest are debris: the next decision writes that version."""
    record = id_of(site, UNREAD)
    debris = folder_of(site, record) / "v2"
    debris.mkdir()
    (debris / "record.json").write_text("{}", encoding="utf-8")
    (debris / "left.txt").write_text("x", encoding="utf-8")
    assert site.json("review", "show", record)["version"] == 1
    assert site.json("review", "accept", record, "--as", AN)["version"] == 2
    assert not (debris / "left.txt").exists()
    holds(site)


def test_a_writer_killed_after_the_manifest_is_made_good(site: Site) -> None:
    """Ledger and index of before, archive of after: looking at the record brings them in line."""
    record = id_of(site, UNREAD)
    files = [path for path in site.home.glob("*.sqlite*") if not path.is_symlink()]
    before = {path: path.read_bytes() for path in files}
    site.run("review", "set", record, *correction(UNREAD), "--as", AN)
    for path, data in before.items():
        path.unlink()
        path.write_bytes(data)
    assert site.json("verify", code=1)["faults"]
    assert codes(site.json("review", "show", record)) == []
    assert state_of(site, UNREAD) == "archived"
    holds(site)


def test_the_index_of_corrected_records_is_rebuilt_from_the_archive(site: Site) -> None:
    """After a reindex the person's value is found, as before."""
    record = id_of(site, UNREAD)
    site.run("review", "set", record, "subject=Trích yếu do người sửa", "--as", AN)
    for path in site.home.glob("index.sqlite*"):
        path.unlink()
    site.run("reindex")
    assert site.json("search", '"do người sửa"')["hits"][0]["record_id"] == record
    holds(site)


def test_verify_sees_every_tampering_with_a_later_version(site: Site) -> None:
    """An older manifest, an older history and a file of the new version are all watched."""
    record = id_of(site, UNREAD)
    site.run("review", "accept", record, "--as", AN)
    folder = folder_of(site, record)
    for name in ("v1/manifest.json", "v1/events.jsonl", "v2/record.json"):
        path, data = folder / name, (folder / name).read_bytes()
        path.chmod(0o644)
        path.write_bytes(
            data.replace(b"account", b"nobody1").replace(b'"version": 1', b'"version": 9') + b" "
        )
        faults = site.json("verify", record, code=1)["faults"]
        assert any(name in fault["path"] for fault in faults), name
        path.write_bytes(data)
    holds(site)


def test_a_damaged_record_does_not_block_the_queue(site: Site) -> None:
    """The others are listed as ever; the damaged one says which command tells what happened."""
    record = id_of(site, UNREAD)
    path = folder_of(site, record) / "v1" / "record.json"
    path.write_bytes(path.read_bytes() + b" ")
    rows = {row["record_id"]: row for row in site.json("review", "list")}
    assert len(rows) == 3
    assert rows[record]["candidate"] == f"unreadable: sohoa verify {record}"
    assert site.ask("review", "accept", record, "--as", AN)[0] == 1
