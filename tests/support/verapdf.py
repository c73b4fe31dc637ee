"""veraPDF as the oracle for every PDF that is written. It fails, and never skips, when it cannot run.

One veraPDF serves all tests of a process: starting it takes ten times as long as checking a file.
"""

from __future__ import annotations

import atexit
import os
import selectors
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_SCRIPT = Path(__file__).parents[2] / "scripts" / "verapdf"
_FLAVOUR = "2b"
_TIMEOUT_S = 280
_JAVA = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"  # two thirds of the processor time


def not_pdfa(files: Sequence[Path]) -> list[str]:
    """What veraPDF says of the files that are not PDF/A-2b; empty when all of them are.

    Raises AssertionError when veraPDF cannot be fetched or does not answer for each file.
    """
    verdicts = [_running().verdict(path.resolve(strict=True)) for path in files]
    return [verdict for verdict in verdicts if not verdict.startswith("PASS ")]


class _VeraPdf:
    """veraPDF in its server mode: a path on a line in, the path of a report on a line out."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="verapdf-"))
        self._errors = (self._folder / "stderr").open("w+b")
        self._process = subprocess.Popen(
            [str(_SCRIPT), "-f", _FLAVOUR, "--format", "text", "--servermode"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            bufsize=0,
            env={**os.environ, "JAVA_TOOL_OPTIONS": f"{_JAVA} -Djava.io.tmpdir={self._folder}"},
        )
        atexit.register(self.close)
        Path(self._line()).unlink()  # the report on the files of the command line: there are none

    def verdict(self, path: Path) -> str:
        """``PASS PATH FLAVOUR``, or another line."""
        assert self._process.stdin
        self._process.stdin.write(f"{path}\n".encode())
        report = Path(self._line())
        told = report.read_text(encoding="utf-8").strip()
        report.unlink()
        assert str(path) in told, f"veraPDF did not check {path}: {told}"
        return told

    def _line(self) -> str:
        """The next line of its output; fails when there is none in time."""
        assert self._process.stdout
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            line = self._process.stdout.readline().decode() if selector.select(_TIMEOUT_S) else ""
        self._errors.seek(0)
        assert line, f"veraPDF does not answer: {self._errors.read().decode()[-2000:]}"
        return line.strip()

    def close(self) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()
        self._errors.close()
        shutil.rmtree(self._folder)


@lru_cache(maxsize=1)
def _running() -> _VeraPdf:
    return _VeraPdf()
