"""Releases, assignments, samples of batches, learnt names of agencies: through the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.review import AN, BINH, CHI, GUARD, UNREAD, correction, holds, id_of, state_of
from tests.support.scanmaker import GOOD, as_jpeg, load_document, render_document
from tests.support.site import Site, sample_files, truth_of

pytestmark = pytest.mark.slow


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
    verdicts = {name: verdict_of(site, name) for name in (*drawn["record_ids"], id_of(site, UNREAD))}
    assert verdicts.pop(id_of(site, UNREAD)) is None
    for found in verdicts.values():
        assert found == {
            "batch": "2026-01", "size": 2, "population": drawn["population"], "accept_number": 0,
            "defective": 0, "persons": [AN, BINH], "drawn": True,
        }  # fmt: skip
    shown = site.run("show", drawn["record_ids"][0])
    assert all(word in shown for word in ("batch_accepted", "nghiệm", AN, BINH))
    holds(site)


def verdict_of(site: Site, record: str) -> dict[str, Any] | None:
    """What the record's history says of the acceptance of its batch."""
    events = {event["action"]: event["details"] for event in site.json("show", record)["events"]}
    return events.get("batch_accepted")


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


STRANGER = "Ban Quản lý khu kinh tế Sông Lam"


def another_scan(folder: Path, number: int) -> Path:
    """A paper of an agency that the register does not have."""
    organ = ("BAN QUẢN LÝ", "KHU KINH TẾ SÔNG LAM")
    paper = replace(load_document("tb_21"), organ_name=STRANGER, organ=organ, number=str(60 + number))
    folder.mkdir()
    path = folder / f"tb-{number}.jpg"
    path.write_bytes(as_jpeg(render_document(paper, GOOD, 200)[0], 200))
    return path


def authority(site: Site, scan: Path) -> dict[str, Any] | None:
    """What the next night says of the scan's issuing agency."""
    site.run("ingest", scan.parent, "--agency", "Z99.03")
    site.run("nightly")
    record = site.json("where", f"Z99.03/{scan.parent.name}/{scan.name}")[0]["record_id"]
    found: dict[str, Any] | None = site.json("show", record)["fields"].get("authority_id")
    return found


def test_a_learnt_name_is_matched_by_the_next_night_until_it_is_taken_back(
    site: Site, tmp_path: Path
) -> None:
    """Once a person says whose name it is, papers that bear it get the code, and the record says by what."""
    taught = id_of(site, UNREAD)
    told = site.run("review", "set", taught, f"organ_name={STRANGER}", "--as", AN)
    assert f"{STRANGER}: chưa có trong danh mục cơ quan" in told
    scans = [another_scan(tmp_path / str(n), n) for n in range(3)]
    assert authority(site, scans[0]) is None
    site.run("review", "set", taught, "authority_id=Z99.03", "--as", AN)
    found = authority(site, scans[1])
    assert found is not None
    assert found["value"] == "Z99.03"
    assert [seen["method"] for seen in found["evidence"]] == ["alias"]
    record = site.json("where", f"Z99.03/1/{scans[1].name}")[0]["record_id"]
    assert "alias" in site.run("show", record)
    rows = site.json("review", "aliases")
    assert [(row["alias"], row["authority_id"]) for row in rows] == [(STRANGER, "Z99.03")]
    site.run("review", "set", taught, "organ_name=Sở Thông tin và Truyền thông", "--as", BINH)
    assert authority(site, scans[2]) is None
