"""Registers and manifests that come after the night, through the command line."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support.site import SAMPLES, Site, truth_of

pytestmark = pytest.mark.slow
ARCHIVIST = "Cán bộ lưu trữ mẫu"
DOUBTFUL, SURE = SAMPLES / "Z99.02/2026-01/to-trinh-37.jpg", SAMPLES / "Z99.02/2026-01/bc-058.pdf"


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a night has run over a doubtful scan and a sure one, without further evidence."""
    folder = tmp_path_factory.mktemp("late")
    (folder / "lo").mkdir()
    for scan in (DOUBTFUL, SURE):
        shutil.copy(scan, folder / "lo")
    site = Site(folder / "home")
    site.run("init")
    site.run("ingest", folder / "lo", "--agency", "Z99.02")
    site.run("nightly")
    return folder / "home"


@pytest.fixture
def site(night: Path, tmp_path: Path) -> Site:
    """The home after the night, a copy for one test."""
    shutil.copytree(night, tmp_path / "home", symlinks=True)
    return Site(tmp_path / "home")


def record_of(site: Site, scan: Path) -> dict[str, Any]:
    row = site.json("where", f"Z99.02/lo/{scan.name}")[0]
    shown: dict[str, Any] = site.json("show", row["record_id"])
    return {**shown, "state": row["state"]}


def register(path: Path, scan: Path, **other: str) -> Path:
    """A register of outgoing documents with the line of that scan."""
    fields = {**truth_of(scan)["fields"], **other}
    with path.open("w", encoding="utf-8", newline="") as stream:
        lines = csv.writer(stream)
        lines.writerow(("Số, ký hiệu văn bản", "Ngày tháng văn bản", "Trích yếu nội dung văn bản"))
        code = f"{fields['code_number']}/{fields['code_notation']}"
        lines.writerow((code, "/".join(reversed(fields["issued_date"].split("-"))), fields["subject"]))
    return path


def actions(record: dict[str, Any]) -> list[str]:
    return [event["action"] for event in record["events"]]


def test_a_register_that_comes_late_settles_what_was_doubtful(site: Site, tmp_path: Path) -> None:
    """The record leaves the queue as if the register had come in time; a repeat writes no version."""
    before = record_of(site, DOUBTFUL)
    assert before["state"] == "needs_review"
    late = register(tmp_path / "so.csv", DOUBTFUL)
    done = site.json("register", "import", late, "--agency", "Z99.02")
    assert (done["reweighed"], done["contradicted"]) == (1, 0)
    after = record_of(site, DOUBTFUL)
    assert (after["state"], after["version"]) == ("archived", 2)
    event = next(event for event in after["events"] if event["action"] == "reweighed")
    for name in event["details"]["fields"]:
        assert "register" in [seen["method"] for seen in after["fields"][name]["evidence"]]
        assert after["fields"][name]["confidence"] > before["fields"][name]["confidence"]
    assert {f"doubtful_{name}" for name in event["details"]["fields"]} >= set(before["review"])
    again = site.json("register", "import", late, "--agency", "Z99.02")
    assert (again["new"], again["reweighed"]) == (0, 0)
    assert record_of(site, DOUBTFUL)["version"] == 2
    assert site.json("verify")["faults"] == []
    assert site.json("reconcile")["holds"]


def test_a_register_that_contradicts_an_archived_record_calls_a_person(site: Site, tmp_path: Path) -> None:
    """The value stays, the record waits with both candidates, and the person's decision is the last word."""
    before = record_of(site, SURE)
    assert before["state"] == "archived"
    late = register(tmp_path / "so.csv", SURE, code_number="777")
    told = site.run("register", "import", late, "--agency", "Z99.02")
    assert "1 records weighed anew, 1 of them contradicted" in told
    after = record_of(site, SURE)
    assert after["state"] == "needs_review"
    assert after["fields"]["code_number"]["value"] == before["fields"]["code_number"]["value"]
    shown = site.json("review", "show", after["record_id"])
    assert [reason["code"] for reason in shown["reasons"]] == ["doubtful_code_number"]
    assert "777" in [seen["value"] for seen in shown["fields"]["code_number"]["evidence"]]
    site.run("review", "accept", after["record_id"], "--as", ARCHIVIST)
    for number in ("777", "778"):
        register(late, SURE, code_number=number)
        site.run("register", "import", late, "--agency", "Z99.02")
    last = record_of(site, SURE)
    assert (last["state"], last["version"]) == ("archived", 3)
    assert last["fields"]["code_number"]["value"] == before["fields"]["code_number"]["value"]
    assert site.json("verify")["faults"] == []


def test_who_confirms_what_is_trusted_writes_nothing(site: Site, tmp_path: Path) -> None:
    """An archived record that a line agrees with keeps its version."""
    site.run("register", "import", register(tmp_path / "so.csv", SURE), "--agency", "Z99.02")
    assert record_of(site, SURE)["version"] == 1


def test_a_manifest_that_comes_late_is_heard_by_the_next_night(site: Site, tmp_path: Path) -> None:
    """Its file code puts the archived records into their file; a further night changes nothing."""
    rows = f"file;Mã hồ sơ;STT;Số tờ\n{SURE.name};Z99.2024.HS1;1;9\n{DOUBTFUL.name};Z99.2024.HS1;2;1\n"
    (tmp_path / "lo").mkdir()
    (tmp_path / "lo" / "manifest.csv").write_text(rows, encoding="utf-8")
    site.run("ingest", tmp_path / "lo", "--agency", "Z99.02")
    for _ in range(2):
        site.run("nightly")
        sure, doubtful = record_of(site, SURE), record_of(site, DOUBTFUL)
        assert [sure["file_codes"], doubtful["file_codes"]] == [["Z99.2024.HS1"], ["Z99.2024.HS1"]]
        assert (sure["state"], sure["version"], doubtful["version"]) == ("archived", 2, 2)
    assert "manifest_pages" in [finding["code"] for finding in sure["findings"]]
    assert actions(sure).count("reweighed") == 1
    assert site.json("verify")["faults"] == []
    assert site.json("reconcile")["holds"]
