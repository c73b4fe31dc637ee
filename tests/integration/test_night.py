"""The whole night on the samples, through the command line, with every real program behind it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.support.nights import SampleNight
from tests.support.site import SAMPLES, Site, sample_files, truth_of
from tests.support.verapdf import not_pdfa

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def after(sample_night: SampleNight, tmp_path_factory: pytest.TempPathFactory) -> SampleNight:
    """A copy of home, report and temporary folder of the night over the samples."""
    return sample_night.copied_to(tmp_path_factory.mktemp("night") / "samples")


@pytest.fixture(scope="module")
def site(after: SampleNight) -> Site:
    """The home."""
    return after.site


@pytest.fixture(scope="module")
def night(after: SampleNight) -> dict[str, Any]:
    """The report of the night."""
    loaded: dict[str, Any] = json.loads(after.report.read_text("utf-8"))
    return loaded


def archived(site: Site) -> list[Path]:
    return sorted((site.home / "archive").glob("*/*/v1/archive.pdf"))


def test_every_sample_ends_in_the_state_that_its_truth_names(site: Site) -> None:
    """Each file of the samples is found by ``where`` and is where it belongs, with the right reason."""
    for sample in sample_files():
        truth, rows = truth_of(sample), site.json("where", sample)
        states = truth.get("states") or [truth["state"]]
        shown = [(row["state"], row["reason"]) for row in rows]
        assert any(state in states for state, _ in shown), f"{sample.name}: {shown}, not {states}"
        if truth.get("reason"):
            assert truth["reason"] in [reason for _, reason in shown], f"{sample.name}: {shown}"


def test_the_states_add_up_to_the_listing(site: Site, night: dict[str, Any]) -> None:
    """``reconcile`` holds, and the night's states count every object once."""
    balance = site.json("reconcile")
    assert balance["holds"]
    assert balance["listing"] == len(sample_files()) == sum(balance["states"].values())
    assert night["states"] == balance["states"]


def test_a_second_night_does_nothing(site: Site, night: dict[str, Any]) -> None:
    """Nothing is read again, no file of archive or ledger's records changes."""
    before = {path: path.stat().st_mtime_ns for path in (site.home / "archive").rglob("*")}
    again = site.json("nightly")
    assert again["pages"] == 0
    assert not any(row["new"] for row in again["documents"])
    assert {path: path.stat().st_mtime_ns for path in (site.home / "archive").rglob("*")} == before


def test_the_originals_are_kept_byte_for_byte(site: Site) -> None:
    """Every archived original equals the inbox object, and the inbox equals the samples."""
    inbox = site.home / "inbox"
    for sample in sample_files():
        assert (inbox / sample.relative_to(SAMPLES)).read_bytes() == sample.read_bytes()
    for row in (row for sample in sample_files() for row in site.json("where", sample)):
        if row["state"] in ("archived", "needs_review"):
            folder = site.home / "archive" / row["key"].split("/")[0] / row["record_id"]
            assert next(folder.glob("original.*")).read_bytes() == (inbox / row["key"]).read_bytes()


def test_every_archive_copy_passes_verapdf_and_its_signature_is_valid(site: Site) -> None:
    """PDF/A-2b holds after signing; poppler's pdfsig calls every signature valid."""
    copies = archived(site)
    assert copies
    assert not_pdfa(copies) == []
    for copy in copies:
        told = subprocess.run(["pdfsig", "-nocert", copy], capture_output=True, text=True, check=True).stdout
        assert "Signature is Valid" in told
        assert "Total document signed" in told


def test_no_text_of_the_secret_sample_is_anywhere(site: Site, after: SampleNight) -> None:
    """Ledger, index, archive, reports, logs, temporary folders: nothing of it but the object itself."""
    secrets = [s for s in sample_files() if truth_of(s).get("state") == "quarantined"]
    assert secrets
    words = [word for secret in secrets for word in truth_of(secret)["canary"]]
    assert words
    places = [site.home, after.scratch]
    assert after.report.stat().st_size
    for path in (after.report, *(p for place in places for p in place.rglob("*") if p.is_file())):
        if path.is_relative_to(site.home / "inbox"):
            continue
        data = path.read_bytes()
        for word in words:
            for form in (word, word.lower(), word.upper()):
                assert form.encode() not in data, f"{word} is in {path}"
    for word in words:
        assert site.json("search", f'"{word}"')["total"] == 0


def test_the_key_of_the_secret_sample_is_masked(site: Site, night: dict[str, Any]) -> None:
    """Reports and lists show a digest instead of the file's name."""
    secret = next(s for s in sample_files() if truth_of(s).get("state") == "quarantined")
    shown = json.dumps(night, ensure_ascii=False) + site.run("list", "--state", "quarantined")
    shown += site.run("quarantine", "list") + (site.home / "reports" / "last-run.json").read_text("utf-8")
    assert secret.name not in shown


def test_a_record_is_found_by_number_words_and_phrase(site: Site) -> None:
    """A document's number, typed in any case, puts it first; its words are marked as printed."""
    for sample in sample_files():
        truth = truth_of(sample)
        rows = site.json("where", sample)
        if not rows or rows[0]["state"] != "archived" or truth.get("state") != "archived":
            continue
        fields = truth["fields"]
        hits = site.json("search", f"{fields['code_number']}/{fields['code_notation']}".lower())["hits"]
        assert hits[0]["record_id"] == rows[0]["record_id"]
        found = {hit["record_id"]: hit for hit in site.json("search", f'"{fields["subject"]}"')["hits"]}
        assert "<mark>" in "".join(found[rows[0]["record_id"]]["highlights"])


def test_the_index_is_rebuilt_from_the_archive_alone(site: Site) -> None:
    """After the index is gone, ``reindex`` brings the same records back, and ``verify`` finds no fault."""
    count = len(archived(site))
    for path in site.home.glob("index.sqlite*"):
        path.unlink()
    assert site.run("reindex").startswith(f"{count} records")
    report = site.json("verify")
    assert report == {"checked": count, "faults": []}
