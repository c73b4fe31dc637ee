"""Decisions on doubtful records after a night, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.review import (
    AN,
    BINH,
    DRAFT,
    GUARD,
    PLAIN,
    UNREAD,
    codes,
    correction,
    covered,
    folder_of,
    holds,
    id_of,
    state_of,
)
from tests.support.site import SAMPLES, Site, sample_files

pytestmark = pytest.mark.slow


def test_a_doubtful_record_is_found_looked_at_corrected_and_counted(site: Site) -> None:
    """From the queue to an archived record that search finds and coverage counts; verify holds."""
    waiting = {row["record_id"]: row for row in site.json("review", "list")}
    record = id_of(site, UNREAD)
    assert record in waiting
    assert all(reason["vi"] for row in waiting.values() for reason in row["reasons"])
    before = covered(site)
    shown = site.json("review", "show", record)
    asked = {name: field for name, field in shown["fields"].items() if field["reasons"]}
    assert sorted(code for field in asked.values() for code in codes(field)) == sorted(codes(shown))
    assert asked["issued_date"]["label"] == "Ngày ban hành"
    for reason in codes(shown):
        picture = Path(shown["pictures"][reason.partition("_")[2]])
        assert picture.parent == site.home / "review" / record
        assert picture.read_bytes().startswith(b"\x89PNG")
    done = site.json("review", "set", record, *correction(UNREAD), "--as", AN)
    assert (done["version"], done["state"], done["reasons"]) == (2, "archived", [])
    assert state_of(site, UNREAD) == "archived"
    assert record not in [row["record_id"] for row in site.json("review", "list")]
    assert covered(site) == before
    number = correction(UNREAD)[0].partition("=")[2]
    assert record in [hit["record_id"] for hit in site.json("search", f"so:{number}")["hits"]]
    holds(site)


def test_a_version_holds_only_what_is_new_and_lists_everything(site: Site) -> None:
    """v2 has record, events and manifest; the manifest names the first one's hash and all files."""
    record = id_of(site, UNREAD)
    first = {p: p.read_bytes() for p in folder_of(site, record).rglob("*") if p.is_file()}
    site.run("review", "set", record, "code_number=38", "--reason", "đọc trên ảnh", "--as", AN)
    folder = folder_of(site, record)
    assert {p.name for p in (folder / "v2").iterdir()} == {"record.json", "events.jsonl", "manifest.json"}
    assert {path: path.read_bytes() for path in first} == first
    one, two = (json.loads((folder / v / "manifest.json").read_bytes()) for v in ("v1", "v2"))
    assert set(two["files"]) == {*one["files"], "v2/record.json", "v2/events.jsonl"}
    events = [json.loads(line) for line in (folder / "v2/events.jsonl").read_text("utf-8").splitlines()]
    change = next(event for event in events if event["action"] == "corrected")
    assert change["actor"] == f"person:{AN}"
    assert change["details"] == {
        "field": "code_number", "old": "37", "new": "38", "why": "đọc trên ảnh", "version": 2,
    }  # fmt: skip
    field = json.loads((folder / "v2/record.json").read_bytes())["fields"]["code_number"]
    assert (field["value"], field["confidence"], field["evidence"][0]["method"]) == ("38", 1.0, "person")
    assert site.json("show", record)["version"] == 2


def test_accepting_confirms_what_is_shown_and_says_what_is_left(site: Site) -> None:
    """Doubtful values become a person's; what is missing stays open and cannot be confirmed."""
    record, draft = id_of(site, UNREAD), id_of(site, DRAFT)
    assert codes(site.json("review", "accept", record, "--as", AN)) == []
    assert state_of(site, UNREAD) == "archived"
    ended, _, err = site.ask("review", "accept", draft, "code_number", "--as", AN)
    assert ended == 2
    assert "code_number=VALUE" in err
    assert "missing_code_number" not in codes(site.json("review", "set", draft, "code_number=", "--as", AN))
    assert site.json("show", draft)["fields"]["code_number"]["value"] is None
    holds(site)


def test_a_confirmed_draft_is_archived_and_never_covered(site: Site) -> None:
    """A draft needs one decision; it has neither number nor date."""
    before = covered(site)
    assert site.json("review", "accept", id_of(site, DRAFT), "--as", AN)["state"] == "archived"
    assert covered(site) == before
    holds(site)


def test_a_draft_that_was_issued_becomes_a_document(site: Site) -> None:
    """A person reads number and date, and says that it is no draft."""
    record, before = id_of(site, DRAFT), covered(site)
    values = ("code_number=5", "issued_date=3/2/2025")
    assert codes(site.json("review", "set", record, *values, "--as", AN)) == ["draft"]
    assert site.json("review", "set", record, "draft=no", "--as", AN)["state"] == "archived"
    assert not site.json("show", record)["draft"]
    assert covered(site) == before + 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("accept", "ID"), "--as NAME"),
        (("accept", "ID", "--as", "Nobody"), "people.yaml"),
        (("accept", "ID", "--as", "Dũng"), "archivist"),
        (("set", "ID", "issued_date=31/02/2024", "--as", AN), "calendar"),
        (("set", "ID", "issued_date=31/12/2999", "--as", AN), "future"),
        (("set", "ID", "issued_date", "--as", AN), "FIELD=VALUE"),
        (("set", "ID", "code_number=1", "code_number=2", "--as", AN), "once"),
        (("set", "ID", "colour=red", "--as", AN), "no field"),
        (("accept", "ID", "colour", "--as", AN), "neither a field"),
        (("accept", "ID", "same_number", "--as", AN), "no other record"),
        (("accept", "nothing", "--as", AN), "no record"),
        (("accept", "ID", "--version", "7", "--as", AN), "no version 7"),
        (("reject", "ID", "--as", AN), "--reason"),
        (("split", "ID", "1-1", "3", "--as", AN), "range"),
        (("merge", "ID", "--as", AN), "at least two"),
        (("release", "ID", "--reason", "x", "--as", GUARD), "no held object"),
        (("assign", "ID", "--to", "Dũng", "--as", AN), "archivist"),
        (("sample", "--agency", "Z99.01", "--batch", "none", "--size", "2", "--as", AN), "0 records"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_the_way_on(
    site: Site, arguments: tuple[str, ...], said: str
) -> None:
    """Exit 2, one sentence that says what is wrong; nothing was written."""
    record = id_of(site, UNREAD)
    ended, out, err = site.ask("review", *(record if word == "ID" else word for word in arguments))
    assert (ended, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert not (folder_of(site, record) / "v2").exists()


def test_of_two_reviewers_one_wins_and_the_other_is_told(site: Site) -> None:
    """Both saw version 1: one writes version 2, the other learns who changed what."""
    record = id_of(site, UNREAD)
    running = [
        site.start("review", "set", record, f"code_number={n}", "--version", "1", "--as", name)
        for n, name in ((41, AN), (42, BINH))
    ]
    told = [process.communicate(timeout=120)[1] for process in running]
    assert sorted(process.returncode for process in running) == [0, 2]
    lost = next(err for process, err in zip(running, told, strict=True) if process.returncode)
    value = site.json("show", record)["fields"]["code_number"]["value"]
    assert f"corrected code_number (37 → {value})" in lost
    assert f"person:{AN if value == '41' else BINH}" in lost
    assert not (folder_of(site, record) / "v3").exists()
    holds(site)


def test_a_rejected_record_is_out_of_search_counts_and_queue(site: Site) -> None:
    """The way of a withdrawal: its object is rejected, its bytes are kept."""
    record = id_of(site, UNREAD)
    site.run("review", "reject", record, "--reason", "quét mờ", "--as", AN)
    assert state_of(site, UNREAD) == "rejected"
    assert record not in [row["record_id"] for row in site.json("review", "list")]
    ended, _, err = site.ask("review", "accept", record, "--as", AN)
    assert (ended, "quét mờ" in err) == (2, True)
    holds(site)


def second_scan(site: Site, tmp_path: Path) -> str:
    """Another scan of a paper that is in the archive; returns its record."""
    sample = next(path for path in sample_files() if path.name == PLAIN)
    again = tmp_path / "again" / "bc-058-lan-2.pdf"
    again.parent.mkdir()
    again.write_bytes(sample.read_bytes() + b"\n% scanned again\n")
    agency = sample.relative_to(SAMPLES).parts[0]
    site.run("ingest", again, "--agency", agency)
    site.run("nightly")
    return str(site.json("where", f"{agency}/again/bc-058-lan-2.pdf")[0]["record_id"])


def test_an_equal_number_is_decided_by_a_person(site: Site, tmp_path: Path) -> None:
    """The second record waits, both are shown side by side, keeping both is a logged decision."""
    second, first = second_scan(site, tmp_path), id_of(site, PLAIN)
    shown = site.json("review", "show", second)
    assert codes(shown) == ["same_number"]
    assert [other["record_id"] for other in shown["same_number"]] == [first]
    assert first in site.run("review", "show", second)
    assert codes(site.json("review", "accept", second, "--as", AN)) == ["same_number"]
    assert site.json("review", "accept", second, "same_number", "--as", AN)["state"] == "archived"
    events = site.json("show", second)["events"]
    decided = next(event for event in events if event["action"] == "decided")
    assert (decided["actor"], decided["details"]["others"]) == (f"person:{AN}", [first])
    assert site.json("review", "set", first, "signer_name=Ai đó", "--as", AN)["state"] == "archived"
    holds(site)


@pytest.mark.parametrize("way", ["reject", "withdraw", "set"])
def test_an_equal_number_is_no_doubt_any_more_when_the_other_is_gone(
    site: Site, tmp_path: Path, way: str
) -> None:
    """Whether the first record is withdrawn or gets another number: the second waits no longer."""
    second, first = second_scan(site, tmp_path), id_of(site, PLAIN)
    last = {"set": ["code_number=59"], "reject": ["--reason", "x"], "withdraw": ["--reason", "x"]}[way]
    site.run(*(("withdraw",) if way == "withdraw" else ("review", way)), first, *last, "--as", AN)
    assert codes(site.json("review", "show", second)) == []
    assert second not in [row["record_id"] for row in site.json("review", "list")]
    assert site.json("where", second)[0]["state"] == "archived"
    holds(site)


def test_each_command_says_what_to_do_next(site: Site) -> None:
    """A newcomer gets from the queue to an empty queue by what is printed."""
    told = site.run("review", "list")
    assert "Chưa đọc được số văn bản." in " ".join(told.split())
    record = id_of(site, UNREAD)
    assert f"sohoa review set {record}" in site.run("review", "show", record)
    told = site.run("review", "set", record, "subject=Về việc trồng cây", "--as", AN)
    assert f"next: sohoa review show {record}" in told
    told = site.run("review", "accept", record, "--as", AN)
    assert "next: sohoa review show" in told
