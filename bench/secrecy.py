"""How many secrecy marks are seen and how many pages without one are taken for secret, by way of being there.

usage: python -m bench.secrecy [--each 10] [--seed 1] [--ways WAY,WAY] [--keep FOLDER]

Reads generated pages as ``sohoa read`` does and screens them. Prints both rates for every way and for all,
with the pages that went wrong; ``--keep`` writes those pages there.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from bench.secrecy_pages import Case
from bench.secrecy_ways import MARKED, PLAIN, cases
from ocr.read_page import ReadOptions, read_page
from ocr.source import files
from sohoa.domain.marks import Marks, load_marks
from sohoa.domain.protection.secrecy import screen

_MARKS = Path(__file__).resolve().parents[1] / "ocr" / "data" / "marks.yaml"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--each", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--ways", default=",".join({**MARKED, **PLAIN}))
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    wrong: dict[str, list[int]] = {}
    for way in given.ways.split(","):
        started = time.perf_counter()
        missed = _wrong(way, given.each, given.seed, given.keep)
        wrong[way] = missed
        took = (time.perf_counter() - started) / given.each
        _say(f"{way:24}{given.each - len(missed):4}/{given.each}  {took:5.1f} s  {missed or ''}")
    _summary("seen", wrong, given.each, MARKED)
    _summary("without a false alarm", wrong, given.each, PLAIN)


def _wrong(way: str, each: int, seed: int, keep: Path | None) -> list[int]:
    """The places of the pages of that way that were not judged rightly."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for index, case in enumerate(cases(way, each, seed)):
            if is_noticed(case, Path(folder)) != case.secret:
                found.append(index)
                if keep is not None:
                    case.write(keep / f"{way}-{seed}-{index}")
    return found


def is_noticed(case: Case, folder: Path) -> bool:
    """Whether a secrecy mark is noticed on the page; ``folder`` takes the page's file."""
    path = case.write(folder / "page")
    page, _ = read_page(path, files.inspect(path).kind, 1, ReadOptions())
    return screen([page], marks()) is not None


def marks() -> Marks:
    """The wordings as they are delivered."""
    return load_marks(yaml.safe_load(_MARKS.read_text(encoding="utf-8")))


def _summary(title: str, wrong: Mapping[str, Sequence[int]], each: int, ways: Mapping[str, object]) -> None:
    asked = [way for way in wrong if way in ways]
    total, bad = each * len(asked), sum(len(wrong[way]) for way in asked)
    if total:
        _say(f"{title}: {total - bad}/{total} {(total - bad) / total:.1%}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
