"""Writes the sample inbox and its truth files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.support.scanmaker.catalogue import Sample, samples


def write_samples(out: Path) -> list[Path]:
    """Renews ``out/inbox`` and ``out/truth`` from nothing; returns the inbox files."""
    for part in ("inbox", "truth"):
        shutil.rmtree(out / part, ignore_errors=True)
    return [_write(out, sample) for sample in samples()]


def truth_path(out: Path, key: str) -> Path:
    """Where the truth of an inbox key is kept."""
    return out / "truth" / f"{key}.json"


def _write(out: Path, sample: Sample) -> Path:
    target = out / "inbox" / sample.key
    truth = truth_path(out, sample.key)
    for path in (target, truth):
        path.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(sample.make())
    text = json.dumps(sample.truth(), ensure_ascii=False, indent=1)
    truth.write_text(text + "\n", encoding="utf-8")
    return target
