"""EU DSS as a second validator of seals. It fails, and never skips, when it cannot run."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.authority import Authority

_SCRIPT = Path(__file__).parents[2] / "scripts" / "dss"
_TIMEOUT_S = 280


@dataclass(frozen=True)
class Verdict:
    """What DSS says of one signature: indication with its reason, format, bytes signed, later changes."""

    indication: str
    reason: str
    format: str
    byte_range: str
    later: str


def published(made: Authority, folder: Path) -> Path:
    """A folder with the authority's root and its lists, as who verifies has them."""
    folder.mkdir()
    (folder / "root.pem").write_bytes(made.certificate("root").read_bytes())
    for issuer in ("root", "ca"):
        answer = httpx.get(f"{made.url}/sohoa/crls/{issuer}/latest.crl").raise_for_status()
        (folder / f"{issuer}.crl").write_bytes(answer.content)
    return folder


def verdicts(trust: Path, files: Sequence[Path]) -> list[Verdict]:
    """What DSS says of files with one signature each; one start of Java for all."""
    run = subprocess.run(
        [str(_SCRIPT), str(trust), *map(str, files)], capture_output=True, text=True, timeout=_TIMEOUT_S
    )
    assert run.returncode == 0, run.stderr[-2000:]
    lines = [line.split(" ", 5) for line in run.stdout.splitlines()]
    assert [line[5] for line in lines] == [*map(str, files)], run.stdout
    return [Verdict(*line[:5]) for line in lines]
