"""Files that hold several documents: split and merged by persons, through the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from tests.support.review import AN, BINH, TWO_PAGES, folder_of, holds, id_of, state_of
from tests.support.site import SAMPLES, Site

pytestmark = pytest.mark.slow


def test_a_split_makes_records_of_the_parts_and_a_merge_takes_it_back(site: Site) -> None:
    """Parts have ids, copies and histories of their own; the unsplit record is out, and comes back."""
    whole = id_of(site, TWO_PAGES)
    parts = site.json("review", "split", whole, "1", "2-2", "--as", AN)["record_ids"]
    assert len(set(parts) | {whole}) == 3
    first, second = (site.json("show", part) for part in parts)
    assert (first["part"], second["part"]) == ("p1-1", "p2-2")
    assert (first["version"], len(second["pages"])) == (1, 1)
    assert any(path.startswith("original") for path in first["files"])
    assert not any(path.startswith("original") for path in second["files"])
    assert parts[0] in site.json("show", whole)["withdrawn"]
    hits = [hit["record_id"] for hit in site.json("search", "tài liệu lưu trữ", "--size", "50")["hits"]]
    assert (set(parts) & set(hits), whole in hits) == (set(parts), False)
    assert state_of(site, TWO_PAGES) == "needs_review"
    assert site.json("review", "show", parts[1])["pictures"]
    holds(site)
    site.run("reindex")
    holds(site)
    assert site.json("review", "merge", *reversed(parts), "--as", AN)["record_ids"] == [whole]
    assert (state_of(site, TWO_PAGES), id_of(site, TWO_PAGES)) == ("archived", whole)
    holds(site)
    assert site.json("review", "split", whole, "1", "2", "--as", AN)["record_ids"] == parts
    holds(site)


def test_what_a_person_said_survives_split_and_merge(site: Site) -> None:
    """The machine describes the parts again; a person's value stays with the page that it stands on."""
    whole = id_of(site, TWO_PAGES)
    site.run("review", "set", whole, "subject=Kế hoạch do người đọc", "--as", AN)
    first, second = site.json("review", "split", whole, "1", "2", "--as", AN)["record_ids"]
    assert site.json("show", first)["fields"]["subject"]["value"] == "Kế hoạch do người đọc"
    assert "subject" not in site.json("show", second)["fields"]
    site.run("review", "set", first, "signer_name=Hồ Sĩ Vân", "--as", BINH)
    site.run("review", "merge", first, second, "--as", AN)
    fields = site.json("show", whole)["fields"]
    assert [fields[name]["value"] for name in ("subject", "signer_name")] == [
        "Kế hoạch do người đọc", "Hồ Sĩ Vân",
    ]  # fmt: skip
    holds(site)


def test_one_part_may_be_withdrawn_and_the_other_stands(site: Site) -> None:
    """The object stays archived by the part that stands, and is rejected with the last one."""
    parts = site.json("review", "split", id_of(site, TWO_PAGES), "1", "2", "--as", AN)["record_ids"]
    site.run("review", "reject", parts[1], "--reason", "trang trắng", "--as", AN)
    assert state_of(site, TWO_PAGES) == "archived"
    holds(site)
    site.run("withdraw", parts[0], "--reason", "nhầm")
    assert state_of(site, TWO_PAGES) == "rejected"
    holds(site)


def test_a_split_that_was_killed_is_finished_by_the_same_command(site: Site) -> None:
    """The parts are in the archive, nothing else was done: the same ids come out, and all agree again."""
    whole = id_of(site, TWO_PAGES)
    files = [path for path in site.home.glob("*.sqlite*") if not path.is_symlink()]
    before = {path: path.read_bytes() for path in files}
    parts = site.json("review", "split", whole, "1", "2", "--as", AN)["record_ids"]
    shutil.rmtree(folder_of(site, whole) / "v2")
    for path, data in before.items():
        path.unlink()
        path.write_bytes(data)
    faults = {(fault["path"].split("/")[1], fault["kind"]) for fault in site.json("verify", code=1)["faults"]}
    assert faults == {(part, "extra_record") for part in parts}
    assert state_of(site, TWO_PAGES) == "archived"
    assert site.json("review", "split", whole, "1", "2", "--as", AN)["record_ids"] == parts
    holds(site)


def test_some_parts_are_merged_and_split_again(site: Site, tmp_path: Path) -> None:
    """Of three documents the last two become one, then three again, then one: no page is lost."""
    three = tmp_path / "ba" / "ba-trang.tif"
    three.parent.mkdir()
    with Image.open(SAMPLES / "Z99.01/2026-01" / TWO_PAGES) as scan:
        pages = [scan.convert("RGB")]
        scan.seek(1)
        pages += [scan.convert("RGB"), pages[0].rotate(180)]
    pages[0].save(three, save_all=True, append_images=pages[1:], dpi=(200, 200), compression="jpeg")
    site.run("ingest", three, "--agency", "Z99.03")
    site.run("nightly")
    whole = site.json("where", "Z99.03/ba/ba-trang.tif")[0]["record_id"]
    one, two, last = site.json("review", "split", whole, "1", "2", "3", "--as", AN)["record_ids"]
    assert site.json("where", last)[0]["key"] == "Z99.03/ba/ba-trang.tif"
    first, rest = site.json("review", "merge", two, last, "--as", AN)["record_ids"]
    assert (first, site.json("show", rest)["part"]) == (one, "p2-3")
    holds(site)
    assert site.json("review", "split", rest, "2", "3", "--as", AN)["record_ids"] == [one, two, last]
    holds(site)
    assert site.json("review", "merge", last, one, two, "--as", AN)["record_ids"] == [whole]
    assert site.ask("review", "merge", one, two, "--as", AN)[0] == 2
    holds(site)
