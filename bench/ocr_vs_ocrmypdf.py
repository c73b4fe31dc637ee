"""Our way from scan to signed PDF/A-2b against OCRmyPDF's, on the same pages and cores, in turn.

usage: python -m bench.ocr_vs_ocrmypdf DATA TRANSCRIPTS [--pages 14] [--rounds 2] [--command ocrmypdf]
                                       [--same-steps]

With ``--same-steps`` OCRmyPDF turns and deskews the pages, too, as we always do.

OCRmyPDF and Ghostscript are not installed with the project: put the command into an environment of its own.
Prints one JSON object: seconds, CPU seconds of child processes, character error rate of both sides, the
peak memory of our workers, and the ratios. It is a measurement, not a test.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bench.scans import Scan, as_pdf, character_errors, scans
from ocr.process.pool import WorkerPool
from ocr.read_page import ReadOptions
from ocr.source.files import Limits
from sohoa.adapters.recogniser import OcrRecogniser
from sohoa.domain.local_time import VIETNAM
from sohoa.ports import SealRequest, SourceFile
from tests.support.sealing import sealer_with_test_key

_SAME_STEPS = ("--rotate-pages", "--deskew")


def main() -> None:
    """Measure both and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("transcripts", type=Path)
    parser.add_argument("--pages", type=int, default=14)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--command", default="ocrmypdf")
    parser.add_argument("--same-steps", action="store_true")
    given = parser.parse_args()
    wanted = [given.command, *(_SAME_STEPS if given.same_steps else ())]
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = list(scans(given.data, given.transcripts, given.pages))
        (folder / "scan.pdf").write_bytes(as_pdf(pages))
        ours: list[dict[str, float]] = []
        theirs: list[dict[str, float]] = []
        for _ in range(given.rounds):
            ours.append(_measured("ours", lambda: _ours(folder, pages, cores)))
            theirs.append(_measured("ocrmypdf", lambda: _theirs(folder, pages, cores, wanted)))
    best_ours, best_theirs = (min(rounds, key=lambda found: found["seconds"]) for rounds in (ours, theirs))
    ratios = {
        "pages_per_minute": round(best_theirs["seconds"] / best_ours["seconds"], 2),
        "cpu": round(best_theirs["cpu_s"] / best_ours["cpu_s"], 2),
    }
    figures = {"pages": len(pages), "cores": cores, "ours": best_ours, "ocrmypdf": best_theirs}
    print(json.dumps({**figures, "ratio": ratios}, indent=1))  # noqa: T201 - the result


def _measured(name: str, work: Callable[[], Sequence[str]]) -> dict[str, float]:
    """Seconds, CPU seconds of this process's children, and the mean error rate of what was read."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    read = work()
    seconds, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    sys.stderr.write(f"{name}: {seconds:.1f} s\n")
    rates = [float(rate) for rate in read]
    figures = {"seconds": seconds, "cpu_s": cpu_s, "cer": sum(rates) / max(1, len(rates))}
    return {key: round(value, 4) for key, value in figures.items()}


def _ours(folder: Path, pages: Sequence[Scan], cores: int) -> list[str]:
    path = folder / "scan.pdf"
    with WorkerPool(cores, 3072) as pool:
        recogniser = OcrRecogniser(pool, limits=Limits(), options=ReadOptions())
        facts = recogniser.inspect(path)
        reading = recogniser.read(path, facts)
        sealer = sealer_with_test_key(pool, folder / "pki")
        request = SealRequest("Z99.01", "Cơ quan mẫu", "abc", "0" * 64, "Mẫu", lambda: datetime.now(VIETNAM))
        (folder / "ours.pdf").write_bytes(sealer.seal([SourceFile(path, facts)], reading.pages, request).pdf)
    read = [page.text for page in reading.pages]
    return _errors(read, pages)


def _theirs(folder: Path, pages: Sequence[Scan], cores: int, command: Sequence[str]) -> list[str]:
    wanted = [*command, "-l", "vie", "--jobs", str(cores), "--output-type", "pdfa-2", "--quiet"]
    files = [str(folder / "scan.pdf"), str(folder / "theirs.pdf")]
    subprocess.run([*wanted, "--sidecar", str(folder / "theirs.txt"), *files], check=True)
    read = (folder / "theirs.txt").read_text(encoding="utf-8").split("\f")
    return _errors(read, pages)


def _errors(read: Sequence[str], pages: Sequence[Scan]) -> list[str]:
    pairs = zip(read, pages, strict=False)
    return [str(character_errors(text, page.text)) for text, page in pairs if page.text]


if __name__ == "__main__":
    main()
