"""How far the confidence of read fields can be believed.

usage: python -m bench.calibration ANSWERS [--precision 0.99]
       python -m bench.calibration ANSWERS --observed FILE --rewrite CALIBRATION --source TEXT [--least 100]

ANSWERS are JSON lines of ``python -m bench.corpus score FOLDER --answers FILE``. For every field and for
all together it prints how many values were read with which confidence and which share of them was right,
the expected calibration error (mean distance of the two, weighed by count), and from which confidence on
the wanted precision is kept, with the share of all fields that are as sure. It is a measurement, not a test.

``--rewrite`` puts the values that FILE (``bench.corpus score FOLDER --observed FILE``) shows on at least so
many cases into the calibration, with their number and TEXT, on what they were measured; all else stays as it
is written. How well fields are read must be scored anew afterwards.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.calibration_file import rewritten
from bench.field_answers import FIELDS, Answer, load
from bench.observations import load as load_observations

_EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True)
class Bin:
    """Values read with a confidence from ``low`` on and below ``high`` (the last bin includes it)."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("answers", type=Path)
    parser.add_argument("--precision", type=float, default=0.99)
    parser.add_argument("--observed", type=Path)
    parser.add_argument("--rewrite", type=Path)
    parser.add_argument("--source", default="")
    parser.add_argument("--least", type=int, default=100)
    given = parser.parse_args()
    if given.rewrite and not (given.observed and given.source):
        parser.error("--rewrite needs --observed and --source")
    found = load(given.answers)
    for name in (*FIELDS, "all"):
        _print(name, [answer for answer in found if name in (answer.field, "all")], given.precision)
    if given.rewrite:
        before = given.rewrite.read_text(encoding="utf-8")
        after = rewritten(before, load_observations(given.observed), given.source, given.least)
        given.rewrite.write_text(after, encoding="utf-8")
        measured = sum(old != new for old, new in zip(before.splitlines(), after.splitlines(), strict=True))
        _say(f"{given.rewrite}: {measured} values measured")


def bins(found: Sequence[Answer]) -> Iterator[Bin]:
    """The reliability table; bins without values are left out."""
    read = [(answer.confidence, answer.right) for answer in found if answer.confidence is not None]
    for low, high in pairwise(_EDGES):
        inside = [(sure, right) for sure, right in read if low <= sure < (math.inf if high == 1 else high)]
        if inside:
            count = len(inside)
            mean = math.fsum(sure for sure, _ in inside) / count
            yield Bin(low, high, count, mean, sum(right for _, right in inside) / count)


def calibration_error(table: Sequence[Bin]) -> float:
    """Mean distance of confidence and share right over the bins, weighed by count; 0 without values."""
    count = sum(each.count for each in table)
    return math.fsum(each.count * abs(each.confidence - each.right) for each in table) / max(1, count)


def threshold(found: Sequence[Answer], precision: float) -> tuple[float, float] | None:
    """The lowest confidence from which on values keep the precision, and the share of all answers above it.

    None when not even the surest values do.
    """
    read = sorted(
        ((answer.confidence, answer.right) for answer in found if answer.confidence is not None), reverse=True
    )
    best, right = None, 0
    for index, (sure, good) in enumerate(read, 1):
        right += good
        is_last_of_its_kind = index == len(read) or read[index][0] < sure
        if is_last_of_its_kind and right / index >= precision:
            best = (sure, index / len(found))
    return best


def _print(name: str, found: Sequence[Answer], precision: float) -> None:
    table = list(bins(found))
    _say(f"{name}: {sum(each.count for each in table)} values of {len(found)} asked for")
    for each in table:
        _say(f"  {each.low:.2f}-{each.high:.2f}{each.count:>6}{each.confidence:>9.3f}{each.right:>9.3f}")
    reached = threshold(found, precision)
    kept = "never" if reached is None else f"from {reached[0]:.3f} on, {reached[1]:.1%} of them"
    _say(f"  calibration error {calibration_error(table):.3f}; {precision:.0%} right: {kept}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
