"""CPU time of describing what was read: extraction and fusion of all fields, a page.

usage: python -m bench.extraction FOLDER [--documents 12]

Reads documents of FOLDER first (not measured), then describes each as a night does. Prints one JSON object
with the mean and the slowest document's milliseconds a page. It is a measurement, not a test.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from sohoa import wiring
from sohoa.domain.extract.describe import describe
from sohoa.settings import load_settings
from sohoa.usecases.pipeline import read as reading


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=12)
    given = parser.parse_args()
    paths = sorted(given.folder.rglob("*.pdf"))[: given.documents]
    with wiring.open_reader(load_settings()) as (reader, _), _timed() as costs:
        for path in paths:
            reading.read(reader, path, "")
    pages = sum(count for count, _ in costs)
    figures = {
        "documents": len(costs),
        "pages": pages,
        "ms_a_page": round(1000 * sum(spent for _, spent in costs) / max(1, pages), 2),
        "ms_a_page_at_most": round(1000 * max((spent / count for count, spent in costs), default=0), 2),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


@contextmanager
def _timed() -> Iterator[list[tuple[int, float]]]:
    """Pages and CPU seconds of every description that is made."""
    costs: list[tuple[int, float]] = []

    def measured(read: Any, context: Any) -> Any:
        started = time.process_time()
        described = describe(read, context)
        costs.append((len(read.pages), time.process_time() - started))
        return described

    with mock.patch.object(reading, "describe", measured):
        yield costs


if __name__ == "__main__":
    main()
