"""A home that version 0.1 made and people worked in: everything in it stays usable.

``tests/fixtures/home-0.1.tar.gz`` holds a night over nine synthetic objects: two files of two documents (one
split by a person), a folder document, a draft with a corrected subject, a decision in a hồ sơ, a sample drawn
from the batch, one object under secrecy, one that is no document.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import Site, stored_site

pytestmark = pytest.mark.slow
ARCHIVIST, BATCH = "Cán bộ lưu trữ mẫu", "Z99.01/lo-1"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return stored_site(tmp_path)


def record_of(site: Site, name: str) -> str:
    """The record of an object of the batch."""
    found: str = site.json("where", f"{BATCH}/{name}")[0]["record_id"]
    return found


def holds(site: Site) -> None:
    """Archive, ledger and index agree, and the states add up."""
    assert site.json("verify")["faults"] == []
    assert site.json("reconcile")["holds"]


def found(site: Site, query: str) -> list[dict[str, Any]]:
    """The hits of a query, without their scores."""
    hits = site.json("search", query, "--size", "50")["hits"]
    return sorted(({**hit, "score": 0} for hit in hits), key=lambda hit: str(hit["record_id"]))


def test_it_is_verified_and_counted(site: Site) -> None:
    """Every record is whole and every object in the state that it had."""
    holds(site)
    assert site.json("verify")["checked"] == 7
    states = site.json("reconcile")["states"]
    assert {name: count for name, count in states.items() if count} == {
        "archived": 2, "needs_review": 3, "quarantined": 1, "rejected": 1, "companion": 2,
    }  # fmt: skip
    assert site.json("nightly")["pages"] == 0


def test_its_records_are_shown_and_its_history_is_told(site: Site) -> None:
    """A person's value of version 2, the file it was put into, the parts of a split."""
    draft = site.json("show", record_of(site, "du-thao.tif"))
    assert (draft["version"], draft["fields"]["subject"]["value"]) == (2, "Kế hoạch do người đọc")
    assert "corrected" in [event["action"] for event in draft["events"]]
    assert site.json("show", record_of(site, "qd-47.tif"))["file_codes"] == ["HS-01"]
    assert len({row["record_id"] for row in site.json("where", f"{BATCH}/tap.pages")} - {""}) == 1


def test_its_index_is_rebuilt_with_the_same_hits(site: Site) -> None:
    """What is searchable is found again after another rebuild, in the same words."""
    queries = ("kế hoạch", "quyet dinh", "so:47")
    before = [found(site, query) for query in queries]
    assert all(before)
    site.run("reindex")
    assert [found(site, query) for query in queries] == before
    holds(site)


def test_what_is_doubtful_in_it_is_reviewed(site: Site) -> None:
    """The queue stands; a correction makes the next version."""
    draft = record_of(site, "du-thao.tif")
    waiting = {row["record_id"] for row in site.json("review", "list")}
    assert draft in waiting
    site.run(
        "review", "set", draft, "code_number=12", "issued_date=2024-03-05", "draft=no", "--as", ARCHIVIST
    )
    assert site.json("show", draft)["version"] == 3
    assert draft not in {row["record_id"] for row in site.json("review", "list")}
    holds(site)


def test_its_files_are_split_and_its_parts_merged(site: Site) -> None:
    """A file that waits is split, and the parts that a person once split off become one again."""
    whole = record_of(site, "hai-van-ban.tif")
    parts = site.json("review", "split", whole, "1", "2", "--as", ARCHIVIST)["record_ids"]
    assert len({whole, *parts}) == 3
    holds(site)
    archive = site.home / "archive" / "Z99.01"
    split_off = [
        folder.name
        for folder in archive.iterdir()
        if json.loads((folder / "v1" / "record.json").read_text("utf-8"))["part"] and folder.name not in parts
    ]
    ordered = sorted(split_off, key=lambda name: str(site.json("show", name)["part"]))
    (merged,) = site.json("review", "merge", *ordered, "--as", ARCHIVIST)["record_ids"]
    assert site.json("show", merged)["withdrawn"] == ""
    holds(site)
