"""The published command line: JSON keys, exit codes, and errors that say what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sohoa.domain.errors import ExitCode
from tests.support.site import ROOT, SAMPLES, Site, sample_files, truth_of

COMMANDS = (
    *("read", "ingest", "nightly", "reconcile", "where", "list", "search", "show", "verify", "retry"),
    *("withdraw", "quarantine", "coverage", "reindex", "review", "ping", "settings", "init"),
)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path / "home")


def one(state: str) -> Path:
    """A sample that ends in that state, the smallest."""
    fitting = [s for s in sample_files() if truth_of(s)["state"] == state]
    return min(fitting, key=lambda path: path.stat().st_size)


def test_every_command_explains_itself(site: Site) -> None:
    """``--help`` of the program names every command; the documentation does, too."""
    told, documented = site.run("--help"), (ROOT / "docs" / "command-line.md").read_text("utf-8")
    for command in COMMANDS:
        assert command in told
        assert f"`sohoa {command}" in documented
    for code in ExitCode:
        assert f"| {code.value} | {code.name} |" in documented


def test_nothing_works_without_a_home_and_the_error_says_how_to_make_one(site: Site) -> None:
    """Only ``init`` and ``make run`` make a home; others end with 2 and name the command."""
    for command in ("nightly", "reconcile", "ping"):
        ended, out, err = site.ask(command)
        assert (ended, out) == (2, "")
        assert "sohoa init" in err
    assert not site.home.exists()


def test_read_answers_with_the_published_keys(site: Site) -> None:
    """A described file has pages with text, fields with evidence and its signatures; no home is needed."""
    answer = site.json("read", one("archived"), "--agency", "Z99.01")
    assert set(answer) == {
        "file", "sha256", "outcome", "reasons", "pages", "fields", "documents", "signatures", "seconds",
    }  # fmt: skip
    assert answer["outcome"] in ("described", "needs_review")
    page, field = answer["pages"][0], answer["fields"]["type_name"]
    assert {"number", "width_px", "height_px", "dpi", "source", "confidence", "text", "marks"} == set(page)
    assert {"value", "raw", "confidence", "evidence"} == set(field)
    assert {"method", "page", "box", "value", "confidence"} == set(field["evidence"][0])
    assert not site.home.exists()


@pytest.mark.parametrize("state", ["quarantined", "rejected"])
def test_read_gives_neither_text_nor_fields_of_what_it_refuses(site: Site, state: str) -> None:
    """A secret or broken file is an outcome with a reason, exit 0, and no word of its content."""
    sample = one(state)
    told = site.run("read", sample, "--json")
    answer = json.loads(told)
    assert (answer["outcome"], answer["pages"], answer["fields"]) == (state, [], {})
    assert answer["reasons"][0]["code"] == truth_of(sample)["reason"]
    assert answer["reasons"][0]["vi"]
    assert not any(word in told for word in truth_of(sample).get("canary", []))


def test_ingest_repeats_harmlessly_and_overwrites_nothing(site: Site, tmp_path: Path) -> None:
    """Hidden files are skipped, odd and empty ones taken; other bytes under a key are an error."""
    folder = tmp_path / "Đợt 1"
    (folder / "sub").mkdir(parents=True)
    for name, data in {"a b.pdf": b"1", "sub/rỗng.txt": b"", ".hidden": b"x"}.items():
        (folder / name).write_bytes(data)
    site.run("init")
    assert site.run("ingest", folder, "--agency", "Z99.01").startswith("2 copied, 0 already there")
    assert site.run("ingest", folder, "--agency", "Z99.01").startswith("0 copied, 2 already there")
    (folder / "a b.pdf").write_bytes(b"2")
    ended, _, err = site.ask("ingest", folder, "--agency", "Z99.01")
    assert ended == 2
    assert "Z99.01/Đợt 1/a b.pdf" in err
    assert (site.home / "inbox/Z99.01/Đợt 1/a b.pdf").read_bytes() == b"1"
    assert {row["key"] for row in site.json("list", "--state", "pending")} == {
        "Z99.01/Đợt 1/a b.pdf",
        "Z99.01/Đợt 1/sub/rỗng.txt",
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ("ingest", SAMPLES, "--agency", "H01"),
        ("ingest", "no such folder", "--agency", "Z99.01"),
        ("ingest", SAMPLES, "--agency", "Z99.01", "--batch", "../up"),
        ("show", "nothing"),
        ("withdraw", "nothing", "--reason", "x"),
        ("retry",),
        ("coverage", "--agency", "H01"),
        ("quarantine", "remove", "0123456789", "--as", "Cán bộ bảo mật mẫu", "--reason", "x"),
        ("quarantine", "remove", "0123456789", "--as", "nobody", "--reason", "x"),
        ("search",),
        ("search", "x", "--personal"),
        ("search", "x", "--personal", "--as", "Người vận hành mẫu"),
        ("show", "nothing", "--personal", "--as", "Cán bộ lưu trữ mẫu"),
        ("coverage", "--as-of", "yesterday"),
    ],
)
def test_a_wrong_question_is_usage(site: Site, arguments: tuple[Any, ...]) -> None:
    """Exit 2, one sentence on stderr, nothing on stdout, no traceback."""
    site.run("init")
    ended, out, err = site.ask(*arguments)
    assert (ended, out) == (2, "")
    assert err.strip()
    assert "Traceback" not in err


def test_coverage_comes_in_every_format(site: Site, tmp_path: Path) -> None:
    """Table, JSON, CSV, HTML on stdout, a workbook into a file; CSV and JSON are the same each time."""
    site.run("init")
    assert "chưa đo được" in site.run("coverage")
    for form in ("json", "csv"):
        assert site.run("coverage", "--format", form) == site.run("coverage", "--format", form)
    assert site.run("coverage", "--format", "html").startswith("<!DOCTYPE html>")
    site.run("coverage", "--format", "xlsx", "--out", tmp_path / "c.xlsx")
    assert (tmp_path / "c.xlsx").read_bytes().startswith(b"PK")


def test_headings_follow_the_language_and_json_does_not(site: Site) -> None:
    """Over a table stand Vietnamese words or English ones; a program reads the same keys from both."""
    site.run("init")
    vietnamese = Site(site.home, {"LC_ALL": "vi_VN.UTF-8"})
    english = Site(site.home, {"LC_ALL": "vi_VN.UTF-8", "SOHOA_LANG": "en"})
    assert vietnamese.run("ping").split()[:4] == ["Dịch", "vụ", "Trả", "lời"]
    assert english.run("ping").split()[:2] == ["service", "answer"]
    for command in ("ping", "settings", "reconcile"):
        assert vietnamese.json(command) == english.json(command)


def test_coverage_uses_the_width_of_the_terminal(site: Site) -> None:
    """``COLUMNS`` tells it where there is no terminal; a file is written for 80."""
    site.run("init")
    widths, files = [], []
    for columns in ("60", "120"):
        asked, file = Site(site.home, {"COLUMNS": columns}), site.home / columns
        printed, _ = asked.start("coverage").communicate()
        widths.append(max(map(len, printed.splitlines())))
        asked.run("coverage", "--out", file)
        files.append(file.read_bytes())
    assert widths[0] <= 60 < widths[1] <= 120
    assert files[0] == files[1]


def test_json_goes_to_stdout_alone_and_is_valid_when_nothing_is_there(site: Site) -> None:
    """Commands with ``--json`` answer with their keys on an empty home."""
    site.run("init")
    assert site.json("nightly")["documents"] == []
    assert site.json("reconcile")["holds"] is True
    assert site.json("verify") == {"checked": 0, "faults": []}
    assert site.json("search", "gì đó") == {"total": 0, "hits": []}
    assert site.json("where", "0" * 64) == []
    assert site.json("settings")["home"] == str(site.home)
    assert set(site.json("ping")) == {"store", "index", "ledger"}


def test_a_mistyped_name_is_an_error(site: Site) -> None:
    """What is neither file nor object, and an unknown reason, end with 2: nothing sounds like lost data."""
    site.run("init")
    for command in (
        ("where", "/nowhere/x.pdf"),
        ("retry", "nope"),
        ("retry", "--reason", "nope"),
        ("retry", "--reason", "withdrawn"),
    ):
        ended, out, err = site.ask(*command)
        assert (ended, out) == (2, "")
        assert err.startswith(("sohoa: NotFound: ", "sohoa: InvalidRequest: "))
    assert "not in the inbox" in site.run("where", one("archived"))
