"""veraPDF as the oracle for every PDF that is written. It fails, and never skips, when it cannot run."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

_SCRIPT = Path(__file__).parents[2] / "scripts" / "verapdf"
_FLAVOUR = "2b"


def not_pdfa(files: Sequence[Path]) -> list[str]:
    """What veraPDF says of the files that are not PDF/A-2b; empty when all of them are.

    Raises AssertionError when veraPDF cannot be fetched or does not answer for each file.
    """
    command = [str(_SCRIPT), "-f", _FLAVOUR, "--format", "text", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    verdicts = [line for line in run.stdout.splitlines() if line.startswith(("PASS ", "FAIL ", "ERROR "))]
    assert len(verdicts) == len(files), f"veraPDF did not check every file: {run.stderr[-2000:]}"
    return [line for line in verdicts if not line.startswith("PASS ")]
