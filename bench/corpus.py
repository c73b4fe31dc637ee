"""A generated corpus of administrative papers, and how well their fields are read.

usage: python -m bench.corpus make FOLDER [--documents 500] [--seed 1] [--odd SHARE]
       python -m bench.corpus score FOLDER [--sample N] [--seed 1] [--answers FILE] [--observed FILE]

``make`` writes scans of invented papers of 1999 to 2026 with their truth beside them (NAME.pdf and
NAME.gt.json); the same seed gives the same files. ``--odd`` is the share of files that are turned, two pages
on a sheet, of a wrong resolution, negatives, with a foreign text layer, or stamped later
(``bench.corpus_carriers``). ``score`` reads them as ``sohoa read`` does and prints, for every field, how many
were right and how many would be taken without a person: a measurement, not a test.
``--answers`` and ``--observed`` keep what ``bench.calibration`` reads.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.corpus_papers import Paper, papers
from bench.corpus_texts import generator
from bench.field_answers import FIELDS, Answer, answers, write
from bench.observations import Observation, described, observations
from bench.observations import write as write_observations
from sohoa import wiring
from sohoa.answers.reading import read_answer
from sohoa.settings import load_settings
from sohoa.usecases.pipeline.read import FileReader, read

_BATCH = 25
_SHOWN = 20


def main() -> None:
    """Make or score."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make")
    making.add_argument("folder", type=Path)
    making.add_argument("--documents", type=int, default=500)
    making.add_argument("--seed", type=int, default=1)
    making.add_argument("--odd", type=float, default=0.0)
    scoring = commands.add_parser("score")
    scoring.add_argument("folder", type=Path)
    scoring.add_argument("--sample", type=int)
    scoring.add_argument("--seed", type=int, default=1)
    scoring.add_argument("--answers", type=Path)
    scoring.add_argument("--observed", type=Path)
    given = parser.parse_args()
    if given.command == "make":
        make(given.folder, given.documents, given.seed, given.odd)
    else:
        score(given.folder, given.sample, given.seed, given.answers, given.observed)


def make(folder: Path, documents: int, seed: int, odd: float = 0.0) -> None:
    """Writes the scans and the truth about each, in folders of 25."""
    started = time.perf_counter()
    for index, paper in enumerate(papers(documents, seed, odd)):
        target = _target(folder / f"batch-{index // _BATCH + 1:02d}", paper)
        target.write_bytes(paper.pdf())
        text = json.dumps(paper.truth(), ensure_ascii=False, indent=1)
        _truth_of(target).write_text(text + "\n", encoding="utf-8")
    took = time.perf_counter() - started
    _say(f"{documents} documents in {took:.0f} s, {took / max(1, documents):.2f} s each")


def _target(batch: Path, paper: Paper) -> Path:
    """Where the scan goes; a name that is taken gets a number, as a second download does."""
    batch.mkdir(parents=True, exist_ok=True)
    target, again = batch / f"{paper.name}.pdf", 0
    while _truth_of(target).exists() and not _is_same(target, paper):
        again += 1
        target = batch / f"{paper.name} ({again}).pdf"
    return target


def _is_same(target: Path, paper: Paper) -> bool:
    """Whether the truth that is there is of this very paper: a corpus may be made again in its place."""
    there = json.loads(_truth_of(target).read_text(encoding="utf-8"))
    return bool(there == json.loads(json.dumps(paper.truth())))


def _truth_of(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".pdf") + ".gt.json")


def score(folder: Path, sample: int | None, seed: int, keep: Path | None, observed: Path | None) -> None:
    """Reads the scans, or a sample of them, and prints what was right."""
    scans = sorted(path for path in folder.rglob("*.pdf") if _truth_of(path).exists())
    if sample is not None and sample < len(scans):
        scans = sorted(generator(seed).sample(scans, sample))
    started, found, outcomes = time.perf_counter(), list[Answer](), list[tuple[str, str, str]]()
    seen = list[Observation]()
    with wiring.open_reader(load_settings()) as (reader, _):
        for path in scans:
            answered, outcome, cases = _one(reader, path)
            found += answered
            seen += cases
            outcomes.append(outcome)
    if keep is not None:
        write(keep, found)
    if observed is not None:
        write_observations(observed, seen)
    _say(f"{len(scans)} documents, {(time.perf_counter() - started) / max(1, len(scans)):.1f} s each")
    _table(found)
    _outcomes(outcomes)
    _confusions(found)


def _one(reader: FileReader, path: Path) -> tuple[list[Answer], tuple[str, str, str], list[Observation]]:
    """Its answers, the file with the outcome that it should have and the one that it has, what it shows."""
    truth: dict[str, Any] = json.loads(_truth_of(path).read_text(encoding="utf-8"))
    with described() as readings:
        got = read_answer(read(reader, path, ""))
    is_open = {"code_number", "issued_date"} <= set(truth.get("absent", ()))
    wanted = truth.get("outcome", "draft" if is_open else "")
    found = [] if wanted == "quarantined" else list(answers(path.name, got["fields"], truth))
    seen = [case for reading, context in readings for case in observations(reading, context, truth)]
    return found, (path.name, wanted, got["outcome"]), seen


def _table(found: Sequence[Answer]) -> None:
    _say(f"{'field':15}{'right':>11}{'share':>9}{'auto rate':>11}{'auto precision':>16}")
    for name in (*FIELDS, "all"):
        asked = [answer for answer in found if name in (answer.field, "all")]
        right, sure = sum(answer.right for answer in asked), [answer for answer in asked if answer.sure]
        precise = _share(sum(answer.right for answer in sure), len(sure))
        rates = f"{_share(right, len(asked)):>9}{_share(len(sure), len(asked)):>11}{precise:>16}"
        _say(f"{name:15}{f'{right}/{len(asked)}':>11}{rates}")


def _outcomes(outcomes: Sequence[tuple[str, str, str]]) -> None:
    """Secret papers that were read, others that were taken for secret or could not be read, drafts."""
    secret = [outcome for _, wanted, outcome in outcomes if wanted == "quarantined"]
    leaked = [name for name, wanted, outcome in outcomes if wanted == "quarantined" != outcome]
    kept = [name for name, wanted, outcome in outcomes if wanted != "quarantined" == outcome]
    broken = [name for name, _, outcome in outcomes if outcome == "rejected"]
    drafts = [outcome for _, wanted, outcome in outcomes if wanted == "draft"]
    _say(f"secret: {len(secret)}, leaked: {len(leaked)} {' '.join(leaked)}")
    _say(f"taken for secret: {len(kept)} {' '.join(kept)}; rejected: {len(broken)} {' '.join(broken)}")
    _say(f"drafts: {len(drafts)}, for a person to look at: {drafts.count('needs_review')}")


def _confusions(found: Sequence[Answer]) -> None:
    """Wrong values, the surest first."""
    wrong = [answer for answer in found if not answer.right]
    wrong.sort(key=lambda answer: -(answer.confidence or 0.0))
    for answer in wrong[:_SHOWN]:
        sure = "   -" if answer.confidence is None else f"{answer.confidence:.2f}"
        said = f"{answer.wanted[:60]!r} read as {answer.value[:60]!r}"
        _say(f"  {sure} {answer.field:13} {said} ({answer.document})")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
