"""Working through the review queue after a night, through the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from tests.support.site import ROOT, SAMPLES, Site, sample_files, truth_of

pytestmark = pytest.mark.slow

AN, BINH, CHI, GUARD = "An", "Bình", "Chi", "Giang"
PEOPLE = [
    *({"name": name, "roles": ["archivist"]} for name in (AN, BINH, CHI)),
    {"name": GUARD, "roles": ["security"]},
    {"name": "Dũng", "roles": ["operator"]},
]
UNREAD, DRAFT, TWO_PAGES, PLAIN = "to-trinh-37.jpg", "du-thao.pdf", "kh-0212.tif", "bc-058.pdf"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the configuration, and a home in which the night has run over the samples."""
    folder = tmp_path_factory.mktemp("review")
    shutil.copytree(ROOT / "config", folder / "config")
    (folder / "config" / "people.yaml").write_text(
        yaml.safe_dump({"people": PEOPLE}, allow_unicode=True), encoding="utf-8"
    )
    made = site_in(folder)
    made.ingest_samples()
    made.run("nightly")
    return folder


def site_in(folder: Path) -> Site:
    return Site(folder / "home", {"SOHOA_CONFIG": str(folder / "config" / "sohoa.yaml")})


@pytest.fixture
def site(night: Path, tmp_path: Path) -> Site:
    """The home after the night, a copy for one test."""
    shutil.copytree(night, tmp_path / "site", symlinks=True)
    return site_in(tmp_path / "site")


def id_of(site: Site, name: str) -> str:
    """The record that stands for a sample."""
    sample = next(path for path in sample_files() if path.name == name)
    return str(site.json("where", str(sample.relative_to(SAMPLES)))[0]["record_id"])


def folder_of(site: Site, record: str) -> Path:
    return next((site.home / "archive").glob(f"*/{record}"))


def codes(answer: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in answer["reasons"]]


def holds(site: Site) -> None:
    """Archive, ledger and index agree, and every object is counted once."""
    assert site.json("verify")["faults"] == []
    assert site.json("reconcile")["holds"]


def state_of(site: Site, name: str) -> str:
    sample = next(path for path in sample_files() if path.name == name)
    return str(site.json("where", str(sample.relative_to(SAMPLES)))[0]["state"])


def correction(name: str) -> list[str]:
    """What a person reads on the sample, for the fields of which the machine was not sure."""
    fields = next(truth_of(path) for path in sample_files() if path.name == name)["fields"]
    return [f"{field}={fields[field]}" for field in ("code_number", "issued_date", "subject")]


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


def covered(site: Site) -> int:
    report = json.loads(site.run("coverage", "--format", "json"))
    return int(sum(agency["total"]["covered"] for agency in report["agencies"]))


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


def test_a_rejected_record_is_out_of_search_counts_and_queue(site: Site) -> None:
    """The way of a withdrawal: its object is rejected, its bytes are kept."""
    record = id_of(site, UNREAD)
    site.run("review", "reject", record, "--reason", "quét mờ", "--as", AN)
    assert state_of(site, UNREAD) == "rejected"
    assert record not in [row["record_id"] for row in site.json("review", "list")]
    ended, _, err = site.ask("review", "accept", record, "--as", AN)
    assert (ended, "quét mờ" in err) == (2, True)
    holds(site)


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


def test_a_held_object_is_released_by_security_alone(site: Site) -> None:
    """A false alarm must be called one, in a name; the next night takes the object, others stay held."""
    secret = next(path for path in sample_files() if truth_of(path).get("state") == "quarantined")
    digest = site.json("quarantine", "list")[0]["sha256"]
    for words, said in (
        (("--as", AN, "--false-alarm"), "role security"),
        (("--as", GUARD), "--false-alarm"),
        ((), "--as NAME"),
    ):
        ended, _, err = site.ask("review", "release", digest, "--reason", "đã giải mật", *words)
        assert (ended, said in err) == (2, True)
    site.run("review", "release", digest[:12], "--reason", "mẫu", "--false-alarm", "--as", GUARD)
    assert state_of(site, secret.name) == "pending"
    site.run("nightly")
    assert state_of(site, secret.name) in ("archived", "needs_review")
    events = site.json("show", id_of(site, secret.name))["events"]
    assert next(e for e in events if e["action"] == "screened")["details"]["released"]
    holds(site)


def test_work_is_given_to_three_different_persons(site: Site) -> None:
    """Entry, first and second check; each sees what is theirs, and a step ends with the decision."""
    record = id_of(site, UNREAD)
    site.run("review", "assign", record, "--to", AN, "--as", CHI)
    site.run("review", "assign", record, "--to", BINH, "--step", "first_check", "--as", CHI)
    for name in (AN, BINH):
        ended, _, err = site.ask(
            "review", "assign", record, "--to", name, "--step", "second_check", "--as", CHI
        )
        assert (ended, "different persons" in err) == (2, True)
    site.run("review", "assign", record, "--to", CHI, "--step", "second_check", "--as", AN)
    assert [row["record_id"] for row in site.json("review", "list", "--assignee", AN)] == [record]
    site.run("review", "set", record, *correction(UNREAD), "--as", AN)
    assert site.json("review", "list", "--assignee", AN) == []
    assert [row["record_id"] for row in site.json("review", "list", "--assignee", BINH)] == [record]
    site.run("review", "accept", record, "--as", BINH)
    site.run("review", "accept", record, "--as", CHI)
    steps = {work["step"]: work["done_at"] for work in site.json("review", "show", record)["assigned"]}
    assert all(steps[step] for step in ("entry", "first_check", "second_check"))
    events = [event["action"] for event in site.json("show", record)["events"]]
    assert (events.count("assigned"), events.count("step_done")) == (3, 3)
    holds(site)


def test_a_batch_is_accepted_by_a_sample_that_two_persons_checked(site: Site) -> None:
    """The draw is repeatable by its seed; one person alone accepts nothing; events keep who said what."""
    place = ("review", "sample", "--agency", "Z99.01", "--batch", "2026-01")
    drawn = site.json(*place, "--size", "2", "--accept-number", "0", "--seed", "mẫu 1", "--as", AN)
    assert (drawn["verdict"], drawn["seed"], len(drawn["record_ids"])) == ("open", "mẫu 1", 2)
    checks = [word for name in drawn["record_ids"] for word in ("--ok", name)]
    assert site.json(*place, *checks, "--as", AN)["verdict"] == "open"
    assert site.json(*place, *checks, "--as", AN)["verdict"] == "open"
    assert site.json(*place, *checks, "--as", BINH)["verdict"] == "accepted"
    assert site.json(*place)["record_ids"] == drawn["record_ids"]
    assert site.ask(*place, "--size", "1", "--as", AN)[0] == 2


def test_a_batch_with_too_many_defects_is_refused_and_may_be_drawn_again(site: Site) -> None:
    """One defect more than tolerated refuses it; after the work was done anew another sample is drawn."""
    place = ("review", "sample", "--agency", "Z99.01", "--batch", "2026-01")
    first = site.json(*place, "--size", "2", "--as", AN)["record_ids"][0]
    assert site.json(*place, "--defect", first, "--as", BINH)["verdict"] == "refused"
    assert site.json(*place, "--size", "1", "--as", AN)["verdict"] == "open"


def test_names_that_the_register_does_not_have_are_learnt(site: Site, tmp_path: Path) -> None:
    """An issuing agency that a person reads and the register lacks is exported, once, and has no code."""
    record = id_of(site, UNREAD)
    for name in ("Sở TT&TT tỉnh Sông Lam", "Sở TT&TT tỉnh Sông Lam", "Sở Thông tin và Truyền thông"):
        site.run("review", "set", record, f"organ_name={name}", "--as", AN)
        code = site.json("show", record)["fields"].get("authority_id", {}).get("value")
        assert code == ("Z99.02" if name == "Sở Thông tin và Truyền thông" else None)
    site.run("review", "aliases", "--export", tmp_path / "aliases.yaml")
    exported = yaml.safe_load((tmp_path / "aliases.yaml").read_text("utf-8"))["aliases"]
    assert [(row["agency"], row["alias"], row["actor"]) for row in exported] == [
        ("Z99.02", "Sở TT&TT tỉnh Sông Lam", f"person:{AN}")
    ]
    site.run("review", "aliases", "--export", tmp_path / "aliases.csv")
    assert "Sở TT&TT" in (tmp_path / "aliases.csv").read_text("utf-8")
    assert site.ask("review", "aliases", "--export", tmp_path / "aliases.doc")[0] == 2


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
