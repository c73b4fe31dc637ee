"""A generated corpus of administrative papers, and how well their fields are read.

usage: python -m bench.corpus make FOLDER [--documents 500] [--seed 1] [--odd SHARE] [--shelf NAME]...
       python -m bench.corpus score FOLDER [--sample N] [--seed 1] [--answers FILE] [--observed FILE]
                                           [--readings FOLDER] [--shelf NAME]... [--json]

``make`` writes scans of invented papers of 1999 to 2026 with their truth beside them (NAME.pdf and
NAME.gt.json); the same seed gives the same files. ``--odd`` is the share of files that are turned, two pages
on a sheet, of a wrong resolution, negatives, with a foreign text layer, or stamped later
(``bench.corpus_carriers``). ``--shelf`` makes papers of other shelves in turn (``all``: of every one), of
1976 to 2026 and never secret: laws, courts, the Party, schools, companies, forms, typewriters, photographs
and more (``bench.corpus_shelves``).

``score`` reads them as ``sohoa read`` does and prints, for every shelf and field, how many were right and how
many would be taken without a person, and each value that was certain and wrong: a measurement, not a test.
What was read is kept (in ``FOLDER/readings`` or ``--readings``) and not read again, so a pass that was
stopped goes on; another program needs another folder for its readings. Progress is on stderr.
``--answers`` and ``--observed`` keep what ``bench.calibration`` reads.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from bench.corpus_paper import Paper
from bench.corpus_papers import papers
from bench.corpus_scores import print_report, report, scored, truth_of
from bench.corpus_shelves import shelf_papers, shelves
from bench.corpus_texts import generator
from bench.field_answers import write
from bench.observations import write as write_observations
from sohoa import wiring
from sohoa.settings import load_settings

_BATCH = 25


def main() -> None:
    """Make or score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("folder", type=Path)
    making.add_argument("--documents", type=int, default=500)
    making.add_argument("--seed", type=int, default=1)
    making.add_argument("--odd", type=float, default=0.0)
    making.add_argument("--shelf", action="append", choices=(*shelves(), "all"), default=[])
    scoring = commands.add_parser("score")
    scoring.add_argument("folder", type=Path)
    scoring.add_argument("--sample", type=int)
    scoring.add_argument("--seed", type=int, default=1)
    scoring.add_argument("--answers", type=Path)
    scoring.add_argument("--observed", type=Path)
    scoring.add_argument("--readings", type=Path)
    scoring.add_argument("--shelf", action="append", choices=shelves(), default=[])
    scoring.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.command == "make":
        make(given.folder, given.documents, given.seed, given.odd, given.shelf)
    else:
        readings = given.readings or given.folder / "readings"
        score(given.folder, given.sample, given.seed, given.answers, given.observed, readings,
              as_json=given.json, only=given.shelf)  # fmt: skip


def make(folder: Path, documents: int, seed: int, odd: float = 0.0, chosen: Sequence[str] = ()) -> None:
    """Writes the scans and the truth about each, in folders of 25 or, where shelves are chosen, by shelf."""
    started = time.perf_counter()
    names = () if "all" in chosen else chosen
    made = shelf_papers(documents, seed, odd, names) if chosen else papers(documents, seed, odd)
    for index, paper in enumerate(made):
        target = _target(folder / (paper.shelf or f"batch-{index // _BATCH + 1:02d}"), paper)
        target.write_bytes(paper.pdf())
        text = json.dumps(paper.truth(), ensure_ascii=False, indent=1)
        truth_of(target).write_text(text + "\n", encoding="utf-8")
    took = time.perf_counter() - started
    _say(f"{documents} documents in {took:.0f} s, {took / max(1, documents):.2f} s each")


def _target(batch: Path, paper: Paper) -> Path:
    """Where the scan goes; a name that is taken gets a number, as a second download does."""
    batch.mkdir(parents=True, exist_ok=True)
    target, again = batch / f"{paper.name}.pdf", 0
    while truth_of(target).exists() and not _is_same(target, paper):
        again += 1
        target = batch / f"{paper.name} ({again}).pdf"
    return target


def _is_same(target: Path, paper: Paper) -> bool:
    """Whether the truth that is there is of this very paper: a corpus may be made again in its place."""
    there = json.loads(truth_of(target).read_text(encoding="utf-8"))
    return bool(there == json.loads(json.dumps(paper.truth())))


def score(
    folder: Path, sample: int | None, seed: int, keep: Path | None, observed: Path | None, readings: Path,
    *, as_json: bool, only: Sequence[str],
) -> None:  # fmt: skip
    """Reads the scans, or a sample of them, and prints what was right."""
    scans = sorted(path for path in folder.rglob("*.pdf") if truth_of(path).exists())
    if only:
        scans = [path for path in scans if _shelf_of(path) in only]
    if sample is not None and sample < len(scans):
        scans = sorted(generator(seed).sample(scans, sample))
    started = time.perf_counter()
    with wiring.open_reader(load_settings()) as (reader, _):
        found = list(scored(reader, _in_turn(scans), folder, readings))
    if keep is not None:
        write(keep, [answer for one in found for answer in one.answers])
    if observed is not None:
        write_observations(observed, [case for one in found for case in one.seen])
    if as_json:
        _say(json.dumps(report(found), ensure_ascii=False, indent=1))
        return
    _say(f"{len(scans)} documents, {(time.perf_counter() - started) / max(1, len(scans)):.1f} s each")
    print_report(found)


def _in_turn(scans: Sequence[Path]) -> list[Path]:
    """One of each folder, then the next of each: a pass that is stopped has seen every shelf."""
    places = {
        path: place for _, of in groupby(scans, lambda path: path.parent) for place, path in enumerate(of)
    }
    return sorted(scans, key=lambda path: places[path])


def _shelf_of(path: Path) -> str:
    return str(json.loads(truth_of(path).read_text(encoding="utf-8")).get("shelf", ""))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
