"""The review of a night over the samples: persons, the doubtful samples, and what tests ask of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.support.site import SAMPLES, Site, sample_files, truth_of

AN, BINH, CHI, GUARD = "An", "Bình", "Chi", "Giang"
PEOPLE = [
    *({"name": name, "roles": ["archivist"]} for name in (AN, BINH, CHI)),
    {"name": GUARD, "roles": ["security"]},
    {"name": "Dũng", "roles": ["operator"]},
]
UNREAD, DRAFT, TWO_PAGES, PLAIN = "to-trinh-37.jpg", "du-thao.pdf", "kh-0212.tif", "bc-058.pdf"


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


def covered(site: Site) -> int:
    report = json.loads(site.run("coverage", "--format", "json"))
    return int(sum(agency["total"]["covered"] for agency in report["agencies"]))
