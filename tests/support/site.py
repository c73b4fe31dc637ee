"""A home in a temporary folder, used as a person would: through the command line."""

from __future__ import annotations

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from sohoa.cli import main
from tests.support.answers import command_of, faults

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "inbox"
TRUTH = ROOT / "samples" / "truth"
SHARED = ROOT.parent / "shared"
ABSENT = "reference collection ../shared is absent"


@dataclass
class Site:
    """One home; ``extra`` are further variables of its environment.

    Recognition has one worker process: starting more costs more than they save on a few pages.
    """

    home: Path
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SOHOA_")}
        floor = {"SOHOA_NIGHTLY__MIN_FREE_BYTES": "0", "SOHOA_OCR__WORKERS": "1"}
        return kept | floor | {"SOHOA_HOME": str(self.home)} | self.extra

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        """The command as a running process."""
        command = [sys.executable, "-c", "from sohoa.cli import main; main()", *map(str, arguments)]
        return subprocess.Popen(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str | Path, code: int = 0) -> str:
        """Its standard output; fails the test when it ends with another exit code."""
        ended, out, err = self.ask(*arguments)
        assert ended == code, f"{arguments} ended with {ended}: {err or out}"
        return out

    def ask(self, *arguments: str | Path) -> tuple[int, str, str]:
        """Exit code, stdout, stderr of the command, run in this process: nothing is loaded anew."""
        streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2)]
        ended = 0
        with (
            mock.patch.dict(os.environ, self.environment, clear=True),
            mock.patch.object(sys, "argv", ["sohoa", *map(str, arguments)]),
            mock.patch.object(tempfile, "tempdir", self.extra.get("TMPDIR")),
            contextlib.redirect_stdout(streams[0]),
            contextlib.redirect_stderr(streams[1]),
        ):
            try:
                main()
            except SystemExit as end:
                ended = int(end.code or 0)
        out, err = (stream.buffer.getvalue().decode() for stream in streams)
        return ended, out, err

    def json(self, *arguments: str | Path, code: int = 0) -> Any:
        """Its JSON output, which is as its schema says."""
        answer = json.loads(self.run(*arguments, "--json", code=code))
        wrong = list(faults(command_of(arguments), answer))
        assert not wrong, "; ".join(wrong)
        return answer

    def ingest_samples(self) -> None:
        """Put the samples into the inbox, agency by agency."""
        self.run("init")
        for agency in sorted(SAMPLES.iterdir()):
            for batch in sorted(agency.iterdir()):
                self.run("ingest", batch, "--agency", agency.name)

    def states(self) -> dict[str, tuple[str, str]]:
        """State and record id of every object, by key as shown."""
        rows = self.json("nightly")["documents"]
        return {row["key"]: (row["state"], row["record_id"]) for row in rows}


def sample_files() -> list[Path]:
    """All files that the samples put into an inbox, in key order."""
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file())


def truth_of(sample: Path) -> dict[str, Any]:
    """What is known of a sample."""
    relative = sample.relative_to(SAMPLES)
    loaded: dict[str, Any] = json.loads(
        (TRUTH / relative.parent / f"{relative.name}.json").read_text("utf-8")
    )
    return loaded


def stored_site(folder: Path) -> Site:
    """The home of ``tests/fixtures/home-0.1.tar.gz`` below the folder.

    Unpacked by tar: times of files are kept to the nanosecond, as the runbook asks for. Its index, which was
    made for an earlier search, is rebuilt, as the changelog asks for.
    """
    subprocess.run(["tar", "-xzf", ROOT / "tests" / "fixtures" / "home-0.1.tar.gz", "-C", folder], check=True)
    site = Site(folder / "home")
    site.run("reindex")
    return site
