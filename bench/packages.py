"""Memory and time of an export: ``python -m bench.packages HOME [--records N] [--zip]``.

HOME is a home after a night (``make run`` leaves ``var``); it is copied, and the smallest record of a page is
copied as often as wanted inside that. ``sohoa export`` then writes every record as a bag, in a process of its
own: first of a tenth of the records, then of all. Memory is the most that the process held at any time; where
it grows with the number of records, it is not constant. Figures go to standard output as JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sohoa.ports import RecordRow
from sohoa.settings import load_settings
from sohoa.usecases.archive.store import copy_path, loaded
from sohoa.usecases.services import Services
from sohoa.wiring import open_services
from tests.support.copies import copied

_ARCHIVIST = "Cán bộ lưu trữ mẫu"
_LETTERS = str.maketrans("0123456789", "abcdefghij")


def main() -> None:
    """Measure, print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--zip", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(asked.home, home, symlinks=True)
        os.environ["SOHOA_HOME"] = str(home)
        figures, made = [], 0
        for wanted in (asked.records // 10, asked.records):
            with open_services(load_settings()) as services:
                _copy(services, range(made, wanted))
            made = wanted
            figures.append(_export(Path(folder) / f"bags-{wanted}", zipped=asked.zip))
    print(json.dumps({"zip": asked.zip, "exports": figures}))  # noqa: T201 - the result


def _copy(services: Services, numbers: range) -> None:
    """So many further copies of the smallest record."""
    rows = [row for row in services.records.records() if row.pages == 1 and not row.withdrawn]
    origin = min(rows, key=lambda row: _size(services, row)).record_id
    for number in numbers:
        name = f"{'z' * 18}{number:08d}".translate(_LETTERS)
        copied(services, origin, name, [("Kính", 100, 100, 140, 40)])


def _size(services: Services, row: RecordRow) -> int:
    newest = loaded(services, row.agency, row.record_id)
    return newest.manifest.files[copy_path(newest.manifest)].size_bytes


def _export(folder: Path, *, zipped: bool) -> dict[str, float]:
    command = [sys.executable, "-c", "from sohoa.cli import main; main()", "export", str(folder)]
    command += ["--as", _ARCHIVIST, *(["--zip"] if zipped else [])]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    packages = sum(1 for _ in folder.iterdir())
    shutil.rmtree(folder)
    return {
        "packages": packages,
        "exit_code": process.returncode,
        "peak_mb": round(used.ru_maxrss / 1024, 1),
        "cpu_seconds": round(used.ru_utime + used.ru_stime, 1),
        "seconds": round(time.monotonic() - began, 1),
    }


if __name__ == "__main__":
    main()
