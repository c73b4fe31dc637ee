"""Readings of a corpus, kept so that an interrupted pass goes on, and what was right of them by shelf."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.field_answers import FIELDS, Answer, answers
from bench.observations import Observation, described, observations
from sohoa.answers.reading import read_answer
from sohoa.usecases.pipeline.read import FileReader, read

_SHOWN = 20
_ALL = "all"


@dataclass(frozen=True)
class Scored:
    """One file: its shelf ("" for none), the outcome that it should have and has, its answers and cases."""

    name: str
    shelf: str
    wanted: str
    outcome: str
    answers: tuple[Answer, ...]
    seen: tuple[Observation, ...]


def truth_of(path: Path) -> Path:
    """Where the truth about a scan is."""
    return path.with_name(path.name.removesuffix(".pdf") + ".gt.json")


def scored(reader: FileReader, scans: Sequence[Path], folder: Path, readings: Path) -> Iterator[Scored]:
    """Each scan scored; what lies in ``readings`` is not read again, what is read is put there."""
    for index, path in enumerate(scans, 1):
        kept = readings / path.relative_to(folder).with_suffix(".read.json")
        truth: dict[str, Any] = json.loads(truth_of(path).read_text(encoding="utf-8"))
        if not kept.exists():
            _keep(kept, _read(reader, path, truth))
        sys.stderr.write(f"\r{index}/{len(scans)} ")
        sys.stderr.flush()
        yield _scored(path, truth, json.loads(kept.read_text(encoding="utf-8")))
    sys.stderr.write("\n")


def _read(reader: FileReader, path: Path, truth: Mapping[str, Any]) -> dict[str, Any]:
    with described() as found:
        got = read_answer(read(reader, path, ""))
    seen = [vars(case) for reading, context in found for case in observations(reading, context, truth)]
    return {"fields": got["fields"], "outcome": got["outcome"], "seen": seen}


def _keep(target: Path, reading: Mapping[str, Any]) -> None:
    """Whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".half")
    half.write_text(json.dumps(reading, ensure_ascii=False, indent=1), encoding="utf-8")
    half.replace(target)


def _scored(path: Path, truth: Mapping[str, Any], got: Mapping[str, Any]) -> Scored:
    is_open = {"code_number", "issued_date"} <= set(truth.get("absent", ())) and not truth.get("shelf")
    wanted = str(truth.get("outcome", "draft" if is_open else ""))
    found = (
        ()
        if wanted == "quarantined"
        else tuple(answers(f"{path.parent.name}/{path.name}", got["fields"], truth))
    )
    seen = tuple(Observation(**case) for case in got["seen"])
    return Scored(path.name, str(truth.get("shelf", "")), wanted, got["outcome"], found, seen)


def report(found: Sequence[Scored]) -> dict[str, Any]:
    """By shelf and in all: right and asked a field, precision and coverage of the certain; certain errors."""
    shelves = sorted({one.shelf for one in found})
    rows = {shelf: _row([one for one in found if one.shelf == shelf]) for shelf in shelves if shelf}
    wrong = [vars(one) for one in _wrong(_answers(found)) if one.sure]
    return {"documents": len(found), "shelves": rows | {_ALL: _row(found)}, "certain_and_wrong": wrong}


def _row(found: Sequence[Scored]) -> dict[str, Any]:
    asked = _answers(found)
    sure = [answer for answer in asked if answer.sure]
    fields = {name: _tally([answer for answer in asked if answer.field == name]) for name in FIELDS}
    return {
        "documents": len(found), "fields": fields, _ALL: _tally(asked), "certain": _tally(sure),
        "share": _part(asked), "auto_precision": _part(sure), "coverage": len(sure) / max(1, len(asked)),
    }  # fmt: skip


def _tally(asked: Sequence[Answer]) -> list[int]:
    return [sum(answer.right for answer in asked), len(asked)]


def _part(of: Sequence[Answer]) -> float | None:
    return sum(answer.right for answer in of) / len(of) if of else None


def _answers(found: Sequence[Scored]) -> list[Answer]:
    return [answer for one in found for answer in one.answers]


def _wrong(asked: Sequence[Answer]) -> list[Answer]:
    """Wrong values, the surest first."""
    wrong = [answer for answer in asked if not answer.right]
    return sorted(wrong, key=lambda answer: -(answer.confidence or 0.0))


def print_report(found: Sequence[Scored]) -> None:
    """The report as tables, what was certain and wrong in full, the outcomes, and the surest other errors."""
    told = report(found)
    _say(f"{'shelf':19}{'n':>4}" + "".join(f"{name.split('_')[-1]:>10}" for name in FIELDS)
         + f"{'all':>11}{'share':>8}{'precision':>11}{'certain':>9}")  # fmt: skip
    for shelf, row in told["shelves"].items():
        cells = "".join(f"{_slashed(tally):>10}" for tally in row["fields"].values())
        rates = (
            f"{_percent(row['share']):>8}{_percent(row['auto_precision']):>11}{_percent(row['coverage']):>9}"
        )
        _say(f"{shelf:19}{row['documents']:>4}{cells}{_slashed(row[_ALL]):>11}{rates}")
    wrong = _wrong(_answers(found))
    sure = [answer for answer in wrong if answer.sure]
    _say(f"certain and wrong: {len(sure)}")
    _list(sure)
    _outcomes(found)
    _say("other wrong values:")
    _list([answer for answer in wrong if not answer.sure][:_SHOWN])


def _outcomes(found: Sequence[Scored]) -> None:
    """Secret papers that were read, others that were taken for secret or could not be read, drafts."""
    secret = [one for one in found if one.wanted == "quarantined"]
    leaked = [one.name for one in secret if one.outcome != "quarantined"]
    kept = [one.name for one in found if one.wanted != "quarantined" == one.outcome]
    broken = [one.name for one in found if one.outcome == "rejected"]
    drafts = [one.outcome for one in found if one.wanted == "draft"]
    _say(f"secret: {len(secret)}, leaked: {len(leaked)} {' '.join(leaked)}")
    _say(f"taken for secret: {len(kept)} {' '.join(kept)}; rejected: {len(broken)} {' '.join(broken)}")
    _say(f"drafts: {len(drafts)}, for a person to look at: {drafts.count('needs_review')}")


def _list(wrong: Sequence[Answer]) -> None:
    for answer in wrong:
        sure = "   -" if answer.confidence is None else f"{answer.confidence:.2f}"
        said = f"{answer.wanted[:90]!r} read as {answer.value[:90]!r}"
        _say(f"  {sure} {answer.field:13} {said} ({answer.document})")


def _slashed(tally: Sequence[int]) -> str:
    return f"{tally[0]}/{tally[1]}" if tally[1] else "-"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
